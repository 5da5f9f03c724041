"""The plan against every fixed interval that costs as many requests, over eight virtual weeks of an outlet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

import pytest

from syndicate.domain.collecting import Bookmark, Found, Unchanged
from syndicate.domain.outlet import Source
from syndicate.domain.provenance import original
from syndicate.domain.publication import Moment, Reading
from syndicate.domain.visiting import next_bookmark

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEEKS = 8
END = MONDAY + timedelta(weeks=WEEKS)
OWN = original("An Outlet")
LISTED = 20
PHASES = 12
"""A fixed interval is tried from so many starting points; the plan has to beat the luckiest."""


@dataclass(frozen=True)
class Score:
    requests: int
    found: int
    delay: timedelta

    @property
    def per_piece(self) -> float:
        return self.requests / self.found


def office_hours(seed: int, a_day: int) -> list[datetime]:
    """What an outlet publishes that works Monday to Friday, nine to five: ``a_day`` pieces, at no fixed times.

    The four weeks before are there too: the first visit to a list shows the last pieces of them.
    """
    chance = Random(seed)
    days = [MONDAY + timedelta(days=day) for day in range(-28, WEEKS * 7)]
    working = [day for day in days if day.weekday() < 5]
    return sorted(day + timedelta(hours=chance.uniform(9, 17)) for day in working for _ in range(a_day))


def a_reading(piece: datetime) -> Reading:
    return Reading(url="https://a.example/1", title="t", provenance=OWN, published=Moment(raw="", parsed=piece))


def by_plan(pieces: Sequence[datetime], seed: int) -> list[datetime]:
    """When the plan visits, told nothing but what each visit shows."""
    chance, source = Random(seed), Source(id="s", outlet="o", kind="feed", url="https://a.example/feed")
    bookmark, now, visits = Bookmark(), MONDAY, []
    while now < END:
        visits.append(now)
        since = bookmark.last_success
        shown = [piece for piece in pieces if piece <= now][-LISTED:]
        fresh = tuple(a_reading(piece) for piece in shown if since is None or since < piece)
        result = Found(readings=fresh, seen=len(shown)) if fresh else Unchanged()
        bookmark = next_bookmark(source, bookmark, result, now, chance.random())
        assert bookmark.next_visit is not None
        now = bookmark.next_visit
    return visits


def every_so_often(count: int) -> Iterator[list[datetime]]:
    """All visits at one interval, ``count`` of them, from each phase."""
    step = (END - MONDAY) / count
    for phase in range(PHASES):
        yield [MONDAY + step * (number + phase / PHASES) for number in range(count)]


def scored(pieces: Sequence[datetime], visits: Sequence[datetime]) -> Score:
    found = [(piece, at) for piece in pieces if piece >= MONDAY and (at := bisect_left(visits, piece)) < len(visits)]
    return Score(len(visits), len(found), median(visits[at] - piece for piece, at in found))  # type: ignore[type-var]


@pytest.mark.parametrize("a_day", [1, 2, 4, 8])
def test_the_plan_beats_every_fixed_interval_with_as_many_requests(a_day: int) -> None:
    """Half of the pieces of a newsroom with office hours are found sooner, at the price of no request more."""
    for seed in range(3):
        pieces = office_hours(seed, a_day)
        ours = scored(pieces, by_plan(pieces, seed))
        fixed = [scored(pieces, visits) for visits in every_so_often(ours.requests)]
        best = min(fixed, key=lambda score: score.delay)
        print(
            f"{a_day} pieces a day: {ours.requests} requests, {ours.per_piece:.2f} per piece, median delay "
            f"{ours.delay}; every {(END - MONDAY) / ours.requests}: {best.delay} at best, "
            f"{max(score.delay for score in fixed)} at worst"
        )
        assert ours.found >= best.found - 1
        assert ours.delay < best.delay


@pytest.mark.parametrize("a_day", [1, 2, 4, 8])
def test_no_fixed_interval_finds_as_soon_with_as_few_requests(a_day: int) -> None:
    """The other way round: the interval that matches the median delay of the plan asks more often."""
    pieces = office_hours(7, a_day)
    ours = scored(pieces, by_plan(pieces, 7))
    count = next(
        count
        for count in range(max(ours.requests // 2, 1), 100_000, 10)
        if min(scored(pieces, visits).delay for visits in every_so_often(count)) <= ours.delay
    )
    print(f"{a_day} pieces a day: {ours.requests} requests by the plan, {count} at a fixed interval for {ours.delay}")
    assert count > ours.requests
