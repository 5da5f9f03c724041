"""One way in: short transactions on SQLite or PostgreSQL, each either reading or writing.

SQLite takes its write lock at the beginning (``BEGIN IMMEDIATE``), never half-way, so two writers wait for each
other instead of failing. A reading transaction sees one snapshot on both databases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError

from syndicate.domain.errors import ConfigurationError

Insert = sqlite.Insert | postgresql.Insert
MOST_PARAMETERS = 5000
"""How many values one statement names; SQLite allows 32,766, PostgreSQL 65,535."""

_PRAGMAS = ("busy_timeout = 30000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
_WRITES = "syndicate_writes"


class Database:
    """An engine and the two kinds of transactions."""

    def __init__(self, url: str) -> None:
        self.url = _understood(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.path = Path(self.url.database or "") if self.is_sqlite else None
        self._engine = self._sqlite() if self.is_sqlite else self._postgresql()
        self._writes = self._engine.execution_options(**{_WRITES: True})
        self._reads = (
            self._engine
            if self.is_sqlite
            else self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one snapshot and changes nothing."""
        return self._reads.begin()

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that commits at the end of the block and rolls back on an exception."""
        return self._writes.begin()

    def insert(self, table: Table) -> Insert:
        """An insert that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``, alike on both databases."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def watch(self, seen: Callable[[str], None]) -> None:
        """Call ``seen`` with every statement from now on: how tests count them."""

        def note(_c: object, _u: object, statement: str, *_more: object) -> None:
            seen(statement)

        event.listen(self._engine, "before_cursor_execute", note)

    def unreachable(self, error: DBAPIError) -> ConfigurationError:
        """What to tell a person when the database cannot be used at all."""
        lines = str(error.orig).strip().splitlines() or [type(error).__name__]
        where = self.url.render_as_string(hide_password=True)
        return ConfigurationError(
            file="store", line=0, key="url", problem=f"{where} cannot be used: {lines[0]}", instead=self._advice()
        )

    def _advice(self) -> str:
        if self.is_sqlite:
            return "check that the folder exists, is on this machine and may be written"
        return "check that the server runs and that address, database, user and password are right"

    def _sqlite(self) -> Engine:
        if self.path:
            _make_folder(self.path)
        engine = create_engine(self.url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _postgresql(self) -> Engine:
        return create_engine(self.url, pool_pre_ping=True)


def chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    """``numbers`` without repeats, in portions that fit one statement."""
    whole = list(dict.fromkeys(numbers))
    for start in range(0, len(whole), MOST_PARAMETERS):
        yield whole[start : start + MOST_PARAMETERS]


def fields_of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Some columns of a row, by name."""
    mapping: Mapping[str, Any] = row._mapping  # noqa: SLF001 - public in SQLAlchemy, underscored against name clashes
    return {name: mapping[name] for name in names}


def _understood(url: str) -> URL:
    try:
        understood = make_url(url)
    except ArgumentError as error:
        raise _wrong(url.split(":", 1)[0]) from error
    if understood.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return understood.set(drivername="postgresql+psycopg")
    if understood.drivername != "sqlite" or understood.database in (None, "", ":memory:"):
        raise _wrong(understood.render_as_string(hide_password=True))
    return understood


def _wrong(shown: str) -> ConfigurationError:
    return ConfigurationError(
        file="store",
        line=0,
        key="url",
        problem=f"{shown} names no database that syndicate can use",
        instead='write url = "sqlite:///var/syndicate.db" or url = "postgresql://user@host/database"',
    )


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            file="store",
            line=0,
            key="url",
            problem=f"the folder {path.parent} cannot be made: {error.strerror}",
            instead="name a folder that may be written",
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions begin too late and not around SELECT; we begin ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
