"""The beginning: publications, editions, the ledger, subscribers, notices, documents.

Revision: 0001
"""

from __future__ import annotations

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
_BY_BYTES = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    _installation()
    _publications()
    _places()
    _editions()
    _sealed()
    _deliveries()
    _batches()
    _subscribers()
    _consents()
    _notices()
    _documents()
    _first_rows()


def downgrade() -> None:
    """There is nothing before the beginning; a backup is the way back."""
    msg = "the first revision cannot be undone; restore a backup instead"
    raise RuntimeError(msg)


def _need(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _own_id() -> sa.Column[Any]:
    return sa.Column("id", _ID, autoincrement=True, nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _only(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _of(table: str, columns: str, target: str, referred: str = "id") -> sa.ForeignKeyConstraint:
    """A foreign key; several columns are separated by spaces."""
    own, theirs = columns.split(), [f"{target}.{column}" for column in referred.split()]
    return sa.ForeignKeyConstraint(own, theirs, name=f"fk_{table}_{'_'.join(own)}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _call() -> list[sa.Column[Any]]:
    return [
        _need("not_before", _MOMENT),
        _need("state", sa.String()),
        _need("attempt", sa.Integer()),
        _need("generation", sa.Integer()),
        _need("fence", sa.Integer()),
        _may("lease_until", _MOMENT),
        _need("body_hash", sa.String()),
        _need("reference", sa.String()),
        _need("note", sa.String()),
    ]


def _installation() -> None:
    op.create_table("installation", _need("id", sa.String()), _key("installation", "id"))
    op.create_table("counters", _need("name", sa.String()), _need("value", _ID), _key("counters", "name"))
    op.create_table(
        "sources",
        _need("source", sa.String()),
        _need("etag", sa.String()),
        _need("last_modified", sa.String()),
        _may("last_visit", _MOMENT),
        _may("last_success", _MOMENT),
        _need("failures", sa.Integer()),
        _may("next_visit", _MOMENT),
        _need("last_error", sa.String()),
        _may("gone_since", _MOMENT),
        _may("hold_until", _MOMENT),
        _key("sources", "source"),
    )


def _publications() -> None:
    op.create_table(
        "publications",
        _own_id(),
        _need("slug", sa.String()),
        _need("outlet", sa.String()),
        _need("source", sa.String()),
        _need("status", sa.String()),
        _need("revision", sa.Integer()),
        _need("first_seen", _MOMENT),
        _need("changed", _MOMENT),
        _need("dated", _MOMENT),
        _may("same_as", _ID),
        _key("publications", "id"),
        _only("publications", "slug"),
        _of("publications", "same_as", "publications"),
        sqlite_autoincrement=True,
    )
    _index("publications", "dated")
    _index("publications", "same_as")
    _index("publications", "outlet", "dated")
    _index("publications", "status", "dated")
    op.create_table(
        "revisions",
        _need("publication", _ID),
        _need("number", sa.Integer()),
        _need("at", _MOMENT),
        _need("title", sa.String()),
        _need("content", sa.LargeBinary()),
        _key("revisions", "publication", "number"),
        _of("revisions", "publication", "publications"),
    )


def _places() -> None:
    op.create_table(
        "identities",
        _need("key", sa.LargeBinary()),
        _need("publication", _ID),
        _key("identities", "key"),
        _of("identities", "publication", "publications"),
    )
    _index("identities", "publication")
    op.create_table(
        "appearances",
        _own_id(),
        _need("publication", _ID),
        _need("source", sa.String()),
        _need("url", sa.String()),
        _need("first_seen", _MOMENT),
        _key("appearances", "id"),
        _of("appearances", "publication", "publications"),
        sqlite_autoincrement=True,
    )
    _index("appearances", "publication")
    _index("appearances", "source")


def _editions() -> None:
    op.create_table("schedules", _need("digest", sa.String()), _need("last", _MOMENT), _key("schedules", "digest"))
    op.create_table(
        "fires",
        _need("digest", sa.String()),
        _need("key", sa.String()),
        _need("nominal", _MOMENT),
        _key("fires", "digest", "key"),
    )
    op.create_table(
        "editions",
        _own_id(),
        _need("digest", sa.String()),
        _need("cadence", sa.String()),
        _need("nominal", _MOMENT),
        _need("state", sa.String()),
        _need("items", sa.String()),
        _need("variants", sa.Integer()),
        _need("by_schedule", sa.Boolean()),
        _need("skipped_because", sa.String()),
        _need("held_because", sa.String()),
        _need("composed", _MOMENT),
        _key("editions", "id"),
        _only("editions", "digest", "cadence", "nominal"),
        sqlite_autoincrement=True,
    )
    _index("editions", "nominal")
    _index("editions", "state")


def _sealed() -> None:
    op.create_table(
        "edition_choices",
        _need("edition", _ID),
        _need("position", sa.Integer()),
        _need("publication", _ID),
        _need("title", sa.String()),
        _need("taken", sa.Boolean()),
        _need("why", sa.String()),
        _key("edition_choices", "edition", "position"),
        _of("edition_choices", "edition", "editions"),
    )
    op.create_table(
        "carried",
        _need("digest", sa.String()),
        _need("publication", _ID),
        _need("edition", _ID),
        _key("carried", "digest", "publication"),
        _of("carried", "publication", "publications"),
        _of("carried", "edition", "editions"),
    )
    _index("carried", "edition")
    op.create_table(
        "sealed_editions",
        _need("edition", _ID),
        _need("language", sa.String()),
        _need("digest", sa.String()),
        _need("parts", sa.LargeBinary()),
        _need("at", _MOMENT),
        _key("sealed_editions", "edition", "language"),
        _of("sealed_editions", "edition", "editions"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        _own_id(),
        _need("edition", _ID),
        _need("version", sa.Integer()),
        _need("state", sa.String()),
        _need("mailer", sa.String()),
        _need("planned", sa.Integer()),
        _need("held_because", sa.String()),
        _need("prepared", _MOMENT),
        _key("deliveries", "id"),
        _of("deliveries", "edition", "editions"),
        _only("deliveries", "edition", "version"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "variants",
        _need("delivery", _ID),
        _need("number", sa.Integer()),
        _need("items", sa.String()),
        _key("variants", "delivery", "number"),
        _of("variants", "delivery", "deliveries"),
    )
    op.create_table("limiter", _need("mailer", sa.String()), _need("tat", _MOMENT), _key("limiter", "mailer"))


def _batches() -> None:
    op.create_table(
        "batches",
        _need("delivery", _ID),
        _need("number", sa.Integer()),
        _may("parent", sa.Integer()),
        _need("variant", sa.Integer()),
        _need("language", sa.String()),
        _need("size", sa.Integer()),
        _need("ids", sa.LargeBinary()),
        *_call(),
        _key("batches", "delivery", "number"),
        _of("batches", "delivery", "deliveries"),
    )
    _index("batches", "state", "not_before")
    op.create_table(
        "outcomes",
        _need("delivery", _ID),
        _need("number", sa.Integer()),
        _need("subscriber", _ID),
        _need("kind", sa.String()),
        _need("detail", sa.String()),
        _key("outcomes", "delivery", "number", "subscriber", "kind"),
        _of("outcomes", "delivery number", "batches", "delivery number"),
    )


def _subscribers() -> None:
    op.create_table(
        "subscribers",
        _own_id(),
        _need("address", sa.String()),
        _need("address_hash", sa.String()),
        _need("domain", _BY_BYTES),
        _need("name", sa.String()),
        _need("language", sa.String()),
        _need("timezone", sa.String()),
        _key("subscribers", "id"),
        _only("subscribers", "address"),
        sqlite_autoincrement=True,
    )
    _index("subscribers", "address_hash")
    op.create_table(
        "subscriptions",
        _need("subscriber", _ID),
        _need("digest", sa.String()),
        _need("standing", sa.String()),
        _need("cadence", sa.String()),
        _need("since", _MOMENT),
        _need("domain", _BY_BYTES),
        _key("subscriptions", "subscriber", "digest"),
        _of("subscriptions", "subscriber", "subscribers"),
    )
    _index("subscriptions", "digest", "standing", "domain", "subscriber")


def _consents() -> None:
    op.create_table(
        "consents",
        _own_id(),
        _need("subscriber", _ID),
        _need("digest", sa.String()),
        _need("act", sa.String()),
        _need("at", _MOMENT),
        _need("where", sa.String()),
        _need("words", sa.String()),
        _need("basis", sa.String()),
        _key("consents", "id"),
        _of("consents", "subscriber", "subscribers"),
        sqlite_autoincrement=True,
    )
    _index("consents", "subscriber")
    op.create_table(
        "suppressions",
        _need("address_hash", sa.String()),
        _need("reason", sa.String()),
        _need("at", _MOMENT),
        _key("suppressions", "address_hash"),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        _own_id(),
        _need("kind", sa.String()),
        _need("subscriber", _ID),
        _need("address", sa.String()),
        _need("subject", sa.String()),
        _need("html", sa.String()),
        _need("text", sa.String()),
        _need("created", _MOMENT),
        *_call(),
        _key("notices", "id"),
        sqlite_autoincrement=True,
    )
    _index("notices", "address")
    _index("notices", "state", "not_before")


def _documents() -> None:
    op.create_table(
        "documents",
        _need("name", sa.String()),
        _need("state", sa.String()),
        _need("body", sa.LargeBinary()),
        _need("media_type", sa.String()),
        _need("updated", _MOMENT),
        _may("valid_until", _MOMENT),
        _key("documents", "name"),
    )


def _first_rows() -> None:
    """The id of this installation, in every key a mailer sees; and the counter of what is visible."""
    installation = sa.table("installation", sa.column("id", sa.String()))
    counters = sa.table("counters", sa.column("name", sa.String()), sa.column("value", _ID))
    op.bulk_insert(installation, [{"id": secrets.token_hex(8)}])
    op.bulk_insert(counters, [{"name": "publications", "value": 0}])
