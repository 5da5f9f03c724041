"""A page is parsed whatever it holds; signs that no text may have are gone from words, names and values."""

from __future__ import annotations

import pytest

from syndicate.markup.page import parse_page, visible_text


@pytest.mark.parametrize(
    "page",
    [
        b'<p \x01class="a">Low water</p>',
        b'<p class="a\x0bb" \xef\xbf\xbe="c">Low water</p>',
        '<p title="a&#x1;b">Low &#x8;water</p>',
        b"\x00\x01<\x02p>Low water",
    ],
)
def test_signs_that_are_no_text_are_left_out(page: bytes | str) -> None:
    root = parse_page(page, "https://tides.example/").root

    assert visible_text(root) == "Low water"
    for element in root.iter():
        for name, value in element.attrib.items():
            assert f"{name}{value}".isprintable()
