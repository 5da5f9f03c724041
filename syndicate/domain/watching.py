"""When the page of a known publication is looked at again, and when it counts as missing: a pure plan.

Corrections come soon after publication or hardly ever, so the looks thin out with the age of our knowledge and then
end. A page that is missing (404, 410) is looked at daily for a month before it is given up, because outlets take pages
down by mistake; it counts as missing once that was seen twice, at least a day apart. What follows from that is for an
editor to say. The flows ask the store what is due; the store keeps one ``PageMemory`` for each watched page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndicate.domain.collecting import Checked, Look

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
AGES = (HOUR, timedelta(hours=6), DAY, timedelta(days=3), timedelta(days=10), timedelta(days=30))
"""At which ages, counted from our first sight of it, a page is looked at again."""
TOO_OLD = timedelta(days=30)
"""A piece that was older than this when we first saw it is never watched: archives do not change."""
LONGEST_MISSING = timedelta(days=30)
"""After so long a page that is still missing is not looked at any more."""
LAST_CHANCE = timedelta(days=60)
"""At this age a page that cannot be looked at, but is not known to be missing, is given up too."""
LONGEST_RETRY = timedelta(days=7)
_MOST_DOUBLINGS = 10
_MISSES_TO_BELIEVE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMemory:
    """What is remembered of one watched page. ``next_check`` None: it is not looked at any more.

    ``etag`` and ``last_modified`` belong to ``representation`` and are sent back for nothing else. ``missing_since`` is
    the first miss, ``missing_seen`` on how many days the page was missing since; ``failures`` are those in a row.
    """

    checked: datetime | None = None
    next_check: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    representation: str = ""
    missing_since: datetime | None = None
    missing_seen: int = 0
    failures: int = 0


def first_look(dated: datetime, first_seen: datetime) -> PageMemory:
    """The memory of a piece dated ``dated`` that we saw first at ``first_seen``: its first look, or none ever."""
    return PageMemory(next_check=None if _too_old(dated, first_seen) else first_seen + AGES[0])


def after_look(
    memory: PageMemory, checked: Checked, dated: datetime, first_seen: datetime, now: datetime
) -> PageMemory:
    """What to remember after the look ``checked`` at ``now``: validators, misses, and when the next look is due."""
    looked = replace(memory, checked=now)
    match checked.look:
        case Look.SAME | Look.READ:
            after = _there(looked, checked, first_seen, now)
        case Look.MISSING:
            after = _missed(looked, now)
        case Look.FAILED:
            after = _failed(looked, first_seen, now)
    return replace(after, next_check=None) if _too_old(dated, first_seen) else after


def is_missing(memory: PageMemory) -> bool:
    """Whether the outlet no longer shows the page: missing twice, at least a day apart, and not back since."""
    return memory.missing_seen >= _MISSES_TO_BELIEVE


def _too_old(dated: datetime, first_seen: datetime) -> bool:
    return first_seen - dated > TOO_OLD


def _there(memory: PageMemory, checked: Checked, first_seen: datetime, now: datetime) -> PageMemory:
    """The page was served. Only a 304 may leave its validators out (RFC 9110 section 15.4.5)."""
    etag, modified, representation = checked.etag, checked.last_modified, checked.representation
    if checked.look is Look.SAME:
        etag, modified = etag or memory.etag, modified or memory.last_modified
        representation = representation or memory.representation
    return replace(
        memory,
        etag=etag,
        last_modified=modified,
        representation=representation,
        missing_since=None,
        missing_seen=0,
        failures=0,
        # A look that comes late must not be followed by the next one at once.
        next_check=next((first_seen + age for age in AGES if first_seen + age >= now + HOUR), None),
    )


def _missed(memory: PageMemory, now: datetime) -> PageMemory:
    since = memory.missing_since or now
    # Two misses within an hour are one outage, however often we look: only another day is another witness.
    another_day = now - since >= DAY * memory.missing_seen
    return replace(
        memory,
        missing_since=since,
        missing_seen=memory.missing_seen + another_day,
        failures=0,
        next_check=None if now - since >= LONGEST_MISSING else now + DAY,
    )


def _failed(memory: PageMemory, first_seen: datetime, now: datetime) -> PageMemory:
    """Nothing was learned: doubled waits from an hour to a week, until it is too late to matter."""
    missing = memory.missing_since
    over = now - missing >= LONGEST_MISSING if missing else now - first_seen >= LAST_CHANCE
    wait = min(HOUR * (1 << min(memory.failures, _MOST_DOUBLINGS)), LONGEST_RETRY)
    return replace(memory, failures=memory.failures + 1, next_check=None if over else now + wait)
