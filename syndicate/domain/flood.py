"""Which of the pieces that are new to us are old all the same (promise 11): pure rules over what a source showed.

A new source, a moved feed, changed guids and dates that all moved to today have one thing in common: many pieces at
once that were there before. They are stored as already published, and no digest carries them until an editor
releases them. The other direction matters as much: ten new pieces after a quiet week are news.

1. On the first pass of a source everything is old, unless its configuration says that it is news.
2. What is dated long (``BACKDATED``) before our last look was there when we looked, however few pieces there are;
   and so were ``LEAST`` pieces or more that are dated at all before it (``SLACK`` allowed): an archive that was opened.
3. A flood is ``LEAST`` new pieces that make up ``SHARE`` of the list, or a list that is read for the first time at its
   address. In a flood only what is dated after our last look is news.
4. Where next to nothing that we knew is left of such a list (``REPLACED``), dates that are alike are no evidence: a
   list that was built anew gives all its pieces the hour of building. A source that has published in such bursts
   before is believed.
5. A first pass that was cut short goes on for as long as pieces are left that the list showed before and we never
   stored: of such a backlog, what has no date is old.

The store asks, once for each visit. Before the answer counts, it looks for each of the old ones among the pieces of
the same source by title, so that a moved piece stays the piece it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, UTC, datetime, timedelta

from syndicate.domain.collecting import Bookmark
from syndicate.domain.publication import Reading

LEAST = 5
"""Fewer new pieces than this at once are no flood, whatever they look like."""
SHARE = 0.5
"""From this share of the list on, new pieces at once look like a list that was replaced."""
REPLACED = 0.9
"""From this share on, nothing vouches any more for the list being the one we knew."""
SLACK = timedelta(days=2)
"""A piece may be dated so long before our last look and still be news: dates are days, and zones are guessed."""
BACKDATED = timedelta(days=45)
"""One piece may even be dated so long before it: reports are dated by their month, and come out at its end."""
BURST = timedelta(hours=1)
"""Dates within one such span are alike."""


def old_ones(
    before: Bookmark,
    unknown: Sequence[Reading],
    listed: int,
    *,
    baseline: bool,
    moved: bool = False,
    stored: int | None = None,
) -> frozenset[int]:
    """Positions in ``unknown`` of the readings that count as already published.

    ``unknown`` are those of one visit that no stored piece matches, ``listed`` how many entries the list showed,
    ``baseline`` whether the source's first pass is one. ``moved``: the list was read at this address for the first
    time. ``stored``: how many pieces of this source we had before the visit, where the caller knows.
    """
    if before.last_success is None:
        return frozenset(range(len(unknown))) if baseline else frozenset()
    looked = before.last_success
    dates = [_date_of(reading) for reading in unknown]
    stale = _stale(dates, looked)
    if suspected(len(unknown), listed, moved=moved):
        alike = _alike(dates) if _was_replaced(unknown, listed, before) else frozenset[int]()
        return frozenset(
            at for at, date in enumerate(dates) if date is None or date <= looked - SLACK or at in alike or at in stale
        )
    if baseline and _is_backlog(before, stored):
        return stale | {at for at, date in enumerate(dates) if date is None}
    return stale


def suspected(unknown: int, listed: int, *, moved: bool) -> bool:
    """Whether so many unknown pieces at once look like a replaced list, or the list is read here for the first time."""
    return (moved and unknown > 0) or (unknown >= LEAST and unknown >= SHARE * listed)


def _was_replaced(unknown: Sequence[Reading], listed: int, before: Bookmark) -> bool:
    return len(unknown) >= max(LEAST, REPLACED * listed) and not _alike(before.heard)


def _is_backlog(before: Bookmark, stored: int | None) -> bool:
    return stored is not None and before.listed - stored >= LEAST


def _stale(dates: Sequence[datetime | None], looked: datetime) -> frozenset[int]:
    """Those dated before our last look: all of them if they are many, else those dated long before."""
    earlier = {at: date for at, date in enumerate(dates) if date is not None and date <= looked - SLACK}
    if len(earlier) >= LEAST:
        return frozenset(earlier)
    return frozenset(at for at, date in earlier.items() if date <= looked - BACKDATED)


def _alike(dates: Iterable[datetime | None]) -> frozenset[int]:
    """Positions of the dates that have at least ``LEAST`` dates, themselves included, within ``BURST`` on one side."""
    placed = sorted((date, at) for at, date in enumerate(dates) if date is not None)
    times = [date for date, _ in placed]
    found: set[int] = set()
    for first, start in enumerate(times):
        last = bisect_right(times, start, lo=first)
        end = bisect_left(times, start + BURST, lo=last) if start.year < MAXYEAR else last
        if end - first >= LEAST:
            found.update(at for _, at in placed[first:end])
    return frozenset(found)


def _date_of(reading: Reading) -> datetime | None:
    """When the outlet says that the piece appeared, in UTC; None where that cannot be told."""
    given = reading.published.parsed if reading.published else None
    try:
        return given.astimezone(UTC) if given else None
    except OverflowError:
        return None
