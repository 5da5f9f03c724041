"""Deliveries, batches and outcomes: the ledger. What happens inside a transaction is in ``ledger``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select, text

from syndicate.domain.delivery import Batch, BatchState, Change, Delivery, DeliveryState, Outcome, OutcomeKind, Sums
from syndicate.domain.errors import NotFound
from syndicate.domain.subscriber import Standing
from syndicate.store import limiter, tables
from syndicate.store.calls import earliest, is_left_sending, is_ready
from syndicate.store.database import Database
from syndicate.store.ledger import Opening, batch_of, batch_row, close_batch, delivery_of, delivery_row, pause
from syndicate.store.sums import counts_of, sums_of

_AT_ONCE = 10_000
_LONGEST_IDLE = 10
"""Seconds between two statements of a worker that is alive."""
_OPEN = (BatchState.READY.value, BatchState.SENDING.value)


class Deliveries:
    """Implements ``flows.ports.DeliveryStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def audience(self, digest: str) -> Iterator[int]:
        """Ids confirmed to the digest and not suppressed, ordered by (receiving domain, id); streamed."""
        taken, person, never = tables.subscriptions.c, tables.subscribers.c, tables.suppressions
        suppressed = select(person.id).join(never, never.c.address_hash == person.address_hash)
        query = (
            select(taken.subscriber)
            .where(taken.digest == digest, taken.standing == Standing.CONFIRMED.value)
            .where(taken.subscriber.not_in(suppressed))
            .order_by(taken.domain, taken.subscriber)
        )
        with self._database.reading() as connection:
            streamed = connection.execution_options(yield_per=_AT_ONCE)
            for some in streamed.scalars(query).partitions():
                yield from some

    def prepare(
        self,
        edition: int,
        version: int,
        mailer: str,
        batches: Sequence[Batch],
        variants: Mapping[int, Sequence[int]],
        now: datetime,
    ) -> Delivery:
        """Store a delivery; one that is already there for (edition, version) wins and is returned untouched."""
        planned = sum(len(batch.ids) for batch in batches)
        _refuse_repeats(batches, planned)
        row = {
            "edition": edition,
            "version": version,
            "state": (DeliveryState.RUNNING if planned else DeliveryState.DONE).value,
            "mailer": mailer,
            "planned": planned,
            "held_because": "",
            "prepared": now,
        }
        of = tables.deliveries.c
        made = self._database.insert(tables.deliveries).values(row).on_conflict_do_nothing().returning(of.id)
        with self._database.writing() as connection:
            _edition_exists(connection, edition)
            delivery = connection.scalar(made)
            if delivery is not None:
                _fill(connection, edition, delivery, batches, variants)
            there = select(tables.deliveries).where(of.edition == edition, of.version == version)
            return delivery_of(connection.execute(there).one())

    def get(self, delivery: int) -> Delivery:
        """Raises ``NotFound``."""
        with self._database.reading() as connection:
            return delivery_of(delivery_row(connection, delivery))

    def of_edition(self, edition: int) -> tuple[Delivery, ...]:
        """All versions, newest first."""
        of = tables.deliveries.c
        query = select(tables.deliveries).where(of.edition == edition).order_by(of.version.desc())
        with self._database.reading() as connection:
            return tuple(delivery_of(row) for row in connection.execute(query))

    def variant(self, delivery: int, number: int) -> tuple[int, ...]:
        """The item ids of a variant, in order."""
        of = tables.variants.c
        query = select(of["items"]).where(of.delivery == delivery, of.number == number)
        with self._database.reading() as connection:
            items: tuple[int, ...] | None = connection.scalar(query)
        if items is None:
            raise NotFound("variant", f"{delivery}/{number}")
        return items

    def due(self, now: datetime, limit: int, edition: int | None = None) -> tuple[tuple[int, int], ...]:
        """(delivery, number) of batches to be entered, oldest first."""
        call, head = tables.batches.c, tables.deliveries.c
        running = head.state == DeliveryState.RUNNING.value
        enter = or_(and_(is_ready(call, now), running), is_left_sending(call, now))
        query = (
            select(call.delivery, call.number)
            .join(tables.deliveries, head.id == call.delivery)
            .where(call.state.in_(_OPEN), enter)
            .order_by(call.not_before, call.delivery, call.number)
            .limit(limit)
        )
        if edition is not None:
            query = query.where(head.edition == edition)
        with self._database.reading() as connection:
            return tuple((row.delivery, row.number) for row in connection.execute(query))

    def next_due(self, edition: int | None = None) -> datetime | None:
        """When the next batch may have to be entered; None when none is left that could be."""
        call, head = tables.batches.c, tables.deliveries.c
        going = (call.state == BatchState.READY.value) & (head.state == DeliveryState.RUNNING.value)
        query = (
            select(earliest(call))
            .join(tables.deliveries, head.id == call.delivery)
            .where(call.state.in_(_OPEN), or_(going, call.state == BatchState.SENDING.value))
        )
        if edition is not None:
            query = query.where(head.edition == edition)
        with self._database.reading() as connection:
            return connection.scalar(query)

    def take_over(self, now: datetime) -> int:
        """On SQLite whoever delivered before is gone, so the leases end; elsewhere others are at work."""
        if not self._database.is_sqlite:
            return 0
        left = 0
        with self._database.writing() as connection:
            for table in (tables.batches, tables.notices):
                sending = table.c.state == BatchState.SENDING.value
                left += len(connection.execute(select(table.c.fence).where(sending)).all())
                live = sending & (table.c.lease_until > now)
                connection.execute(table.update().where(live).values(lease_until=now))
        return left

    @contextmanager
    def opening(self, delivery: int, number: int) -> Iterator[Opening]:
        """Begin the opening transaction; commits at the end of the block, rolls back on an exception."""
        with self._database.writing() as connection:
            self._promptly(connection)
            yield Opening(connection, delivery, number)

    def close(self, fence: int, change: Change) -> bool:
        """The closing transaction; whether the fence still held and ``change`` was applied."""
        with self._database.writing() as connection:
            self._promptly(connection)
            return close_batch(connection, fence, change)

    def letters_due(self, delivery: int, number: int, now: datetime) -> int:
        """How many letters a call for this batch would hold; 0 where none is to be made now."""
        call, head, apart = tables.batches.c, tables.deliveries.c, tables.outcomes.c
        settled = select(func.count()).where(apart.delivery == call.delivery, apart.number == call.number)
        running = head.state == DeliveryState.RUNNING.value
        query = (
            select(call.size - settled.scalar_subquery())
            .join(tables.deliveries, head.id == call.delivery)
            .where(call.delivery == delivery, call.number == number, is_ready(call, now), running)
        )
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def pause(self, delivery: int, because: str) -> None:
        """Hold what is still ready of a running delivery; ``because`` is shown to people."""
        with self._database.writing() as connection:
            delivery_row(connection, delivery)
            pause(connection, delivery, because)

    def resume(self, delivery: int) -> None:
        """Let a paused delivery run again; any other is left as it is."""
        of = tables.deliveries.c
        again = tables.deliveries.update().where(of.id == delivery, of.state == DeliveryState.PAUSED.value)
        with self._database.writing() as connection:
            delivery_row(connection, delivery)
            connection.execute(again.values(state=DeliveryState.RUNNING.value, held_because=""))

    def batches(self, delivery: int) -> tuple[Batch, ...]:
        """In the order of their numbers."""
        of = tables.batches.c
        query = select(tables.batches).where(of.delivery == delivery).order_by(of.number)
        with self._database.reading() as connection:
            return tuple(batch_of(row) for row in connection.execute(query))

    def outcomes(self, delivery: int) -> tuple[tuple[int, Outcome], ...]:
        """(batch number, outcome) of each exception."""
        of = tables.outcomes.c
        query = select(tables.outcomes).where(of.delivery == delivery).order_by(of.number, of.subscriber)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            (row.number, Outcome(subscriber=row.subscriber, kind=OutcomeKind(row.kind), detail=row.detail))
            for row in rows
        )

    def sums(self, delivery: int) -> Sums:
        """Promise 3, counted in one snapshot."""
        with self._database.reading() as connection:
            return sums_of(connection, delivery)

    def counts(self, delivery: int) -> Mapping[str, int]:
        """How many batches stand in each state; every state is a key."""
        with self._database.reading() as connection:
            return counts_of(connection, delivery)

    def may_call(self, mailer: str, rate: float, cells: int, now: datetime) -> float:
        """Take ``cells`` permits of the shared limiter; seconds to wait before the call."""
        return limiter.take_permits(self._database, mailer, rate, cells, now)

    def stop_calls(self, mailer: str, until: datetime) -> None:
        """Nobody gets a permit before ``until``."""
        limiter.stop(self._database, mailer, until)

    def _promptly(self, connection: Connection) -> None:
        """A worker that is frozen in a transaction lets go of its locks: the server ends its session.

        What it held is rolled back, so when it wakes it makes no call. On SQLite nobody else delivers anyway.
        """
        if not self._database.is_sqlite:
            connection.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = '{_LONGEST_IDLE}s'"))
            connection.execute(text(f"SET LOCAL lock_timeout = '{3 * _LONGEST_IDLE}s'"))


def _refuse_repeats(batches: Sequence[Batch], planned: int) -> None:
    """A recipient in two batches would be mailed twice, whatever happens later."""
    if len(set().union(*(batch.ids for batch in batches))) != planned:
        msg = "a delivery names a subscriber twice"
        raise ValueError(msg)


def _edition_exists(connection: Connection, edition: int) -> None:
    if connection.scalar(select(tables.editions.c.id).where(tables.editions.c.id == edition)) is None:
        raise NotFound("edition", str(edition))


def _fill(
    connection: Connection,
    edition: int,
    delivery: int,
    batches: Sequence[Batch],
    variants: Mapping[int, Sequence[int]],
) -> None:
    rows = [{"delivery": delivery, "number": number, "items": tuple(items)} for number, items in variants.items()]
    if rows:
        connection.execute(tables.variants.insert(), rows)
        written = tables.editions.update().where(tables.editions.c.id == edition)
        connection.execute(written.values(variants=len(rows)))
    if batches:
        connection.execute(tables.batches.insert(), [batch_row(batch) | {"delivery": delivery} for batch in batches])
