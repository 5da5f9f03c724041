"""The article's own text: where it begins and ends, its figures, the notes on its authors, what is credit and no text.

The page's own mark-up decides where it marks the article, else how its running text lies; trafilatura is asked only
where that finds next to nothing.
"""

# ruff: noqa: RUF001 - signs of all scripts and dashes of all lengths stand on pages

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from syndicate.collect.labels import label_alone
from syndicate.collect.page_bios import bios_in
from syndicate.collect.page_blocks import (
    HEADINGS,
    Block,
    begins_text,
    blocks_of,
    drop,
    is_prose,
    said_by,
    says_facts,
    vocabulary,
)
from syndicate.collect.page_figures import figures_of
from syndicate.collect.page_marks import Marks
from syndicate.collect.page_parts import Parts
from syndicate.collect.page_shape import shaped
from syndicate.collect.words import names_in, one_line, seems_a_person
from syndicate.domain.publication import Figure
from syndicate.markup.page import Page, parse_page

LEAST = 250
"""Characters of running text below which trafilatura is asked whether it finds more."""
_HOLDERS = frozenset(
    {"ul", "ol", "div", "section", "header", "footer", "blockquote", "aside", "address", "dl", "table"}
)
_LAST_BLOCKS = 12
_LONGEST_LINE = 200
_LONGEST_DEK = 300
_LONGEST_LINK = 60
_NOTE_MARGIN = 80
_REPEATED = 30
_FURNITURE_LINE = re.compile(
    r"^(?:share(?:\s+this)?|tags?|print(?:ed\s+from)?|e-?mail|read\s+more|view\s+all|subscribe|sign\s+up|follow\s+us|"
    r"download|back\s+to\s+top|facebook|twitter|linkedin|whatsapp|source\s+url|©|copyright|all\s+rights|teilen|drucken|"
    r"partager|imprimer|compartir|url\s*:|this\s+(?:work|article|text)\s+is\s+licen[sc]ed|continue\s+reading|advertisement)\b.{0,300}$|^©.{0,200}$",
    re.IGNORECASE,
)
_CLOSING_LINE = re.compile(r"^(?:©|\(c\)\s|copyright\s+(?:©|\(c\)|\d{4})).{0,200}$", re.IGNORECASE)
_LICENCE_LINE = re.compile(
    r"creative\s+commons|\bCC[\s-]BY\b|\blicen[sc]ed?\s+under\b|\blizenz\b|\blicence\s+creative", re.IGNORECASE
)
_NOTE_HEAD = re.compile(
    r"^\W{0,3}(?:editor['’s]*s?(?:['’]s?)?\s+note|note|anmerkung(?:\s+der\s+redaktion)?|note\s+de\s+la\s+rédaction|nota(?:\s+del\s+editor)?)\W{0,3}$",
    re.IGNORECASE,
)
_HEADED_NOTE = re.compile(
    r"^\W{0,3}(?:editor['’]?s['’]?\s+note|note|anmerkung(?:\s+der\s+redaktion)?|note\s+de\s+la\s+rédaction|ndlr|nota)\s*[:.–—-]\s*",
    re.IGNORECASE,
)
_DEK = vocabulary(r"(?:\w+-)?(?:sub-?title|dek|deck|stand-?first|strap-?line|tagline)(?:-\w+)?")
_FACE = vocabulary(r"avatar|head-?shot|author-?(?:image|photo|picture|profile-image)|profile-?(?:image|photo|picture)")
_DEED = "creativecommons.org/"
_SIGN = 120
_QUOTED = vocabulary(r"pull-?quote|quote|callout|highlight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text in an element that may be changed, and what was taken out of it."""

    element: html.HtmlElement
    rule: str
    figures: tuple[Figure, ...]
    bios: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Where the text is, the rule that found it, and what trafilatura said besides if it had to be asked."""

    element: html.HtmlElement
    rule: str
    guessed: Mapping[str, str] = field(default_factory=dict)


def text_of(page: Page, parts: Parts) -> Text:
    """The element with the text, as the page marks it or as its running text lies, else as trafilatura finds it."""
    rule = "marked article" if parts.semantic else "main part of the page"
    if parts.prose >= LEAST:
        return Text(element=parts.body, rule=rule)
    found, guessed = _extracted(page)
    if found is not None and sum(len(b.text) for b in blocks_of(found) if is_prose(b.text)) > parts.prose:
        return Text(element=found, rule="trafilatura", guessed=guessed)
    return Text(element=parts.body, rule=rule, guessed=guessed)


def body_of(page: Page, parts: Parts, text: Text, marks: Marks, authors: Sequence[str], note: str) -> Body:
    """The article's text without its head and foot. ``note`` is the sentence of credit, which is kept elsewhere.

    Changes the tree of ``parts``, so that everything else must have been read before.
    """
    element = text.element
    _take_note(element, note)
    _bring_hero(parts, element)
    _drop_faces(element, authors)
    figures = figures_of(page, element, marks)
    blocks = blocks_of(element)
    outside = (*parts.boxes, *_outside(parts, element))
    bios = bios_in([b for b in blocks if begins_text(b) or not b.framed], outside, authors)
    _cut_head(element, blocks, parts, (*authors, *bios.by_name))
    inside = set(element.iter())
    for block in bios.taken:
        if block.node in inside and block.node is not element:
            _remove(block.node)
    _cut_foot(element, (*authors, *bios.by_name))
    _drop_repeats(element)
    return Body(element=element, rule=text.rule, figures=figures, bios=bios.by_name)


def _extracted(page: Page) -> tuple[html.HtmlElement | None, dict[str, str]]:
    """What trafilatura makes of the page: its text, and title, author and date."""
    if len(str(page.root.text_content())) < LEAST:
        return None, {}
    import trafilatura  # noqa: PLC0415 - large, and not needed for pages whose text is found

    options: dict[str, Any] = {
        "include_comments": False,
        "include_formatting": True,
        "include_links": True,
        "include_images": True,
    }
    source = html.tostring(page.root, encoding="unicode")
    found: Any = trafilatura.extract(source, fast=True, output_format="html", with_metadata=False, **options)
    known: Any = trafilatura.extract_metadata(source)
    told = {key: getattr(known, key, None) or "" for key in ("title", "author", "date")} if known else {}
    if not found:
        return None, told
    root = parse_page(found, page.url).root
    shaped(root)
    return next(iter(root.iter("body")), root), told


def _outside(parts: Parts, element: html.HtmlElement) -> list[Block]:
    inside = set(element.iter())
    return [block for block in (*parts.below, *parts.above) if block.node not in inside]


def _bring_hero(parts: Parts, element: html.HtmlElement) -> None:
    """A figure that stands between the heading and the text belongs to the article, wherever its box is."""
    if element is not parts.body:
        return
    outer = next((box for box in element.iterancestors() if next(box.iter("h1"), None) is not None), None)
    if outer is None or next(element.iter("h1"), None) is not None:
        return
    inside, passed = set(element.iter()), False
    heroes = []
    for node in outer.iter():
        if node is element:
            break
        passed = passed or node.tag == "h1"
        if node.tag == "figure" and passed and node not in inside and _holds_picture(node):
            heroes.append(node)
    for hero in reversed(heroes[:3]):
        hero.tail = None
        element.insert(0, hero)


def _drop_faces(element: html.HtmlElement, authors: Sequence[str]) -> None:
    """Pictures that belong to the page and not to the article: the authors' faces, badges of licences, small signs."""
    for picture in list(element.iter("img")):
        link = next(picture.iterancestors("a"), None)
        licensed = link is not None and ("license" in (link.get("rel") or "") or _DEED in (link.get("href") or ""))
        sides = [int(side) for name in ("width", "height") if (side := picture.get(name) or "").isdigit()]
        small = len(sides) == len("wh") and max(sides) <= _SIGN and next(picture.iterancestors("figure"), None) is None
        if licensed or small or (picture.get("alt") or "").strip() in authors or _FACE.search(said_by(picture)):
            _remove(picture)


def _cut_head(element: html.HtmlElement, blocks: Sequence[Block], parts: Parts, people: Sequence[str]) -> None:
    """Everything before the first running text goes, but pictures and headings that are not the title.

    Where there is no running text (a poem, a list), only what labels it goes.
    """
    lines = [block for block in blocks if not block.framed]
    inside = set(element.iter())
    prose = _first_text(lines)
    for block in lines[:prose]:
        node, text = block.node, block.text
        if node.tag in HEADINGS:
            goes = (
                node.tag == "h1" or _is_title(text, parts) or _labels(text, people) or bool(_DEK.search(said_by(node)))
            )
        else:
            goes = prose is not None or _labels(text, people) or text == parts.kicker
        if goes and node is not element and not _holds_picture(node):
            _remove(node)
    around = (*parts.below, *(parts.above if prose is not None else ()))
    tail = {block.node for block in around if not is_prose(block.text) and block.node.tag not in HEADINGS}
    for block in (*parts.above, *parts.below):
        serves = block.node in tail or says_facts(block.text)
        if block.node in inside and block.node is not element and serves and not _holds_picture(block.node):
            _remove(block.node)


def _first_text(lines: Sequence[Block]) -> int | None:
    """Where the text begins: behind a standfirst, which a byline or a day follows before any more text does."""
    first = next((at for at, block in enumerate(lines) if begins_text(block)), None)
    if first is None or len(lines[first].text) > _LONGEST_DEK:
        return first
    second = next((at for at, block in enumerate(lines) if at > first and begins_text(block)), None)
    if second is None:
        return first
    named = bool(_DEK.search(said_by(lines[first].node)))
    return second if named and any(says_facts(block.text) for block in lines[first + 1 : second]) else first


def _is_title(text: str, parts: Parts) -> bool:
    title = next(iter(parts.root.iter("title")), None)
    told = (title.text or "") if title is not None else ""
    return text.casefold() in (parts.heading.casefold(), parts.kicker.casefold()) or (
        not parts.heading and text in told
    )


def _labels(text: str, people: Sequence[str]) -> bool:
    """Whether a short line only says something about the text, be it the bare names of its authors."""
    names = names_in(text) if people and len(text) <= _LONGEST_LINE else ()
    return says_facts(text) or bool(names and seems_a_person(names[0]) and set(names) <= set(people))


def _take_note(element: html.HtmlElement, note: str) -> None:
    """Take out the paragraph that is nothing but the credit, and the label over it; one that says more stays."""
    wanted = one_line(note)
    if not wanted or wanted.startswith("<"):
        return
    before: Block | None = None
    for block in blocks_of(element):
        bare = _HEADED_NOTE.sub("", block.text)
        if wanted in block.text and len(bare) <= len(wanted) + _NOTE_MARGIN and block.node is not element:
            if before is not None and _NOTE_HEAD.match(before.text) and before.node is not element:
                _remove(before.node)
            _remove(block.node)
        before = block


def _cut_foot(element: html.HtmlElement, people: Sequence[str]) -> None:
    """Short lines after the last running text that only serve the site; a heading that has lost its text."""
    last = [block for block in blocks_of(element) if not block.framed][-_LAST_BLOCKS:]
    closing = next((at for at, block in enumerate(last) if _CLOSING_LINE.match(block.text)), len(last))
    for block in last[closing:]:
        if block.node is not element:
            _remove(block.node)
    trailing, last = True, last[:closing]
    for block in reversed(last):
        node, text = block.node, block.text
        serves = bool(_FURNITURE_LINE.match(text)) or (
            len(text) < 2 * _LONGEST_LINE and bool(_LICENCE_LINE.search(text))
        )
        if node is element:
            return
        idle = trailing and (node.tag in HEADINGS or _valued(node) or _only_a_link(node, text))
        if serves or idle or _labels(text, people if trailing else ()):
            _remove(node)
        elif is_prose(text) or node.tag in ("li", "td", "th", "dd", "blockquote"):
            trailing = False
            if is_prose(text):
                return


def _only_a_link(node: html.HtmlElement, text: str) -> bool:
    """Whether a short block outside a list is a link from end to end: a way on, and no text."""
    if node.tag in ("li", "td", "th", "dd", "dt") or len(text) > _LONGEST_LINK:
        return False
    return bool(text) and "".join(str(link.text_content()) for link in node.iter("a")).strip() == text


def _valued(node: html.HtmlElement) -> bool:
    """Whether a block is the value of a label that stands right before it."""
    before = node.getprevious()
    return (
        before is not None
        and isinstance(before.tag, str)
        and bool(label_alone(" ".join(str(before.text_content()).split())))
    )


def _drop_repeats(element: html.HtmlElement) -> None:
    """A quotation set apart that stands in the text as well, word for word, is an ornament."""
    blocks = blocks_of(element)
    texts = [block.text for block in blocks if block.node.tag == "p"]
    whole = "\n".join(texts)
    for block in blocks:
        quoted = _quote_around(block, element)
        bare = block.text.strip("\"'\u201c\u201d\u2018\u2019\u00ab\u00bb ")
        twice = len(bare) >= _REPEATED and whole.count(bare) > texts.count(block.text)
        if quoted is not None and quoted.getparent() is not None and twice:
            _remove(quoted if len(blocks_of(quoted)) == 1 else block.node)


def _quote_around(block: Block, element: html.HtmlElement) -> html.HtmlElement | None:
    boxes = (block.node, *block.node.iterancestors("blockquote", "aside"))
    return next((box for box in boxes if box is not element and _is_quote(box)), None)


def _is_quote(box: html.HtmlElement) -> bool:
    return box.tag in ("blockquote", "aside") or bool(_QUOTED.search(said_by(box)))


def _holds_picture(node: html.HtmlElement) -> bool:
    return next(node.iter("img"), None) is not None


def _remove(node: html.HtmlElement) -> None:
    """Remove an element, and the boxes that it leaves empty."""
    around = node.getparent()
    if around is None:
        return
    drop(node)
    while around.tag in _HOLDERS and not len(around) and not (around.text or "").strip():
        empty, outer = around, around.getparent()
        if outer is None:
            return
        around = outer
        drop(empty)
