"""Feeds over HTTP, asked as feed readers ask, well and badly."""

from __future__ import annotations

import json
import socket
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest

from syndicate.domain.outlet import Terms
from syndicate.flows.house import House
from syndicate.testing.builders import NOON, a_borrowed_provenance, a_reading, an_outlet
from syndicate.testing.house import HandClock, a_house
from tests.server.visiting import visiting

FORMATS = ("rss", "atom", "json")
TERMS_END = NOON + timedelta(seconds=90)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(tmp_path: Path, clock: HandClock) -> House:
    made = a_house(tmp_path, clock, outlets={"harbour": an_outlet(terms=Terms(until=TERMS_END))})
    reading = a_reading(provenance=a_borrowed_provenance())
    made.store.publications.keep("harbour-feed", "harbour", [reading], baseline=False, now=NOON - timedelta(hours=1))
    return made


@pytest.fixture
def reader(house: House) -> Iterator[httpx.Client]:
    with visiting(house) as client:
        yield client


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("rss", "application/rss+xml; charset=utf-8"),
        ("atom", "application/atom+xml; charset=utf-8"),
        ("json", "application/feed+json; charset=utf-8"),
    ],
)
def test_a_feed_has_its_type_and_its_validators(reader: httpx.Client, form: str, media_type: str) -> None:
    got = reader.get(f"/feeds/all.{form}")
    assert got.status_code == 200
    assert got.headers["content-type"] == media_type
    assert got.headers["etag"].startswith('"')
    assert got.headers["last-modified"] == "Mon, 02 Mar 2026 11:00:00 GMT"
    assert got.headers["vary"] == "Accept-Encoding"
    assert got.headers["access-control-allow-origin"] == "*"
    assert "Lantern Quarterly" in got.text
    if form == "json":
        json.loads(got.content)
    else:
        ET.fromstring(got.content)


@pytest.mark.parametrize("form", FORMATS)
def test_head_says_what_get_would(reader: httpx.Client, form: str) -> None:
    got, head = reader.get(f"/feeds/all.{form}"), reader.head(f"/feeds/all.{form}")
    assert head.content == b""
    for name in ("etag", "last-modified", "content-type", "content-length", "cache-control", "vary"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_who_has_it_gets_304_without_a_body(reader: httpx.Client, form: str) -> None:
    got = reader.get(f"/feeds/all.{form}")
    for named in (got.headers["etag"], f"W/{got.headers['etag']}", f'"x", {got.headers["etag"]}', "*"):
        again = reader.get(f"/feeds/all.{form}", headers={"If-None-Match": named})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "last-modified", "cache-control", "vary"):
            assert again.headers[name] == got.headers[name]
    dated = reader.get(f"/feeds/all.{form}", headers={"If-Modified-Since": got.headers["last-modified"]})
    assert dated.status_code == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"another"'},
        {"If-None-Match": "garbage"},
        {"If-None-Match": '"' * 5000},
        {"If-Modified-Since": "not a date"},
        {"If-Modified-Since": "Mon, 02 Mar 2026 10:59:59 GMT"},
        {"If-None-Match": '"another"', "If-Modified-Since": "Mon, 02 Mar 2026 11:00:00 GMT"},
        {"Accept": "image/png", "Range": "bytes=0-3", "Accept-Encoding": "x;q=z"},
    ],
)
def test_a_reader_who_asks_oddly_gets_the_feed(reader: httpx.Client, headers: dict[str, str]) -> None:
    assert reader.get("/feeds/all.rss", headers=headers).status_code == 200


def test_bytes_in_a_header_that_are_no_text_do_no_harm(reader: httpx.Client) -> None:
    place = urlsplit(str(reader.base_url))
    with socket.create_connection((place.hostname, place.port), timeout=10) as wire:
        wire.sendall(
            b"GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            b"If-None-Match: \xff\xfe, W/\xc3\r\nIf-Modified-Since: \xe9\r\n\r\n"
        )
        assert wire.recv(12) == b"HTTP/1.1 200"


def test_no_cache_keeps_a_feed_past_the_end_of_its_terms(reader: httpx.Client, clock: HandClock) -> None:
    """What is good for 90 seconds may be kept for 90 seconds, and after that neither bytes nor a 304 bring it back."""
    got = reader.get("/feeds/all.rss")
    assert got.headers["cache-control"] == "public, max-age=90, must-revalidate"
    clock.now = TERMS_END
    late = reader.get("/feeds/all.rss", headers={"If-None-Match": got.headers["etag"]})
    assert late.status_code == 200
    assert "Lantern Quarterly" not in late.text
    dated = reader.get("/feeds/all.rss", headers={"If-Modified-Since": got.headers["last-modified"]})
    assert dated.status_code == 200


@pytest.mark.parametrize(
    "path", ["/feeds/none.rss", "/feeds/all.pdf", "/feeds/all", "/feeds/.rss", "/feeds/all.rss/", "/feeds/%00.rss"]
)
def test_a_feed_that_is_not_there_is_a_page_that_says_so(reader: httpx.Client, path: str) -> None:
    got = reader.get(path)
    assert got.status_code == 404
    assert "There is nothing here" in got.text


def test_a_new_piece_is_a_new_document(reader: httpx.Client, house: House, clock: HandClock) -> None:
    got = reader.get("/feeds/all.atom")
    other = a_reading(
        url="https://harbour.example.net/b", canonical="https://harbour.example.net/b", guid="b", title="A Second Piece"
    )
    house.store.publications.keep("harbour-feed", "harbour", [other], baseline=False, now=NOON)
    clock.now = NOON + timedelta(seconds=5)
    again = reader.get("/feeds/all.atom", headers={"If-None-Match": got.headers["etag"]})
    assert again.status_code == 200
    assert "A Second Piece" in again.text
