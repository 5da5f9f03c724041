"""The rhythm of an outlet by weekday and hour: bounded, deterministic, and quiet when the outlet is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.rhythm import FEWEST, LONGEST, MEMORY, MOST, SHORTEST, expected_gap, usual_gap

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
times = st.lists(
    st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
    | st.integers(-500 * 86400, 9).map(lambda seconds: MONDAY + timedelta(seconds=seconds))
    | st.integers(-9, 9).map(lambda microseconds: MONDAY + timedelta(microseconds=microseconds)),
    max_size=2 * MOST,
)


def office(weeks: int, hours: tuple[int, ...], until: datetime = MONDAY) -> list[datetime]:
    """Pieces at these hours of every working day in the weeks before ``until``."""
    days = [until.replace(hour=0) - day * DAY for day in range(weeks * 7)]
    return [day + hour * HOUR for day in days if day.weekday() < 5 for hour in hours if day + hour * HOUR <= until]


@given(times, st.integers(-86400, 86400))
def test_a_gap_is_within_ten_minutes_and_a_day_or_there_is_no_rhythm(heard: list[datetime], later: int) -> None:
    now = MONDAY + timedelta(seconds=later)
    recent = {time for time in heard if timedelta(0) <= now - time <= MEMORY}
    gap, usual = expected_gap(heard, now), usual_gap(heard, now)

    assert (gap is None) == (usual is None) == (len(recent) < FEWEST)
    assert gap is None or SHORTEST <= gap <= LONGEST
    assert usual is None or usual > timedelta(0)


@given(times, st.randoms(use_true_random=False), st.integers(-14, 14))
def test_neither_order_nor_repetition_nor_the_zone_of_the_clock_matter(
    heard: list[datetime], chance: object, offset: int
) -> None:
    mixed = sorted(heard + heard, key=lambda _: chance.random())  # type: ignore[attr-defined]
    there = MONDAY.astimezone(timezone(offset * HOUR))

    assert expected_gap(mixed, there) == expected_gap(heard, MONDAY)


def test_an_outlet_with_office_hours_is_asked_often_by_day_and_hardly_at_night_or_on_sundays() -> None:
    heard = office(4, (9, 11, 13, 15))
    by_day = expected_gap(heard, MONDAY + 10 * HOUR)
    evening = expected_gap(heard, MONDAY + 18 * HOUR)
    saturday = expected_gap(heard, MONDAY - 2 * DAY + 9 * HOUR)

    assert by_day is not None
    assert evening is not None
    assert saturday is not None
    assert by_day < 3 * HOUR
    assert evening > 12 * HOUR
    assert saturday > 8 * HOUR


def test_who_publishes_more_is_asked_more_often() -> None:
    gaps = [expected_gap(office(2, tuple(range(9, 9 + count))), MONDAY + 9 * HOUR) for count in (1, 3, 6)]
    known = [gap for gap in gaps if gap is not None]

    assert len(known) == 3
    assert known == sorted(known, reverse=True)


def test_an_outlet_that_falls_silent_is_asked_less_and_less() -> None:
    heard = office(2, (9, 11, 13, 15))
    gaps = [expected_gap(heard, MONDAY + week * 7 * DAY + 9 * HOUR) for week in (0, 2, 8, 40)]
    known = [gap for gap in gaps if gap is not None]

    assert len(known) == 4
    assert known == sorted(known)
    assert expected_gap(heard, MONDAY + MEMORY) is None


def test_the_usual_gap_is_the_median_and_knows_no_bounds() -> None:
    assert usual_gap([MONDAY - month * 30 * DAY for month in range(8)], MONDAY) == 30 * DAY
    assert usual_gap([MONDAY - second * timedelta(seconds=1) for second in range(8)], MONDAY) == timedelta(seconds=1)
