"""Who runs the work. An engine calls the flows at least once, somewhere, whenever a job may be due.

The rows in the store are the truth; an engine never holds state of its own. Two methods are all there is to one, so
that another (many machines on PostgreSQL) is one more file: see ``docs/decisions/0002-engines.md``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to be looked at: ``batch`` with (delivery, number), or ``notice`` with (0, id)."""

    kind: str
    delivery: int
    number: int


Handlers = Mapping[str, Callable[[Job], None]]


class Engine(Protocol):
    """Calls handlers for jobs, at least once each."""

    def submit(self, tx: object, jobs: Sequence[Job]) -> None:
        """Jobs were written in ``tx``; the engine may learn of them there, or look at the rows by itself."""
        ...

    def run(self, handlers: Handlers, stop: threading.Event) -> None:
        """Work until ``stop`` is set."""
        ...
