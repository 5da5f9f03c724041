"""What is remembered between visits: sources, sites, pages, likeness, and how revisions differ.

Revision: 0002
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
_PORTION = 1000
_BANDS = (1, 2, 3, 4)


def upgrade() -> None:
    op.add_column("installation", _may("place", sa.String()))
    _sources()
    _publications()
    _claims_and_pages()
    _name_what_is_there()


def downgrade() -> None:
    """What was remembered would be lost; a backup is the way back."""
    msg = "the second revision cannot be undone; restore a backup instead"
    raise RuntimeError(msg)


def _need(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _sources() -> None:
    op.add_column("sources", _may("memory", sa.LargeBinary()))
    op.add_column("sources", _may("configured", sa.String()))
    op.create_index("ix_sources_next_visit", "sources", ["next_visit"])
    op.create_index("ix_sources_last_visit", "sources", ["last_visit"])
    op.create_table(
        "sites",
        _need("site", sa.String()),
        _need("memory", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("site", name="pk_sites"),
    )


def _publications() -> None:
    op.add_column("publications", _may("shown", sa.LargeBinary()))
    op.add_column("publications", _may("named", _ID))
    op.add_column("publications", _may("missing_since", _MOMENT))
    op.add_column("publications", sa.Column("read", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("publications", _may("fingerprint", _ID))
    for band in _BANDS:
        op.add_column("publications", _may(f"band_{band}", sa.Integer()))
        _partial([f"band_{band}", "dated"], f"band_{band} IS NOT NULL")
    op.create_index("ix_publications_named", "publications", ["named"])
    _partial(["missing_since"], "missing_since IS NOT NULL")
    _partial(["id"], "NOT read")
    op.add_column("revisions", _may("changes", sa.LargeBinary()))
    op.add_column("appearances", sa.Column("how", sa.String(), nullable=False, server_default=sa.text("'source'")))


def _partial(columns: list[str], where: str) -> None:
    condition = sa.text(where)
    name = f"ix_publications_few_{'_'.join(columns)}"
    op.create_index(name, "publications", columns, sqlite_where=condition, postgresql_where=condition)


def _claims_and_pages() -> None:
    op.create_table(
        "claims",
        _need("key", sa.LargeBinary()),
        _need("publication", _ID),
        sa.PrimaryKeyConstraint("key", "publication", name="pk_claims"),
        sa.ForeignKeyConstraint(["publication"], ["publications.id"], name="fk_claims_publication"),
    )
    op.create_index("ix_claims_publication", "claims", ["publication"])
    op.create_table(
        "pages",
        _need("publication", _ID),
        _need("source", sa.String()),
        _need("url", sa.String()),
        _need("guid", sa.String()),
        _may("checked", _MOMENT),
        _may("next_check", _MOMENT),
        _need("etag", sa.String()),
        _need("last_modified", sa.String()),
        _need("representation", sa.String()),
        _may("missing_since", _MOMENT),
        _need("missing_seen", sa.Integer()),
        _need("failures", sa.Integer()),
        sa.PrimaryKeyConstraint("publication", name="pk_pages"),
        sa.ForeignKeyConstraint(["publication"], ["publications.id"], name="fk_pages_publication"),
    )
    op.create_index("ix_pages_source_next_check", "pages", ["source", "next_check"])


def _name_what_is_there() -> None:
    """Old pieces are found by title as new ones are; a place of another source was recognised by its link."""
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "UPDATE appearances SET how = 'canonical' WHERE source <> "
            "(SELECT source FROM publications WHERE publications.id = appearances.publication)"
        )
    )
    page = sa.text(
        "SELECT p.id, p.source, r.title FROM publications p "
        "JOIN revisions r ON r.publication = p.id AND r.number = p.revision "
        "WHERE p.id > :after ORDER BY p.id LIMIT :portion"
    )
    name = sa.text("UPDATE publications SET named = :named WHERE id = :id")
    after = 0
    while rows := connection.execute(page, {"after": after, "portion": _PORTION}).all():
        connection.execute(name, [{"id": row.id, "named": _named(row.source, row.title)} for row in rows])
        after = rows[-1].id


def _named(source: str, title: str) -> int | None:
    """As the store names pieces at this revision; a later change of its rule must name them anew."""
    words = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", title).casefold()))
    if not words:
        return None
    digest = blake2b(f"{source}\n{words}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
