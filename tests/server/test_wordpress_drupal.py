"""The APIs of WordPress and Drupal on loopback, visited as sources are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from syndicate.domain.collecting import Found, Trouble, Visit, VisitResult
from tests.server.collecting import a_source, a_visit, all_known, an_article, collect_one
from tests.server.loopback import Loopback, Said

POSTS = "per_page=50&orderby=date&order=desc&_embed=1"
SUMMARIES = POSTS + "&_fields=id,guid,date,date_gmt,modified,modified_gmt,link,title,excerpt,lang,_links,_embedded"
TEXT = "<p>" + "The whole text stands in the entry, and there it is read by whoever asks. " * 8 + "</p>"


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def visited(visit: Visit) -> VisitResult:
    return collect_one(visit, spacing=timedelta(0), readers=1)


def found(visit: Visit) -> Found:
    result = visited(visit)
    assert isinstance(result, Found), result
    return result


def a_post(site: Loopback, number: int, **changes: Any) -> dict[str, Any]:
    values = {
        "id": number,
        "link": f"{site.root}/p{number}",
        "date_gmt": "2026-02-02T09:00:00",
        "title": {"rendered": f"Piece {number}"},
        "content": {"rendered": TEXT},
        "_embedded": {"author": [{"name": "Mara Quill"}]},
    }
    return values | changes


def test_the_text_is_taken_from_the_entry_where_the_source_says_so(site: Loopback) -> None:
    site.says(f"/wp-json/wp/v2/posts?{POSTS}", json.dumps([a_post(site, 1)]))

    (reading,) = found(a_visit(a_source("wordpress", site.root, article="entry"))).readings

    assert (reading.title, reading.authors[0].name) == ("Piece 1", "Mara Quill")
    assert reading.body_text.startswith("The whole text stands in the entry")
    assert [asked.path.partition("?")[0] for asked in site.asked] == ["/wp-json/wp/v2/posts"]


def test_the_page_is_asked_for_otherwise_and_no_text_with_the_list(site: Loopback) -> None:
    site.says(f"/wp-json/wp/v2/posts?{SUMMARIES}", json.dumps([a_post(site, 1, content=None)]))
    site.says("/p1", an_article("Piece 1 on its page"))

    (reading,) = found(a_visit(a_source("wordpress", site.root + "/"))).readings

    assert reading.body_text.startswith("The tide tables")


def test_pages_are_turned_while_there_is_news_and_only_then(site: Loopback) -> None:
    first = f"/wp-json/wp/v2/posts?{POSTS}"
    site.says(first, json.dumps([a_post(site, number) for number in range(50)]))
    site.says(first + "&page=2", json.dumps([a_post(site, 99)]))
    source = a_source("wordpress", site.root, article="entry")

    news = found(a_visit(source))
    asked = len(site.asked)
    again = found(a_visit(source, known=all_known))

    assert (news.seen, again.seen) == (51, 50)
    assert [one.path for one in site.asked[asked:]] == [first]


def test_an_api_elsewhere_is_found_by_the_word_of_the_page(site: Loopback) -> None:
    site.says("/", f'<html><head><link rel="https://api.w.org/" href="{site.root}/api/wp-json/"></head></html>')
    site.says(f"/api/wp-json/wp/v2/posts?{POSTS}", json.dumps([a_post(site, 1)]))

    assert found(a_visit(a_source("wordpress", site.root + "/", article="entry"))).seen == 1


def test_a_site_without_pretty_addresses_is_read_by_its_query(site: Loopback) -> None:
    site.says(f"/?{POSTS}&rest_route=/wp/v2/posts", json.dumps([a_post(site, 1)]))

    assert found(a_visit(a_source("wordpress", site.root + "/?rest_route=/", article="entry"))).seen == 1


@pytest.mark.parametrize(("kind", "named"), [("wordpress", "WordPress"), ("drupal", "Drupal")])
def test_a_closed_api_is_told_with_what_to_do(site: Loopback, kind: str, named: str) -> None:
    closed = Said(status=401, body=b'{"code":"rest_disabled","message":"No."}')
    for path in (f"/wp-json/wp/v2/posts?{SUMMARIES}", "/jsonapi"):
        site.pages[path] = closed

    result = visited(a_visit(a_source(kind, site.root)))

    assert isinstance(result, Trouble)
    assert named in result.problem
    assert "sources doctor" in result.problem
    assert "\n" not in result.problem


def a_node(number: int) -> dict[str, Any]:
    return {
        "type": "node--brief",
        "id": f"u{number}",
        "attributes": {
            "title": f"Brief {number}",
            "created": "2026-02-02T09:00:00+00:00",
            "path": {"alias": f"/briefs/{number}"},
            "body": {"processed": TEXT},
        },
        "relationships": {"field_by": {"data": [{"type": "node--person", "id": "p1"}]}},
    }


PERSON = {"type": "node--person", "id": "p1", "attributes": {"title": "Mara Quill"}}


def test_from_the_home_of_a_drupal_site_to_its_pieces_with_their_people(site: Loopback) -> None:
    collection = "/jsonapi/node/brief"
    index = {"data": [], "links": {"node--brief": {"href": site.root + collection}, "node--page": {"href": "/x"}}}
    site.says("/jsonapi", json.dumps(index), ETag='"never changes"')
    site.says(f"{collection}?sort=-created&page[limit]=10", json.dumps({"data": [a_node(1), a_node(2)]}))
    whole = {"data": [a_node(1), a_node(2)], "included": [PERSON]}
    site.says(f"{collection}?sort=-created&page[limit]=50&include=field_by", json.dumps(whole))

    result = found(a_visit(a_source("drupal", site.root, article="entry")))

    assert [reading.title for reading in result.readings] == ["Brief 1", "Brief 2"]
    assert result.readings[0].authors[0].name == "Mara Quill"
    assert result.readings[0].url == site.root + "/briefs/1"
    assert result.etag == ""  # the index stays the same while the pieces change


def test_an_address_that_includes_is_asked_as_it_stands_and_conditionally(site: Loopback) -> None:
    path = "/jsonapi/node/brief?sort=-created&page[limit]=50&include=field_by"
    site.says(path, json.dumps({"data": [a_node(1)], "included": [PERSON]}), ETag='"7"')

    result = found(a_visit(a_source("drupal", site.root + path, article="entry")))

    assert (result.seen, result.etag) == (1, '"7"')
    assert [asked.path for asked in site.asked] == [path]


def test_a_drupal_that_leads_to_nothing_is_trouble_and_not_silence(site: Loopback) -> None:
    site.says(
        "/jsonapi", json.dumps({"data": [], "links": {"node--brief": {"href": site.root + "/jsonapi/node/brief"}}})
    )

    result = visited(a_visit(a_source("drupal", site.root)))

    assert isinstance(result, Trouble)
    assert "no node that can be read" in result.problem
