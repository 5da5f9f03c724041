"""What servers say about time."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.collecting import Pace
from syndicate.net.headers import fields, pace_of, retry_after, wait_of


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 90 ", 90.0),
        ("90.5", 90.0),
        ("000060", 60.0),
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
        ({"retry-after": "30", "ratelimit-reset": "90"}, 30.0),
        ({"ratelimit-reset": "90"}, 90.0),
        ({"x-ratelimit-reset": "1772453100"}, 300.0),
        ({"x-ratelimit-reset": "1000000001"}, 0.0),
        ({"ratelimit": '"default";r=0;t=45'}, 45.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_a_rate_limiter_says_when_its_window_ends(
    headers: dict[str, str], seconds: float | None, now: datetime
) -> None:
    assert wait_of(headers, now) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600.0),
        ({"cache-control": "private, max-age=600"}, 600.0),
        ({"cache-control": 'max-age="600"'}, 600.0),
        ({"cache-control": "max-age=600, max-age=60"}, 600.0),
        ({"cache-control": "max-age=soon"}, 0.0),
        ({"cache-control": "max-age=600", "age": "100"}, 500.0),
        ({"cache-control": "max-age=600", "age": "900"}, 0.0),
        ({"cache-control": "max-age=600", "age": "old"}, 600.0),
        ({"cache-control": "no-cache, max-age=600"}, 0.0),
        ({"cache-control": "no-store"}, 0.0),
        ({"expires": "Mon, 02 Mar 2026 13:00:00 GMT", "date": "Mon, 02 Mar 2026 12:30:00 GMT"}, 1800.0),
        ({"expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 3600.0),
        ({"expires": "Mon, 02 Mar 2026 13:00:00 GMT", "age": "600"}, 3000.0),
        ({"expires": "0"}, 0.0),
        ({"cache-control": "max-age=60", "expires": "Mon, 02 Mar 2026 13:00:00 GMT"}, 60.0),
        ({"cache-control": "x-max-age=60, s-maxage=600", "expires": "0"}, 0.0),
    ],
)
def test_freshness_is_what_was_promised_less_the_age(headers: dict[str, str], seconds: float, now: datetime) -> None:
    assert pace_of(headers, now) == Pace(cached=True, fresh_for=seconds)


@pytest.mark.parametrize("headers", [{}, {"cache-control": "s-maxage=600"}, {"age": "5"}, {"cache-control": "public"}])
def test_a_server_that_says_nothing_to_us_is_not_quoted(headers: dict[str, str], now: datetime) -> None:
    assert pace_of(headers, now) == Pace()


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_header_breaks_the_reading(one: str, other: str) -> None:
    now = datetime.fromisoformat("2026-03-02T12:00:00+00:00")

    assert (retry_after(one, now) or 0.0) >= 0.0
    assert (wait_of({"x-ratelimit-reset": one, "ratelimit": other}, now) or 0.0) >= 0.0
    assert pace_of({"cache-control": one, "age": other, "expires": other, "date": one}, now).fresh_for >= 0.0


def test_fields_keep_every_octet_and_join_only_what_is_a_list() -> None:
    raw = [(b"ETag", b'"\xe4"'), (b"etag", b'"b"'), (b"Vary", b"accept"), (b"vary", b"cookie"), (b"X", b"1")]

    assert fields(raw) == {"etag": '"\xe4"', "vary": "accept, cookie", "x": "1"}
