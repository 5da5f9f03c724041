"""What a feed says of itself, beside its entries: pace, authors, bases, doubtful dates."""

from __future__ import annotations

import json

import pytest

from syndicate.collect.entries import Entry, Listing
from syndicate.collect.feed_frame import frame_of
from syndicate.collect.sources import feed
from tests.unit.collect.test_collect_lists import task

URL = "https://quay.example/feeds/news"
ITEM = "<item><title>Salt</title><link>https://quay.example/salt</link></item>"


def rss(inside: str, more: str = "") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" {more}><channel><title>Quay</title>{inside}</channel></rss>'
    )


def read(body: str) -> Listing:
    listing = feed.parse(task("feed", body))
    assert isinstance(listing, Listing), listing
    return listing


def only(body: str) -> Entry:
    (entry,) = read(body).entries
    return entry


def test_the_pace_is_what_the_channel_asks_for() -> None:
    told = rss(
        "<ttl>90</ttl><sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
        "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>25</hour><hour>x</hour></skipHours>"
        "<skipDays><day>Sunday</day><day> monday </day><day>Someday</day></skipDays>" + ITEM
    )

    pace = read(told).pace

    assert (pace.ttl, pace.update_every) == (5400.0, 21_600.0)
    assert (pace.skip_hours, pace.skip_days) == (frozenset({0, 7}), frozenset({6, 0}))


@pytest.mark.parametrize("ttl", ["", "-1", "1e9", "٣", "99999999999", "1.5"])
def test_a_wish_that_is_no_number_is_none_and_none_is_longer_than_a_week(ttl: str) -> None:
    pace = frame_of(rss(f"<ttl>{ttl}</ttl>{ITEM}").encode(), URL).pace

    assert 0 <= pace.ttl <= 7 * 86_400
    assert frame_of(rss(f"<ttl>999999</ttl>{ITEM}").encode(), URL).pace.ttl == 7 * 86_400


def test_the_title_of_the_list_is_told() -> None:
    assert read(rss(ITEM)).title == "Quay"
    assert (
        read('<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">&lt;b&gt;Kai&lt;/b&gt;</title></feed>').title
        == "Kai"
    )


def test_every_author_is_named_where_the_parser_stops_at_the_first() -> None:
    creators = "<dc:creator>Mara Quill</dc:creator><dc:creator>Otto Reed</dc:creator>"
    item = ITEM.replace("</item>", f"{creators}</item>")
    people = [{"name": "Mara Quill"}, {"name": "Otto Reed"}]
    entry = {"id": "1", "url": "https://quay.example/1", "title": "x", "authors": people}

    assert only(rss(item)).authors == ("Mara Quill", "Otto Reed")
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [entry]})
    assert only(body).authors == ("Mara Quill", "Otto Reed")


def test_links_are_relative_to_what_the_document_calls_its_base() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://old.example/a/"><entry xml:base="b/">'
        '<title>x</title><id>1</id><link href="c"/><content type="html" xml:base="d/">&lt;a href="e"&gt;f&lt;/a&gt; '
        '&lt;img src="/g.png"&gt;</content></entry></feed>'
    )

    entry = only(atom)

    assert entry.link.startswith("https://old.example/a/b/")
    assert 'href="https://old.example/a/b/d/e"' in entry.html
    assert 'src="https://old.example/g.png"' in entry.html


def test_a_guid_that_is_no_permalink_is_no_link() -> None:
    guid = "<item><title>x</title><guid{}>https://quay.example/?p=1</guid></item>"

    assert only(rss(guid.format(""))).link == "https://quay.example/?p=1"
    assert only(rss(guid.format(' isPermaLink="false"'))).link == ""
    assert only(rss(guid.format(' isPermaLink="false"'))).guid == "https://quay.example/?p=1"


def test_a_title_in_mark_up_is_read_where_the_parser_finds_none() -> None:
    xhtml = '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <i>salt</i> tax</div></title>'
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{xhtml}<id>1</id><link href="https://a.example/1"/></entry></feed>'

    assert only(body).title == "The salt tax"


def test_plain_text_is_no_mark_up() -> None:
    entry = {"id": "1", "url": "https://quay.example/1", "content_text": "5 < 6 & so on.\n\nMore."}
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [entry]})

    assert only(body).html == "<p>5 &lt; 6 &amp; so on.</p><p>More.</p>"


def test_one_date_for_all_entries_is_doubted_and_kept() -> None:
    dated = ITEM.replace("</item>", "<pubDate>Sun, 01 Mar 2026 09:00:00 GMT</pubDate></item>")
    five, four = read(rss(dated * 5)).entries, read(rss(dated * 4)).entries

    assert {entry.published.doubt for entry in five if entry.published} == {"the same for all 5 entries"}
    assert all(entry.published and entry.published.parsed for entry in five)
    assert {entry.published.doubt for entry in four if entry.published} == {""}


def test_a_feed_of_which_the_first_parser_sees_nothing_is_read_by_the_second() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
        "<channel><title>Quay</title></channel>" + ITEM * 3 + "</rdf:RDF>"
    )

    assert len(read(rdf).entries) == 3


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("<p>One <b>two</b></p><p>three</p>", "One two three"),
        ("un<b>broken</b> &amp; whole", "unbroken & whole"),
        ('<a title="a > b" href=x>c</a> d', "c d"),
        ("<script>x()</script>seen<style>y</style>", "seen"),
        ("5 < 6", "5 < 6"),
    ],
)
def test_a_summary_is_its_words(raw: str, words: str) -> None:
    assert feed.words_in(raw, URL) == words
