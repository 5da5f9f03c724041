"""The alarm clock: APScheduler with a memory store, which only wakes us.

What is due is decided by rows (bookmarks of sources, schedule rows of digests), so a tick that is missed, doubled or
run beside another clock changes nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.background import BackgroundScheduler

from syndicate.flows.collecting import collect_each
from syndicate.flows.house import House
from syndicate.flows.pipeline import advance, compose_due
from syndicate.flows.recognising import recognise

COLLECT_EVERY = 20
DIGESTS_EVERY = 5
_log = logging.getLogger("syndicate.clock")


def tell(house: House, stop: threading.Event) -> None:
    """Wake the collecting and the digest steps until ``stop`` is set."""
    scheduler = BackgroundScheduler(timezone="UTC")
    _add(scheduler, COLLECT_EVERY, lambda: collect_tick(house), "collect", house.clock())
    _add(scheduler, DIGESTS_EVERY, lambda: digest_tick(house), "digests", house.clock())
    scheduler.start()
    try:
        stop.wait()
    finally:
        scheduler.shutdown(wait=True)


def collect_tick(house: House) -> None:
    """One pass over the sources that are due; each trouble is one line in the log."""
    for report in collect_each(house, house.clock()):
        if report.error:
            _log.warning("source %s: %s", report.source, report.error)
        elif report.new or report.updated:
            _log.info("source %s: %d new, %d updated", report.source, report.new, report.updated)
        for note in report.notes:
            _log.warning("source %s: %s", report.source, note)
    recognise(house, house.clock())


def digest_tick(house: House) -> None:
    """Compose what is due, then seal and prepare what is ready."""
    now = house.clock()
    for edition in compose_due(house, now):
        reason = edition.skipped_because or edition.held_because
        state = f"{edition.state.value}: {reason}" if reason else edition.state.value
        _log.info("edition %d of %s: %s", edition.id, edition.digest, state)
    for delivery in advance(house, now):
        _log.info("edition %d: %d letters planned", delivery.edition, delivery.planned)


def _add(scheduler: BackgroundScheduler, seconds: int, tick: Callable[[], None], name: str, first: datetime) -> None:
    """Wake ``tick`` at once and then every so many seconds, never twice at a time, however late the machine wakes."""

    def guarded() -> None:
        try:
            tick()
        except Exception:  # noqa: BLE001 - the edge of a thread
            # A database that is away, or a bug in one step, must not end the clock; the rows say what is still due.
            _log.exception("%s failed; trying again in %d seconds", name, seconds)

    scheduler.add_job(
        guarded,
        "interval",
        seconds=seconds,
        id=name,
        next_run_time=first,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
