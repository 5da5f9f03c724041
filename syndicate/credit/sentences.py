"""Where sentences begin and end, in every script this room reads; used to read attribution and to cut excerpts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syndicate.credit import dates

_ENDS = re.compile(
    r"[.!?\u2026][\"\u201d\u2019\u00bb)\]*_]{0,3}(?=\s"
    r"+[\"\u201c\u201e\u00ab(\[*_\u00a1\u00bf]{0,2}[^\Wa-zß-ÿа-я_])|"
    r"[\u3002\uff01\uff1f][\u300d\u300f\uff09\u201d]{0,2}|[\u061f\u06d4](?=\s)|\n"
)
_SHORT = frozenset(
    """
    mr mrs ms dr prof st sr jr vs no nos vol pp fig ed eds sen rep gov gen col lt sgt capt jan feb mar apr jun jul
    aug sep sept oct nov dec bzw ca usw nr bd hrsg evtl sog inkl approx dept univ assn etc mme mlle núm ud uds sra
    av
    """.split()  # noqa: SIM905 - words read better as words
)
_LAST_WORD = re.compile(r"(\w+)\.?$")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of ``text``, blanks between them left out."""
    start = 0
    for hit in _ENDS.finditer(text):
        if hit.group()[0] == "." and abbreviated(text, hit.start()):
            continue
        yield from _kept(text, start, hit.end())
        start = hit.end()
    yield from _kept(text, start, len(text))


def abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an initial or an abbreviation and ends no sentence."""
    word = _LAST_WORD.search(text, max(0, stop - 12), stop)
    if word is None:
        return False
    last = word.group(1)
    if last.isdigit() and len(last) <= 2:  # noqa: PLR2004 - a day's ordinal: "am 3. Mai"
        following = text[stop + 1 : stop + 14].split()
        return bool(following) and dates.is_month(following[0].strip(".,"))
    return (len(last) == 1 and not last.isdigit() and last.isascii()) or last.lower() in _SHORT


def _kept(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
