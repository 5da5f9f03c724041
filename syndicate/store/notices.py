"""Notices: one row is both the letter and its call."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select

from syndicate.domain.delivery import Batch, BatchState, Change, OutcomeKind
from syndicate.domain.errors import NotFound
from syndicate.domain.notice import Notice, NoticeDraft, NoticeKind
from syndicate.store import tables
from syndicate.store.calls import call_of, call_row, earliest, is_left_sending, is_ready
from syndicate.store.database import Database, fields_of

_LETTER = tuple(field.name for field in fields(NoticeDraft) if field.name != "kind")
_OPEN = (BatchState.READY.value, BatchState.SENDING.value)


class Notices:
    """Implements ``flows.ports.NoticeStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, draft: NoticeDraft, now: datetime) -> int:
        """Put a finished letter in the lane; it may leave at once."""
        letter = {name: getattr(draft, name) for name in _LETTER}
        fresh = Batch(delivery=0, number=0, variant=1, language="", ids=(draft.subscriber,), not_before=now)
        row = letter | call_row(fresh) | {"kind": draft.kind.value, "created": now}
        with self._database.writing() as connection:
            made = connection.execute(tables.notices.insert().values(row)).inserted_primary_key
        assert made is not None
        return int(made[0])

    def due(self, now: datetime, limit: int) -> tuple[int, ...]:
        """Those to be entered, oldest first."""
        of = tables.notices.c
        enter = of.state.in_(_OPEN) & or_(is_ready(of, now), is_left_sending(of, now))
        query = select(of.id).where(enter).order_by(of.not_before, of.id).limit(limit)
        with self._database.reading() as connection:
            return tuple(connection.scalars(query))

    def next_due(self) -> datetime | None:
        """When the next one may be entered; None when every one has its end."""
        of = tables.notices.c
        with self._database.reading() as connection:
            return connection.scalar(select(earliest(of)).where(of.state.in_(_OPEN)))

    def get(self, notice: int) -> Notice:
        """Raises ``NotFound``."""
        with self._database.reading() as connection:
            row = connection.execute(select(tables.notices).where(tables.notices.c.id == notice)).one_or_none()
        if row is None:
            raise NotFound("notice", str(notice))
        return _notice(row)

    def open(self, notice: int, batch: Batch, fence: int) -> bool:
        """Write ``batch`` if the row still has ``fence``; whether it had."""
        of = tables.notices.c
        return self._write((of.id == notice) & (of.fence == fence), batch)

    def close(self, fence: int, change: Change) -> bool:
        """Apply ``change`` if the notice is still sending under ``fence``, and raise the fence.

        Who read the row before, and would open it now, must find that it has changed.
        """
        of = tables.notices.c
        sending = (of.id == change.batch.number) & (of.fence == fence) & (of.state == BatchState.SENDING.value)
        return self._write(sending, replace(_of_one(change), fence=fence + 1))

    def sent_to(self, address: str, since: datetime) -> int:
        """How many notices this address got or will get since then."""
        of = tables.notices.c
        counted = or_(of.created >= since, of.state.in_(_OPEN))
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).where(of.address == address, counted)) or 0

    def _write(self, where: Any, batch: Batch) -> bool:
        with self._database.writing() as connection:
            written = tables.notices.update().where(where).values(call_row(batch))
            return connection.execute(written).rowcount == 1


def _of_one(change: Change) -> Batch:
    """A notice has one recipient, so what became of it is what became of the notice; it never has a child."""
    kinds = {outcome.kind: outcome.detail for outcome in change.outcomes}
    if OutcomeKind.MOVED in kinds or change.moved:
        return replace(
            change.batch,
            state=BatchState.READY,
            generation=change.batch.generation + 1,
            not_before=change.child_not_before or change.batch.not_before,
            note=kinds.get(OutcomeKind.MOVED, ""),
        )
    if kinds:
        return replace(change.batch, state=BatchState.REJECTED, note="; ".join(kinds.values()))
    return change.batch


def _notice(row: Row[Any]) -> Notice:
    batch = Batch(delivery=0, number=row.id, variant=1, language="", ids=(row.subscriber,), **call_of(row))
    letter = fields_of(row, (*_LETTER, "id", "created"))
    return Notice(**letter, kind=NoticeKind(row.kind), batch=batch)
