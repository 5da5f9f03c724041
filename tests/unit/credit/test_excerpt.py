"""Excerpts: how much, cut where, and what of the source's mark-up survives."""

from __future__ import annotations

from typing import Any

import pytest

from syndicate.credit.editor import CreditEditor
from syndicate.domain.credit import Excerpt
from syndicate.domain.letter import TOKEN_MARK
from syndicate.domain.outlet import Terms, Use
from syndicate.domain.publication import Figure
from syndicate.testing.builders import a_publication, an_outlet, cleared


def excerpt(body: str = "", words: int = 0, terms: Terms | None = None, **changes: Any) -> Excerpt | None:
    made = {"body_html": body, "body_text": "", "summary": ""} | changes
    ready = cleared(a_publication(**made), an_outlet(terms=terms or Terms(words=1000)))
    return CreditEditor().excerpt(ready, words, "en")


def taken(body: str, words: int = 0, terms: Terms | None = None, **changes: Any) -> Excerpt:
    found = excerpt(body, words, terms, **changes)
    assert found is not None
    return found


def test_a_short_body_goes_out_whole() -> None:
    found = taken("<p>The tide turned.</p><p>Nobody owned a clock.</p>")

    assert found.html == "<p>The tide turned.</p><p>Nobody owned a clock.</p>"
    assert found.text == "The tide turned.\n\nNobody owned a clock."
    assert (found.words, found.whole) == (7, True)
    assert found.credit.text == "Originally published by The Harbour Review."


def test_it_is_cut_at_the_end_of_a_sentence_where_one_is_near() -> None:
    found = taken("<p>The tide turned at noon. The ferry left without its captain, again.</p>", words=6)

    assert found.text == "The tide turned at noon."
    assert (found.words, found.whole) == (5, False)
    assert found.credit.text.startswith("Excerpt of")


def test_it_is_cut_at_a_word_where_no_sentence_ends_near() -> None:
    found = taken("<p>The ferry to the outer islands left without its captain, again.</p>", words=6)

    assert found.text == "The ferry to the outer …"
    assert found.html == "<p>The ferry to the outer …</p>"
    assert found.words == 6


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    found = taken("<p>We were met on the quay by Dr. Fictive, who had waited for an hour.</p>", words=9)

    assert found.text == "We were met on the quay by Dr. …"


def test_the_terms_bound_the_words_whatever_is_asked_for() -> None:
    found = taken("<p>" + "word " * 50 + "</p>", words=40, terms=Terms(words=10))

    assert found.words <= 10
    assert len(found.text.split()) <= 10


def test_without_a_wish_the_terms_decide() -> None:
    assert taken("<p>" + "word " * 50 + "</p>", words=0, terms=Terms(words=10)).words == 10


def test_full_terms_let_the_whole_body_out_with_its_headings() -> None:
    found = taken("<h2>One</h2><p>" + "word " * 500 + "</p>", terms=Terms(use=Use.FULL, words=10))

    assert found.whole
    assert found.words == 501
    assert "<h2>One</h2>" in found.html


def test_full_terms_still_heed_a_digests_own_limit() -> None:
    assert taken("<p>" + "word " * 500 + "</p>", words=20, terms=Terms(use=Use.FULL)).words == 20


@pytest.mark.parametrize("terms", [Terms(use=Use.TITLE), Terms(words=0)])
def test_terms_that_grant_no_text_give_no_excerpt(terms: Terms) -> None:
    assert excerpt("<p>The tide turned.</p>", terms=terms) is None


def test_the_summary_stands_in_for_a_missing_body_and_is_never_the_whole() -> None:
    found = taken("", summary="What a timetable says.")

    assert (found.text, found.whole) == ("What a timetable says.", False)


def test_the_plain_body_stands_in_for_one_without_mark_up() -> None:
    assert taken("", body_text="One.\n\nTwo.").html == "<p>One.</p><p>Two.</p>"


def test_nothing_to_show_gives_no_excerpt() -> None:
    assert excerpt("<p> </p><script>x</script>") is None


