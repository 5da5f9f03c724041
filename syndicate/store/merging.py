"""What a stored piece is after its source has shown it again: what is missing is not taken away, what is said stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from syndicate.domain.flood import SLACK
from syndicate.domain.provenance import Kind, Provenance, Verdict
from syndicate.domain.publication import Moment, Reading

_A_DAY = timedelta(days=1)
"""By so much a date may move because a zone or an hour became known."""
_OF_THE_BODY = frozenset({"body_html", "body_text", "headings", "figures", "related"})
_SAID_BY_AN_EDITOR = (Verdict.CONFIRMED, Verdict.REJECTED)


def merged(stored: Reading, seen: Reading, first_seen: datetime) -> Reading:
    """What the piece is after its source showed ``seen``.

    An entry without a body (a feed's summary of a page read in full before) takes nothing away: the body stays, and
    so does the origin that was found in it. An editor's word on the origin outlives whatever is collected. And a piece
    was not published after we saw it first: dates that all moved to today are no dates.
    """
    if stored.body_html and not seen.body_html and not seen.body_text:
        names = [f for f in seen.__dataclass_fields__ if f in _OF_THE_BODY or not getattr(seen, f)]
        seen = replace(seen, **{name: getattr(stored, name) for name in names})
        if [a.name for a in seen.authors] == [a.name for a in stored.authors]:
            seen = replace(seen, authors=stored.authors)
        if seen.provenance.kind is Kind.ORIGINAL:
            seen = replace(seen, provenance=stored.provenance)
    published = _published(stored.published, seen.published, first_seen)
    return replace(seen, provenance=_origin(stored.provenance, seen.provenance), published=published)


def looked_at_again(stored: Reading, seen: Reading) -> Reading:
    """A page on its own, without the list that led to it: what only the list told stays, and so does its address."""
    names = [f for f in seen.__dataclass_fields__ if not getattr(seen, f)]
    kept = {name: getattr(stored, name) for name in names}
    return replace(seen, **kept | {"url": stored.url, "guid": stored.guid})


def dated(reading: Reading, first_seen: datetime) -> datetime:
    """The time to order by; a date at the very edge of the calendar cannot be told in UTC and is passed over."""
    given = reading.published.parsed if reading.published else None
    try:
        return (given or first_seen).astimezone(UTC)
    except OverflowError:
        return first_seen


def _origin(stored: Provenance, seen: Provenance) -> Provenance:
    return stored if stored.verdict in _SAID_BY_AN_EDITOR else seen


def _published(stored: Moment | None, seen: Moment | None, first_seen: datetime) -> Moment | None:
    if stored is None or stored.parsed is None or seen is None or seen.parsed is None:
        return seen or stored
    was_out = stored.parsed <= first_seen + SLACK
    return stored if was_out and seen.parsed > first_seen and seen.parsed - stored.parsed > _A_DAY else seen
