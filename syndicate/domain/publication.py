"""Publications and what is known of them, field by field, with evidence.

A ``Reading`` is what one visit to a source showed; the store turns it into a ``Publication`` by giving it an id,
a slug and a status. Identity rules live in ``identity``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from syndicate.domain.provenance import Provenance


class Status(StrEnum):
    """Where a publication stands with us."""

    LIVE = "live"
    BASELINE = "baseline"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Precision(StrEnum):
    """How exactly a date was given; a day is not a midnight."""

    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date as given and as understood. ``parsed`` is aware, or None where the raw text could not be trusted.

    ``doubt`` says why a date is not trusted, or trusted only so far; it is empty where nothing is wrong with it.
    """

    raw: str
    parsed: datetime | None
    precision: Precision = Precision.MINUTE
    zone_known: bool = True
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One person in the byline, with the biographical note the outlet prints, if any."""

    name: str
    bio: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One picture. ``caption`` and ``credit`` are apart: the credit belongs to the photographer."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A publication that another one points to as related; not collected by that alone."""

    title: str
    url: str = ""
    date: Moment | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""
    type: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which rule set a field, where it looked, and the raw text it saw (at most 500 characters).

    ``used`` is False for what another place said differently: disagreement is kept, and an editor can look it up.
    """

    field: str
    rule: str
    place: str
    raw: str
    used: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One piece as one visit showed it. ``body_html`` is safe, absolute-linked HTML; ``body_text`` its words.

    ``licence`` is the address of the licence the page names (or its short name where there is no address).
    """

    url: str
    title: str
    provenance: Provenance
    guid: str = ""
    canonical: str = ""
    authors: tuple[Author, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    type: str = ""
    topics: tuple[str, ...] = ()
    language: str = ""
    summary: str = ""
    body_html: str = ""
    body_text: str = ""
    headings: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    related: tuple[Lead, ...] = ()
    licence: str = ""
    evidence: tuple[Evidence, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Reading):
    """A stored piece. ``revision`` counts from 1; ``first_seen`` and ``changed`` are aware UTC times.

    ``missing_since`` is set while its outlet no longer shows it; what that means is for an editor to say.
    """

    id: int
    slug: str
    outlet: str
    source: str
    status: Status
    revision: int
    first_seen: datetime
    changed: datetime
    missing_since: datetime | None = None

    @property
    def dated(self) -> datetime:
        """The time to order and print by: the outlet's own date where it could be trusted, else first sight."""
        given = self.published.parsed if self.published else None
        return given or self.first_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationFilter:
    """Which publications to list; None means any. ``limit`` bounds the answer.

    With ``missing`` only those that their outlet no longer shows, the newest loss first.
    """

    outlet: str | None = None
    source: str | None = None
    status: str | None = None
    since: datetime | None = None
    missing: bool = False
    limit: int = 1000


class How(StrEnum):
    """How an appearance was recognised as this work, strongest first."""

    SOURCE = "source"
    CANONICAL = "canonical"
    DECLARED = "declared"
    NEAR_COPY = "near_copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One place a work was seen at, and what made us say that it is the same work."""

    source: str
    url: str
    how: How
    first_seen: datetime


class Part(StrEnum):
    """What of a publication a change touches. Headline, byline, a correction note and a return are loud."""

    TITLE = "title"
    AUTHORS = "authors"
    DATE = "date"
    BODY = "body"
    NOTE = "note"
    PROVENANCE = "provenance"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two revisions, for a person: what it touches, and the words before and after."""

    part: Part
    before: str
    after: str
    loud: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision of a publication and how it differs from the one before (the first differs in nothing)."""

    number: int
    at: datetime
    title: str
    changes: tuple[Change, ...] = ()

    @property
    def loud(self) -> bool:
        """Whether readers and editors should hear of it."""
        return any(change.loud for change in self.changes)
