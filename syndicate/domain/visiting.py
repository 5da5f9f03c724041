"""When a source is visited next: a pure plan over its bookmark.

Publishers are asked no more often than they and the configuration say; backing off never becomes giving up. The one
exception is a source that answered 410 twice, a day apart: it is looked at once a year, or when a person asks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from math import isfinite

from syndicate.domain.collecting import Bookmark, Found, Trouble, Unchanged, VisitResult
from syndicate.domain.outlet import Source

DAY = timedelta(days=1)
LONGEST_BACKOFF = DAY
LONGEST_WISH = timedelta(days=31)
"""What a server may ask for at most, by Retry-After or by freshness; more is a mistake or malice."""
GONE = timedelta(days=365)
"""When a source that is believed to be gone is looked at again."""
_SPREAD = 0.1
_MOST_DOUBLINGS = 20


def is_due(source: Source, bookmark: Bookmark, now: datetime) -> bool:
    """Whether it is the turn of ``source``. A visit noted in the future means that our clock was wrong: look again."""
    if bookmark.next_visit is None:
        return True
    clock_was_wrong = bookmark.last_visit is not None and bookmark.last_visit > now + max(DAY, source.every)
    return clock_was_wrong or now >= bookmark.next_visit


def may_visit(bookmark: Bookmark, now: datetime) -> bool:
    """Whether the source may be visited because a person asked: what its server said of waiting holds in any case."""
    return bookmark.hold_until is None or bookmark.hold_until <= now


def next_bookmark(source: Source, bookmark: Bookmark, result: VisitResult, now: datetime, jitter: float) -> Bookmark:
    """What to remember after a visit at ``now``. ``jitter`` in [0, 1) spreads the retries of failing sources."""
    visited = replace(bookmark, last_visit=now)
    match result:
        case Found(etag=etag, last_modified=modified):
            return _succeeded(source, replace(visited, etag=etag, last_modified=modified), result, now)
        case Unchanged(etag=etag, last_modified=modified):
            # A 304 need not repeat its validators (RFC 9110 section 15.4.5).
            kept = replace(visited, etag=etag or bookmark.etag, last_modified=modified or bookmark.last_modified)
            return _succeeded(source, kept, result, now)
        case Trouble():
            return _failed(source, visited, result, now, jitter)


def _succeeded(source: Source, bookmark: Bookmark, result: Found | Unchanged, now: datetime) -> Bookmark:
    wait = max(source.every, _wish(result.wait_at_least))
    return replace(
        bookmark,
        last_success=now,
        failures=0,
        next_visit=now + wait,
        hold_until=None,
        last_error="",
        gone_since=None,
    )


def _failed(source: Source, bookmark: Bookmark, trouble: Trouble, now: datetime, jitter: float) -> Bookmark:
    failures = bookmark.failures + 1
    gone_since = (bookmark.gone_since or now) if trouble.gone else None
    if gone_since is not None:
        wait = max(GONE if now - gone_since >= DAY else DAY, source.every)
    else:
        wait = _backoff(source.every, failures)
    wait = max(wait * (1 + _SPREAD * min(max(jitter, 0.0), 1.0)), _wish(trouble.retry_after or 0.0))
    return replace(
        bookmark,
        failures=failures,
        next_visit=now + wait,
        hold_until=None if trouble.retry_after is None else now + _wish(trouble.retry_after),
        last_error=trouble.problem,
        gone_since=gone_since,
    )


def _backoff(every: timedelta, failures: int) -> timedelta:
    """Doubles from ``every`` with each failure in a row, up to a day, or ``every`` where that is longer."""
    factor = 1 << min(failures - 1, _MOST_DOUBLINGS)
    return max(every, min(every * factor, LONGEST_BACKOFF))


def _wish(seconds: float) -> timedelta:
    """A server's own number of seconds, within reason."""
    if not isfinite(seconds):
        return LONGEST_WISH if seconds > 0 else timedelta(0)
    return timedelta(seconds=min(max(seconds, 0.0), LONGEST_WISH.total_seconds()))
