"""Known pages are looked at again; what is gone is noted and nothing else, and its return is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from syndicate.domain.collecting import Checked, Harvest, Look, WatchedPage
from syndicate.domain.errors import NotAllowed, NotFound
from syndicate.domain.publication import Change, Part, PublicationFilter, Status
from syndicate.flows.ports import Store
from syndicate.store import SqlStore
from syndicate.testing.builders import NOON, a_moment, a_source
from syndicate.testing.stocking import a_harvest, a_piece, pieces

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MISSING = PublicationFilter(missing=True)
PAGES = a_source(id="pages", article="page", baseline=False)


def collected(store: Store, count: int = 1, source: str = "pages") -> tuple[int, ...]:
    harvest = a_harvest(*pieces(count, host=f"{source}.example"), source=replace(PAGES, id=source))
    (kept,) = store.publications.gather([harvest], NOON)
    assert kept is not None
    return kept.new


def looked(store: Store, number: int, look: Look, now: datetime, **changes: object) -> tuple[int, ...]:
    checked = Checked(publication=number, look=look, **changes)  # type: ignore[arg-type]
    (kept,) = store.publications.gather(
        [Harvest(source=PAGES, readings=(), before=_MARK, after=_MARK, checked=(checked,))], now
    )
    assert kept is not None
    return kept.updated


_MARK = a_harvest().after


def due(store: Store, now: datetime, *sources: str, most: int = 10) -> dict[str, list[int]]:
    found = store.publications.watched(sources or ("pages",), now, most)
    return {source: [page.publication for page in some] for source, some in found.items()}


def test_pages_are_due_an_hour_after_the_first_sight_longest_due_first(store: Store) -> None:
    numbers = collected(store, 3)

    assert due(store, NOON) == {}
    assert due(store, NOON + HOUR) == {"pages": list(numbers)}
    looked(store, numbers[0], Look.SAME, NOON + HOUR)
    assert due(store, NOON + DAY) == {"pages": [*numbers[1:], numbers[0]]}
    assert due(store, NOON + DAY, most=1) == {"pages": [numbers[1]]}


def test_the_most_is_for_each_source(store: Store) -> None:
    first, second = collected(store, 3), collected(store, 3, source="others")

    assert due(store, NOON + DAY, "pages", "others", "nobody", most=2) == {
        "pages": list(first[:2]),
        "others": list(second[:2]),
    }
    many = [f"source-{n}" for n in range(700)]
    assert due(store, NOON + DAY, *many, "pages", most=2) == {"pages": list(first[:2])}


def test_a_page_comes_with_the_validators_of_its_last_look(store: Store) -> None:
    (number,) = collected(store)
    looked(store, number, Look.READ, NOON + HOUR, reading=a_piece(1, "pages.example"), etag='"e"', representation="r")

    ((page,),) = store.publications.watched(["pages"], NOON + DAY, 5).values()

    address = a_piece(1, "pages.example").url
    assert page == WatchedPage(
        publication=number, url=address, guid="pages.example-1", etag='"e"', last_modified="", representation="r"
    )


def test_what_is_read_in_the_list_itself_and_what_was_old_is_not_watched(store: Store) -> None:
    entries = a_harvest(a_piece(1), source=replace(PAGES, id="entries", article="entry"))
    old = a_harvest(replace(a_piece(2), published=a_moment(NOON - timedelta(days=90))), source=PAGES)
    store.publications.gather([entries, old], NOON)

    assert due(store, NOON + DAY, "entries", "pages") == {}


def test_a_changed_page_is_a_revision_and_keeps_what_only_the_list_told(store: Store) -> None:
    (number,) = collected(store)
    page = replace(a_piece(1, "pages.example"), title="What the Tide Took", guid="", type="", topics=())

    assert looked(store, number, Look.READ, NOON + HOUR, reading=page) == (number,)

    stored = store.publications.get(number)
    assert (stored.title, stored.guid, stored.type) == ("What the Tide Took", "pages.example-1", "Analysis")
    assert [change.part for change in store.publications.revisions(number)[1].changes] == [Part.TITLE]
    assert looked(store, number, Look.READ, NOON + DAY, reading=page) == ()


def test_a_piece_that_moved_is_looked_at_where_it_is_now(store: Store) -> None:
    (number,) = collected(store)
    looked(store, number, Look.READ, NOON + HOUR, reading=a_piece(1, "pages.example"), etag='"e"')
    address = "https://quay.example.org/1"
    moved = replace(a_piece(1, "pages.example"), url=address, canonical=address)

    store.publications.gather([a_harvest(moved, source=PAGES, before=_MARK)], NOON + DAY)

    ((page,),) = store.publications.watched(["pages"], NOON + DAY, 5).values()
    assert (page.publication, page.url, page.etag) == (number, address, "")


def test_a_page_missing_once_is_not_missing(store: Store) -> None:
    (number,) = collected(store)

    looked(store, number, Look.MISSING, NOON + HOUR)

    assert store.publications.find(MISSING) == ()
    assert store.publications.get(number).missing_since is None


def test_a_page_missing_twice_is_noted_and_nothing_else_happens_to_it(store: Store) -> None:
    number, other = collected(store, 2)
    before, state = store.publications.get(number), store.publications.state()

    for look in (Look.MISSING, Look.FAILED, Look.MISSING):
        looked(store, number, look, NOON + DAY * (1 if store.publications.state() == state else 3))
    looked(store, number, Look.MISSING, NOON + 3 * DAY)

    (missing,) = store.publications.find(MISSING)
    assert missing == replace(before, missing_since=NOON + DAY)
    assert store.publications.get(other).missing_since is None
    assert len(store.publications.revisions(number)) == 1
    assert len(store.publications.find(PublicationFilter())) == 2
    assert store.publications.state() > state


def test_a_page_that_is_there_again_says_so_in_the_list_of_changes(store: Store) -> None:
    (number,) = collected(store)
    for days in (1, 2, 3):
        looked(store, number, Look.MISSING, NOON + days * DAY)

    assert looked(store, number, Look.SAME, NOON + 5 * DAY) == (number,)

    assert store.publications.find(MISSING) == ()
    (back,) = store.publications.revisions(number)[1].changes
    gone = "gone from its outlet since 2026-03-03"
    assert back == Change(part=Part.OTHER, before=gone, after="there again", loud=True)
    assert looked(store, number, Look.SAME, NOON + 6 * DAY) == ()


def test_the_newest_loss_comes_first(store: Store) -> None:
    first, second = collected(store, 2)
    for number, start in ((first, 1), (second, 5)):
        for days in range(3):
            looked(store, number, Look.MISSING, NOON + (start + days) * DAY)

    assert [p.id for p in store.publications.find(MISSING)] == [second, first]
    assert [p.id for p in store.publications.find(PublicationFilter(missing=True, limit=1))] == [second]


def test_a_look_at_what_another_source_brought_changes_nothing(store: Store) -> None:
    (number,) = collected(store, source="others")

    assert looked(store, number, Look.READ, NOON + HOUR, reading=a_piece(9)) == ()
    assert looked(store, 999, Look.MISSING, NOON + HOUR) == ()


def test_a_baseline_piece_is_let_out_by_name(store: Store) -> None:
    (number,) = store.publications.keep("feed", "harbour", [a_piece(1)], baseline=True, now=NOON).new
    state = store.publications.state()

    released = store.publications.release(number, NOON + HOUR)

    assert (released.status, released.changed) == (Status.LIVE, NOON + HOUR)
    assert store.publications.state() > state
    assert store.publications.release(number, NOON + DAY) == released


def test_only_what_is_there_and_was_not_judged_is_let_out(sql_store: SqlStore) -> None:
    (number,) = sql_store.publications.keep("feed", "harbour", [a_piece(1)], baseline=True, now=NOON).new
    with sql_store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE publications SET status = 'withdrawn'")

    with pytest.raises(NotAllowed, match="withdrawn"):
        sql_store.publications.release(number, NOON)
    with pytest.raises(NotFound):
        sql_store.publications.release(999, NOON)
