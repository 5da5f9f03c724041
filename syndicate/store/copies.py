"""Near copies: which pieces were not read for likeness yet, and which have a fingerprint near a given one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, bindparam, select, union

from syndicate.domain.errors import NotFound
from syndicate.domain.likeness import MOST, NEAR, bands, distance
from syndicate.domain.publication import How, Publication, Status
from syndicate.store import tables
from syndicate.store.database import Database, chunks
from syndicate.store.gathering import lock_state, raise_state
from syndicate.store.joining import join
from syndicate.store.shelf import publication_of

_SIGN = 1 << 63


def unread(database: Database, limit: int) -> tuple[Publication, ...]:
    """Publications that near copies were not looked for yet, oldest first."""
    piece = tables.publications.c
    query = whole().where(~piece.read, piece.same_as.is_(None)).order_by(piece.id).limit(limit)
    with database.reading() as connection:
        return tuple(publication_of(row) for row in connection.execute(query))


def near(
    database: Database, publication: int, fingerprint: int, within: timedelta
) -> tuple[tuple[Publication, int], ...]:
    """Others at most ``NEAR`` bands away and dated within ``within``, with their fingerprints, the oldest first.

    Of many, the ``MOST`` that are nearest. Pieces of the same source are left out: it lists each of them once.
    """
    piece = tables.publications.c
    with database.reading() as connection:
        own = connection.execute(select(piece.dated, piece.source).where(piece.id == publication)).one_or_none()
        if own is None:
            raise NotFound("publication", str(publication))
        span = {"first": _shifted(own.dated, -within), "last": _shifted(own.dated, within)}
        asked = {**span, **_banded(fingerprint)}
        rows = connection.execute(_CANDIDATES, asked).all()
        prints = {row.id: row.fingerprint % (2 * _SIGN) for row in rows if row.source != own.source}
        away = {number: distance(fingerprint, other) for number, other in prints.items()}
        close = sorted((each for each in away if away[each] <= NEAR), key=lambda each: (away[each], each))[:MOST]
        found = [
            publication_of(row)
            for some in chunks(close)
            for row in connection.execute(whole().where(piece.id.in_(some)))
        ]
    return tuple((each, prints[each.id]) for each in sorted(found, key=lambda each: (each.first_seen, each.id)))


def mark_read(
    database: Database, publication: int, fingerprint: int | None, same_as: int | None, how: How | None
) -> None:
    """Note the fingerprint of a piece, and of which older one it is an appearance. Idempotent."""
    piece = tables.publications.c
    signed = None if fingerprint is None else fingerprint - 2 * _SIGN if fingerprint >= _SIGN else fingerprint
    marked = tables.publications.update().where(piece.id == publication)
    with database.writing() as connection:
        state = lock_state(connection)
        connection.execute(marked.values(read=True, fingerprint=signed, **_banded(fingerprint)))
        if same_as is not None and same_as != publication and _may_join(connection, same_as, publication):
            join(connection, same_as, publication, how or How.NEAR_COPY)
            raise_state(connection, state)


def whole() -> Select[Any]:
    """Publications with the content of their newest revision, in one statement."""
    piece, revision = tables.publications, tables.revisions
    newest = (revision.c.publication == piece.c.id) & (revision.c.number == piece.c.revision)
    return select(piece, revision.c.content).join(revision, newest)


def _candidates() -> CompoundSelect[Any]:
    """One question for each band, so that each is answered by its index; built once, asked for every new piece."""
    piece = tables.publications.c
    first, last = (bindparam(name, type_=piece.dated.type) for name in ("first", "last"))
    return union(
        *(
            select(piece.id, piece.source, piece.fingerprint).where(
                piece[f"band_{band}"] == bindparam(f"band_{band}"),
                piece.dated >= first,
                piece.dated <= last,
                piece.same_as.is_(None),
            )
            for band in tables.BANDS
        )
    )


_CANDIDATES = _candidates()


def _banded(fingerprint: int | None) -> dict[str, int | None]:
    """The columns of a fingerprint's bands."""
    parts = (None,) * len(tables.BANDS) if fingerprint is None else bands(fingerprint)
    return {f"band_{band}": part for band, part in zip(tables.BANDS, parts, strict=True)}


def _shifted(moment: datetime, by: timedelta) -> datetime:
    """``moment`` moved by ``by``, or as it is at the edge of the calendar."""
    try:
        return moment + by
    except OverflowError:
        return moment


def _may_join(connection: Connection, stays: int, hides: int) -> bool:
    """Both are there, neither is hidden or withdrawn, and no source lists both."""
    piece, seen = tables.publications.c, tables.appearances.c
    query = select(piece.id).where(
        piece.id.in_([stays, hides]), piece.same_as.is_(None), piece.status != Status.WITHDRAWN.value
    )
    if len(connection.scalars(query).all()) < 2:  # noqa: PLR2004 - both
        return False
    other = tables.appearances.alias()
    shared = select(seen.source).join(other, other.c.source == seen.source)
    shared = shared.where(seen.publication == stays, other.c.publication == hides).limit(1)
    return connection.scalar(shared) is None
