"""The tables, as the code sees them. The Alembic history must lead to exactly these; a contract test compares.
Ids that went into frozen batches, feeds or letters are never given twice, hence ``sqlite_autoincrement``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from syndicate.store.columns import ByteOrdered, Numbers, PackedIds, PackedJson, RowId, UtcTime, Words

BANDS = (1, 2, 3, 4)
"""The parts of a fingerprint, each in a column of its own."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _need(name: str, kind: Any, *more: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, *more, nullable=False, **options)


def _key(name: str, kind: Any, *more: Any) -> Column[Any]:
    return Column(name, kind, *more, primary_key=True, autoincrement=False)


def _partial(*columns: str, where: str) -> Index:
    """An index over the few rows where ``where`` holds; the others cost nothing."""
    name = "_".join(columns)
    condition = text(where)
    return Index(f"ix_publications_few_{name}", *columns, sqlite_where=condition, postgresql_where=condition)


def _id() -> Column[Any]:
    return Column("id", RowId, primary_key=True, autoincrement=True)


installation = Table("installation", metadata, _key("id", String), Column("place", String))

counters = Table("counters", metadata, _key("name", String), _need("value", RowId))

sources = Table(
    "sources",
    metadata,
    _key("source", String),
    _need("etag", Words),
    _need("last_modified", Words),
    Column("last_visit", UtcTime),
    Column("last_success", UtcTime),
    _need("failures", Integer),
    Column("next_visit", UtcTime),
    _need("last_error", Words),
    Column("gone_since", UtcTime),
    Column("hold_until", UtcTime),
    Column("memory", PackedJson),
    Column("configured", Words),
    Index(None, "next_visit"),
    Index(None, "last_visit"),
)

sites = Table("sites", metadata, _key("site", String), _need("memory", PackedJson))

publications = Table(
    "publications",
    metadata,
    _id(),
    _need("slug", String, unique=True),
    _need("outlet", String),
    _need("source", String),
    _need("status", String),
    _need("revision", Integer),
    _need("first_seen", UtcTime),
    _need("changed", UtcTime),
    _need("dated", UtcTime, index=True),
    Column("same_as", RowId, ForeignKey("publications.id"), index=True),
    Column("shown", LargeBinary),
    Column("named", RowId, index=True),
    Column("missing_since", UtcTime),
    _need("read", Boolean, server_default=false()),
    Column("fingerprint", RowId),
    *(Column(f"band_{band}", Integer) for band in BANDS),
    Index(None, "outlet", "dated"),
    Index(None, "status", "dated"),
    _partial("missing_since", where="missing_since IS NOT NULL"),
    _partial("id", where="NOT read"),
    *(_partial(f"band_{band}", "dated", where=f"band_{band} IS NOT NULL") for band in BANDS),
    sqlite_autoincrement=True,
)
"""``shown`` is the hash of what the source showed last, ``named`` that of source and title, both to look up quickly."""

revisions = Table(
    "revisions",
    metadata,
    _key("publication", RowId, ForeignKey("publications.id")),
    _key("number", Integer),
    _need("at", UtcTime),
    _need("title", Words),
    _need("content", PackedJson),
    Column("changes", PackedJson),
)

identities = Table(
    "identities",
    metadata,
    _key("key", LargeBinary),
    _need("publication", RowId, ForeignKey("publications.id"), index=True),
)

appearances = Table(
    "appearances",
    metadata,
    _id(),
    _need("publication", RowId, ForeignKey("publications.id"), index=True),
    _need("source", String, index=True),
    _need("url", Words),
    _need("how", String, server_default=text("'source'")),
    _need("first_seen", UtcTime),
    sqlite_autoincrement=True,
)

claims = Table(
    "claims",
    metadata,
    _key("key", LargeBinary),
    _key("publication", RowId, ForeignKey("publications.id")),
    Index(None, "publication"),
)
"""Which publications declare the piece with this link to be their original."""

pages = Table(
    "pages",
    metadata,
    _key("publication", RowId, ForeignKey("publications.id")),
    _need("source", String),
    *(_need(name, Words) for name in ("url", "guid", "etag", "last_modified", "representation")),
    *(Column(name, UtcTime) for name in ("checked", "next_check", "missing_since")),
    _need("missing_seen", Integer),
    _need("failures", Integer),
    Index(None, "source", "next_check"),
)

schedules = Table("schedules", metadata, _key("digest", String), _need("last", UtcTime))

fires = Table("fires", metadata, _key("digest", String), _key("key", String), _need("nominal", UtcTime))

