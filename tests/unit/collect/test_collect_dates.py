"""Dates as outlets write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.collect.dates import day_in, moment
from syndicate.domain.publication import Precision

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "Monday, April 15, 2024",
            "April 15, 2024",
            "Apr. 15 2024",
            "15 April 2024",
            "15. April 2024",
            "15th April 2024",
        ),
        *("Mo, 15. Apr 2024", "15 avril 2024", "15 de abril de 2024", "15 aprile 2024", "2024-04-15", "15/04/2024"),
        *("4/15/2024", "15.04.2024", "2024年4月15日", "2024년 4월 15일", "15 kwietnia 2024", "15 апреля 2024"),
        "Monday, April 15, 2024 / By: Somebody",
    ],
)
def test_a_day_is_a_day(raw: str) -> None:
    found = moment(raw, NOON)

    assert found is not None
    assert (found.parsed, found.precision, found.zone_known) == (
        datetime(2024, 4, 15, tzinfo=UTC),
        Precision.DAY,
        False,
    )
    assert found.raw == raw


@pytest.mark.parametrize(
    ("raw", "hour", "zone_known"),
    [
        ("2024-04-15T12:30:00Z", 12, True),
        ("2024-04-15T14:30:00+02:00", 12, True),
        ("2024-04-15T12:30:00.123456Z", 12, True),
        ("2024-04-15 12:30", 12, False),
        ("Mon, 15 Apr 2024 12:30:00 +0000", 12, True),
        ("Mon, 15 Apr 2024 08:30:00 EDT", 12, True),
        ("Mon, 15 Apr 2024 12:30:00 -0000", 12, False),
        ("Mon, 15 Apr 24 12:30 GMT", 12, True),
        ("15 Apr 2024 12:30", 12, False),
        ("April 15, 2024 at 12:30 PM", 12, False),
        ("April 15, 2024, 7:30 a.m. EST", 12, True),
    ],
)
def test_a_minute_is_a_minute_and_its_zone_is_known_or_not(raw: str, hour: int, *, zone_known: bool) -> None:
    found = moment(raw, NOON)

    assert found is not None
    assert found.parsed == datetime(2024, 4, 15, hour, 30, tzinfo=UTC)
    assert (found.precision, found.zone_known) == (Precision.MINUTE, zone_known)


@pytest.mark.parametrize(
    "raw",
    [
        *("04/05/2024", "0001-01-01T00:00:00Z", "1970-01-01", "2124-04-15", "2026-03-09", "yesterday"),
        *("3 hours ago", "April 2024", "2024", "2024-02-30", "soon", "31 June 2024"),
    ],
)
def test_what_cannot_be_trusted_keeps_its_words_only(raw: str) -> None:
    found = moment(raw, NOON)

    assert found is not None
    assert (found.raw, found.parsed) == (raw, None)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("1713175200", datetime(2024, 4, 15, 10, tzinfo=UTC)),
        ("Mon, 15 Apr 2024 24:00:00 GMT", datetime(2024, 4, 16, tzinfo=UTC)),
    ],
)
def test_seconds_of_the_epoch_and_the_end_of_a_day_are_understood(raw: str, meant: datetime) -> None:
    found = moment(raw, NOON)

    assert found is not None
    assert (found.raw, found.parsed) == (raw, meant)


def test_blank_is_no_date() -> None:
    assert moment(" \n", NOON) is None


def test_a_line_without_a_day_shows_none() -> None:
    assert day_in("In April 2024 the ferries stood still for 15 days", NOON) is None


@given(
    st.text(max_size=60) | st.dates().map(str) | st.datetimes().map(lambda d: d.strftime("%a, %d %b %Y %H:%M:%S +0000"))
)
def test_no_date_before_1990_or_far_ahead_is_believed(raw: str) -> None:
    found = moment(raw, NOON)

    if found is not None and found.parsed is not None:
        assert found.parsed.tzinfo is not None
        assert datetime(1990, 1, 1, tzinfo=UTC) <= found.parsed <= NOON + timedelta(hours=48)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2026, 3, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=UTC)))
def test_every_rfc_3339_time_is_read_exactly(when: datetime) -> None:
    found = moment(when.isoformat(), NOON)

    assert found is not None
    assert found.parsed == when
