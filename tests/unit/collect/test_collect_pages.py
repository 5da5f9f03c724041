"""From a page to a reading, by general rules: pages of many shapes, none of them anybody's."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from syndicate.collect.entries import Document, Entry, ReadPiece
from syndicate.collect.page_figures import caption_and_credit
from syndicate.collect.piece import read_piece
from syndicate.domain.provenance import Kind, Provenance, original
from syndicate.domain.publication import Author, Reading
from syndicate.markup.page import Page

URL = "https://quay.example/2026/salt"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PROSE = (
    "The harbour office counts the crossings every evening, and in winter it also counts the ones that did not happen."
)
TEXT = "".join(f"<p>{PROSE} ({number})</p>" for number in range(4))


def own(page: Page, outlet: str) -> Provenance:
    return original(outlet)


def read(page: str, entry: Entry | None = None, *, flattened: bool = False, reader: object = own) -> Reading:
    document = Document(url=URL, body=page.encode(), flattened=flattened)
    task = ReadPiece(entry=entry or Entry(link=URL, place="feed entry"), outlet="The Quay", now=0.0, document=document)
    reading = read_piece(task, reader, NOON)  # type: ignore[arg-type]
    assert isinstance(reading, Reading)
    return reading


def article(inner: str, head: str = "", around: str = "{}") -> str:
    return f"<html lang=en><head>{head}</head><body>{around.format(f'<article>{inner}</article>')}</body></html>"


def test_json_ld_speaks_first() -> None:
    told = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "The Quay"},
            {"@type": "Person", "@id": "#mara", "name": "Mara Quill"},
            {
                "@type": ["OpinionNewsArticle"],
                "headline": "Salt &amp; Sand",
                "mainEntityOfPage": {"@id": URL},
                "datePublished": "2026-02-02T10:00:00+01:00",
                "dateModified": "2026-02-03",
                "author": [{"@id": "#mara"}, {"@type": "Person", "name": "Otto Reed"}],
                "articleSection": "Ports",
                "description": "What salt does.",
            },
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(told)}</script><meta property="og:title" content="Other">'

    reading = read(article(f"<h1>Visible</h1>{TEXT}", head))

    assert (reading.title, reading.type, reading.topics) == ("Salt & Sand", "Opinion", ("Ports",))
    assert reading.authors == (Author(name="Mara Quill"), Author(name="Otto Reed"))
    assert reading.published is not None
    assert reading.published.parsed == datetime(2026, 2, 2, 9, tzinfo=UTC)
    assert reading.updated is not None
    assert reading.summary == "What salt does."


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, '{"@graph": 3}', '{"@type": "Article", "author": 5, "headline": []}']
)
def test_broken_json_ld_is_as_good_as_none(script: str) -> None:
    reading = read(article(f"<h1>Salt</h1>{TEXT}", f'<script type="application/ld+json">{script}</script>'))

    assert (reading.title, reading.authors) == ("Salt", ())


def test_the_entry_speaks_before_what_is_only_visible() -> None:
    entry = Entry(
        link=URL, place="listing card", title="Card title", authors=("Mara Quill",), topics=("Ports",), type="Report"
    )

    reading = read(article(f"<p>Kicker</p><h1>Page title</h1><p>By Otto Reed</p>{TEXT}"), entry)

    assert (reading.title, reading.authors, reading.topics, reading.type) == (
        ("Card title", (Author(name="Mara Quill"),), ("Ports",), "Report")
    )


def test_what_a_reader_sees_is_enough() -> None:
    page = article(
        "<header><p>Ports</p><h1>Salt</h1><p>2 February 2026 | By Mara Quill</p><p>Type: Report</p></header>" + TEXT
    )

    reading = read(page)

    assert (reading.title, reading.type, reading.topics) == ("Salt", "Report", ("Ports",))
    assert reading.authors == (Author(name="Mara Quill"),)
    assert reading.published is not None
    assert reading.published.raw == "2 February 2026"
    assert reading.body_text.startswith("The harbour office counts")


def test_the_site_is_neither_author_nor_part_of_the_title() -> None:
    head = (
        '<title>Salt | The Quay Online</title><meta property="og:site_name" content="The Quay Online">'
        '<meta name="author" content="The Quay Online">'
    )

    reading = read(article(TEXT, head))

    assert (reading.title, reading.authors) == ("Salt", ())


def test_furniture_is_no_part_of_the_text() -> None:
    page = article(
        "<h1>Salt</h1><ul class='share-list'><li>Share this</li></ul>"
        + TEXT
        + "<div class='newsletter-box'><p>Sign up for our letter, it comes on Friday and costs nothing.</p></div>"
        "<div hidden><p>Nobody was ever meant to read this sentence, and so nobody does.</p></div>"
        "<div style='display:none'><p>Nor this one, which is as long as the other and as hidden.</p></div>"
        "<script>var x = 'no words';</script><p>Tags: salt, sand</p><p>Share this article</p>",
        around="<nav>Home News</nav><div class='with-sidebar'>{}</div><footer>All rights reserved</footer>",
    )

    assert read(page).body_text == "\n\n".join(f"{PROSE} ({number})" for number in range(4))


def test_words_between_blocks_are_paragraphs() -> None:
    reading = read(article(f"<h1>Salt</h1><div>{PROSE}<div>{PROSE} 2</div>{PROSE} 3</div><br>{PROSE} 4"))

    assert reading.body_text.count("\n\n") >= 3


def test_a_short_first_sentence_is_text() -> None:
    page = article(f"<h1>Salt</h1><p>2 February 2026</p><p>By Mara Quill</p><p>It rained all night.</p>{TEXT}")

    assert read(page).body_text.startswith("It rained all night.\n\nThe harbour")


def test_a_text_of_short_lines_only_is_kept() -> None:
    page = article("<p>Poems</p><h1>Salt</h1><p>By Mara Quill</p><p>The tide</p><p>was late</p><p>again</p>")

    assert read(page).body_text == "The tide\n\nwas late\n\nagain"


def test_the_note_on_an_author_is_a_field() -> None:
    page = article(
        f"<h1>Salt</h1><p>By Mara Quill and Otto Reed</p>{TEXT}"
        "<p><em>Mara Quill</em> is a fellow at the Tidal School.</p><p>Otto Reed, a sailor, teaches knots.</p>"
    )

    reading = read(page)

    assert reading.authors == (
        Author(name="Mara Quill", bio="Mara Quill is a fellow at the Tidal School."),
        Author(name="Otto Reed", bio="Otto Reed, a sailor, teaches knots."),
    )
    assert "Tidal School" not in reading.body_text


def test_the_credit_is_provenance_and_not_text() -> None:
    sentence = "This article was first published by Lantern Quarterly."

    def borrowed(page: Page, outlet: str) -> Provenance:
        return Provenance(kind=Kind.REPUBLISHED, publisher="Lantern Quarterly", evidence=sentence)

    reading = read(article(f"<h1>Salt</h1>{TEXT}<p><em>{sentence}</em></p>"), reader=borrowed)
    inside = read(article(f"<h1>Salt</h1>{TEXT}<p>{PROSE} {sentence} {PROSE}</p>"), reader=borrowed)

    assert sentence not in reading.body_text
    assert sentence in inside.body_text  # a sentence among others is left where it stands


def test_the_page_reader_sees_the_whole_page() -> None:
    seen: list[str] = []

    def looking(page: Page, outlet: str) -> Provenance:
        seen.append(str(page.root.text_content()))
        return original(outlet)

    read(article(f"<h1>Salt</h1>{TEXT}", around="<aside>In an aside</aside>{}"), reader=looking)

    assert "In an aside" in seen[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Boats at dawn. (Mara Quill/The Quay)", ("Boats at dawn.", "Mara Quill/The Quay")),
        ("Boats (left) at dawn. (Photo by Mara Quill)", ("Boats (left) at dawn.", "Photo by Mara Quill")),
        ("Boats at dawn. Photo: Mara Quill", ("Boats at dawn.", "Mara Quill")),
        ("Boats at dawn | Credit: Mara Quill / AP", ("Boats at dawn", "Mara Quill / AP")),
        ("Boats at dawn (left to right)", ("Boats at dawn (left to right)", "")),
        ("", ("", "")),
    ],
)
def test_caption_and_credit_are_parted(text: str, parts: tuple[str, str]) -> None:
    assert caption_and_credit(text) == parts


def test_figures_have_absolute_addresses_and_pixels_are_none() -> None:
    page = article(
        f"<h1>Salt</h1>{TEXT}<figure>"
        "<img data-src='/boat.jpg' src='data:image/gif;base64,R0' srcset='/x 2x' alt='A boat'>"
        "<figcaption>Boats. (Mara Quill/The Quay)</figcaption></figure><img src='/pixel.gif' width=1 height=1>"
    )

    reading = read(page)

    assert [(f.src, f.alt, f.caption, f.credit) for f in reading.figures] == [
        ("https://quay.example/boat.jpg", "A boat", "Boats.", "Mara Quill/The Quay")
    ]
    assert "srcset" not in reading.body_html
    assert "pixel" not in reading.body_html
    assert "Boats." not in reading.body_text


def test_headings_below_the_title_are_kept_in_order() -> None:
    reading = read(article(f"<h1>Salt</h1>{TEXT}<h2>One</h2>{TEXT}<h5>Two</h5>{TEXT}"))

    assert reading.headings == ("One", "Two")
    assert "<h4>Two</h4>" in reading.body_html
    assert "Salt" not in reading.headings


@pytest.mark.parametrize(
    "section",
    [
        "<section class='related'><h2>Elsewhere</h2>{}</section>",
        "<div><h3>Related articles</h3>{}</div>",
        "<div><h3>Mehr zum Thema</h3>{}</div>",
        "<div><h3>À lire aussi</h3>{}</div>",
    ],
)
@pytest.mark.parametrize(
    "cards",
    [
        (
            "<article><h3><a href='/one'>The first one of two</a></h3></article>"
            "<article><h3><a href='/two'>The other</a></h3></article>"
        ),
        "<ul><li><a href='/one'>The first one of two</a></li><li><a href='/two'>The other</a></li></ul>",
        "<div><h4><a href='/one'>The first one of two</a></h4></div><div><a href='/two'><h4>The other</h4></a></div>",
    ],
)
def test_related_pieces_are_leads_and_no_text(section: str, cards: str) -> None:
    reading = read(article(f"<h1>Salt</h1>{TEXT}", around="<main>{}" + section.format(cards) + "</main>"))

    assert [(lead.title, lead.url) for lead in reading.related] == [
        ("The first one of two", "https://quay.example/one"),
        ("The other", "https://quay.example/two"),
    ]
    assert "The other" not in reading.body_text


def test_a_page_that_marks_no_article_is_read_all_the_same() -> None:
    page = f"<html><body><div><h1>Salt</h1>{TEXT * 3}</div><div>Menu</div></body></html>"

    reading = read(page)

    assert reading.title == "Salt"
    assert PROSE in reading.body_text


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("/2026/salt-and-sand", "https://quay.example/2026/salt-and-sand"),
        ("https://lantern.example/salt", "https://lantern.example/salt"),
        ("https://quay.example/", ""),
        ("javascript:x", ""),
    ],
)
def test_a_canonical_address_is_believed_unless_it_is_home(canonical: str, kept: str) -> None:
    assert read(article(TEXT, f"<link rel=canonical href='{canonical}'>")).canonical == kept


def test_dates_that_cannot_be_trusted_leave_their_words() -> None:
    reading = read(article(f"<h1>Salt</h1>{TEXT}", '<meta property="article:published_time" content="0001-01-01">'))

    assert reading.published is not None
    assert (reading.published.raw, reading.published.parsed) == ("0001-01-01", None)


def test_an_empty_page_is_still_a_reading() -> None:
    reading = read("", Entry(link=URL, place="feed entry", title="From the feed"))

    assert (reading.title, reading.body_text) == ("From the feed", "")


FLAT = f"""Salt and Sand
Monday, February 2, 2026
By: Mara Quill

{PROSE}

Boats at dawn. (Mara Quill/The Quay)
Boats at dawn. (Mara Quill/The Quay)

A Second Part

{PROSE}

Mara Quill is a fellow at the Tidal School.

Related Publications

The First One
The First One
Sunday, February 1, 2026
By: Otto Reed
Type: Report

View all publications
"""


def test_a_flattened_page_is_read_like_a_page() -> None:
    reading = read(FLAT, Entry(link="", guid="salt.txt", place="file name"), flattened=True)

    assert (reading.title, reading.headings) == ("Salt and Sand", ("A Second Part",))
    assert reading.authors == (Author(name="Mara Quill", bio="Mara Quill is a fellow at the Tidal School."),)
    assert [(figure.caption, figure.credit) for figure in reading.figures] == [
        ("Boats at dawn.", "Mara Quill/The Quay")
    ]
    assert [(lead.title, lead.authors, lead.type, lead.topics) for lead in reading.related] == [
        ("The First One", ("Otto Reed",), "Report", ())
    ]
    assert reading.body_text == f"{PROSE}\n\nA Second Part\n\n{PROSE}"