def test_headings_and_pictures_stay_out_of_an_excerpt() -> None:
    found = taken(
        "<h2>One</h2><p>Text.</p><img src='https://a.example/x.jpg' alt='x'><figure><figcaption>C</figcaption></figure>"
    )

    assert found.html == "<p>Text.</p>"


def test_a_granted_picture_goes_out_with_its_own_credit() -> None:
    src = "https://harbour.example.net/ferry.jpg"
    found = taken(
        f"<p>Text.</p><img src='{src}' alt='A &quot;ferry&quot;'>",
        terms=Terms(use=Use.FULL, images=True),
        figures=(Figure(src=src, credit="Photo: A. Fictive"),),
    )

    assert f'<img src="{src}" alt="A &quot;ferry&quot;">' in found.html
    assert "<em>Photo: A. Fictive</em>" in found.html
    assert "Photo" not in found.text


def test_lists_quotes_and_emphasis_are_kept() -> None:
    body = "<ul><li>One <b>bold</b></li><li><p>Two</p></li></ul><blockquote><p>Said <i>so</i>.</p></blockquote>"

    assert taken(body).html == (
        "<ul><li>One <strong>bold</strong></li><li>Two</li></ul><blockquote><p>Said <em>so</em>.</p></blockquote>"
    )


def test_a_cut_closes_what_it_opened() -> None:
    found = taken("<ul><li>One <b>two three four five six seven</b></li></ul>", words=4)

    assert found.html == "<ul><li>One <strong>two three</strong> …</li></ul>"


def test_links_are_absolute_and_safe_or_gone() -> None:
    body = "<p><a href='/map' onclick='x()'>map</a> <a href='javascript:x()'>bad</a></p>"

    assert taken(body).html == '<p><a href="https://harbour.example.net/map">map</a> bad</p>'


def test_footnote_marks_go_and_exponents_stay() -> None:
    assert (
        taken("<p>An area of 3 km<sup>2</sup> at sea.<sup><a href='#n1'>1</a></sup></p>").text
        == "An area of 3 km2 at sea."
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 260 + "deep" + "</div>" * 260,
        "<b><i><a href='https://a.example/'>open <p>and never closed",
        "deep</td></tr></table></body></html> and on",
        "<style>.credit{display:none}</style><p>deep</p>",
        "<p>deep<!-- <p>not this</p> --></p>",
        "<p style='position:fixed' class='x' id='credit'>deep</p>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; deep</p>",
        "<svg><foreignObject><p>not this</p></foreignObject></svg><p>deep</p>",
        "<p>de\u202eep &#x202e;deep\u2066</p>",
    ],
)
def test_hostile_bodies_come_out_safe(body: str) -> None:
    found = taken(body, body_text="deep")

    assert "deep" in found.text or "open" in found.text
    assert "<script" not in found.html
    assert "style" not in found.html
    assert "<!--" not in found.html
    assert "not this" not in found.text
    assert not set(found.html) & set("\u202e\u2066")


@pytest.mark.parametrize(
    "body",
    [
        "<p>a https://merge.invalid/xq-leave-qx b</p>",
        "<p>a <a href='https://merge.invalid/xq-leave-qx'>b</a></p>",
        "<p>xq-add<b>ress-qx</b></p><p>a</p>",
        "<p>a XQ-ADDxq-address-qxRESS-QX</p>",
        "<p>a xq-addr\u200bess-qx</p>",
    ],
)
def test_token_marks_of_letters_never_get_in(body: str) -> None:
    found = taken(body)

    for mark in TOKEN_MARK:
        assert mark not in found.html.lower()
        assert mark not in found.text.lower()


def test_two_characters_of_chinese_count_as_a_word() -> None:
    found = taken("<p>潮水在中午转向。没有人在港口拥有时钟，也没有人知道船何时离开。</p>", words=5)

    assert found.text == "潮水在中午转向。"
    assert found.words == 4


def test_a_word_without_end_does_not_outgrow_the_limit() -> None:
    assert excerpt("<p>" + "x" * 100_000 + "</p>", words=50) is None
