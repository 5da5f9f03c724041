"""Publications, their identity and their revisions; writing them is in ``keeping``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, select

from syndicate.domain.collecting import Bookmark, Harvest, Kept, WatchedPage
from syndicate.domain.errors import NotAllowed, NotFound
from syndicate.domain.outlet import Source
from syndicate.domain.publication import (
    Appearance,
    How,
    Publication,
    PublicationFilter,
    Reading,
    Revision,
    Status,
)
from syndicate.store import tables
from syndicate.store.copies import mark_read, near, unread, whole
from syndicate.store.database import MOST_PARAMETERS, Database, chunks
from syndicate.store.encoding import changes_of, key_hash
from syndicate.store.gathering import gather, keep_one, lock_state, raise_state
from syndicate.store.shelf import publication_of
from syndicate.store.watching import watched_pages

_STATE = "publications"
_KNOWN = Bookmark(last_success=datetime.min.replace(tzinfo=UTC))
"""The bookmark of a source of which nothing is remembered but that it was visited."""


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
        shown_by = Source(id=source, outlet=outlet, kind="", url="")
        harvest = Harvest(source=shown_by, readings=tuple(readings), before=_KNOWN, after=_KNOWN)
        return keep_one(self._database, harvest, Status.BASELINE if baseline else Status.LIVE, now)

    def gather(self, harvests: Sequence[Harvest], now: datetime) -> tuple[Kept | None, ...]:
        """Store what several visits brought, bookmarks and looked-at pages included, in one transaction."""
        return gather(self._database, harvests, now)

    def watched(self, sources: Sequence[str], now: datetime, most: int) -> Mapping[str, tuple[WatchedPage, ...]]:
        """For each of ``sources`` at most ``most`` pages that are due to be looked at again, longest due first."""
        return watched_pages(self._database, sources, now, most)

    def release(self, publication: int, now: datetime) -> Publication:
        """Let a baseline piece out. Raises ``NotFound``; ``NotAllowed`` where it is neither baseline nor live."""
        piece = tables.publications.c
        with self._database.writing() as connection:
            state = lock_state(connection)
            status = connection.scalar(select(piece.status).where(piece.id == publication))
            if status is None:
                raise NotFound("publication", str(publication))
            if status not in (Status.BASELINE.value, Status.LIVE.value):
                raise NotAllowed(f"publication {publication}", f"is {status}", "only a baseline piece can be released")
            if status == Status.BASELINE.value:
                released = tables.publications.update().where(piece.id == publication)
                connection.execute(released.values(status=Status.LIVE.value, changed=now))
                raise_state(connection, state)
        return self.get(publication)

    def unread(self, limit: int) -> tuple[Publication, ...]:
        """Publications that near copies were not looked for yet, oldest first."""
        return unread(self._database, limit)

    def near(self, publication: int, fingerprint: int, within: timedelta) -> tuple[tuple[Publication, int], ...]:
        """Others with a near fingerprint, dated within ``within`` of it; the oldest first."""
        return near(self._database, publication, fingerprint, within)

    def mark_read(self, publication: int, fingerprint: int | None, same_as: int | None, how: How | None) -> None:
        """Note that near copies were looked for, and of which older piece this one is an appearance."""
        mark_read(self._database, publication, fingerprint, same_as, how)

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
                rows = connection.execute(whole().where(tables.publications.c.id.in_(some)))
                found.update((row.id, publication_of(row)) for row in rows)
        return tuple(found[i] for i in publications if i in found)

    def find(self, wanted: PublicationFilter) -> tuple[Publication, ...]:
        """Newest first by the time to order by, or by when it was missed; then by id."""
        piece = tables.publications.c
        query = whole().where(piece.same_as.is_(None), *_conditions(wanted))
        order = piece.missing_since if wanted.missing else piece.dated
        query = query.order_by(order.desc(), piece.id).limit(wanted.limit)
        with self._database.reading() as connection:
            return tuple(publication_of(row) for row in connection.execute(query))

    def revisions(self, publication: int) -> tuple[Revision, ...]:
        """Oldest first, each with how it differs from the one before."""
        of = tables.revisions.c
        query = select(of.number, of.at, of.title, of.changes).where(of.publication == publication).order_by(of.number)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        if not rows:
            raise NotFound("publication", str(publication))
        return tuple(Revision(number=n, at=at, title=title, changes=changes_of(told)) for n, at, title, told in rows)

    def appearances(self, publication: int) -> tuple[Appearance, ...]:
        """Each place the piece was seen at, first one first."""
        of = tables.appearances.c
        query = select(of.source, of.url, of.how, of.first_seen).where(of.publication == publication).order_by(of.id)
        with self._database.reading() as connection:
            _exists(connection, publication)
            rows = connection.execute(query).all()
        return tuple(Appearance(source=source, url=url, how=How(how), first_seen=at) for source, url, how, at in rows)

    def state(self) -> int:
        """A number that rises with every change that an output could show."""
        query = select(tables.counters.c.value).where(tables.counters.c.name == _STATE)
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def _one(self, condition: ColumnElement[bool], name: str) -> Publication:
        with self._database.reading() as connection:
            row = connection.execute(whole().where(condition)).one_or_none()
        if row is None:
            raise NotFound("publication", name)
        return publication_of(row)


def _exists(connection: Connection, publication: int) -> None:
    query = select(tables.publications.c.id).where(tables.publications.c.id == publication)
    if connection.scalar(query) is None:
        raise NotFound("publication", str(publication))


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
    if wanted.missing:
        conditions.append(piece.missing_since.is_not(None))
    return conditions
