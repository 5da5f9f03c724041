"""Finished documents, one a name, good for as long as the state they were made of."""

from __future__ import annotations

from sqlalchemy import select

from syndicate.domain.feed import FeedDocument
from syndicate.store import tables
from syndicate.store.database import Database


class Documents:
    """Implements ``flows.ports.DocumentStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, name: str, state: str) -> FeedDocument | None:
        """The document if it was made of ``state``."""
        of = tables.documents.c
        with self._database.reading() as connection:
            row = connection.execute(select(tables.documents).where(of.name == name, of.state == state)).one_or_none()
        if row is None:
            return None
        return FeedDocument(
            body=bytes(row.body), media_type=row.media_type, updated=row.updated, valid_until=row.valid_until
        )

    def keep(self, name: str, state: str, document: FeedDocument) -> None:
        """Keep ``document`` under ``name`` instead of the one before."""
        values = {
            "state": state,
            "body": document.body,
            "media_type": document.media_type,
            "updated": document.updated,
            "valid_until": document.valid_until,
        }
        kept = self._database.insert(tables.documents).values(name=name, **values)
        with self._database.writing() as connection:
            connection.execute(kept.on_conflict_do_update(index_elements=["name"], set_=values))
