"""A whole page as blocks of prose with their links, without what never speaks of the article's own origin.

Extraction would lose a third of the attribution sentences (they stand in header boxes, asides and bylines), so the full
page is read. Left out are navigation, captions, forms, code, comments, lists of related pieces and the site's footer.
"""

# ruff: noqa: RUF001 - headings are matched in their own scripts

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from syndicate.markup.page import Page

_PROSE = frozenset(
    """
    address article aside blockquote body br caption center dd details div dl dt fieldset footer form h1 h2 h3 h4 h5
    h6 header hgroup hr li main ol p section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - words read better as words
)
_NEVER = frozenset(
    """
    script style noscript template head title svg iframe object textarea nav figure figcaption caption form button
    select pre code audio video math menu dialog
    """.split()  # noqa: SIM905 - words read better as words
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)|teasers?|cards?|promos?|comments?|respond|disqus|"
    r"breadcrumbs?|captions?|"
    r"trending|popular|newsletter|signup|cookies?|sidebar|read-?more|more-from|you-may|navigation|menu|"
    r"share|social)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHERS_HEADING = re.compile(
    r"^\W{0,3}(?:related|more\s(?:from|on|like|stories)|read\s(?:more|next|also)|recommended|you\s(?:may|"
    r"might)\salso|comments?\b|"
    r"\d{1,5}\s(?:comments|responses)|latest|most\sread|mehr\szum\sthema|lesen\ssie\sauch|das\skönnte|"
    r"kommentare|verwandte|"
    r"à\slire\saussi|sur\sle\smême|commentaires|artículos\srelacionados|relacionad|comentarios|leia\stambém|veja\smais|"
    r"leggi\sanche|articoli\scorrelati|commenti|lees\sook|gerelateerd|reacties|関連|相关|相關|관련|читайте\sтакже|مواضيع)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_LONGEST = 20_000


@dataclass(slots=True)
class Block:
    """One block of prose; ``links`` are (start, end, address as it stands there) in ``text``."""

    text: str = ""
    links: list[tuple[int, int, str]] = field(default_factory=list)


def blocks(page: Page) -> Iterator[Block]:
    """The blocks of ``page`` in the order of the page; work is linear in its size."""
    yield from _Walk(page, _cards(page.root)).blocks()


def _cards(root: html.HtmlElement) -> frozenset[html.HtmlElement]:
    """The ``article`` elements that are not the article: all but the longest and those it stands in."""
    articles = list(root.iter("article"))
    if len(articles) < 2:  # noqa: PLR2004 - one article has no rival
        return frozenset()
    sizes = {article: _size(article) for article in articles[:200]}
    main = max(sizes, key=lambda article: sizes[article])
    kept = {main, *main.iterancestors("article")}
    return frozenset(article for article in articles if article not in kept)


def _size(article: html.HtmlElement) -> int:
    """Characters of running text that are the article's own, those of articles inside it not counted."""
    nested = sum(len(text) for inner in article.iterfind(".//article") for text in inner.itertext())
    return sum(len(text) for text in article.itertext()) - nested


class _Walk:
    """One pass over the tree by events; depth costs nothing."""

    def __init__(self, page: Page, cards: frozenset[html.HtmlElement]) -> None:
        self._page = page
        self._cards = cards
        self._parts: list[str] = []
        self._length = 0
        self._links: list[tuple[int, int, str]] = []
        self._open: list[tuple[int, str]] = []
        self._skipped: html.HtmlElement | None = None
        self._muted: html.HtmlElement | None = None

    def blocks(self) -> Iterator[Block]:
        """Yield finished blocks as the walk closes them."""
        for event, node in etree.iterwalk(self._page.root, events=("start", "end", "comment", "pi")):
            if self._skipped is not None:
                if event == "end" and node is self._skipped:
                    self._skipped = None
                    self._add(node.tail)
                continue
            if event in ("comment", "pi"):
                self._add(node.tail)
                continue
            tag = node.tag if isinstance(node.tag, str) else ""
            if tag in _PROSE and (block := self._finished()):
                yield block
            if event == "start":
                self._begin(node, tag)
            else:
                self._end(node, tag)
        if block := self._finished():
            yield block

    def _begin(self, node: html.HtmlElement, tag: str) -> None:
        if tag in _HEADINGS:
            self._muted = (
                node.getparent() if _OTHERS_HEADING.match(_SPACES.sub(" ", str(node.text_content())[:80])) else None
            )
        if self._left_out(node, tag):
            self._skipped = node
            return
        if tag == "a":
            self._open.append((self._length, node.get("href") or ""))
        self._add(node.text)

    def _end(self, node: html.HtmlElement, tag: str) -> None:
        if tag == "a" and self._open:
            start, href = self._open.pop()
            if href and self._length > start:
                self._links.append((start, self._length, href))
        if node is self._muted:
            self._muted = None
        self._add(node.tail)

    def _left_out(self, node: html.HtmlElement, tag: str) -> bool:
        if tag in _NEVER or node in self._cards or (self._muted is not None and tag not in _HEADINGS):
            return True
        if tag == "footer":
            return not any(True for _ in node.iterancestors("article", "main"))
        if tag in ("body", "html", "main") or (tag == "article" and node not in self._cards):
            return False
        if not node.keys():
            return False
        attributes = node.attrib
        if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")):
            return True
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        return len(named) > 1 and bool(_OTHERS.search(named)) and not _holds_article(node)

    def _add(self, text: str | None) -> None:
        if not text or self._length > _LONGEST:
            return
        plain = " " if text.isspace() else text if _is_folded(text) else _SPACES.sub(" ", text)
        if plain[:1] == " " and (not self._parts or self._parts[-1].endswith(" ")):
            plain = plain[1:]
        if plain:
            self._parts.append(plain)
            self._length += len(plain)

    def _finished(self) -> Block | None:
        """The block that ends here, if it has words; another one begins."""
        if not self._parts:
            return None
        text, links = "".join(self._parts), self._links
        self._parts, self._length, self._links = [], 0, []
        self._open = [(0, href) for _, href in self._open]
        return Block(text, links) if text.strip() else None


def _is_folded(text: str) -> bool:
    """Whether there is nothing to fold, as in most texts: only printable ASCII, never two blanks in a row."""
    return text.isascii() and text.isprintable() and "  " not in text


def _holds_article(node: html.HtmlElement) -> bool:
    """Whether an element with a telling class is the wrapper of the whole article all the same."""
    return next(node.iter("h1", "main"), None) is not None
