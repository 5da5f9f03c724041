"""When a digest is due: wall-clock rules that survive daylight saving.

The schedule row in the store remembers the newest nominal time that fired; ``due`` says whether a newer one has come.
A fire key is the local wall time, so an hour that comes twice in October fires once (cron-like libraries fire twice
there); a time that does not exist in March fires one hour later on the clock (02:30 becomes 03:30).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from syndicate.domain.digest import Every, Schedule

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def fire_key(schedule: Schedule, nominal: datetime) -> str:
    """The unique key of one fire: local wall time, without the offset."""
    return nominal.astimezone(ZoneInfo(schedule.timezone)).strftime("%Y-%m-%dT%H:%M")


def latest(schedule: Schedule, now: datetime) -> datetime:
    """The newest nominal time at or before ``now``, in UTC."""
    zone = ZoneInfo(schedule.timezone)
    day = now.astimezone(zone).date() + timedelta(days=1)
    for _ in range(64):
        if _falls_on(schedule, day):
            nominal = _instant(day, schedule.at, zone)
            if nominal <= now:
                return nominal
        day -= timedelta(days=1)
    msg = f"a schedule without a day: {schedule}"
    raise AssertionError(msg)


def due(schedule: Schedule, last: datetime, now: datetime) -> datetime | None:
    """The nominal time to compose for, or None. Several missed times collapse into the newest."""
    nominal = latest(schedule, now)
    return nominal if nominal > last else None


def stale(schedule: Schedule, nominal: datetime, now: datetime) -> bool:
    """Whether it is too late for this edition to be useful."""
    return now > nominal + schedule.useful_for


def _falls_on(schedule: Schedule, day: date) -> bool:
    match schedule.every:
        case Every.DAY:
            return True
        case Every.WEEK:
            return WEEKDAYS[day.weekday()] == (schedule.on or "mon")
        case Every.MONTH:
            return day.day == int(schedule.on or "1")


def _instant(day: date, at: str, zone: ZoneInfo) -> datetime:
    hour, minute = (int(part) for part in at.split(":"))
    return datetime.combine(day, time(hour, minute), tzinfo=zone).astimezone(UTC)
