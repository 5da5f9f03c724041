"""When two readings are the same publication."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.identity import bare_link, keys_of, slug_of
from syndicate.domain.provenance import original
from syndicate.domain.publication import Moment, Reading

SAME = "saltmarsh.example/report?page=2"


@pytest.mark.parametrize(
    "url",
    [
        "https://saltmarsh.example/report?page=2",
        "http://www.Saltmarsh.example:80/report?page=2&utm_source=mail&fbclid=x",
        "https://saltmarsh.example:443/report/?utm_medium=a&page=2#part",
    ],
)
def test_what_does_not_change_the_piece_does_not_change_its_key(url: str) -> None:
    assert bare_link(url) == SAME


def test_another_port_is_another_place() -> None:
    assert bare_link("http://saltmarsh.example:8765/a") != bare_link("http://saltmarsh.example/a")


def test_canonical_comes_before_the_address_and_a_guid_counts_within_its_source() -> None:
    reading = Reading(
        url="https://a.example/x?utm_id=1",
        canonical="https://b.example/x",
        guid="42",
        title="X",
        provenance=original("A"),
    )

    assert keys_of(reading, "feed") == ("link:b.example/x", "link:a.example/x", "guid:feed:42")


def test_title_and_day_serve_only_where_nothing_better_is_known() -> None:
    day = Moment(raw="2026-03-02", parsed=datetime(2026, 3, 2, tzinfo=UTC))
    reading = Reading(url="", title="The Tide", published=day, provenance=original("A"))

    assert keys_of(reading, "folder") == ("title:folder:the tide:2026-03-02",)


@given(st.text(max_size=300))
def test_a_slug_is_short_plain_and_never_empty(title: str) -> None:
    slug = slug_of(title)

    assert 1 <= len(slug) <= 60
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in slug)


@given(st.text(max_size=80) | st.text(max_size=30).map(lambda rest: "http://" + rest))
def test_no_link_is_too_odd_for_a_key(url: str) -> None:
    assert isinstance(bare_link(url), str)
