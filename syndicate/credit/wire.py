"""Agency marks: a dateline with the agency at the start of a text, or its sign after the last sentence.

The shapes are the trade's, not a list of agencies: a place and a name in brackets before a dash, a sign in brackets
after the full stop. Signs in small letters may be an author's, so they count only where agencies are known by them.
"""

from __future__ import annotations

import re

from syndicate.credit import dates
from syndicate.credit.claim import Claim
from syndicate.domain.provenance import Kind

_NAME = r"(?P<name>[^\W\d_][\w.]{1,18}(?:\s[^\W\d_]\w{1,15})?)"
_DATELINE = (
    re.compile(rf"(?P<place>[^\W\d_][^\n()/:;?!]{{1,48}}?)[,.]?\s?\({_NAME}\)\s?\.?\s?[-\u2013\u2014\u2015]\s"),
    re.compile(r"\((?![IVXLC]+\))(?P<name>[A-Z][A-Z.]{1,9})\)\s?\.?\s?[-\u2013\u2014]\s?(?=[^\W\d_])"),
    re.compile(rf"(?P<place>[^\W\d_][^\n()/:;?!]{{1,48}}?)[,.]?\s?/{_NAME}/\s?[.\-\u2013\u2014]"),
    re.compile(r"[(\[\u3010](?P<place>\w{1,12})=(?P<name>\w{2,20})[)\]\u3011]"),
    re.compile(
        r"[\uff08(]?(?P<name>[\u4e00-\u9fff]{2,4}\u793e)(?P<place>[\u4e00-\u9fff]{2,6})\d{1,2}\u6708\d{1,2}\u"
        r"65e5\u7535"
    ),
)
_SIGN = re.compile(
    r"[.!?\u2026\"\u201d\u201c\u00bb]\s{0,2}\((?P<mark>(?P<name>[A-Z]{2,6}|"
    r"[a-z]{2,8})(?P<more>[/,;][^()\n]{1,30})?)\)\s{0,3}$"
)
_SMALL_SIGNS = frozenset(
    {"dpa", "afp", "ap", "epd", "kna", "sid", "reuters", "rtr", "anp", "belga", "sda", "ats", "lusa", "pap"}
)
_WINDOW = 120
_OPENS = frozenset("(/[\u3010\u65e5")
_MOST_PLACE_WORDS = 5


def may_be_marked(text: str) -> bool:
    """Whether a block of prose deserves a look: every dateline has a bracket, a stroke or the sign for "day" at the
    start, every sign a bracket at the end, and most blocks have neither.
    """
    return not _OPENS.isdisjoint(text[:_WINDOW]) or text[-_WINDOW:].rstrip().endswith(")")


def claim(text: str) -> Claim | None:
    """What the agency marks of one block of prose say, or None."""
    return (_dateline(text[:_WINDOW]) or _sign(text)) if may_be_marked(text) else None


def _dateline(start: str) -> Claim | None:
    for shape in _DATELINE:
        hit = shape.match(start)
        if hit and _believable(hit):
            return _made(hit, hit.group().strip(), sure=_certain(hit, start))
    return None


def _believable(hit: re.Match[str]) -> bool:
    """A place in capitals, or an agency in one word, or a script that has no capitals; never a sentence in brackets."""
    name, place = hit["name"], hit.groupdict().get("place")
    if place is None or not name[0].isupper():
        return not name[0].islower()
    if len(place.split()) > _MOST_PLACE_WORDS:
        return False
    city = re.split(r"[,.]", place)[0]
    return city.isupper() or (len(city.split()) == 1 and len(name.split()) == 1)


def _certain(hit: re.Match[str], start: str) -> bool:
    """Whether the shape leaves no doubt: "Term (ABC) - its meaning" looks like a dateline in small letters."""
    name, place = hit["name"], hit.groupdict().get("place")
    if name.lower() in _SMALL_SIGNS or not name.isascii():
        return True
    if place is None:
        return ".-" in hit.group() or bool(re.match(r"[A-Z]{3}", start[hit.end() :]))
    return re.split(r"[,.]", place)[0].isupper()


def _sign(text: str) -> Claim | None:
    hit = _SIGN.search(text, max(0, len(text) - _WINDOW))
    if hit is None:
        return None
    small = hit["name"].islower()
    known = hit["name"] in _SMALL_SIGNS
    if small and not known and not (hit["more"] or "").startswith("/"):
        return None
    return _made(hit, f"({hit['mark']})", sure=known or not small)


def _made(hit: re.Match[str], evidence: str, *, sure: bool) -> Claim:
    dated = dates.find(evidence)
    return Claim(
        kind=Kind.WIRE,
        publisher=hit["name"],
        evidence=evidence,
        start=hit.start(),
        end=hit.end(),
        name_start=hit.start("name"),
        name_end=hit.end("name"),
        date=dated.day if dated else None,
        sure=sure,
    )
