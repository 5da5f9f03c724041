"""The schema's history, and who may use a database: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import syndicate.store
from syndicate.domain.collecting import Bookmark
from syndicate.domain.errors import ConfigurationError, StoreInUse, StoreOutdated
from syndicate.domain.identity import keys_of
from syndicate.domain.publication import How, Reading, Revision
from syndicate.flows.ports import Store
from syndicate.store import SqlStore, open_store, tables, upgrade
from syndicate.store.database import Database
from syndicate.store.encoding import key_hash, reading_json
from syndicate.store.schema import NEWEST
from syndicate.testing.builders import NOON
from syndicate.testing.stocking import a_harvest, a_piece, readers

MIGRATIONS = Path(syndicate.store.__file__).parent / "migrations"


def test_an_upgrade_makes_a_database_usable_and_done_again_changes_nothing(
    fresh_url: str, address_hash: Callable[[str], str]
) -> None:
    store = open_store(fresh_url, hash_address=address_hash)
    with pytest.raises(StoreOutdated, match="db upgrade"):
        store.ready()

    assert upgrade(fresh_url) == NEWEST
    store.ready()
    install = store.install()
    assert upgrade(fresh_url) == NEWEST
    store.close()

    again = open_store(fresh_url, hash_address=address_hash)
    assert again.install() == install
    again.close()
    assert len(install) == 16


def test_two_upgrades_at_once_make_one_schema(fresh_url: str, address_hash: Callable[[str], str]) -> None:
    words = "import sys; from syndicate.store import upgrade; print(upgrade(sys.argv[1]))"
    running = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", words, fresh_url], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]

    assert [process.communicate(timeout=60)[0].strip() for process in running] == [NEWEST] * 3
    store = open_store(fresh_url, hash_address=address_hash)
    store.ready()
    store.close()


def test_the_history_leads_to_the_tables_that_the_code_knows(sql_store: SqlStore) -> None:
    with sql_store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []


def test_the_newest_revision_is_the_head_of_the_history() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")

    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def _only_the_beginning(url: str) -> Database:
    """A database as the first revision left it."""
    database = Database(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    return database


def test_an_old_database_keeps_its_rows_and_finds_them_as_new_ones(
    fresh_url: str, address_hash: Callable[[str], str]
) -> None:
    database = _only_the_beginning(fresh_url)
    piece = a_piece(1)
    owned = {key_hash(key): 1 for key in keys_of(piece, "harbour-feed")}
    with database.writing() as connection:
        for words, rows in _old_rows(reading_json(piece), owned):
            connection.execute(text(words), rows)
    database.close()

    assert upgrade(fresh_url) == NEWEST

    store = open_store(fresh_url, hash_address=address_hash)
    try:
        _is_all_there(store, piece)
    finally:
        store.close()


def _old_rows(content: bytes, owned: dict[bytes, int]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    at: object = "2026-03-02T12:00:00.000000Z"
    packed = zlib.compress(content, 1)
    yield (
        """INSERT INTO sources (source, etag, last_modified, last_visit, last_success, failures, next_visit, last_error)
        VALUES ('harbour-feed', 'e', '', :at, :at, 0, :at, '')""",
        [{"at": at}],
    )
    yield (
        """INSERT INTO publications (slug, outlet, source, status, revision, first_seen, changed, dated)
        VALUES (:slug, 'harbour', 'harbour-feed', 'live', 1, :at, :at, :at)""",
        [{"slug": f"slug-{number}", "at": at} for number in range(1, 2501)],
    )
    yield (
        "INSERT INTO revisions (publication, number, at, title, content) VALUES (:id, 1, :at, :title, :content)",
        [
            {"id": number, "at": at, "title": f"What the Tide Brought, Part {number}", "content": packed}
            for number in range(1, 2501)
        ],
    )
    yield (
        "INSERT INTO identities (key, publication) VALUES (:key, :publication)",
        [{"key": key, "publication": number} for key, number in owned.items()],
    )
    yield (
        "INSERT INTO appearances (publication, source, url, first_seen) VALUES (1, :source, :url, :at)",
        [{"source": f"harbour-{way}", "url": a_piece(1).url, "at": at} for way in ("feed", "listing")],
    )


def _is_all_there(store: SqlStore, piece: Reading) -> None:
    assert store.sources.bookmark("harbour-feed") == Bookmark(
        etag="e", last_visit=NOON, last_success=NOON, next_visit=NOON
    )
    assert store.sources.due(NOON) == ("harbour-feed",)
    assert [place.how for place in store.publications.appearances(1)] == [How.SOURCE, How.CANONICAL]
    assert store.publications.revisions(1) == (Revision(number=1, at=NOON, title=piece.title),)
    assert len(store.publications.unread(3000)) == 2500

    moved = "https://quay.example.org/1"
    before = store.sources.bookmark("harbour-feed")
    shown = tuple(replace(a_piece(n), url=f"{moved}/{n}", canonical="", guid=f"n{n}") for n in range(1, 51))
    (kept,) = store.publications.gather([a_harvest(*shown, a_piece(3000), before=before)], NOON)
    assert kept is not None
    assert kept.new == (2501,)
    assert len({*kept.updated, *kept.unchanged}) == 50


def test_a_schema_from_the_future_is_refused(sql_store: SqlStore, store_url: str) -> None:
    with sql_store.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreOutdated, match="9999"):
        sql_store.ready()
    with pytest.raises(StoreOutdated, match="9999"):
        upgrade(store_url)


def test_an_upgrade_leaves_logging_alone(fresh_url: str) -> None:
    root, own = logging.getLogger(), logging.getLogger("syndicate.a.logger")
    before = (root.level, list(root.handlers), own.disabled)

    upgrade(fresh_url)

    assert (root.level, list(root.handlers), own.disabled) == before


def test_a_failed_upgrade_leaves_nothing_half_done(fresh_url: str, address_hash: Callable[[str], str]) -> None:
    store = open_store(fresh_url, hash_address=address_hash)
    with store.database.writing() as connection:
        connection.execute(text("CREATE TABLE documents (mine INTEGER)"))

    with pytest.raises(ConfigurationError):
        upgrade(fresh_url)

    with pytest.raises(StoreOutdated):
        store.ready()
    with store.database.reading() as connection:
        assert connection.execute(text("SELECT * FROM documents")).all() == []
    store.close()


@pytest.mark.parametrize("name", ["with a space", "with 100% of it", "with %20 and %s"])
def test_a_file_may_lie_anywhere(tmp_path: Path, name: str, address_hash: Callable[[str], str]) -> None:
    url = f"sqlite:///{tmp_path / name / 'deeper' / 'a b.db'}"

    upgrade(url)

    store = open_store(url, hash_address=address_hash)
    store.ready()
    with store.delivering():
        assert readers(store, 2) == (1, 2)
    store.close()


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path, address_hash: Callable[[str], str]) -> None:
    upgrade(f"sqlite:///{tmp_path / 'a.db'}")
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}", hash_address=address_hash)

    with store.database.reading() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]

    store.close()
    assert found == ["wal", 2, 1, 30000]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:hidden@host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "nonsense",
        "postgresql+asyncpg://user:hidden@host/db",
    ],
)
def test_an_address_that_names_no_database_is_refused_with_what_to_write(
    url: str, address_hash: Callable[[str], str]
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_store(url, hash_address=address_hash)

    assert 'write url = "sqlite:///' in str(caught.value)
    assert "hidden" not in str(caught.value)


def test_a_server_that_does_not_answer_is_said_plainly(tmp_path: Path, address_hash: Callable[[str], str]) -> None:
    url = f"postgresql://user:hidden@/db?host={tmp_path}"
    store = open_store(url, hash_address=address_hash)

    for call in (store.ready, lambda: upgrade(url)):
        with pytest.raises(ConfigurationError, match="check that the server runs") as caught:
            call()
        assert "hidden" not in str(caught.value)
    store.close()


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")

    with pytest.raises(ConfigurationError, match="cannot be made"):
        upgrade(f"sqlite:///{tmp_path / 'file' / 'var' / 'a.db'}")


def test_a_file_that_is_no_database_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"this is a letter to a friend, not a database" * 100)

    with pytest.raises(ConfigurationError, match="not a database"):
        upgrade(f"sqlite:///{tmp_path / 'a.db'}")


_HOLD = """
import sys
from syndicate.store import open_store
with open_store(sys.argv[1], hash_address=str).delivering():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_process_delivers_from_a_file_and_its_death_frees_it(store: Store, store_url: str, kind: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, store_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        if kind == "postgresql":
            with store.delivering():
                pass
        else:
            with pytest.raises(StoreInUse, match=f"process {other.pid}"), store.delivering():
                raise AssertionError
        os.kill(other.pid, signal.SIGKILL)
        other.wait(10)

    with store.delivering():
        pass
    with store.delivering():
        pass


def test_other_work_goes_on_beside_delivering(store: Store) -> None:
    with store.delivering():
        assert len(readers(store, 2)) == 2
