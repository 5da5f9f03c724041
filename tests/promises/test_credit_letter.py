"""Promise 1, letters: a template that loses or hides a credit is refused by the seal, however it does so."""

from __future__ import annotations

from pathlib import Path

import pytest

from syndicate.domain.errors import SealRefused
from syndicate.domain.item import Item
from syndicate.domain.letter import SealedEdition
from syndicate.render.letters import LetterPress
from tests.unit.render.builders import DIGEST, SITE, a_title, an_edition, an_item, an_own_piece

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
CREDIT = '<p class="credit credit-{{ letter.direction }}">{{ item.credit.html }}</p>'
ITEMS = (an_item(1), a_title(2), an_own_piece(3))


def press(folder: Path, name: str, *changes: tuple[str, str]) -> LetterPress:
    """A press whose operator replaced one template by a copy with ``changes``."""
    text = (TEMPLATES / name).read_text("utf-8")
    for old, new in changes:
        assert old in text, f"{name} no longer holds {old!r}: this test would test nothing"
        text = text.replace(old, new)
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    return LetterPress(SITE, folder)


def seal(made: LetterPress, *items: Item) -> SealedEdition:
    chosen = items or ITEMS
    return made.seal(an_edition(*chosen), DIGEST, chosen)


def refused(made: LetterPress, *items: Item) -> str:
    with pytest.raises(SealRefused) as caught:
        seal(made, *items)
    return str(caught.value)


def test_the_letter_as_shipped_is_sealed() -> None:
    """Without this, every refusal below would prove nothing."""
    assert [segment.item for segment in seal(LetterPress(SITE)).segments] == [1, 2, 3]


@pytest.mark.parametrize("item", ITEMS, ids=["adapted excerpt", "title only", "own piece"])
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("letter/item.html.j2", CREDIT, ""),
        ("letter/item.html.j2", "{{ item.credit.html }}", ""),
        ("letter/item.html.j2", "{{ item.credit.html }}", "{{ item.credit.text }}"),
        ("letter/item.html.j2", "{{ item.credit.html }}", '<a href="{{ item.credit.link }}">here</a>'),
        (
            "letter/item.html.j2",
            "{{ item.credit.html }}",
            '{{ item.credit.text }}<a href="{{ item.credit.link }}"></a>',
        ),
        ("letter/item.html.j2", '<p class="credit ', '<p class="aside '),
        ("letter/item.html.j2", ' id="item-{{ item.id }}"', ""),
        ("letter/item.html.j2", ' id="item-{{ item.id }}"', ' id="item-1"'),
        ("letter/item.txt.j2", "{{ item.credit.text | wrap(68) | indent(4, first=true) }}\n", ""),
        ("letter/item.txt.j2", "    {{ item.credit.link }}\n", ""),
        ("letter/item.txt.j2", "wrap(68) | indent(4, first=true)", "wrap(68)"),
        ("letter/item.txt.j2", "    {{ item.credit.link }}", "    {{ item.credit.link }}#elsewhere"),
    ],
)
def test_a_credit_taken_out_of_a_template_is_missed(tmp_path: Path, item: Item, name: str, old: str, new: str) -> None:
    """Each place a credit is written at, for each kind of item, by itself beside a whole one."""
    other = an_item(8)
    said = refused(press(tmp_path, name, (old, new)), item, other)

    assert f"item {item.id}" in said or "item 8" in said


STYLES = [
    "display:none",
    "visibility:hidden",
    "visibility:collapse",
    "opacity:0",
    "opacity:.01",
    "opacity:1%",
    "font-size:0",
    "font-size:1px",
    "font-size:0.05em",
    "font:italic 1px/2px serif",
    "line-height:0",
    "max-height:0",
    "height:0;overflow:hidden",
    "height:1px;overflow:hidden",
    "max-width:0;overflow:hidden",
    "width:1px;overflow:hidden",
    "clip:rect(0,0,0,0)",
    "clip-path:inset(100%)",
    "position:absolute;left:-9999px",
    "position:fixed;top:0",
    "position:relative;left:-2000px",
    "text-indent:-9999px",
    "text-indent:200em",
    "margin-left:-5000px",
    "margin:0 0 0 -5000px",
    "padding-left:2000px;overflow:hidden",
    "letter-spacing:-20px",
    "transform:scale(0)",
    "transform:translateX(-999px)",
    "filter:opacity(0)",
    "mso-hide:all",
    "content-visibility:hidden",
    "zoom:0.01",
    "color:#fdfcf9",
    "color:#FDFCF9",
    "color:rgb(253,252,249)",
    "color:white",
    "color:#eeeeee",
    "color:transparent",
    "color:rgba(0,0,0,0)",
    "-webkit-text-fill-color:transparent",
    "background-color:#4d4841",
    "background:#4d4841",
    "background-image:linear-gradient(#4d4841,#4d4841)",
]


