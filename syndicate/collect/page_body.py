"""The article's own text: where it begins and ends, its figures, the note on its author, and what is credit, not text.

The page's own mark-up decides where it marks the article; else trafilatura's reading of the page does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

from syndicate.collect.clean import picture_address
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.page_parts import Parts, begins_text, is_prose, leaves, prose_in
from syndicate.collect.words import one_line
from syndicate.domain.publication import Author, Figure
from syndicate.markup.page import Page, parse_page, visible_text

_LEAST = 250
_HOLDERS = frozenset({"ul", "ol", "div", "section", "header", "footer", "blockquote"})
_MOST_FIGURES = 100
_LAST_BLOCKS = 6
_LONGEST_BIO = 700
_NOTE_MARGIN = 60
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_IS = r"(?:is|are|was|were|serves|works|teaches|writes|leads|directs|holds|has|ist|war|est|était|es|era|è|é)"
_UNNAMED = re.compile(
    rf"^([A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){{1,3}})\s{_IS}\s(?:an?|the|(?:\w+\s)?(?:director|professor|fellow))\b"
)
_CREDIT_GROUP = re.compile(r"\(([^()]{2,150})\)\W*$")
_CREDIT_SIGN = re.compile(
    r"/|(?i:\b(?:photo(?:graph)?|image|picture|courtesy|credits?|foto|bild|crédits?)\b)|"
    r"\b(?:via|AP|AFP|Reuters|Getty|EPA|dpa|Shutterstock|iStock)\b"
)
_CREDIT_LABEL = re.compile(
    r"(?:^|(?<=[.!?\s|]))(?:(?:photo|image|picture)?\s?credits?|photo(?:graph)?|image|foto|bild|crédits?\s?(?:photo)?)\s*"
    r"(?::|\bby\b)\s*(\S.{1,120})$",
    re.IGNORECASE,
)
_FURNITURE_LINE = re.compile(
    r"^(?:share(?:\s+this)?|tags?|print|e-?mail|read\s+more|view\s+all|subscribe|sign\s+up|follow\s+us|"
    r"download|back\s+to\s+top|facebook|twitter|linkedin|whatsapp)\b.{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text in an element that may be changed, and what was taken out of it."""

    element: html.HtmlElement
    rule: str
    figures: tuple[Figure, ...]
    authors: tuple[Author, ...]
    bio: str


def body_of(page: Page, parts: Parts, authors: Sequence[str], note: str) -> Body:
    """The article's text without its head and foot. ``note`` is the sentence of credit, which is kept elsewhere."""
    element, rule = _text(page, parts)
    _cut_head(element, parts)
    signed, bio = _take_bio(element, authors)
    _take_note(element, note)
    _cut_foot(element)
    return Body(element=element, rule=rule, figures=_figures(page, element), authors=signed, bio=bio)


def _text(page: Page, parts: Parts) -> tuple[html.HtmlElement, str]:
    """The element that the page marks as its article where that holds enough, else what trafilatura finds."""
    own = prose_in(parts.body)
    if parts.semantic and own >= _LEAST:
        return parts.body, "marked article"
    found = _extracted(page)
    if found is not None and (not parts.semantic or prose_in(found) > own):
        return found, "trafilatura"
    return parts.body, "marked article" if parts.semantic else "main part of the page"


def _extracted(page: Page) -> html.HtmlElement | None:
    import trafilatura  # noqa: PLC0415 - large, and not needed for pages that mark their article

    source = html.tostring(page.root, encoding="unicode")
    found = trafilatura.extract(
        source,
        fast=True,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
    )
    if not found:
        return None
    root = parse_page(found, page.url).root
    return next(iter(root.iter("body")), root)


def _cut_head(element: html.HtmlElement, parts: Parts) -> None:
    """Everything before the first running text goes, but pictures and headings that are not the title.

    Where there is no running text (a poem, a list), only what labels it goes.
    """
    lines = [leaf for leaf in leaves(element) if not any(True for _ in leaf[0].iterancestors("figure"))]
    prose = next((at for at, (node, text) in enumerate(lines) if begins_text(node, text)), None)
    for node, text in lines[:prose]:
        if node.tag in _HEADING_TAGS:
            goes = node.tag == "h1" or text.casefold() in (parts.heading.casefold(), parts.kicker.casefold())
        else:
            goes = prose is not None or bool(labelled(text) or byline_in(text) or text == parts.kicker)
        if goes and node is not element and not _holds_picture(node):
            _remove(node)


