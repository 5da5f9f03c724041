"""The parts of a page: what is the article, what stands around it, what is furniture, and the related list.

Elements are judged by what they are (nav, aside, form), by what their class says in the words that sites everywhere
use, and by how much running text they hold. No rule knows a site.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from lxml import html

from syndicate.collect.clean import wrap_loose_words
from syndicate.collect.dates import day_in
from syndicate.collect.labels import label_alone
from syndicate.collect.page_blocks import (
    HEADINGS,
    Block,
    begins_text,
    blocks_of,
    drop,
    is_prose,
    prose_by_box,
    says_facts,
    words_in,
)
from syndicate.collect.page_furniture import unfurnished, without_notices
from syndicate.collect.page_related import leads_in, related_sections
from syndicate.domain.publication import Lead
from syndicate.markup.page import Page

_NEARLY_ALL = 0.95
_MOST_ARTICLES = 200
_LICENCE = re.compile(r"creative\s+commons|\bCC[\s-]?(?:BY|0|zero)\b", re.IGNORECASE)
_LONGEST_LICENCE = 400
_LONGEST_DAY = 36
_HEAD_BLOCKS = 8
_FOOT_BLOCKS = 24
_BELOW = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """``body`` holds the article and may be changed: it belongs to a copy, whose whole is ``root``.

    ``above`` and ``below`` are the short blocks before and after the text, ``boxes`` those of asides and author boxes
    that stood elsewhere. ``semantic`` says that the page itself marks its article, so that no guess was needed.
    """

    root: html.HtmlElement
    body: html.HtmlElement
    above: tuple[Block, ...]
    below: tuple[Block, ...]
    boxes: tuple[Block, ...]
    kicker: str
    heading: str
    semantic: bool
    prose: int
    leads: tuple[Lead, ...]


def parts_of(page: Page, now: datetime) -> Parts:
    """Take a page that is in shape (``page_shape``) apart; the page itself stays as it is."""
    root = deepcopy(page.root)
    sections = related_sections(root, gather=True)
    leads = leads_in(page, sections, now)
    for section in sections:
        drop(section)
    boxes = unfurnished(root)
    top = next(iter(root.iter("body")), root)
    for box in (*boxes, top):
        wrap_loose_words(page, box)
    blocks = without_notices(blocks_of(top))
    prose = prose_by_box(top, blocks)
    body, semantic = _article(top, prose)
    heading = _heading(top, body)
    above, below, kicker = _around(blocks, body, heading, now)
    return Parts(
        root=root,
        body=body,
        above=above,
        below=below,
        boxes=tuple(block for box in boxes for block in blocks_of(box)),
        kicker=kicker,
        heading="" if heading is None else words_in(heading),
        semantic=semantic,
        prose=prose.get(body, 0),
        leads=leads,
    )


def _article(top: html.HtmlElement, prose: dict[html.HtmlElement, int]) -> tuple[html.HtmlElement, bool]:
    """The element that holds the article, and whether the page marks it as such."""
    named = [element for element in top.iter() if isinstance(element.tag, str) and _is_text(element)]
    articles = named or list(top.iter("article"))[:_MOST_ARTICLES]
    scope = next(iter(top.iter("main")), None)
    if scope is None:
        scope = next((element for element in top.iter() if element.get("role") == "main"), top)
    if prose.get(scope, 0) * 2 < prose.get(top, 0):
        scope = top
    if articles:
        best = max(articles, key=lambda element: prose.get(element, 0))
        if prose.get(best, 0) * 2 >= prose.get(scope, 0) and prose.get(best):
            return best, True
    return _densest(scope, prose), False


def _is_text(element: html.HtmlElement) -> bool:
    """Whether microdata, RDFa or microformats call an element the article's text."""
    told = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
    if any(word.rpartition(":")[2].rpartition("/")[2] == "articlebody" or word == "content:encoded" for word in told):
        return True
    return "e-content" in (element.get("class") or "").split()


