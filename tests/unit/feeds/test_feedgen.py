"""feedgen's gaps, pinned: when one of these fails, a newer feedgen may have closed it and our extension may shrink."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from feedgen.feed import FeedGenerator

from tests.unit.feeds.reading_back import ATOM, strictly


def a_bare_feed() -> Any:
    feed = FeedGenerator()
    feed.id("https://letters.example.org/feeds/all.atom")
    feed.title("Everything")
    feed.description("Everything")
    feed.link(href="https://letters.example.org/", rel="alternate")
    feed.updated(datetime(2026, 3, 2, tzinfo=UTC))
    entry = feed.add_entry(order="append")
    entry.id("tag:letters.example.org,2026:1")
    entry.title("One")
    entry.link(href="https://letters.example.org/publications/one", rel="alternate")
    entry.link(href="https://lantern.example.com/one", rel="via")
    entry.source(url="https://lantern.example.com/", title="Lantern Quarterly")
    entry.updated(datetime(2026, 3, 2, tzinfo=UTC))
    return feed


def test_links_of_atom_entries_lose_their_relation() -> None:
    entry = strictly(a_bare_feed().atom_str()).find(f"{ATOM}entry")

    assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == [None, None]


def test_the_source_of_atom_entries_lacks_id_and_time() -> None:
    source = strictly(a_bare_feed().atom_str()).find(f"{ATOM}entry/{ATOM}source")

    assert [part.tag.removeprefix(ATOM) for part in source] == ["title", "link"]


def test_items_of_rss_have_no_via() -> None:
    assert b"lantern.example.com/one" not in a_bare_feed().rss_str()


def test_one_control_character_would_fail_the_whole_feed() -> None:
    feed = a_bare_feed()
    feed.add_entry().title("bell \x07")

    with pytest.raises(ValueError, match="XML compatible"):
        feed.rss_str()
