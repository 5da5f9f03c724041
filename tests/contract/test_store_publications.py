"""Publications, sources and documents: what every store promises of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from syndicate.domain.collecting import Bookmark, Kept
from syndicate.domain.errors import NotFound
from syndicate.domain.feed import FeedDocument
from syndicate.domain.identity import keys_of
from syndicate.domain.provenance import Provenance, Verdict, original
from syndicate.domain.publication import (
    Appearance,
    Change,
    Evidence,
    Figure,
    How,
    Lead,
    Moment,
    Part,
    Precision,
    PublicationFilter,
    Reading,
    Revision,
    Status,
)
from syndicate.flows.ports import Store
from syndicate.testing.builders import NOON, a_borrowed_provenance, a_reading
from syndicate.testing.stocking import publications

FEED, LISTING = "harbour-feed", "harbour-listing"
LATER = NOON + timedelta(hours=1)


def keep(store: Store, *readings: Reading, source: str = FEED, baseline: bool = False, now: datetime = NOON) -> Kept:
    return store.publications.keep(source, "harbour", readings, baseline=baseline, now=now)


def content(reading: Reading) -> dict[str, object]:
    return {field.name: getattr(reading, field.name) for field in fields(Reading)}


def a_rich_reading() -> Reading:
    day = Moment(raw="1 March 2026", parsed=datetime(2026, 3, 1, tzinfo=UTC), precision=Precision.DAY, zone_known=False)
    return a_reading(
        provenance=replace(a_borrowed_provenance(), date=date(2026, 2, 3), verdict=Verdict.UNSURE),
        published=Moment(
            raw="raw", parsed=datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
        ),
        updated=Moment(raw="some time last week", parsed=None),
        headings=("Tides", "Times"),
        figures=(Figure(src="https://harbour.example.net/a.jpg", alt="A", caption="B", credit="C"),),
        related=(Lead(title="More", url="https://harbour.example.net/more", date=day, authors=("A",), topics=("T",)),),
        evidence=(Evidence(field="title", rule="h1", place="/html/body/h1", raw="The Islands That Wait"),),
    )


def test_a_piece_comes_back_as_it_was_read(store: Store) -> None:
    reading = a_rich_reading()

    (number,) = keep(store, reading).new
    stored = store.publications.get(number)

    assert content(stored) == content(reading)
    assert (stored.outlet, stored.source, stored.status) == ("harbour", FEED, Status.LIVE)
    assert (stored.slug, stored.revision) == ("the-islands-that-wait", 1)
    assert stored.first_seen == stored.changed == NOON
    assert stored.first_seen.tzinfo is UTC


def test_keeping_the_same_again_changes_nothing(store: Store) -> None:
    first = keep(store, a_rich_reading())
    before = store.publications.state()

    again = keep(store, a_rich_reading(), now=LATER)

    assert again == Kept(new=(), updated=(), unchanged=first.new)
    assert store.publications.state() == before
    assert store.publications.get(first.new[0]).changed == NOON


def test_other_evidence_alone_is_no_change(store: Store) -> None:
    keep(store, a_rich_reading())

    assert keep(store, replace(a_rich_reading(), evidence=())).updated == ()


def test_a_change_at_the_first_source_is_a_revision(store: Store) -> None:
    (number,) = keep(store, a_reading()).new
    before = store.publications.state()

    kept = keep(store, a_reading(title="The Islands That Waited"), now=LATER)
    stored = store.publications.get(number)

    assert kept == Kept(new=(), updated=(number,), unchanged=())
    assert (stored.title, stored.slug) == ("The Islands That Waited", "the-islands-that-wait")
    assert (stored.revision, stored.first_seen, stored.changed) == (2, NOON, LATER)
    headline = Change(part=Part.TITLE, before="The Islands That Wait", after="The Islands That Waited", loud=True)
    assert store.publications.revisions(number) == (
        Revision(number=1, at=NOON, title="The Islands That Wait"),
        Revision(number=2, at=LATER, title="The Islands That Waited", changes=(headline,)),
    )
    assert store.publications.state() > before


def test_another_source_adds_an_appearance_and_never_a_revision(store: Store) -> None:
    (number,) = keep(store, a_reading()).new
    elsewhere = "https://harbour.example.net/list/1"

    kept = keep(store, a_reading(title="Other words", url=elsewhere, guid="x"), source=LISTING)

    assert kept == Kept(new=(), updated=(), unchanged=(number,))
    assert store.publications.get(number).title == "The Islands That Wait"
    assert store.publications.appearances(number) == (
        Appearance(source=FEED, url=a_reading().url, how=How.SOURCE, first_seen=NOON),
        Appearance(source=LISTING, url=elsewhere, how=How.CANONICAL, first_seen=NOON),
    )
    assert store.publications.find(PublicationFilter(source=LISTING))[0].id == number


def test_keys_learnt_from_another_source_make_a_piece_known(store: Store) -> None:
    (number,) = keep(store, a_reading()).new
    keep(store, a_reading(url="https://harbour.example.net/list/1"), source=LISTING)

    moved = a_reading(url="https://harbour.example.net/list/1", canonical="", guid="")

    assert keep(store, moved, source="harbour-sitemap").unchanged == (number,)


def test_known_names_the_keys_that_belong_to_something(store: Store) -> None:
    keep(store, a_reading())
    keys = keys_of(a_reading(), FEED)

    assert store.publications.known([*keys, "link:example.org/else", "link:" + "long/" * 2000]) == frozenset(keys)


def test_a_reading_that_joins_two_pieces_of_two_sources_makes_them_one(store: Store) -> None:
    first = a_reading(url="https://harbour.example.net/a", canonical="", guid="")
    second = a_reading(url="https://harbour.example.net/b", canonical="", guid="")
    (one,) = keep(store, first).new
    (two,) = keep(store, second, source=LISTING).new
    slug = store.publications.get(two).slug

    kept = keep(store, replace(second, canonical=first.url), source=LISTING)

    assert kept.unchanged == (one,)
    assert [p.id for p in store.publications.find(PublicationFilter())] == [one]
    assert store.publications.by_slug(slug).id == one
    assert {place.source for place in store.publications.appearances(one)} == {FEED, LISTING}


def test_a_wrong_canonical_link_does_not_melt_the_pieces_of_one_source_into_one(store: Store) -> None:
    """An outlet that begins to call its home page canonical everywhere loses nothing of what was stored."""
    numbers = publications(store, 3)
    home = "https://harbour.example.net/"

    for _ in range(2):
        readings = [replace(store.publications.get(n), canonical=home) for n in numbers]
        keep(store, *(Reading(**content(r)) for r in readings))  # type: ignore[arg-type]

    assert {p.id for p in store.publications.find(PublicationFilter())} == set(numbers)
    assert [len(store.publications.revisions(n)) for n in numbers] == [2, 2, 2]


def test_the_same_piece_twice_in_one_pass_is_one(store: Store) -> None:
    kept = keep(store, a_reading(), a_reading(guid=""))

    assert len(kept.new) == 1
    assert kept.unchanged == kept.updated == ()


def test_an_entry_without_a_body_takes_no_body_and_no_origin_away(store: Store) -> None:
    """A feed that is read again shows a summary of a page that was read in full before."""
    whole = a_reading(provenance=a_borrowed_provenance(), headings=("Tides",))
    (number,) = keep(store, whole).new
    summary = replace(
        whole,
        title="New title",
        body_html="",
        body_text="",
        headings=(),
        type="",
        provenance=original("The Harbour Review"),
    )

    kept = keep(store, summary)
    stored = store.publications.get(number)

    assert kept.updated == (number,)
    assert stored.title == "New title"
    assert (stored.body_html, stored.headings, stored.type) == (whole.body_html, ("Tides",), "Analysis")
    assert stored.provenance == whole.provenance
    assert keep(store, summary).unchanged == (number,)


@pytest.mark.parametrize("verdict", [Verdict.CONFIRMED, Verdict.REJECTED])
def test_an_editors_word_on_the_origin_outlives_collecting(store: Store, verdict: Verdict) -> None:
    said: Provenance = replace(a_borrowed_provenance(), verdict=verdict)
    (number,) = keep(store, a_reading(provenance=said)).new

    keep(store, a_reading(provenance=a_borrowed_provenance(), title="Changed"))

    assert store.publications.get(number).provenance == said
    assert store.publications.get(number).title == "Changed"


def test_what_was_there_first_is_a_baseline(store: Store) -> None:
    (number,) = keep(store, a_reading(), baseline=True).new

    assert store.publications.get(number).status is Status.BASELINE
    assert [p.id for p in store.publications.find(PublicationFilter(status="baseline"))] == [number]


def test_equal_titles_get_addresses_of_their_own(store: Store) -> None:
    readings = [a_reading(url=f"https://harbour.example.net/{n}", canonical="", guid="") for n in range(9)]

    numbers = keep(store, *readings).new
    slugs = [store.publications.get(number).slug for number in numbers]

    stem = "the-islands-that-wait"
    assert slugs[:3] == [stem, f"{stem}-2", f"{stem}-3"]
    assert len(set(slugs)) == 9
    assert [store.publications.by_slug(slug).id for slug in slugs] == list(numbers)


def test_lists_are_newest_first_and_filtered(store: Store) -> None:
    def dated(number: int, when: datetime | None) -> Reading:
        address = f"https://harbour.example.net/{number}"
        given = Moment(raw="", parsed=when) if when else None
        return a_reading(url=address, canonical="", guid="", published=given)

    old, new = NOON - timedelta(days=30), NOON - timedelta(days=1)
    a, b, c, d = keep(store, dated(1, old), dated(2, None), dated(3, new), dated(4, new)).new

    def found(**wanted: object) -> list[int]:
        return [p.id for p in store.publications.find(PublicationFilter(**wanted))]  # type: ignore[arg-type]

    assert found() == [b, c, d, a]
    assert found(since=NOON - timedelta(days=7)) == [b, c, d]
    assert found(limit=2) == [b, c]
    assert found(outlet="harbour", source=FEED, status="live") == [b, c, d, a]
    assert found(outlet="another") == found(source="another") == found(status="withdrawn") == []


def test_many_keeps_the_order_asked_and_leaves_out_what_is_not_there(store: Store) -> None:
    a, b, c = publications(store, 3)

    assert [p.id for p in store.publications.many([c, 999, a, b])] == [c, a, b]
    assert store.publications.many([]) == ()


def test_what_is_not_there_is_not_found(store: Store) -> None:
    calls: list[Callable[[], object]] = [
        lambda: store.publications.get(1),
        lambda: store.publications.by_slug("nothing"),
        lambda: store.publications.revisions(1),
        lambda: store.publications.appearances(1),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()


def test_hostile_text_is_kept_without_what_no_database_takes(store: Store) -> None:
    """NUL, lone surrogates, and dates at the edge of the calendar spoil neither the piece nor its neighbours."""
    edge = Moment(raw="", parsed=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
    bad = a_reading(
        title="A\x00B\ud800C", guid="\x00\udfff", url="https://e.example/\x00\ud800", canonical="", published=edge
    )
    good = a_reading()

    first = keep(store, bad, good)
    again = keep(store, bad, good)

    assert len(first.new) == 2
    assert again.unchanged == first.new
    assert store.publications.revisions(first.new[0])[0].title == "A\ufffdB\ufffdC"


def test_two_who_keep_the_same_at_once_store_it_once(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda n: keep(store, a_reading(), source=f"source-{n % 2}"), range(8)))

    assert sum(len(k.new) for k in kept) == 1
    assert len(store.publications.find(PublicationFilter())) == 1


def test_a_list_costs_the_same_however_long_it_is(
    store: Store, statements: Callable[[Callable[[], object]], int]
) -> None:
    def cost() -> list[int]:
        ids = [p.id for p in store.publications.find(PublicationFilter())]
        keys = [key for n in range(1, len(ids) + 1) for key in keys_of(a_reading(guid=f"harbour-{n}"), FEED)]
        return [
            statements(lambda: store.publications.find(PublicationFilter())),
            statements(lambda: store.publications.many(ids)),
            statements(lambda: store.publications.known(keys)),
            statements(lambda: store.publications.revisions(ids[0])),
            statements(lambda: store.publications.appearances(ids[0])),
        ]

    publications(store, 1)
    one = cost()
    publications(store, 2, first=2)

    assert cost() == one


def test_a_source_never_visited_has_an_empty_bookmark(store: Store) -> None:
    assert store.sources.bookmark("new") == Bookmark()


def test_a_bookmark_comes_back_and_is_replaced(store: Store) -> None:
    first = Bookmark(etag='"a"', last_visit=NOON, last_success=NOON, next_visit=LATER)
    second = Bookmark(last_visit=LATER, failures=3, last_error="it said 500\x00", gone_since=NOON)

    store.sources.note(FEED, first)
    assert store.sources.bookmark(FEED) == first
    store.sources.note(FEED, second)

    assert store.sources.bookmark(FEED) == replace(second, last_error="it said 500\ufffd")
    assert store.sources.bookmark(LISTING) == Bookmark()


def test_a_document_is_good_for_the_state_it_was_made_of(store: Store) -> None:
    document = FeedDocument(body=b"\x00<feed/>", media_type="application/atom+xml", updated=NOON, valid_until=None)
    newer = replace(document, body=b"<feed></feed>", valid_until=LATER)

    assert store.documents.load("all.atom", "1") is None
    store.documents.keep("all.atom", "1", document)
    assert store.documents.load("all.atom", "1") == document
    store.documents.keep("all.atom", "2", newer)

    assert store.documents.load("all.atom", "1") is None
    assert store.documents.load("all.atom", "2") == newer
