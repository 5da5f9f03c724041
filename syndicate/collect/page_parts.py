"""The parts of a page: what is the article, what stands above it, and what is furniture.

Elements are judged by what they are (nav, aside, form), by what their class says in the words that sites everywhere
use, and by how much running text they hold. No rule knows a site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import html

from syndicate.collect.clean import wrap_loose_words
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.page_related import related_sections
from syndicate.markup.page import Page, visible_text

PROSE = 80
_SENTENCE = 40
_SENTENCE_WORDS = 4
_STOPS = (".", "!", "?", "…", "。")
_CLOSING = "\"')\u201d\u2019\u00bb"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEAVES = frozenset(
    {"p", "div", "li", "blockquote", "pre", "dd", "dt", "td", "th", "time", "address", "section", "span", "a"}
)
_BLOCKS = _HEADINGS | frozenset(
    """
    address article aside blockquote body dd div dl dt figure footer form header hr li main nav ol p pre section table
    tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - words read better as words
)
_FURNITURE = frozenset(
    """
    script style noscript template iframe object embed nav aside form button select textarea input svg canvas dialog
    menu audio video
    """.split()  # noqa: SIM905 - words read better as words
)
_FURNISHED = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|newsletter|sign-?up|subscribe|subscription|comments?|respond|disqus|cookies?|"
    r"breadcrumbs?|promos?|adverts?|advertisement|ads|sponsored|sidebar|toolbar|pagination|pager|recommended|"
    r"recommendations?|trending|popular|most-read|read-?more|more-from|you-may|skip-link|print-only|sr-only|"
    r"visually-hidden|screen-reader-text|popup|modal|paywall|donate)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROOTS = frozenset({"html", "body", "main"})
_MOSTLY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """``body`` holds the article and may be changed: it belongs to a copy. ``above`` are the short lines over it.

    ``semantic`` says that the page itself marks its article, so that no guess was needed.
    """

    body: html.HtmlElement
    above: tuple[str, ...]
    kicker: str
    heading: str
    semantic: bool


def parts_of(page: Page) -> Parts:
    """Take a page apart; the page itself stays as it is."""
    root = deepcopy(page.root)
    for section in related_sections(root):
        _drop(section)
    _unfurnish(root)
    wrap_loose_words(page, next(iter(root.iter("body")), root))
    body, semantic = _article(root)
    scope = _scope(root, body)
    heading = next(iter(scope.iter("h1")), None)
    above, kicker = _above(scope, body, heading)
    return Parts(
        body=body,
        above=above,
        kicker=kicker,
        heading="" if heading is None else " ".join(visible_text(heading).split()),
        semantic=semantic,
    )


def _unfurnish(root: html.HtmlElement) -> None:
    """Remove what is never the article, wherever it stands."""
    for element in list(root.iter()):
        if element is root or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or element.tag in _FURNITURE or _is_furniture(element):
            _drop(element)


def _is_furniture(element: html.HtmlElement) -> bool:
    if element.tag in _ROOTS:
        return False
    if element.tag == "footer":
        return not any(True for _ in element.iterancestors("article"))
    if "hidden" in element.attrib or element.get("aria-hidden") == "true" or _UNSEEN.search(element.get("style") or ""):
        return True
    said = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_FURNISHED.search(said)) and not _wraps_the_article(element)


def _wraps_the_article(element: html.HtmlElement) -> bool:
    """Whether an element with a telling class holds everything all the same (``<div class="has-sidebar">``)."""
    if element.tag == "article" or next(element.iter("h1"), None) is not None:
        return True
    return sum(1 for _ in zip(element.iter("p"), range(_MOSTLY + 1), strict=False)) > _MOSTLY


def _article(root: html.HtmlElement) -> tuple[html.HtmlElement, bool]:
    """The element that holds the article, and whether the page marks it as such."""
    marked = [element for element in root.iter() if "articlebody" in (element.get("itemprop") or "").lower().split()]
    articles = marked or list(root.iter("article"))[:200]
    scope = next(iter(root.iter("main")), None)
    if scope is None:
        scope = next((element for element in root.iter() if element.get("role") == "main"), None)
    if scope is None:
        scope = next(iter(root.iter("body")), root)
    if articles:
        best = max(articles, key=prose_in)
        if prose_in(best) * 2 >= prose_in(scope) and prose_in(best):
            return best, True
    return scope, False


def prose_in(element: html.HtmlElement) -> int:
    """Characters of running text in an element, short blocks not counted."""
    return sum(len(text) for _, text in leaves(element) if is_prose(text))


def is_prose(text: str) -> bool:
    """Whether a block reads like part of a text rather than like a label."""
    return len(text) >= PROSE or (len(text) >= _SENTENCE and text.rstrip(_CLOSING).endswith(_STOPS))


def begins_text(node: html.HtmlElement, text: str) -> bool:
    """Whether the article's own text begins here: with running text, or with a short sentence that labels nothing."""
    if node.tag in _HEADINGS or labelled(text) is not None:
        return False
    sentence = node.tag == "p" and text.rstrip(_CLOSING).endswith(_STOPS) and len(text.split()) >= _SENTENCE_WORDS
    return is_prose(text) or (sentence and not byline_in(text))


def leaves(element: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """The innermost blocks with their words, in order."""
    for node in element.iter():
        if isinstance(node.tag, str) and (node.tag in _BLOCKS or node is element) and not _holds_blocks(node):
            text = " ".join(visible_text(node).split())
            if text:
                yield node, text


def _holds_blocks(node: html.HtmlElement) -> bool:
    return any(isinstance(child.tag, str) and child.tag in _BLOCKS for child in node.iterdescendants())


def _scope(root: html.HtmlElement, body: html.HtmlElement) -> html.HtmlElement:
    """Where the lines above the article may stand: in its own article element or, where that has no h1, around it."""
    for around in (body, *body.iterancestors()):
        if next(around.iter("h1"), None) is not None:
            return around
    return root


def _above(
    scope: html.HtmlElement, body: html.HtmlElement, heading: html.HtmlElement | None
) -> tuple[tuple[str, ...], str]:
    """The short lines before the first running text; and the one right before the heading, if there is one."""
    lines: list[str] = []
    before, kicker = "", ""
    inside = {body, *body.iterdescendants()}
    for node, text in leaves(scope):
        if node in inside and begins_text(node, text):
            break
        if node is heading:
            kicker = before
        elif not any(True for _ in node.iterancestors("figure")):
            before = text
            lines.append(text)
    return tuple(lines), kicker


def _drop(element: html.HtmlElement) -> None:
    """Remove an element (or comment), never the text after it."""
    parent, previous, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail and previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
