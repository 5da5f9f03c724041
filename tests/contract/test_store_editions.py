"""Editions, sealed parts and schedules: what every store promises of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.domain.digest import Choice, Composition, EditionState
from syndicate.domain.errors import NotAllowed, NotFound, Tampered
from syndicate.domain.identity import keys_of
from syndicate.flows.ports import Store
from syndicate.store import SqlStore, tables
from syndicate.testing.builders import NOON, a_reading
from syndicate.testing.stocking import a_composition, an_edition, batches_of, parts_of, publications

WEEK = timedelta(days=7)


def test_a_schedule_begins_when_its_digest_is_first_seen(store: Store) -> None:
    assert store.editions.cursor("weekly", NOON) == NOON
    assert store.editions.cursor("weekly", NOON + WEEK) == NOON


def test_a_fire_moves_the_schedule_once(store: Store) -> None:
    last = store.editions.cursor("weekly", NOON)

    assert store.editions.fire("weekly", "2026-03-09T12:00", last, NOON + WEEK)
    assert not store.editions.fire("weekly", "2026-03-09T12:00", last, NOON + WEEK)
    assert not store.editions.fire("weekly", "2026-03-16T12:00", last, NOON + 2 * WEEK)
    assert store.editions.cursor("weekly", NOON) == NOON + WEEK


def test_an_hour_that_comes_twice_fires_once_and_the_schedule_goes_on(store: Store) -> None:
    last = store.editions.cursor("weekly", NOON)
    first, second = NOON + timedelta(hours=1), NOON + timedelta(hours=2)

    assert store.editions.fire("weekly", "02:30", last, first)
    assert not store.editions.fire("weekly", "02:30", first, second)
    assert store.editions.cursor("weekly", NOON) == second


def test_of_many_clocks_one_fires(store: Store) -> None:
    def tick(_clock: int) -> bool:
        last = store.editions.cursor("weekly", NOON)
        return last == NOON and store.editions.fire("weekly", "key", last, NOON + WEEK)

    with ThreadPoolExecutor(6) as pool:
        fired = list(pool.map(tick, range(12)))

    assert fired.count(True) == 1


def test_the_edition_that_is_there_already_wins(store: Store) -> None:
    first = an_edition(store, publications(store, 2))

    assert an_edition(store, by_schedule=True, held_because="late") == first
    assert store.editions.get(first.id) == first
    assert store.editions.find() == (first,)


def test_many_who_open_the_same_edition_get_the_same(store: Store) -> None:
    items = publications(store, 2)

    with ThreadPoolExecutor(4) as pool:
        opened = set(pool.map(lambda _: an_edition(store, items), range(8)))

    assert len(opened) == 1


def test_an_edition_says_what_it_carries_and_why(store: Store) -> None:
    a, b = publications(store, 2)
    left_out = Choice(publication=99, title="Other", taken=False, why="under embargo")
    composition = a_composition((b, a))
    composition = replace(composition, choices=(left_out, *composition.choices))

    edition = store.editions.open("weekly", "daily", NOON, composition, by_schedule=True, held_because="", now=NOON)

    assert (edition.state, edition.items, edition.by_schedule) == (EditionState.COMPOSED, (b, a), True)
    assert store.editions.choices(edition.id) == composition.choices
    assert store.editions.at("weekly", NOON) == edition
    assert store.editions.carried("weekly") == frozenset({a, b})
    assert store.editions.carried("another") == frozenset()


def test_an_edition_without_anything_is_skipped_and_carries_nothing(store: Store) -> None:
    nothing = Composition(items=(), choices=(), skipped_because="nothing new")

    edition = store.editions.open("weekly", "weekly", NOON, nothing, by_schedule=True, held_because="late", now=NOON)

    assert (edition.state, edition.skipped_because) == (EditionState.SKIPPED, "nothing new")
    assert store.editions.awaiting_seal() == ()


def test_skipping_an_edition_gives_its_publications_back_for_good(store: Store) -> None:
    items = publications(store, 1)
    edition = an_edition(store, items)

    store.editions.set_state(edition.id, EditionState.SKIPPED)
    next_one = an_edition(store, items, nominal=NOON + WEEK)

    assert next_one.items == items
    with pytest.raises(NotAllowed):
        store.editions.set_state(edition.id, EditionState.COMPOSED)


def test_of_two_editions_composed_at_once_one_carries_a_publication(store: Store) -> None:
    """Both chose before either was stored; the second leaves out what the first has, and says so."""
    a, b, c = publications(store, 3)

    with ThreadPoolExecutor(2) as pool:
        chosen = [((a, b), NOON), ((b, a, c), NOON + WEEK)]
        editions = list(pool.map(lambda e: an_edition(store, e[0], nominal=e[1]), chosen))

    carried = [item for edition in editions for item in edition.items]
    assert sorted(carried) == [a, b, c]
    whys = {ch.why for e in editions for ch in store.editions.choices(e.id) if not ch.taken}
    assert all("earlier edition" in why for why in whys)


def test_an_edition_whose_publications_are_all_taken_is_skipped(store: Store) -> None:
    items = publications(store, 1)
    an_edition(store, items)

    late = an_edition(store, items, nominal=NOON + WEEK)

    assert (late.state, late.items) == (EditionState.SKIPPED, ())
    assert "earlier edition" in late.skipped_because


def test_a_piece_that_was_carried_under_another_id_counts_as_carried(store: Store) -> None:
    """Two stored pieces turn out to be one after one of them went out."""
    feed = a_reading(url="https://harbour.example.net/a", canonical="", guid="")
    page = a_reading(url="https://harbour.example.net/b", canonical="", guid="")
    (one,) = store.publications.keep("feed", "harbour", [feed], baseline=False, now=NOON).new
    (two,) = store.publications.keep("page", "harbour", [page], baseline=False, now=NOON).new
    an_edition(store, (two,))

    joined = replace(page, canonical=feed.url)
    store.publications.keep("page", "harbour", [joined], baseline=False, now=NOON)

    assert len(keys_of(joined, "page")) == 2
    assert store.editions.carried("weekly") == frozenset({one, two})


def test_what_goes_by_schedule_waits_for_its_seal_and_then_for_its_delivery(store: Store) -> None:
    by_hand = an_edition(store)
    second = an_edition(store, nominal=NOON + 2 * WEEK, by_schedule=True)
    first = an_edition(store, nominal=NOON + WEEK, by_schedule=True)
    held = an_edition(store, nominal=NOON + 3 * WEEK, by_schedule=True, held_because="stale")

    assert store.editions.awaiting_seal() == (first, second)
    assert store.editions.get(held.id).state is EditionState.HELD

    store.editions.set_state(held.id, EditionState.APPROVED)
    assert [e.id for e in store.editions.awaiting_seal()] == [first.id, second.id, held.id]

    for edition in (by_hand, second, first):
        store.editions.keep_sealed(parts_of(edition), NOON)
    assert [e.id for e in store.editions.awaiting_delivery()] == [first.id, second.id]

    store.deliveries.prepare(first.id, 1, "outbox", batches_of((), 1), {1: []}, NOON)
    assert [e.id for e in store.editions.awaiting_delivery()] == [second.id]


def test_holding_an_edition_says_why(store: Store) -> None:
    edition = an_edition(store)

    store.editions.set_state(edition.id, EditionState.HELD, held_because="somebody looks at it")

    held = store.editions.get(edition.id)
    assert (held.state, held.held_because) == (EditionState.HELD, "somebody looks at it")


def test_sealed_parts_come_back_and_seal_the_edition(store: Store) -> None:
    edition = an_edition(store, publications(store, 2))
    parts = parts_of(edition)

    store.editions.keep_sealed(parts, NOON)
    store.editions.keep_sealed(parts, NOON + WEEK)

    assert store.editions.sealed(edition.id, "en") == parts
    assert store.editions.get(edition.id).state is EditionState.SEALED


def test_other_parts_never_replace_sealed_ones(store: Store) -> None:
    edition = an_edition(store)
    store.editions.keep_sealed(parts_of(edition), NOON)

    with pytest.raises(NotAllowed):
        store.editions.keep_sealed(parts_of(edition, subject="Another subject"), NOON)

    assert store.editions.sealed(edition.id, "en") == parts_of(edition)


def test_parts_that_were_tampered_with_are_refused(sql_store: SqlStore) -> None:
    edition = an_edition(sql_store)
    other = an_edition(sql_store, nominal=NOON + WEEK)
    for each in (edition, other):
        sql_store.editions.keep_sealed(parts_of(each), NOON)
    of = tables.sealed_editions.c
    with sql_store.database.writing() as connection:
        connection.execute(tables.sealed_editions.update().where(of.edition == edition.id).values(digest="0" * 64))

    with pytest.raises(Tampered):
        sql_store.editions.sealed(edition.id, "en")
    assert sql_store.editions.sealed(other.id, "en") == parts_of(other)


def test_editions_are_listed_newest_first(store: Store) -> None:
    ids = [an_edition(store, nominal=NOON + n * WEEK).id for n in (1, 0, 2)]
    other = an_edition(store, digest="other", nominal=NOON + 9 * WEEK).id

    assert [e.id for e in store.editions.find()] == [other, ids[2], ids[0], ids[1]]
    assert [e.id for e in store.editions.find("weekly", limit=2)] == [ids[2], ids[0]]


def test_what_is_not_there_is_not_found(store: Store) -> None:
    calls: list[Callable[[], object]] = [
        lambda: store.editions.get(1),
        lambda: store.editions.at("weekly", NOON),
        lambda: store.editions.choices(1),
        lambda: store.editions.sealed(1, "en"),
        lambda: store.editions.set_state(1, EditionState.HELD),
        lambda: store.deliveries.prepare(1, 1, "outbox", [], {}, NOON),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()


def test_a_list_costs_the_same_however_long_it_is(
    store: Store, statements: Callable[[Callable[[], object]], int]
) -> None:
    def cost() -> list[int]:
        newest = store.editions.find()[0].id
        return [
            statements(lambda: store.editions.find("weekly")),
            statements(store.editions.awaiting_seal),
            statements(store.editions.awaiting_delivery),
            statements(lambda: store.editions.choices(newest)),
            statements(lambda: store.editions.carried("weekly")),
        ]

    an_edition(store, publications(store, 1), by_schedule=True)
    one = cost()
    for n in (1, 2):
        an_edition(store, publications(store, 2, first=n * 10), nominal=NOON + n * WEEK, by_schedule=True)

    assert cost() == one
