"""The step after a pass: find pieces that are the same text from different sources, and make them one work.

Collecting knows pieces by links, ids and titles; here texts are compared. Each new piece is looked at once: its
fingerprint finds the few that may be copies, shared shingles decide, and the younger one becomes an appearance of the
oldest. Killed at any point, the next call goes on with what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from syndicate.domain.likeness import SAME, WITHIN, fingerprint, shared, shingles
from syndicate.domain.publication import How, Publication, Status
from syndicate.flows.house import House

_PORTION = 200
_EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """``publication`` turned out to be another appearance of ``same_as``."""

    publication: int
    same_as: int
    how: How = How.NEAR_COPY


def recognise(house: House, now: datetime, limit: int = _EVERYTHING) -> tuple[Recognised, ...]:
    """Look for near copies of at most ``limit`` pieces that this was not done for yet, oldest first.

    Pieces that one source lists as two stay two, and a withdrawn piece is no copy and no original. What is dated after
    ``now`` is looked at like everything else: an embargo hides a piece, not what it is.
    """
    del now
    found: list[Recognised] = []
    looked = 0
    while looked < limit:
        some = house.store.publications.unread(min(_PORTION, limit - looked))
        if not some:
            break
        for publication in some:
            found.extend(_read(house, publication))
        looked += len(some)
    return tuple(found)


def _read(house: House, publication: Publication) -> Iterator[Recognised]:
    """Note the fingerprint of one piece, and what it is a copy of."""
    mine = fingerprint(_text(publication))
    original = None if mine is None else _original(house, publication, mine)
    house.store.publications.mark_read(publication.id, mine, original, How.NEAR_COPY if original else None)
    if original is not None:
        yield Recognised(publication=publication.id, same_as=original)


def _original(house: House, publication: Publication, mine: int) -> int | None:
    """The oldest piece that ``publication`` is a copy of."""
    if publication.status is Status.WITHDRAWN:
        return None
    own, runs = _sources(house, publication), shingles(_text(publication))
    for other, _ in house.store.publications.near(publication.id, mine, WITHIN):
        if not _older(other, publication) or other.status is Status.WITHDRAWN:
            continue
        if shared(runs, shingles(_text(other))) >= SAME and own.isdisjoint(_sources(house, other)):
            return other.id
    return None


def _older(one: Publication, other: Publication) -> bool:
    return (one.first_seen, one.id) < (other.first_seen, other.id)


def _sources(house: House, publication: Publication) -> set[str]:
    return {publication.source, *(place.source for place in house.store.publications.appearances(publication.id))}


def _text(publication: Publication) -> str:
    return publication.body_text or publication.summary
