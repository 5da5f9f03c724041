"""A small project to be killed in: readers, one sealed edition, and the means to start, kill and audit a sender.

The verdict never comes from the killed process: it is what the mail API (another process, which survives) has in its
inbox, or what stands in the outbox folder, compared with the ledger.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path

from syndicate.domain.delivery import BatchState, OutcomeKind, Sums
from syndicate.domain.provenance import Kind, Provenance
from syndicate.domain.publication import Moment, Reading
from syndicate.flows.house import House
from syndicate.flows.pipeline import compose
from syndicate.flows.subscribing import import_rows
from syndicate.settings import load
from syndicate.store import SqlStore
from syndicate.wiring import build, upgrade

DOOMED = Path(__file__).with_name("doomed.py")
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

_CONFIG = """
[site]
title = "The Reader"
url = "https://reader.example.org"
postal_address = "1 Sample Street"

[store]
url = "{store}"

[web]
secret = "not a secret, a test"

[[outlets]]
id = "saltmarsh"
name = "Saltmarsh Institute"
url = "https://saltmarsh.example/"

[[sources]]
id = "feed"
outlet = "saltmarsh"
kind = "feed"
url = "https://saltmarsh.example/feed.xml"

[[digests]]
id = "weekend"
title = "The Weekend"
language = "en"

[mail]
provider = "{provider}"
from = "The Reader <reader@example.org>"
batch = {batch}

[mail.outbox]
path = "outbox"

[mail.postmark]
token = "a-token"
base_url = "{api}"
timeout = "1s"
settle = "1s"
"""


@dataclass(frozen=True)
class Rig:
    """One project on disk, with one composed edition."""

    config: Path
    edition: int
    readers: int
    provider: str
    opened: House

    def house(self) -> House:
        """The rooms as this process sees them: the one that judges."""
        return self.opened

    def close(self) -> None:
        """Close its connections."""
        assert isinstance(self.opened.store, SqlStore)
        self.opened.store.close()

    def run(self, point: str, moment: str, nth: int, seconds: float = 60.0) -> int:
        """Drive the sender to its end or its death; the exit code (-9 for a kill)."""
        command = [sys.executable, str(DOOMED), str(self.config), str(self.edition), point, moment, str(nth)]
        done = subprocess.run(command, timeout=seconds, capture_output=True, text=True, check=False)
        if done.returncode not in (0, -9):
            print(done.stderr)
        return done.returncode

    def start(self, *doom: str) -> subprocess.Popen[bytes]:
        """Start a sender that nothing kills but the test, unless ``doom`` says where and how."""
        told = doom or ("none", "before", "0")
        command = [sys.executable, str(DOOMED), str(self.config), str(self.edition), *told]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def sums(self) -> list[Sums]:
        """Promise 3, read by another process than the one that delivers."""
        house = self.house()
        return [house.store.deliveries.sums(d.id) for d in house.store.deliveries.of_edition(self.edition)]

    def in_doubt(self) -> int:
        """How many batches are in the middle of a call."""
        house = self.house()
        deliveries = house.store.deliveries.of_edition(self.edition)
        return sum(house.store.deliveries.counts(d.id)[BatchState.SENDING.value] for d in deliveries)

    def ledger(self) -> Counter[int]:
        """How often the ledger says each subscriber was sent the edition."""
        house = self.house()
        sent: Counter[int] = Counter()
        for delivery in house.store.deliveries.of_edition(self.edition):
            excepted = {
                (number, outcome.subscriber)
                for number, outcome in house.store.deliveries.outcomes(delivery.id)
                if outcome.kind in set(OutcomeKind)
            }
            for batch in house.store.deliveries.batches(delivery.id):
                if batch.state is BatchState.SENT:
                    sent.update(i for i in batch.ids if (batch.number, i) not in excepted)
        return sent

    def outbox(self) -> Counter[str]:
        """How many letters to each address lie in the outbox."""
        letters = (self.config.parent / "outbox").rglob("*.eml")
        return Counter(parseaddr(message_from_bytes(p.read_bytes())["To"])[1] for p in letters)

    def addresses(self) -> dict[int, str]:
        house = self.house()
        return {i: house.store.subscribers.get(i).address for i in house.store.deliveries.audience("weekend")}


def a_project(
    folder: Path, *, provider: str, api: str = "http://127.0.0.1:9", readers: int = 60, store: str = ""
) -> Rig:
    """A project with ``readers`` confirmed readers in batches of seven and one composed edition of two items."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "syndicate.toml"
    url = store or "sqlite:///syndicate.db"
    config.write_text(_CONFIG.format(store=url, provider=provider, api=api, batch=7), "utf-8")
    settings = load(config)
    upgrade(settings)
    house = build(settings)
    rows = [
        {"email": f"r{n}@example.{('org', 'net', 'com')[n % 3]}", "digests": "weekend", "consent_basis": "a test"}
        for n in range(readers)
    ]
    results = import_rows(house, rows, NOW)
    assert len(results) == readers
    house.store.publications.keep("feed", "saltmarsh", _readings(), baseline=False, now=NOW)
    edition = compose(house, "weekend", house.clock())
    return Rig(config=config, edition=edition.id, readers=readers, provider=provider, opened=house)


def _readings() -> list[Reading]:
    adapted = Provenance(
        kind=Kind.ADAPTED_EXCERPT,
        publisher="The Meridian Review",
        evidence="This is an adapted excerpt from an article originally published by The Meridian Review.",
    )
    return [
        Reading(
            url=f"https://saltmarsh.example/{name}",
            title=f"What the {name} brings",
            provenance=adapted,
            published=Moment(raw="", parsed=NOW),
            body_text="Silt arrives with every tide. Somebody has to take it out again.",
            body_html="<p>Silt arrives with every tide. Somebody has to take it out again.</p>",
        )
        for name in ("tide", "river")
    ]
