"""What a visit to a source is given and what may come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from syndicate.domain.outlet import Outlet, Recipe, Source
from syndicate.domain.publication import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a server and its feed wish to be asked.

    ``fresh_for`` (seconds) is the freshness of this one answer less its age (RFC 9111 section 4.2), ``cached`` whether
    the server said anything of it. ``ttl`` and ``update_every`` (seconds) are the feed's own words (RSS 2.0; RSS 1.0
    syndication module), ``skip_hours`` (0-23, GMT) and ``skip_days`` (0 is Monday) when the feed asks to be left alone.
    """

    fresh_for: float = 0.0
    cached: bool = False
    ttl: float = 0.0
    update_every: float = 0.0
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


_ANY_PACE = Pace()
"""Of every source that nothing is known of yet; there may be many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One card of a listing as a recipe once read it: what a repaired recipe must find again."""

    link: str
    title: str
    date: str = ""
    byline: str = ""
    summary: str = ""
    type: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A permanent redirect (301, 308) that is believed only after it was seen often and long enough."""

    to: str
    since: datetime
    seen: int
    title: str = ""


class Ended(StrEnum):
    """How a visit ended, in one word; the ring of past visits keeps it."""

    NEW = "new"
    SAME = "same"
    FAILED = "failed"
    BUSY = "busy"
    GONE = "gone"
    WALL = "wall"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """One visit that is over."""

    at: datetime
    ended: Ended
    new: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """What we remember of a source between visits; validators are opaque strings sent back as they came.

    ``representation`` names what the validators belong to (address and negotiation), so that they are sent back for
    nothing else. ``configured`` is the address in the configuration that all this was learned at, ``address`` where the
    source lives now if a move was believed, ``title`` the list's own title. ``heard`` are the newest publication times,
    ``visits`` the last visits, both newest first. ``learned`` is a recipe that replaces the configured one
    (``learned_from``) since that found nothing any more, ``examples`` the cards it was tried on. ``found`` is when the
    list last showed something new, ``listed`` how many entries it showed last.
    """

    etag: str = ""
    last_modified: str = ""
    last_visit: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    next_visit: datetime | None = None
    last_error: str = ""
    gone_since: datetime | None = None
    hold_until: datetime | None = None
    representation: str = ""
    configured: str = ""
    address: str = ""
    title: str = ""
    move: Move | None = None
    pace: Pace = _ANY_PACE
    heard: tuple[datetime, ...] = ()
    visits: tuple[PastVisit, ...] = ()
    learned: Recipe | None = None
    learned_from: Recipe | None = None
    examples: tuple[Example, ...] = ()
    drift: str = ""
    found: datetime | None = None
    listed: int = 0


Known = Callable[[Sequence[str]], frozenset[str]]
"""Answers which of these identity keys belong to publications already stored, so their pages are not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPage:
    """The page of a publication that is due to be looked at again, with the validators of the last look."""

    publication: int
    url: str
    guid: str = ""
    etag: str = ""
    last_modified: str = ""
    representation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One source, whose turn it is. ``watched`` are pages of known publications to look at again on this occasion."""

    source: Source
    outlet: Outlet
    bookmark: Bookmark
    known: Known
    watched: tuple[WatchedPage, ...] = ()

    @property
    def address(self) -> str:
        """Where the source is asked: where it moved to, if that was believed, else where the configuration says."""
        moved = self.bookmark.address if self.bookmark.configured == self.source.url else ""
        return moved or self.source.url

    @property
    def recipe(self) -> Recipe | None:
        """The recipe to read with: the learned one, until somebody changes the one it was learned from."""
        mark = self.bookmark
        return mark.learned if mark.learned and mark.learned_from == self.source.recipe else self.source.recipe


class Look(StrEnum):
    """What another look at a known page showed."""

    SAME = "same"
    READ = "read"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One watched page after the look. ``reading`` is there for ``READ`` alone; the store tells whether it changed."""

    publication: int
    look: Look
    reading: Reading | None = None
    etag: str = ""
    last_modified: str = ""
    representation: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """One entry that could not be read while its source could; it spoils nothing else."""

    where: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an answer told beside its content, the same for all that answered.

    ``moved`` is where a chain of permanent redirects alone led; ``title`` the list's own title.
    """

    representation: str = ""
    pace: Pace = field(default_factory=Pace)
    moved: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The source answered. ``readings`` are new or changed pieces in full; ``seen`` counts all it listed.

    ``notes`` are lines for a person that are no failures of a piece: a recipe that was repaired, fields that went
    empty. ``learned`` and ``examples`` are kept in the bookmark where they are not empty.
    """

    readings: tuple[Reading, ...]
    seen: int
    etag: str = ""
    last_modified: str = ""
    spoiled: tuple[Spoiled, ...] = field(default=())
    told: Told = field(default_factory=Told)
    checked: tuple[Checked, ...] = ()
    learned: Recipe | None = None
    examples: tuple[Example, ...] = ()
    drift: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The source says nothing changed (304, or the same bytes)."""

    etag: str = ""
    last_modified: str = ""
    told: Told = field(default_factory=Told)
    checked: tuple[Checked, ...] = ()


class Cause(StrEnum):
    """Why a visit failed, as far as the plan treats it differently."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    BUSY = "busy"
    GONE = "gone"
    WALL = "wall"
    UNREADABLE = "unreadable"
    OURS = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """The visit failed. ``problem`` is one line for a person; ``retry_after`` in seconds where the server said so.

    ``where`` is the address that said so, for the scope of the wait. ``cause`` ``UNREACHABLE`` means that no server
    answered at all (name, connection): what happens to most sources at once when we are offline.
    """

    problem: str
    cause: Cause = Cause.UNREADABLE
    retry_after: float | None = None
    where: str = ""

    @property
    def gone(self) -> bool:
        """Whether the server said that nothing will be there again (410)."""
        return self.cause is Cause.GONE


VisitResult = Found | Unchanged | Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of the readings of one visit; ids of publications. ``baseline`` are those of ``new`` taken as old."""

    new: tuple[int, ...]
    updated: tuple[int, ...]
    unchanged: tuple[int, ...]
    baseline: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """All that one visit leaves to be stored, in one transaction: readings, looks at known pages, the new bookmark.

    ``before`` is the bookmark that the visit began with, ``listed`` how many entries its list showed; by them the
    store judges which of the new readings are old (promise 11, see ``domain.flood``). ``hold`` takes all of them for
    old: the database was copied, and nobody has said yet that it is the real one (``Store.confirm``).
    """

    source: Source
    readings: tuple[Reading, ...]
    before: Bookmark
    after: Bookmark
    listed: int = 0
    checked: tuple[Checked, ...] = ()
    hold: bool = False