def _densest(scope: html.HtmlElement, prose: dict[html.HtmlElement, int]) -> html.HtmlElement:
    """The innermost box that still holds all but a little of the running text, and more than one block of it."""
    best, whole = scope, prose.get(scope, 0)
    while whole:
        inner = next((child for child in best if prose.get(child, 0) >= _NEARLY_ALL * whole), None)
        if inner is None or not any(prose.get(child, 0) for child in inner):
            return best
        best = inner
    return best


def _heading(top: html.HtmlElement, body: html.HtmlElement) -> html.HtmlElement | None:
    """The page's first-level heading nearest to the text: in its own box or, where that has none, around it."""
    for box in (body, *body.iterancestors()):
        found = next(iter(box.iter("h1")), None)
        if found is not None and words_in(found):
            return found
        if box is top:
            break
    return None


def _around(
    blocks: list[Block], body: html.HtmlElement, heading: html.HtmlElement | None, now: datetime
) -> tuple[tuple[Block, ...], tuple[Block, ...], str]:
    """The short blocks before and after the running text, and the words of the one right before the heading."""
    inside = set(body.iter())
    first = next((at for at, block in enumerate(blocks) if block.node in inside and begins_text(block)), len(blocks))
    last = next(
        (at for at in range(len(blocks) - 1, -1, -1) if blocks[at].node in inside and is_prose(blocks[at].text)), first
    )
    head = next((at for at, block in enumerate(blocks) if heading is not None and block.node is heading), None)
    near = _near(heading, body)
    above = [
        b for at, b in enumerate(blocks[:first]) if not b.framed and (near is None or b.node in near) and at != head
    ]
    above += [block for block in blocks[first : first + _HEAD_BLOCKS] if _is_fact(block) or _is_day(block, now)]
    end = max(last, first) + 1
    below = _facts_among(blocks[max(first + _HEAD_BLOCKS, end - _FOOT_BLOCKS) : end])
    below += [block for block in blocks[end : end + _BELOW] if not block.framed and not _elsewhere(block, body)]
    kicker = blocks[head - 1].text if head and near is not None and blocks[head - 1].node in near else ""
    return tuple(above), tuple(below), kicker


def _elsewhere(block: Block, body: html.HtmlElement) -> bool:
    """Whether a block stands in an article of its own, such as a teaser of another piece."""
    other = next(block.node.iterancestors("article"), None)
    return other is not None and other is not body and not any(box is other for box in body.iterancestors())


def _is_fact(block: Block) -> bool:
    """Whether a line among the first or the last of the text is none of it: a byline under a standfirst, a date."""
    licence = len(block.text) <= _LONGEST_LICENCE and _LICENCE.search(block.text) is not None
    return not block.framed and block.node.tag not in HEADINGS and (licence or says_facts(block.text))


def _is_day(block: Block, now: datetime) -> bool:
    """Whether a line is a day and hardly a word besides."""
    short = len(block.text) <= _LONGEST_DAY and not block.framed and block.node.tag in ("p", "div", "span", "time")
    return short and day_in(block.text, now) is not None


def _facts_among(last: list[Block]) -> list[Block]:
    """The lines among the last of the text that are none of it; what stands between two such lines is one too."""
    told = [at for at, block in enumerate(last) if _is_fact(block) and not is_prose(block.text)]
    ends = told[-1] if told else 0
    while told and ends + 1 < len(last) and label_alone(last[told[-1]].text) and _is_value(last[ends + 1]):
        ends += 1
    run = range(told[0], ends + 1) if ends and ends > told[0] else range(0)
    return [block for at, block in enumerate(last) if _is_fact(block) or (at in run and not is_prose(block.text))]


def _is_value(block: Block) -> bool:
    return not is_prose(block.text) and block.node.tag not in HEADINGS


def _near(heading: html.HtmlElement | None, body: html.HtmlElement) -> set[html.HtmlElement] | None:
    """All that stands in the smallest box that holds both the heading and the text; None where there is no heading."""
    if heading is None:
        return None
    holders = set(heading.iterancestors())
    shared = next((box for box in (body, *body.iterancestors()) if box in holders), None)
    return set(shared.iter()) if shared is not None else None
