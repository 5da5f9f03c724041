"""premailer as wrapped: its known traps, each closed, and css-inline as a second opinion."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import css_inline
import cssutils
import pytest
from lxml import html

from syndicate.domain.errors import SealRefused
from syndicate.domain.letter import ADDRESS, LEAVE
from syndicate.render import inline as module
from syndicate.render.environment import environment
from syndicate.render.inline import inline
from syndicate.render.letters import LetterPress
from tests.unit.render.builders import DIGEST, SITE, a_title, an_edition, an_item, an_own_piece

SHEET = """
p { color: #102030 }
@media (max-width: 600px) { p { color: #405060 !important } }
[data-ogsc] p { color: #708090 !important }
"""


def page(body: str, sheet: str = SHEET) -> str:
    return f"<!DOCTYPE html>\n<html><head><style>{sheet}</style></head><body>{body}</body></html>"


def test_rules_become_attributes_and_the_sheet_stays() -> None:
    """What clients that read sheets need is kept, with its !important and its attribute selectors."""
    styled = inline(page("<p>x</p>"), "letter")

    assert 'style="color:#102030"' in styled
    assert "color: #405060 !important" in styled
    assert "[data-ogsc] p" in styled
    assert styled.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("depth", [100, 250, 260, 600])
def test_deep_nesting_loses_nothing_unseen(depth: int) -> None:
    """libxml2 drops what is nested deeper than about 253 levels; that must not pass in silence."""
    deep = page("<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>")

    try:
        styled = inline(deep, "letter")
    except SealRefused as refusal:
        assert depth > 200
        assert "nested too deep" in str(refusal)  # noqa: PT017 - either is right, and this says which
    else:
        assert "deep" in styled
        assert "after" in styled


def test_import_and_link_are_refused() -> None:
    for sheet in ("@import url(http://127.0.0.1/x.css);", "@IMPORT 'http://127.0.0.1/x.css';"):
        with pytest.raises(SealRefused):
            inline(page("<p>x</p>", sheet), "letter")
    with pytest.raises(SealRefused):
        inline(page('<link rel="stylesheet" href="http://127.0.0.1/x.css">'), "letter")


def test_the_css_parser_below_opens_no_connection() -> None:
    """The second lock: even a sheet that gets past the first one fetches nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        cssutils.parseString(f"@import url(http://127.0.0.1:{port}/x.css); p {{ color: red }}", validate=False)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_width_height_and_ground_stay_as_written() -> None:
    styled = inline(
        page(
            '<table width="600"><tr><td bgcolor="#010203" height="4">x</td></tr></table>',
            "td { width: 50%; background-color: #ffffff } table { width: 100% }",
        ),
        "letter",
    )

    cell, table = html.document_fromstring(styled).find(".//td"), html.document_fromstring(styled).find(".//table")
    assert cell is not None
    assert table is not None
    assert (cell.get("bgcolor"), cell.get("height"), cell.get("width"), table.get("width")) == (
        "#010203",
        "4",
        None,
        "600",
    )


@pytest.mark.parametrize(
    "sheet", ["", "p:hover { color: #000000 }", "@media screen { @media (max-width: 9px) { p { color: #000001 } } }"]
)
def test_odd_sheets_do_not_break_it(sheet: str) -> None:
    assert "<p" in inline(page("<p>x</p>", sheet), "letter")


def test_tokens_in_words_and_links_survive() -> None:
    styled = inline(page(f'<p>{ADDRESS} <a href="{LEAVE}">x</a></p>'), "letter")

    assert (styled.count(ADDRESS), styled.count(LEAVE)) == (1, 1)


def test_it_says_nothing_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    """The CSS parser logs unknown properties; a render neither prints nor depends on that."""
    inline(page("<p>x</p>", "p { mso-line-height-rule: exactly; frobnicate: 1; -webkit-thing: x }"), "letter")

    assert capfd.readouterr() == ("", "")


def test_threads_get_the_same_bytes() -> None:
    """One lock stands around premailer."""
    whole = page("<p>x</p>" * 20)
    barrier = threading.Barrier(4)

    def work(_: int) -> set[str]:
        barrier.wait()
        return {inline(whole, "letter") for _ in range(4)}

    with ThreadPoolExecutor(4) as pool:
        results = set().union(*pool.map(work, range(4)))
    assert len(results) == 1


def test_css_inline_agrees_on_words_and_links() -> None:
    """Another inliner, of another author and language, keeps the same words and links of our real letter."""
    shown = (an_item(1), a_title(2), an_own_piece(3))
    sealed = LetterPress(SITE).seal(an_edition(*shown), DIGEST, shown)
    ours = sealed.html([1, 2, 3])
    theirs = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False).inline(ours)

    assert module._words_and_links(theirs) == module._words_and_links(ours)


def test_templates_of_other_names_are_escaped_and_undefined_names_are_errors() -> None:
    made = environment(None)

    assert made.autoescape("letter/x.html.j2") is True  # type: ignore[operator]
    assert made.autoescape("letter/x.txt.j2") is False  # type: ignore[operator]
    assert made.autoescape(None) is True  # type: ignore[operator]
    with pytest.raises(Exception, match="is undefined"):
        made.from_string("{{ nothing }}").render()
