"""The two transactions around a call, as the rows see them: opening a batch and closing it.

Locks are always taken in the order batch, delivery; so no two of these can wait for each other in a ring.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, exists, func, select

from syndicate.domain.delivery import Batch, BatchState, Change, Delivery, DeliveryState, Outcome, OutcomeKind
from syndicate.domain.errors import NotFound
from syndicate.domain.subscriber import Standing, Subscriber
from syndicate.store import tables
from syndicate.store.calls import call_of, call_row
from syndicate.store.database import chunks, fields_of

_OPEN = (BatchState.READY.value, BatchState.SENDING.value)
_ENDING = (
    DeliveryState.PREPARING.value,
    DeliveryState.WAITING.value,
    DeliveryState.RUNNING.value,
    DeliveryState.PAUSED.value,
)
_SUBSCRIBER = ("id", "address", "domain", "name", "language", "timezone")


class Opening:
    """Implements ``flows.ports.Opening``: the batch row is locked until the transaction ends."""

    def __init__(self, connection: Connection, delivery: int, number: int) -> None:
        self._connection = connection
        self.batch: Batch = batch_of(_locked_batch(connection, delivery, number))
        self.delivery: Delivery = delivery_of(delivery_row(connection, delivery))
        self._settled = _with_outcome(connection, delivery, number)
        self._digest = connection.scalars(
            select(tables.editions.c.digest).where(tables.editions.c.id == self.delivery.edition)
        ).one()

    def recipients(self) -> tuple[Subscriber, ...]:
        """The frozen ids still mailable, in batch order: confirmed to the digest, not suppressed, no outcome yet."""
        remaining = self.remaining()
        person, taken, never = tables.subscribers, tables.subscriptions.c, tables.suppressions.c
        suppressed = exists().where(never.address_hash == person.c.address_hash)
        # A subquery, not a join: a planner without statistics would walk everybody who takes the digest.
        standing = select(taken.standing).where(taken.subscriber == person.c.id, taken.digest == self._digest)
        query = select(*(person.c[name] for name in _SUBSCRIBER)).where(
            standing.scalar_subquery() == Standing.CONFIRMED.value, ~suppressed
        )
        found: dict[int, Subscriber] = {}
        for some in chunks(remaining):
            rows = self._connection.execute(query.where(person.c.id.in_(some)))
            found.update((row.id, Subscriber(**fields_of(row, _SUBSCRIBER))) for row in rows)
        return tuple(found[i] for i in remaining if i in found)

    def remaining(self) -> tuple[int, ...]:
        """The frozen ids without an outcome of their own yet, in batch order, mailable or not."""
        return tuple(i for i in self.batch.ids if i not in self._settled)

    def drop(self, outcomes: Sequence[Outcome]) -> None:
        """Write exceptions in this transaction."""
        written = write_outcomes(self._connection, self.batch, outcomes, self._settled)
        self._settled |= {outcome.subscriber for outcome in written}

    def put(self, batch: Batch) -> None:
        """Write the batch row as given; whom it is for was frozen at prepare and stays."""
        of = tables.batches.c
        mine = (of.delivery == self.batch.delivery) & (of.number == self.batch.number)
        self._connection.execute(tables.batches.update().where(mine).values(call_row(batch)))
        if batch.state.value not in _OPEN:
            lock_delivery(self._connection, self.batch.delivery)
            end_delivery(self._connection, self.batch.delivery)

    def hold(self, because: str) -> None:
        """Pause the delivery: its ready batches are held, with the reason."""
        pause(self._connection, self.batch.delivery, because)


def close_batch(connection: Connection, fence: int, change: Change) -> bool:
    """Apply ``change`` if the batch is still sending under ``fence``, else nothing; whether it was applied."""
    of, batch = tables.batches.c, change.batch
    mine = (of.delivery == batch.delivery) & (of.number == batch.number)
    ours = mine & (of.fence == fence) & (of.state == BatchState.SENDING.value)
    if connection.execute(tables.batches.update().where(ours).values(call_row(batch))).rowcount != 1:
        return False
    lock_delivery(connection, batch.delivery)
    row = connection.execute(select(tables.batches).where(mine)).one()
    frozen = batch_of(row)
    settled = _with_outcome(connection, batch.delivery, batch.number)
    written = write_outcomes(connection, frozen, _all_outcomes(change), settled)
    moved = {outcome.subscriber for outcome in written if outcome.kind is OutcomeKind.MOVED}
    if moved:
        _begin_child(connection, frozen, change, tuple(i for i in frozen.ids if i in moved))
    end_delivery(connection, batch.delivery)
    return True


def write_outcomes(
    connection: Connection, batch: Batch, outcomes: Iterable[Outcome], settled: frozenset[int]
) -> tuple[Outcome, ...]:
    """Write at most one exception for each recipient of ``batch``; a mailer may name others, or one twice."""
    waiting = set(batch.ids) - settled
    written = []
    for outcome in outcomes:
        if outcome.subscriber in waiting:
            waiting.remove(outcome.subscriber)
            written.append(outcome)
    if written:
        where: dict[str, object] = {"delivery": batch.delivery, "number": batch.number}
        rows = [where | {"subscriber": o.subscriber, "kind": o.kind.value, "detail": o.detail} for o in written]
        connection.execute(tables.outcomes.insert(), rows)
    return tuple(written)


def pause(connection: Connection, delivery: int, because: str) -> None:
    """Hold what is still ready of a running delivery."""
    of = tables.deliveries.c
    held = tables.deliveries.update().where(of.id == delivery, of.state == DeliveryState.RUNNING.value)
    connection.execute(held.values(state=DeliveryState.PAUSED.value, held_because=because))


def lock_delivery(connection: Connection, delivery: int) -> None:
    """Of two who end the last two batches the second must see the first; SQLite has one writer anyway."""
    of = tables.deliveries.c
    connection.execute(select(of.id).where(of.id == delivery).with_for_update(key_share=True))


def end_delivery(connection: Connection, delivery: int) -> None:
    """Done, where every batch has its end."""
    of, call = tables.deliveries.c, tables.batches.c
    left = exists().where(call.delivery == delivery, call.state.in_(_OPEN))
    ended = tables.deliveries.update().where(of.id == delivery, of.state.in_(_ENDING), ~left)
    connection.execute(ended.values(state=DeliveryState.DONE.value, held_because=""))


def batch_of(row: Row[Any]) -> Batch:
    """The value of a batch row."""
    return Batch(**fields_of(row, ("delivery", "number", "variant", "language", "ids")), **call_of(row))


def delivery_of(row: Row[Any]) -> Delivery:
    """The value of a delivery row."""
    named = ("id", "edition", "version", "mailer", "planned", "held_because")
    return Delivery(**fields_of(row, named), state=DeliveryState(row.state))


def delivery_row(connection: Connection, delivery: int) -> Row[Any]:
    """Raises ``NotFound``."""
    row = connection.execute(select(tables.deliveries).where(tables.deliveries.c.id == delivery)).one_or_none()
    if row is None:
        raise NotFound("delivery", str(delivery))
    return row


def _locked_batch(connection: Connection, delivery: int, number: int) -> Row[Any]:
    of = tables.batches.c
    query = select(tables.batches).where(of.delivery == delivery, of.number == number)
    row = connection.execute(query.with_for_update(key_share=True)).one_or_none()
    if row is None:
        raise NotFound("batch", f"{delivery}/{number}")
    return row


def _with_outcome(connection: Connection, delivery: int, number: int) -> frozenset[int]:
    of = tables.outcomes.c
    return frozenset(connection.scalars(select(of.subscriber).where(of.delivery == delivery, of.number == number)))


def _all_outcomes(change: Change) -> list[Outcome]:
    named = {outcome.subscriber for outcome in change.outcomes}
    unnamed = [i for i in change.moved if i not in named]
    return [*change.outcomes, *(Outcome(subscriber=i, kind=OutcomeKind.MOVED) for i in unnamed)]


def _begin_child(connection: Connection, parent: Batch, change: Change, ids: tuple[int, ...]) -> None:
    of = tables.batches.c
    newest = connection.scalar(select(func.max(of.number)).where(of.delivery == parent.delivery))
    child = Batch(
        delivery=parent.delivery,
        number=(newest or 0) + 1,
        variant=parent.variant,
        language=parent.language,
        ids=ids,
        not_before=change.child_not_before or change.batch.not_before,
    )
    connection.execute(tables.batches.insert().values(batch_row(child) | {"parent": parent.number}))


def batch_row(batch: Batch) -> dict[str, Any]:
    """All columns of a new batch."""
    frozen = {
        "delivery": batch.delivery,
        "number": batch.number,
        "parent": None,
        "variant": batch.variant,
        "language": batch.language,
        "size": len(batch.ids),
        "ids": batch.ids,
    }
    return frozen | call_row(batch)
