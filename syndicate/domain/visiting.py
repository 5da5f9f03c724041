"""When a source is visited next: a pure plan over its bookmark, the answer it gave and the time.

Publishers are asked no more often than they and the configuration say; backing off never becomes giving up. The
longest of these decides:

* the operator's ``every``, which is a least interval and never shortened;
* our own floor: half an hour, ten minutes where the server itself speaks of so little, none for folders and for
  sources of our own network (``private``);
* what the server and the feed ask for (freshness, ttl, update period, ``Retry-After``), up to 31 days;
* the rhythm of the outlet (``domain.rhythm``): half of the time it suggests after news, all of it and slowly more when
  nothing is new, never more than a day. So what comes out of rhythm waits for a day at most, or for ``every`` where
  that is longer, and what comes in rhythm for less than the time between two pieces;
* the backoff of a source that fails: doubled each time, up to a day, or a week where we are refused.

Up to a tenth more or less, a day at most, keeps sources apart, but nothing is asked before the floor or before the
time that a server named. What falls into hours that the feed asks to be left alone moves behind them. A source that
answered 410 twice, a day apart, is looked at once a year. While we are offline nothing is counted.

The flows call it before and after each visit; ``remembering`` keeps what the visit taught.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from math import isfinite

from syndicate.domain.collecting import Bookmark, Cause, Ended, Found, Pace, Trouble, Unchanged, VisitResult
from syndicate.domain.outlet import Source
from syndicate.domain.remembering import after_answer, after_failure, after_silence, at_address
from syndicate.domain.rhythm import expected_gap, usual_gap

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FLOOR = timedelta(minutes=30)
"""Between two visits to one source, unless the server itself speaks of less."""
LOWEST_FLOOR = timedelta(minutes=10)
"""Between two visits to one source, whatever the server says."""
LONGEST_BACKOFF = DAY
LONGEST_REFUSED = timedelta(days=7)
LONGEST_WISH = timedelta(days=31)
"""What a server may ask for at most, by Retry-After or by freshness; more is a mistake or malice."""
GONE = timedelta(days=365)
"""When a source that is believed to be gone is looked at again."""
OFFLINE = timedelta(minutes=5)
"""When we look again whether we are online."""
TELL_AFTER = timedelta(days=3)
"""So long a source may fail before a person is told."""
SILENCE = timedelta(days=30)
"""Less than this without news is nothing to tell of, whatever the rhythm."""
_WEEK = timedelta(days=7)
_LONGEST_EVERY = timedelta(days=366)
_SPREAD = 0.1
_MOST_DOUBLINGS = 20
_SLOWER = 0.05
"""By so much of the gap each visit without news moves the next one away, where there is a rhythm."""
_SLOWER_UNKNOWN = 1.25
"""By this factor it does where there is none."""
_SILENT_GAPS = 4
_FEWEST_HOSTS = 2
_HOURS = frozenset(range(24))
_DAYS = frozenset(range(7))


def is_due(source: Source, bookmark: Bookmark, now: datetime) -> bool:
    """Whether it is the turn of ``source``. A visit noted in the future means that our clock was wrong: look again.

    So does an address that was changed in the configuration: how the old one was doing tells nothing.
    """
    planned = at_address(source, bookmark).next_visit
    if planned is None:
        return True
    clock_was_wrong = bookmark.last_visit is not None and bookmark.last_visit > now + max(DAY, _every(source))
    return clock_was_wrong or now >= planned


def may_visit(bookmark: Bookmark, now: datetime) -> bool:
    """Whether the source may be visited because a person asked: what its server said of waiting holds in any case."""
    return bookmark.hold_until is None or bookmark.hold_until <= now


def welcome_from(pace: Pace, time: datetime) -> datetime:
    """``time``, or the first one after it that the feed does not ask to be left alone at (skipHours, skipDays)."""
    hours, days = _allowed(pace)
    while not (time.astimezone(UTC).hour in hours and time.astimezone(UTC).weekday() in days):
        # The minutes stay, or all sources would come back at the full hour.
        time += HOUR
    return time


def next_bookmark(
    source: Source,
    bookmark: Bookmark,
    result: VisitResult,
    now: datetime,
    jitter: float,
    *,
    offline: bool = False,
    private: bool = False,
) -> Bookmark:
    """What to remember after a visit at ``now``, the next visit planned.

    ``jitter`` in [0, 1) is from a tenth less to a tenth more. ``offline`` says that hardly any host answered, so a
    failure is ours. ``private`` says that the source may stand in our own network: how often it is asked is the
    operator's business there, and ``every`` and what the server asks for decide alone.
    """
    before = at_address(source, bookmark)
    ours = private or source.kind == "folder"
    match result:
        case Trouble() if offline:
            after = after_silence(before, result, now)
            wait, least = max(OFFLINE, _every(source)), timedelta(0)
        case Trouble():
            after = after_failure(before, result, now, now + _wish(result.retry_after))
            wait, least = _after_failing(source, after, result, now, ours=ours)
        case Found() | Unchanged():
            after = after_answer(source, before, result, now)
            wait, least = _after_answer(source, after, now, ours=ours)
    return replace(after, next_visit=_planned(after, now, wait, max(least, _every(source)), jitter))


def offline(hosts_tried: int, hosts_unreachable: int) -> bool:
    """Whether it is us: more than half of at least two hosts did not answer at all."""
    return hosts_tried >= _FEWEST_HOSTS and 2 * hosts_unreachable > hosts_tried


def tell_someone(bookmark: Bookmark, now: datetime) -> str:
    """One line for a person where a source needs one and cannot mend itself; "" otherwise."""
    counted = [visit for visit in bookmark.visits if visit.ended is not Ended.OFFLINE]
    failed = list(takewhile(lambda visit: visit.ended not in (Ended.NEW, Ended.SAME), counted))
    if failed and failed[0].ended is Ended.WALL:
        return f"behind a wall against robots: {bookmark.last_error}; ask the outlet for access"
    gone = bookmark.gone_since
    if failed and gone is not None and failed[0].ended is Ended.GONE and _is_gone(gone, failed[0].at):
        return f"gone since {gone:%Y-%m-%d}, says its server; remove it or give its new address"
    if failed and now - failed[-1].at >= TELL_AFTER:
        return f"failing for {(now - failed[-1].at).days} days: {bookmark.last_error}"
    if bookmark.drift:
        return f"its list has changed: {bookmark.drift}; look at its recipe"
    return _silence(bookmark, now)


def _after_answer(source: Source, bookmark: Bookmark, now: datetime, *, ours: bool) -> tuple[timedelta, timedelta]:
    """How long to wait after an answer, and the least of it that is not ours to shorten."""
    pace = bookmark.pace
    # Hours and days left alone come on top; all together stays within the longest wish.
    longest = LONGEST_WISH if _allowed(pace) == (_HOURS, _DAYS) else LONGEST_WISH - _WEEK
    asked = min(max(_wish(pace.fresh_for), _wish(pace.ttl), _wish(pace.update_every)), longest)
    if source.kind == "folder":
        asked = timedelta(0)
    least = max(asked, _floor(source, pace, ours=ours))
    return (least if ours else max(least, _rhythm(source, bookmark, now))), least


def _rhythm(source: Source, bookmark: Bookmark, now: datetime) -> timedelta:
    """How long nothing is worth a visit, as the outlet's own habit and the visits without news suggest."""
    gap = expected_gap(bookmark.heard, now)
    answers = (visit.ended for visit in bookmark.visits if visit.ended in (Ended.NEW, Ended.SAME))
    quiet = sum(1 for _ in takewhile(lambda ended: ended is Ended.SAME, answers))
    if quiet == 0:
        return gap / 2 if gap else timedelta(0)
    if gap:
        slower = gap * (1 + _SLOWER * (quiet - 1))
    else:
        slower = _floor(source, bookmark.pace, ours=False) * _SLOWER_UNKNOWN ** (quiet - 1)
    return min(slower, DAY)