@pytest.mark.parametrize("style", STYLES)
def test_a_credit_hidden_by_its_style_counts_as_absent(tmp_path: Path, style: str) -> None:
    """Written at the element itself; the links in it get the same, or their own colour would still be seen."""
    changes = (
        ('<p class="credit ', f'<p style="{style}" class="credit '),
        ("{{ item.credit.html }}", f'{{{{ item.credit.html | replace("<a ", "<a style=\'{style}\' ") }}}}'),
    )

    assert "credit" in refused(press(tmp_path, "letter/item.html.j2", *changes))


@pytest.mark.parametrize("style", [style for style in STYLES if "olor" not in style and "background" not in style])
@pytest.mark.parametrize("place", ["", "@media (max-width: 600px)", "@media (prefers-color-scheme: dark)"])
def test_a_credit_hidden_by_a_rule_counts_as_absent(tmp_path: Path, style: str, place: str) -> None:
    """Also where the rule holds on small screens or in the dark only."""
    important = "; ".join(f"{part} !important" for part in style.split(";")) if place else style
    rule = f".credit {{ {important} }}"
    made = press(
        tmp_path,
        "letter/letter.css.j2",
        ("{# Outlook's apps", f"{place} {{ {rule} }}\n{{#" if place else f"{rule}\n{{#"),
    )

    assert "credit" in refused(made)


@pytest.mark.parametrize(
    "rule",
    [
        ".credit { color: #1f2124 !important } .credit a { color: #1f2124 !important }",
        ".sheet { background-color: #c9c2b7 !important } .credit a { color: #c9c2b7 !important }",
        "td p.credit:first-of-type { display: none !important }",
        ".item + .item .credit { display: none !important }",
        "[data-ogsc] .credit { display: none !important }",
        "p[class~=credit] { display: none !important }",
        ".nowhere, .credit { opacity: 0 !important }",
        "@media print { .item { display: none !important } }",
    ],
)
def test_a_credit_lost_in_the_dark_counts_as_absent(tmp_path: Path, rule: str) -> None:
    """Colours are compared with the ground they stand on under each condition; selectors may be roundabout."""
    made = press(tmp_path, "letter/letter.css.j2", ('{{ dark("") }}\n', f'{{{{ dark("") }}}}\n{rule}\n'))

    assert "credit" in refused(made)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CREDIT, f"<!-- {CREDIT} -->"),
        (CREDIT, f"<!--[if mso]>{CREDIT}<![endif]-->"),
        (CREDIT, f"<template>{CREDIT}</template>"),
        (CREDIT, f"<noscript>{CREDIT}</noscript>"),
        (CREDIT, f"<details>{CREDIT}</details>"),
        (CREDIT, f"<textarea>{CREDIT}</textarea>"),
        (CREDIT, f"<svg>{CREDIT}</svg>"),
        (CREDIT, f'<div hidden="">{CREDIT}</div>'),
        (CREDIT, f'<div aria-hidden="true">{CREDIT}</div>'),
        (CREDIT, f'<div style="display:none">{CREDIT}</div>'),
        (CREDIT, f'<table><tr><td height="0">{CREDIT}</td></tr></table>'),
        (
            CREDIT,
            f'<div style="color:#fdfcf9">{CREDIT}</div>'.replace(
                'class="credit ', 'style="color:inherit" class="credit '
            ),
        ),
        (CREDIT, f'<table><tr><td bgcolor="#4d4841">{CREDIT}</td></tr></table>'),
        ("{{ item.credit.html }}", '<font color="#fdfcf9">{{ item.credit.html }}</font>'),
        ('<p class="credit ', '<p hidden class="credit '),
        ('<p class="credit ', '<p aria-hidden=true class="credit '),
        ('class="item" ', 'class="item" style="display:none" '),
        ('class="item" ', 'class="item" style="max-height:0" '),
        (
            '<td class="item-inside">',
            '<td class="item-inside" style="font-size:1px"><style>.credit{display:none}</style>',
        ),
        (
            "{% if item.kicker %}",
            '<p class="credit" style="display:none">{{ item.credit.html }}</p>{% if item.kicker %}',
        ),
    ],
)
def test_a_credit_hidden_by_mark_up_counts_as_absent(tmp_path: Path, old: str, new: str) -> None:
    """By comment, attribute, element, or an ancestor's style. The last case adds a hidden twin and drops the real."""
    changes = [(old, new)]
    if "item.kicker" in old:
        changes.insert(0, (CREDIT, ""))
    refused(press(tmp_path, "letter/item.html.j2", *changes))


