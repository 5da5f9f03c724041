"""Somebody's article as safe HTML, and its words.

lxml mends and flattens first (deep trees make nh3 slow), then a chain of small steps tidies, each only where its tags
stand in the text, then nh3 lets through what is on its list and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import nh3
from lxml import html

from syndicate.collect.addresses import absolute
from syndicate.markup.page import Page

_TAGS = frozenset(
    """
    p h2 h3 h4 ul ol li blockquote cite q figure figcaption img a em strong sub sup br hr code pre abbr time dl dt dd
    del ins mark small table caption thead tbody tfoot tr th td
    """.split()  # noqa: SIM905 - words read better as words
)
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
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)
_RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "strike": "del", "s": "del", "tt": "code"}
_BLOCKS = frozenset(
    """
    address article aside blockquote dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre
    section table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - words read better as words
)
_BOXES = frozenset(
    {"div", "section", "article", "main", "header", "footer", "aside", "address", "body", "html", "span"}
)
_ACTIVE = frozenset(
    """
    script style noscript template iframe object embed svg math canvas audio video button select textarea input head
    title meta link base frameset map
    """.split()  # noqa: SIM905 - as above
)
_MAY_BE_EMPTY = frozenset({"img", "br", "hr", "td", "th"})
_PIXEL = re.compile(r"^\s*[01](?:px)?\s*$")
_LAZY = ("data-src", "data-lazy-src", "data-original")
_MARK_UP = re.compile(r"<(/?[a-z0-9]+)(?:\s[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)?>")
_PARTING = frozenset(f"{end}{tag}" for tag in (*_BLOCKS, "caption", "br") for end in ("", "/"))
_HEADINGS = frozenset({"h2", "h3", "h4"})
_HEADINGS_END = frozenset({"/h2", "/h3", "/h4"})
_FIGURE = frozenset({"figure", "/figure"})

Step = Callable[[Page, html.HtmlElement], None]


def safe_html(page: Page, body: html.HtmlElement) -> str:
    """``body`` as safe HTML with absolute links. Changes ``body``."""
    there = {element.tag for element in body.iterdescendants()}
    for needs, step in CLEANING:
        if not needs or not there.isdisjoint(needs):
            step(page, body)
    inner = html.tostring(body, encoding="unicode", with_tail=False)
    return sanitised(inner if "pre" in there else folded(inner)).strip()


def sanitised(text: str) -> str:
    """``text`` with nothing in it but the tags and attributes that an article may have; the last step of all."""
    return _CLEANER.clean(text)


def folded(text: str) -> str:
    """``text`` with every run of blanks as one blank."""
    for blank in "\n\t\r\f\v\u00a0":
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def words_of(safe: str) -> tuple[str, tuple[str, ...]]:
    """The words of what ``safe_html`` made, paragraphs parted by a blank line and figures left out; its headings.

    Read from the mark-up without a tree: nh3 closes every element and escapes every sign that is no mark-up.
    """
    parts: list[str] = []
    headings: list[str] = []
    opened, figures = 0, 0
    pieces = _MARK_UP.split(safe.replace("\n", " "))
    for text, tag in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
        if tag in _FIGURE:
            figures += 1 if tag == "figure" else -1
        if figures:
            continue
        if tag in _PARTING:
            parts.append("\n")
            if tag in _HEADINGS:
                opened = len(parts)
            elif tag in _HEADINGS_END:
                headings.append(" ".join(_read("".join(parts[opened:])).split()))
        parts.append(text)
    lines = (folded(line).strip() for line in _read("".join(parts)).split("\n"))
    return "\n\n".join(line for line in lines if line), tuple(heading for heading in headings if heading)


def _read(text: str) -> str:
    """``text`` with its character references resolved; nh3 writes them for four signs, and most texts have none."""
    return unescape(text) if "&" in text else text


def make_links_absolute(page: Page, body: html.HtmlElement) -> None:
    """Web addresses and mail addresses stay; a link within the page, or to anything else, leaves its words."""
    for link in list(body.iter("a")):
        href = (link.get("href") or "").strip()
        target = href if href.lower().startswith("mailto:") else absolute(page.url, href)
        if not target or href.startswith("#"):
            link.drop_tag()
        else:
            link.set("href", target)
    for quote in body.iter("blockquote", "q"):
        if "cite" in quote.attrib:
            quote.set("cite", absolute(page.url, quote.get("cite") or ""))


def settle_pictures(page: Page, body: html.HtmlElement) -> None:
    """One absolute address a picture; counting pixels and what has no address go."""
    for picture in list(body.iter("img")):
        src = picture_address(page, picture)
        if is_pixel(picture) or not src:
            picture.drop_tree()
            continue
        picture.set("src", src)
        for side in ("width", "height"):
            if not (picture.get(side) or "").isdigit():
                picture.attrib.pop(side, None)


def is_pixel(picture: html.HtmlElement) -> bool:
    """Whether a picture is there to be counted and not to be seen."""
    return any(_PIXEL.match(picture.get(side) or "") for side in ("width", "height"))


def picture_address(page: Page, picture: html.HtmlElement) -> str:
    """Where a picture is; pages that load lazily keep the address aside."""
    for name in ("src", *_LAZY):
        value = (picture.get(name) or "").strip()
        if value and not value.startswith("data:"):
            return absolute(page.url, value)
    return ""


def rename(page: Page, body: html.HtmlElement) -> None:
    """The title is the only first-level heading, and it stands elsewhere; boxes that hold only words are paragraphs."""
    del page
    for element in body.iter(*_RENAMED):
        element.tag = _RENAMED[str(element.tag)]
    for element in body.iter("div", "section", "address"):
        if element is not body and not _holds_blocks(element):
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
    for element in reversed(list(body.iterdescendants())):
        if len(element) or element.tag in _MAY_BE_EMPTY or not isinstance(element.tag, str):
            continue
        if not (element.text or "").replace("\u00a0", " ").strip():
            if element.tag not in _BLOCKS and element.text:
                element.drop_tag()  # a blank in an inline element still parts two words
            else:
                if element.tag in _BLOCKS and element.tail:
                    element.tail = f" {element.tail}"  # an empty block still parts what stands around it
                element.drop_tree()


def fold_blanks(page: Page, body: html.HtmlElement) -> None:
    """Line breaks of the source mean nothing outside preformatted text. Where there is none, all is folded at once."""
    del page
    for element in body.iter():
        if element.tag == "pre" or next(element.iterancestors("pre"), None) is not None:
            continue
        element.text = folded(element.text) if element.text else element.text
        element.tail = folded(element.tail) if element.tail and element is not body else element.tail


def drop_active(page: Page, body: html.HtmlElement) -> None:
    """What runs, plays, asks or draws goes whole, so that nothing of it is taken for words."""
    del page
    for element in list(body.iter(*_ACTIVE)):
        if element is not body and element.getparent() is not None:
            element.drop_tree()


CLEANING: tuple[tuple[frozenset[str], Step], ...] = (
    (_ACTIVE, drop_active),
    (frozenset({"a", "blockquote", "q"}), make_links_absolute),
    (frozenset({"img"}), settle_pictures),
    (frozenset({*_RENAMED, "div", "section", "address"}), rename),
    (frozenset(), wrap_loose_words),
    (frozenset(), drop_empty),
    (frozenset({"pre"}), fold_blanks),
)
"""Each step with the tags that make it needed; without any, it always is."""


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(child.tag in _BLOCKS for child in element.iterdescendants())


def _paragraph(words: str) -> html.HtmlElement:
    made = html.Element("p")
    made.text = words
    return made
