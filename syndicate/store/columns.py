"""Column types with one meaning on both databases: moments, frozen ids, and compressed JSON."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import Any

import orjson
from isal import isal_zlib
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, String, TypeDecorator
from sqlalchemy.types import TypeEngine

from syndicate.store.encoding import storable
from syndicate.store.packing import pack, unpack

RowId = BigInteger().with_variant(Integer(), "sqlite")
"""Ids that the database gives; SQLite counts only in a column that is exactly INTEGER."""

ByteOrdered = String().with_variant(String(collation="C"), "postgresql")
"""Text that sorts by its bytes on both databases, whatever the locale of the server."""


_WITHOUT_ZONE = len("2026-03-02T12:00:00.000000")


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, to the microsecond. PostgreSQL: timestamptz; SQLite: text that sorts as the time does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text of one length on SQLite, which has no type for moments."""
        kind: TypeEngine[Any] = String(27) if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a moment without a zone: it could mean anything."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a moment without a zone cannot be stored: {value.isoformat()}"
            raise ValueError(msg)
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        if dialect.name != "sqlite":
            return utc
        return utc.isoformat(timespec="microseconds")[:_WITHOUT_ZONE] + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        aware: datetime = moment.astimezone(UTC)
        return aware


class Words(TypeDecorator[str]):
    """Text that others wrote: an outlet, a reader, a mailer. What no database takes becomes U+FFFD."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean it; an answer with a NUL in it must not keep a batch from being closed."""
        del dialect
        return None if value is None else storable(value)


class PackedIds(TypeDecorator[tuple[int, ...]]):
    """Subscriber ids in their frozen order; see ``packing``."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> bytes | None:
        """Ids to bytes."""
        del dialect
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> tuple[int, ...] | None:
        """Bytes to ids."""
        del dialect
        return None if value is None else unpack(bytes(value))


class PackedJson(TypeDecorator[bytes]):
    """JSON text, compressed with zlib (RFC 1950) at its fastest: a third of the room, and no character it minds."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Compress."""
        del dialect
        return None if value is None else isal_zlib.compress(value, 1)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Decompress."""
        del dialect
        return None if value is None else zlib.decompress(bytes(value))


class Numbers(TypeDecorator[tuple[int, ...]]):
    """A short ordered list of ids, readable in the row."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str | None:
        """Ids to a JSON array."""
        del dialect
        return None if value is None else orjson.dumps(list(value)).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...] | None:
        """A JSON array to ids."""
        del dialect
        return None if value is None else tuple(orjson.loads(value))
