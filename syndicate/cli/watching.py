"""Showing on a terminal how far a delivery has come, read from the same rows as ``delivery status``."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from syndicate.cli import printing
from syndicate.flows.delivering import status
from syndicate.flows.house import House

_EVERY = 0.5
"""Seconds between two looks."""
_LINE_EVERY = 10.0


@contextmanager
def counting(text: str, things: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, moved by what the block is given; elsewhere a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines(text, things).tell
        return
    columns = (TextColumn(text), BarColumn(), MofNCompleteColumn(), TextColumn(things), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, total=of, completed=done)


class _Lines:
    """Progress where nothing can be drawn over: a plain line, at most one every ten seconds."""

    def __init__(self, text: str, things: str) -> None:
        self._text = text
        self._things = things
        self._next = monotonic() + _LINE_EVERY

    def tell(self, done: int, of: int) -> None:
        """Say how far it is, unless it was said just now."""
        if monotonic() >= self._next:
            self._next = monotonic() + _LINE_EVERY
            printing.remark(f"{self._text}: {done} of {of} {self._things}")


@contextmanager
def watching(house: House, edition: int) -> Iterator[None]:
    """Draw a bar on a terminal while the block delivers ``edition``; elsewhere say it once."""
    if not sys.stderr.isatty():
        printing.remark(f"delivering edition {edition}")
        yield
        return
    done = threading.Event()
    watcher = threading.Thread(target=_draw, args=(house, edition, done), name="watching", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _draw(house: House, edition: int, done: threading.Event) -> None:
    columns = (TextColumn("edition {task.fields[edition]}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, edition=edition)
        while not done.wait(_EVERY):
            standing = status(house, edition)
            settled = standing.sent + standing.rejected + standing.suppressed
            bar.update(task, total=standing.planned or None, completed=settled)
