"""Somebody's article as safe HTML, and its words.

lxml mends and flattens first (its trees are at most 254 deep, and deep ones make nh3 slow), then a chain of small steps
tidies, then nh3 lets through what is on its list and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3
from lxml import html

from syndicate.markup.page import Page, parse_page, visible_text
from syndicate.net.address import web_address

_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "cite", "q", "figure", "figcaption", "img", "a", "em"),
    *(
        "strong",
        "sub",
        "sup",
        "br",
        "hr",
        "code",
        "pre",
        "abbr",
        "time",
        "dl",
        "dt",
        "dd",
        "del",
        "ins",
        "mark",
        "small",
    ),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "abbr": {"title"},
    "time": {"datetime"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "ol": {"start"},
    "*": {"lang", "dir"},
}
_RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "strike": "del", "s": "del", "tt": "code"}
_BLOCKS = frozenset(
    """
    address article aside blockquote dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre
    section table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - words read better as words
)
_BOXES = frozenset({"div", "section", "article", "main", "header", "footer", "address", "body", "html", "span"})
_ACTIVE = (
    *(
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
    ),
    *("button", "select", "textarea", "input", "head", "title", "meta", "link", "base", "frameset", "map"),
)
_MAY_BE_EMPTY = frozenset({"img", "br", "hr", "td", "th"})
_PIXEL = re.compile(r"^\s*[01](?:px)?\s*$")
_LAZY = ("data-src", "data-lazy-src", "data-original")
_BLANKS = re.compile(r"[ \t\r\f\v\n\u00a0]+")

Step = Callable[[Page, html.HtmlElement], None]


def safe_html(page: Page, body: html.HtmlElement) -> str:
    """``body`` as safe HTML with absolute links. Changes ``body``."""
    for step in CLEANING:
        step(page, body)
    inner = html.tostring(body, encoding="unicode", with_tail=False)
    return nh3.clean(
        inner,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    ).strip()


def words_of(safe: str, url: str) -> tuple[str, tuple[str, ...]]:
    """The words of safe HTML, paragraphs parted by a blank line and pictures left out; and its headings."""
    root = parse_page(safe, url).root
    for figure in list(root.iter("figure")):
        figure.drop_tree()
    headings = (" ".join(visible_text(heading).split()) for heading in root.iter("h2", "h3", "h4"))
    return "\n\n".join(visible_text(root).split("\n")), tuple(heading for heading in headings if heading)


def make_links_absolute(page: Page, body: html.HtmlElement) -> None:
    """Web addresses and mail addresses stay; a link within the page, or to anything else, leaves its words."""
    for link in list(body.iter("a")):
        href = (link.get("href") or "").strip()
        target = href if href.lower().startswith("mailto:") else web_address(page.absolute(href))
        if not target or href.startswith("#"):
            link.drop_tag()
        else:
            link.set("href", target)
    for quote in body.iter("blockquote", "q"):
        if "cite" in quote.attrib:
            quote.set("cite", web_address(page.absolute(quote.get("cite") or "")))


def settle_pictures(page: Page, body: html.HtmlElement) -> None:
    """One absolute address a picture; counting pixels and what has no address go."""
    for picture in list(body.iter("img")):
        src = picture_address(page, picture)
        pixel = any(_PIXEL.match(picture.get(side) or "") for side in ("width", "height"))
        if pixel or not src:
            picture.drop_tree()
            continue
        picture.set("src", src)
        for side in ("width", "height"):
            if not (picture.get(side) or "").isdigit():
                picture.attrib.pop(side, None)


def picture_address(page: Page, picture: html.HtmlElement) -> str:
    """Where a picture is; pages that load lazily keep the address aside."""
    for name in ("src", *_LAZY):
        value = (picture.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return web_address(page.absolute(value))
    return ""


def rename(page: Page, body: html.HtmlElement) -> None:
    """The title is the only first-level heading, and it stands elsewhere; boxes that hold only words are paragraphs."""
    del page
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _RENAMED:
            element.tag = _RENAMED[element.tag]
        if element.tag in ("div", "section", "address") and element is not body and not _holds_blocks(element):
            element.tag = "p"


def wrap_loose_words(page: Page, body: html.HtmlElement) -> None:
    """Words that stand between blocks without a block of their own get one, or they would run into each other."""
    del page
    for element in [body, *body.iter(*_BOXES)]:
        if element.tag in _BOXES and (element is body or _holds_blocks(element)):
            _wrap_runs(element)


def _wrap_runs(element: html.HtmlElement) -> None:
    """Each run of words and inline elements between two blocks becomes a paragraph."""
    run: html.HtmlElement | None = None
    children = list(element)
    if (element.text or "").strip():
        run = _paragraph(element.text or "")
        element.text = None
        element.insert(0, run)
    for child in children:
        if child.tag in _BLOCKS or _holds_blocks(child):
            run = None
        elif run is not None:
            run.append(child)
            continue
        elif isinstance(child.tag, str) and str(child.text_content()).strip():
            run = _paragraph("")
            child.addprevious(run)
            run.append(child)
            continue
        if (child.tail or "").strip():
            run = _paragraph(child.tail or "")
            child.tail = None
            child.addnext(run)


def drop_empty(page: Page, body: html.HtmlElement) -> None:
    """Elements without words or pictures, from the inside out."""
    del page
    for element in reversed(list(body.iter())):
        if element is body or not isinstance(element.tag, str) or element.tag in _MAY_BE_EMPTY:
            continue
        if not len(element) and not (element.text or "").replace("\u00a0", " ").strip():
            if element.tag not in _BLOCKS and element.text:
                element.drop_tag()  # a blank in an inline element still parts two words
            else:
                if element.tag in _BLOCKS and element.tail:
                    element.tail = f" {element.tail}"  # an empty block still parts what stands around it
                element.drop_tree()


def fold_blanks(page: Page, body: html.HtmlElement) -> None:
    """Line breaks of the source mean nothing outside preformatted text."""
    del page
    for element in body.iter():
        if any(True for _ in element.iterancestors("pre")) or element.tag == "pre":
            continue
        element.text = _BLANKS.sub(" ", element.text) if element.text else element.text
        element.tail = _BLANKS.sub(" ", element.tail) if element.tail and element is not body else element.tail


def drop_active(page: Page, body: html.HtmlElement) -> None:
    """What runs, plays, asks or draws goes whole, so that nothing of it is taken for words."""
    del page
    for element in list(body.iter(*_ACTIVE)):
        if element is not body and element.getparent() is not None:
            element.drop_tree()


CLEANING: tuple[Step, ...] = (
    drop_active,
    make_links_absolute,
    settle_pictures,
    rename,
    wrap_loose_words,
    drop_empty,
    fold_blanks,
)


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(child.tag in _BLOCKS for child in element.iterdescendants())


def _paragraph(words: str) -> html.HtmlElement:
    made = html.Element("p")
    made.text = words
    return made
