"""What the store knows that concerns some readings, looked up in a few statements for all of them together.

``Piece`` is a stored publication as far as keeping needs it; its content is loaded only where it may matter, because
most of what a source lists is as it was, and a hash tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from syndicate.domain.identity import bare_link
from syndicate.domain.publication import Publication, Reading, Status
from syndicate.domain.watching import PageMemory
from syndicate.store import tables
from syndicate.store.database import MOST_PARAMETERS
from syndicate.store.encoding import reading_of

PAGE_FIELDS = tuple(PageMemory.__dataclass_fields__)
OWN = ("id", "slug", "outlet", "source", "revision", "first_seen", "changed", "missing_since")
"""The columns that a publication shows as they are."""
_COLUMNS = (*OWN, "status", "dated", "shown", "named")


@dataclass(slots=True)
class Piece:
    """A stored piece, or one about to be. ``places`` are (source, bare link), None until they are loaded."""

    id: int
    slug: str
    outlet: str
    source: str
    status: str
    revision: int
    first_seen: datetime
    changed: datetime
    dated: datetime
    shown: bytes | None = None
    named: int | None = None
    missing_since: datetime | None = None
    reading: Reading | None = None
    places: set[tuple[str, str]] | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether nobody may bring it back by collecting it again."""
        return self.status == Status.WITHDRAWN.value

    def row(self) -> dict[str, Any]:
        """Its row of ``publications``."""
        return {name: getattr(self, name) for name in _COLUMNS}


@dataclass(slots=True)
class Shelf:
    """Pieces, and what leads to them: identity keys, titles within a source, claims of copies on their original."""

    connection: Connection
    owners: dict[bytes, int] = field(default_factory=dict)
    pieces: dict[int, Piece] = field(default_factory=dict)
    named: dict[int, list[int]] = field(default_factory=dict)
    claimants: dict[bytes, list[int]] = field(default_factory=dict)
    pages: dict[int, PageMemory] = field(default_factory=dict)

    def find_keys(self, keys: Iterable[bytes]) -> None:
        """Which pieces the keys belong to."""
        identity, piece = tables.identities.c, tables.publications.c
        for some in portions(keys):
            query = select(identity.key, *(piece[name] for name in _COLUMNS))
            query = query.join_from(tables.identities, tables.publications, piece.id == identity.publication)
            for key, *values in self.connection.execute(query.where(identity.key.in_(some))):
                self.owners[bytes(key)] = values[0]
                self._put(values)

    def find_titles(self, named: Iterable[int]) -> None:
        """Which pieces have these titles within their source."""
        piece = tables.publications.c
        for some in portions(named):
            query = select(*(piece[name] for name in _COLUMNS)).where(piece.named.in_(some), piece.same_as.is_(None))
            for values in self.connection.execute(query.order_by(piece.id)):
                found = self._put(values)
                self.named.setdefault(found.named or 0, []).append(found.id)

    def find_claimants(self, keys: Iterable[bytes]) -> None:
        """Which pieces declare one of these links to be their original; a piece that became another counts as that."""
        claim, piece = tables.claims.c, tables.publications.c
        for some in portions(keys):
            stayed = func.coalesce(piece.same_as, piece.id)
            query = select(claim.key, stayed).join_from(
                tables.claims, tables.publications, piece.id == claim.publication
            )
            for key, number in self.connection.execute(query.where(claim.key.in_(some))):
                self.claimants.setdefault(bytes(key), []).append(number)
        self.find_pieces({number for numbers in self.claimants.values() for number in numbers})

    def find_pieces(self, ids: Iterable[int]) -> None:
        """The pieces themselves, where they are not there yet; one that became another is left out."""
        piece = tables.publications.c
        for some in portions(number for number in ids if number not in self.pieces):
            query = select(*(piece[name] for name in _COLUMNS)).where(piece.id.in_(some), piece.same_as.is_(None))
            for values in self.connection.execute(query):
                self._put(values)

    def find_pages(self, ids: Iterable[int]) -> None:
        """What is remembered of the pages of these pieces."""
        page = tables.pages.c
        for some in portions(ids):
            query = select(page.publication, *(page[name] for name in PAGE_FIELDS)).where(page.publication.in_(some))
            for number, *values in self.connection.execute(query):
                self.pages[number] = PageMemory(**dict(zip(PAGE_FIELDS, values, strict=True)))

    def load_content(self, ids: Iterable[int]) -> None:
        """What the pieces show now."""
        piece, revision = tables.publications.c, tables.revisions
        newest = (revision.c.publication == piece.id) & (revision.c.number == piece.revision)
        for some in portions(n for n in ids if n in self.pieces and self.pieces[n].reading is None):
            query = select(piece.id, revision.c.content).join(revision, newest).where(piece.id.in_(some))
            for number, content in self.connection.execute(query):
                self.pieces[number].reading = Reading(**reading_of(content))

    def load_places(self, ids: Iterable[int]) -> None:
        """Where the pieces were seen."""
        wanted = [n for n in ids if n in self.pieces and self.pieces[n].places is None]
        for number in wanted:
            self.pieces[number].places = set()
        seen = tables.appearances.c
        for some in portions(wanted):
            query = select(seen.publication, seen.source, seen.url).where(seen.publication.in_(some))
            for number, source, url in self.connection.execute(query):
                places = self.pieces[number].places
                assert places is not None
                places.add((source, bare_link(url)))

    def content_of(self, piece: Piece) -> Reading:
        """What the piece shows; loaded now where nobody expected to need it."""
        if piece.reading is None:
            self.load_content([piece.id])
        assert piece.reading is not None
        return piece.reading

    def places_of(self, piece: Piece) -> set[tuple[str, str]]:
        """Where the piece was seen; loaded now where nobody expected to need it."""
        if piece.places is None:
            self.load_places([piece.id])
        assert piece.places is not None
        return piece.places

    def count_of(self, source: str, most: int) -> int:
        """How many pieces were seen through ``source``, counted up to ``most``."""
        seen = tables.appearances.c
        some = select(seen.publication).where(seen.source == source).distinct().limit(most).subquery()
        return self.connection.scalar(select(func.count()).select_from(some)) or 0

    def _put(self, values: Sequence[Any]) -> Piece:
        number = values[0]
        if number not in self.pieces:
            self.pieces[number] = Piece(**dict(zip(_COLUMNS, values, strict=True)))
        return self.pieces[number]


def publication_of(row: Any) -> Publication:
    """The publication that a row with its columns and the ``content`` of its newest revision tells of."""
    own = {name: getattr(row, name) for name in OWN}
    return Publication(**reading_of(row.content), **own, status=Status(row.status))


def portions(values: Iterable[Any]) -> Iterable[list[Any]]:
    """``values`` without repeats, in portions that fit one statement."""
    whole = list(dict.fromkeys(values))
    return (whole[start : start + MOST_PARAMETERS] for start in range(0, len(whole), MOST_PARAMETERS))
