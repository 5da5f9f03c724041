"""Whatever a source sends, the three formats stay valid, say the same, and keep the credit."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime
from html import escape

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from syndicate.domain.credit import Credit, Excerpt
from syndicate.domain.feed import item_id
from syndicate.domain.item import Item
from syndicate.domain.publication import Author, Moment
from syndicate.render.feeds import FORMATS
from syndicate.render.feeds.text import one_line, safe_html, web_address, without_tags
from syndicate.testing.builders import a_borrowed_provenance, a_publication, a_site, an_outlet, cleared
from tests.unit.feeds.reading_back import complaints, links, read, strictly, words
from tests.unit.feeds.samples import a_state

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what feedparser warns of while it is imported is not ours
    import feedparser

HOSTILE = st.sampled_from(
    ["<b>", "</p>", "<!--", "-->", "]]>", "<![CDATA[", "&amp;", "&#1;", "<script>x</script>", '"', "'", "<", ">", "&",
     "\x00", "\x0b", "\x85", "\ud800", "\ufffe", "\u202e", "\u2028", "javascript:x", "<?xml?>", "<img src=x onerror=y>",
     "<a href='/r'>", "<div style='display:none'>", "<title>", "<textarea>", "<plaintext>", "{{ x }}", "\U0001f680"]
)  # fmt: skip
TEXT = st.lists(st.one_of(HOSTILE, st.text(st.characters(), max_size=12)), max_size=8).map(" ".join)
NAME = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)
ADDRESS = st.one_of(
    st.sampled_from(["https://lantern.example.com/a?b=c&d=%20#e", "https://bücher.example/ä ö", "http://[::1]/x"]),
    TEXT.map("https://lantern.example.com/".__add__),
    TEXT,
)
WHEN = st.datetimes(timezones=st.just(UTC))


@st.composite
def an_item(draw: st.DrawFn, number: int) -> Item:
    """An item whose every word came from somebody who means harm; the credit is worded as the credit room words it."""
    ruling = cleared(
        a_publication(
            id=number,
            title=draw(TEXT),
            url=draw(ADDRESS),
            canonical=draw(ADDRESS),
            authors=tuple(Author(name=draw(TEXT)) for _ in range(draw(st.integers(0, 2)))),
            topics=tuple(draw(st.lists(TEXT, max_size=3))),
            language=draw(st.one_of(st.sampled_from(["", "en", "pt-BR", "zh-Hant-HK"]), TEXT)),
            published=Moment(raw="", parsed=draw(st.one_of(st.none(), WHEN))),
            provenance=a_borrowed_provenance(url=draw(ADDRESS), permission=draw(st.one_of(st.none(), ADDRESS))),
        ),
        an_outlet(name=draw(st.one_of(NAME, TEXT)), url=draw(ADDRESS)),
    )
    publisher, link = draw(NAME), draw(st.one_of(st.none(), st.just("https://lantern.example.com/original")))
    text = f"Originally published by {publisher}."
    marked = text.replace(publisher, f'<a href="{escape(link)}">{publisher}</a>') if link else text
    credit = Credit(text=text, html=marked, publisher=publisher, link=link)
    excerpt = Excerpt(
        provenance=ruling.publication.provenance,
        credit=credit,
        text=draw(TEXT),
        html=f"<p>{draw(TEXT)}</p>",
        words=1,
        whole=False,
    )
    page = a_site().link(f"/publications/{number}")
    return Item(cleared=ruling, credit=credit, excerpt=draw(st.sampled_from([excerpt, None])), page=page)


STATES = st.integers(0, 3).flatmap(lambda n: st.tuples(*(an_item(number) for number in range(1, n + 1))))


@given(STATES)
def test_every_format_is_valid_and_holds_every_item(items: tuple[Item, ...]) -> None:
    state = a_state(*items)

    for ending, render in FORMATS.items():
        body = render(state).body
        assert complaints(ending, body) == []
        ids = {item_id(state, item.cleared.publication) for item in items}
        assert {entry.id for entry in read(ending, body)} == ids


@given(STATES)
def test_the_three_formats_say_the_same(items: tuple[Item, ...]) -> None:
    rss, atom, feed = (read(ending, render(a_state(*items)).body) for ending, render in FORMATS.items())

    assert rss == atom
    assert atom == feed


@given(STATES)
def test_the_credit_survives_everything_around_it(items: tuple[Item, ...]) -> None:
    for ending, render in FORMATS.items():
        entries = {entry.id.rpartition("/")[2]: entry for entry in read(ending, render(a_state(*items)).body)}
        for item in items:
            entry = entries[str(item.id)]
            assert words(entry.content).endswith(item.credit.text)
            assert entry.summary.endswith(item.credit.text)
            assert entry.source[0] == item.credit.publisher
            if item.credit.link:
                assert item.credit.link in links(entry.content)
                assert entry.via[0] == item.credit.link


@given(STATES)
def test_a_reader_that_forgives_much_finds_the_same_entries(items: tuple[Item, ...]) -> None:
    """feedparser, which many readers are built on, sees no trouble and the same ids, links and credit."""
    for ending in ("rss", "atom"):
        body = FORMATS[ending](a_state(*items)).body
        found = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
        assert not found.bozo, found.get("bozo_exception")
        strict = read(ending, body)
        assert [(e.id, e.link) for e in found.entries] == [(e.id, e.page) for e in strict]
        for entry, wanted in zip(found.entries, strict, strict=True):
            assert words(entry.content[0].value) == words(wanted.content)
            assert {link.href for link in entry.links if link.rel == "via"} == set(wanted.via)


@given(TEXT)
def test_a_title_has_no_mark_up_and_one_line(text: str) -> None:
    title = without_tags(text)

    assert without_tags(title) == title
    assert "\n" not in title
    assert not any(tag in title for tag in ("<b>", "<script", "<img", "</p>"))
    strictly(f"<title>{escape(title)}</title>".encode())


@given(TEXT)
def test_html_made_safe_is_safe_already(text: str) -> None:
    safe = safe_html(text, pictures=True)

    assert safe_html(safe, pictures=True) == safe
    whole = html.fragment_fromstring(safe, create_parent="div")
    assert {element.tag for element in whole.iter()} <= {"div", "a", "b", "img", "p"}
    assert {name for element in whole.iter() for name in element.attrib} <= {"href", "src", "alt"}
    assert all(link.startswith(("http://", "https://", "mailto:")) for _, _, link, _ in whole.iterlinks())


@given(ADDRESS)
def test_an_address_is_absolute_ascii_or_nothing(url: str) -> None:
    address = web_address(url)

    assert web_address(address) == address
    assert not address or (address.isascii() and address.startswith(("https://", "http://")))
    assert one_line(address) == address


@given(st.datetimes(timezones=st.timezones()))
def test_no_date_breaks_a_feed(when: datetime) -> None:
    item = Item(
        cleared=cleared(a_publication(published=Moment(raw="", parsed=when))),
        credit=Credit(text="By us.", html="By us.", publisher="Us", link=None),
        excerpt=None,
        page=a_site().link("/publications/1"),
    )

    for ending, render in FORMATS.items():
        body = render(a_state(item)).body
        assert complaints(ending, body) == []
        assert read(ending, body)[0].published.year >= 1000
