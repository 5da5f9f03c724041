"""Every kind of document, nearly honest or not at all: a result of the declared kind, safe, in bounded time.

What the worker does is called below its last guard, which turns any exception into a line for a person.
"""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from syndicate.collect import worker
from syndicate.collect.entries import Document, Entry, ReadList, ReadPiece
from syndicate.credit.detect import read_page
from syndicate.domain.outlet import Recipe
from tests.fuzz import samples
from tests.fuzz.budget import fuzz
from tests.fuzz.inputs import octets_like
from tests.fuzz.judging import NOW, judge

URL = "https://tides.example/list"
RECIPE = Recipe(
    card="div.card", title="h3", date="time", byline=".by", summary=".sum", type=".kind", next="a[rel=next]"
)
FEEDS = (samples.RSS, samples.ATOM, samples.RDF, samples.JSON_FEED)
LISTS = {
    "feed": FEEDS,
    "sitemap": (samples.SITEMAP, samples.SITEMAP_INDEX, b"https://tides.example/1\nhttps://tides.example/2\n"),
    "wordpress": (samples.WORDPRESS,),
    "drupal": (samples.DRUPAL,),
    "listing": (samples.LISTING,),
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list(kind: str) -> None:
    def read(one: tuple[bytes, str, bool]) -> None:
        octets, charset, whole = one
        task = ReadList(
            kind=kind,
            document=Document(url=URL, body=octets, charset=charset),
            recipe=RECIPE if kind == "listing" else None,
            most=50,
            now=NOW.timestamp(),
            outlet="The Tides",
            whole=whole,
        )
        judge(worker._list(task, read_page))

    charsets = st.sampled_from(("", "", "utf-8", "utf-16", "cp1252", "utf-7", "no-such"))
    fuzz(st.tuples(octets_like(*LISTS[kind]), charsets, st.booleans()), read)


@pytest.mark.parametrize("flattened", [False, True])
def test_a_page_and_a_flattened_text(*, flattened: bool) -> None:
    def read(octets: bytes) -> None:
        entry = Entry(link="https://tides.example/low", place="entry 1", title="Low water")
        document = Document(url="https://tides.example/low", body=octets, flattened=flattened)
        task = ReadPiece(entry=entry, outlet="The Tides", now=NOW.timestamp(), document=document)
        judge(worker._piece(task, read_page))

    fuzz(octets_like(samples.TEXT if flattened else samples.PAGE), read)


def test_an_entry_that_carries_its_text() -> None:
    def read(octets: bytes) -> None:
        entry = Entry(
            link="https://tides.example/low", place="entry 1", title="Low water", html=octets.decode("utf-8", "replace")
        )
        judge(worker._piece(ReadPiece(entry=entry, outlet="The Tides", now=NOW.timestamp()), read_page))

    fuzz(octets_like(samples.PAGE, b"<p>Short.</p>", samples.LISTING), read)
