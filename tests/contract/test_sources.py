"""What every kind of source promises, held to each of them over the same two pieces."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from syndicate.collect.sources import KINDS
from syndicate.domain.collecting import Bookmark, Found, Trouble, Unchanged
from syndicate.domain.identity import keys_of
from syndicate.domain.outlet import Source
from tests.server.collecting import a_feed, a_source, a_visit, an_article, collect_one, found
from tests.server.loopback import Loopback

SLUGS = ("lights", "tides")
POSTS = (
    "per_page=50&orderby=date&order=desc&_embed=1&_fields=id,guid,date,date_gmt,modified,modified_gmt,link,title,"
    "excerpt,lang,_links,_embedded"
)


class Place:
    """The two pieces as one kind of source shows them."""

    def __init__(self, kind: str, site: Loopback, folder: Path) -> None:
        self.site = site
        self.folder = folder
        self.list_path = "/list"
        for slug in SLUGS:
            site.says(f"/{slug}", an_article(f"About {slug}"))
        self.source: Source = getattr(self, "_" + kind)()

    def _feed(self) -> Source:
        return a_source("feed", self.site.says("/list", a_feed(self.site.root, *SLUGS), ETag='"1"'))

    def _sitemap(self) -> Source:
        urls = "".join(f"<url><loc>{self.site.root}/{slug}</loc></url>" for slug in SLUGS)
        octets = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        return a_source("sitemap", self.site.says("/list", octets, ETag='"1"'))

    def _listing(self) -> Source:
        cards = "".join(f'<div class="card"><h3><a href="{slug}">About {slug}</a></h3></div>' for slug in SLUGS)
        return a_source("listing", self.site.says("/list", f"<html><body>{cards}</body></html>", ETag='"1"'))

    def _folder(self) -> Source:
        for slug in SLUGS:
            (self.folder / f"{slug}.html").write_text(an_article(f"About {slug}"))
        return a_source("folder", self.folder.as_uri())

    def _wordpress(self) -> Source:
        posts = [
            {"id": at, "link": f"{self.site.root}/{slug}", "title": {"rendered": f"About {slug}"}}
            for at, slug in enumerate(SLUGS, start=1)
        ]
        self.list_path = "/wp-json/wp/v2/posts?" + POSTS
        self.site.says(self.list_path, json.dumps(posts), ETag='"1"')
        return a_source("wordpress", self.site.root + "/wp-json")

    def _drupal(self) -> Source:
        nodes = [
            {"type": "node--note", "id": slug, "attributes": {"title": f"About {slug}", "path": {"alias": f"/{slug}"}}}
            for slug in SLUGS
        ]
        self.list_path = "/jsonapi/node/note?sort=-created&page[limit]=50&include="
        self.site.says(self.list_path, json.dumps({"data": nodes, "links": {}}), ETag='"1"')
        return a_source("drupal", self.site.root + self.list_path)

    def spoil(self) -> None:
        """Put nonsense where the list was."""
        self.site.says(self.list_path, b"\x00\xff<<<nonsense")
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()


@pytest.fixture(params=sorted(KINDS))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "saved pages"
    folder.mkdir()
    with Loopback() as site:
        yield Place(request.param, site, folder)


def test_both_pieces_are_found_and_counted(place: Place) -> None:
    result = found(a_visit(place.source))

    assert {reading.title for reading in result.readings} == {"About lights", "About tides"}
    assert result.seen == 2
    assert all(reading.body_text for reading in result.readings)


def test_every_piece_has_a_key_and_no_two_share_one(place: Place) -> None:
    keys = [set(keys_of(reading, place.source.id)) for reading in found(a_visit(place.source)).readings]

    assert all(keys)
    assert not keys[0] & keys[1]


def test_a_second_pass_gives_nothing_that_the_store_would_not_know(place: Place) -> None:
    first = found(a_visit(place.source))
    stored = {key for reading in first.readings for key in keys_of(reading, place.source.id)}
    before = len(place.site.asked)

    def known(keys: Sequence[str]) -> frozenset[str]:
        return frozenset(stored & set(keys))

    again = found(a_visit(place.source, known=known))

    assert all(set(keys_of(reading, place.source.id)) & stored for reading in again.readings)
    assert not {asked.path for asked in place.site.asked[before:]} & {f"/{slug}" for slug in SLUGS}
    assert again.seen == 2


def test_reading_twice_gives_equal_readings(place: Place) -> None:
    assert found(a_visit(place.source)).readings == found(a_visit(place.source)).readings


def test_validators_come_with_what_was_read_in_full(place: Place) -> None:
    assert found(a_visit(place.source)).etag


def test_an_unchanged_folder_or_list_is_not_read_again(place: Place) -> None:
    etag = found(a_visit(place.source)).etag

    again = collect_one(a_visit(place.source, bookmark=Bookmark(etag=etag)))

    assert isinstance(again, Unchanged | Found)  # a server is free to ignore validators; the folder is not
    assert isinstance(again, Unchanged) or place.source.kind != "folder"


def test_nonsense_is_one_line_that_names_the_place(place: Place) -> None:
    place.spoil()

    result = collect_one(a_visit(place.source))

    assert isinstance(result, Trouble)
    assert "\n" not in result.problem
    assert place.source.url.removeprefix("file://").replace("%20", " ") in result.problem
