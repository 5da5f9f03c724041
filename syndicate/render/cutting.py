"""Marks around items in a rendered letter, and the cut at them that makes frame and segments.

The marks are comments written by ``letters`` only: comments of sources are gone before rendering. They survive
inlining, and none is left in what is sealed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from syndicate.domain.errors import SealRefused

_MARK = re.compile(r"<!--item (\d+)-->(.*?)<!--/item \1-->", re.DOTALL)
_ANY_MARK = re.compile(r"<!--/?item ")
TEXT_GAP = "\x1d"
"""Where the items go in the plain text frame: a control, which no source can bring."""


@dataclass(frozen=True, slots=True)
class Parts:
    """One alternative part of a letter, cut: what stands before and after the items, and each item by its id."""

    before: str
    items: dict[int, str]
    after: str


def marked(item: int, html: str) -> str:
    """``html`` of one item between its marks."""
    return f"<!--item {item}-->{html}<!--/item {item}-->"


def cut_html(html: str, order: Sequence[int], document: str) -> Parts:
    """Cut at the marks; raises ``SealRefused`` where they are not there once each, in ``order``, side by side."""
    found = list(_MARK.finditer(html))
    if [int(mark[1]) for mark in found] != list(order) or len(_ANY_MARK.findall(html)) != 2 * len(order) or not found:
        raise SealRefused(document, ("the template must print {{ items }} once, unchanged, where the items go",))
    between = [html[one.end() : other.start()] for one, other in pairwise(found)]
    if any(gap.strip() for gap in between):
        raise SealRefused(document, ("something stands between two items that belongs to neither",))
    items = {int(mark[1]): mark[2] for mark in found}
    return Parts(before=html[: found[0].start()], items=items, after=html[found[-1].end() :])


def cut_text(text: str, items: dict[int, str], document: str) -> Parts:
    """Cut the plain text frame at its gap; raises ``SealRefused`` where there is not exactly one."""
    before, gap, after = text.partition(TEXT_GAP)
    if not gap or TEXT_GAP in after:
        raise SealRefused(document, ("the text template must print {{ items }} once, where the items go",))
    return Parts(before=before, items=items, after=after)