def test_a_credit_in_another_items_box_does_not_count(tmp_path: Path) -> None:
    """Credits gathered at the end of the letter are not in their own boxes."""
    made = press(tmp_path, "letter/item.html.j2", (CREDIT, ""), ("</table>\n", f"</table>\n{CREDIT}\n"))

    assert "item 1: the credit to Inland Review" in refused(made)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("letter/letter.html.j2", 'href="{{ leave }}"', 'href="#"'),
        ("letter/letter.html.j2", 'href="{{ leave }}">', 'href="{{ leave }}" style="display:none">'),
        ("letter/letter.html.j2", 'href="{{ leave }}">', 'href="{{ leave }}">{{ leave }} '),
        ("letter/letter.html.j2", "address=address", 'address="you"'),
        ("letter/letter.html.j2", "{{ letter.postal_address }}", ""),
        ("letter/letter.html.j2", "{{ letter.postal_address }}", "<!-- {{ letter.postal_address }} -->"),
        ("letter/letter.html.j2", "{{ items }}", ""),
        ("letter/letter.html.j2", "{{ items }}", "{{ items }}{{ items }}"),
        ("letter/letter.html.j2", "{{ items }}", "{{ items }}<script>1</script>"),
        ("letter/letter.html.j2", "{{ items }}", '{{ items }}<img src="http://pixel.example/1.gif" alt="">'),
        ("letter/letter.html.j2", "{{ items }}", '{{ items }}<a href="javascript:void(0)">x</a>'),
        ("letter/letter.html.j2", "{{ items }}", '{{ items }}<p onclick="x()">x</p>'),
        ("letter/letter.html.j2", "{{ items }}", '{{ items }}<p style="background:url(https://pixel.example)">x</p>'),
        ("letter/shell.html.j2", "<!DOCTYPE html>", "<!doctype html>"),
        ("letter/shell.html.j2", "<style>", '<link rel="stylesheet" href="https://style.example/x.css"><style>'),
        ("letter/shell.html.j2", "<style>", "<style>@import url(https://style.example/x.css);"),
        ("letter/letter.txt.j2", "{{ leave }}", ""),
        ("letter/letter.txt.j2", "{{ leave }}", "Here: {{ leave }}"),
        ("letter/letter.txt.j2", "address=address", 'address="you"'),
        ("letter/letter.txt.j2", "{{ letter.postal_address | wrap(72) }}", ""),
        ("letter/letter.txt.j2", '{{ "-- " }}', ""),
        ("letter/letter.txt.j2", "{{ items }}", ""),
        ("letter/letter.txt.j2", "{{ items }}", '{{ "-- " }}\n{{ items }}'),
    ],
)
def test_what_a_letter_owes_its_reader_cannot_be_taken_out(tmp_path: Path, name: str, old: str, new: str) -> None:
    """The way out, who writes, and that nothing runs, loads or is counted twice."""
    refused(press(tmp_path, name, (old, new)))


def test_all_findings_are_reported_at_once(tmp_path: Path) -> None:
    """An operator mends a template once, not once per fault."""
    said = refused(press(tmp_path, "letter/item.html.j2", (CREDIT, "")))

    assert [f"item {number}: the credit" in said for number in (1, 2, 3)] == [True, True, True]
    assert said.startswith("edition 9 (en) is not sealed: ")
