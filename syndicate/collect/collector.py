"""The collector: visits many sources at once and yields what came of each as it ends.

One event loop in a thread of its own waits for all of them (the fetcher is one of the two asynchronous islands of the
house); a few worker processes parse. The loop lives as long as the pass, the workers as long as the collector.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import ssl
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import httpx2 as httpx

from syndicate.collect.options import CollectOptions
from syndicate.collect.sources import KINDS, visitor_of
from syndicate.collect.tools import Tools
from syndicate.collect.worker import Bounds
from syndicate.collect.workers import Readers, WorkerStock
from syndicate.domain.collecting import Cause, Trouble, Visit, VisitResult
from syndicate.domain.survey import Survey
from syndicate.net.address import shown, site_of
from syndicate.net.fetch import Fetcher
from syndicate.net.robots import Robots, RobotsMemory

_LOG = logging.getLogger(__name__)
_MOMENT = 0.25
_AT_ONCE = 4
"""Visits under way for each request that may be: some wait for a reader, some for the pause of their site."""
_PATIENCE = 5.0
_MOST_SLOW = 2000
"""How many visits may last longer than patience does, each with another visitor in its place."""
_WAITING_TO_BE_STORED = 50
"""Results that may wait for whoever takes them; then no further visit begins."""
_Ended = tuple[Visit, VisitResult]


class WebCollector:
    """The ``Collector`` of the house. It may be used by several threads, and one pass after the other."""

    def __init__(self, options: CollectOptions, page_reader: str) -> None:
        self._options = options
        self._bounds = Bounds(page_reader=page_reader, seconds=options.parse_seconds, octets=options.parse_octets)
        self._stock = WorkerStock(self._bounds, options.readers)
        self._robots = RobotsMemory()
        self._tls: ssl.SSLContext | None = None

    def visit_all(self, visits: Sequence[Visit], now: datetime) -> Iterator[_Ended | None]:
        """Yield each visit with what came of it, in the order they end. Failures are ``Trouble`` values.

        None is yielded where nothing ended for a moment after something did. Leaving the iterator early ends the pass.
        """
        if not visits:
            return
        self._tls = self._tls or httpx.create_ssl_context()
        run = _Pass(_Room(self._options, self._bounds, self._stock, self._robots, self._tls), visits, now)
        del visits  # the pass lets go of each when it has ended
        thread = threading.Thread(target=run.work, name="collect", daemon=True)
        thread.start()
        try:
            yield from run.ended()
        finally:
            run.stop()
            thread.join()

    def survey(self, url: str, example: str, now: datetime) -> Survey:
        """Every way into the site of ``url``, tried and ranked; ``example`` is what was copied of a card, or empty."""
        from syndicate.collect.doctor import examine  # noqa: PLC0415 - few passes need a doctor

        self._tls = self._tls or httpx.create_ssl_context()
        return asyncio.run(examine(url, example, now, self._options, self._bounds, self._tls))

    def close(self) -> None:
        """End the reading processes that wait for the next pass."""
        self._stock.close()


@dataclass(frozen=True, slots=True)
class _Room:
    """What all passes of a collector share."""

    options: CollectOptions
    bounds: Bounds
    stock: WorkerStock
    robots: RobotsMemory
    tls: ssl.SSLContext


class _Pass:
    """One pass: its event loop, its fetcher, and a crowd of visitors who take one visit after the other."""

    def __init__(self, room: _Room, visits: Sequence[Visit], now: datetime) -> None:
        self._room = room
        self._waiting = interleaved(visits)
        self._now = now
        self._ended: queue.SimpleQueue[_Ended | BaseException | None] = queue.SimpleQueue()
        self._room_left = threading.Semaphore(_WAITING_TO_BE_STORED)
        self._loop = asyncio.new_event_loop()
        self._main: asyncio.Task[None] | None = None
        self._stopped = threading.Event()

    def ended(self) -> Iterator[_Ended | None]:
        """What has ended, until all has; called in the thread that wants to know."""
        quiet = True
        while True:
            try:
                one = self._ended.get(timeout=None if quiet else _MOMENT)
            except queue.Empty:
                quiet = True
                yield None
                continue
            if one is None:
                return
            if isinstance(one, BaseException):
                raise one
            quiet = False
            self._room_left.release()
            yield one

    def work(self) -> None:
        """Run the pass to its end; what ends is put into the queue, then None."""
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._all())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits, which raises it
            self._ended.put(error)
        finally:
            self._ended.put(None)

    def stop(self) -> None:
        """End the pass early; harmless when it is over."""
        self._stopped.set()
        self._room_left.release(_WAITING_TO_BE_STORED)
        try:
            self._loop.call_soon_threadsafe(lambda: self._main.cancel() if self._main else None)
        except RuntimeError:
            return  # the loop is closed: the pass is over

    async def _all(self) -> None:
        self._main = asyncio.current_task()
        if self._stopped.is_set():
            return
        room, options = self._room, self._room.options
        self._loop.set_default_executor(ThreadPoolExecutor(options.concurrency, "collect-wait"))
        readers = Readers(room.bounds, options.readers, room.stock)
        async with Fetcher(options.fetching, room.tls, self._now) as fetcher:
            robots = Robots(fetcher, options.user_agent, room.robots, self._now)
            tools = Tools(options=options, fetcher=fetcher, robots=robots, readers=readers, now=self._now)
            try:
                async with asyncio.TaskGroup() as group:
                    crowd = _Crowd(group, lambda: self._visit_next(tools))
                    crowd.add(min(options.concurrency * _AT_ONCE, len(self._waiting)))
            finally:
                await robots.close()

    async def _visit_next(self, tools: Tools) -> bool:
        """Make the next visit; False where none is left. Nothing is kept of those that ended."""
        if not self._waiting:
            return False
        visit = self._waiting.popleft()
        result = await _visited(visit, tools)
        if not self._room_left.acquire(blocking=False):
            await asyncio.to_thread(self._room_left.acquire)
        self._ended.put((visit, result))
        return True


class _Crowd:
    """Visitors who take one visit after the other. Who is kept waiting is replaced, and goes home afterwards."""

    def __init__(self, group: asyncio.TaskGroup, visit: Callable[[], Awaitable[bool]]) -> None:
        self._group = group
        self._visit = visit
        self._slow = 0

    def add(self, count: int) -> None:
        """Let so many more visitors begin."""
        for _ in range(count):
            self._group.create_task(self._visit_on())

    async def _visit_on(self) -> None:
        loop = asyncio.get_running_loop()
        more, replaced = True, False

        def replace() -> None:
            nonlocal replaced
            if self._slow < _MOST_SLOW:
                replaced = True
                self._slow += 1
                self.add(1)

        while more and not replaced:
            watch = loop.call_later(_PATIENCE, replace)
            try:
                more = await self._visit()
            finally:
                watch.cancel()
        self._slow -= replaced


def interleaved(visits: Iterable[Visit]) -> deque[Visit]:
    """``visits`` in another order: each site's first one, then each site's second, and so on.

    A site is asked one thing at a time, so a row of its sources would only stand in each other's way, and in others'.
    """
    rows: dict[str, int] = {}
    placed = []
    for visit in visits:
        site = _site(visit.address)
        rows[site] = rows.get(site, -1) + 1
        placed.append((rows[site], visit))
    placed.sort(key=lambda pair: pair[0])
    return deque(visit for _, visit in placed)


def _site(address: str) -> str:
    try:
        return site_of(address)
    except ValueError:
        return address


async def _visited(visit: Visit, tools: Tools) -> VisitResult:
    """One visit. An exception is a defect of ours; it is told and logged, and spoils no other source."""
    if visit.source.kind not in KINDS:
        problem = f"{visit.source.id}: there is no kind of source called {visit.source.kind!r}"
        return Trouble(problem=problem, cause=Cause.OURS)
    try:
        return await visitor_of(visit.source.kind)(visit, tools)
    except Exception as error:  # noqa: BLE001 - the boundary that keeps one source from spoiling others
        _LOG.exception("the visit to %s failed unexpectedly", visit.source.id)
        where = shown(visit.source.url)
        return Trouble(
            problem=f"{where}: unexpected {type(error).__name__}; this is a defect of ours, please report it",
            cause=Cause.OURS,
        )
