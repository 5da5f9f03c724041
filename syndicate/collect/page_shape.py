"""A page brought into one shape before it is read: what only looks like a paragraph, a heading or a box becomes one.

Sites mark the same article with custom elements, layout tables, line breaks or bold lines. Each step here undoes one
such habit on a copy of the page, so that the rules that read it need to know one shape only. Steps are linear.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html

from syndicate.collect.page_blocks import said_by
from syndicate.collect.page_figures import picture_box
from syndicate.collect.page_furniture import is_notice

_LONGEST_HEADING = 100
_LAYOUT_CELL = 800
_CELLS_OF_A_FRAME = 3
_INLINE_HOLDERS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "span", "em", "strong", "b", "i", "li"})
_BOXES = frozenset(
    "p div table ul ol dl h1 h2 h3 h4 h5 h6 blockquote figure section article aside header footer pre main".split()  # noqa: SIM905 - words
)
_PLAIN_BOXES = {"center": "div", "hgroup": "header", "details": "div", "summary": "p", "fieldset": "div", "legend": "p"}
_HEADLIKE = re.compile(
    r"(?:^|[\s_-])(?:sub-?head(?:ing|line)?|cross-?head(?:ing)?|section-?(?:title|head(?:ing)?)|intertitle)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_HEADING_END = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\b[A-Z])\.$|[:;,…]$")
_LABELLING = re.compile(
    r"^(?:by|von|par|por|di|photo|image|foto|credit|note|update|editor|source|read|related|share)\b|©", re.IGNORECASE
)

_LINKS_OF_A_SITE = 4
_MOST_PICTURES = 200
_PARTED = frozenset({"a", "span", "time", "b", "strong", "em"})
_OWNED = re.compile(r"©|\(c\)\s|copyright|all\s+rights|imprint|impressum|privacy|datenschutz", re.IGNORECASE)
_FACT = re.compile(
    r"author|by-?line|role|position|job|(?:^|[\s_-])(?:title|date|time|published|updated|category|type)(?:$|[\s_-])",
    re.IGNORECASE,
)

_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|authors?|contributors?)(?:$|[\s_-])", re.IGNORECASE)

Step = Callable[[html.HtmlElement], None]


def shaped(root: html.HtmlElement) -> None:
    """Change ``root`` so that boxes are boxes, headings headings and paragraphs paragraphs."""
    for step in STEPS:
        step(root)


def know_custom_elements(root: html.HtmlElement) -> None:
    """``<x-byline>`` is a box, inside running text a span; its name says what a class would say."""
    for element in list(root.iter()):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag in _PLAIN_BOXES:
            element.tag = _PLAIN_BOXES[tag]
        elif tag in ("amp-img", "amp-anim"):
            element.tag = "img"
        elif "-" in tag:
            element.set("class", f"{element.get('class') or ''} {tag.partition('-')[2]} {tag}")
            around = element.getparent()
            inline = around is not None and around.tag in _INLINE_HOLDERS
            level = re.fullmatch(r"[1-6]", element.get("level") or "")
            element.tag = "span" if inline else f"h{level[0]}" if level else "div"
        elif ":" in tag:
            element.tag = "span"


def unfold_layout_tables(root: html.HtmlElement) -> None:
    """A table that holds tables or whole texts is no table of figures: its cells are boxes."""
    for table in list(root.iter("table")):
        if table.get("role") in ("presentation", "none") or _lays_out(table):
            for element in [*_own_cells(table), table]:
                element.tag = "div"


def _lays_out(table: html.HtmlElement) -> bool:
    if next(table.iterdescendants("table"), None) is not None or _frames_a_picture(table):
        return True
    for cell in table.iter("td", "th"):
        if next(cell.iter("h1", "h2", "article", "main"), None) is not None:
            return True
        if sum(1 for _ in zip(cell.iter("p"), range(2), strict=False)) > 1 or len(cell.text_content()) > _LAYOUT_CELL:
            return True
    return False


def _frames_a_picture(table: html.HtmlElement) -> bool:
    """Whether a table holds one picture and the words under it, and nothing else."""
    cells = sum(1 for _ in zip(table.iter("td", "th"), range(_CELLS_OF_A_FRAME + 1), strict=False))
    return cells <= _CELLS_OF_A_FRAME and next(table.iter("img"), None) is not None


def unframe_texts(root: html.HtmlElement) -> None:
    """A ``figure`` around a quotation, a table or a listing and no picture is a plain box: its words are text."""
    for figure in root.iter("figure"):
        pictured = next(figure.iter("img", "picture", "video", "iframe", "svg", "amp-img"), None) is not None
        if not pictured and next(figure.iter("blockquote", "table", "pre"), None) is not None:
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"


def _own_cells(table: html.HtmlElement) -> list[html.HtmlElement]:
    parts = table.iter("tbody", "thead", "tfoot", "tr", "td", "th")
    return [part for part in parts if next(part.iterancestors("table"), None) is table]


def split_at_double_breaks(root: html.HtmlElement) -> None:
    """Two line breaks in a row are the end of a paragraph."""
    for first in list(root.iter("br")):
        second = first.getnext()
        around = first.getparent()
        if second is None or second.tag != "br" or (first.tail or "").strip() or around is None:
            continue
        holder = (
            around if around.tag in ("div", "td", "p", "section", "article", "body", "font", "span", "main") else None
        )
        if holder is not None:
            _split(holder)


def _split(holder: html.HtmlElement) -> None:
    """Turn the runs between double breaks into paragraphs; a paragraph so split becomes a box."""
    runs: list[list[html.HtmlElement]] = [[]]
    texts = [holder.text or ""]
    children = list(holder)
    at = 0
    while at < len(children):
        child = children[at]
        following = children[at + 1] if at + 1 < len(children) else None
        ends = child.tag == "br" and not (child.tail or "").strip() and following is not None and following.tag == "br"
        if ends and following is not None:
            runs.append([])
            texts.append(following.tail or "")
            at += 2
            continue
        runs[-1].append(child)
        at += 1
    holder.text = None
    for child in children:
        holder.remove(child)
    for text, run in zip(texts, runs, strict=True):
        if not text.strip() and not run:
            continue
        made = html.Element("div" if any(child.tag in _BOXES for child in run) else "p")
        made.text = text
        made.extend(run)
        holder.append(made)
    if holder.tag in ("p", "font", "span"):
        holder.tag = "div"


def know_footers(root: html.HtmlElement) -> None:
    """A short footer of words is the end of a text; the site's own has menus, or stands at the end of the page."""
    for footer in list(root.iter("footer")):
        around = footer.getparent()
        ends = around is not None and around.tag == "body" and footer.getnext() is None
        if not ends and not _is_site_footer(footer):
            footer.tag = "div"


