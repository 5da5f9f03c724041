"""Cutting: at most so many words, at a sentence's end where one is near, never inside a word.

A word is what stands between blanks. Scripts without blanks are measured by their trade's habit: two Han, kana or
Thai-like characters count as one word and may be parted anywhere; a run of more than 40 other characters counts as
several words, so that no single "word" outgrows a letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from syndicate.credit.prose import Paragraph
from syndicate.credit.sentences import abbreviated

_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_UNIT = re.compile(
    rf"(?P<one>[{_UNSPACED}])[\u3001\u3002\uff01\uff1f\uff0c\u300d\u300f\uff09\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|[^\s{_UNSPACED}]+"
)
_LONG = 40
_LAST_THIRD = 2 / 3
_LAST_QUARTER = 3 / 4
_SENTENCE_END = re.compile(
    r"[.!?\u2026][\"\u201d\u2019\u00bb)\]]{0,3}$|" r"[\u3002\uff01\uff1f\u061f\u06d4][\u300d\u300f\uff09\u201d]{0,2}$"
)
ELLIPSIS = "\u2026"


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a text; ``whole`` says that nothing was taken."""

    kept: tuple[Paragraph, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A place to cut: after the unit that ends at ``stop`` of paragraph ``paragraph``, ``halves`` into the text."""

    paragraph: int
    stop: int
    halves: int
    sentence: bool


def count(text: str) -> int:
    """How many words ``text`` has, half words rounded up."""
    return (sum(_halves(unit) for unit in _UNIT.finditer(text)) + 1) // 2


def shorten(given: Sequence[Paragraph], words: int) -> Cut:
    """At most ``words`` words of ``given``, the ellipsis counted as one."""
    places = list(_places(given, words * 2))
    if places and places[-1].paragraph == len(given) - 1 and places[-1].stop == len(given[-1].text):
        return Cut(tuple(given), whole=True)
    if not given:
        return Cut((), whole=True)
    near = [place for place in places if place.sentence and place.halves >= words * 2 * _LAST_THIRD]
    if near:
        # A paragraph that ends nearly there is a better end than one sentence of the next.
        whole = [p for p in near if p.stop == len(given[p.paragraph].text) and p.halves >= words * 2 * _LAST_QUARTER]
        return _upto(given, (whole or near)[-1], "")
    room = [place for place in places if place.halves <= words * 2 - 2]
    if room:
        return _upto(given, room[-1], f" {ELLIPSIS}")
    return _upto(given, places[-1], "") if places else Cut((), whole=False)


def _upto(given: Sequence[Paragraph], place: _Place, ending: str) -> Cut:
    kept = (*given[: place.paragraph], given[place.paragraph].upto(place.stop, ending))
    return Cut(kept, whole=False)


def _places(given: Sequence[Paragraph], most: int) -> list[_Place]:
    """Every place to cut within ``most`` half words, in order."""
    places: list[_Place] = []
    halves = 0
    for number, paragraph in enumerate(given):
        text = paragraph.text
        units = _grown(text)
        for index, (start, stop, weight) in enumerate(units):
            halves += weight
            if halves > most:
                return places
            following = text[units[index + 1][0] :][:2] if index + 1 < len(units) else ""
            places.append(_Place(number, stop, halves, _ends(text, start, stop, following)))
    return places


def _grown(text: str) -> list[tuple[int, int, int]]:
    """The units of ``text`` as (start, stop, halves)."""
    return [(unit.start(), unit.end(), _halves(unit)) for unit in _UNIT.finditer(text)]


def _halves(unit: re.Match[str]) -> int:
    if unit["one"]:
        return 1
    length = unit.end() - unit.start()
    return 2 * -(-length // _LONG)


def _ends(text: str, start: int, stop: int, following: str) -> bool:
    """Whether a sentence ends at ``stop``: a paragraph's end does, but for one that announces the next."""
    if not following:
        return not text.endswith((":", "\uff1a"))
    unit = text[start:stop]
    mark = _SENTENCE_END.search(unit)
    if mark is None:
        return False
    if mark.group()[0] == "." and abbreviated(text, start + mark.start()):
        return False
    return not following.lstrip('"\u201c\u201e\u00ab(')[:1].islower()
