"""What a finished letter may be made of, and whether it is closed. Read by the seal, and about nothing but mark-up.

Browsers and libxml2 agree on a document only as long as it keeps to plain, closed elements; so anything else is
refused here, and what the seal sees is what a reader's client sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from lxml import html

_HEAD = frozenset({"html", "head", "meta", "title", "style", "body"})
_BOXES = frozenset({"table", "tbody", "tr", "td", "th", "div", "p", "ul", "ol", "li", "blockquote", "pre", "hr"})
_TITLES = frozenset({"h1", "h2", "h3", "h4"})
_WORDS = frozenset({"a", "abbr", "b", "bdi", "br", "cite", "code", "em", "font", "i", "img", "q", "small", "span"})
_MORE_WORDS = frozenset({"strong", "sub", "sup", "time", "u"})
_ALLOWED = _HEAD | _BOXES | _TITLES | _WORDS | _MORE_WORDS
_VOID = frozenset({"br", "hr", "img", "meta"})
_DEEPEST = 64
_SCHEMES = ("https://", "http://", "mailto:")
_FOR_OUTLOOK = re.compile(
    r"\[if mso\]>(</?(table|tr|td)( (role|width|align|cellpadding|cellspacing|border)=\"\w*\")*>)+<!\[endif\]"
)
_LOADING = re.compile(r"@import|url\(|expression\(|javascript:", re.IGNORECASE)


def foreign(root: html.HtmlElement) -> Iterator[str]:
    """What does not belong in a letter: other elements, comments, things that run or load, and nesting past sense."""
    if _too_deep(root):
        yield f"the letter nests elements deeper than {_DEEPEST}"
        return
    for node in root.iter():
        if not isinstance(node.tag, str):
            if not _FOR_OUTLOOK.fullmatch(node.text or ""):
                yield "a comment is left in the letter that is more than a table for Outlook"
            continue
        if node.tag not in _ALLOWED:
            yield f"<{node.tag}> does not belong in a letter"
        yield from _attributes(node)
        if node.tag == "style":
            yield from _sheet(node)


def _sheet(style: html.HtmlElement) -> Iterator[str]:
    parent = style.getparent()
    if parent is None or parent.tag != "head":
        yield "a style sheet stands outside the head"
    if _LOADING.search(style.text or ""):
        yield "a style rule loads something"


def _too_deep(root: html.HtmlElement) -> bool:
    layer, depth = [root], 0
    while layer and depth <= _DEEPEST:
        layer, depth = [child for element in layer for child in element], depth + 1
    return bool(layer)


def _attributes(element: html.HtmlElement) -> Iterator[str]:
    if any(str(name).lower().startswith("on") for name in element.attrib):
        yield "an element carries a script in an attribute"
    if _LOADING.search(element.get("style", "")):
        yield "a style attribute loads something"
    if "href" in element.attrib and not element.get("href", "").lower().startswith(_SCHEMES):
        yield f"a link leads to {element.get('href', '')[:60]!r}, which is neither http(s) nor mailto"
    if element.tag == "img" and not element.get("src", "").lower().startswith("https://"):
        yield f"an image is not loaded over https: {element.get('src', '')[:60]!r}"
    if element.get("http-equiv", "").lower() == "refresh":
        yield "<meta> sends the reader elsewhere"


def unbalanced(markup: str) -> str:
    """Which tag of ``markup`` is not closed, or closed without having been opened; empty where all is well."""
    reader = _Balance()
    reader.feed(markup)
    reader.close()
    return reader.trouble or (f"<{reader.open[-1]}> stays open" if reader.open else "")


class _Balance(HTMLParser):
    """A stack of open tags; stops being interested at the first fault."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.trouble = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif not self.trouble:
            self.trouble = f"</{tag}> closes what it did not open"
