"""Sources, answers and visits for the tests of the visit plan, in one line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from syndicate.domain.collecting import Bookmark, Found, Pace, Told, Trouble, Unchanged
from syndicate.domain.outlet import Source
from syndicate.domain.provenance import original
from syndicate.domain.publication import Moment, Precision, Reading
from syndicate.domain.visiting import next_bookmark

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
THERE = "https://there.example/feed"


def a_source(every: timedelta = timedelta(minutes=15), **changes: str) -> Source:
    return replace(Source(id="s", outlet="o", kind="feed", url="https://a.example/", every=every), **changes)  # type: ignore[arg-type]


def a_piece(at: datetime | None, precision: Precision = Precision.MINUTE, doubt: str = "") -> Reading:
    moment = Moment(raw="x", parsed=at, precision=precision, doubt=doubt)
    return Reading(url="https://a.example/1", title="t", provenance=original("o"), published=moment)


def found(*pieces: Reading, pace: Pace | None = None, moved: str = "", title: str = "") -> Found:
    told = Told(pace=pace or Pace(), moved=moved, title=title)
    return Found(readings=pieces, seen=len(pieces), told=told)


def after(bookmark: Bookmark, now: datetime = NOON) -> timedelta:
    assert bookmark.next_visit is not None
    return bookmark.next_visit - now


def seen(bookmark: Bookmark, result: Found | Unchanged | Trouble, at: datetime = NOON) -> Bookmark:
    return next_bookmark(a_source(), bookmark, result, at, 0.5)
