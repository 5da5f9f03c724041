"""What is remembered of each source between visits, and of each site's refusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, literal, select, union, update

from syndicate.domain.collecting import Bookmark
from syndicate.domain.holds import SiteMemory
from syndicate.store import tables
from syndicate.store.database import MOST_PARAMETERS, Database
from syndicate.store.remembering import bookmark_of, bookmark_row, site_json, site_of

_DAY = timedelta(days=1)
_NEVER_VISITED = bookmark_row("", Bookmark())
_MOVED = (
    update(tables.sources)
    .where(tables.sources.c.source == bindparam("named"))
    .values(
        configured=bindparam("told"),
        next_visit=case((tables.sources.c.configured.is_(None), tables.sources.c.next_visit), else_=None),
    )
)
"""A source that was entered before addresses were kept stays as it was planned."""


class Sources:
    """Implements ``flows.ports.SourceStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entered: dict[str, str] = {}

    def bookmark(self, source: str) -> Bookmark:
        """An empty bookmark for a source never visited."""
        return self.bookmarks([source])[source]

    def bookmarks(self, sources: Sequence[str]) -> Mapping[str, Bookmark]:
        """Of many at once; an empty bookmark for those never visited."""
        found = dict.fromkeys(sources, Bookmark())
        of = tables.sources
        with self._database.reading() as connection:
            for some in _portions(found):
                rows = connection.execute(select(of).where(of.c.source.in_(some)))
                found.update((row.source, bookmark_of(row)) for row in rows)
        return found

    def note(self, source: str, bookmark: Bookmark) -> None:
        """Remember ``bookmark`` instead of the one before."""
        with self._database.writing() as connection:
            note_bookmarks(self._database, connection, {source: bookmark})

    def enter(self, sources: Mapping[str, str]) -> None:
        """Make every source of the configuration known, by its address; nothing is written where all of them are.

        One that has another address than before is due at once, whatever was planned for the old one.
        """
        wanted = {source: url for source, url in sources.items() if self._entered.get(source) != url}
        of = tables.sources
        known: dict[str, str | None] = {}
        with self._database.reading() as connection:
            for some in _portions(wanted):
                rows = connection.execute(select(of.c.source, of.c.configured).where(of.c.source.in_(some)))
                known.update((row.source, row.configured) for row in rows)
        new = [
            _NEVER_VISITED | {"source": name, "configured": url} for name, url in wanted.items() if name not in known
        ]
        moved = [{"named": name, "told": wanted[name]} for name, before in known.items() if before != wanted[name]]
        if new or moved:
            with self._database.writing() as connection:
                if new:
                    connection.execute(self._database.insert(of).on_conflict_do_nothing(), new)
                if moved:
                    connection.execute(_MOVED, moved)
        self._entered |= wanted

    def due(self, now: datetime) -> tuple[str, ...]:
        """Entered sources whose turn it is, longest due first, those never visited before all others.

        A visit noted more than a day in the future means that the clock was wrong then: that source is due as well.
        """
        with self._database.reading() as connection:
            return tuple(row.source for row in connection.execute(_due(now)))

    def schedule(self) -> Mapping[str, datetime | None]:
        """When each entered source is visited next; None for one never visited."""
        of = tables.sources.c
        with self._database.reading() as connection:
            return {row.source: row.next_visit for row in connection.execute(select(of.source, of.next_visit))}

    def sites(self, sites: Sequence[str]) -> Mapping[str, SiteMemory]:
        """What is remembered of each site's refusals; sites without any are left out."""
        of = tables.sites
        found: dict[str, SiteMemory] = {}
        with self._database.reading() as connection:
            for some in _portions(dict.fromkeys(sites)):
                rows = connection.execute(select(of).where(of.c.site.in_(some)))
                found.update((row.site, site_of(row.memory)) for row in rows)
        return found

    def note_site(self, memory: SiteMemory) -> None:
        """Remember ``memory`` instead of the one before."""
        noted = self._database.insert(tables.sites).values(site=memory.site, memory=site_json(memory))
        noted = noted.on_conflict_do_update(index_elements=["site"], set_={"memory": noted.excluded.memory})
        with self._database.writing() as connection:
            connection.execute(noted)


def note_bookmarks(database: Database, connection: Connection, bookmarks: Mapping[str, Bookmark]) -> None:
    """Write bookmarks as a part of the caller's transaction."""
    if not bookmarks:
        return
    noted = database.insert(tables.sources)
    others = {column.name: noted.excluded[column.name] for column in tables.sources.c if column.name != "source"}
    noted = noted.on_conflict_do_update(index_elements=["source"], set_=others)
    connection.execute(noted, [bookmark_row(source, bookmark) for source, bookmark in bookmarks.items()])


def _due(now: datetime) -> Select[Any]:
    """Three questions that an index answers each; joined by OR, a planner may walk the table instead."""
    of = tables.sources.c
    columns = (of.source, of.next_visit, of.next_visit.is_not(None).label("visited"))
    asked = union(
        select(*columns).where(of.next_visit.is_(None)),
        select(*columns).where(of.next_visit <= literal(now, of.next_visit.type)),
        select(*columns).where(of.last_visit > literal(now + _DAY, of.last_visit.type)),
    ).subquery()
    return select(asked.c.source).order_by(asked.c.visited, asked.c.next_visit, asked.c.source)


def _portions(names: Iterable[str]) -> Iterable[list[str]]:
    whole = list(names)
    return (whole[start : start + MOST_PARAMETERS] for start in range(0, len(whole), MOST_PARAMETERS))
