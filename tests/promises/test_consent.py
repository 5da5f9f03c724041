"""Promise 8, consent: nobody is mailed without a recorded yes, whoever presses, opens, imports or asks for them.

Random histories of one reader are played against a real store: strangers who type the address, scanners that open
links, old links pressed again, files imported, complaints. After each step the audience that a delivery would be cut
from must hold the reader exactly when their own last word was yes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.domain.errors import NotFound
from syndicate.domain.subscriber import Consent
from syndicate.domain.tokens import keyed_hash, sign
from syndicate.flows.house import House
from syndicate.flows.importing import import_rows
from syndicate.flows.subscribing import ask, confirm, confirming, leave, leave_link, leaving
from syndicate.testing.builders import NOON
from syndicate.testing.house import SECRET, HandClock, a_house

DIGEST = "weekly"
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return a_house(tmp_path_factory.mktemp("consent"), HandClock())


@dataclass
class History:
    """One reader's history and what it should have come to. ``yes`` is the reader's own last word."""

    house: House
    address: str
    yes: bool = False
    ever_left: bool = False
    pending: bool = False
    suppressed: bool = False
    links: list[str] = field(default_factory=list)

    def stranger_asks(self) -> None:
        before = self.house.store.notices.sent_to(self.address, NOON)
        ask(self.house, address=self.address, name="", digests=[DIGEST], words="yes", where="/subscribe", now=NOON)
        letters = self.house.store.notices.sent_to(self.address, NOON)
        assert letters <= 3
        assert letters == before or not (self.yes or self.suppressed)
        if letters > before:
            self.pending = True
            self.links.append(self._newest_link())

    def scanner_opens_everything(self) -> None:
        for link in self.links:
            confirming(self.house, link, NOON)
        leaving(self.house, self._leave_token())

    def somebody_forges(self) -> None:
        confirm(self.house, sign("guessed", "confirm", "1", DIGEST, "1772452800"), where="/confirm", now=NOON)
        leave(self.house, sign("guessed", "leave", "1", DIGEST), where="one-click", now=NOON)

    def reader_presses_newest(self) -> None:
        self._press(self.links[-1:])

    def reader_presses_oldest(self) -> None:
        self._press(self.links[:1])

    def reader_leaves(self) -> None:
        known = self._leave_token()
        leave(self.house, known, where="one-click", now=NOON)
        if known and (self.yes or self.pending):
            self.yes, self.pending, self.ever_left = False, False, True

    def operator_imports(self) -> None:
        row = {"email": self.address, "digests": DIGEST, "consent_basis": "paper form"}
        import_rows(self.house, [row], NOON)
        if not self.suppressed and not self.ever_left:
            self.yes, self.pending = True, False

    def operator_imports_without_basis(self) -> None:
        import_rows(self.house, [{"email": self.address, "digests": DIGEST, "consent_basis": ""}], NOON)

    def provider_reports_a_complaint(self) -> None:
        self.house.store.subscribers.suppress(keyed_hash(SECRET, self.address), "complaint", NOON)
        self.suppressed = True

    def check(self) -> None:
        mailable = self.address in _audience(self.house)
        assert mailable == (self.yes and not self.suppressed)
        if mailable:
            assert _newest_word(self.house, self.address).act == "confirmed"

    def _press(self, links: list[str]) -> None:
        for link in links:
            confirm(self.house, link, where="/confirm", now=NOON)
            if self.pending and not self.suppressed:
                self.yes, self.pending, self.ever_left = True, False, False

    def _leave_token(self) -> str:
        try:
            reader = self.house.store.subscribers.by_address(self.address).subscriber
        except NotFound:
            return ""
        return leave_link(self.house, reader.id, DIGEST).rpartition("/")[2]

    def _newest_link(self) -> str:
        notices = self.house.store.notices
        letters = [notices.get(n) for n in notices.due(NOON, 100_000)]
        newest = max((n for n in letters if n.address == self.address), key=lambda n: n.id)
        found = re.search(r"/confirm/(\S+)", newest.text)
        assert found
        return found[1]


STEPS: tuple[Callable[[History], None], ...] = (
    History.stranger_asks,
    History.scanner_opens_everything,
    History.somebody_forges,
    History.reader_presses_newest,
    History.reader_presses_oldest,
    History.reader_leaves,
    History.operator_imports,
    History.operator_imports_without_basis,
    History.provider_reports_a_complaint,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=14))
def test_only_a_reader_s_own_last_word_makes_them_mailable(
    house: House, steps: list[Callable[[History], None]]
) -> None:
    history = History(house=house, address=f"reader{next(_NUMBERS)}@example.org")
    for step in steps:
        step(history)
        history.check()


def _audience(house: House) -> set[str]:
    return {house.store.subscribers.get(i).address for i in house.store.deliveries.audience(DIGEST)}


def _newest_word(house: House, address: str) -> Consent:
    said = house.store.subscribers.by_address(address).consents
    return [entry for entry in said if entry.act != "asked"][-1]
