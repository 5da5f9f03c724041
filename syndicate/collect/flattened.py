"""A page that somebody flattened to text, as a page again, so that there is one way to read.

What flattening leaves behind is used: captions and the titles of cards stand twice in a row, section headings are short
lines without a full stop between long ones, and the related list opens with its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from syndicate.collect.dates import day_in
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.page_related import says_related

_PROSE = 80
_LONGEST_HEADING = 90
_WRAPPED = 50
_STOPPED = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\b[A-Z])[.!?:;,…\"”]$")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class _Line:
    """One block of the text; ``twice`` says that the same stood there again right after it."""

    text: str
    twice: bool


def page_of_text(text: str, now: datetime) -> str:
    """HTML with heading, paragraphs, figures and related cards where the text shows them."""
    lines = _folded(_blocks(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")))
    end = next((at for at, line in enumerate(lines) if at and says_related(line.text)), len(lines))
    article = "".join(_article(lines[:end], now))
    related = _related(lines[end:]) if end < len(lines) else ""
    return f"<html><body><main><article>{article}</article>{related}</main></body></html>"


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs parted by blank lines; hard-wrapped lines are joined, others stand for themselves."""
    for chunk in _BLANK_LINES.split(text):
        lines = [" ".join(line.split()) for line in chunk.split("\n") if line.strip()]
        wrapped = len(lines) > 1 and all(len(line) >= _WRAPPED for line in lines[:-1]) and lines[0] != lines[1]
        if wrapped and all(len(line) < 2 * _PROSE for line in lines):
            yield " ".join(lines)
        else:
            yield from lines


def _folded(blocks: Iterator[str]) -> list[_Line]:
    lines: list[_Line] = []
    for block in blocks:
        if lines and lines[-1].text == block:
            lines[-1] = _Line(block, twice=True)
        else:
            lines.append(_Line(block, twice=False))
    return lines


def _article(lines: Sequence[_Line], now: datetime) -> Iterator[str]:
    first_prose = next((at for at, line in enumerate(lines) if len(line.text) >= _PROSE), len(lines))
    titled = False
    for at, line in enumerate(lines):
        shown = escape(line.text)
        if at < first_prose and not titled and _is_title(line, now):
            titled = True
            yield f"<h1>{shown}</h1>"
        elif line.twice:
            yield f"<figure><figcaption>{shown}</figcaption></figure>"
        elif at > first_prose and _heads(line, lines[at + 1 :]):
            yield f"<h2>{shown}</h2>"
        else:
            yield f"<p>{shown}</p>"


def _is_title(line: _Line, now: datetime) -> bool:
    other = byline_in(line.text) or labelled(line.text) or day_in(line.text, now)
    return not other and len(line.text) <= 2 * _LONGEST_HEADING and not line.text.endswith((".", ":", ","))


def _heads(line: _Line, following: Sequence[_Line]) -> bool:
    short = len(line.text) <= _LONGEST_HEADING and not _STOPPED.search(line.text) and labelled(line.text) is None
    return short and bool(following) and len(following[0].text) >= _PROSE


def _related(lines: Sequence[_Line]) -> str:
    """Cards begin with a title that stands twice; without such titles each line is one."""
    cards: list[list[str]] = []
    for line in lines[1:]:
        if line.twice or not cards:
            cards.append([f"<h3>{escape(line.text)}</h3>"])
        else:
            cards[-1].append(f"<p>{escape(line.text)}</p>")
    shown = "".join(f"<article>{''.join(card)}</article>" for card in cards)
    return f'<section class="related"><h2>{escape(lines[0].text)}</h2>{shown}</section>'
