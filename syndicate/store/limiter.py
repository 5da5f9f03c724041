"""The limiter all processes share: one row per mailer, the generic cell rate algorithm (ITU-T I.371).

``tat`` is the theoretical arrival time: when the next call may leave if nobody asks before then.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from syndicate.store import tables
from syndicate.store.database import Database


def take_permits(database: Database, mailer: str, rate: float, cells: int, now: datetime) -> float:
    """Take ``cells`` permits at ``rate`` a second; seconds to wait before the call. A rate of 0 knows no limit.

    Whatever the rate, nobody leaves before a moment given to ``stop``.
    """
    if rate <= 0 or cells <= 0:
        with database.reading() as connection:
            return _seconds(_tat(connection, mailer), now)
    with database.writing() as connection:
        _ensure(database, connection, mailer, now)
        stored = _tat(connection, mailer, locked=True)
        leaves = max(stored, now) if stored else now
        _move(connection, mailer, leaves + timedelta(seconds=cells / rate))
    return _seconds(leaves, now)


def stop(database: Database, mailer: str, until: datetime) -> None:
    """Nobody gets a permit before ``until``; an earlier stop never shortens a later one."""
    with database.writing() as connection:
        _ensure(database, connection, mailer, until)
        stored = _tat(connection, mailer, locked=True)
        if stored is None or stored < until:
            _move(connection, mailer, until)


def _ensure(database: Database, connection: Connection, mailer: str, tat: datetime) -> None:
    connection.execute(database.insert(tables.limiter).values(mailer=mailer, tat=tat).on_conflict_do_nothing())


def _tat(connection: Connection, mailer: str, *, locked: bool = False) -> datetime | None:
    query = select(tables.limiter.c.tat).where(tables.limiter.c.mailer == mailer)
    return connection.scalar(query.with_for_update() if locked else query)


def _move(connection: Connection, mailer: str, tat: datetime) -> None:
    connection.execute(tables.limiter.update().where(tables.limiter.c.mailer == mailer).values(tat=tat))


def _seconds(leaves: datetime | None, now: datetime) -> float:
    return max((leaves - now).total_seconds(), 0.0) if leaves else 0.0
