"""Opening and closing batches: the two transactions around a call. What every store promises of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.domain.delivery import (
    Accepted,
    Answer,
    BatchState,
    Busy,
    Change,
    DeliveryState,
    Entry,
    Fate,
    InDoubt,
    Limits,
    Outcome,
    OutcomeKind,
    Refused,
    Sums,
    Unanswered,
)
from syndicate.domain.settling import after_answer, after_finding
from syndicate.flows.ports import Store
from syndicate.store import SqlStore, audit
from syndicate.testing.builders import NOON
from syndicate.testing.stocking import (
    LEASE,
    a_consent,
    a_delivery,
    begin,
    readers,
)

LIMITS = Limits(count=500, octets=1, timeout=timedelta(seconds=10), settle=timedelta(seconds=10))
SUPPRESSED = OutcomeKind.SUPPRESSED


def the_sums(store: Store, delivery: int, **classes: int) -> None:
    """Hold the counts of a delivery against ``classes``, the others being zero."""
    names = ("waiting", "sent", "rejected", "suppressed", "held", "unknown")
    planned = store.deliveries.get(delivery).planned
    expected = Sums(planned=planned, **{name: classes.get(name, 0) for name in names})
    assert store.deliveries.sums(delivery) == expected
    assert expected.add_up


def test_recipients_are_asked_for_at_the_last_moment(store: Store, address_hash: Callable[[str], str]) -> None:
    ids = readers(store, 5)
    delivery = a_delivery(store, tuple(reversed(ids)), 5)
    store.subscribers.leave(ids[0], ["weekly"], a_consent("left"))
    store.subscribers.suppress(address_hash(store.subscribers.get(ids[1]).address), "complained", NOON)

    with store.deliveries.opening(delivery.id, 1) as opening:
        assert opening.delivery == delivery
        assert [s.id for s in opening.recipients()] == [ids[4], ids[3], ids[2]]
        assert opening.remaining() == tuple(reversed(ids))
        opening.drop([Outcome(subscriber=i, kind=SUPPRESSED, detail="left") for i in ids[:2]])
        assert opening.remaining() == (ids[4], ids[3], ids[2])
        opening.drop([Outcome(subscriber=ids[4], kind=SUPPRESSED)])
        assert [s.id for s in opening.recipients()] == [ids[3], ids[2]]

    the_sums(store, delivery.id, waiting=2, suppressed=3)
    assert store.deliveries.outcomes(delivery.id)[0] == (1, Outcome(subscriber=ids[0], kind=SUPPRESSED, detail="left"))


def test_an_opening_that_fails_leaves_nothing_behind(store: Store) -> None:
    delivery = a_delivery(store, readers(store, 2))

    def fail() -> None:
        with store.deliveries.opening(delivery.id, 1) as opening:
            opening.drop([Outcome(subscriber=opening.batch.ids[0], kind=SUPPRESSED)])
            opening.put(replace(opening.batch, state=BatchState.SENDING, fence=1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert store.deliveries.outcomes(delivery.id) == ()
    assert store.deliveries.batches(delivery.id)[0].state is BatchState.READY


def test_a_batch_with_nobody_left_ends_in_the_opening(store: Store) -> None:
    (reader,) = readers(store, 1)
    delivery = a_delivery(store, (reader,))

    with store.deliveries.opening(delivery.id, 1) as opening:
        opening.drop([Outcome(subscriber=reader, kind=SUPPRESSED)])
        opening.put(replace(opening.batch, state=BatchState.SENT))

    assert store.deliveries.get(delivery.id).state is DeliveryState.DONE
    the_sums(store, delivery.id, suppressed=1)


def test_a_call_that_was_begun_and_never_closed_stays_sending(store: Store) -> None:
    """Who died between the two transactions left a batch in doubt, found again when its lease ends."""
    delivery = a_delivery(store, readers(store, 2))
    batch = begin(store, delivery.id, 1)

    assert store.deliveries.batches(delivery.id) == (batch,)
    the_sums(store, delivery.id, unknown=2)
    assert store.deliveries.due(NOON, 10) == ()
    assert store.deliveries.next_due() == NOON + LEASE
    assert store.deliveries.due(NOON + LEASE, 10) == ((delivery.id, 1),)


def test_of_two_who_open_the_same_batch_the_second_finds_it_sending(store: Store) -> None:
    delivery = a_delivery(store, readers(store, 2))
    inside, proceed = threading.Event(), threading.Event()
    seen: list[BatchState] = []

    def first() -> None:
        with store.deliveries.opening(delivery.id, 1) as opening:
            seen.append(opening.batch.state)
            inside.set()
            assert store.editions.get(opening.delivery.edition).id  # reading goes on beside an open transaction
            proceed.wait(10)
            opening.put(replace(opening.batch, state=BatchState.SENDING, fence=1, lease_until=NOON + LEASE))

    def second() -> None:
        inside.wait(10)
        threading.Timer(0.2, proceed.set).start()
        with store.deliveries.opening(delivery.id, 1) as opening:
            seen.append(opening.batch.state)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result(20)

    assert seen == [BatchState.READY, BatchState.SENDING]


def test_closing_writes_what_the_mailer_said(store: Store) -> None:
    a, b, c, d = readers(store, 4)
    delivery = a_delivery(store, (a, b, c, d), 4)
    batch = begin(store, delivery.id, 1)
    answer = Accepted(
        reference="ref\x00",
        entries=(
            Entry(subscriber=b, fate=Fate.REJECTED, detail="no such\x00 user"),
            Entry(subscriber=d, fate=Fate.LATER, detail="mailbox full"),
        ),
    )

    assert store.deliveries.close(batch.fence, after_answer(batch, answer, NOON))

    parent, child = store.deliveries.batches(delivery.id)
    assert (parent.state, parent.reference, parent.ids) == (BatchState.SENT, "ref\ufffd", (a, b, c, d))
    assert (child.number, child.ids, child.state, child.attempt) == (2, (d,), BatchState.READY, 0)
    assert child.not_before > NOON
    assert [o.detail for _, o in store.deliveries.outcomes(delivery.id)] == ["no such\ufffd user", "mailbox full"]
    the_sums(store, delivery.id, sent=2, rejected=1, waiting=1)
    assert store.deliveries.counts(delivery.id) == {"ready": 1, "sending": 0, "sent": 1, "rejected": 0, "unknown": 0}


def test_a_delivery_is_done_when_every_batch_has_its_end(store: Store, sql_store: SqlStore) -> None:
    delivery = a_delivery(store, readers(store, 3), 1)
    ends: tuple[Answer, ...] = (Accepted(reference="r"), Refused(reason="no"))
    for number, answer in enumerate(ends, start=1):
        batch = begin(store, delivery.id, number)
        store.deliveries.close(batch.fence, after_answer(batch, answer, NOON))
    batch = begin(store, delivery.id, 3)
    assert store.deliveries.get(delivery.id).state is DeliveryState.RUNNING

    cannot_say = after_finding(batch, Unanswered(reason="it has no search", never=True), LIMITS, NOON)
    store.deliveries.close(batch.fence, cannot_say)

    assert store.deliveries.get(delivery.id).state is DeliveryState.DONE
    the_sums(store, delivery.id, sent=1, rejected=1, unknown=1)
    assert store.deliveries.next_due() is None
    assert audit(sql_store) == ()


def test_batches_that_end_at_once_end_the_delivery(store: Store) -> None:
    delivery = a_delivery(store, readers(store, 8), 1)
    started = [begin(store, delivery.id, n) for n in range(1, 9)]

    with ThreadPoolExecutor(8) as pool:
        answers = [after_answer(b, Accepted(reference="r"), NOON) for b in started]
        assert all(pool.map(lambda change: store.deliveries.close(1, change), answers))

    assert store.deliveries.get(delivery.id).state is DeliveryState.DONE


def test_children_that_are_born_at_once_get_numbers_of_their_own(store: Store) -> None:
    ids = readers(store, 12)
    delivery = a_delivery(store, ids, 2)
    later = [
        after_answer(b, Accepted(reference="r", entries=(Entry(subscriber=b.ids[0], fate=Fate.LATER),)), NOON)
        for b in [begin(store, delivery.id, n) for n in range(1, 7)]
    ]

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(lambda change: store.deliveries.close(1, change), later))

    batches = store.deliveries.batches(delivery.id)
    assert [b.number for b in batches] == list(range(1, 13))
    assert sorted(b.ids for b in batches[6:]) == [(i,) for i in ids[::2]]
    the_sums(store, delivery.id, sent=6, waiting=6)


def test_an_old_fence_changes_nothing(store: Store) -> None:
    """A worker that was frozen wakes after another has asked and settled."""
    delivery = a_delivery(store, readers(store, 2))
    frozen = begin(store, delivery.id, 1)
    with store.deliveries.opening(delivery.id, 1) as opening:
        asking = replace(opening.batch, fence=opening.batch.fence + 1)
        opening.put(asking)

    rejecting = after_answer(frozen, Refused(reason="too late"), NOON)
    assert not store.deliveries.close(frozen.fence, rejecting)
    assert store.deliveries.close(asking.fence, after_answer(asking, Accepted(reference="found"), NOON))
    assert not store.deliveries.close(asking.fence, rejecting)

    the_sums(store, delivery.id, sent=2)


def test_a_mailer_that_names_strangers_or_somebody_twice_breaks_no_sum(store: Store, sql_store: SqlStore) -> None:
    a, b = readers(store, 2)
    delivery = a_delivery(store, (a, b), 2)
    batch = begin(store, delivery.id, 1)
    kinds = [(a, OutcomeKind.REJECTED), (a, OutcomeKind.MOVED), (777, OutcomeKind.REJECTED), (b, OutcomeKind.MOVED)]
    outcomes = tuple(Outcome(subscriber=i, kind=kind) for i, kind in kinds)

    store.deliveries.close(
        batch.fence, Change(batch=replace(batch, state=BatchState.SENT), outcomes=outcomes, moved=(a, b, 777))
    )

    assert [b.ids for b in store.deliveries.batches(delivery.id)] == [(a, b), (b,)]
    the_sums(store, delivery.id, rejected=1, waiting=1)
    assert audit(sql_store) == ()


def test_a_refusal_for_now_gives_the_batch_back_with_a_new_key(store: Store) -> None:
    delivery = a_delivery(store, readers(store, 2))
    batch = begin(store, delivery.id, 1)

    store.deliveries.close(batch.fence, after_answer(batch, Busy(reason="429", retry_after=30), NOON))

    again = store.deliveries.batches(delivery.id)[0]
    assert (again.state, again.generation, again.lease_until) == (BatchState.READY, 2, None)
    assert store.deliveries.due(NOON, 10) == ()
    assert store.deliveries.next_due() == NOON + timedelta(seconds=30)
    the_sums(store, delivery.id, waiting=2)


def test_doubt_keeps_the_batch_sending_and_due(store: Store) -> None:
    delivery = a_delivery(store, readers(store, 2))
    batch = begin(store, delivery.id, 1)

    store.deliveries.close(batch.fence, after_answer(batch, InDoubt(reason="timed out"), NOON))

    assert store.deliveries.due(NOON, 10) == ((delivery.id, 1),)
    the_sums(store, delivery.id, unknown=2)


def test_a_batch_in_doubt_is_asked_about_when_it_said_so(store: Store) -> None:
    """``not_before`` of a sending batch says when the mailer is worth asking again."""
    delivery = a_delivery(store, readers(store, 1))
    batch = begin(store, delivery.id, 1)
    later = NOON + 2 * LEASE
    store.deliveries.close(batch.fence, Change(batch=replace(batch, not_before=later)))

    assert store.deliveries.due(NOON + LEASE, 10) == ()
    assert store.deliveries.next_due() == later
    assert store.deliveries.due(later, 10) == ((delivery.id, 1),)
