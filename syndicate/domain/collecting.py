"""What a visit to a source is given and what may come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from syndicate.domain.outlet import Outlet, Source
from syndicate.domain.publication import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """What we remember of a source between visits; validators are opaque strings sent back as they came."""

    etag: str = ""
    last_modified: str = ""
    last_visit: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    next_visit: datetime | None = None
    last_error: str = ""
    gone_since: datetime | None = None
    hold_until: datetime | None = None


Known = Callable[[Sequence[str]], frozenset[str]]
"""Answers which of these identity keys belong to publications already stored, so their pages are not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One source, whose turn it is."""

    source: Source
    outlet: Outlet
    bookmark: Bookmark
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """One entry that could not be read while its source could; it spoils nothing else."""

    where: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The source answered. ``readings`` are new or changed pieces in full; ``seen`` counts all it listed."""

    readings: tuple[Reading, ...]
    seen: int
    etag: str = ""
    last_modified: str = ""
    spoiled: tuple[Spoiled, ...] = field(default=())
    wait_at_least: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The source says nothing changed (304, or the same bytes)."""

    etag: str = ""
    last_modified: str = ""
    wait_at_least: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """The visit failed. ``problem`` is one line for a person; ``retry_after`` in seconds where the server said so."""

    problem: str
    retry_after: float | None = None
    gone: bool = False


VisitResult = Found | Unchanged | Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of the readings of one visit; ids of publications."""

    new: tuple[int, ...]
    updated: tuple[int, ...]
    unchanged: tuple[int, ...]
