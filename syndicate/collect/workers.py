"""Our side of the reading workers: started when there is something to read, killed when they take too long.

A pool lasts for one pass. Its workers get an empty environment: no secret is at hand where hostile octets are read.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from syndicate.collect.entries import Result, Task, Unreadable
from syndicate.collect.frames import BrokenFrame, receive, send
from syndicate.collect.worker import Bounds

_WALL_FACTOR = 8
_LEAST_WALL = 20.0
_LAST_WORDS = 1.0


class Worker:
    """One process. Its methods block; one thread at a time may use it."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._running: subprocess.Popen[bytes] | None = None

    def ask(self, task: Task) -> Result:
        """What the worker makes of ``task``; a worker that dies over it is replaced at the next task."""
        running = self._running or self._start()
        wall = max(_LEAST_WALL, self._bounds.seconds * _WALL_FACTOR)
        watch = threading.Timer(wall, running.kill)
        watch.start()
        try:
            assert running.stdin is not None
            assert running.stdout is not None
            send(running.stdin, task)
            result: Result = receive(running.stdout)
        except (BrokenFrame, OSError):
            return Unreadable(problem=self._epitaph(self.close()))
        else:
            return result
        finally:
            watch.cancel()
            watch.join()

    def _epitaph(self, code: int | None) -> str:
        """Why the worker ended, from the code it ended with."""
        if code == -signal.SIGXCPU:
            return f"takes more than {self._bounds.seconds} s to read, so it was given up"
        if code == -signal.SIGKILL:
            return "takes too long or too much memory to read, so it was given up"
        return f"ended the process that was reading it (code {code}), so it was given up; please report this page"

    def kill(self) -> None:
        """End the process while another thread may be asking it: that thread learns of it and tidies up."""
        running = self._running
        if running is not None:
            running.kill()

    def close(self) -> int | None:
        """End the process, at once; the code it ended with, or None where there was none."""
        running, self._running = self._running, None
        if running is None:
            return None
        for stream in (running.stdin, running.stdout):
            with suppress(OSError):  # octets may still wait for a reader that is gone
                if stream is not None:
                    stream.close()
        with suppress(subprocess.TimeoutExpired):
            return running.wait(_LAST_WORDS)
        running.kill()
        return running.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        bounds = self._bounds
        told = [bounds.page_reader, str(bounds.seconds), str(bounds.octets), *sys.path]
        self._running = subprocess.Popen(
            [sys.executable, "-I", "-c", _OPENING, *told],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )
        return self._running


_OPENING = "import sys; sys.path[:] = sys.argv[4:]; from syndicate.collect.worker import main; main()"
"""Isolated mode ignores folder and environment; the import path is handed over instead, as ``multiprocessing`` does."""


class Readers:
    """At most ``count`` workers, asked from one event loop. Close it when the pass is over."""

    def __init__(self, bounds: Bounds, count: int) -> None:
        self._workers = [Worker(bounds) for _ in range(count)]
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        for worker in self._workers:
            self._idle.put_nowait(worker)
        self._threads = ThreadPoolExecutor(max_workers=count, thread_name_prefix="reader")

    async def read(self, task: Task) -> Result:
        """What comes of ``task``, when a worker is free."""
        worker = await self._idle.get()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, task)
        finally:
            self._idle.put_nowait(worker)

    def close(self) -> None:
        """End all workers; a task under way ends with them."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()