editions = Table(
    "editions",
    metadata,
    _id(),
    _need("digest", String),
    _need("cadence", String),
    _need("nominal", UtcTime),
    _need("state", String),
    _need("items", Numbers),
    _need("variants", Integer),
    _need("by_schedule", Boolean),
    _need("skipped_because", Words),
    _need("held_because", Words),
    _need("composed", UtcTime),
    UniqueConstraint("digest", "cadence", "nominal"),
    Index(None, "nominal"),
    Index(None, "state"),
    sqlite_autoincrement=True,
)

edition_choices = Table(
    "edition_choices",
    metadata,
    _key("edition", RowId, ForeignKey("editions.id")),
    _key("position", Integer),
    _need("publication", RowId),
    _need("title", Words),
    _need("taken", Boolean),
    _need("why", Words),
)

carried = Table(
    "carried",
    metadata,
    _key("digest", String),
    _key("publication", RowId, ForeignKey("publications.id")),
    _need("edition", RowId, ForeignKey("editions.id"), index=True),
)

sealed_editions = Table(
    "sealed_editions",
    metadata,
    _key("edition", RowId, ForeignKey("editions.id")),
    _key("language", String),
    _need("digest", String),
    _need("parts", PackedJson),
    _need("at", UtcTime),
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    _need("edition", RowId, ForeignKey("editions.id")),
    _need("version", Integer),
    _need("state", String),
    _need("mailer", String),
    _need("planned", Integer),
    _need("held_because", Words),
    _need("prepared", UtcTime),
    UniqueConstraint("edition", "version"),
    sqlite_autoincrement=True,
)

variants = Table(
    "variants",
    metadata,
    _key("delivery", RowId, ForeignKey("deliveries.id")),
    _key("number", Integer),
    _need("items", Numbers),
)


def _call() -> list[Column[Any]]:
    """The state of one call, the same for batches and notices."""
    return [
        _need("not_before", UtcTime),
        _need("state", String),
        _need("attempt", Integer),
        _need("generation", Integer),
        _need("fence", Integer),
        Column("lease_until", UtcTime),
        _need("body_hash", String),
        _need("reference", Words),
        _need("note", Words),
    ]


batches = Table(
    "batches",
    metadata,
    _key("delivery", RowId, ForeignKey("deliveries.id")),
    _key("number", Integer),
    Column("parent", Integer),
    _need("variant", Integer),
    _need("language", Words),
    _need("size", Integer),
    _need("ids", PackedIds),
    *_call(),
    Index(None, "state", "not_before"),
)

outcomes = Table(
    "outcomes",
    metadata,
    _key("delivery", RowId),
    _key("number", Integer),
    _key("subscriber", RowId),
    _key("kind", String),
    _need("detail", Words),
    ForeignKeyConstraint(["delivery", "number"], ["batches.delivery", "batches.number"]),
)

limiter = Table("limiter", metadata, _key("mailer", String), _need("tat", UtcTime))

subscribers = Table(
    "subscribers",
    metadata,
    _id(),
    _need("address", String, unique=True),
    _need("address_hash", String, index=True),
    _need("domain", ByteOrdered),
    _need("name", Words),
    _need("language", Words),
    _need("timezone", Words),
    sqlite_autoincrement=True,
)

subscriptions = Table(
    "subscriptions",
    metadata,
    _key("subscriber", RowId, ForeignKey("subscribers.id")),
    _key("digest", String),
    _need("standing", String),
    _need("cadence", String),
    _need("since", UtcTime),
    _need("domain", ByteOrdered),
    Index(None, "digest", "standing", "domain", "subscriber"),
)

consents = Table(
    "consents",
    metadata,
    _id(),
    _need("subscriber", RowId, ForeignKey("subscribers.id"), index=True),
    _need("digest", String),
    _need("act", String),
    _need("at", UtcTime),
    _need("where", Words),
    _need("words", Words),
    _need("basis", Words),
    sqlite_autoincrement=True,
)

suppressions = Table(
    "suppressions", metadata, _key("address_hash", String), _need("reason", Words), _need("at", UtcTime)
)

notices = Table(
    "notices",
    metadata,
    _id(),
    _need("kind", String),
    _need("subscriber", RowId),
    _need("address", String, index=True),
    _need("subject", Words),
    _need("html", Words),
    _need("text", Words),
    _need("created", UtcTime),
    *_call(),
    Index(None, "state", "not_before"),
    sqlite_autoincrement=True,
)

documents = Table(
    "documents",
    metadata,
    _key("name", String),
    _need("state", String),
    _need("body", LargeBinary),
    _need("media_type", String),
    _need("updated", UtcTime),
    Column("valid_until", UtcTime),
)
