"""What passes between fetching, the reading worker and the kinds of source: frozen values that may be pickled."""

from __future__ import annotations

from dataclasses import dataclass, field

from syndicate.domain.outlet import Recipe
from syndicate.domain.publication import Moment, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Octets as they came. ``url`` is where they stood in the end, ``charset`` what the HTTP header said of them,
    ``flattened`` that they are the text of a page without its mark-up.
    """

    url: str
    body: bytes = field(repr=False)
    charset: str = ""
    flattened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One piece as a list shows it. ``place`` names the list's part for evidence; ``html`` is the text it carries."""

    link: str
    place: str
    title: str = ""
    guid: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    type: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    summary: str = ""
    html: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one document lists. ``more`` are further documents of the list, ``fresh_for`` seconds it asks to wait."""

    entries: tuple[Entry, ...]
    more: tuple[str, ...] = ()
    fresh_for: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """The octets are not what they should be. ``problem`` ends a sentence that begins with the address."""

    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """The worker's task: read a document as a list of ``kind``, at most ``most`` entries."""

    kind: str
    document: Document
    recipe: Recipe | None
    most: int
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPiece:
    """The worker's task: read one article, from its page, or from the entry alone where ``document`` is None."""

    entry: Entry
    outlet: str
    now: float
    document: Document | None = None


Task = ReadList | ReadPiece
Result = Listing | Reading | Unreadable
