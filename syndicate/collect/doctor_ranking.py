"""Comparing the ways into a site: what each shows, what it misses that others find, which is best and why.

Part of the source doctor; pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicate.collect.doctor_trying import Tried
from syndicate.collect.entries import Entry
from syndicate.domain.identity import bare_link
from syndicate.domain.survey import FIELDS

_WORTH = {"title": 10.0, "date": 15.0, "byline": 10.0, "summary": 5.0, "type": 5.0, "topics": 5.0, "text": 8.0}
_COVERAGE = 40.0
_CONDITIONAL = 5.0
_KINDS = {"feed": 12.0, "wordpress": 11.0, "drupal": 11.0, "listing": 3.0, "sitemap": 2.0}
"""Of two that show the same, the one that was made for machines breaks less often; pages fill in what it leaves out."""
_STALE = timedelta(days=30)
_STALENESS = 40.0
_FULL = 1200
_MOSTLY = 0.8
_TAG = re.compile(r"<[^<>]{0,2000}>")
_CUT = re.compile(r"(?:\[(?:…|\.\.\.)\]|Read more|Continue reading|…)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A way with what the comparison says of it."""

    tried: Tried
    filled: tuple[float, ...]
    newest: datetime | None
    oldest: datetime | None
    missed: tuple[str, ...]
    uncertain: bool
    score: float
    reasons: tuple[str, ...]


def judged(ways: Sequence[Tried]) -> tuple[Judged, ...]:
    """The ways, the best first."""
    dates = _dates(ways)
    newest = max(dates.values(), default=None)
    made = [_judge(way, ways, dates, newest) for way in ways]
    return tuple(sorted(made, key=lambda one: -one.score))


def _dates(ways: Sequence[Tried]) -> Mapping[str, datetime]:
    """Link -> the day that any way tells of it; dates of last changes say nothing."""
    found: dict[str, datetime] = {}
    for way in ways:
        for entry in way.entries:
            if entry.published and entry.published.parsed:
                found.setdefault(bare_link(entry.link), entry.published.parsed)
    return found


def _judge(way: Tried, ways: Sequence[Tried], dates: Mapping[str, datetime], newest: datetime | None) -> Judged:
    own = [dates[link] for link in _links(way) if link in dates]
    first, last = min(own, default=None), max(own, default=None)
    missed = tuple(_missed(way, ways, dates))
    filled = tuple(_share(way.entries, name) for name in FIELDS)
    stale = bool(newest and last and newest - last > _STALE)
    found = len(way.entries)
    score = sum(_WORTH[name] * share for name, share in zip(FIELDS, filled, strict=True))
    score += _COVERAGE * found / (found + len(missed)) + _KINDS[way.kind] + _CONDITIONAL * way.conditional
    score -= _STALENESS * stale
    return Judged(
        tried=way,
        filled=filled,
        newest=last,
        oldest=first,
        missed=missed,
        uncertain=not own and len(ways) > 1,
        score=round(score, 1),
        reasons=tuple(_reasons(way, filled, missed, stale=stale, uncertain=not own and len(ways) > 1)),
    )


def _links(way: Tried) -> list[str]:
    return [bare_link(entry.link) for entry in way.entries if entry.link]


def _missed(way: Tried, ways: Sequence[Tried], dates: Mapping[str, datetime]) -> Iterator[str]:
    """What others show and this one does not, from the later of the two's beginnings on."""
    own = set(_links(way))
    begins = min((dates[link] for link in own if link in dates), default=None)
    told: set[str] = set()
    for other in ways:
        theirs = [dates[link] for link in _links(other) if link in dates]
        if other is way or not theirs or begins is None:
            continue
        since = max(begins, min(theirs))
        for entry in other.entries:
            link = bare_link(entry.link)
            if link in dates and dates[link] >= since and link not in own and link not in told:
                told.add(link)
                yield entry.title or entry.link


def _share(entries: Sequence[Entry], name: str) -> float:
    return round(sum(_has(entry, name) for entry in entries) / len(entries), 3) if entries else 0.0


def _has(entry: Entry, name: str) -> bool:
    said = {
        "title": entry.title,
        "date": entry.published and entry.published.parsed,
        "byline": entry.authors,
        "summary": entry.summary,
        "type": entry.type,
        "topics": entry.topics or entry.tags,
        "text": is_full(entry),
    }
    return bool(said[name])


def is_full(entry: Entry) -> bool:
    """Whether an entry seems to carry its whole text and not the beginning of it."""
    words = " ".join(_TAG.sub(" ", entry.html).split())
    return len(words) >= _FULL and not _CUT.search(words)


def _reasons(
    way: Tried, filled: Sequence[float], missed: Sequence[str], *, stale: bool, uncertain: bool
) -> Iterator[str]:
    """In words, the weightiest first."""
    if stale:
        yield "its newest piece is more than a month older than what others show"
    if uncertain:
        yield "it tells no dates, so it cannot be said what it misses"
    elif missed:
        yield f"misses {len(missed)} that others show, among them {missed[0]!r}"
    else:
        yield "misses nothing that others show"
    shares = dict(zip(FIELDS, filled, strict=True))
    full = [name for name, share in shares.items() if share >= _MOSTLY]
    lacks = [name for name, share in shares.items() if share == 0 and name != "text"]
    yield f"tells {', '.join(full)}" if full else "tells nothing but addresses"
    if lacks and full:
        yield f"lacks {', '.join(lacks)}"
    if shares["text"] >= _MOSTLY:
        yield "carries the full text"
    yield "answers 304 when nothing changed" if way.conditional else "is sent in full at every visit"
    if way.kind == "listing":
        yield "read by a recipe, which a redesign may break (it is repaired or reported then)"
