"""What ``db check`` asks of a whole database: promises 3 and 4, the seals, and the references between rows.

Every finding is one sentence for a person; none means that all is well. It reads one snapshot and changes nothing.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, LargeBinary, func, select, text, type_coerce
from sqlalchemy.exc import DBAPIError

from syndicate.domain.delivery import BatchState, DeliveryState
from syndicate.domain.digest import EditionState
from syndicate.domain.errors import Tampered
from syndicate.store import tables
from syndicate.store.database import Database
from syndicate.store.encoding import sealed_of
from syndicate.store.packing import unpack
from syndicate.store.schema import check
from syndicate.store.sql_store import SqlStore
from syndicate.store.sums import sums_of

_CLASSES = ("waiting", "sent", "rejected", "suppressed", "held", "unknown")
_GIVEN_UP = (DeliveryState.CANCELLED.value, DeliveryState.DONE.value)
_NAMED = 5
"""How many ids a finding names before it says how many more there are."""


def audit(store: SqlStore | str) -> tuple[str, ...]:
    """Every finding in the database of ``store`` (or at this address), each one sentence; empty when all is well."""
    if isinstance(store, SqlStore):
        return _findings(store.database)
    database = Database(store)
    try:
        return _findings(database)
    finally:
        database.close()


def _findings(database: Database) -> tuple[str, ...]:
    check(database)
    try:
        with database.reading() as connection:
            found = [*_file(connection)] if database.is_sqlite else []
            for delivery in connection.scalars(select(tables.deliveries.c.id).order_by(tables.deliveries.c.id)).all():
                found += _delivery(connection, delivery)
            for edition in connection.scalars(select(tables.deliveries.c.edition).distinct()).all():
                found += _mailed_twice(connection, edition)
            found += _carried_twice(connection)
            found += _broken_seals(connection)
    except DBAPIError as error:
        raise database.unreachable(error) from error
    return tuple(found)


def _file(connection: Connection) -> Iterator[str]:
    """PostgreSQL sees to these itself; a SQLite file may have been edited or damaged."""
    for (verdict,) in connection.execute(text("PRAGMA quick_check")):
        if verdict != "ok":
            yield f"The database file is damaged: {verdict}."
    lost = Counter((row[0], row[2]) for row in connection.execute(text("PRAGMA foreign_key_check")))
    for (table, target), count in lost.items():
        yield f"{count} of the rows in {table} point to {target} that do not exist."


def _delivery(connection: Connection, delivery: int) -> Iterator[str]:
    try:
        sums = sums_of(connection, delivery)
    except ValueError as error:
        yield f"Delivery {delivery} cannot be counted: {error}."
        return
    if not sums.add_up:
        classes = ", ".join(f"{name} {getattr(sums, name)}" for name in _CLASSES)
        yield f"Delivery {delivery} does not add up: planned {sums.planned}, but {classes}."
    yield from _unfinished(connection, delivery)
    yield from _batches(connection, delivery)


def _unfinished(connection: Connection, delivery: int) -> Iterator[str]:
    head, of = tables.deliveries, tables.batches.c
    open_ = of.state.in_([BatchState.READY.value, BatchState.SENDING.value])
    done = (head.c.id == delivery) & (head.c.state == DeliveryState.DONE.value)
    query = select(func.count()).select_from(tables.batches.join(head, head.c.id == of.delivery)).where(done, open_)
    if count := connection.scalar(query):
        yield f"Delivery {delivery} is called done, but {count} of its batches are not."


def _batches(connection: Connection, delivery: int) -> Iterator[str]:
    """Each batch holds as many ids as it says, and exceptions of nobody else, one for each at most."""
    of, apart = tables.batches.c, tables.outcomes.c
    exceptions: dict[int, list[int]] = {}
    for row in connection.execute(select(apart.number, apart.subscriber).where(apart.delivery == delivery)):
        exceptions.setdefault(row.number, []).append(row.subscriber)
    packed = type_coerce(of.ids, LargeBinary).label("packed")
    query = select(of.number, of.size, packed).where(of.delivery == delivery).order_by(of.number)
    for number, size, octets in connection.execute(query):
        name = f"Batch {number} of delivery {delivery}"
        try:
            ids = unpack(bytes(octets))
        except ValueError as error:
            yield f"{name} cannot be read: {error}."
            continue
        if len(ids) != size or len(set(ids)) != size:
            yield f"{name} says that it holds {size} subscribers, but it holds {len(set(ids))}."
        apart_here = exceptions.get(number, [])
        if strangers := set(apart_here) - set(ids):
            yield f"{name} has outcomes of subscribers who are not in it: {_listed(strangers)}."
        if repeated := {i for i, times in Counter(apart_here).items() if times > 1}:
            yield f"{name} has two outcomes for the same subscribers: {_listed(repeated)}."


def _mailed_twice(connection: Connection, edition: int) -> Iterator[str]:
    """Promise 4: over all versions of an edition nobody is in two batches that went out or still may."""
    head, of, apart = tables.deliveries.c, tables.batches.c, tables.outcomes.c
    may_go = ~((of.state == BatchState.READY.value) & head.state.in_(_GIVEN_UP)) & (
        of.state != BatchState.REJECTED.value
    )
    versions = select(head.id).where(head.edition == edition)
    settled: dict[tuple[int, int], set[int]] = {}
    for row in connection.execute(select(tables.outcomes).where(apart.delivery.in_(versions))):
        settled.setdefault((row.delivery, row.number), set()).add(row.subscriber)
    packed = type_coerce(of.ids, LargeBinary).label("packed")
    query = (
        select(of.delivery, of.number, packed)
        .join(tables.deliveries, head.id == of.delivery)
        .where(head.edition == edition, may_go)
    )
    seen: set[int] = set()
    twice: set[int] = set()
    for delivery, number, octets in connection.execute(query):
        live = set(_readable(bytes(octets))) - settled.get((delivery, number), set())
        twice |= seen & live
        seen |= live
    if twice:
        yield f"Edition {edition} goes to the same subscribers twice: {_listed(twice)}."


def _carried_twice(connection: Connection) -> Iterator[str]:
    """Promise 4: no publication in two editions of one digest."""
    of = tables.editions.c
    carriers: dict[tuple[str, int], list[int]] = {}
    query = select(of.id, of.digest, of["items"]).where(of.state != EditionState.SKIPPED.value).order_by(of.id)
    for edition, digest, items in connection.execute(query):
        for item in items:
            carriers.setdefault((digest, item), []).append(edition)
    for (digest, item), editions in carriers.items():
        if len(editions) > 1:
            yield f"Publication {item} is carried by several editions of {digest}: {_listed(editions)}."


def _broken_seals(connection: Connection) -> Iterator[str]:
    of = tables.sealed_editions.c
    packed = type_coerce(of.parts, LargeBinary).label("packed")
    for row in connection.execute(select(of.edition, of.language, of.digest, packed).order_by(of.edition)):
        name = f"The sealed edition {row.edition} in {row.language}"
        try:
            sealed_of(row.edition, row.language, row.digest, zlib.decompress(bytes(row.packed)))
        except Tampered:
            yield f"{name} is not what was sealed."
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            yield f"{name} cannot be read: {error}."


def _readable(packed: bytes) -> tuple[int, ...]:
    try:
        return unpack(packed)
    except ValueError:
        return ()  # named already, with its batch


def _listed(ids: Iterable[int]) -> str:
    ordered = sorted(ids)
    shown = ", ".join(str(i) for i in ordered[:_NAMED])
    more = len(ordered) - _NAMED
    return f"{shown} and {more} more" if more > 0 else shown
