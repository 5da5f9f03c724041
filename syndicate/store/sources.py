"""What is remembered of each source between visits."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import select

from syndicate.domain.collecting import Bookmark
from syndicate.store import tables
from syndicate.store.database import Database, fields_of

_FIELDS = tuple(field.name for field in fields(Bookmark))


class Sources:
    """Implements ``flows.ports.SourceStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bookmark(self, source: str) -> Bookmark:
        """An empty bookmark for a source never visited."""
        with self._database.reading() as connection:
            row = connection.execute(select(tables.sources).where(tables.sources.c.source == source)).one_or_none()
        return Bookmark() if row is None else Bookmark(**fields_of(row, _FIELDS))

    def note(self, source: str, bookmark: Bookmark) -> None:
        """Remember ``bookmark`` instead of the one before."""
        values = {name: getattr(bookmark, name) for name in _FIELDS}
        noted = self._database.insert(tables.sources).values(source=source, **values)
        with self._database.writing() as connection:
            connection.execute(noted.on_conflict_do_update(index_elements=["source"], set_=values))
