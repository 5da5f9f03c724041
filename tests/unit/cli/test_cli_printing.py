"""What strangers wrote is printed, never obeyed."""

from __future__ import annotations

import io
import json
import unicodedata
from contextlib import redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.cli import exit_code, printing
from syndicate.domain.errors import ConfigurationError, NotAllowed, NotFound, StoreOutdated, SyndicateError


@given(st.text())
def test_a_cell_is_one_line_without_control_characters(text: str) -> None:
    shown = printing.plain(text)

    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]


@given(value=st.recursive(st.text() | st.integers() | st.none(), st.lists, max_leaves=5))
def test_a_document_says_what_it_was_given_in_utf_8(value: object) -> None:
    octets = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(octets, encoding="ascii")):
        printing.document(value)
        written = octets.getvalue()

    assert json.loads(written) == value
    assert not [c for c in written.decode() if unicodedata.category(c) == "Cc" and c != "\n"]


def test_rows_stand_under_their_headings_when_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    printing.table(("id", "title"), [(1, "One"), (22, None)], nothing="nothing")

    assert capsys.readouterr().out == "id  title\n1   One\n22\n"


def test_no_rows_are_a_remark_and_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    printing.table(("id",), [], nothing="nothing yet")

    assert capsys.readouterr() == ("", "nothing yet\n")


def test_a_complaint_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    printing.complain("two\nlines\x1b[2J")

    assert capsys.readouterr().err == "syndicate: two lines[2J\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigurationError("a.toml", 1, "key", "is wrong"), 2),
        (NotFound("digest", "x"), 2),
        (NotFound("publication", "9"), 1),
        (NotAllowed("edition 1", "it was skipped"), 1),
        (StoreOutdated("a", "b"), 1),
    ],
)
def test_who_has_to_write_something_else_gets_2(error: SyndicateError, code: int) -> None:
    assert exit_code(error) == code
