"""Reading a whole page: where attribution is looked for, which links count, and what weighs more than what."""

from __future__ import annotations

import pytest

from syndicate.credit.detect import read_page
from syndicate.domain.provenance import Kind, Provenance, UrlKind, Verdict
from syndicate.markup.page import parse_page

HERE = "https://harbour.example.net/2026/islands"
SAID = "This is an adapted excerpt from an article originally published by Lantern Quarterly."
FILLER = "<p>" + "The ferry to the outer islands used to leave when the tide allowed it. " * 6 + "</p>"


def read(body: str, head: str = "", url: str = HERE) -> Provenance:
    page = parse_page(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", url)
    return read_page(page, "The Harbour Review")


def article(inner: str) -> str:
    return f"<main><article><h1>The Islands</h1>{FILLER}{inner}{FILLER}</article></main>"


def test_a_page_that_says_nothing_is_its_outlets_own() -> None:
    found = read(article(""))

    assert (found.kind, found.publisher, found.evidence) == (Kind.ORIGINAL, "The Harbour Review", None)


@pytest.mark.parametrize(
    "place",
    [
        f"<p>{SAID}</p>",
        f"<p><em>{SAID}</em></p>",
        f"<aside>{SAID}</aside>",
        f"<header><div class='note'>{SAID}</div></header>",
        f"<div>{SAID}<br>Ada Fictive is a pilot.</div>",
        f"<footer><p>{SAID}</p></footer>",
        f"<blockquote><p>{SAID}</p></blockquote>",
        "<p>This is an adapted <i>excerpt</i> from an article\n  originally published by <b>Lantern Quarterly</b>.</p>",
    ],
)
def test_it_is_found_wherever_extraction_would_lose_it(place: str) -> None:
    found = read(article(place))

    assert (found.kind, found.publisher) == (Kind.ADAPTED_EXCERPT, "Lantern Quarterly")
    assert found.evidence == SAID


@pytest.mark.parametrize(
    "place",
    [
        f"<nav><p>{SAID}</p></nav>",
        f"<figure><img src='a.jpg'><figcaption>{SAID}</figcaption></figure>",
        f"<div class='comments'><p>{SAID}</p></div>",
        f"<section id='comments'><p>{SAID}</p>" + "<p>So it goes.</p>" * 20 + "</section>",
        f"<ul class='related'><li>{SAID}</li></ul>",
        f"<section><h2>Related pieces</h2><p>{SAID}</p></section>",
        f"<article><h3>Another piece</h3><p>{SAID}</p></article>",
        f"<p hidden>{SAID}</p>",
        f"<p style='display: none'>{SAID}</p>",
        f"<pre>{SAID}</pre>",
        f"<!-- {SAID} -->",
        f"<script>'{SAID}'</script>",
    ],
)
def test_what_is_not_the_articles_own_word_is_not_believed(place: str) -> None:
    assert read(article(place)).kind is Kind.ORIGINAL


def test_the_sites_footer_speaks_of_the_site() -> None:
    assert read(article("") + f"<footer><p>{SAID}</p></footer>").kind is Kind.ORIGINAL


def test_a_card_after_the_article_speaks_of_another_piece() -> None:
    cards = "".join(f"<article><h3>Piece {n}</h3><p>{SAID}</p></article>" for n in range(4))

    assert read(article("") + f"<section>{cards}</section>").kind is Kind.ORIGINAL


def test_a_heading_over_related_pieces_mutes_what_follows_until_the_next_heading() -> None:
    inner = f"<h2>Related pieces</h2><p>{SAID}</p><h2>A note</h2><p>This essay first appeared in Deep Water.</p>"

    assert read(article(inner)).publisher == "Deep Water"


def test_a_link_on_the_word_article_is_the_original() -> None:
    said = SAID.replace("article", "<a href='https://lantern.example.com/waiting'>article</a>")

    found = read(article(f"<p>{said}</p>"))

    assert (found.url, found.url_kind) == ("https://lantern.example.com/waiting", UrlKind.ARTICLE)


@pytest.mark.parametrize("href", ["https://lantern.example.com", "https://lantern.example.com/index.html"])
def test_a_link_to_a_home_page_is_marked_as_one(href: str) -> None:
    said = SAID.replace("Lantern Quarterly", f"<a href='{href}'>Lantern Quarterly</a>")

    found = read(article(f"<p>{said}</p>"))

    assert found.url_kind is UrlKind.HOME


def test_of_a_home_page_and_a_piece_the_piece_is_the_original() -> None:
    said = (
        "This article was originally published by <a href='https://lantern.example.com/'>Lantern Quarterly</a>. "
        "Read the <a href='https://lantern.example.com/2026/waiting'>original article</a>."
    )

    found = read(article(f"<p>{said}</p>"))

    assert (found.url, found.url_kind) == ("https://lantern.example.com/2026/waiting", UrlKind.ARTICLE)


@pytest.mark.parametrize(
    "said",
    [
        "<a href='/people/ada'>Ada Fictive</a> is a pilot. " + SAID,
        SAID.replace("article", "<a href='/tag/articles'>article</a>"),
        SAID.replace("article", "<a href='javascript:alert(1)'>article</a>"),
        SAID.replace("article", "<a href='#'>article</a>"),
        SAID + " It is shared under a <a href='https://creativecommons.org/licenses/by/4.0/'>licence</a>.",
    ],
)
def test_links_to_the_author_to_the_site_itself_and_to_a_licence_are_not_the_original(said: str) -> None:
    found = read(article(f"<p>{said}</p>"))

    assert (found.publisher, found.url) == ("Lantern Quarterly", None)


ELSEWHERE = (
    '<meta property="og:url" content="https://harbour.example.net/2026/islands">'
    '<link rel="canonical" href="https://www.lanternquarterly.example/2026/waiting">'
)


def test_a_canonical_address_on_another_site_is_a_claim() -> None:
    found = read(article(""), ELSEWHERE)

    assert (found.kind, found.publisher) == (Kind.REPUBLISHED, "lanternquarterly.example")
    assert (found.url, found.url_kind) == ("https://www.lanternquarterly.example/2026/waiting", UrlKind.ARTICLE)
    assert found.evidence is not None
    assert "canonical" in found.evidence


def test_a_canonical_address_on_the_same_site_is_none() -> None:
    head = '<link rel="canonical" href="https://www.harbour.example.net/2026/islands">'

    assert read(article(""), head).kind is Kind.ORIGINAL


def test_a_canonical_address_that_fits_the_sentence_gives_it_its_link() -> None:
    found = read(article(f"<p>{SAID}</p>"), ELSEWHERE)

    assert (found.kind, found.publisher) == (Kind.ADAPTED_EXCERPT, "Lantern Quarterly")
    assert (found.url_kind, found.verdict) == (UrlKind.ARTICLE, Verdict.ASSERTED)


def test_a_canonical_address_that_contradicts_the_sentence_makes_it_unsure() -> None:
    found = read(article("<p>This essay first appeared in Deep Water.</p>"), ELSEWHERE)

    assert (found.publisher, found.verdict) == ("Deep Water", Verdict.UNSURE)


def test_the_site_named_in_the_sentence_is_no_lineage() -> None:
    head = '<meta property="og:site_name" content="Harbour Online">'

    assert read(article("<p>This essay first appeared in Harbour Online.</p>"), head).kind is Kind.ORIGINAL
    assert read(article("<p>This essay first appeared at harbour.example.net.</p>")).kind is Kind.ORIGINAL


def test_a_dateline_opens_the_article_or_is_none() -> None:
    opening = "<article><h1>Port</h1><p>LISBON (AP) — The port reopened on Monday.</p></article>"
    later = article("<p>One.</p>" + FILLER * 4 + "<p>LISBON (AP) — The port reopened on Monday.</p>")

    assert read(opening).kind is Kind.WIRE
    assert read(later).kind is Kind.ORIGINAL


@pytest.mark.parametrize(
    "broken", ["", "<", "<p", "</td></table>", "\x00\x01", "<a href='//['>x</a>" + SAID, "<article>" * 400]
)
def test_broken_pages_are_read_without_a_fuss(broken: str) -> None:
    assert read(broken).publisher
