"""One item as every exit shows it: cleared, cut, credited."""

from __future__ import annotations

from dataclasses import dataclass

from syndicate.domain.credit import Credit, Excerpt
from syndicate.domain.gate import Cleared


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a feed, a letter or a page shows of one publication.

    ``excerpt`` is None where only title and link may go out; ``credit`` is always there. ``page`` is our own
    archive page of it, absolute.
    """

    cleared: Cleared
    credit: Credit
    excerpt: Excerpt | None
    page: str

    @property
    def id(self) -> int:
        """The publication's id."""
        return self.cleared.publication.id

    @property
    def title(self) -> str:
        """The publication's title, plain text."""
        return self.cleared.publication.title

    @property
    def source_link(self) -> str:
        """Where the outlet has the piece: the link to read it in full."""
        publication = self.cleared.publication
        return publication.canonical or publication.url
