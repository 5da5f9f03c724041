"""Provenance: where a text was born, what was changed, and how we know.

It always exists: a piece that its own outlet wrote has kind ``original`` and names that outlet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What the text at hand is, measured against the text it comes from."""

    ORIGINAL = "original"
    ADAPTED_EXCERPT = "adapted_excerpt"
    EXCERPT = "excerpt"
    ADAPTED = "adapted"
    VERSION_OF = "version_of"
    ORIGINALLY_PUBLISHED = "originally_published"
    REPUBLISHED = "republished"
    CROSS_POST = "cross_post"
    CO_PUBLISHED = "co_published"
    TRANSLATED = "translated"
    COURTESY = "courtesy"
    WIRE = "wire"


class Verdict(StrEnum):
    """How far the claim may be relied upon; an editor's word is ``confirmed`` or ``rejected``."""

    ASSERTED = "asserted"
    UNSURE = "unsure"
    CONTRADICTED = "contradicted"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class UrlKind(StrEnum):
    """What a link beside an attribution leads to; a home page is never taken for the original."""

    ARTICLE = "article"
    HOME = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The origin of one text. ``evidence`` is the sentence or mark-up that says so, as it stood on the page."""

    kind: Kind
    publisher: str
    verdict: Verdict = Verdict.ASSERTED
    author: str | None = None
    url: str | None = None
    url_kind: UrlKind | None = None
    date: date | None = None
    evidence: str | None = None
    work: str | None = None
    permission: str | None = None

    def __post_init__(self) -> None:
        """Refuse an origin without a name: credit could not be written."""
        if not self.publisher.strip():
            msg = "provenance needs a publisher; for an outlet's own piece name the outlet"
            raise ValueError(msg)

    @property
    def borrowed(self) -> bool:
        """Whether the text came from somebody other than the outlet it was collected from."""
        return self.kind is not Kind.ORIGINAL and self.verdict is not Verdict.REJECTED


def original(outlet: str) -> Provenance:
    """The provenance of a piece that its own outlet wrote."""
    return Provenance(kind=Kind.ORIGINAL, publisher=outlet)
