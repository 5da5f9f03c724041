"""How each kind of list is read, sound or damaged."""

from __future__ import annotations

import gzip
import json

import pytest

from syndicate.collect.entries import Document, Entry, Listing, ReadList, Unreadable
from syndicate.collect.sources import feed, listing, sitemap
from syndicate.domain.outlet import Recipe

URL = "https://quay.example/list"


def task(kind: str, body: str | bytes, recipe: Recipe | None = None, most: int = 100) -> ReadList:
    octets = body.encode() if isinstance(body, str) else body
    return ReadList(kind=kind, document=Document(url=URL, body=octets), recipe=recipe, most=most, now=1772452800.0)


def entries(result: Listing | Unreadable) -> tuple[Entry, ...]:
    assert isinstance(result, Listing), result
    return result.entries


def problem(result: Listing | Unreadable) -> str:
    assert isinstance(result, Unreadable)
    return result.problem


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Quay</title><language>en-GB</language><ttl>60</ttl>
<item><title>Salt &amp;amp; Sand</title><link>/salt?utm_source=feed</link><guid isPermaLink="false">tag:1</guid>
<pubDate>Monday, 2 February 2026</pubDate><dc:creator>Mara Quill</dc:creator><category>Ports</category>
<description>&lt;p&gt;Short &lt;b&gt;words&lt;/b&gt;.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>All the words of the piece, and there are more of them.</p>]]></content:encoded></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Kai</title>
<entry><title type="html">&lt;i&gt;Salz&lt;/i&gt;</title><link rel="alternate" href="https://quay.example/salz"/>
<id>urn:1</id><published>2026-02-02T10:00:00+01:00</published><updated>2026-02-03T10:00:00Z</updated>
<author><name>Mara Quill</name></author><author><name>Otto Reed</name></author>
<category term="ports" label="Häfen"/><summary>Kurz.</summary></entry></feed>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay",
        "language": "fr",
        "items": [
            {
                "id": "1",
                "url": "https://quay.example/sel",
                "title": "Sel",
                "content_html": "<p>Du sel.</p>",
                "date_published": "2026-02-02T09:00:00Z",
                "authors": [{"name": "Mara Quill"}],
                "tags": ["ports"],
            }
        ],
    }
)

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://quay.example/"><title>Quay</title></channel>
<item rdf:about="https://quay.example/1"><title>Salt</title><link>https://quay.example/1</link>
<dc:date>2026-02-02T09:00:00Z</dc:date></item></rdf:RDF>"""


def test_rss_gives_every_field_and_the_raw_date() -> None:
    result = feed.parse(task("feed", RSS))
    (entry,) = entries(result)

    assert (entry.title, entry.link, entry.guid) == (
        "Salt & Sand",
        "https://quay.example/salt?utm_source=feed",
        "tag:1",
    )
    assert (entry.authors, entry.tags, entry.language) == (("Mara Quill",), ("Ports",), "en-GB")
    assert entry.published is not None
    assert entry.published.raw == "Monday, 2 February 2026"
    assert entry.summary.startswith("Short words")
    assert "more of them" in entry.html
    assert isinstance(result, Listing)
    assert result.pace.ttl == 3600


def test_atom_gives_both_dates_and_all_authors() -> None:
    (entry,) = entries(feed.parse(task("feed", ATOM)))

    assert (entry.title, entry.link, entry.language) == ("Salz", "https://quay.example/salz", "de")
    assert entry.authors[0] == "Mara Quill"
    assert entry.published is not None
    assert entry.updated is not None
    assert (entry.published.raw, entry.updated.raw) == ("2026-02-02T10:00:00+01:00", "2026-02-03T10:00:00Z")
    assert entry.tags == ("Häfen",)


def test_json_feed_is_a_feed() -> None:
    (entry,) = entries(feed.parse(task("feed", JSON)))

    assert (entry.title, entry.link, entry.guid, entry.language) == ("Sel", "https://quay.example/sel", "1", "fr")
    assert (entry.authors, entry.tags, entry.html) == (("Mara Quill",), ("ports",), "<p>Du sel.</p>")
    assert entry.published is not None
    assert entry.published.raw == "2026-02-02T09:00:00Z"


def test_rdf_is_a_feed() -> None:
    (entry,) = entries(feed.parse(task("feed", RDF)))

    assert (entry.title, entry.link) == ("Salt", "https://quay.example/1")


@pytest.mark.parametrize(
    "body",
    [
        "\n\n  " + RSS,
        "<br />\n<b>Warning</b>: something in line 3\n" + RSS,
        RSS + "<!-- cached --> junk",
        RSS.replace("&amp;amp;", "&"),
        RSS.replace("<title>Salt", "<title>\x0bSalt"),
        RSS[: RSS.index("</channel>")],
        RSS.replace('encoding="utf-8"', 'encoding="utf-16"'),
        RSS.encode("utf-8-sig"),
        gzip.compress(RSS.encode()),
    ],
)
def test_a_damaged_feed_still_gives_its_entry(body: str | bytes) -> None:
    (entry,) = entries(feed.parse(task("feed", body)))

    assert entry.link == "https://quay.example/salt?utm_source=feed"
    assert entry.title.startswith("Salt")


def test_a_feed_without_entries_is_a_feed() -> None:
    assert entries(feed.parse(task("feed", "<rss version='2.0'><channel><title>New</title></channel></rss>"))) == ()


def test_no_more_than_the_most_entries_are_taken() -> None:
    many = "".join(f"<item><title>{n}</title><link>https://quay.example/{n}</link></item>" for n in range(50))

    assert len(entries(feed.parse(task("feed", f"<rss><channel>{many}</channel></rss>", most=20)))) == 20


@pytest.mark.parametrize("body", ["http://127.0.0.1/feed", "/etc/passwd", "{}", "[1]", '{"items": 3}', "<html></html>"])
def test_what_is_no_feed_is_neither_opened_nor_fetched(body: str) -> None:
    assert "feed" in problem(feed.parse(task("feed", body)))


def test_an_address_as_guid_stands_in_for_a_link() -> None:
    body = "<rss><channel><item><title>x</title><guid>https://quay.example/x</guid></item></channel></rss>"

    assert [entry.link for entry in entries(feed.parse(task("feed", body)))] == ["https://quay.example/x"]


def test_a_news_sitemap_names_title_date_and_language() -> None:
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc> https://quay.example/salt </loc><n:news>"
        "<n:publication><n:language>en</n:language></n:publication>"
        "<n:publication_date>2026-02-02</n:publication_date><n:title>Salt &amp; Sand</n:title></n:news></url></urlset>"
    )

    (entry,) = entries(sitemap.parse(task("sitemap", body)))

    assert (entry.link, entry.title, entry.language) == ("https://quay.example/salt", "Salt & Sand", "en")
    assert entry.published is not None
    assert entry.published.raw == "2026-02-02"


def test_a_plain_sitemap_is_read_newest_first_and_its_dates_are_changes() -> None:
    urls = "".join(
        f"<url><loc>https://quay.example/{n}</loc><lastmod>{when}</lastmod></url>"
        for n, when in ((1, "2025-01-01"), (2, "2026-01-01"), (3, "nonsense"))
    )

    found = entries(sitemap.parse(task("sitemap", f"<urlset>{urls}</urlset>")))

    assert [entry.link[-1] for entry in found] == ["2", "1", "3"]
    assert [entry.published for entry in found] == [None, None, None]


def test_a_sitemap_index_goes_on_with_its_newest() -> None:
    parts = "".join(
        f"<sitemap><loc>https://quay.example/{year}.xml</loc><lastmod>{year}-01-01</lastmod></sitemap>"
        for year in (2024, 2026, 2025)
    )
    result = sitemap.parse(task("sitemap", f"<sitemapindex>{parts}</sitemapindex>"))

    assert isinstance(result, Listing)
    assert [address[-8:-4] for address in result.more] == ["2026", "2025", "2024"]


def test_a_feed_is_no_sitemap() -> None:
    assert "is not a sitemap" in problem(sitemap.parse(task("sitemap", RSS)))


CARDS = """<html><body><div class="c"><a href="/salt"><h3>Salt</h3></a><time datetime="2026-02-02">2 Feb</time>
<p class="w">By: Mara Quill and Otto Reed</p><p class="k"><b>Type:</b> Report</p>
<ul><li class="t">Ports</li><li class="t">Tides</li></ul>
<p class="s">A summary.</p></div>
<div class="c"><h3>No link</h3></div><a rel="next" href="?page=2">More</a></body></html>"""
RECIPE = Recipe(
    card="div.c", title="h3", date="time", byline=".w", summary=".s", type=".k", topic=".t", next="a[rel=next]"
)


def test_a_recipe_reads_a_card() -> None:
    result = listing.parse(task("listing", CARDS, RECIPE))
    (entry,) = entries(result)

    assert (entry.link, entry.title, entry.summary) == ("https://quay.example/salt", "Salt", "A summary.")
    assert (entry.authors, entry.type, entry.topics) == (("Mara Quill", "Otto Reed"), "Report", ("Ports", "Tides"))
    assert entry.published is not None
    assert entry.published.raw == "2026-02-02"
    assert isinstance(result, Listing)
    assert result.more == ("https://quay.example/list?page=2",)


def test_a_broken_selector_is_named() -> None:
    assert "broken selector" in problem(listing.parse(task("listing", CARDS, Recipe(card="div[", title="h3"))))


def test_cards_without_links_are_named() -> None:
    assert "no link in any of them" in problem(
        listing.parse(task("listing", CARDS, Recipe(card="div.c", title="h3", link="em")))
    )


@pytest.mark.parametrize("half", ["&#xD800;", "&#55296;", "&#x00dfFF;"])
def test_half_a_pair_of_surrogates_is_no_text_and_spoils_nothing(half: str) -> None:
    named = entries(feed.parse(task("feed", RSS.replace("Salt &amp;amp; Sand", f"Salt {half} Sand"))))
    mapped = sitemap.parse(task("sitemap", f"<urlset><url><loc>{half}https://quay.example/a</loc></url></urlset>"))

    assert named[0].title.startswith("Salt")
    assert isinstance(mapped, Listing | Unreadable)
    spaced = feed.parse(task("feed", RSS.replace('xmlns:dc="', f'xmlns:x="{half}" xmlns:dc="')))
    assert entries(spaced)[0].guid == "tag:1"