def _take_bio(element: html.HtmlElement, authors: Sequence[str]) -> tuple[tuple[Author, ...], str]:
    """Take out the paragraphs at the end that say who an author is; who is not named elsewhere is named there."""
    bios: dict[str, str] = {}
    raw = ""
    for node, text in reversed(_last(element)):
        name = next((author for author in authors if _says_who(text, author)), "")
        if not name and not authors:
            unnamed = _UNNAMED.match(text)
            name = unnamed[1] if unnamed and len(text) <= _LONGEST_BIO else ""
        if name and name not in bios:
            bios[name] = raw = text
            _remove(node)
    everybody = authors or tuple(bios)
    return tuple(Author(name=name, bio=bios.get(name)) for name in everybody), raw


def _says_who(text: str, author: str) -> bool:
    if len(text) > _LONGEST_BIO or not text.casefold().startswith(author.casefold()):
        return False
    return bool(re.match(rf"\W{{0,3}}(?:\([^)]{{1,60}}\)|,[^.]{{1,80}},)?\s*{_IS}\b", text[len(author) :]))


def _take_note(element: html.HtmlElement, note: str) -> None:
    """Take out the paragraph that is nothing but the credit; one that says more stays."""
    wanted = one_line(note)
    if not wanted:
        return
    for node, text in list(leaves(element)):
        if wanted in one_line(text) and len(text) <= len(wanted) + _NOTE_MARGIN and node is not element:
            _remove(node)


def _cut_foot(element: html.HtmlElement) -> None:
    """Short lines after the last running text that only serve the site."""
    for node, text in reversed(_last(element)):
        if is_prose(text):
            return
        if node is not element and (_FURNITURE_LINE.match(text) or labelled(text)):
            _remove(node)


def _last(element: html.HtmlElement) -> list[tuple[html.HtmlElement, str]]:
    return [leaf for leaf in leaves(element) if not any(True for _ in leaf[0].iterancestors("figure"))][-_LAST_BLOCKS:]


def _figures(page: Page, element: html.HtmlElement) -> tuple[Figure, ...]:
    """The article's pictures with caption and credit apart; a caption that stands twice is taken once."""
    found: list[Figure] = []
    for picture in list(element.iter("img"))[:_MOST_FIGURES]:
        src = picture_address(page, picture)
        if not src or picture.get("width") in ("0", "1") or picture.get("height") in ("0", "1"):
            continue
        frame = next(picture.iterancestors("figure"), None)
        text = "" if frame is None else " ".join(visible_text(frame).split())
        caption, credit = caption_and_credit(text)
        found.append(Figure(src=src, alt=one_line(picture.get("alt") or ""), caption=caption, credit=credit))
    for frame in element.iter("figure"):
        text = " ".join(word for inner in frame.iter("figcaption") for word in visible_text(inner).split())
        if text and not _holds_picture(frame):
            caption, credit = caption_and_credit(text)
            found.append(Figure(src="", caption=caption, credit=credit))
    return tuple(found)


def caption_and_credit(text: str) -> tuple[str, str]:
    """The words under a picture, taken apart: the photographer's credit is the last bracket or follows a label."""
    group = _CREDIT_GROUP.search(text)
    if group and _CREDIT_SIGN.search(group[1]):
        return text[: group.start()].strip(), group[1].strip()
    label = _CREDIT_LABEL.search(text)
    if label:
        return text[: label.start()].strip(" |\u2013\u2014-"), label[1].strip()
    return text.strip(), ""


def _holds_picture(node: html.HtmlElement) -> bool:
    return next(node.iter("img"), None) is not None


def _remove(node: html.HtmlElement) -> None:
    """Remove an element, and the boxes that it leaves empty."""
    around = node.getparent()
    if around is None:
        return
    node.drop_tree()
    while around.tag in _HOLDERS and not len(around) and not (around.text or "").strip():
        empty, outer = around, around.getparent()
        if outer is None:
            return
        around = outer
        empty.drop_tree()
