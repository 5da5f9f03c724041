"""The collector: visits many sources at once and yields what came of each as it ends.

One event loop in a thread of its own waits for all of them (the fetcher is one of the two asynchronous islands of the
house); a few worker processes parse. Both live as long as the pass.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import ssl
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import httpx2 as httpx

from syndicate.collect.options import CollectOptions
from syndicate.collect.sources import KINDS, visitor_of
from syndicate.collect.tools import Tools
from syndicate.collect.worker import Bounds
from syndicate.collect.workers import Readers
from syndicate.domain.collecting import Trouble, Visit, VisitResult
from syndicate.net.address import shown
from syndicate.net.fetch import Fetcher, FetchLimits
from syndicate.net.robots import Robots

_LOG = logging.getLogger(__name__)
_Ended = tuple[Visit, VisitResult]
_Queue = queue.SimpleQueue["_Ended | BaseException | None"]


class WebCollector:
    """The ``Collector`` of the house. It may be used by several threads, and one pass after the other."""

    def __init__(self, options: CollectOptions, page_reader: str) -> None:
        self._options = options
        self._bounds = Bounds(page_reader=page_reader, seconds=options.parse_seconds, octets=options.parse_octets)
        self._tls: ssl.SSLContext | None = None

    def visit_all(self, visits: Sequence[Visit], now: datetime) -> Iterator[_Ended]:
        """Yield each visit with what came of it, in the order they end. Failures are ``Trouble`` values.

        Leaving the iterator early ends the pass.
        """
        if not visits:
            return
        self._tls = self._tls or httpx.create_ssl_context()
        ended: _Queue = queue.SimpleQueue()
        run = _Pass(self._options, self._bounds, self._tls, visits, now, ended)
        thread = threading.Thread(target=run.work, name="collect", daemon=True)
        thread.start()
        try:
            while (one := ended.get()) is not None:
                if isinstance(one, BaseException):
                    raise one
                yield one
        finally:
            run.stop()
            thread.join()

    def close(self) -> None:
        """Nothing outlives a pass; here for those who hold a collector among other things to be closed."""


class _Pass:
    """One pass: its event loop, its fetcher, its workers."""

    def __init__(
        self,
        options: CollectOptions,
        bounds: Bounds,
        tls: ssl.SSLContext,
        visits: Sequence[Visit],
        now: datetime,
        ended: _Queue,
    ) -> None:
        self._options = options
        self._bounds = bounds
        self._tls = tls
        self._visits = visits
        self._now = now
        self._ended = ended
        self._loop = asyncio.new_event_loop()
        self._main: asyncio.Task[None] | None = None
        self._stopped = threading.Event()

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
        try:
            self._loop.call_soon_threadsafe(lambda: self._main.cancel() if self._main else None)
        except RuntimeError:
            return  # the loop is closed: the pass is over

    async def _all(self) -> None:
        self._main = asyncio.current_task()
        if self._stopped.is_set():
            return
        self._loop.set_default_executor(ThreadPoolExecutor(self._options.concurrency, "collect-wait"))
        readers = Readers(self._bounds, self._options.readers)
        try:
            async with Fetcher(_limits(self._options), self._tls) as fetcher:
                robots = Robots(fetcher, self._options.user_agent)
                tools = Tools(options=self._options, fetcher=fetcher, robots=robots, readers=readers, now=self._now)
                try:
                    await self._visit_many(tools)
                finally:
                    await robots.close()
        finally:
            await asyncio.to_thread(readers.close)

    async def _visit_many(self, tools: Tools) -> None:
        turns = asyncio.Semaphore(self._options.concurrency)
        async with asyncio.TaskGroup() as group:
            for visit in self._visits:
                group.create_task(self._visit(visit, tools, turns))

    async def _visit(self, visit: Visit, tools: Tools, turns: asyncio.Semaphore) -> None:
        async with turns:
            self._ended.put((visit, await _visited(visit, tools)))


async def _visited(visit: Visit, tools: Tools) -> VisitResult:
    """One visit. An exception is a defect of ours; it is told and logged, and spoils no other source."""
    if visit.source.kind not in KINDS:
        return Trouble(problem=f"{visit.source.id}: there is no kind of source called {visit.source.kind!r}")
    try:
        return await visitor_of(visit.source.kind)(visit, tools)
    except Exception as error:  # noqa: BLE001 - the boundary that keeps one source from spoiling others
        _LOG.exception("the visit to %s failed unexpectedly", visit.source.id)
        where = shown(visit.source.url)
        return Trouble(
            problem=f"{where}: unexpected {type(error).__name__}; this is a defect of ours, please report it"
        )


def _limits(options: CollectOptions) -> FetchLimits:
    return FetchLimits(
        user_agent=options.user_agent,
        private_addresses=options.private_addresses,
        timeout=options.timeout.total_seconds(),
        octets=options.octets,
        connections=options.concurrency,
    )
