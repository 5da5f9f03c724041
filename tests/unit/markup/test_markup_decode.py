"""Octets become the text that was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.markup.decode import decoded

WORDS = "Überfahrt für Åland"


@pytest.mark.parametrize("charset", ["", "utf-8", "iso-8859-1", "windows-1252", "nonsense", "utf-7", "utf-16"])
def test_utf8_is_utf8_whatever_the_header_says(charset: str) -> None:
    assert decoded(WORDS.encode(), charset) == WORDS


@pytest.mark.parametrize("charset", ["", "utf-8", "us-ascii", "latin1", "idna", "rot13"])
def test_what_is_no_utf8_is_windows_1252_where_nothing_better_is_known(charset: str) -> None:
    assert decoded(WORDS.encode("cp1252"), charset) == WORDS


@pytest.mark.parametrize("encoding", ["koi8-r", "windows-1251", "shift_jis", "gb18030", "iso-2022-jp", "euc-kr"])
def test_other_encodings_are_believed_by_header_and_by_declaration(encoding: str) -> None:
    words = {"koi8-r": "Остров", "windows-1251": "Остров", "euc-kr": "섬"}.get(encoding, "島の船")
    page = f'<meta charset="{encoding}"><p>{words}</p>'

    assert words in decoded(page.encode(encoding), encoding)
    assert words in decoded(page.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_wins(encoding: str) -> None:
    octets = WORDS.encode(encoding) if encoding != "utf-16-be" else b"\xfe\xff" + WORDS.encode(encoding)

    assert decoded(octets, "iso-8859-1") == WORDS


def test_a_few_spoiled_octets_do_not_spoil_the_rest() -> None:
    assert decoded((WORDS * 5).encode() + b"\xff") == WORDS * 5 + "\ufffd"


@given(st.binary(max_size=300), st.text(max_size=20))
def test_nothing_raises(octets: bytes, charset: str) -> None:
    assert isinstance(decoded(octets, charset), str)
