"""Rows that are about to be written, table by table, so that a thousand pieces cost a handful of statements.

Whoever stages holds the lock of all who keep (see ``gathering``), so ids may be taken ahead and slugs looked up once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from syndicate.domain.watching import PageMemory
from syndicate.store import tables
from syndicate.store.database import Database
from syndicate.store.shelf import PAGE_FIELDS, Piece, portions

_CHANGING = ("revision", "changed", "dated", "shown", "named", "missing_since")
_REVISE = (
    tables.publications.update()
    .where(tables.publications.c.id == bindparam("number"))
    .values({name: bindparam(f"to_{name}") for name in _CHANGING})
)
_MOVE = (
    tables.pages.update()
    .where(tables.pages.c.publication == bindparam("number"))
    .values(url=bindparam("to_url"), etag="", last_modified="", representation="", missing_since=None, missing_seen=0)
)


class Staged:
    """What one transaction is going to write."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection
        self._new: dict[int, Piece] = {}
        self._dirty: dict[int, Piece] = {}
        self._keys: dict[bytes, int] = {}
        self._revisions: list[dict[str, Any]] = []
        self._places: list[dict[str, Any]] = []
        self._claims: dict[tuple[bytes, int], None] = {}
        self._pages: dict[int, dict[str, Any]] = {}
        self._moved: dict[int, dict[str, Any]] = {}
        self._ids: Iterator[int] = iter(())
        self._slugs: set[str] = set()

    def expect(self, count: int, slugs: Iterable[str]) -> None:
        """Make ready for at most ``count`` new pieces that would like these ``slugs``."""
        if not count:
            return
        self._ids = self._next_ids(count)
        column = tables.publications.c.slug
        for some in portions(slugs):
            self._slugs.update(self._connection.scalars(select(column).where(column.in_(some))))

    def next_id(self) -> int:
        """An id that no publication ever had."""
        return next(self._ids)

    def free_slug(self, slug: str) -> str:
        """``slug``, or the first free of ``slug-2``, ``slug-3``; asks log n times, however many there are."""
        if slug in self._slugs:
            low, high = 1, 2
            while self._taken(f"{slug}-{high}"):
                low, high = high, high * 2
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if self._taken(f"{slug}-{middle}") else (low, middle)
            slug = f"{slug}-{high}"
        self._slugs.add(slug)
        return slug

    def begin(self, piece: Piece) -> None:
        """A new piece."""
        self._new[piece.id] = piece

    def touch(self, piece: Piece) -> None:
        """A piece whose row is to be written as it stands at the end."""
        if piece.id not in self._new:
            self._dirty[piece.id] = piece

    def own(self, key: bytes, piece: int) -> None:
        """From now on ``key`` leads to ``piece``."""
        self._keys[key] = piece

    def revise(self, row: dict[str, Any]) -> None:
        """A revision."""
        self._revisions.append(row)

    def place(self, row: dict[str, Any]) -> None:
        """An appearance."""
        self._places.append(row)

    def claim(self, key: bytes, piece: int) -> None:
        """``piece`` declares what ``key`` leads to as its original."""
        self._claims[key, piece] = None

    def watch(self, piece: Piece, url: str, guid: str, memory: PageMemory) -> None:
        """What is remembered of a page."""
        remembered = {name: getattr(memory, name) for name in PAGE_FIELDS}
        self._pages[piece.id] = {
            "publication": piece.id,
            "source": piece.source,
            "url": url,
            "guid": guid,
            **remembered,
        }

    def move(self, piece: Piece, url: str) -> None:
        """Its page, if it is watched, is at ``url`` from now on, and the validators of the old one say nothing."""
        self._moved[piece.id] = {"number": piece.id, "to_url": url}

    def write(self) -> None:
        """Write it all, in an order that the foreign keys allow; staging may go on afterwards."""
        insert = self._database.insert
        ways: tuple[tuple[Any, list[dict[str, Any]]], ...] = (
            (insert(tables.publications), [piece.row() for piece in self._new.values()]),
            (_REVISE, [_revised(piece) for piece in self._dirty.values()]),
            (insert(tables.revisions), self._revisions),
            (self._upsert(tables.identities, "key"), [_leads(key, piece) for key, piece in self._keys.items()]),
            (insert(tables.appearances), self._places),
            (insert(tables.claims).on_conflict_do_nothing(), [_leads(key, piece) for key, piece in self._claims]),
            (self._upsert(tables.pages, "publication"), list(self._pages.values())),
            (_MOVE, list(self._moved.values())),
        )
        for statement, rows in ways:
            if rows:
                self._connection.execute(statement, rows)
        everything = (self._new, self._dirty, self._revisions, self._keys, self._places, self._claims, self._pages)
        for staged in (*everything, self._moved):
            staged.clear()

    def _upsert(self, table: Any, key: str) -> Any:
        wanted = self._database.insert(table)
        others = {column.name: wanted.excluded[column.name] for column in table.c if column.name != key}
        return wanted.on_conflict_do_update(index_elements=[key], set_=others)

    def _taken(self, slug: str) -> bool:
        column = tables.publications.c.slug
        return slug in self._slugs or self._connection.scalar(select(column).where(column == slug)) is not None

    def _next_ids(self, count: int) -> Iterator[int]:
        """SQLite notes the highest id it ever gave; PostgreSQL gives from a sequence, and never takes back."""
        if self._database.is_sqlite:
            query = text("SELECT seq FROM sqlite_sequence WHERE name = 'publications'")
            last = self._connection.scalar(query) or 0
            return iter(range(last + 1, last + 1 + count))
        query = text("SELECT nextval(pg_get_serial_sequence('publications', 'id')) FROM generate_series(1, :count)")
        return iter(self._connection.scalars(query, {"count": count}).all())


def _leads(key: bytes, piece: int) -> dict[str, Any]:
    return {"key": key, "publication": piece}


def _revised(piece: Piece) -> dict[str, Any]:
    return {"number": piece.id, **{f"to_{name}": getattr(piece, name) for name in _CHANGING}}
