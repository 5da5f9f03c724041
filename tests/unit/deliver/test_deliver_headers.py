"""Addresses, names and header lines."""

from __future__ import annotations

import pytest

from syndicate.deliver.headers import checked, display_name, one_line, postable, posted, quoted, unposted
from syndicate.domain.delivery import Entry, Fate, Submission
from syndicate.domain.letter import Letter, Recipient


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("reader@example.org", "reader@example.org"),
        ("Mixed.Case+tag@Example.ORG", "Mixed.Case+tag@Example.ORG"),
        ("reader@bücher.example", "reader@xn--bcher-kva.example"),
        ("пример@example.org", "пример@example.org"),
        ("", None),
        ("nobody", None),
        ("a@b@example.org", None),
        ("a@example.org, b@example.org", None),
        ("a@example.org> <b@example.org", None),
        ("a@example.org\r\nBcc: b@example.org", None),
        ("a\x00@example.org", None),
        ('"quoted local"@example.org', None),
        ("a@[127.0.0.1]", None),
        ("a@exa\u2028mple.org", None),
        ("a@b\u00fc..example", None),
        ("a\ud800@example.org", None),
    ],
)
def test_an_address_is_written_only_where_it_can_be_nothing_else(typed: str, written: str | None) -> None:
    assert postable(typed) == written


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Reader", "Reader"),
        ("  Reader \t One ", "Reader One"),
        ("Reader\r\nBcc: x@example.org", "Reader Bcc: x@example.org"),
        ("\u202egnp.exe", "gnp.exe"),
        ("قارئ", "قارئ"),
        ("\x00\x1b", ""),
        ("lone \ud800", "lone \ufffd"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_name_is_cleaned_and_never_refused(typed: str, shown: str) -> None:
    assert display_name(typed) == shown


def test_a_quoted_name_cannot_close_its_own_quotes() -> None:
    assert quoted('a" <b@example.org>, "c\\') == '"a\\" <b@example.org>, \\"c\\\\"'


def test_one_line_keeps_words_apart() -> None:
    assert one_line("two\u2028words\nhere") == "two words here"


@pytest.mark.parametrize(
    "line",
    [
        ("List-Id", "x\r\nBcc: y@example.org"),
        ("List-Id", "x\x00"),
        ("List-Id\r\nBcc", "y"),
        ("List Id", "x"),
        ("List-Id:", "x"),
        ("", "x"),
        ("To", "y@example.org"),
        ("content-type", "text/html"),
        ("Bcc", "y@example.org"),
    ],
)
def test_a_header_that_would_forge_is_a_bug_and_raises(line: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="header"):
        checked([line])


def test_who_cannot_be_written_to_is_left_out_and_named() -> None:
    """One broken row never costs the others their letter."""
    letter = Letter(sender="desk@example.org", reply_to="", subject="", html="", text="", headers=(), tag="")
    good = Recipient(subscriber=1, address="reader@bücher.example", name="", values={})
    bad = Recipient(subscriber=2, address="a@example.org\nBcc: b@example.org", name="", values={})
    submission = Submission(key="home/1/1/1", letter=letter, recipients=(good, bad))

    assert posted(submission) == ((good, "reader@xn--bcher-kva.example"),)
    assert unposted(submission) == (
        Entry(subscriber=2, fate=Fate.REJECTED, detail="the address cannot be written in a letter"),
    )
