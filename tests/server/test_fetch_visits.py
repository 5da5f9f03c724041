"""What a visit makes of answers: causes for the plan, notes for a person, another look at known pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from syndicate.collect.xml import breaks_off
from syndicate.domain.collecting import Bookmark, Cause, Checked, Look, Trouble, Unchanged, WatchedPage
from tests.server.collecting import a_feed, a_source, a_visit, all_known, an_article, collect, collect_one, found
from tests.server.loopback import Asked, Loopback, Said

CHALLENGE = Said(status=403, headers={"cf-mitigated": "challenge"}, body=b"<title>Just a moment...</title>")


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def trouble(url: str, **changes: Any) -> Trouble:
    result = collect_one(a_visit(a_source("feed", url)), **changes)
    assert isinstance(result, Trouble), result
    return result


def looks(site: Loopback, *pages: WatchedPage, **changes: Any) -> tuple[Checked, ...]:
    """What a visit whose list shows nothing new sees of known pages."""
    url = site.says("/feed", a_feed(site.root))
    return found(a_visit(a_source("feed", url), known=all_known, watched=pages), **changes).checked


def a_page(site: Loopback, path: str, **values: Any) -> WatchedPage:
    return WatchedPage(publication=7, url=site.root + path, **values)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (Said(status=404), Cause.REFUSED),
        (Said(status=410), Cause.GONE),
        (Said(status=429), Cause.BUSY),
        (Said(status=503), Cause.BUSY),
        (Said(status=500), Cause.REFUSED),
        (CHALLENGE, Cause.WALL),
        (Said(body=b"<h1>No feed</h1>"), Cause.UNREADABLE),
        (Said(hang=True), Cause.UNREADABLE),
    ],
)
def test_every_failure_has_its_cause(site: Loopback, said: Said, cause: Cause) -> None:
    site.pages["/feed"] = said

    failed = trouble(site.root + "/feed", timeout=timedelta(seconds=0.5 if said.hang else 5))

    assert (failed.cause, failed.where) == (cause, site.root + "/feed")


def test_nobody_there_is_unreachable() -> None:
    with Loopback() as closed:
        url = closed.root + "/feed"

    assert trouble(url).cause is Cause.UNREACHABLE


def test_a_wall_is_named_and_a_letter_proposed(site: Loopback) -> None:
    site.pages["/feed"] = CHALLENGE
    url = site.root + "/feed"

    assert trouble(url).problem == (
        f"{url} stands behind a wall against machines (Cloudflare), which is never evaded; "
        f"ask the outlet for access: `syndicate sources doctor {url}` drafts the letter"
    )


def test_a_page_behind_a_wall_is_spoiled_and_says_so(site: Loopback) -> None:
    site.pages["/one"] = CHALLENGE
    site.says("/two", an_article("Two"))
    site.says("/feed", a_feed(site.root, "one", "two"), ETag='"1"')

    result = found(a_visit(a_source("feed", site.root + "/feed")))

    assert [reading.title for reading in result.readings] == ["Two"]
    assert "stands behind a wall against machines (Cloudflare)" in result.spoiled[0].problem
    assert result.etag == ""


def test_another_source_of_a_host_that_asked_to_wait_is_busy_too(site: Loopback) -> None:
    site.pages["/a"] = Said(status=429, headers={"Retry-After": "120"})
    visits = [a_visit(a_source("feed", site.root + path)) for path in ("/a", "/b")]

    results = [result for _, result in collect(visits)]

    assert [(type(result), getattr(result, "cause", "")) for result in results] == [(Trouble, Cause.BUSY)] * 2
    assert all(getattr(result, "where", "") == site.root + "/a" for result in results)
    assert all(getattr(result, "retry_after", 0) == pytest.approx(120, abs=3) for result in results)


def test_pages_of_a_host_that_asks_to_wait_are_left_for_the_next_visit(site: Loopback) -> None:
    site.says("/one", an_article("One"))
    site.pages["/two"] = Said(status=503, headers={"Retry-After": "60"})
    site.says("/feed", a_feed(site.root, "one", "two", "three", "four"), ETag='"1"')

    result = found(a_visit(a_source("feed", site.root + "/feed")))

    assert [reading.title for reading in result.readings] == ["One"]
    assert site.paths() == ["/feed", "/one", "/two"]
    assert "asked us to wait" in result.notes[0]
    assert result.etag == ""


def test_a_long_crawl_delay_leaves_the_rest_for_the_next_visit(site: Loopback) -> None:
    site.says("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n")
    for slug in ("one", "two"):
        site.says(f"/{slug}", an_article(slug))
    site.says("/feed", a_feed(site.root, "one", "two"), ETag='"1"')

    result = found(a_visit(a_source("feed", site.root + "/feed")))

    assert ([reading.title for reading in result.readings], result.etag, result.spoiled) == (["one"], "", ())
    assert "asks for 3600 s between two pages, so the rest waits for the next visit" in result.notes[0]


@pytest.mark.parametrize("claims", [None, 100_000])
def test_a_list_that_breaks_off_is_read_and_named(site: Loopback, claims: int | None) -> None:
    whole = a_feed(site.root, "one", "two")
    cut = whole[: whole.index("</item>") + len("</item>")].encode()
    site.pages["/feed"] = Said(body=cut, claims=claims, headers={"ETag": '"1"'})
    site.says("/one", an_article("One"))

    result = found(a_visit(a_source("feed", site.root + "/feed")))

    assert [reading.title for reading in result.readings] == ["One"]
    assert (result.etag, result.last_modified) == ("", "")
    assert result.notes == (f"{site.root}/feed breaks off in the middle; what it showed until there was read",)


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        (b"<rss><channel/></rss>\n<!-- end -->", False),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><feed xmlns='a'><entry/></feed>", False),
        (b"<?xml version='1.0'?>\n<rdf:RDF xmlns='a'><item>", True),
        (b"<urlset xmlns='a'/>", False),
        (b"<rss version='2.0'><channel><enclosure/>", True),
        (b"<html><body><p>no end is needed", False),
        (b'{"items": [', False),
        (b"\x1f\x8b\x08", False),
        (b"", False),
    ],
)
def test_only_a_list_in_xml_can_be_seen_to_break_off(body: bytes, *, broken: bool) -> None:
    assert breaks_off(body) == broken


def test_where_a_list_moved_and_what_it_is_called_is_told(site: Loopback) -> None:
    site.pages["/old"] = Said(status=308, headers={"Location": "/feed"})
    site.says("/feed", a_feed(site.root), ETag='"1"')

    told = found(a_visit(a_source("feed", site.root + "/old"))).told

    assert told.moved == site.root + "/feed"
    assert told.representation.endswith(f" {site.root}/feed")


def test_a_believed_move_is_where_the_list_is_asked(site: Loopback) -> None:
    site.says("/new", a_feed(site.root))
    bookmark = Bookmark(configured=site.root + "/old", address=site.root + "/new")

    found(a_visit(a_source("feed", site.root + "/old"), bookmark=bookmark))

    assert site.paths() == ["/new"]


def test_a_304_keeps_validators_and_pace_and_looks_at_known_pages(site: Loopback) -> None:
    def answer(asked: Asked) -> Said:
        known = asked.headers.get("if-none-match") == '"1"'
        return Said(status=304) if known else Said(body=a_feed(site.root).encode(), headers={"ETag": '"1"'})

    site.pages["/feed"] = answer
    first = found(a_visit(a_source("feed", site.root + "/feed")))
    bookmark = Bookmark(etag=first.etag, representation=first.told.representation)
    visit = a_visit(a_source("feed", site.root + "/feed"), bookmark=bookmark, watched=[a_page(site, "/gone")])

    same = collect_one(visit)

    assert isinstance(same, Unchanged)
    assert (same.etag, same.told.representation) == ('"1"', first.told.representation)
    assert [(checked.publication, checked.look) for checked in same.checked] == [(7, Look.MISSING)]


def test_an_index_is_asked_in_full_as_its_lists_change_without_it(site: Loopback) -> None:
    site.says("/map.xml", f"<sitemapindex><sitemap><loc>{site.root}/1.xml</loc></sitemap></sitemapindex>", ETag='"1"')
    site.says("/1.xml", f"<urlset><url><loc>{site.root}/one</loc></url></urlset>")
    site.says("/one", an_article("One"))

    result = found(a_visit(a_source("sitemap", site.root + "/map.xml")))

    assert ([reading.title for reading in result.readings], result.etag) == (["One"], "")


def test_a_part_of_a_list_that_is_missing_is_named_and_the_others_are_read(site: Loopback) -> None:
    parts = "".join(f"<sitemap><loc>{site.root}/{n}.xml</loc></sitemap>" for n in (1, 2))
    site.says("/map.xml", f"<sitemapindex>{parts}</sitemapindex>")
    site.says("/2.xml", f"<urlset><url><loc>{site.root}/one</loc></url></urlset>")
    site.says("/one", an_article("One"))

    result = found(a_visit(a_source("sitemap", site.root + "/map.xml")))

    assert [reading.title for reading in result.readings] == ["One"]
    assert any(note.startswith(f"{site.root}/1.xml answers 404") for note in result.notes)


def test_a_known_page_that_is_there_is_read_again_under_its_guid(site: Loopback) -> None:
    site.says("/one", an_article("One, mended"), ETag='"2"')

    (checked,) = looks(site, a_page(site, "/one", guid="g-1"))

    assert (checked.publication, checked.look, checked.etag) == (7, Look.READ, '"2"')
    assert checked.reading is not None
    assert (checked.reading.title, checked.reading.guid) == ("One, mended", "g-1")


def test_a_known_page_that_did_not_change_costs_no_body(site: Loopback) -> None:
    site.says("/one", an_article("One"), ETag='"1"')
    (first,) = looks(site, a_page(site, "/one"))
    site.pages["/one"] = lambda asked: Said(status=304 if asked.headers.get("if-none-match") == '"1"' else 500)

    (again,) = looks(site, a_page(site, "/one", etag=first.etag, representation=first.representation))

    assert again == replace(first, look=Look.SAME, reading=None)


@pytest.mark.parametrize(
    ("said", "look"),
    [
        (Said(status=404), Look.MISSING),
        (Said(status=410), Look.MISSING),
        (Said(status=301, headers={"Location": "/"}), Look.MISSING),
        (Said(status=302, headers={"Location": "/en/"}), Look.MISSING),
        (Said(body=an_article("Page not found").encode()), Look.MISSING),
        (Said(status=301, headers={"Location": "/two"}), Look.READ),
        (Said(status=500), Look.FAILED),
        (Said(status=403), Look.FAILED),
        (Said(status=429, headers={"Retry-After": "9"}), Look.FAILED),
        (CHALLENGE, Look.FAILED),
        (Said(body=b"%PDF-1.7"), Look.FAILED),
        (Said(body=b"<html><p>half", claims=5000), Look.FAILED),
    ],
)
def test_only_a_server_that_says_so_makes_a_page_missing(site: Loopback, said: Said, look: Look) -> None:
    site.pages["/one"] = said
    for path in ("/", "/en/"):
        site.says(path, an_article("Home"))
    site.says("/two", an_article("Two"))

    (checked,) = looks(site, a_page(site, "/one", etag='"1"'))

    assert checked.look is look
    assert bool(checked.problem) == (look in (Look.MISSING, Look.FAILED))
    assert (checked.reading is not None) == (look is Look.READ)


def test_a_known_page_that_robots_closes_is_not_asked(site: Loopback) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /one\n")

    (checked,) = looks(site, a_page(site, "/one"))

    assert (checked.look, site.paths()) == (Look.FAILED, ["/feed"])
    assert "is closed to us by" in checked.problem


def test_looking_ends_where_the_host_asks_to_wait(site: Loopback) -> None:
    site.pages["/one"] = Said(status=429, headers={"Retry-After": "9"})
    pages = [a_page(site, path) for path in ("/one", "/two", "/three")]

    assert [checked.look for checked in looks(site, *pages)] == [Look.FAILED, Look.FAILED]
    assert site.paths() == ["/feed", "/one"]
