"""The source doctor on sites of several shapes: what it finds, compares and writes, and what it leaves alone."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from syndicate.collect import CollectOptions, build_collector
from syndicate.domain.site import Site
from syndicate.domain.survey import Survey, Way
from syndicate.flows.surveying import Report
from syndicate.flows.surveying import survey as survey_flow
from syndicate.settings.models import OutletTable, SourceTable
from tests.server.collecting import NOW, PAGE_READER, a_feed, an_article
from tests.server.loopback import Loopback, Said

SITE = Site(title="The Island Letter", url="https://letter.example", contact="editors@letter.example")
SLUGS = ("ferries", "gulls", "lamps", "tides")


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        for slug in SLUGS:
            server.says(f"/{slug}", an_article(f"About {slug}"))
        yield server


def look(url: str, example: str = "", **changes: Any) -> Report:
    values: dict[str, Any] = {
        "private_addresses": True,
        "timeout": timedelta(seconds=5),
        "spacing": timedelta(0),
        "readers": 1,
    }
    collector = build_collector(CollectOptions(**(values | changes)), PAGE_READER)
    return survey_flow(collector, SITE, url, example, NOW)


def survey(url: str, example: str = "", **changes: Any) -> Survey:
    return look(url, example, **changes).survey


def way(found: Survey, kind: str) -> Way:
    return next(one for one in found.ways if one.kind == kind)


def a_home(head: str = "", body: str = "") -> str:
    return f"<html><head><title>Home | The Harbour Review</title>{head}</head><body><h1>Hello</h1>{body}</body></html>"


def cards(*slugs: str) -> str:
    return "".join(
        f'<div class="teaser"><h3><a href="/{slug}">About {slug} and the sea</a></h3><time '
        f'datetime="2026-02-{27 - at}">{27 - at} February</time><p class="author">Mara Quill</p></div>'
        for at, slug in enumerate(slugs)
    )


def posts(root: str, *slugs: str) -> str:
    return json.dumps(
        [
            {
                "id": at,
                "link": f"{root}/{slug}",
                "date_gmt": f"2026-02-{27 - at}T08:00:00",
                "title": {"rendered": f"About {slug}"},
                "content": {"rendered": f"<p>{'All the words of it stand here. ' * 60}</p>"},
                "_embedded": {"author": [{"name": "Mara Quill"}]},
            }
            for at, slug in enumerate(slugs)
        ]
    )


WP_LIST = "/wp-json/wp/v2/posts?per_page=50&orderby=date&order=desc&_embed=1"


def test_a_feed_that_the_page_names_is_found_and_asked_conditionally(site: Loopback) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/all.xml"><link rel="alternate" href="/de">'
    site.says("/", a_home(head))
    feed = a_feed(site.root, *SLUGS).encode()
    site.pages["/all.xml"] = lambda asked: (
        Said(status=304) if asked.headers.get("if-none-match") == '"1"' else Said(body=feed, headers={"ETag": '"1"'})
    )

    (one,) = survey(site.root).ways

    assert (one.kind, one.url, one.found, one.conditional) == ("feed", site.root + "/all.xml", 4, True)
    assert (one.has("title"), one.has("date"), one.has("byline")) == (1.0, 1.0, 0.0)
    assert "lacks byline" in " ".join(one.reasons)


def test_feeds_of_comments_are_left_out(site: Loopback) -> None:
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{p}">' for p in ("/comments/feed", "/f.xml")
    )
    site.says("/", a_home(head))
    site.says("/f.xml", a_feed(site.root, "gulls"))

    survey(site.root)

    assert "/comments/feed" not in site.paths()


def test_usual_places_are_tried_only_where_the_page_names_no_feed(site: Loopback) -> None:
    site.says("/", a_home())
    site.says("/feed.xml", a_feed(site.root, *SLUGS))

    (one,) = survey(site.root).ways

    assert one.url == site.root + "/feed.xml"
    assert [path for path in site.paths() if path in ("/feed", "/rss.xml", "/feed.xml", "/atom.xml")] == [
        "/feed",
        "/rss.xml",
        "/feed.xml",
    ]


def test_a_hidden_wordpress_is_found_and_shows_what_the_short_feed_misses(site: Loopback) -> None:
    site.says("/", a_home('<link rel="alternate" type="application/rss+xml" href="/feed">'))
    items = "".join(
        f"<item><title>About {slug}</title><link>{site.root}/{slug}</link>"
        f"<pubDate>Thu, {day} Feb 2026 08:00:00 GMT</pubDate></item>"
        for slug, day in (("ferries", 27), ("lamps", 25), ("tides", 24))
    )
    site.says("/feed", f"<rss version='2.0'><channel><title>H</title>{items}</channel></rss>")
    site.says(WP_LIST, posts(site.root, *SLUGS))

    found = survey(site.root)

    assert [one.kind for one in found.ways] == ["wordpress", "feed"]
    assert way(found, "feed").missed == ("About gulls",)
    assert way(found, "wordpress").missed == ()
    assert way(found, "wordpress").has("text") == 1.0
    assert way(found, "wordpress").url == site.root + "/wp-json"


def test_an_api_that_stands_elsewhere_is_found_by_the_header(site: Loopback) -> None:
    named = {"Link": f'<{site.root}/?rest_route=/>; rel="https://api.w.org/"'}
    site.pages["/"] = Said(body=a_home().encode(), headers=named)
    site.says("/?per_page=50&orderby=date&order=desc&_embed=1&rest_route=/wp/v2/posts", posts(site.root, *SLUGS))

    assert way(survey(site.root), "wordpress").url == f"{site.root}/?rest_route=/"


def test_drupal_is_found_with_an_address_that_includes_what_nodes_refer_to(site: Loopback) -> None:
    site.says("/", a_home('<meta name="Generator" content="Drupal 11 (https://www.drupal.org)">'))
    root = site.root
    node = {
        "type": "node--brief",
        "id": "u-1",
        "attributes": {"title": "About gulls", "created": "2026-02-27T08:00:00+00:00", "path": {"alias": "/gulls"}},
        "relationships": {"field_people": {"data": [{"type": "node--person", "id": "p-1"}]}, "uid": {"data": None}},
    }
    person = {"type": "node--person", "id": "p-1", "attributes": {"title": "Mara Quill"}}
    links = {"node--brief": {"href": f"{root}/jsonapi/node/brief"}, "node--page": {"href": f"{root}/jsonapi/node/page"}}
    site.says("/jsonapi", json.dumps({"data": [], "links": links}))
    site.says("/jsonapi/node/brief?sort=-created&page[limit]=10", json.dumps({"data": [node]}))
    whole = "/jsonapi/node/brief?sort=-created&page[limit]=50&include=field_people"
    site.says(whole, json.dumps({"data": [node], "included": [person]}))

    found = survey(site.root)

    assert way(found, "drupal").url == site.root + whole
    assert way(found, "drupal").has("byline") == 1.0
    assert not any("page?" in path for path in site.paths())


def test_a_list_page_is_found_by_its_name_and_read_by_a_recipe(site: Loopback) -> None:
    site.says("/", a_home(body='<nav><a href="/about">About</a> <a href="/publikationen">Publikationen</a></nav>'))
    site.says("/publikationen", a_home(body=f"<main>{cards(*SLUGS)}</main>"))

    one = way(survey(site.root), "listing")

    assert one.url == site.root + "/publikationen"
    assert one.recipe is not None
    assert (one.recipe.card, one.recipe.date, one.recipe.byline) == ("div.teaser", "time", ".author")


def test_an_example_says_which_list_is_meant(site: Loopback) -> None:
    other = "".join(
        f'<li class="event"><h3><a href="/e{n}">Open evening number {n}</a></h3><p>Come all</p></li>' for n in range(8)
    )
    site.says("/", a_home(body=f"<main>{cards(*SLUGS)}<ul>{other}</ul></main>"))

    (by_title,) = survey(site.root + "/", "About gulls and the sea").ways
    (by_link,) = survey(site.root + "/", site.root + "/e3").ways

    assert by_title.recipe is not None
    assert by_title.recipe.card == "div.teaser"
    assert by_link.recipe is not None
    assert by_link.recipe.card == "li.event"


def test_sitemaps_are_those_that_robots_names(site: Loopback) -> None:
    site.says("/", a_home())
    site.says("/robots.txt", f"User-agent: *\nDisallow: /private\nSitemap: {site.root}/maps/news.xml\n")
    urls = "".join(f"<url><loc>{site.root}/{slug}</loc></url>" for slug in SLUGS)
    site.says("/maps/news.xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')

    (one,) = survey(site.root).ways

    assert (one.kind, one.url) == ("sitemap", site.root + "/maps/news.xml")
    assert one.uncertain is False
    assert "/sitemap.xml" not in site.paths()


def test_what_robots_closes_is_not_asked_for_and_the_full_feed_is_taken_instead(site: Loopback) -> None:
    site.says("/robots.txt", "User-agent: *\nDisallow: /\n")
    text = f"<description>{'All the words of it stand here. ' * 60}</description>"
    site.says("/feed", a_feed(site.root, *SLUGS, entry=lambda slug: text))

    found = survey(site.root)

    assert not set(site.paths()) & {"/", *(f"/{slug}" for slug in SLUGS)}
    assert "robots.txt" in found.articles
    assert way(found, "feed").article == "entry"
    assert 'article = "entry"' in found.toml


def test_a_wall_is_named_and_a_letter_is_drafted(site: Loopback) -> None:
    page = b"<title>Just a moment...</title><body><script src='/cdn-cgi/challenge-platform/x'></script></body>"
    site.pages["/"] = Said(status=403, body=page, headers={"Server": "cloudflare", "cf-mitigated": "challenge"})

    report = look(site.root, user_agent="island-letter/1 (editors@letter.example)")

    assert report.survey.wall
    assert report.survey.ways == ()
    for told in ("The Island Letter", "editors@letter.example", "island-letter/1", report.survey.wall, "robots.txt"):
        assert told in report.letter
    assert len([path for path in site.paths() if path in ("/", "")]) == 1


def test_no_letter_where_we_are_let_in(site: Loopback) -> None:
    site.says("/", a_home(body=f"<main>{cards(*SLUGS)}</main>"))

    assert look(site.root).letter == ""


def test_a_site_that_shows_nothing_is_told_so_within_bounds(site: Loopback) -> None:
    links = "".join(f'<a href="/news{n}">News</a>' for n in range(500))
    site.says("/", a_home(body=links))
    for n in range(500):
        site.says(f"/news{n}", a_home(body=links))

    found = survey(site.root)

    assert found.ways == ()
    assert found.toml == ""
    assert len(site.asked) <= 41


def test_an_address_that_is_none_is_one_line() -> None:
    (closed,) = survey("https://[half").closed

    assert "is not a web address" in closed.problem


def test_private_addresses_are_refused_by_default(site: Loopback) -> None:
    found = survey(site.root, private_addresses=False)

    assert site.asked == []
    assert found.ways == ()
    assert found.closed


def test_what_is_written_is_valid_by_our_own_settings(site: Loopback) -> None:
    site.says(
        "/", a_home('<link rel="alternate" type="application/rss+xml" href="/f.xml">', f"<main>{cards(*SLUGS)}</main>")
    )
    site.says("/f.xml", a_feed(site.root, *SLUGS))

    found = survey(site.root)
    told = tomllib.loads(found.toml)

    (outlet,) = [OutletTable.model_validate(table) for table in told["outlets"]]
    assert (outlet.id, outlet.name) == ("the-harbour-review", "The Harbour Review")
    assert {SourceTable.model_validate(table).outlet for table in told["sources"]} == {outlet.id}
    for one in found.ways:
        SourceTable.model_validate(tomllib.loads(one.toml)["sources"][0])


def test_a_name_from_outside_can_neither_end_a_string_nor_name_a_secret(site: Loopback) -> None:
    name = 'Quay" ]\n[web]\nsecret = "x ${SYNDICATE_SECRET} \\'
    head = f'<meta property="og:site_name" content="{name.replace(chr(34), "&quot;")}">'
    site.says("/", a_home(head + '<link rel="alternate" type="application/rss+xml" href="/f.xml">'))
    site.says("/f.xml", a_feed(site.root, *SLUGS))

    told = tomllib.loads(survey(site.root).toml)

    assert set(told) == {"outlets", "sources"}
    assert "${" not in told["outlets"][0]["name"]
