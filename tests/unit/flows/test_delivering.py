"""Delivering: who is mailed, who is held and why, what is made of doubt, and that it all adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.domain.delivery import (
    Absent,
    Accepted,
    BatchState,
    Compiled,
    Entry,
    Fate,
    Finding,
    InDoubt,
    Located,
    Refused,
    Submission,
    Unanswered,
)
from syndicate.domain.digest import Edition, EditionState
from syndicate.domain.errors import NotFound
from syndicate.domain.outlet import Terms
from syndicate.flows.delivering import deliver_batch, drain, send, status
from syndicate.flows.house import House
from syndicate.flows.pipeline import advance, compose_due, seal
from syndicate.testing.builders import NOON, a_digest, an_outlet
from syndicate.testing.house import HandClock
from syndicate.testing.stocking import publications
from tests.unit.flows.told import Told, leaves, prepared, says, suppresses

# Leaving before the next batch


def test_who_left_or_is_suppressed_after_prepare_is_not_mailed(
    house: House, mailer: Told, edition: Edition, five: tuple[int, ...]
) -> None:
    prepared(house, edition)
    leaves(house, five[0])
    suppresses(house, five[1])
    leaves(house, five[4])

    standing = send(house, edition.id)

    assert sorted(mailer.mailed) == list(five[2:4])
    says(standing, sent=2, suppressed=3)
    assert standing.state == "done"


def test_leaving_while_one_batch_is_on_its_way_takes_effect_before_the_next(
    house: House, mailer: Told, edition: Edition, five: tuple[int, ...]
) -> None:
    mailer.before = lambda: leaves(house, five[4])

    says(send(house, edition.id), sent=4, suppressed=1)

    assert five[4] not in mailer.mailed


@pytest.mark.parametrize(
    ("finding", "classes"),
    [(Located(reference="r"), {"sent": 2}), (Absent(), {"suppressed": 1, "sent": 1})],
)
def test_who_leaves_while_their_batch_is_in_doubt_is_counted_as_what_happened(
    house: House, mailer: Told, clock: HandClock, edition: Edition, finding: Finding, classes: dict[str, int]
) -> None:
    delivery = prepared(house, edition)
    (first, _) = house.store.deliveries.batches(delivery)[0].ids
    mailer.answers = [InDoubt(reason="timed out")]
    deliver_batch(house, delivery, 1)
    leaves(house, first)
    says(status(house, edition.id), waiting=3, unknown=2)
    clock.sleep(60)
    mailer.findings = [finding]

    standing = send(house, edition.id)

    says(standing, **{"suppressed": 0, **classes, "sent": classes["sent"] + 3})
    assert first not in mailer.mailed


# What has to be mended by a person


def test_a_refusal_that_is_our_fault_holds_everybody_until_it_is_mended(
    house: House, mailer: Told, edition: Edition, five: tuple[int, ...]
) -> None:
    mailer.answers = [Refused(reason="HTTP 401: put the right token there", ours=True)]

    standing = send(house, edition.id)
    assert standing.state == "paused"
    assert "401" in standing.held_because
    says(standing, held=5)
    assert len(mailer.keys) == 1

    says(send(house, edition.id), sent=5)
    assert sorted(mailer.mailed) == list(five)


def test_a_piece_that_may_not_go_any_more_holds_the_delivery_with_the_reason(
    house: House, mailer: Told, edition: Edition
) -> None:
    prepared(house, edition)
    forbidding = replace(house, outlets={"harbour": an_outlet(terms=Terms(until=NOON - timedelta(days=1)))})

    standing = send(forbidding, edition.id)

    says(standing, held=5)
    assert f"publication {edition.items[0]}" in standing.held_because
    assert mailer.mailed == []
    says(send(house, edition.id), sent=5)


def test_a_piece_that_is_no_longer_stored_holds_the_delivery(house: House, edition: Edition) -> None:
    seal(house, edition.id, NOON)
    batches = [replace(b, ids=(1,)) for b in house.store.deliveries.batches(prepared(house, edition))[:1]]
    house.store.deliveries.prepare(edition.id, 2, "told", batches, {1: [*edition.items, 999]}, NOON)

    drain(house)

    assert status(house, edition.id).held_because == "publication 999 is no longer stored"


def test_a_digest_taken_out_of_the_configuration_holds_its_delivery_alone(
    house: House, mailer: Told, edition: Edition
) -> None:
    delivery = prepared(house, edition)
    without = replace(house, digests={"another": a_digest(id="another")})

    drain(without)

    assert "weekly" in house.store.deliveries.get(delivery).held_because
    says(send(house, edition.id), sent=5)


def test_an_edition_of_a_digest_that_is_gone_keeps_no_other_from_being_sealed(house: House) -> None:
    publications(house.store, 1)
    both = replace(house, digests={**house.digests, "morning": a_digest(id="morning")})
    compose_due(both, NOON)
    editions = compose_due(both, NOON + timedelta(days=7))
    assert len(editions) == 2

    made = advance(replace(house, digests={"morning": both.digests["morning"]}), NOON + timedelta(days=7))

    assert [house.store.editions.get(d.edition).digest for d in made] == ["morning"]
    held = next(e for e in house.store.editions.find("weekly"))
    assert held.state is EditionState.HELD
    assert "weekly" in held.held_because


def test_a_letter_no_mailer_can_take_is_held_and_not_tried_for_ever(
    house: House, mailer: Told, edition: Edition
) -> None:
    class Choosy(Told):
        def compile(self, submission: Submission) -> Compiled:
            msg = "the sender holds a line break"
            raise ValueError(msg)

    standing = send(replace(house, mailer=Choosy()), edition.id)

    says(standing, held=5)
    assert "line break" in standing.held_because


# Doubt


def test_a_call_in_doubt_is_only_asked_of_the_mailer_that_has_it(
    house: House, mailer: Told, clock: HandClock, edition: Edition
) -> None:
    """Another provider would truly say that it never had the call, and everybody in it would be mailed twice."""
    delivery = prepared(house, edition)
    mailer.answers = [InDoubt(reason="timed out")]
    deliver_batch(house, delivery, 1)
    clock.sleep(3600)
    other = Told(name="other")

    standing = send(replace(house, mailer=other), edition.id)

    says(standing, sent=3, unknown=2)
    assert other.asked == 0
    assert len(other.mailed) == 3
    assert "made through told" in house.store.deliveries.batches(delivery)[0].note


def test_of_two_who_would_ask_only_one_does(house: House, mailer: Told, clock: HandClock, edition: Edition) -> None:
    """Else each outdates the other's question, and a slow search is never heard to its end."""
    delivery = prepared(house, edition)
    mailer.answers = [InDoubt(reason="timed out")]
    deliver_batch(house, delivery, 1)
    clock.sleep(60)

    class Slow(Told):
        def find(self, submission: Submission) -> Finding:
            deliver_batch(house, delivery, 1)  # the other worker, in the middle of our question
            return Located(reference="r")

    deliver_batch(replace(house, mailer=Slow()), delivery, 1)

    assert mailer.asked == 0
    assert house.store.deliveries.batches(delivery)[0].state is BatchState.SENT


