"""Subscribers and notices: what every store promises of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.domain.delivery import (
    Accepted,
    Batch,
    BatchState,
    Busy,
    Entry,
    Fate,
)
from syndicate.domain.errors import NotFound
from syndicate.domain.notice import NoticeDraft, NoticeKind
from syndicate.domain.settling import after_answer
from syndicate.domain.subscriber import Standing, Subscriber
from syndicate.flows.ports import Store
from syndicate.testing.builders import NOON, a_subscriber
from syndicate.testing.stocking import LEASE, a_consent

LATER = NOON + timedelta(hours=1)


def standings(store: Store, subscriber: int) -> dict[str, Standing]:
    return {s.digest: s.standing for s in store.subscribers.subscriptions(subscriber)}


def asked(store: Store, *digests: str, person: Subscriber | None = None) -> Subscriber:
    return store.subscribers.ask(person or a_subscriber(), digests or ("weekly",), "weekly", a_consent())


def test_who_asks_is_pending_until_confirmed(store: Store) -> None:
    subscriber = asked(store, "weekly", "daily")
    assert standings(store, subscriber.id) == {"daily": Standing.PENDING, "weekly": Standing.PENDING}

    assert store.subscribers.confirm(subscriber.id, ("weekly",), a_consent("confirmed", LATER)) == ("weekly",)
    assert store.subscribers.confirm(subscriber.id, ("weekly",), a_consent("confirmed", LATER)) == ()

    assert standings(store, subscriber.id) == {"daily": Standing.PENDING, "weekly": Standing.CONFIRMED}
    (weekly,) = [s for s in store.subscribers.subscriptions(subscriber.id) if s.digest == "weekly"]
    assert (weekly.since, weekly.cadence, weekly.subscriber) == (LATER, "weekly", subscriber.id)


def test_the_address_decides_who_it_is(store: Store) -> None:
    first = asked(store, person=a_subscriber(id=5, name="A Reader", language="en", timezone="UTC"))

    again = asked(store, "daily", person=a_subscriber(id=5, name=""))

    assert again == first
    assert store.subscribers.get(first.id) == replace(first, name="A Reader")
    assert asked(store, person=a_subscriber(id=6)).id != first.id


def test_a_stranger_does_not_rename_somebody_confirmed(store: Store) -> None:
    subscriber = asked(store)
    assert asked(store, person=a_subscriber(name="A Reader")).name == "A Reader"
    store.subscribers.confirm(subscriber.id, ("weekly",), a_consent("confirmed"))

    again = asked(store, person=a_subscriber(name="Somebody Else"))

    assert again.name == "A Reader"
    assert standings(store, subscriber.id) == {"weekly": Standing.CONFIRMED}


def test_leaving_ends_subscriptions_and_asking_begins_again(store: Store) -> None:
    subscriber = asked(store, "weekly", "daily")
    store.subscribers.confirm(subscriber.id, ("weekly",), a_consent("confirmed"))

    assert store.subscribers.leave(subscriber.id, ("weekly", "daily", "never"), a_consent("left")) == (
        "weekly",
        "daily",
    )
    assert store.subscribers.leave(subscriber.id, ("weekly",), a_consent("left")) == ()
    assert set(standings(store, subscriber.id).values()) == {Standing.LEFT}
    assert store.subscribers.confirm(subscriber.id, ("weekly",), a_consent("confirmed")) == ()

    asked(store)

    assert standings(store, subscriber.id) == {"daily": Standing.LEFT, "weekly": Standing.PENDING}


def test_every_wish_is_in_the_ledger_of_consent_once(store: Store) -> None:
    subscriber = asked(store, "weekly", "daily")
    for _ in range(2):
        store.subscribers.confirm(subscriber.id, ("weekly",), a_consent("confirmed", LATER))
        store.subscribers.leave(subscriber.id, ("daily",), a_consent("left", LATER))

    person = store.subscribers.by_address(subscriber.address)

    assert [(c.digest, c.act, c.at) for c in person.consents] == [
        ("weekly", "asked", NOON),
        ("daily", "asked", NOON),
        ("weekly", "confirmed", LATER),
        ("daily", "left", LATER),
    ]
    assert person.consents[0] == a_consent()
    assert person.subscriber == subscriber
    assert not person.suppressed


def test_many_who_ask_with_one_address_are_one(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        ids = {s.id for s in pool.map(lambda n: asked(store, f"digest-{n % 2}"), range(8))}

    assert len(ids) == 1
    assert standings(store, ids.pop()) == {"digest-0": Standing.PENDING, "digest-1": Standing.PENDING}


def test_a_suppression_needs_no_subscriber_and_outlives_one(store: Store, address_hash: Callable[[str], str]) -> None:
    key = address_hash(a_subscriber().address)
    assert not store.subscribers.suppressed(key)

    store.subscribers.suppress(key, "complained", NOON)
    store.subscribers.suppress(key, "again", LATER)
    subscriber = asked(store)
    store.subscribers.confirm(subscriber.id, ("weekly",), a_consent("confirmed"))

    assert store.subscribers.suppressed(key)
    assert store.subscribers.by_address(subscriber.address).suppressed
    assert tuple(store.deliveries.audience("weekly")) == ()


def test_who_is_not_there_is_not_found(store: Store) -> None:
    calls: list[Callable[[], object]] = [
        lambda: store.subscribers.get(1),
        lambda: store.subscribers.subscriptions(1),
        lambda: store.subscribers.confirm(1, ("weekly",), a_consent()),
        lambda: store.subscribers.leave(1, ("weekly",), a_consent()),
        lambda: store.subscribers.by_address("nobody@example.org"),
        lambda: store.notices.get(1),
    ]
    for call in calls:
        with pytest.raises(NotFound) as caught:
            call()
        assert "nobody@" not in str(caught.value)


def test_asking_costs_the_same_whoever_else_is_there(
    store: Store, statements: Callable[[Callable[[], object]], int]
) -> None:
    def cost() -> list[int]:
        return [
            statements(lambda: store.subscribers.by_address(a_subscriber().address)),
            statements(lambda: store.subscribers.subscriptions(1)),
        ]

    asked(store)
    one = cost()
    asked(store, "weekly", "daily", "monthly")

    assert cost() == one


def a_draft(address: str = "reader1@example.org", subscriber: int = 1) -> NoticeDraft:
    return NoticeDraft(
        kind=NoticeKind.CONFIRM,
        subscriber=subscriber,
        address=address,
        subject="Please",
        html="<p>Yes?</p>",
        text="Yes?",
    )


def begun(store: Store, notice: int) -> Batch:
    before = store.notices.get(notice).batch
    marked = replace(
        before, state=BatchState.SENDING, attempt=before.attempt + 1, fence=before.fence + 1, lease_until=NOON + LEASE
    )
    assert store.notices.open(notice, marked, before.fence)
    return marked


def test_a_notice_waits_in_its_lane(store: Store) -> None:
    first = store.notices.add(a_draft(), NOON)
    second = store.notices.add(a_draft(), LATER)

    notice = store.notices.get(first)

    assert (notice.id, notice.created, notice.subject) == (first, NOON, "Please")
    assert (notice.batch.delivery, notice.batch.number, notice.batch.ids) == (0, first, (1,))
    assert notice.batch.state is BatchState.READY
    assert store.notices.due(NOON, 10) == (first,)
    assert store.notices.due(LATER, 10) == (first, second)
    assert store.notices.due(LATER, 1) == (first,)
    assert store.notices.next_due() == NOON


def test_of_two_who_open_a_notice_one_has_it(store: Store) -> None:
    notice = store.notices.add(a_draft(), NOON)
    before = store.notices.get(notice).batch
    marked = replace(before, state=BatchState.SENDING, fence=1, lease_until=NOON + LEASE)

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: store.notices.open(notice, marked, before.fence), range(8)))

    assert opened.count(True) == 1
    assert store.notices.due(NOON, 10) == ()
    assert store.notices.due(NOON + LEASE, 10) == (notice,)
    assert store.notices.next_due() == NOON + LEASE


def test_a_notice_that_went_is_not_due_again(store: Store) -> None:
    notice = store.notices.add(a_draft(), NOON)
    batch = begun(store, notice)

    assert store.notices.close(batch.fence, after_answer(batch, Accepted(reference="r"), NOON))
    assert not store.notices.close(batch.fence, after_answer(batch, Busy(reason="late"), NOON))

    assert store.notices.get(notice).batch.state is BatchState.SENT
    assert store.notices.next_due() is None


def test_a_notice_refused_for_its_one_address_is_rejected(store: Store) -> None:
    notice = store.notices.add(a_draft(), NOON)
    batch = begun(store, notice)
    answer = Accepted(reference="r", entries=(Entry(subscriber=1, fate=Fate.REJECTED, detail="no such user"),))

    store.notices.close(batch.fence, after_answer(batch, answer, NOON))

    ended = store.notices.get(notice).batch
    assert (ended.state, ended.note) == (BatchState.REJECTED, "no such user")


def test_a_notice_refused_for_now_is_tried_again_under_a_new_key(store: Store) -> None:
    notice = store.notices.add(a_draft(), NOON)
    batch = begun(store, notice)
    answer = Accepted(reference="r", entries=(Entry(subscriber=1, fate=Fate.LATER, detail="mailbox full"),))

    store.notices.close(batch.fence, after_answer(batch, answer, NOON))

    again = store.notices.get(notice).batch
    assert (again.state, again.generation, again.note) == (BatchState.READY, 2, "mailbox full")
    assert again.not_before > NOON
    assert store.notices.next_due() == again.not_before


def test_taking_over_frees_notices_too(store: Store, kind: str) -> None:
    notice = store.notices.add(a_draft(), NOON)
    begun(store, notice)

    left = store.deliveries.take_over(NOON)

    assert (left, store.notices.due(NOON, 10)) == ((1, (notice,)) if kind == "sqlite" else (0, ()))


def test_an_address_is_counted_for_what_it_got_and_will_get(store: Store) -> None:
    old = store.notices.add(a_draft(), NOON)
    store.notices.add(a_draft(), LATER)
    store.notices.add(a_draft("other@example.org"), LATER)
    assert store.notices.sent_to(a_draft().address, LATER) == 2

    batch = begun(store, old)
    store.notices.close(batch.fence, after_answer(batch, Accepted(reference="r"), NOON))

    assert store.notices.sent_to(a_draft().address, LATER) == 1
    assert store.notices.sent_to(a_draft().address, NOON) == 2
    assert store.notices.sent_to("nobody@example.org", NOON) == 0
