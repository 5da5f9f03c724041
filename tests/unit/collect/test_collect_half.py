"""A list that breaks off in the middle: which of its items is cut in two, so that no half is taken for a whole."""

from __future__ import annotations

import pytest

from syndicate.collect.entries import Document, Listing, ReadList
from syndicate.collect.sources import parser_of
from syndicate.collect.xml import half_listed

RSS = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>Tides</title>"
    b"<item><title>Low water</title><link>https://tides.example/low</link></item>"
    b"<item><title>High water</title><link>https://tides.example/high</link></item></channel></rss>"
)
SITEMAP = (
    b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    b"<url><loc>https://tides.example/low</loc></url><url><loc>https://tides.example/high</loc></url></urlset>"
)


def listed(kind: str, octets: bytes) -> list[str]:
    document = Document(url="https://tides.example/list", body=octets)
    read = parser_of(kind)(ReadList(kind=kind, document=document, recipe=None, most=9, now=0.0))
    return [entry.link for entry in read.entries] if isinstance(read, Listing) else []


@pytest.mark.parametrize(
    ("octets", "half"),
    [
        (RSS, 0),
        (RSS[: RSS.index(b"<title>High") + 9], 2),
        (RSS[: RSS.index(b"</channel>")], 0),
        (RSS[: RSS.index(b"<item>")], 0),
        (b"<html><body><item>", 0),
    ],
)
def test_the_item_that_is_cut_in_two(octets: bytes, half: int) -> None:
    assert half_listed(octets) == half


@pytest.mark.parametrize(("kind", "whole"), [("feed", RSS), ("sitemap", SITEMAP)])
def test_no_half_is_taken_for_a_whole_wherever_a_list_is_cut(kind: str, whole: bytes) -> None:
    both = ["https://tides.example/low", "https://tides.example/high"]

    for cut in range(whole.index(b"https://tides.example/low"), len(whole)):
        assert set(listed(kind, whole[:cut])) <= set(both), whole[:cut]
    assert sorted(listed(kind, whole)) == sorted(both)