def test_a_mailer_that_cannot_be_asked_is_asked_less_and_less_often(
    house: House, mailer: Told, clock: HandClock, edition: Edition
) -> None:
    mailer.answers = [InDoubt(reason="timed out")]
    mailer.findings = [*[Unanswered(reason="503")] * 30, Located(reference="r")]
    begun = clock.now

    says(send(house, edition.id), sent=5)

    assert mailer.asked == 31
    assert clock.now - begun > timedelta(minutes=15)


def test_an_account_that_takes_nobody_makes_no_rows_and_slows_down(
    house: House, mailer: Told, clock: HandClock, edition: Edition
) -> None:
    """Out of credits: every letter of every call is put off."""
    delivery = prepared(house, edition)
    (a, b) = house.store.deliveries.batches(delivery)[0].ids
    put_off = Accepted(reference="", entries=tuple(Entry(subscriber=i, fate=Fate.LATER, detail="405") for i in (a, b)))
    mailer.answers = [put_off] * 6
    begun = clock.now
    for _ in range(6):
        deliver_batch(house, delivery, 1)
        clock.now = house.store.deliveries.batches(delivery)[0].not_before

    assert len(house.store.deliveries.batches(delivery)) == 3
    assert clock.now - begun >= timedelta(seconds=2 + 4 + 8 + 16 + 32 + 64)
    assert len(set(mailer.keys)) == 6
    says(send(house, edition.id), sent=5)
    assert len(mailer.mailed) == len(set(mailer.mailed)) == 5


def test_what_is_not_there_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        deliver_batch(house, 99, 1)
