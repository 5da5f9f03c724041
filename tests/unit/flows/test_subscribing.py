"""Asking, confirming and leaving, on a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.domain.subscriber import Consent, Standing
from syndicate.domain.tokens import keyed_hash, sign
from syndicate.flows.addressing import BadAddress
from syndicate.flows.house import House
from syndicate.flows.subscribing import (
    LETTERS_A_DAY,
    Asked,
    Confirmed,
    Confirming,
    Expired,
    NotGenuine,
    NothingChosen,
    Suppressed,
    confirming,
    leave,
    leaving,
)
from syndicate.testing.builders import NOON
from syndicate.testing.house import SECRET, HandClock, a_house
from tests.unit.flows.readers import (
    DIGESTS,
    WORDS,
    asks,
    leave_token,
    letters,
    person,
    presses,
    standings,
    token,
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(tmp_path: Path, clock: HandClock) -> House:
    return a_house(tmp_path, clock, digests=DIGESTS)


# Asking


def test_asking_stores_a_pending_wish_with_the_words_seen_and_sends_one_letter(house: House) -> None:
    assert asks(house, "Reader@example.org") == Asked(address="reader@example.org", digests=("weekly",))
    assert standings(house) == {"weekly": Standing.PENDING}
    assert person(house).consents == (Consent(digest="weekly", act="asked", at=NOON, where="/subscribe", words=WORDS),)
    assert len(letters(house)) == 1


def test_one_letter_confirms_all_digests_asked_for_together(house: House) -> None:
    asks(house, "reader@example.org", "morning", "weekly")
    (letter,) = letters(house)
    assert "Morning Tide" in letter
    assert "The Week on the Water" in letter
    assert presses(house, token(letter)) == Confirmed(digests=("weekly", "morning"))


def test_a_bad_address_stores_and_sends_nothing(house: House) -> None:
    assert isinstance(asks(house, "reader@example.org\nBcc: x@example.org"), BadAddress)
    assert letters(house) == []


def test_choosing_nothing_that_exists_is_told_what_exists(house: House) -> None:
    assert asks(house, "reader@example.org", "hourly") == NothingChosen(known=("weekly", "morning"))


def test_no_address_gets_more_than_three_letters_a_day_however_it_is_spelt(house: House, clock: HandClock) -> None:
    for spelling in ("reader@example.org", "READER@example.org", "reader@EXAMPLE.org", "Reader@Example.Org"):
        assert asks(house, spelling) == Asked(address="reader@example.org", digests=("weekly",))
    assert len(letters(house)) == LETTERS_A_DAY
    asks(house, "other@example.org")
    assert len(letters(house)) == LETTERS_A_DAY + 1


def test_a_confirmed_reader_gets_no_letter_and_the_same_answer(house: House) -> None:
    before = asks(house)
    presses(house, token(letters(house)[0]))
    assert asks(house) == before
    assert len(letters(house)) == 1
    assert standings(house) == {"weekly": Standing.CONFIRMED}


def test_a_confirmed_reader_who_wants_more_confirms_only_what_is_new(house: House) -> None:
    asks(house)
    presses(house, token(letters(house)[0]))
    asks(house, "reader@example.org", "weekly", "morning")
    assert standings(house) == {"weekly": Standing.CONFIRMED, "morning": Standing.PENDING}
    assert presses(house, token(letters(house)[1])) == Confirmed(digests=("morning",))


def test_a_stranger_cannot_rename_a_confirmed_reader(house: House) -> None:
    asks(house, name="A Reader")
    presses(house, token(letters(house)[0]))
    asks(house, "reader@example.org", "morning", name="Buy at my shop")
    assert person(house).subscriber.name == "A Reader"


def test_a_suppressed_address_gets_no_letter_and_the_same_answer(house: House) -> None:
    house.store.subscribers.suppress(keyed_hash(SECRET, "reader@example.org"), "complaint", NOON)
    assert asks(house, "Reader@example.org") == Asked(address="reader@example.org", digests=("weekly",))
    assert letters(house) == []


# Confirming


def test_looking_at_a_link_to_confirm_changes_nothing(house: House) -> None:
    asks(house)
    found = confirming(house, token(letters(house)[0]), NOON)
    assert isinstance(found, Confirming)
    assert (found.address, found.digests) == ("reader@example.org", ("weekly",))
    assert standings(house) == {"weekly": Standing.PENDING}


def test_confirming_twice_is_confirming_once(house: House) -> None:
    asks(house)
    link = token(letters(house)[0])
    assert presses(house, link) == presses(house, link) == Confirmed(digests=("weekly",))
    assert [c.act for c in person(house).consents] == ["asked", "confirmed"]


def test_a_link_confirms_for_seven_days_and_not_one_second_longer(house: House, clock: HandClock) -> None:
    asks(house)
    link = token(letters(house)[0])
    clock.now = NOON + timedelta(days=7) - timedelta(seconds=1)
    assert isinstance(confirming(house, link, clock.now), Confirming)
    clock.now = NOON + timedelta(days=7)
    assert presses(house, link) == Expired()
    assert standings(house) == {"weekly": Standing.PENDING}


def test_an_old_link_does_not_bring_back_somebody_who_left(house: House) -> None:
    asks(house)
    link = token(letters(house)[0])
    presses(house, link)
    leave(house, leave_token(house, person(house).subscriber.id), where="one-click", now=NOON)
    assert presses(house, link) == Expired()
    assert standings(house) == {"weekly": Standing.LEFT}


def test_a_suppressed_address_cannot_be_confirmed(house: House) -> None:
    asks(house)
    house.store.subscribers.suppress(keyed_hash(SECRET, "reader@example.org"), "complaint", NOON)
    assert presses(house, token(letters(house)[0])) == Suppressed()


@pytest.mark.parametrize("forged", ["", ".", "x", "MQ.AAAA", "é.é", "a" * 10_000])
def test_a_link_that_we_did_not_make_does_nothing(house: House, forged: str) -> None:
    assert presses(house, forged) == NotGenuine()
    assert leaving(house, forged) is None
    assert leave(house, forged, where="one-click", now=NOON) is None


def test_a_link_for_one_purpose_does_not_serve_another(house: House) -> None:
    asks(house)
    reader = person(house).subscriber.id
    assert presses(house, leave_token(house, reader)) == NotGenuine()
    assert leave(house, token(letters(house)[0]), where="one-click", now=NOON) is None


def test_a_link_made_with_another_secret_does_nothing(house: House) -> None:
    asks(house)
    reader = person(house).subscriber.id
    assert presses(house, sign("another", "confirm", str(reader), "weekly", "1772452800")) == NotGenuine()


def test_a_digest_that_is_no_longer_configured_cannot_be_confirmed(house: House) -> None:
    asks(house)
    shrunk = replace(house, digests={"morning": DIGESTS["morning"]})
    assert presses(shrunk, token(letters(house)[0])) == Expired()


# Leaving


def test_leaving_ends_one_subscription_and_says_which(house: House) -> None:
    asks(house, "reader@example.org", "weekly", "morning")
    presses(house, token(letters(house)[0]))
    link = leave_token(house, person(house).subscriber.id)
    shown = leaving(house, link)
    assert shown is not None
    assert (shown.title, shown.address, shown.ended) == ("The Week on the Water", "r…r@example.org", False)
    left = leave(house, link, where="one-click", now=NOON)
    assert left is not None
    assert left.ended
    assert standings(house) == {"weekly": Standing.LEFT, "morning": Standing.CONFIRMED}


def test_leaving_twice_is_noted_once(house: House) -> None:
    asks(house)
    presses(house, token(letters(house)[0]))
    link = leave_token(house, person(house).subscriber.id)
    first = leave(house, link, where="one-click", now=NOON)
    assert leave(house, link, where="one-click", now=NOON) == first
    assert [c.act for c in person(house).consents] == ["asked", "confirmed", "left"]


def test_leaving_works_after_the_digest_has_gone_from_the_configuration(house: House) -> None:
    asks(house)
    link = leave_token(house, person(house).subscriber.id)
    left = leave(replace(house, digests={}), link, where="one-click", now=NOON)
    assert left is not None
    assert left.title == "weekly"
    assert standings(house) == {"weekly": Standing.LEFT}


def test_the_link_in_a_preview_letter_belongs_to_nobody(house: House) -> None:
    assert leave(house, leave_token(house, 0), where="one-click", now=NOON) is None
