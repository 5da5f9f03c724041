"""Feeds: a selection that feed readers pull, and the finished document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from syndicate.domain.item import Item
from syndicate.domain.outlet import Use
from syndicate.domain.publication import Publication
from syndicate.domain.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """Which publications are meant; an empty part means any."""

    outlets: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def takes(self, publication: Publication) -> bool:
        """Whether ``publication`` is one of those meant."""
        return (
            (not self.outlets or publication.outlet in self.outlets)
            and (not self.types or publication.type in self.types)
            and (not self.topics or bool(self.topics.intersection(publication.topics)))
            and (not self.languages or publication.language in self.languages)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed as configured. ``words`` bounds excerpts here; the outlet's terms may bound them further."""

    id: str
    title: str
    select: Select = field(default_factory=Select)
    items: int = 50
    content: Use = Use.EXCERPT
    words: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """All that a feed document is a function of. ``updated`` is when the newest change became visible."""

    feed: Feed
    site: Site
    items: tuple[Item, ...]
    updated: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """Finished bytes. Past ``valid_until`` they must not be served and no 304 may be given."""

    body: bytes
    media_type: str
    updated: datetime
    valid_until: datetime | None

    @property
    def etag(self) -> str:
        """A strong validator: a hash of the bytes, quoted as RFC 9110 section 8.8.3 wants it."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def item_id(state: FeedState, publication: Publication) -> str:
    """The id of an entry, a tag URI (RFC 4151) of feed and publication, never of content: it never changes."""
    host = state.site.url.split("//")[-1].split("/")[0].split(":")[0]
    return f"tag:{host},{publication.first_seen:%Y-%m-%d}:{state.feed.id}/{publication.id}"