def _is_site_footer(footer: html.HtmlElement) -> bool:
    words = str(footer.text_content())
    links = sum(1 for _ in zip(footer.iter("a"), range(_LINKS_OF_A_SITE), strict=False))
    return (
        len(words) > _LAYOUT_CELL
        or links >= _LINKS_OF_A_SITE
        or next(footer.iter("nav", "form"), None) is not None
        or _OWNED.search(words) is not None
    )


def part_facts(root: html.HtmlElement) -> None:
    """Neighbours whose classes call them different facts are parted, where only the style sheet did so."""
    told: dict[html.HtmlElement, bool] = {}
    for element in root.iter("a", "span", "time", "b", "strong", "em"):
        following = element.getnext()
        if following is None or (element.tail or "").strip() or following.tag not in _PARTED:
            continue
        unclassed = "class" not in element.attrib and "class" not in following.attrib
        around = element.getparent()
        if unclassed and element.tag == following.tag == "span" and around is not None:
            if around not in told:
                told[around] = _in_facts(around)
            element.tail = " · " if told[around] else element.tail
            continue
        one, other = element.get("class") or "", following.get("class") or ""
        dated = "time" in (element.tag, following.tag)
        if dated or (one and other and one != other and (_FACT.search(one) or _FACT.search(other))):
            element.tail = " · "


def _in_facts(box: html.HtmlElement) -> bool:
    boxes = (box, *list(box.iterancestors())[:2])
    return len(str(box.text_content())) <= _LONGEST_HEADING and any(_BYLINE.search(said_by(one)) for one in boxes)


def frame_pictures(root: html.HtmlElement) -> None:
    """A box that its classes call a picture with caption or credit becomes a figure, for all who read the page."""
    for picture in list(root.iter("img"))[:_MOST_PICTURES]:
        links = list(picture.iterancestors("a"))
        box = picture_box(picture, root) if next(picture.iterancestors("figure"), None) is None else None
        if box is not None and all(link in links for link in box.iter("a")):
            box.tag = "figure"


def head_by_role(root: html.HtmlElement) -> None:
    """``role=heading`` and classes that mean a heading inside a text."""
    for element in root.iter("div", "p", "span"):
        said = element.get("class") or ""
        if element.get("role") == "heading":
            level = element.get("aria-level") or "2"
            element.tag = f"h{level}" if level in "123456" and len(level) == 1 else "h2"
        elif (
            said
            and element.tag != "span"
            and _HEADLIKE.search(said)
            and len(element.text_content()) <= _LONGEST_HEADING
        ):
            element.tag = "h2"


def head_by_weight(root: html.HtmlElement) -> None:
    """A short paragraph that is bold from end to end and has a text after it heads that text."""
    for element in root.iter("p", "div"):
        if len(element) not in (1, 2) or (element.text or "").strip():
            continue
        first = element[0]
        if first.tag not in ("b", "strong") or any((child.tail or "").strip() for child in element):
            continue
        if len(element) > 1 and element[1].tag != "br":
            continue
        words = " ".join(str(first.text_content()).split())
        if words and len(words) <= _LONGEST_HEADING and not _NO_HEADING_END.search(words) and _heads(element, words):
            element.tag = "h2"
            first.drop_tag()


def _heads(element: html.HtmlElement, words: str) -> bool:
    if _LABELLING.search(words) or next(element.iter("a", "img"), None) is not None:
        return False
    following = element.getnext()
    while following is not None and is_notice(" ".join(str(following.text_content()).split())):
        following = following.getnext()
    return (
        following is not None
        and len(str(following.text_content()).strip()) > len(words)
        and following.tag in ("p", "ul", "ol", "div", "section", "blockquote", "table", "figure")
    )


STEPS: tuple[Step, ...] = (
    know_custom_elements,
    unfold_layout_tables,
    unframe_texts,
    know_footers,
    part_facts,
    frame_pictures,
    split_at_double_breaks,
    head_by_role,
    head_by_weight,
)
