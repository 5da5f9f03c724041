"""The embedded engine: threads over the batch table, in one process.

No queue, no leases of its own, no heartbeats: the rows say what is due, and a nap of at most ``NAP`` seconds is the
price of not being told. One thread is kept for notices, so a confirmation never waits behind an edition.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from syndicate.engine import Handlers, Job
from syndicate.flows.calling import wait_for_permit
from syndicate.flows.delivering import deliver_batch
from syndicate.flows.house import House
from syndicate.flows.noticing import deliver_notice

NAP = 0.5
PUT_OFF = timedelta(seconds=1)
LONGEST_PUT_OFF = timedelta(minutes=5)
_AT_ONCE = 64
_log = logging.getLogger("syndicate.engine")


@dataclass(frozen=True, slots=True)
class _Failure:
    """How often a job failed in a row, and until when it is put off."""

    times: int
    until: datetime

    def once_more(self, now: datetime) -> _Failure:
        pause = min(PUT_OFF * 2.0 ** min(self.times, 16), LONGEST_PUT_OFF)
        return _Failure(self.times + 1, now + pause)


_NEVER = _Failure(0, datetime.min.replace(tzinfo=UTC))


class Local:
    """Implements ``Engine`` on one machine. ``threads`` calls are in flight at once."""

    def __init__(self, house: House, threads: int = 2) -> None:
        self._house = house
        self._threads = threads
        self._news = threading.Condition()
        self._taken: set[Job] = set()
        self._failed: dict[Job, _Failure] = {}

    def submit(self, tx: object, jobs: Sequence[Job]) -> None:
        """Wake the threads; the rows are the queue, so neither argument needs to be kept."""
        del tx, jobs
        with self._news:
            self._news.notify_all()

    def run(self, handlers: Handlers, stop: threading.Event) -> None:
        """Work until ``stop``; returns when every thread has finished the call it was in."""
        crew = [
            threading.Thread(target=self._work, args=(self._notices, handlers, stop), name="notices"),
            *(
                threading.Thread(target=self._work, args=(self._batches, handlers, stop), name=f"batches-{n}")
                for n in range(self._threads)
            ),
        ]
        for thread in crew:
            thread.start()
        for thread in crew:
            thread.join()

    def _work(self, supply: Callable[[], list[Job]], handlers: Handlers, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                job = self._take(supply())
                if job is None:
                    self._nap(stop)
                    continue
                self._do(job, handlers)
            except Exception:  # noqa: BLE001 - the edge of a thread
                # A database that went away must not end delivering; the rows stay as they are.
                _log.exception("what is due cannot be read; trying again")
                stop.wait(NAP * 2)

    def _do(self, job: Job, handlers: Handlers) -> None:
        """One job. A bug in it ends no thread, and puts off this job alone, longer each time."""
        try:
            handlers[job.kind](job)
            self._failed.pop(job, None)
        except Exception:  # noqa: BLE001 - the edge of a job
            failure = self._failed.get(job, _NEVER).once_more(self._house.clock())
            self._failed[job] = failure
            _log.exception("%s %d/%d failed; next try %s", job.kind, job.delivery, job.number, failure.until)
        finally:
            self._taken.discard(job)

    def _take(self, jobs: Sequence[Job]) -> Job | None:
        """The first job that no thread of ours is at; the fence would catch a double, this only saves the trouble."""
        with self._news:
            now = self._house.clock()
            for job in jobs:
                if job not in self._taken and now >= self._failed.get(job, _NEVER).until:
                    self._taken.add(job)
                    return job
        return None

    def _nap(self, stop: threading.Event) -> None:
        with self._news:
            if not stop.is_set():
                self._news.wait(NAP)

    def _batches(self) -> list[Job]:
        due = self._house.store.deliveries.due(self._house.clock(), _AT_ONCE + len(self._failed))
        return [Job(kind="batch", delivery=delivery, number=number) for delivery, number in due]

    def _notices(self) -> list[Job]:
        due = self._house.store.notices.due(self._house.clock(), _AT_ONCE + len(self._failed))
        return [Job(kind="notice", delivery=0, number=number) for number in due]


def handlers_of(house: House, stop: threading.Event) -> Handlers:
    """What the line does with each kind of job; ``stop`` ends a wait for a permit."""

    def batch(job: Job) -> None:
        if wait_for_permit(house, job.delivery, job.number, stop):
            deliver_batch(house, job.delivery, job.number)

    def notice(job: Job) -> None:
        deliver_notice(house, job.number)

    return {"batch": batch, "notice": notice}


def work(house: House, stop: threading.Event, threads: int = 2) -> None:
    """Deliver until ``stop``: take the store's delivering right, end the leases of a dead predecessor, run."""
    with house.store.delivering():
        left = house.store.deliveries.take_over(house.clock())
        if left:
            _log.warning("%d calls were under way when delivering last stopped; asking the mailer about each", left)
        Local(house, threads).run(handlers_of(house, stop), stop)
