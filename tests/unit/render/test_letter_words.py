"""Words, dates, wrapping, subject lines, links."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from syndicate.render.environment import longdate, wrap
from syndicate.render.fragments import credit_markup, excerpt_markup, plain, web_link
from syndicate.render.views import subject_line
from syndicate.render.words import direction, words_for


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 March 2026"),
        ("en-US", "2 March 2026"),
        ("de", "2. März 2026"),
        ("de-AT", "2. März 2026"),
        ("fr", "2 mars 2026"),
        ("", "2 March 2026"),
        ("nonsense-tag", "2 March 2026"),
    ],
)
def test_a_day_is_written_in_the_readers_language(language: str, said: str) -> None:
    assert longdate(datetime(2026, 3, 2, 23, 59, tzinfo=UTC), language) == said
    assert longdate(date(2026, 3, 2), language) == said


def test_words_fall_back_to_english() -> None:
    assert words_for("de-CH").read_on == "Den ganzen Text bei {outlet} lesen"
    assert words_for("pt-BR") == words_for("en")


def test_every_language_fills_the_same_blanks() -> None:
    """A translation that forgot a name in braces would lose what stands there."""

    def blanks(text: str) -> set[str]:
        return {part.partition("}")[0] for part in text.split("{")[1:]}

    english, german = words_for("en"), words_for("de")
    names = english.__slots__
    assert [blanks(getattr(german, name)) for name in names] == [blanks(getattr(english, name)) for name in names]


def test_direction() -> None:
    assert [direction(language) for language in ("ar", "he-IL", "fa", "de", "")] == ["rtl", "rtl", "rtl", "ltr", "ltr"]


def test_wrap_fills_paragraphs_and_breaks_no_link() -> None:
    link = "https://x.example/" + "a" * 90
    wrapped = wrap(f"  one two\tthree \n\n    {link} four-five\n", 12)

    assert wrapped == f"one two\nthree\n\n{link}\nfour-five"


@pytest.mark.parametrize(
    ("titles", "subject"),
    [
        (["One"], "One: Digest"),
        (["One", "Two"], "One, and 1 more: Digest"),
        (["One", "Two", "Three", "Four", "Five"], "One, and 4 more: Digest"),
        (["Who won?", "Two"], "Who won? And 1 more: Digest"),
    ],
)
def test_subject_lines(titles: list[str], subject: str) -> None:
    assert subject_line(titles, "Digest", words_for("en")) == subject


def test_a_long_subject_is_cut_between_words() -> None:
    subject = subject_line(["A title of words " * 30, "Two"], "Digest " * 40, words_for("en"))

    assert len(subject) <= 150
    assert "…, and 1 more: Digest" in subject


def test_plain_is_one_line_without_controls_or_turns() -> None:
    assert plain("a\r\nBcc: x\x00\u2028b\u202ec\u2066d\x1d") == "a Bcc: x bcd"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" https://x.example/a?b=c#d ", "https://x.example/a?b=c#d"),
        ("https://x.example/a b", "https://x.example/a%20b"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://x.example/%C3%BC", "https://x.example/%C3%BC"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//x.example/a", ""),
        ("/a", ""),
        ("https://", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_links_that_readers_can_open(given: str, kept: str) -> None:
    assert web_link(given) == kept
    assert web_link(kept) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>a <em>b</em></p>", "<p>a <em>b</em></p>"),
        ("<h2>a</h2><H1 class=x>b</H1>", "<h3>a</h3><h3>b</h3>"),
        ("</td></table><p>a", "<p>a</p>"),
        ("<style>.credit{display:none}</style>a", "a"),
        ("<!--item 3-->a<!--/item 3-->", "a"),
        ("<p style='position:fixed' class=credit id=item-1 hidden>a</p>", "<p>a</p>"),
        ("<a href='javascript:x()'>a</a>", "<a>a</a>"),
        ("<a href='java&#1;script:x()'>a</a>", "<a>a</a>"),
        ("<img src='https://pixel.example/1.gif'>a", "a"),
        ("a&#x202e;b&#x1d;c", "abc"),
        ("<svg><style><!--</style><p>a</p>-->", ""),
        ("<textarea><p>a</p>", ""),
        ("<p dir='rtl' lang='he'>a</p>", '<p dir="rtl" lang="he">a</p>'),
        ("<p dir='\"><b'>a</p>", "<p>a</p>"),
    ],
)
def test_excerpts_are_fit_for_their_box(given: str, kept: str) -> None:
    assert excerpt_markup(given, "text") == kept


def test_mark_up_nested_past_sense_gives_way_to_the_plain_text() -> None:
    deep = "<blockquote>" * 260 + "a" + "</blockquote>" * 260

    assert excerpt_markup(deep, "a < b\n\nc") == "<p>a &lt; b</p><p>c</p>"
    assert credit_markup("<em>" * 99 + "a", "by <x>") == "by &lt;x&gt;"
    assert excerpt_markup("<div>" * 260 + "a" + "</div>" * 260, "a") == "a"
