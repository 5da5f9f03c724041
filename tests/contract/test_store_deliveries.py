"""Deliveries, their lanes and limits, and who is mailed. What every store promises of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.domain.delivery import (
    Accepted,
    DeliveryState,
    Limits,
    Outcome,
    OutcomeKind,
    Sums,
)
from syndicate.domain.errors import NotFound
from syndicate.domain.settling import after_answer
from syndicate.flows.ports import Store
from syndicate.testing.builders import NOON, a_subscriber
from syndicate.testing.stocking import (
    LEASE,
    a_consent,
    a_delivery,
    an_edition,
    batches_of,
    begin,
    publications,
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


def test_an_audience_is_who_confirmed_and_may_be_mailed_by_domain_and_id(
    store: Store, address_hash: Callable[[str], str]
) -> None:
    late = readers(store, 3, domain="z.example")
    early = readers(store, 2, domain="a.example")
    readers(store, 1, digest="another")
    store.subscribers.ask(a_subscriber(id=77), ["weekly"], "weekly", a_consent())
    store.subscribers.leave(late[1], ["weekly"], a_consent("left"))
    store.subscribers.suppress(address_hash(store.subscribers.get(late[0]).address), "bounced", NOON)

    assert tuple(store.deliveries.audience("weekly")) == (*early, late[2])


def test_a_delivery_is_prepared_once(store: Store) -> None:
    edition = an_edition(store, publications(store, 2))
    first = store.deliveries.prepare(edition.id, 1, "outbox", batches_of((1, 2, 3), 2), {1: [2, 1]}, NOON)

    again = store.deliveries.prepare(edition.id, 1, "postmark", batches_of((9,), 1), {}, NOON)

    assert again == first
    assert (first.state, first.planned, first.mailer) == (DeliveryState.RUNNING, 3, "outbox")
    assert [b.ids for b in store.deliveries.batches(first.id)] == [(1, 2), (3,)]
    assert store.deliveries.variant(first.id, 1) == (2, 1)
    assert store.deliveries.of_edition(edition.id) == (first,)
    the_sums(store, first.id, waiting=3)


def test_of_many_who_prepare_at_once_one_delivery_comes(store: Store) -> None:
    edition = an_edition(store)
    frozen = batches_of((1, 2), 1)

    with ThreadPoolExecutor(4) as pool:
        prepared = pool.map(
            lambda n: store.deliveries.prepare(edition.id, 1, f"mailer-{n}", frozen, {1: []}, NOON), range(8)
        )
        made = set(prepared)

    assert len(made) == 1
    assert len(store.deliveries.batches(made.pop().id)) == 2


def test_a_delivery_to_nobody_is_done(store: Store) -> None:
    delivery = a_delivery(store, ())

    assert delivery.state is DeliveryState.DONE
    assert store.deliveries.next_due() is None


def test_a_delivery_that_names_somebody_twice_is_refused(store: Store) -> None:
    edition = an_edition(store)
    with pytest.raises(ValueError, match="twice"):
        store.deliveries.prepare(edition.id, 1, "outbox", batches_of((1, 2, 1), 2), {1: []}, NOON)

    assert store.deliveries.of_edition(edition.id) == ()


def test_frozen_ids_keep_their_order(store: Store) -> None:
    ids = (900, 3, 70_000_000_000, 4, 5, 1)
    delivery = a_delivery(store, ids, 4)

    assert [b.ids for b in store.deliveries.batches(delivery.id)] == [ids[:4], ids[4:]]


def test_letters_are_due_where_a_call_is_to_be_made_now(store: Store) -> None:
    """What a permit is taken for: not for a question, not for what is held or waits for its time."""
    delivery = a_delivery(store, readers(store, 7), 3)
    dropped = Outcome(subscriber=store.deliveries.batches(delivery.id)[0].ids[0], kind=SUPPRESSED)
    with store.deliveries.opening(delivery.id, 1) as opening:
        opening.drop([dropped])
    begin(store, delivery.id, 2)
    before = NOON - timedelta(seconds=1)

    assert [store.deliveries.letters_due(delivery.id, n, NOON + 2 * LEASE) for n in (1, 2, 3, 4)] == [2, 0, 1, 0]
    assert store.deliveries.letters_due(delivery.id, 1, before) == 0
    store.deliveries.pause(delivery.id, "wait")
    assert store.deliveries.letters_due(delivery.id, 1, NOON) == 0


def test_due_batches_come_oldest_first_and_only_from_running_deliveries(store: Store) -> None:
    ids = readers(store, 3)
    second = a_delivery(store, ids, 2, nominal=NOON + timedelta(hours=1))
    first = a_delivery(store, ids, 2)
    paused = a_delivery(store, ids, 3, nominal=NOON - timedelta(hours=1))
    store.deliveries.pause(paused.id, "wait")
    much_later = NOON + timedelta(days=1)

    expected = ((first.id, 1), (first.id, 2), (second.id, 1), (second.id, 2))
    assert store.deliveries.due(much_later, 10) == expected
    assert store.deliveries.due(much_later, 3) == expected[:3]
    assert store.deliveries.due(NOON, 10) == expected[:2]
    assert store.deliveries.due(much_later, 10, second.edition) == expected[2:]
    assert store.deliveries.next_due() == NOON
    assert store.deliveries.next_due(second.edition) == NOON + timedelta(hours=1)
    assert store.deliveries.next_due(paused.edition) is None


def test_what_is_ready_in_a_paused_delivery_is_held_until_it_runs_again(store: Store) -> None:
    delivery = a_delivery(store, readers(store, 4))
    sending = begin(store, delivery.id, 1)

    store.deliveries.pause(delivery.id, "the mailer wants a new password")

    assert store.deliveries.get(delivery.id).held_because == "the mailer wants a new password"
    the_sums(store, delivery.id, unknown=2, held=2)
    assert store.deliveries.due(NOON + LEASE, 10) == ((delivery.id, 1),)
    store.deliveries.close(sending.fence, after_answer(sending, Accepted(reference="r"), NOON))
    assert store.deliveries.get(delivery.id).state is DeliveryState.PAUSED

    store.deliveries.resume(delivery.id)

    assert store.deliveries.get(delivery.id) == delivery
    the_sums(store, delivery.id, sent=2, waiting=2)


def test_an_opening_may_hold_the_delivery(store: Store) -> None:
    delivery = a_delivery(store, readers(store, 2))

    with store.deliveries.opening(delivery.id, 1) as opening:
        opening.hold("withdrawn")

    held = store.deliveries.get(delivery.id)
    assert (held.state, held.held_because) == (DeliveryState.PAUSED, "withdrawn")
    the_sums(store, delivery.id, held=2)


def test_what_is_done_is_neither_paused_nor_resumed(store: Store) -> None:
    delivery = a_delivery(store, ())

    store.deliveries.pause(delivery.id, "too late")
    store.deliveries.resume(delivery.id)

    assert store.deliveries.get(delivery.id) == delivery


def test_taking_over_ends_leases_where_one_process_delivers(store: Store, kind: str) -> None:
    delivery = a_delivery(store, readers(store, 4))
    begin(store, delivery.id, 1)

    left = store.deliveries.take_over(NOON + timedelta(seconds=1))

    due = store.deliveries.due(NOON + timedelta(seconds=1), 10)
    if kind == "sqlite":
        assert left == 1
        assert due == ((delivery.id, 1), (delivery.id, 2))
    else:
        assert left == 0
        assert due == ((delivery.id, 2),)


def test_what_is_not_there_is_not_found(store: Store) -> None:
    delivery = a_delivery(store, (1,))

    def open_it() -> None:
        with store.deliveries.opening(delivery.id, 9):
            raise AssertionError

    calls: list[Callable[[], object]] = [
        lambda: store.deliveries.get(99),
        lambda: store.deliveries.sums(99),
        lambda: store.deliveries.counts(99),
        lambda: store.deliveries.pause(99, "why"),
        lambda: store.deliveries.resume(99),
        lambda: store.deliveries.variant(delivery.id, 9),
        open_it,
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()


def test_permits_come_at_the_rate(store: Store) -> None:
    """Ten a second in calls of five: one call every half second, whoever makes it."""
    waits = [store.deliveries.may_call("m", 10.0, 5, NOON) for _ in range(4)]

    assert waits == [0.0, 0.5, 1.0, 1.5]
    assert store.deliveries.may_call("another", 10.0, 5, NOON) == 0.0
    assert store.deliveries.may_call("m", 10.0, 5, NOON + timedelta(seconds=60)) == 0.0
    assert store.deliveries.may_call("m", 0.0, 5, NOON + timedelta(seconds=120)) == 0.0


def test_permits_are_shared_by_all_who_ask_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: store.deliveries.may_call("m", 100.0, 1, NOON), range(40)))

    assert sorted(waits) == pytest.approx([n / 100 for n in range(40)])


def test_a_stop_holds_everybody_whatever_the_rate(store: Store) -> None:
    store.deliveries.stop_calls("m", NOON + timedelta(seconds=30))
    store.deliveries.stop_calls("m", NOON + timedelta(seconds=10))

    assert store.deliveries.may_call("m", 0.0, 0, NOON) == 30.0
    assert store.deliveries.may_call("m", 1.0, 1, NOON) == 30.0
    assert store.deliveries.may_call("m", 1.0, 1, NOON) == 31.0


def test_a_list_costs_the_same_however_long_it_is(
    store: Store, statements: Callable[[Callable[[], object]], int]
) -> None:
    ids = readers(store, 3)

    def cost(delivery: int) -> list[int]:
        edition = store.deliveries.get(delivery).edition

        def open_it() -> None:
            with store.deliveries.opening(delivery, 1) as opening:
                opening.recipients()

        return [
            statements(lambda: store.deliveries.due(NOON, 10)),
            statements(lambda: store.deliveries.batches(delivery)),
            statements(lambda: store.deliveries.outcomes(delivery)),
            statements(lambda: store.deliveries.sums(delivery)),
            statements(lambda: store.deliveries.counts(delivery)),
            statements(lambda: store.deliveries.of_edition(edition)),
            statements(lambda: list(store.deliveries.audience("weekly"))),
            statements(open_it),
        ]

    one = cost(a_delivery(store, ids[:1], 1).id)
    many = cost(a_delivery(store, ids, 1, nominal=datetime(2026, 4, 1, tzinfo=UTC)).id)
    together = cost(a_delivery(store, ids, 3, nominal=datetime(2026, 5, 1, tzinfo=UTC)).id)

    assert one == many == together
