"""Our side of the reading workers: started when there is something to read, killed when they take too long.

They are kept from one pass to the next, for starting one costs as much as reading a hundred feeds. Each says itself
when it has done enough and should be replaced. Workers get an empty environment: no secret is at hand where hostile
octets are read.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from syndicate.collect.entries import Entry, Listing, ReadList, ReadPiece, Result, Task, Unreadable
from syndicate.collect.frames import HEAD, BrokenFrame, length_in, packed, unpacked
from syndicate.collect.worker import Bounds
from syndicate.domain.publication import Reading

_WALL_FACTOR = 8
_LEAST_WALL = 20.0
_LAST_WORDS = 1.0
_PART = 1024 * 1024
_QUICK = 1024 * 1024
"""Octets that are unpacked at once; longer frames are, beside the event loop."""
_PATIENCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost(Unreadable):
    """The worker ended over the task, so nothing is known of any part of it."""


class Worker:
    """One process, started at the first task. One caller at a time may use it, from any event loop."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._running: subprocess.Popen[bytes] | None = None
        self._wire: socket.socket | None = None

    async def ask(self, task: Task) -> Result:
        """What the worker makes of ``task``; a worker that dies over it is replaced at the next task."""
        running, wire = self._started()
        wall = max(_LEAST_WALL, self._bounds.seconds * _WALL_FACTOR)
        watch = asyncio.get_running_loop().call_later(wall, running.kill)
        try:
            result, enough = await _exchanged(wire, packed(task))
        except (BrokenFrame, OSError):
            code = await asyncio.to_thread(self.close)
            return Lost(problem=self._epitaph(code))
        except BaseException:
            running.kill()  # nobody waits for its answer any more, and the next one would get it
            self.close()
            raise
        finally:
            watch.cancel()
        if enough:
            self.close()
        return result

    def _epitaph(self, code: int | None) -> str:
        """Why the worker ended, from the code it ended with."""
        if code == -signal.SIGXCPU:
            return f"takes more than {self._bounds.seconds} s to read, so it was given up"
        if code == -signal.SIGKILL:
            return "takes too long or too much memory to read, so it was given up"
        return f"ended the process that was reading it (code {code}), so it was given up; please report this page"

    def close(self) -> int | None:
        """End the process, at once; the code it ended with, or None where there was none."""
        running, wire, self._running, self._wire = self._running, self._wire, None, None
        if wire is not None:
            wire.close()
        if running is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            return running.wait(_LAST_WORDS)
        running.kill()
        return running.wait()

    def _started(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        if self._running is not None and self._wire is not None:
            return self._running, self._wire
        bounds = self._bounds
        told = [bounds.page_reader, str(bounds.seconds), str(bounds.octets), *sys.path]
        ours, theirs = socket.socketpair()
        with theirs:
            running = subprocess.Popen(
                [sys.executable, "-I", "-c", _OPENING, *told],
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                env={},
            )
        ours.setblocking(False)
        self._running, self._wire = running, ours
        return running, ours


_OPENING = "import sys; sys.path[:] = sys.argv[4:]; from syndicate.collect.worker import main; main()"
"""Isolated mode ignores folder and environment; the import path is handed over instead, as ``multiprocessing`` does."""


async def _exchanged(wire: socket.socket, task: bytes) -> tuple[Result, bool]:
    """Send a task and wait for what came of it; a worker reads all of the one before it begins with the other."""
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(wire, task)
    received = bytearray()
    while len(received) < HEAD:
        received += await _some(loop, wire)
    end = HEAD + length_in(bytes(received[:HEAD]))
    while len(received) < end:
        received += await _some(loop, wire)
    value = unpacked(received[HEAD:]) if end < _QUICK else await asyncio.to_thread(unpacked, received[HEAD:])
    match value:
        case (Reading() | Listing() | Unreadable() as result, bool(enough)):
            return result, enough
        case _:
            raise BrokenFrame


async def _some(loop: asyncio.AbstractEventLoop, wire: socket.socket) -> bytes:
    part = await loop.sock_recv(wire, _PART)
    if not part:
        raise BrokenFrame
    return part


class WorkerStock:
    """At most ``count`` workers that wait for the next pass. Several passes, in several threads, may take from it."""

    def __init__(self, bounds: Bounds, count: int) -> None:
        self._bounds = bounds
        self._count = count
        self._idle: list[Worker] = []
        self._over = weakref.finalize(self, _close_all, self._idle)

    def take(self) -> Worker:
        """The worker that was used last, or a new one."""
        try:
            return self._idle.pop()
        except IndexError:
            return Worker(self._bounds)

    def give(self, worker: Worker) -> None:
        """Put a worker back."""
        if self._over.alive and len(self._idle) < self._count:
            self._idle.append(worker)
        else:
            worker.close()

    def close(self) -> None:
        """End the workers that wait, and those to come back."""
        self._over()


def _close_all(idle: list[Worker]) -> None:
    while idle:
        idle.pop().close()


class Readers:
    """At most ``count`` workers at once, asked from one event loop.

    Without a stock they belong to these readers; then close them when the work is over.
    """

    def __init__(self, bounds: Bounds, count: int, stock: WorkerStock | None = None) -> None:
        self._stock = stock or WorkerStock(bounds, count)
        self._own = stock is None
        self._turns = asyncio.Semaphore(count)

    async def read(self, task: Task) -> Result:
        """What comes of ``task``, when a worker is free.

        Where one entry of a whole list is the end of the worker, the list is read without them, then each by itself.
        """
        result = await self._ask(task)
        if isinstance(result, Lost) and isinstance(task, ReadList) and task.whole:
            return await self._one_by_one(task)
        return result

    async def _ask(self, task: Task) -> Result:
        async with self._turns:
            worker = self._stock.take()
            try:
                return await worker.ask(task)
            finally:
                self._stock.give(worker)

    async def _one_by_one(self, task: ReadList) -> Result:
        listing = await self._ask(replace(task, whole=False))
        if not isinstance(listing, Listing):
            return listing
        return replace(listing, readings=await self._entries(task, listing.entries))

    async def _entries(self, task: ReadList, entries: Sequence[Entry]) -> tuple[Reading | Unreadable, ...]:
        """A reading for each, or why there is none; after the third that ends a worker, no other is tried."""
        found: list[Reading | Unreadable] = []
        lost = 0
        for entry in entries:
            if lost >= _PATIENCE:
                found.append(
                    Unreadable(problem="stands in a list that ended its reader three times, so it is left out")
                )
                continue
            result = await self._ask(ReadPiece(entry=entry, outlet=task.outlet, now=task.now))
            lost += isinstance(result, Lost)
            found.append(Unreadable(problem="was read as a list") if isinstance(result, Listing) else result)
        return tuple(found)

    def close(self) -> None:
        """End the workers, unless they belong to a stock."""
        if self._own:
            self._stock.close()
