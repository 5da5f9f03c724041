"""The hours and days at which a feed asks to be left alone (RSS 2.0, skipHours and skipDays)."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.collecting import Pace
from syndicate.domain.visiting import welcome_from

MONDAY = datetime(2026, 3, 2, 3, 20, tzinfo=UTC)


def test_a_pass_that_comes_in_such_an_hour_waits_for_its_end() -> None:
    assert welcome_from(Pace(skip_hours=frozenset(range(6))), MONDAY) == MONDAY.replace(hour=6)
    assert welcome_from(Pace(skip_days=frozenset({0})), MONDAY) == datetime(2026, 3, 3, 0, 20, tzinfo=UTC)


@given(
    st.frozensets(st.integers(0, 23)),
    st.frozensets(st.integers(0, 6)),
    st.datetimes(timezones=st.just(UTC)).filter(lambda t: t.year < 9999),
)
def test_it_is_never_earlier_and_never_more_than_a_week_away(
    hours: frozenset[int], days: frozenset[int], now: datetime
) -> None:
    welcome = welcome_from(Pace(skip_hours=hours, skip_days=days), now)

    assert 0 <= (welcome - now).total_seconds() < 8 * 86_400
    assert len(hours) == 24 or welcome.hour not in hours
    assert len(days) == 7 or welcome.weekday() not in days
