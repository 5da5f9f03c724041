"""Politeness in time: one request in flight to a host, and a pause between two that begin on one site.

Called by ``net.fetch`` before each request. Nothing here costs more than the request it is for, however many hosts
there are: no lock is shared by two hosts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Self

_MANY = 4096
_FORGOTTEN_AFTER = 120.0


class Starts:
    """When the next request to a site may begin. Belongs to one event loop."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}
        self._next_page: dict[str, float] = {}
        self._many = _MANY

    def reserve(self, site: str, seconds: float, longest: float = float("inf"), pause: float = 0.0) -> float | None:
        """Seconds to wait from now; the start after that is ``seconds`` later. None where it is more than ``longest``,
        and then nothing is reserved.

        One with a ``pause`` leaves as much to the one before that had one, too.
        """
        if max(seconds, pause) <= 0:
            return 0.0
        now = asyncio.get_running_loop().time()
        start = max(now, self._next.get(site, now), self._next_page.get(site, now) if pause > 0 else now)
        if start - now > longest:
            return None
        if len(self._next) >= self._many:
            self._forget(now)
        self._next[site] = start + seconds
        if pause > 0:
            self._next_page[site] = start + pause
        return start - now

    def _forget(self, now: float) -> None:
        self._next, self._next_page = (
            {site: after for site, after in times.items() if after + _FORGOTTEN_AFTER > now}
            for times in (self._next, self._next_page)
        )
        self._many = max(_MANY, 2 * len(self._next))


class HostTurns:
    """Hands out turns, one per host and ``most`` in all. All its methods belong to one event loop.

    A request that has had no end after ``patience`` seconds keeps waiting but gives its turn away, so that one address
    that never answers does not silence the rest of its host, nor many such addresses all others.
    """

    def __init__(self, patience: float, spacing: float = 0.0, most: int = 32) -> None:
        self._patience = patience
        self._spacing = spacing
        self._starts = Starts()
        self._open = asyncio.Semaphore(most)
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    @asynccontextmanager
    async def turn(self, host: str, site: str = "", pause: float = 0.0) -> AsyncIterator[None]:
        """Wait for the turn of ``host`` and until ``site`` was left alone long enough, and hold the turn.

        ``pause`` is what is left between two pages where a robots.txt asks for it.
        """
        lock = self._locks.setdefault(host, asyncio.Lock())
        self._waiting[host] = self._waiting.get(host, 0) + 1
        try:
            async with _Given(lock.release) as turn:
                await lock.acquire()
                turn.taken = True
                wait = self._starts.reserve(site or host, self._spacing, pause=pause)
                if wait:
                    await asyncio.sleep(wait)
                async with self._place(turn):
                    yield
        finally:
            self._waiting[host] -= 1
            if not self._waiting[host]:
                del self._waiting[host], self._locks[host]

    @asynccontextmanager
    async def _place(self, turn: _Given) -> AsyncIterator[None]:
        """One of the places that all hosts share, until the end or until patience does."""
        await self._open.acquire()
        async with _Given(self._open.release, taken=True) as place:
            loop = asyncio.get_running_loop()
            timers = [loop.call_later(self._patience, given.back) for given in (turn, place)]
            try:
                yield
            finally:
                for timer in timers:
                    timer.cancel()


class _Given:
    """Something that is given back once, by whoever comes first."""

    def __init__(self, release: Callable[[], None], *, taken: bool = False) -> None:
        self._release = release
        self.taken = taken

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.back()

    def back(self) -> None:
        """Give it back, unless that was done."""
        if self.taken:
            self.taken = False
            self._release()
