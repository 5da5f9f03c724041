"""Politeness to one host: one request in flight at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class HostTurns:
    """Hands out turns, one per host. All its methods belong to one event loop.

    A request that has had no end after ``patience`` seconds keeps waiting but gives its turn away, so that one address
    that never answers does not silence the rest of its host.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the turn of ``host`` and hold it."""
        lock = self._locks.setdefault(host, asyncio.Lock())
        self._waiting[host] = self._waiting.get(host, 0) + 1
        try:
            await lock.acquire()
            given = _Once(lock)
            timer = asyncio.get_running_loop().call_later(self._patience, given.release)
            try:
                yield
            finally:
                timer.cancel()
                given.release()
        finally:
            self._waiting[host] -= 1
            if not self._waiting[host]:
                del self._waiting[host], self._locks[host]


class _Once:
    """A lock that is given back once, by whoever comes first."""

    def __init__(self, lock: asyncio.Lock) -> None:
        self._lock: asyncio.Lock | None = lock

    def release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
