"""A page, parsed once within bounds, and what a person would see of it.

lxml's HTML parser stops at 256 open elements; such a page is made shallower first, so that its words are kept. It
never fetches anything; the size is capped here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree, html

from syndicate.markup.depth import DEPTHS, flattened

MOST_OCTETS = 10 * 1024 * 1024
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "svg", "iframe", "object", "textarea"})
_BLOCK = frozenset(
    """
    address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - words read better as words
)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed HTML document and the address it was read from.

    ``lines`` is its prose, a block a line, where whoever parsed it knows that there is nothing else on it.
    """

    url: str
    root: html.HtmlElement
    lines: tuple[str, ...] | None = None

    def absolute(self, link: str) -> str:
        """``link`` as an absolute address, or empty where it cannot be one."""
        try:
            return urljoin(self.url, link.strip())
        except ValueError:
            return ""


def parse_page(raw: str | bytes, url: str) -> Page:
    """Parse at most ``MOST_OCTETS`` of a page; broken mark-up is mended the way lxml mends it, nothing raises."""
    encoding = "utf-8" if isinstance(raw, str) else None
    octets = _UNFIT.sub("", raw).encode("utf-8", "replace") if isinstance(raw, str) else raw.translate(None, _CONTROLS)
    octets = octets[:MOST_OCTETS]
    root, cut = _parsed(octets, encoding)
    for most in DEPTHS:
        if cut:
            root, cut = _parsed(flattened(octets, most), encoding)
    if b"&#" in octets or not isinstance(raw, str):
        _unfit_out(root)
    return Page(url=url, root=root)


def _parsed(octets: bytes, encoding: str | None) -> tuple[html.HtmlElement, bool]:
    """The tree, and whether the parser gave up on the way because of the depth."""
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(octets, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = html.document_fromstring("<html><body></body></html>")
    return root, any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def _unfit_out(root: html.HtmlElement) -> None:
    """Remove what character references smuggle past the parser and no tree may be given: controls, noncharacters."""
    for element in root.iter():
        if element.text and _UNFIT.search(element.text) and isinstance(element.tag, str):
            element.text = _UNFIT.sub("", element.text)
        if element.tail and _UNFIT.search(element.tail):
            element.tail = _UNFIT.sub("", element.tail)
        if any(_UNFIT.search(f"{name}{value}") for name, value in element.attrib.items()):
            _unfit_attributes_out(element)


def _unfit_attributes_out(element: html.HtmlElement) -> None:
    """Remove those that hold such signs; one with such a name cannot be named, so then all go."""
    try:
        for name in [name for name, value in element.attrib.items() if _UNFIT.search(f"{name}{value}")]:
            del element.attrib[name]
    except ValueError:
        element.attrib.clear()


def visible_text(element: html.HtmlElement) -> str:
    """The words a person would read, one block a line, runs of blanks folded."""
    parts: list[str] = []
    _collect(element, parts)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: html.HtmlElement, parts: list[str]) -> None:
    """Walk by events, not by recursion: depth costs nothing."""
    hidden = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not hidden and node.tail and node is not element:
                parts.append(node.tail.replace("\n", " "))
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        unseen = tag in _UNSEEN
        if event == "start":
            hidden += unseen
            if not hidden:
                parts.append(("\n" if tag in _BLOCK else "") + (node.text or "").replace("\n", " "))
            continue
        if not hidden and tag in _BLOCK:
            parts.append("\n")
        hidden -= unseen
        if not hidden and node is not element:
            parts.append((node.tail or "").replace("\n", " "))
