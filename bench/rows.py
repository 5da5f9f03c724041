"""What every measurement gives: a number beside the number it is held against."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement and what it is held against; ``target`` as in the design, where there is one."""

    work: str
    measured: float
    unit: str
    against: str
    compared: float
    target: str
    met: bool | None

    @property
    def ratio(self) -> float:
        return self.measured / self.compared if self.compared else 0.0


def median_of(work: Callable[[], object], rounds: int) -> float:
    """Seconds, the median of ``rounds`` after one that is not counted."""
    work()
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took)
