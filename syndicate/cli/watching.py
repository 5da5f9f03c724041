"""Showing on a terminal how far a delivery has come, read from the same rows as ``delivery status``."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from syndicate.cli import printing
from syndicate.flows.delivering import status
from syndicate.flows.house import House

_EVERY = 0.5
"""Seconds between two looks."""


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
