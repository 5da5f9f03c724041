"""Schedules in wall time, across the two nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.digest import Every, Schedule
from syndicate.domain.schedule import due, fire_key, latest, stale

BERLIN = "Europe/Berlin"
NIGHTLY = Schedule(every=Every.DAY, at="02:30", timezone=BERLIN)


def walk(schedule: Schedule, start: datetime, end: datetime, step: timedelta) -> list[datetime]:
    """Every nominal time that a clock ticking each ``step`` composes for."""
    last, now, fired = start, start, []
    while now <= end:
        nominal = due(schedule, last, now)
        if nominal is not None:
            fired.append(nominal)
            last = nominal
        now += step
    return fired


def test_an_hour_that_comes_twice_in_october_mails_once() -> None:
    fired = walk(
        NIGHTLY, datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 26, 12, tzinfo=UTC), timedelta(minutes=10)
    )

    keys = [fire_key(NIGHTLY, nominal) for nominal in fired]
    assert keys == ["2026-10-25T02:30", "2026-10-26T02:30"]


def test_an_hour_that_does_not_exist_in_march_still_mails_that_day() -> None:
    fired = walk(
        NIGHTLY, datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 30, 12, tzinfo=UTC), timedelta(minutes=10)
    )

    assert [fire_key(NIGHTLY, nominal) for nominal in fired] == ["2026-03-29T03:30", "2026-03-30T02:30"]


def test_a_week_begins_on_the_day_named() -> None:
    weekly = Schedule(every=Every.WEEK, on="sat", at="07:00", timezone=BERLIN)

    assert latest(weekly, datetime(2026, 3, 2, 12, tzinfo=UTC)) == datetime(2026, 2, 28, 6, tzinfo=UTC)


def test_a_month_has_its_day() -> None:
    monthly = Schedule(every=Every.MONTH, on="28", at="00:00", timezone="UTC")

    assert latest(monthly, datetime(2026, 3, 2, 12, tzinfo=UTC)) == datetime(2026, 2, 28, tzinfo=UTC)


def test_missed_times_collapse_into_the_newest() -> None:
    last = datetime(2026, 3, 1, tzinfo=UTC)
    now = datetime(2026, 3, 9, 12, tzinfo=UTC)

    assert due(NIGHTLY, last, now) == datetime(2026, 3, 9, 1, 30, tzinfo=UTC)


def test_a_fire_noticed_after_it_was_useful_is_stale() -> None:
    nominal = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)

    assert not stale(NIGHTLY, nominal, nominal + timedelta(hours=6))
    assert stale(NIGHTLY, nominal, nominal + timedelta(hours=6, seconds=1))


@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Seoul"]),
    st.integers(0, 23),
    st.integers(0, 59),
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),
)
def test_the_latest_time_is_never_in_the_future_and_less_than_two_days_old(
    zone: str, hour: int, minute: int, moment: datetime
) -> None:
    schedule = Schedule(every=Every.DAY, at=f"{hour:02d}:{minute:02d}", timezone=zone)
    now = moment.replace(tzinfo=UTC)

    nominal = latest(schedule, now)

    assert now - timedelta(hours=26) <= nominal <= now
    assert due(schedule, nominal, now) is None
