"""Public pages as a browser gets them, errors among them."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest
from lxml import html

from syndicate.domain.digest import Composition
from syndicate.domain.outlet import Terms, Use
from syndicate.domain.publication import Reading
from syndicate.flows.house import House
from syndicate.flows.pipeline import seal
from syndicate.store import open_store
from syndicate.testing.builders import NOON, a_borrowed_provenance, a_reading, a_site, an_outlet
from syndicate.testing.house import HandClock, a_house
from syndicate.web import create_app
from syndicate.web.server import serving
from tests.server.visiting import visiting

LINK = "https://lantern.example.com/islands-that-wait"


def a_piece(**changes: Any) -> Reading:
    return a_reading(provenance=a_borrowed_provenance(), **changes)


def with_pieces(house: House, *readings: Reading) -> House:
    house.store.publications.keep(
        "harbour-feed", "harbour", readings or [a_piece()], baseline=False, now=NOON - timedelta(hours=1)
    )
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return with_pieces(a_house(tmp_path))


@pytest.fixture
def browser(house: House) -> Iterator[httpx.Client]:
    with visiting(house) as client:
        yield client


def only(page: httpx.Response, css: str) -> html.HtmlElement:
    (found,) = html.fromstring(page.text).cssselect(css)
    assert isinstance(found, html.HtmlElement)
    return found


@pytest.mark.parametrize("path", ["/", "/publications/the-islands-that-wait", "/subscribe", "/nothing"])
def test_every_page_has_one_heading_a_language_and_a_way_past_the_masthead(browser: httpx.Client, path: str) -> None:
    page = browser.get(path)
    root = html.fromstring(page.text)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert root.get("lang") == "en"
    assert len(root.cssselect("h1")) == 1
    assert next(a.get("href") for a in root.cssselect("a")) == "#main"
    assert len(root.cssselect("main#main")) == 1
    for control in root.cssselect("input:not([type=hidden])"):
        assert root.cssselect(f"label[for={control.get('id')}]"), control.get("id")


@pytest.mark.parametrize("path", ["/", "/publications/the-islands-that-wait", "/subscribe", "/nothing", "/style.css"])
def test_every_answer_forbids_scripts_frames_and_guessing(browser: httpx.Client, path: str) -> None:
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in ("strict-origin", "no-referrer")
    assert "server" not in headers
    assert "set-cookie" not in headers


def test_the_front_page_offers_pieces_feeds_and_mail(browser: httpx.Client) -> None:
    page = browser.get("/")
    links = [a.get("href") for a in html.fromstring(page.text).cssselect("a, link[rel=alternate]")]
    wanted = ("/publications/the-islands-that-wait", "/subscribe", "/feeds/all.rss", "/feeds/all.atom")
    assert set(wanted) <= set(links)
    assert all(browser.get(link).status_code == 200 for link in wanted)


@pytest.mark.parametrize("path", ["/", "/publications/the-islands-that-wait"])
def test_a_piece_stands_in_one_container_with_its_credit(browser: httpx.Client, path: str) -> None:
    page = browser.get(path)
    article = only(page, "article")
    assert article.cssselect(".excerpt")
    assert "originally published by Lantern Quarterly" in " ".join(article.text_content().split())
    assert LINK in [a.get("href") for a in article.cssselect(".credit a")]


def test_machines_are_told_what_a_piece_is_based_on(browser: httpx.Client) -> None:
    page = browser.get("/publications/the-islands-that-wait")
    told = json.loads(only(page, "script").text or "")
    assert LINK in told["isBasedOn"]
    assert "Lantern Quarterly" in told["creditText"]
    assert only(page, "link[rel=canonical]").get("href") == "https://harbour.example.net/2026/islands-that-wait-1"


def test_a_title_cannot_become_markup_nor_close_the_description(tmp_path: Path) -> None:
    title = 'Tide</script><script>alert(1)</script> & <b>"time"</b>'
    house = with_pieces(a_house(tmp_path), a_piece(title=title))
    slug = house.store.publications.get(1).slug
    with visiting(house) as browser:
        for path in ("/", f"/publications/{slug}"):
            page = browser.get(path)
            assert "<script>alert" not in page.text
            assert only(page, "article h1, article h2").text_content() == title


def test_only_a_title_goes_out_where_the_terms_say_title(tmp_path: Path) -> None:
    house = with_pieces(a_house(tmp_path, outlets={"harbour": an_outlet(terms=Terms(use=Use.TITLE))}))
    with visiting(house) as browser:
        page = browser.get("/publications/the-islands-that-wait")
    assert page.status_code == 200
    assert "The ferry to the outer islands" not in page.text
    assert only(page, "article .credit").text_content()


def test_a_piece_under_embargo_is_not_there_and_then_is(tmp_path: Path) -> None:
    clock = HandClock()
    outlet = an_outlet(terms=Terms(embargo=timedelta(days=2)))
    house = with_pieces(a_house(tmp_path, clock, outlets={"harbour": outlet}))
    with visiting(house) as browser:
        assert browser.get("/publications/the-islands-that-wait").status_code == 404
        assert "Islands" not in browser.get("/").text
        clock.now = NOON + timedelta(days=1)
        assert browser.get("/publications/the-islands-that-wait").status_code == 200


def test_no_cache_keeps_a_page_past_the_end_of_its_terms(tmp_path: Path) -> None:
    clock = HandClock()
    outlet = an_outlet(terms=Terms(until=NOON + timedelta(seconds=30)))
    house = with_pieces(a_house(tmp_path, clock, outlets={"harbour": outlet}))
    with visiting(house) as browser:
        page = browser.get("/publications/the-islands-that-wait")
        assert page.headers["cache-control"] == "public, max-age=30, must-revalidate"
        clock.now = NOON + timedelta(seconds=30)
        late = browser.get("/publications/the-islands-that-wait", headers={"If-None-Match": page.headers["etag"]})
    assert late.status_code == 404


def test_the_web_copy_of_an_edition_has_nobody_s_link_to_leave(house: House, browser: httpx.Client) -> None:
    edition = house.store.editions.open(
        "weekly", "weekly", NOON, Composition(items=(1,), choices=()), by_schedule=False, held_because="", now=NOON
    )
    seal(house, edition.id, NOON)
    page = browser.get("/editions/weekly/2026-03-02T1200Z")
    assert page.status_code == 200
    assert "merge.invalid" not in page.text
    assert "/unsubscribe/" not in page.text
    assert "originally published by" in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "public, no-cache"
    again = browser.get("/editions/weekly/2026-03-02T1200Z", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/publications/none",
        "/publications/",
        "/editions/weekly/2026-03-02T0700Z",
        "/editions/none/2026-03-02T1200Z",
        "/editions/weekly/2026-3-2T1200Z",
        "/editions/weekly/yesterday",
        "/docs",
        "/openapi.json",
        "/subscribe/",
        "//example.com/%2e%2e",
        "/publications/%00",
        "/publications/..%2f..%2fetc%2fpasswd",
        "/" + "x" * 5000,
    ],
)
def test_what_is_not_there_is_said_without_repeating_what_was_asked(browser: httpx.Client, path: str) -> None:
    page = browser.get(path)
    assert page.status_code == 404
    assert only(page, "h1").text == "There is nothing here"
    assert path.strip("/")[-40:] not in page.text or path == "/subscribe/"


def test_a_method_that_does_not_fit_is_said(browser: httpx.Client) -> None:
    page = browser.post("/")
    assert page.status_code == 405
    assert only(page, "h1").text == "That does not work here"


def test_a_bug_is_a_guarded_page_that_tells_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> datetime:
        raise RuntimeError("a secret from within")

    with caplog.at_level(logging.ERROR), visiting(replace(house, clock=broken)) as browser:
        page = browser.get("/publications/the-islands-that-wait")
    assert page.status_code == 500
    assert only(page, "h1").text == "Something went wrong"
    assert "secret" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "GET /publications/{slug} failed" in caplog.text


def test_a_body_beyond_the_limit_is_refused(browser: httpx.Client) -> None:
    assert browser.post("/subscribe", content=b"email=" + b"x" * 70_000).status_code == 413


def test_a_body_in_pieces_without_a_length_is_refused_at_the_limit(browser: httpx.Client) -> None:
    place = urlsplit(str(browser.base_url))
    with socket.create_connection((place.hostname, place.port), timeout=10) as wire:
        wire.sendall(b"POST /subscribe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(9):
            wire.sendall(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")
        assert wire.recv(12) == b"HTTP/1.1 413"


def test_a_site_in_a_folder_links_within_it(tmp_path: Path) -> None:
    house = with_pieces(a_house(tmp_path, site=a_site(url="https://example.org/letters")))
    with visiting(house) as browser:
        page = browser.get("/")
    assert only(page, "link[rel=stylesheet]").get("href") == "/letters/style.css"
    assert only(page, "article h2 a").get("href") == "/letters/publications/the-islands-that-wait"


def test_an_operator_s_template_replaces_ours(house: House, tmp_path: Path) -> None:

    (tmp_path / "mine" / "page").mkdir(parents=True)
    (tmp_path / "mine" / "page" / "style.css").write_text("body { color: teal }\n", "utf-8")
    with serving(create_app(house, tmp_path / "mine"), "127.0.0.1", 0) as address:
        assert httpx.get(f"{address}/style.css", trust_env=False).text == "body { color: teal }\n"


def test_health_and_readiness(browser: httpx.Client) -> None:
    assert browser.get("/healthz").text == "ok\n"
    assert browser.get("/readyz").text == "ready\n"


def test_a_store_that_cannot_be_used_is_not_ready_and_says_no_more(house: House, tmp_path: Path) -> None:

    empty = replace(house, store=open_store(f"sqlite:///{tmp_path / 'empty.db'}", hash_address=str))
    with visiting(empty) as browser:
        page = browser.get("/readyz")
        assert (page.status_code, page.text) == (503, "not ready\n")
        assert browser.get("/healthz").status_code == 200
