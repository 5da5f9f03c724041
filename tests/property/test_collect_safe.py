"""Whatever mark-up comes in: what goes out is safe, stays what it is when cleaned again, and nothing raises."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from syndicate.collect.clean import safe_html, words_of
from syndicate.collect.entries import Document, Entry, Listing, ReadList, ReadPiece, Unreadable
from syndicate.collect.flattened import page_of_text
from syndicate.collect.piece import read_piece
from syndicate.collect.sources import feed, sitemap
from syndicate.domain.identity import keys_of
from syndicate.domain.provenance import Provenance, original
from syndicate.domain.publication import Reading
from syndicate.markup.page import Page, parse_page

URL = "https://quay.example/salt"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = st.text(alphabet="ab c.<>&\"'\u00e9\n", max_size=20)
TAGS = st.sampled_from(
    [
        *("p", "div", "span", "a", "img", "h1", "h2", "h5", "b", "i", "script", "style", "svg", "figure", "figcaption"),
        *("ul", "li", "table", "td", "article", "section", "form", "math", "iframe"),
    ]
)
NAMES = st.sampled_from(
    ["href", "src", "onclick", "style", "class", "id", "data-src", "width", "srcset", "hidden", "itemprop"]
)
VALUES = st.sampled_from(
    [
        "/x",
        "javascript:x()",
        "data:text/html,x",
        "#",
        "1",
        "related",
        "http://[",
        "//a.example/x",
        "https://a.example/x y",
        "articleBody",
    ]
)
ATTRIBUTES = st.lists(st.tuples(NAMES, VALUES), max_size=3)
PIECES = st.one_of(
    WORDS,
    st.tuples(TAGS, ATTRIBUTES).map(lambda t: f"<{t[0]} " + " ".join(f'{n}="{v}"' for n, v in t[1]) + ">"),
    TAGS.map(lambda tag: f"</{tag}>"),
)
MARKUP = st.lists(PIECES, max_size=25).map("".join)
OCTETS = st.binary(max_size=200) | MARKUP.map(str.encode)


def own(page: Page, outlet: str) -> Provenance:
    return original(outlet)


def cleaned(source: str) -> str:
    page = parse_page(source, URL)
    return safe_html(page, next(iter(page.root.iter("body")), page.root))


def words(safe: str) -> list[str]:
    return words_of(safe)[0].split()


@given(MARKUP)
@example("<figcaption ><<p ><article ><")
@settings(max_examples=150, deadline=None)
def test_cleaned_mark_up_is_safe_and_cleaning_it_again_loses_no_word(source: str) -> None:
    once = cleaned(source)

    for element in html.fromstring(f"<div>{once}</div>").iter():
        assert element.tag not in ("script", "style", "svg", "iframe", "form", "math")
        for name, value in element.attrib.items():
            assert name in ("href", "src", "width", "alt", "title"), name
            assert name not in ("href", "src") or value.startswith(("https://", "http://"))
    assert words(cleaned(once)) == words(once)


@given(OCTETS)
@settings(max_examples=100, deadline=None)
def test_any_page_gives_a_reading_with_a_title_and_keys(octets: bytes) -> None:
    task = ReadPiece(
        entry=Entry(link=URL, place="feed entry"), outlet="Quay", now=0.0, document=Document(url=URL, body=octets)
    )

    reading = read_piece(task, own, NOW)

    assert isinstance(reading, Reading | Unreadable)
    if isinstance(reading, Reading):
        assert reading.title
        assert keys_of(reading, "quay")


@given(OCTETS)
@settings(max_examples=100, deadline=None)
def test_any_list_gives_entries_or_one_line(octets: bytes) -> None:
    for kind, parse in (("feed", feed.parse), ("sitemap", sitemap.parse)):
        task = ReadList(kind=kind, document=Document(url=URL, body=octets), recipe=None, most=10, now=NOW.timestamp())

        read = parse(task)

        assert isinstance(read, Listing) or "\n" not in read.problem


@given(st.text(max_size=200))
def test_any_text_becomes_a_page_without_its_own_mark_up(text: str) -> None:
    page = parse_page(page_of_text(text, NOW), URL)

    assert {str(element.tag) for element in page.root.iter()} <= {
        *("html", "body", "main", "article", "section", "h1", "h2", "h3", "p", "figure", "figcaption")
    }


@given(st.text(max_size=40), st.integers(0, 0x110000))
def test_no_parsed_page_holds_what_no_tree_may_be_given(text: str, code: int) -> None:
    for raw in (f"<p title='&#{code};'>{text}&#{code};</p>", f"<p>{text}</p>".encode("utf-8", "replace")):
        copy = html.Element("p")
        for element in parse_page(raw, URL).root.iter():
            copy.text, copy.tail = element.text, element.tail
