"""What the tests of subscribing do again and again: ask, find the link in the letter, press it, look."""

from __future__ import annotations

import re
from collections.abc import Mapping

from syndicate.domain.subscriber import Person, Standing
from syndicate.flows.addressing import BadAddress
from syndicate.flows.house import House
from syndicate.flows.subscribing import (
    Asked,
    Confirmed,
    Expired,
    NotGenuine,
    NothingChosen,
    Suppressed,
    ask,
    confirm,
    leave_link,
)
from syndicate.testing.builders import a_digest

WORDS = "Yes, mail me."
DIGESTS = {"weekly": a_digest(), "morning": a_digest(id="morning", title="Morning Tide")}


def asks(
    house: House, address: str = "reader@example.org", *digests: str, name: str = ""
) -> Asked | BadAddress | NothingChosen:
    chosen = digests or ("weekly",)
    return ask(house, address=address, name=name, digests=chosen, words=WORDS, where="/subscribe", now=house.clock())


def letters(house: House) -> list[str]:
    """The text of every confirmation letter that waits, oldest first."""
    return [house.store.notices.get(n).text for n in house.store.notices.due(house.clock(), 100)]


def token(letter: str) -> str:
    found = re.search(r"/confirm/(\S+)", letter)
    assert found, letter
    return found[1]


def presses(house: House, confirmation: str) -> Confirmed | Expired | NotGenuine | Suppressed:
    return confirm(house, confirmation, where="/confirm", now=house.clock())


def person(house: House, address: str = "reader@example.org") -> Person:
    return house.store.subscribers.by_address(address)


def standings(house: House, address: str = "reader@example.org") -> Mapping[str, Standing]:
    return {s.digest: s.standing for s in person(house, address).subscriptions}


def leave_token(house: House, subscriber: int, digest: str = "weekly") -> str:
    return leave_link(house, subscriber, digest).rpartition("/")[2]
