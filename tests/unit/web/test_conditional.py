"""Conditional requests: when the client's copy is good, and when not even a match may say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from syndicate.testing.builders import NOON
from syndicate.web.conditional import Finished, not_modified

CHANGED = NOON - timedelta(hours=1, microseconds=-250_000)
PAGE = Finished(body=b"<p>tide</p>", media_type="text/html; charset=utf-8", updated=CHANGED)
ETAG = PAGE.etag
OTHER = '"0123456789abcdef0123456789abcdef"'
DATE = format_datetime(CHANGED, usegmt=True)


def match(*tags: str) -> Headers:
    return Headers(raw=[(b"if-none-match", tag.encode("latin-1")) for tag in tags])


def since(text: str) -> Headers:
    return Headers({"if-modified-since": text})


@pytest.mark.parametrize(
    "tags",
    [
        (ETAG,),
        (f"W/{ETAG}",),
        ("*",),
        (f"{OTHER}, {ETAG}",),
        (f"{OTHER},{ETAG} , W/{OTHER}",),
        (OTHER, ETAG),
        (f', ,{ETAG},, "a,b"',),
        (f"garbage {ETAG} garbage",),
    ],
)
def test_a_copy_that_the_client_names_is_good(tags: tuple[str, ...]) -> None:
    assert not_modified(match(*tags), PAGE, NOON)


@pytest.mark.parametrize(
    "tag", [OTHER, ETAG.strip('"'), ETAG[:-1], "", "garbage", '"', '""', f'"{ETAG}"x', '"*"', "W/*", "é", ", , ,"]
)
def test_any_other_name_is_another_copy(tag: str) -> None:
    assert not not_modified(match(tag), PAGE, NOON)


def test_a_date_is_not_looked_at_where_a_name_was_given() -> None:
    headers = Headers({"if-none-match": OTHER, "if-modified-since": DATE})
    assert not not_modified(headers, PAGE, NOON)


def test_the_very_date_we_gave_is_good() -> None:
    assert not_modified(since(DATE), PAGE, NOON)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "Mon, 99 Foo 2026 25:61:61 GMT",
        "0",
        "Mon, 02 Mar 99999 12:00:00 GMT",
        format_datetime(CHANGED - timedelta(seconds=1), usegmt=True),
        format_datetime(CHANGED + timedelta(hours=2), usegmt=True),
    ],
)
def test_any_other_date_is_no_proof(text: str) -> None:
    """A later date either: after a withdrawal the newest change left may be older than what the client has."""
    assert not not_modified(since(text), PAGE, NOON)


def test_a_date_within_the_second_of_a_change_is_no_proof() -> None:
    """Two documents of one second would have the same date."""
    assert not not_modified(since(DATE), PAGE, CHANGED + timedelta(milliseconds=700))


def test_past_its_time_nothing_is_unmodified() -> None:
    expiring = Finished(body=PAGE.body, media_type=PAGE.media_type, updated=CHANGED, valid_until=NOON)
    assert not_modified(match("*"), expiring, NOON - timedelta(seconds=1))
    assert not not_modified(match("*"), expiring, NOON)
    assert not not_modified(match(ETAG), expiring, NOON)
    assert not not_modified(since(DATE), expiring, NOON)


@given(
    st.text(alphabet=st.characters(max_codepoint=255), max_size=200),
    st.text(alphabet=st.characters(max_codepoint=255), max_size=200),
)
def test_no_header_is_too_odd(tag: str, date: str) -> None:
    raw = [(b"if-none-match", tag.encode("latin-1")), (b"if-modified-since", date.encode("latin-1"))]
    assert not_modified(Headers(raw=raw), PAGE, NOON) is (tag.strip() == "*" or ETAG in tag)
    not_modified(Headers(raw=raw[1:]), PAGE, NOON)


@given(st.datetimes(), st.sampled_from(["{:%a, %d %b %Y %H:%M:%S GMT}", "{:%d %b %y}", "{:%c}"]))
def test_only_one_date_is_ours(moment: datetime, form: str) -> None:
    ours = moment.replace(tzinfo=UTC, microsecond=0) == CHANGED.replace(microsecond=0)
    assert not_modified(since(form.format(moment)), PAGE, NOON) is ours
