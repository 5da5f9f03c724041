"""Cutting, for every text: never over the limit, never inside a word, never unsafe, and the two twins say the same."""

from __future__ import annotations

import re
from html import unescape

import nh3
from hypothesis import given
from hypothesis import strategies as st

from syndicate.credit import cut, prose
from syndicate.credit.editor import CreditEditor
from syndicate.domain.letter import TOKEN_MARK
from syndicate.domain.outlet import Terms, Use
from syndicate.testing.builders import a_publication, an_outlet, cleared

SPACED = st.text("abcdeäéñßABC.!?,;:'’“”()-0123 \n", max_size=300)
ANY = st.text(max_size=300)
SCRIPTS = st.text("潮水在中午转向。、！ カタカナひらがな 한국어 العربية ไทย abc. ", max_size=300)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "<em>",
        "<a href='https://a.example/x'>",
        "</a>",
        "<ul>",
        "<li>",
        "</li>",
        "</ul>",
        "<blockquote>",
        "</blockquote>",
        "</td></table>",
        "<table><tr><td>",
        "<style>p{}</style>",
        "<!-- hidden -->",
        "<!--",
        "<script>x()</script>",
        "<h1>",
        "</h1>",
        "<br>",
        "<img src=x onerror=x()>",
        "<svg>",
        "</svg>",
        "<textarea>",
        "</body></html>",
        "&lt;b&gt;",
        "&amp;",
        "&#x202e;",
        "&#0;",
        "<a href='javascript:x()'>",
        "<p style='display:none'>",
        "\u202e",
        "\x00",
        "\x0b",
        *TOKEN_MARK,
        "xq-addxq-address-qxress-qx",
        "<sup><a>1</a></sup>",
        "<![CDATA[x]]>",
        "<?php x ?>",
        "<noscript>",
        "<p title='\"><script>'>",
    ]
)
HOSTILE = st.lists(st.one_of(TAGS, st.text("ab c.<>&\"'", max_size=12)), max_size=60).map("".join)
LIMITS = st.integers(min_value=1, max_value=40)
SAFE_TAGS = {"p", "em", "strong", "a", "blockquote", "ul", "ol", "li"}


def visible(markup: str) -> str:
    inline_gone = re.sub(r"</?(?:em|strong|a)\b[^>]*>", "", markup)
    return unescape(re.sub(r"<[^>]*>", " ", inline_gone))


@given(st.one_of(SPACED, ANY, SCRIPTS), LIMITS)
def test_a_cut_never_exceeds_the_limit(text: str, limit: int) -> None:
    shown = prose.text_of(cut.shorten(prose.plain(text), limit).kept)

    assert cut.count(shown) <= limit
    assert len(shown.split()) <= limit


@given(SPACED, LIMITS)
def test_a_cut_never_splits_a_word_and_never_makes_one_up(text: str, limit: int) -> None:
    given_words = prose.text_of(prose.plain(text)).split()
    shown = prose.text_of(cut.shorten(prose.plain(text), limit).kept).split()
    kept = shown[:-1] if shown and shown[-1] == cut.ELLIPSIS else shown

    assert kept == given_words[: len(kept)]


@given(SPACED, LIMITS)
def test_what_fits_is_left_whole_and_only_that(text: str, limit: int) -> None:
    source = prose.plain(text)
    done = cut.shorten(source, limit)

    assert done.whole == (cut.count(prose.text_of(source)) <= limit)
    if done.whole:
        assert done.kept == source


@given(SPACED, LIMITS)
def test_cutting_what_was_cut_changes_nothing(text: str, limit: int) -> None:
    once = cut.shorten(prose.plain(text), limit)

    assert cut.shorten(once.kept, limit).kept == once.kept


@given(st.one_of(HOSTILE, ANY), LIMITS)
def test_whatever_comes_in_safe_html_comes_out_and_says_what_the_text_says(body: str, limit: int) -> None:
    ready = cleared(a_publication(body_html=body, body_text="", summary=""), an_outlet(terms=Terms(words=100)))

    found = CreditEditor().excerpt(ready, limit, "en")

    if found is None:
        return
    assert nh3.clean(found.html, tags=SAFE_TAGS, attributes={"a": {"href"}}, link_rel=None) == found.html
    assert visible(found.html).split() == found.text.split()
    assert found.words <= limit
    assert not any(mark in part.lower() for mark in TOKEN_MARK for part in (found.html, found.text))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", found.html + found.text)


@given(HOSTILE)
def test_a_piece_in_full_is_as_safe_as_an_excerpt(body: str) -> None:
    terms = Terms(use=Use.FULL, images=True)
    ready = cleared(a_publication(body_html=body, body_text="x", summary=""), an_outlet(terms=terms))

    found = CreditEditor().excerpt(ready, 0, "en")

    assert found is not None
    tags = SAFE_TAGS | {"h2", "h3", "h4", "img"}
    attributes = {"a": {"href"}, "img": {"src", "alt"}}
    assert nh3.clean(found.html, tags=tags, attributes=attributes, link_rel=None) == found.html
    assert visible(found.html).split() == found.text.split()
