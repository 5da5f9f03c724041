"""What servers say about time."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.net.headers import fresh_for, retry_after


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 90 ", 90.0),
        ("Mon, 02 Mar 2026 12:01:30 GMT", 90.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
        ("-5", None),
        ("", None),
        ("tomorrow", None),
        ("9" * 400, 9999999999.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None, now: datetime) -> None:
    assert retry_after(value, now) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"cache-control": "public, max-age=600"}, 600.0),
        ({"cache-control": "max-age=600", "age": "100"}, 500.0),
        ({"cache-control": "max-age=600", "age": "900"}, 0.0),
        ({"cache-control": "no-cache, max-age=600"}, 0.0),
        ({"cache-control": "s-maxage=600"}, 0.0),
        ({"expires": "Mon, 02 Mar 2026 13:00:00 GMT", "date": "Mon, 02 Mar 2026 12:30:00 GMT"}, 1800.0),
        ({"expires": "0"}, 0.0),
        ({"cache-control": "max-age=60", "expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 60.0),
    ],
)
def test_freshness_is_age_less_than_what_was_promised(headers: dict[str, str], seconds: float, now: datetime) -> None:
    assert fresh_for(headers, now) == seconds


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_header_breaks_the_reading(one: str, other: str) -> None:
    now = datetime.fromisoformat("2026-03-02T12:00:00+00:00")

    assert (retry_after(one, now) or 0.0) >= 0.0
    assert fresh_for({"cache-control": one, "age": other, "expires": other}, now) >= 0.0
