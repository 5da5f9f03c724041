"""What is remembered of sources and sites, and whose turn it is."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

from syndicate.domain.collecting import Bookmark, Ended, Example, Move, Pace, PastVisit
from syndicate.domain.holds import Observation, SiteMemory
from syndicate.domain.outlet import Recipe
from syndicate.domain.visiting import is_due
from syndicate.flows.ports import Store
from syndicate.store import open_store
from syndicate.testing.builders import NOON, a_source

FEED = "https://harbour.example.net/feed.xml"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FULL = Bookmark(
    etag='"a"',
    last_modified="Mon, 02 Mar 2026 12:00:00 GMT",
    last_visit=NOON,
    last_success=NOON - HOUR,
    failures=2,
    next_visit=NOON + HOUR,
    last_error="it said 500",
    gone_since=NOON - DAY,
    hold_until=NOON + DAY,
    representation="https://harbour.example.net/feed.xml gzip",
    configured="https://harbour.example.net/feed.xml",
    address="https://quay.example.net/feed.xml",
    title="The Harbour Review",
    move=Move(to="https://quay.example.net/feed.xml", since=NOON - DAY, seen=2, title="The Harbour Review"),
    pace=Pace(fresh_for=60.5, cached=True, ttl=3600.0, skip_hours=frozenset({0, 23}), skip_days=frozenset({5, 6})),
    heard=(NOON, NOON - DAY),
    visits=(PastVisit(at=NOON, ended=Ended.NEW, new=3), PastVisit(at=NOON - HOUR, ended=Ended.BUSY, note="later")),
    learned=Recipe(card="article", title="h2"),
    examples=(Example(link="https://harbour.example.net/1", title="One", byline="Desk"),),
    drift="the field date went empty",
    found=NOON - DAY,
    listed=20,
)


def test_every_field_of_a_bookmark_comes_back(store: Store) -> None:
    unset = {field.name for field in fields(Bookmark) if getattr(FULL, field.name) == getattr(Bookmark(), field.name)}
    assert unset <= {"learned_from"}

    store.sources.note("feed", FULL)

    assert store.sources.bookmark("feed") == FULL
    assert store.sources.bookmarks(["feed", "new"]) == {"feed": FULL, "new": Bookmark()}
    store.sources.note("feed", Bookmark())
    assert store.sources.bookmark("feed") == Bookmark()


def test_hostile_text_in_a_bookmark_is_kept_without_what_no_database_takes(store: Store) -> None:
    odd = replace(FULL, title="a\x00b\ud800", last_error="\udfff")

    store.sources.note("feed", odd)

    stored = store.sources.bookmark("feed")
    assert stored.last_error == "\ufffd"
    assert stored.title.startswith("a")
    assert replace(stored, title="", last_error="") == replace(FULL, title="", last_error="")


def test_those_never_visited_come_first_then_the_longest_due(store: Store) -> None:
    store.sources.enter(dict.fromkeys(["never", "soon", "late", "later"], FEED))
    for source, when in (("soon", NOON + HOUR), ("late", NOON - DAY), ("later", NOON - HOUR)):
        store.sources.note(source, Bookmark(last_visit=NOON - 2 * DAY, next_visit=when))

    assert store.sources.due(NOON) == ("never", "late", "later")
    assert store.sources.due(NOON + HOUR) == ("never", "late", "later", "soon")
    assert store.sources.schedule() == {
        "never": None,
        "soon": NOON + HOUR,
        "late": NOON - DAY,
        "later": NOON - HOUR,
    }


def test_whose_turn_it_is_agrees_with_the_plan(store: Store) -> None:
    bookmarks = {
        "never": Bookmark(),
        "due": Bookmark(last_visit=NOON - DAY, next_visit=NOON),
        "waits": Bookmark(last_visit=NOON, next_visit=NOON + HOUR),
        "clock was wrong": Bookmark(last_visit=NOON + 400 * DAY, next_visit=NOON + 401 * DAY),
        "a little ahead": Bookmark(last_visit=NOON + HOUR, next_visit=NOON + 2 * HOUR),
    }
    store.sources.enter(dict.fromkeys(bookmarks, FEED))
    for source, bookmark in bookmarks.items():
        store.sources.note(source, bookmark)

    assert set(store.sources.due(NOON)) == {s for s, b in bookmarks.items() if is_due(a_source(), b, NOON)}


def test_entering_again_forgets_nothing(store: Store) -> None:
    store.sources.note("feed", FULL)
    store.sources.enter({"feed": FEED, "new": FEED})
    store.sources.enter({"feed": FEED, "new": FEED})

    assert store.sources.bookmark("feed") == FULL
    assert store.sources.due(NOON) == ("new",)


def test_ten_thousand_sources_are_entered_and_ten_are_due(store: Store) -> None:
    names = [f"source-{n:05}" for n in range(10_000)]
    store.sources.enter(dict.fromkeys(names, FEED))

    assert len(store.sources.due(NOON)) == 10_000
    assert len(store.sources.bookmarks(names)) == 10_000


def test_what_a_site_said_is_remembered(store: Store) -> None:
    url = "https://harbour.example.net/feed.xml"
    first = SiteMemory(site="example.net", observations=(Observation(url=url, at=NOON, until=NOON + HOUR),))
    second = replace(first, observations=(Observation(url=url, at=NOON + DAY), *first.observations))

    assert store.sources.sites(["example.net"]) == {}
    store.sources.note_site(first)
    store.sources.note_site(second)

    assert store.sources.sites(["example.net", "example.org"]) == {"example.net": second}


def later(url: str) -> Bookmark:
    """What is noted after a visit at ``url``."""
    return Bookmark(configured=url, last_visit=NOON, next_visit=NOON + timedelta(hours=12))


def test_a_source_that_is_given_another_address_is_due_at_once(store: Store, store_url: str) -> None:
    store.sources.enter({"gone": FEED, "other": FEED})
    for name in ("gone", "other"):
        store.sources.note(name, later(FEED))
    assert store.sources.due(NOON) == ()

    again = open_store(store_url, hash_address=str)
    again.sources.enter({"gone": "https://harbour.example.net/new.xml", "other": FEED})

    assert again.sources.due(NOON) == ("gone",)
    again.sources.note("gone", later("https://harbour.example.net/new.xml"))
    again.sources.enter({"gone": "https://harbour.example.net/new.xml", "other": FEED})
    assert again.sources.due(NOON) == ()
    again.close()
