"""Digests and their editions: what goes in, and what became of each window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from syndicate.domain.feed import Select
from syndicate.domain.gate import Cleared, Ruling, Withheld


class EditionState(StrEnum):
    """How far an edition has come."""

    COMPOSED = "composed"
    HELD = "held"
    APPROVED = "approved"
    SEALED = "sealed"
    SKIPPED = "skipped"


class Every(StrEnum):
    """How often a digest goes out."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a digest is due, in the wall time of ``timezone``.

    ``on`` is a weekday (``mon``) for a week and a day of the month (``1`` to ``28``) for a month. A fire later than
    ``useful_for`` after its time is stale and held.
    """

    every: Every
    at: str
    timezone: str
    on: str = ""
    useful_for: timedelta = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The recurring mail product. ``words`` bounds each excerpt; the outlet's terms may bound it further."""

    id: str
    title: str
    language: str
    select: Select = field(default_factory=Select)
    schedule: Schedule | None = None
    items: int = 12
    words: int = 80

    @property
    def cadence(self) -> str:
        """The default cadence of its readers."""
        every = self.schedule.every if self.schedule else Every.DAY
        return {Every.DAY: "daily", Every.WEEK: "weekly", Every.MONTH: "monthly"}[every]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What composing decided of one publication, and why: the answer of ``digest why``."""

    publication: int
    title: str
    taken: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One issue of a digest for one cadence at one nominal time; ``items`` are publication ids in order."""

    id: int
    digest: str
    cadence: str
    nominal: datetime
    state: EditionState
    items: tuple[int, ...]
    variants: int = 1
    by_schedule: bool = False
    skipped_because: str = ""
    held_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What an edition is to hold, before it is stored."""

    items: tuple[int, ...]
    choices: tuple[Choice, ...]
    skipped_because: str = ""


def compose(digest: Digest, rulings: Sequence[Ruling], already: frozenset[int]) -> Composition:
    """Choose and order: newest first, at most ``digest.items``, none that this digest carried before.

    Every publication considered gets a ``Choice`` with its reason; an empty outcome says why it is skipped.
    """
    taken: list[Cleared] = []
    choices: list[Choice] = []
    for ruling in sorted(rulings, key=lambda r: (-r.publication.dated.timestamp(), r.publication.id)):
        why = _left_out(digest, ruling, already, len(taken))
        choices.append(_choice(ruling, taken=not why, why=why or ruling.why))
        if isinstance(ruling, Cleared) and not why:
            taken.append(ruling)
    skipped = "" if taken else _why_empty(choices)
    return Composition(items=tuple(c.publication.id for c in taken), choices=tuple(choices), skipped_because=skipped)


def _left_out(digest: Digest, ruling: Ruling, already: frozenset[int], so_far: int) -> str:
    if isinstance(ruling, Withheld):
        return ruling.why
    if not digest.select.takes(ruling.publication):
        return "not selected by this digest"
    if ruling.publication.id in already:
        return "carried by an earlier edition of this digest"
    if so_far >= digest.items:
        return f"beyond the {digest.items} items of an edition; it waits for the next one"
    return ""


def _choice(ruling: Ruling, *, taken: bool, why: str) -> Choice:
    publication = ruling.publication
    return Choice(publication=publication.id, title=publication.title, taken=taken, why=why)


def _why_empty(choices: Sequence[Choice]) -> str:
    if not choices:
        return "nothing was collected that this digest could carry"
    reasons: dict[str, int] = {}
    for choice in choices:
        reasons[choice.why] = reasons.get(choice.why, 0) + 1
    most = max(reasons, key=lambda why: reasons[why])
    return f"none of {len(choices)} publications could go in, mostly because: {most}"
