"""The state of one call as rows hold it, the same for batches and for notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, and_, case, func, or_

from syndicate.domain.delivery import Batch, BatchState
from syndicate.store.database import fields_of

_PLAIN = ("not_before", "attempt", "generation", "fence", "lease_until", "body_hash", "reference", "note")


def call_of(row: Row[Any]) -> dict[str, Any]:
    """The fields of a ``Batch`` that say how its call stands."""
    return fields_of(row, _PLAIN) | {"state": BatchState(row.state)}


def call_row(batch: Batch) -> dict[str, Any]:
    """The columns that a change of ``batch`` may touch. Whom it is for was frozen when it was made."""
    return {name: getattr(batch, name) for name in _PLAIN} | {"state": batch.state.value}


def is_left_sending(columns: Any, now: datetime) -> ColumnElement[bool]:
    """In the middle of a call, without a live lease, and due to be asked about."""
    leaseless = or_(columns.lease_until.is_(None), columns.lease_until <= now)
    return and_(columns.state == BatchState.SENDING.value, columns.not_before <= now, leaseless)


def is_ready(columns: Any, now: datetime) -> ColumnElement[bool]:
    """Waiting to be sent, and its time has come."""
    return and_(columns.state == BatchState.READY.value, columns.not_before <= now)


def may_be_entered_at(columns: Any) -> ColumnElement[datetime]:
    """When it may be entered next: the later of ``not_before`` and the end of its lease."""
    lease: Column[datetime] = columns.lease_until
    leased = (columns.state == BatchState.SENDING.value) & (lease > columns.not_before)
    return case((leased, lease), else_=columns.not_before)


def earliest(columns: Any) -> ColumnElement[datetime | None]:
    """The first moment at which any of the rows may be entered."""
    return func.min(may_be_entered_at(columns), type_=columns.not_before.type)
