"""The store on SQLAlchemy Core: SQLite or PostgreSQL behind one face."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from sqlalchemy import select, update

from syndicate.domain.errors import CopiedDatabase
from syndicate.store import tables
from syndicate.store.database import Database
from syndicate.store.deliveries import Deliveries
from syndicate.store.documents import Documents
from syndicate.store.editions import Editions
from syndicate.store.locking import only_one
from syndicate.store.notices import Notices
from syndicate.store.place import place_of
from syndicate.store.publications import Publications
from syndicate.store.schema import check
from syndicate.store.sources import Sources
from syndicate.store.subscribers import Subscribers


class SqlStore:
    """Implements ``flows.ports.Store``. Any number of threads may use one."""

    def __init__(self, database: Database, hash_address: Callable[[str], str]) -> None:
        self.database = database
        self.publications = Publications(database)
        self.sources = Sources(database)
        self.editions = Editions(database)
        self.deliveries = Deliveries(database)
        self.notices = Notices(database)
        self.subscribers = Subscribers(database, hash_address)
        self.documents = Documents(database)
        self._install = ""

    def install(self) -> str:
        """The id of this installation, made once with the schema."""
        if not self._install:
            with self.database.reading() as connection:
                self._install = connection.scalars(select(tables.installation.c.id)).one()
        return self._install

    def copied(self) -> bool:
        """Whether the database stands elsewhere than where it was made or last confirmed."""
        with self.database.reading() as connection:
            place = connection.scalars(select(tables.installation.c.place)).one()
        return place is not None and place != place_of(self.database.url)

    def confirm(self) -> None:
        """A person says that this database is the one to go on with, here. Idempotent."""
        with self.database.writing() as connection:
            connection.execute(update(tables.installation).values(place=place_of(self.database.url)))

    def ready(self) -> None:
        """Raise ``StoreOutdated`` where the schema is another one, ``ConfigurationError`` where nothing answers."""
        check(self.database)

    def delivering(self) -> AbstractContextManager[None]:
        """Be the process that delivers. On SQLite a second one gets ``StoreInUse``; on PostgreSQL many may.

        Nobody delivers from a database that was copied (``CopiedDatabase``): the other one may have sent since.
        """
        if self.copied():
            raise CopiedDatabase(self.database.url.render_as_string(hide_password=True))
        return only_one(self.database.path) if self.database.path else nullcontext()

    def close(self) -> None:
        """Close every connection."""
        self.database.close()


def open_store(url: str, *, hash_address: Callable[[str], str]) -> SqlStore:
    """A store on the database at ``url``; nothing is asked of it yet (see ``ready``).

    ``hash_address`` makes the keyed hash of a normalised address. Raises ``ConfigurationError`` for an address that
    names no database we can use.
    """
    return SqlStore(Database(url), hash_address)
