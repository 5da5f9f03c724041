"""Promise 3, counted: every class of recipients from rows on its own, beside what was planned.

The recipients of a batch share its state, but for its exceptions: those have a fate of their own (``suppressed``,
``rejected``) or are counted with the child batch they were moved to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from syndicate.domain.delivery import BatchState, DeliveryState, OutcomeKind, Sums
from syndicate.store import tables
from syndicate.store.ledger import delivery_of, delivery_row

_GOING = (DeliveryState.PREPARING, DeliveryState.WAITING, DeliveryState.RUNNING)


def sums_of(connection: Connection, delivery: int) -> Sums:
    """The classes of one delivery, in the snapshot of ``connection``."""
    head = delivery_of(delivery_row(connection, delivery))
    left = _sharing_the_fate_of_their_batch(connection, delivery)
    apart = _exceptions(connection, delivery)
    going = head.state in _GOING
    return Sums(
        planned=head.planned,
        waiting=left[BatchState.READY] if going else 0,
        sent=left[BatchState.SENT],
        rejected=left[BatchState.REJECTED] + apart[OutcomeKind.REJECTED],
        suppressed=apart[OutcomeKind.SUPPRESSED],
        held=0 if going else left[BatchState.READY],
        unknown=left[BatchState.SENDING] + left[BatchState.UNKNOWN],
    )


def counts_of(connection: Connection, delivery: int) -> Mapping[str, int]:
    """How many batches stand in each state; every state is a key."""
    delivery_row(connection, delivery)
    of = tables.batches.c
    query = select(of.state, func.count()).where(of.delivery == delivery).group_by(of.state)
    found = {str(state): int(count) for state, count in connection.execute(query)}
    return {state.value: found.get(state.value, 0) for state in BatchState}


def _sharing_the_fate_of_their_batch(connection: Connection, delivery: int) -> Counter[BatchState]:
    of, apart = tables.batches.c, tables.outcomes.c
    left: Counter[BatchState] = Counter()
    sizes = select(of.state, func.sum(of.size)).where(of.delivery == delivery).group_by(of.state)
    for state, size in connection.execute(sizes):
        left[BatchState(state)] += int(size)
    both = tables.outcomes.join(tables.batches, (of.delivery == apart.delivery) & (of.number == apart.number))
    exceptions = select(of.state, func.count()).select_from(both).where(apart.delivery == delivery).group_by(of.state)
    for state, count in connection.execute(exceptions):
        left[BatchState(state)] -= int(count)
    return left


def _exceptions(connection: Connection, delivery: int) -> Counter[OutcomeKind]:
    apart = tables.outcomes.c
    query = select(apart.kind, func.count()).where(apart.delivery == delivery).group_by(apart.kind)
    return Counter({OutcomeKind(kind): int(count) for kind, count in connection.execute(query)})
