"""What a visit teaches about its source: the bookmark after an answer, a failure or silence, but for the next visit.

``visiting`` plans on what these leave. Moves are believed late (``MOVE_VISITS`` agreeing visits over ``MOVE_TIME``),
for a redirect called permanent is often a maintenance page; an address changed in the configuration is obeyed at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from syndicate.domain.collecting import Bookmark, Cause, Ended, Found, Move, Pace, PastVisit, Told, Trouble, Unchanged
from syndicate.domain.outlet import Source
from syndicate.domain.publication import Moment, Precision, Reading
from syndicate.domain.rhythm import MOST as MOST_HEARD

MOST_VISITS = 20
MOVE_VISITS = 3
MOVE_TIME = timedelta(days=7)
_OLDEST = timedelta(days=3660)
_ZONES = timedelta(hours=14)
_DAY = timedelta(days=1)
_ENDED = {Cause.BUSY: Ended.BUSY, Cause.GONE: Ended.GONE, Cause.WALL: Ended.WALL}
_PROVES_NOTHING = frozenset({Cause.UNREACHABLE, Cause.BUSY, Cause.OURS})


def at_address(source: Source, bookmark: Bookmark) -> Bookmark:
    """The bookmark without what was learned at another address than the configured one.

    What was learned of the outlet stays (successes, publication times, recipe), so the source does not count as new.
    """
    if bookmark.configured == source.url:
        return bookmark
    if not bookmark.configured:
        return replace(bookmark, configured=source.url)
    return replace(
        bookmark,
        configured=source.url,
        address="",
        move=None,
        etag="",
        last_modified="",
        representation="",
        pace=Pace(),
        failures=0,
        last_error="",
        gone_since=None,
        hold_until=None,
        next_visit=None,
    )


def after_answer(source: Source, bookmark: Bookmark, result: Found | Unchanged, now: datetime) -> Bookmark:
    """After the source answered: all that its answer said, and nothing of failures any more."""
    answered = replace(
        bookmark,
        last_visit=now,
        last_success=now,
        failures=0,
        last_error="",
        gone_since=None,
        hold_until=None,
        pace=_pace(bookmark.pace, result),
    )
    moved = _moved(source, answered, result, now)
    if isinstance(result, Unchanged):
        after = _noted(_still_valid(moved, result), PastVisit(at=now, ended=Ended.SAME))
    else:
        after = _found(moved, source, bookmark, result, now)
    if after.address != bookmark.address and not after.representation:
        # Validators that do not say what they belong to belong to the address that was asked.
        return replace(after, etag="", last_modified="")
    return after


def after_failure(bookmark: Bookmark, trouble: Trouble, now: datetime, hold: datetime) -> Bookmark:
    """After the visit failed; ``hold`` is until when the server asked to be left alone, if it did.

    A 410 is suspected from its first time on; what is no answer of the source itself neither proves nor refutes it.
    """
    gone_since = bookmark.gone_since if trouble.cause in _PROVES_NOTHING else None
    visit = PastVisit(at=now, ended=_ENDED.get(trouble.cause, Ended.FAILED), note=trouble.problem)
    holds = [bookmark.hold_until] if bookmark.hold_until and bookmark.hold_until > now else []
    holds += [hold] if trouble.retry_after is not None else []
    failed = replace(
        bookmark,
        last_visit=now,
        failures=max(bookmark.failures, 0) + 1,
        last_error=trouble.problem,
        gone_since=(bookmark.gone_since or now) if trouble.gone else gone_since,
        hold_until=max(holds, default=None),
        # What is gone wishes for nothing any more.
        pace=Pace() if trouble.gone else bookmark.pace,
    )
    return _noted(failed, visit)


def after_silence(bookmark: Bookmark, trouble: Trouble, now: datetime) -> Bookmark:
    """After a visit while we were offline: it happened, and says nothing of the source."""
    ring = bookmark.visits
    if ring and ring[0].ended is Ended.OFFLINE:
        # A night offline must not push out what we know of the visits before.
        ring = ring[1:]
    offline = PastVisit(at=now, ended=Ended.OFFLINE, note=trouble.problem)
    return _noted(replace(bookmark, last_visit=now, visits=ring), offline)


def _noted(bookmark: Bookmark, visit: PastVisit) -> Bookmark:
    return replace(bookmark, visits=(visit, *bookmark.visits)[:MOST_VISITS])


def _found(moved: Bookmark, source: Source, before: Bookmark, found: Found, now: datetime) -> Bookmark:
    news = [reading for reading in found.readings if _is_news(reading, source, before, now)]
    heard = _heard(found.readings, before, now)
    kept = replace(
        moved,
        etag=found.etag,
        last_modified=found.last_modified,
        representation=found.told.representation,
        title=found.told.title,
        heard=heard,
        learned=found.learned or moved.learned,
        learned_from=source.recipe if found.learned else moved.learned_from,
        examples=found.examples or moved.examples,
        drift=found.drift,
        found=now if news else moved.found,
        listed=found.seen,
    )
    ended = Ended.NEW if news else Ended.SAME
    return _noted(kept, PastVisit(at=now, ended=ended, new=len(news), note=found.drift or _spoiled(found)))


def _spoiled(found: Found) -> str:
    """A line for the ring of visits where some of the entries could not be read."""
    count = len(found.spoiled)
    return f"{count} could not be read, the first: {found.spoiled[0].problem}" if count else ""


def _still_valid(bookmark: Bookmark, unchanged: Unchanged) -> Bookmark:
    """The validators after a 304, which need not repeat them (RFC 9110 section 15.4.5).

    Old ones are kept only where they belong to what this answer spoke of.
    """
    representation = unchanged.told.representation or bookmark.representation
    if representation != bookmark.representation and bookmark.representation:
        bookmark = replace(bookmark, etag="", last_modified="")
    return replace(
        bookmark,
        etag=unchanged.etag or bookmark.etag,
        last_modified=unchanged.last_modified or bookmark.last_modified,
        representation=representation,
        title=unchanged.told.title or bookmark.title,
    )


def _pace(before: Pace, result: Found | Unchanged) -> Pace:
    """A 304 repeats nothing of what the feed says, so that holds on; the freshness is of this answer alone."""
    told = result.told.pace
    words = told.ttl or told.update_every or told.skip_hours or told.skip_days
    if isinstance(result, Found) or words:
        return told
    return replace(before, fresh_for=told.fresh_for, cached=told.cached)


def _moved(source: Source, bookmark: Bookmark, result: Found | Unchanged, now: datetime) -> Bookmark:
    """Count a visit that permanent redirects led away, and believe the move when enough of them agreed."""
    told = result.told
    asked = bookmark.address or source.url
    if not told.moved or told.moved == asked:
        return replace(bookmark, move=None)
    # A 304 says that the list is the one we know.
    title = told.title or (bookmark.title if isinstance(result, Unchanged) else "")
    move = _agreed(bookmark.move, told, title, now)
    if move.seen < MOVE_VISITS or now - move.since < MOVE_TIME:
        return replace(bookmark, move=move)
    return replace(bookmark, move=None, address="" if move.to == source.url else move.to)


def _agreed(move: Move | None, told: Told, title: str, now: datetime) -> Move:
    if move is None or (move.to, move.title) != (told.moved, title):
        return Move(to=told.moved, since=now, seen=1, title=title)
    return replace(move, seen=move.seen + 1)


def _is_news(reading: Reading, source: Source, before: Bookmark, now: datetime) -> bool:
    """Whether a reading is a piece that the list did not show before.

    Pages are only read where their piece is unknown. Entries are read each time, so their dates have to tell; what
    has no date counts as news, and what is dated in the future when it is time.
    """
    date = reading.published.parsed if reading.published else None
    if source.article == "page" or before.last_success is None or date is None or reading.published is None:
        return True
    if not _is_exact(reading.published):
        return before.last_success - _DAY < date <= now + _ZONES
    return date <= now and date not in before.heard and (len(before.heard) < MOST_HEARD or date > before.heard[-1])


def _heard(readings: Iterable[Reading], before: Bookmark, now: datetime) -> tuple[datetime, ...]:
    """The newest different publication times that can be believed, newest first."""
    times = {_time(reading.published, before.last_success, now) for reading in readings if reading.published}
    known = {time for time in (*times, *before.heard) if time is not None}
    return tuple(sorted(known, reverse=True)[:MOST_HEARD])


def _time(moment: Moment, since: datetime | None, now: datetime) -> datetime | None:
    """When a piece came out; of one dated by day alone the middle of the time in which it can have come.

    None where that is not to be believed, or not to be told to the hour.
    """
    date = moment.parsed
    if date is None or moment.doubt or not timedelta(0) <= now - date + _ZONES <= _OLDEST:
        return None
    if _is_exact(moment):
        return date.astimezone(UTC) if date <= now else None
    if since is None:
        return None
    first, last = max(since, date - _ZONES), min(now, date + _DAY + _ZONES)
    return (first + (last - first) / 2).astimezone(UTC) if first < last else None


def _is_exact(moment: Moment) -> bool:
    return moment.precision is Precision.MINUTE and moment.zone_known
