"""A page as a row of blocks: the innermost boxes with their words, in order, each looked at once.

All rules of place (above the text, below it, after a picture) are rules over this row. Used by every ``page_`` module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html

from syndicate.collect.labels import byline_in, dated_as, label_alone, labelled
from syndicate.collect.words import names_in, seems_a_person
from syndicate.markup.page import visible_text

PROSE = 80
_SENTENCE = 40
_SENTENCE_WORDS = 4
_STOPS = (".", "!", "?", "…", "。", "؟", "।")
_CLOSING = "\"')\u201d\u2019\u00bb"
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    """
    address article aside blockquote body dd div dl dt figcaption figure footer form header hr li main nav ol p pre
    section table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - words read better as words
)
_TELLING = ("class", "id", "itemprop", "property", "rel", "data-component", "data-testid")
_LONGEST_FACT = 200
_PROSE_FACT = 100
_HIDES = ("script", "style", "noscript", "template", "svg", "textarea", "br")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One innermost box and its words on one line. ``framed`` says that it stands in a figure."""

    node: html.HtmlElement
    text: str
    framed: bool


def blocks_of(root: html.HtmlElement) -> list[Block]:
    """The innermost blocks that have words, in order."""
    nodes = [node for node in root.iter() if node.tag in BLOCKS or node is root]
    holders: set[html.HtmlElement] = set()
    framed: set[html.HtmlElement] = set()
    for node in nodes:
        around = node.getparent() if node is not root else None
        if node.tag == "figure" or (around is not None and around in framed):
            framed.add(node)
        while around is not None and around not in holders:
            holders.add(around)
            around = around.getparent() if around is not root else None
    leaves = [(node, words_in(node)) for node in nodes if node not in holders]
    return [Block(node, text, node in framed) for node, text in leaves if text]


def words_in(node: html.HtmlElement) -> str:
    """The visible words of a block on one line."""
    if not len(node):
        return " ".join((node.text or "").split())
    if next(node.iter(*_HIDES), None) is not None:
        return " ".join(visible_text(node).split())
    return " ".join(str(node.text_content()).split())


def is_prose(text: str) -> bool:
    """Whether a block reads like part of a text rather than like a label."""
    return len(text) >= PROSE or (len(text) >= _SENTENCE and text.rstrip(_CLOSING).endswith(_STOPS))


def begins_text(block: Block) -> bool:
    """Whether the article's own text begins here: with running text, or with a short sentence that labels nothing."""
    text = block.text
    if block.node.tag in HEADINGS or block.framed or labelled(text) is not None or byline_in(text):
        return False
    sentence = block.node.tag == "p" and text.rstrip(_CLOSING).endswith(_STOPS) and len(text.split()) >= _SENTENCE_WORDS
    return is_prose(text) or sentence


def says_facts(text: str) -> bool:
    """Whether a short line only says something about the text: who, when, of what type."""
    if len(text) > _LONGEST_FACT:
        return False
    if labelled(text) or label_alone(text):
        return True
    names = names_in(byline_in(text))
    if names:
        return seems_a_person(names[0]) or len(text) < _SENTENCE * 2
    return bool(dated_as(text)) and len(text) < _PROSE_FACT and any(sign.isdigit() for sign in text)


def prose_by_box(root: html.HtmlElement, blocks: Sequence[Block]) -> dict[html.HtmlElement, int]:
    """Characters of running text in every box that holds any, short blocks and captions not counted."""
    found: dict[html.HtmlElement, int] = {}
    for block in blocks:
        if block.framed or block.node.tag in HEADINGS or not is_prose(block.text):
            continue
        size = len(block.text) - _linked(block.node)
        for box in (block.node, *block.node.iterancestors()):
            found[box] = found.get(box, 0) + size
            if box is root:
                break
    return found


def _linked(node: html.HtmlElement) -> int:
    """Characters of a block that are words of links: a list of headlines is no running text."""
    linked = sum(len(str(link.text_content())) for link in node.iter("a"))
    return linked if linked * 2 > len(words_in(node)) else 0


def said_by(node: html.HtmlElement) -> str:
    """What the class, id and the like of an element say, in lower case."""
    told = node.attrib
    return " ".join(told[name] for name in _TELLING if name in told).lower() if told else ""


def vocabulary(words: str) -> re.Pattern[str]:
    """A pattern that finds one of ``words`` (alternatives of a regular expression) as a word of a class."""
    return re.compile(rf"(?:^|[\s_:-])(?:{words})(?:$|[\s_-])", re.IGNORECASE)


def around(node: html.HtmlElement, within: html.HtmlElement, steps: int) -> Iterator[html.HtmlElement]:
    """A node and the boxes around it, at most ``steps`` of them and none outside ``within``."""
    current: html.HtmlElement | None = node
    for _ in range(steps):
        if current is None:
            return
        yield current
        if current is within:
            return
        current = current.getparent()


def drop(element: html.HtmlElement) -> None:
    """Remove an element (or comment), never the text after it."""
    parent, previous, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail and previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
