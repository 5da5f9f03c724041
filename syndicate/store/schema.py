"""The schema's history: bring a database to the newest one, or say that it is not there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text, update
from sqlalchemy.exc import DBAPIError

from syndicate.domain.errors import StoreOutdated
from syndicate.store import tables
from syndicate.store.database import Database
from syndicate.store.place import place_of

NEWEST = "0002"
"""The revision this code works with; a test holds it against the history, so nobody loads Alembic to compare."""

_UPGRADING = 7_405_226_117_340_981
"""The number under which two upgrades of one PostgreSQL database wait for each other."""


def upgrade(url: str) -> str:
    """Bring the database at ``url`` to the newest schema and return its revision.

    All of it is one transaction, and a second upgrade waits for the first; done already, it changes nothing.
    """
    database = Database(url)
    try:
        with database.writing() as connection:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADING})
            _run_history(connection)
            _note_place(connection, database)
        check(database)
    except DBAPIError as error:
        raise database.unreachable(error) from error
    finally:
        database.close()
    return NEWEST


def _note_place(connection: Connection, database: Database) -> None:
    """Where the database was made is its place until a person says otherwise."""
    installation = tables.installation
    connection.execute(update(installation).where(installation.c.place.is_(None)).values(place=place_of(database.url)))


def check(database: Database) -> None:
    """Raise ``StoreOutdated`` unless the schema is the newest; ``ConfigurationError`` where nothing answers."""
    try:
        with database.reading() as connection:
            found = _revision(connection)
    except DBAPIError as error:
        raise database.unreachable(error) from error
    if found != NEWEST:
        raise StoreOutdated(found or "no revision at all", NEWEST)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _run_history(connection: Connection) -> None:
    # Only this command needs Alembic; workers start without it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    found = _revision(connection)
    if found == NEWEST:
        return
    config = Config()
    # Alembic reads options as configparser does, where % begins a reference.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreOutdated(found or "no revision at all", NEWEST) from error