def _after_failing(
    source: Source, bookmark: Bookmark, trouble: Trouble, now: datetime, *, ours: bool
) -> tuple[timedelta, timedelta]:
    """How long to wait after a failure, and the least of it that is not ours to shorten."""
    floor = max(_floor(source, bookmark.pace, ours=ours), _wish(trouble.retry_after))
    if trouble.gone and bookmark.gone_since is not None:
        # The second look must come a day after the first at least, or it would not count.
        wait = GONE if _is_gone(bookmark.gone_since, now) else DAY
        return wait, max(wait, floor)
    refused = trouble.cause in (Cause.REFUSED, Cause.WALL)
    longest = LONGEST_REFUSED if refused else LONGEST_BACKOFF
    base = _floor(source, bookmark.pace, ours=ours)
    factor = 1 << min(max(bookmark.failures - 1, 0), _MOST_DOUBLINGS)
    return max(floor, min(base * factor, longest)), floor


def _is_gone(since: datetime, now: datetime) -> bool:
    return now - since >= DAY


def _floor(source: Source, pace: Pace, *, ours: bool) -> timedelta:
    """The least interval between two visits: ``every``, and what is polite where others pay for our visits."""
    if ours:
        return _every(source)
    said = [_wish(seconds) for seconds in (pace.ttl, pace.update_every) if seconds > 0]
    if pace.cached:
        said.append(_wish(pace.fresh_for))
    polite = LOWEST_FLOOR if said and max(said) <= LOWEST_FLOOR else FLOOR
    return max(_every(source), polite)


