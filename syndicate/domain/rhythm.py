"""How an outlet publishes by weekday and hour, learned from its last publication times; a pure model.

Newsrooms publish on working days in office hours, so asking at night and on Sundays finds nothing. The model is an
expected number of pieces for every hour of the week, the product of two histograms that are both kept away from zero:
pieces per day for each weekday, and the share of each hour of the day.

It is worth looking again when the pieces to be expected since the last look have waited ``WORTH`` hours altogether.
That is better than counting pieces: nothing that came at the end of a working day is left until the next one, and an
outlet that publishes four times as much is asked twice as often.

Everything is in UTC: summer time moves an outlet by an hour twice a year, and the hours are smoothed over their
neighbours. At most ``MOST`` times are looked at, so an answer costs a few hundred additions whatever the history.
``visiting`` asks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import sqrt
from statistics import median

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
"""No gap is longer, so that a piece out of rhythm never waits for more than a day because of the rhythm."""
MEMORY = timedelta(days=366)
"""Older times say nothing about the rhythm of today."""
WORTH = 1.0
"""Hours that expected pieces wait, altogether, for one visit: the price of a request in readers' patience."""
FEWEST = 6
"""Fewer times than this are no rhythm."""
MOST = 64
"""So many of the newest times are looked at."""
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_HOURS = 24
_WEEK = 7
_NEIGHBOURS = ((-1, 0.25), (0, 0.5), (1, 0.25))
"""A piece at 9:50 today is one at 10:05 tomorrow; it counts in part for the hours beside its own."""
_ANY_HOUR = 0.03
"""So much of a piece is expected at any hour, even one that never had any."""
_ANY_DAY = 0.25
"""So much of an average day is added to each weekday: one Sunday without news is a hint, and four are a rule."""


def expected_gap(heard: Sequence[datetime], now: datetime) -> timedelta | None:
    """How long after a look at ``now`` it is worth looking again, between ``SHORTEST`` and ``LONGEST``.

    None with fewer than ``FEWEST`` different times in ``MEMORY`` before ``now``: that is no rhythm yet.
    """
    times = _recent(heard, now)
    if len(times) < FEWEST:
        return None
    days, hours = _pieces_a_day(times, now), _share_of_hours(times)
    gap, pieces, waited = timedelta(0), 0.0, 0.0
    while gap < LONGEST:
        at = now.astimezone(UTC) + gap
        rate = days[at.weekday()] * hours[at.hour]
        step = _HOUR - timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
        needed = _hours_to_wait(pieces, rate, WORTH - waited)
        if needed <= step / _HOUR:
            return min(max(gap + _HOUR * needed, SHORTEST), LONGEST)
        waited += (pieces + rate * (step / _HOUR) / 2) * (step / _HOUR)
        pieces += rate * (step / _HOUR)
        gap += step
    return LONGEST


def _hours_to_wait(pieces: float, rate: float, hours: float) -> float:
    """When ``pieces`` that wait, and ``rate`` more in each hour, have waited ``hours`` altogether."""
    return (sqrt(pieces * pieces + 2 * rate * hours) - pieces) / rate


def usual_gap(heard: Sequence[datetime], now: datetime) -> timedelta | None:
    """The median time between one piece and the next, without bounds; None where there is no rhythm yet."""
    times = _recent(heard, now)
    if len(times) < FEWEST:
        return None
    return timedelta(seconds=median((later - earlier).total_seconds() for later, earlier in pairwise(times)))


def _recent(heard: Sequence[datetime], now: datetime) -> list[datetime]:
    """The newest different times that lie in ``MEMORY`` before ``now``, newest first, in UTC."""
    past = {time.astimezone(UTC) for time in heard if timedelta(0) <= now - time <= MEMORY}
    return sorted(past, reverse=True)[:MOST]


def _pieces_a_day(times: Sequence[datetime], now: datetime) -> list[float]:
    """Pieces to expect on each weekday: the observed, drawn towards the average by ``_ANY_DAY``.

    The silence since the newest piece counts as observed, so an outlet that falls silent is asked less and less.
    """
    span = max((now - times[-1]) / _DAY, 1.0)
    average = len(times) / span
    pieces = Counter(time.weekday() for time in times)
    days = _days_lived(times[-1], now)
    return [(pieces[day] + _ANY_DAY * average) / (days[day] + _ANY_DAY) for day in range(_WEEK)]


def _days_lived(since: datetime, now: datetime) -> list[float]:
    """How many Mondays, Tuesdays ... there were between the two, the days at both ends in part."""
    whole, rest = divmod(now - since, _WEEK * _DAY)
    days = [float(whole)] * _WEEK
    at, end = since, since + rest
    while at < end:
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0) + _DAY
        days[at.weekday()] += (min(midnight, end) - at) / _DAY
        at = midnight
    return days


def _share_of_hours(times: Sequence[datetime]) -> list[float]:
    """Which part of a day's pieces falls into each hour; the parts add up to one."""
    weights = [_ANY_HOUR] * _HOURS
    for time in times:
        for step, weight in _NEIGHBOURS:
            weights[(time.hour + step) % _HOURS] += weight
    total = sum(weights)
    return [weight / total for weight in weights]
