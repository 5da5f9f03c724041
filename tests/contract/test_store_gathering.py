"""Gathering: what many visits brought, in one transaction; one that cannot be stored spoils no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.domain.collecting import Bookmark, Ended, Harvest, Kept
from syndicate.domain.provenance import Kind, Provenance, UrlKind
from syndicate.domain.publication import How, Moment, PublicationFilter, Reading, Status
from syndicate.flows.ports import Store
from syndicate.testing.builders import NOON, a_moment, a_reading, a_source
from syndicate.testing.stocking import a_harvest, a_piece, pieces

LATER = NOON + timedelta(hours=1)
FRESH = a_source(baseline=False)
OTHER = a_source(id="lantern-feed", outlet="lantern", baseline=False)


def gather(store: Store, *harvests: Harvest, now: datetime = NOON) -> list[Kept | None]:
    return list(store.publications.gather(harvests, now))


def one(store: Store, harvest: Harvest, now: datetime = NOON) -> Kept:
    (kept,) = gather(store, harvest, now=now)
    assert kept is not None
    return kept


def again(harvest: Harvest, *readings: Reading, listed: int | None = None) -> Harvest:
    """The next visit to the same source, that shows ``readings``."""
    shown = listed if listed is not None else len(readings)
    return replace(harvest, before=harvest.after, readings=readings, listed=shown)


def everything(store: Store) -> list[int]:
    return [piece.id for piece in store.publications.find(PublicationFilter())]


def unstorable(reading: Reading) -> Reading:
    """Something that no document of a revision can hold."""
    return replace(reading, body_text=object())  # type: ignore[arg-type]


def test_readings_and_bookmarks_of_many_visits_are_stored_together(store: Store) -> None:
    first, second = a_harvest(*pieces(2), source=FRESH), a_harvest(*pieces(2, 3, host="lantern.example"), source=OTHER)

    kept = gather(store, first, second)

    assert [len(each.new) for each in kept if each] == [2, 2]
    assert store.sources.bookmarks([FRESH.id, OTHER.id]) == {FRESH.id: first.after, OTHER.id: second.after}
    assert {p.outlet for p in store.publications.find(PublicationFilter())} == {"harbour", "lantern"}


def test_gathering_the_same_again_changes_nothing(store: Store) -> None:
    harvest = a_harvest(*pieces(3), source=FRESH)
    first = one(store, harvest)
    before = store.publications.state()

    second = one(store, harvest, now=LATER)

    assert second == Kept(new=(), updated=(), unchanged=first.new)
    assert store.publications.state() == before
    assert [len(store.publications.revisions(n)) for n in first.new] == [1, 1, 1]
    assert [len(store.publications.appearances(n)) for n in first.new] == [1, 1, 1]


def test_one_harvest_that_cannot_be_stored_is_left_out_whole(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    bad = a_harvest(a_piece(1), unstorable(a_piece(2)), source=FRESH, before=Bookmark(etag='"before"'))
    good = a_harvest(*pieces(2, 5, host="lantern.example"), source=OTHER)

    with caplog.at_level(logging.ERROR):
        kept = gather(store, bad, good)

    assert kept[0] is None
    assert kept[1] is not None
    assert len(everything(store)) == len(kept[1].new) == 2
    noted = store.sources.bookmark(FRESH.id)
    assert (noted.etag, noted.failures, noted.last_success) == ('"before"', 1, None)
    assert noted.next_visit == bad.after.next_visit
    assert noted.visits[0].ended is Ended.FAILED
    assert "could not be stored" in noted.last_error
    assert FRESH.id in caplog.text
    assert store.sources.bookmark(OTHER.id) == good.after


def test_after_a_failure_everything_can_be_gathered_again(store: Store) -> None:
    bad = a_harvest(a_piece(1), unstorable(a_piece(2)), source=FRESH)
    gather(store, bad, a_harvest(source=OTHER))

    kept = one(store, replace(bad, readings=pieces(2)))

    assert len(kept.new) == 2
    assert store.sources.bookmark(FRESH.id) == bad.after


def test_a_bookmark_that_cannot_be_stored_spoils_no_other(store: Store) -> None:
    bad = a_harvest(a_piece(1), source=FRESH, after=Bookmark(last_visit=datetime(2026, 1, 1)))
    good = a_harvest(a_piece(2), source=OTHER)

    kept = gather(store, bad, good)

    assert kept[0] is None
    assert len(everything(store)) == 1
    assert store.sources.bookmark(OTHER.id) == good.after


def test_visits_that_brought_nothing_leave_their_bookmarks(store: Store) -> None:
    harvests = [a_harvest(source=a_source(id=f"quiet-{n}")) for n in range(30)]

    assert gather(store, *harvests) == [Kept(new=(), updated=(), unchanged=())] * 30
    assert store.sources.bookmark("quiet-29") == harvests[29].after


def test_the_same_piece_from_two_sources_in_one_transaction_is_one(store: Store) -> None:
    elsewhere = replace(a_piece(1), url="https://lantern.example/copy", guid="x")

    kept = gather(store, a_harvest(a_piece(1), source=FRESH), a_harvest(elsewhere, source=OTHER))

    assert [len(each.new) for each in kept if each] == [1, 0]
    places = store.publications.appearances(everything(store)[0])
    assert [(place.source, place.how) for place in places] == [(FRESH.id, How.SOURCE), (OTHER.id, How.CANONICAL)]


def test_many_visits_cost_as_many_statements_as_one(
    store: Store, statements: Callable[[Callable[[], object]], int]
) -> None:
    def cost(count: int, first: int) -> int:
        calls = iter((first, first + count))

        def call() -> object:
            start = next(calls)
            return gather(store, *(_a_visit(n) for n in range(start, start + count)))

        return statements(call)

    assert cost(1, 1) == cost(10, 100)


def _a_visit(number: int) -> Harvest:
    brought = [replace(piece, title=f"{piece.title} of {number}") for piece in pieces(3, host=f"host-{number}.example")]
    return a_harvest(*brought, source=a_source(id=f"source-{number}", baseline=False))


def test_guids_that_name_several_pieces_melt_nothing(store: Store) -> None:
    """A generator that gives every entry the guid of its channel."""
    harvest = a_harvest(*(replace(piece, guid="channel") for piece in pieces(3)), source=FRESH)
    kept = one(store, harvest)

    fresh = one(store, again(harvest, replace(a_piece(4), guid="channel"), replace(a_piece(1), guid="channel")))

    assert len(kept.new) == 3
    assert len(fresh.new) == 1


def test_guids_that_are_counted_anew_at_every_visit_melt_nothing(store: Store) -> None:
    """Positions in the list as guids: the newest is always 1."""
    harvest = a_harvest(*(replace(piece, guid=str(at)) for at, piece in enumerate(pieces(4, 2))), source=FRESH)
    first = one(store, harvest)

    second = one(store, again(harvest, *(replace(piece, guid=str(at)) for at, piece in enumerate(pieces(5, 1)))))

    assert len(second.new) == 1
    assert set(second.unchanged) == set(first.new)


def test_a_stable_guid_survives_a_new_link(store: Store) -> None:
    harvest = a_harvest(*pieces(3), source=FRESH)
    first = one(store, harvest)
    moved = replace(a_piece(2), url="https://harbour.example.net/moved", canonical="https://harbour.example.net/moved")

    second = one(store, again(harvest, a_piece(1), moved, a_piece(3)))

    assert second.new == ()
    assert second.updated == (first.new[1],)


def test_a_piece_whose_link_and_guid_changed_is_known_by_title_day_and_text(store: Store) -> None:
    harvest = a_harvest(*pieces(3), source=FRESH)
    first = one(store, harvest)
    address = "https://harbour.example.net/a-better-address"

    second = one(store, again(harvest, replace(a_piece(2), url=address, canonical=address, guid="n"), listed=3))

    assert second.new == ()
    assert store.publications.get(first.new[1]).url == address


@pytest.mark.parametrize(
    "change",
    [
        {"body_text": a_piece(77).body_text},
        {"published": a_moment(NOON)},
        {"body_text": "", "body_html": "", "summary": ""},
    ],
    ids=["other words", "another day", "no words at all"],
)
def test_another_piece_of_the_same_title_is_another_piece(store: Store, change: dict[str, object]) -> None:
    harvest = a_harvest(*pieces(3), source=FRESH)
    one(store, harvest)
    address = "https://harbour.example.net/another"
    namesake = replace(a_piece(2), url=address, canonical=address, guid="n", **change)  # type: ignore[arg-type]

    assert len(one(store, again(harvest, namesake, listed=4)).new) == 1


def test_pieces_without_link_and_guid_are_known_by_title_and_day_in_any_script(store: Store) -> None:
    nameless = [a_reading(url="", canonical="", guid="", title=title) for title in ("Прилив", "Отлив", "潮汐")]
    harvest = a_harvest(*nameless, source=FRESH)
    first = one(store, harvest)

    second = one(store, again(harvest, *(replace(r, body_text=r.body_text + " More.") for r in nameless)))

    assert len(first.new) == 3
    assert second.updated == first.new


def test_a_date_moved_to_after_we_saw_the_piece_is_not_believed(store: Store) -> None:
    harvest = a_harvest(*pieces(6), source=FRESH)
    first = one(store, harvest)
    week = NOON + timedelta(days=7)
    today = [replace(piece, published=Moment(raw="today", parsed=week)) for piece in pieces(6)]

    second = one(store, again(harvest, *today), now=week)

    assert second == Kept(new=(), updated=(), unchanged=first.new)
    assert [store.publications.get(n).dated for n in first.new] == [NOON - timedelta(days=n) for n in range(1, 7)]


def test_counters_clocks_and_cache_busters_are_no_revision(store: Store) -> None:
    harvest = a_harvest(a_piece(1), source=FRESH)
    (number,) = one(store, harvest).new
    body = a_piece(1).body_text
    noisy = replace(
        a_piece(1),
        body_text=f"{body}\n\n1,204 views | 12 comments | 5 min read\n\n3 hours ago, 14:05",
        body_html=f"{a_piece(1).body_html}<p>1,204 views</p>",
        updated=a_moment(LATER),
    )

    assert one(store, again(harvest, noisy), now=LATER).unchanged == (number,)
    assert len(store.publications.revisions(number)) == 1


def _copy(kind: Kind, original: Reading, words: str) -> Reading:
    origin = Provenance(kind=kind, publisher="The Harbour Review", url=original.url, url_kind=UrlKind.ARTICLE)
    return replace(a_piece(50, host="lantern.example"), provenance=origin, body_text=words, body_html=f"<p>{words}</p>")


@pytest.mark.parametrize("copy_first", [False, True], ids=["original first", "copy first"])
def test_a_copy_that_names_its_original_is_the_same_work(store: Store, *, copy_first: bool) -> None:
    original = a_piece(1)
    copy = _copy(Kind.REPUBLISHED, original, original.body_text + " Read more at the quay.")
    harvests = [a_harvest(original, source=FRESH), a_harvest(copy, source=OTHER)]

    for harvest in reversed(harvests) if copy_first else harvests:
        one(store, harvest)

    (number,) = everything(store)
    hows = {place.source: place.how for place in store.publications.appearances(number)}
    late = FRESH.id if copy_first else OTHER.id
    assert hows == {FRESH.id: How.SOURCE, OTHER.id: How.SOURCE} | {late: How.DECLARED}


@pytest.mark.parametrize("kind", [Kind.ADAPTED, Kind.ADAPTED_EXCERPT, Kind.EXCERPT, Kind.TRANSLATED])
def test_an_adaptation_stays_a_publication_of_its_own(store: Store, kind: Kind) -> None:
    one(store, a_harvest(a_piece(1), source=FRESH))
    one(store, a_harvest(_copy(kind, a_piece(1), a_piece(1).body_text), source=OTHER))

    assert len(everything(store)) == 2


def test_a_shortened_piece_stays_a_publication_of_its_own_whatever_it_says(store: Store) -> None:
    half = " ".join(a_piece(1).body_text.split()[:35])
    one(store, a_harvest(a_piece(1), source=FRESH))
    one(store, a_harvest(_copy(Kind.REPUBLISHED, a_piece(1), half), source=OTHER))

    assert len(everything(store)) == 2


def test_a_piece_that_is_held_back_is_a_baseline_whatever_its_date(store: Store) -> None:
    kept = one(store, a_harvest(*pieces(2), source=FRESH, hold=True))

    assert kept.baseline == kept.new
    assert {store.publications.get(n).status for n in kept.new} == {Status.BASELINE}


def test_dates_at_the_edge_of_the_calendar_spoil_nothing(store: Store) -> None:
    edges = [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
    odd = [replace(a_piece(n), published=Moment(raw="", parsed=edge)) for n, edge in enumerate(edges, start=1)]
    harvest = a_harvest(*odd, source=FRESH)

    assert len(one(store, harvest).new) == 2
    assert len(one(store, again(harvest, *pieces(5, 10), *odd)).new) == 5