def _every(source: Source) -> timedelta:
    return min(max(source.every, timedelta(0)), _LONGEST_EVERY)


def _planned(bookmark: Bookmark, now: datetime, wait: timedelta, least: timedelta, jitter: float) -> datetime:
    """The time of the next visit: the wait spread by ``jitter``, never before ``least``, a hold or an allowed hour."""
    # Cut at ``least`` before it is spread, or half of the sources would come back at the very floor.
    spread = min(wait * _SPREAD, DAY)
    earliest, latest = max(wait - spread, least), max(wait + spread, least)
    planned = now + earliest + (latest - earliest) * min(max(0.0, jitter), 1.0)
    if bookmark.hold_until is not None:
        planned = max(planned, bookmark.hold_until)
    return welcome_from(bookmark.pace, planned)


def _allowed(pace: Pace) -> tuple[frozenset[int], frozenset[int]]:
    """Hours (GMT) and days that the feed does not skip. One that skips all of them says nothing by it."""
    return _HOURS - pace.skip_hours or _HOURS, _DAYS - pace.skip_days or _DAYS


def _silence(bookmark: Bookmark, now: datetime) -> str:
    newest = max((time for time in (bookmark.found, *bookmark.heard[:1]) if time is not None), default=None)
    usual = usual_gap(bookmark.heard, newest) if newest else None
    if newest is None or usual is None or now - newest < max(_SILENT_GAPS * usual, SILENCE):
        return ""
    return f"nothing new since {newest:%Y-%m-%d}, where a piece came every {_shown(usual)}; look at its page"


def _shown(gap: timedelta) -> str:
    return f"{gap.days} days" if gap > DAY else "day"


def _wish(seconds: float | None) -> timedelta:
    """A server's own number of seconds, within reason."""
    if seconds is None:
        return timedelta(0)
    if not isfinite(seconds):
        return LONGEST_WISH if seconds > 0 else timedelta(0)
    return timedelta(seconds=min(max(seconds, 0.0), LONGEST_WISH.total_seconds()))
