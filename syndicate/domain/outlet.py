"""Outlets, the sources they are read through, and the terms they grant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum


class Use(StrEnum):
    """How much of a text may go out, from most to least."""

    FULL = "full"
    EXCERPT = "excerpt"
    TITLE = "title"
    NONE = "none"


class Unsure(StrEnum):
    """What goes out while the provenance of a piece is unsure."""

    TITLE = "title"
    HOLD = "hold"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an outlet lets us do. ``starts`` and ``until`` bound the grant; ``embargo`` counts from publication."""

    use: Use = Use.EXCERPT
    words: int = 80
    images: bool = False
    starts: datetime | None = None
    until: datetime | None = None
    embargo: timedelta = timedelta(0)
    unsure: Unsure = Unsure.TITLE
    canonical: str = "canonical"
    granted_by: str = ""
    granted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes. ``url`` is the home page; ``contact`` an address for questions of rights."""

    id: str
    name: str
    url: str
    contact: str = ""
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """CSS selectors that read a listing page: one card per publication, the rest inside the card."""

    card: str
    title: str
    link: str = ""
    date: str = ""
    byline: str = ""
    summary: str = ""
    type: str = ""
    topic: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecipe:
    """CSS selectors that read an article's own page, for what its marks and labels do not say. All may be empty."""

    title: str = ""
    byline: str = ""
    bio: str = ""
    date: str = ""
    updated: str = ""
    type: str = ""
    topic: str = ""
    body: str = ""
    caption: str = ""
    credit: str = ""
    licence: str = ""
    related: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One way to read an outlet. ``article`` says whether the text stands on the page or in the entry itself."""

    id: str
    outlet: str
    kind: str
    url: str
    every: timedelta = timedelta(minutes=15)
    article: str = "page"
    baseline: bool = True
    recipe: Recipe | None = None
    page: PageRecipe | None = None
