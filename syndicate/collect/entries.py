"""What passes between fetching, the reading worker and the kinds of source: frozen values that may be pickled."""

from __future__ import annotations

from dataclasses import dataclass, field

from syndicate.domain.collecting import Example, Pace
from syndicate.domain.outlet import PageRecipe, Recipe
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
class Unreadable:
    """The octets are not what they should be. ``problem`` ends a sentence that begins with the address."""

    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one document lists. ``more`` are further documents of the list, ``pace`` how often it asks to be read.

    ``readings`` (one for each entry, or the reason why not) are there where the task asked for whole entries.
    ``recipe`` is one that was repaired, ``examples`` the cards that a recipe found, ``drift`` what changed in what
    it finds, ``notes`` lines for a person.
    """

    entries: tuple[Entry, ...]
    more: tuple[str, ...] = ()
    title: str = ""
    pace: Pace = field(default_factory=Pace)
    readings: tuple[Reading | Unreadable, ...] = ()
    recipe: Recipe | None = None
    examples: tuple[Example, ...] = ()
    drift: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """The worker's task: read a document as a list of ``kind``, at most ``most`` entries.

    ``whole`` asks for the reading of every entry at once, from the text it carries. ``examples`` are cards that the
    recipe once read, to repair it by.
    """

    kind: str
    document: Document
    recipe: Recipe | None
    most: int
    now: float
    outlet: str = ""
    whole: bool = False
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPiece:
    """The worker's task: read one article, from its page, or from the entry alone where ``document`` is None.

    ``page`` are the site's own selectors, if the configuration has any.
    """

    entry: Entry
    outlet: str
    now: float
    document: Document | None = None
    page: PageRecipe | None = None


Task = ReadList | ReadPiece
Result = Listing | Reading | Unreadable
