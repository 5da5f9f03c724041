"""Storing what many visits brought, in one transaction: all of it in a few statements, or each on its own.

Nearly always all of it can be stored, and then it costs as many statements as one visit. Where anything in it cannot,
nothing of that attempt stays (a savepoint), and the visits are stored one by one, each behind a savepoint of its own:
the one that fails is left out whole, the log says why, and its bookmark notes the failure.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

from syndicate.domain.collecting import Bookmark, Ended, Harvest, Kept, PastVisit
from syndicate.domain.publication import Status
from syndicate.store import tables
from syndicate.store.database import Database
from syndicate.store.keeping import Keeping
from syndicate.store.sources import note_bookmarks
from syndicate.store.watching import find_checked, look

_LOG = logging.getLogger(__name__)
_STATE = "publications"
_NOT_STORED = "what it showed could not be stored; the log says why"
_MOST_VISITS = 20


def gather(database: Database, harvests: Sequence[Harvest], now: datetime) -> tuple[Kept | None, ...]:
    """Store ``harvests``; for each what became of it, or None where it could not be stored."""
    with database.writing() as connection:
        state = lock_state(connection)
        try:
            with connection.begin_nested():
                kept, visible = _together(database, connection, harvests, now)
        except Exception as error:
            if _is_broken(error):
                raise
            kept, visible = _one_by_one(database, connection, harvests, now)
        if visible:
            raise_state(connection, state)
    return tuple(kept)


def keep_one(database: Database, harvest: Harvest, status: Status, now: datetime) -> Kept:
    """Store the readings of one harvest, all new ones as ``status``, and leave its bookmark alone."""
    with database.writing() as connection:
        state = lock_state(connection)
        keeping = Keeping(database, connection, now)
        (entries,) = keeping.look_up([harvest])
        kept = keeping.keep(harvest, entries, status)
        keeping.staged.write()
        if keeping.visible:
            raise_state(connection, state)
    return kept


def lock_state(connection: Connection) -> int:
    """Wait for all who change publications: identity spans sources, so two at once could store a piece twice."""
    counter = tables.counters.c
    query = select(counter.value).where(counter.name == _STATE).with_for_update()
    return connection.scalar(query) or 0


def raise_state(connection: Connection, state: int) -> None:
    """Note that outputs may look different now."""
    counted = tables.counters.update().where(tables.counters.c.name == _STATE)
    connection.execute(counted.values(value=state + 1))


def _together(
    database: Database, connection: Connection, harvests: Sequence[Harvest], now: datetime
) -> tuple[list[Kept | None], bool]:
    keeping = Keeping(database, connection, now)
    find_checked(keeping, harvests)
    kept: list[Kept | None] = []
    for harvest, entries in zip(harvests, keeping.look_up(harvests), strict=True):
        brought = keeping.keep(harvest, entries)
        changed = tuple(n for n in look(keeping, harvest, now) if n not in brought.new and n not in brought.updated)
        unchanged = tuple(n for n in brought.unchanged if n not in changed)
        kept.append(replace(brought, updated=brought.updated + changed, unchanged=unchanged))
    keeping.staged.write()
    note_bookmarks(database, connection, {harvest.source.id: harvest.after for harvest in harvests})
    return kept, keeping.visible


def _one_by_one(
    database: Database, connection: Connection, harvests: Sequence[Harvest], now: datetime
) -> tuple[list[Kept | None], bool]:
    kept: list[Kept | None] = []
    visible = False
    for harvest in harvests:
        try:
            with connection.begin_nested():
                (brought,), changed = _together(database, connection, [harvest], now)
        except Exception as error:
            if _is_broken(error):
                raise
            _LOG.exception("what source %s showed could not be stored, so it is left out", harvest.source.id)
            _note_failure(database, connection, harvest, now)
            kept.append(None)
        else:
            kept.append(brought)
            visible = visible or changed
    return kept, visible


def _note_failure(database: Database, connection: Connection, harvest: Harvest, now: datetime) -> None:
    """The bookmark from before the visit, so that all of it is asked for again, with the failure in it."""
    before, after = harvest.before, harvest.after
    visits = (PastVisit(at=now, ended=Ended.FAILED, note=_NOT_STORED), *before.visits)[:_MOST_VISITS]
    noted: Bookmark = replace(
        before,
        last_visit=now,
        next_visit=after.next_visit,
        hold_until=after.hold_until,
        failures=before.failures + 1,
        last_error=_NOT_STORED,
        visits=visits,
    )
    try:
        with connection.begin_nested():
            note_bookmarks(database, connection, {harvest.source.id: noted})
    except Exception as error:
        if _is_broken(error):
            raise
        _LOG.exception("the bookmark of source %s could not be stored either", harvest.source.id)


def _is_broken(error: Exception) -> bool:
    """Whether the database itself failed (full, locked, gone), so that trying the others would only hide it."""
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError, InternalError))
