"""A database that was copied: noticed, delivers nothing, and goes on when a person says so (promise 11)."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from syndicate.domain.errors import CopiedDatabase
from syndicate.store import SqlStore, open_store, upgrade
from tests.contract.conftest import Postgres, hash_address

Copy = Callable[[], str]


@pytest.fixture
def at_home(fresh_url: str) -> str:
    """The address of a database that was made there."""
    upgrade(fresh_url)
    return fresh_url


@pytest.fixture
def copy(kind: str, at_home: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Copy]:
    """Restores the database under another name, as from a backup; its address there."""
    made: list[str] = []

    def restored() -> str:
        if kind == "sqlite":
            path = tmp_path / "restored.db"
            with (
                closing(sqlite3.connect(at_home.removeprefix("sqlite:///"))) as there,
                closing(sqlite3.connect(path)) as here,
            ):
                there.backup(here)
            return f"sqlite:///{path}"
        server: Postgres = request.getfixturevalue("postgres")
        made.append(server.database(at_home.partition("@/")[2].partition("?")[0]))
        return made[-1]

    yield restored
    for url in made:
        request.getfixturevalue("postgres").drop(url)


def opened(url: str) -> SqlStore:
    return open_store(url, hash_address=hash_address)


def test_one_that_stands_where_it_was_made_delivers(at_home: str) -> None:
    with closing(opened(at_home)) as store:
        assert not store.copied()
        with store.delivering():
            pass


def test_a_copy_delivers_nothing_until_a_person_says_so(at_home: str, copy: Copy) -> None:
    url = copy()

    with closing(opened(url)) as store:
        assert store.copied()
        with pytest.raises(CopiedDatabase, match="syndicate db confirm"), store.delivering():
            pytest.fail("delivered from a copy")
        upgrade(url)
        assert store.copied()
        store.confirm()
        store.confirm()
        assert not store.copied()
        with store.delivering():
            pass
    with closing(opened(at_home)) as original:
        assert not original.copied()


def test_a_file_is_at_home_by_whatever_name_leads_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "var").mkdir()
    upgrade(f"sqlite:///{tmp_path / 'var' / 'a.db'}")
    (tmp_path / "link").symlink_to(tmp_path / "var")
    monkeypatch.chdir(tmp_path)

    for url in ("sqlite:///var/a.db", f"sqlite:///{tmp_path / 'link' / 'a.db'}"):
        with closing(opened(url)) as store:
            assert not store.copied()

    shutil.move(tmp_path / "var" / "a.db", tmp_path / "b.db")
    with closing(opened("sqlite:///b.db")) as store:
        assert store.copied()
