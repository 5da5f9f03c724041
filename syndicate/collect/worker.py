"""The process that reads hostile octets: it asks nobody, has little time and little memory, and keeps no secrets.

Started by ``collect.workers``, which calls ``main``. It ends when its input ends, so it does not outlive a parent that
was killed. A task that takes too much CPU is ended by the kernel (RLIMIT_CPU), and the parent
starts another worker.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import BinaryIO

from syndicate.collect.entries import Listing, ReadList, ReadPiece, Result, Task, Unreadable
from syndicate.collect.frames import BrokenFrame, receive, send
from syndicate.collect.prescan import trouble_in
from syndicate.domain.provenance import Provenance
from syndicate.domain.publication import Reading
from syndicate.markup.page import Page

PageReader = Callable[[Page, str], Provenance]
"""What ``credit`` knows of a page: asked with the full page and the outlet's name."""


_MOST_TASKS = 5000
_SWOLLEN = 512 * 1024
"""Kibibytes, as Linux counts them."""
_RARELY = (20_000, 20, 20)
"""Trees and readings hold no cycles; looking for them after every few hundred objects costs a tenth of the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one worker may use: CPU seconds a task, octets of address space in all."""

    page_reader: str
    seconds: int
    octets: int


def serve(tasks: BinaryIO, results: BinaryIO, bounds: Bounds) -> None:
    """Answer tasks until their stream ends. Beside each result stands whether this process should be replaced."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, bounds.octets)
    module, _, name = bounds.page_reader.partition(":")
    page_reader: PageReader = getattr(import_module(module), name)
    gc.set_threshold(*_RARELY)
    for number in count(1):
        try:
            task = receive(tasks)
        except BrokenFrame:
            return
        _limit(resource.RLIMIT_CPU, _spent() + bounds.seconds)
        send(results, (answer(task, page_reader), number >= _MOST_TASKS or _swollen()))


def answer(task: Task, page_reader: PageReader) -> Result:
    """What comes of one task. Whatever goes wrong is ``Unreadable``: hostile octets must not end the worker."""
    return _guarded(lambda: _list(task, page_reader) if isinstance(task, ReadList) else _piece(task, page_reader))


def _guarded(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except MemoryError:
        return Unreadable(problem="takes more memory to read than is allowed")
    except RecursionError:
        return Unreadable(problem="is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - the boundary that keeps one page from spoiling others
        return Unreadable(
            problem=f"cannot be read ({type(error).__name__}: {str(error)[:200]}); please report this page"
        )


def _list(task: ReadList, page_reader: PageReader) -> Listing | Unreadable:
    from syndicate.collect.sources import parser_of  # noqa: PLC0415 - only what the task needs is loaded

    listing = trouble_in(task.document.body) or parser_of(task.kind)(task)
    if isinstance(listing, Unreadable) or not task.whole:
        return listing
    readings = tuple(_entries(listing, task, page_reader))
    return replace(listing, readings=readings, entries=tuple(replace(entry, html="") for entry in listing.entries))


def _entries(listing: Listing, task: ReadList, page_reader: PageReader) -> Iterator[Reading | Unreadable]:
    """The reading of each entry; one that fails spoils only itself."""
    from syndicate.collect.quick import read_entry  # noqa: PLC0415 - as above

    now = datetime.fromtimestamp(task.now, UTC)
    for entry in listing.entries:
        read = _guarded(partial(read_entry, entry, task.outlet, page_reader, now))
        assert not isinstance(read, Listing)
        yield read


def _piece(task: ReadPiece, page_reader: PageReader) -> Reading | Unreadable:
    from syndicate.collect.piece import read_piece  # noqa: PLC0415 - as above

    refused = trouble_in(task.document.body) if task.document else None
    return refused or read_piece(task, page_reader, datetime.fromtimestamp(task.now, UTC))


def _limit(kind: int, soft: int) -> None:
    """Lower a soft limit; a hard one that is lower still is left alone."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _swollen() -> bool:
    """Whether some task once needed so much memory that it is better given back to the system."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _SWOLLEN and _peak() > _SWOLLEN


def _peak() -> int:
    """The most memory this process has held, in kilobytes.

    getrusage(2) also counts what the process that started this one held (exec(2) keeps it), so on Linux the kernel's
    own mark of this program is read (proc_pid_status(5)), which takes longer.
    """
    with suppress(OSError), Path("/proc/self/status").open("rb") as status:
        for line in status:
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _spent() -> int:
    """CPU seconds this process has used, rounded up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return int(used.ru_utime + used.ru_stime) + 1


def main() -> None:
    """Take the private ends of the pipes, so that nothing a library prints is mistaken for an answer."""
    results = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    tasks = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, sys.stdin.fileno())
    os.dup2(quiet, sys.stdout.fileno())
    page_reader, seconds, octets = sys.argv[1:4]
    serve(tasks, results, Bounds(page_reader=page_reader, seconds=int(seconds), octets=int(octets)))
