"""Publications, their identity and their revisions; writing them is in ``keeping``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from syndicate.domain.collecting import Kept
from syndicate.domain.errors import NotFound
from syndicate.domain.publication import Publication, PublicationFilter, Reading, Status
from syndicate.store import tables
from syndicate.store.database import MOST_PARAMETERS, Database, chunks, fields_of
from syndicate.store.encoding import key_hash, reading_of
from syndicate.store.keeping import Keeping

_OWN = ("id", "slug", "outlet", "source", "revision", "first_seen", "changed")
_STATE = "publications"


class Publications:
    """Implements ``flows.ports.PublicationStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of ``keys`` that belong to a stored publication."""
        by_hash = {key_hash(key): key for key in keys}
        wanted = list(by_hash)
        found: set[str] = set()
        with self._database.reading() as connection:
            for start in range(0, len(wanted), MOST_PARAMETERS):
                some = wanted[start : start + MOST_PARAMETERS]
                rows = connection.scalars(select(tables.identities.c.key).where(tables.identities.c.key.in_(some)))
                found.update(by_hash[bytes(key)] for key in rows)
        return frozenset(found)

    def keep(self, source: str, outlet: str, readings: Sequence[Reading], *, baseline: bool, now: datetime) -> Kept:
        """Store readings: new pieces, further appearances of known ones, revisions where content changed."""
        with self._database.writing() as connection:
            # Everybody who keeps waits here: identity spans sources, so two at once could store a piece twice.
            state = connection.scalar(
                select(tables.counters.c.value).where(tables.counters.c.name == _STATE).with_for_update()
            )
            keeping = Keeping(self._database, connection, source, outlet, now)
            kept = keeping.keep(readings, Status.BASELINE if baseline else Status.LIVE)
            if keeping.visible:
                counted = tables.counters.update().where(tables.counters.c.name == _STATE)
                connection.execute(counted.values(value=(state or 0) + 1))
        return kept

    def get(self, publication: int) -> Publication:
        """Raises ``NotFound``."""
        return self._one(tables.publications.c.id == publication, str(publication))

    def by_slug(self, slug: str) -> Publication:
        """Where two pieces turned out to be one, both slugs lead to the one that stayed."""
        found = self._one(tables.publications.c.slug == slug, slug)
        with self._database.reading() as connection:
            stayed = connection.scalar(
                select(tables.publications.c.same_as).where(tables.publications.c.id == found.id)
            )
        return found if stayed is None else self.get(stayed)

    def many(self, publications: Sequence[int]) -> tuple[Publication, ...]:
        """In the order asked; an unknown id is left out."""
        found: dict[int, Publication] = {}
        with self._database.reading() as connection:
            for some in chunks(publications):
                rows = connection.execute(_whole().where(tables.publications.c.id.in_(some)))
                found.update((row.id, _publication(row)) for row in rows)
        return tuple(found[i] for i in publications if i in found)

    def find(self, wanted: PublicationFilter) -> tuple[Publication, ...]:
        """Newest first by the time to order by, then by id."""
        piece = tables.publications.c
        query = _whole().where(piece.same_as.is_(None), *_conditions(wanted))
        query = query.order_by(piece.dated.desc(), piece.id).limit(wanted.limit)
        with self._database.reading() as connection:
            return tuple(_publication(row) for row in connection.execute(query))

    def revisions(self, publication: int) -> tuple[tuple[int, datetime, str], ...]:
        """(number, when, title) of each revision, oldest first."""
        of = tables.revisions.c
        query = select(of.number, of.at, of.title).where(of.publication == publication).order_by(of.number)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        if not rows:
            raise NotFound("publication", str(publication))
        return tuple((row.number, row.at, row.title) for row in rows)

    def appearances(self, publication: int) -> tuple[tuple[str, str], ...]:
        """(source, url) of each place the piece was seen at, first one first."""
        of = tables.appearances.c
        with self._database.reading() as connection:
            _exists(connection, publication)
            rows = connection.execute(
                select(of.source, of.url).where(of.publication == publication).order_by(of.id)
            ).all()
        return tuple((row.source, row.url) for row in rows)

    def state(self) -> int:
        """A number that rises with every change that an output could show."""
        query = select(tables.counters.c.value).where(tables.counters.c.name == _STATE)
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def _one(self, condition: ColumnElement[bool], name: str) -> Publication:
        with self._database.reading() as connection:
            row = connection.execute(_whole().where(condition)).one_or_none()
        if row is None:
            raise NotFound("publication", name)
        return _publication(row)


def _exists(connection: Connection, publication: int) -> None:
    query = select(tables.publications.c.id).where(tables.publications.c.id == publication)
    if connection.scalar(query) is None:
        raise NotFound("publication", str(publication))


def _whole() -> Select[Any]:
    """Publications with the content of their newest revision, in one statement."""
    piece, revision = tables.publications, tables.revisions
    newest = (revision.c.publication == piece.c.id) & (revision.c.number == piece.c.revision)
    return select(piece, revision.c.content).join(revision, newest)


def _conditions(wanted: PublicationFilter) -> list[ColumnElement[bool]]:
    piece, seen = tables.publications.c, tables.appearances.c
    conditions: list[ColumnElement[bool]] = []
    if wanted.outlet is not None:
        conditions.append(piece.outlet == wanted.outlet)
    if wanted.source is not None:
        conditions.append(piece.id.in_(select(seen.publication).where(seen.source == wanted.source)))
    if wanted.status is not None:
        conditions.append(piece.status == wanted.status)
    if wanted.since is not None:
        conditions.append(piece.dated >= wanted.since)
    return conditions


def _publication(row: Row[Any]) -> Publication:
    return Publication(**reading_of(row.content), **fields_of(row, _OWN), status=Status(row.status))
