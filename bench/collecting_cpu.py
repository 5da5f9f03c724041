"""What a process and those it started have used: CPU seconds and memory. Linux alone (``/proc``)."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path


def spent() -> float:
    """CPU seconds of this process, of its children that have ended, and of those that still run."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(_cpu_of(child) for child in _children())


def memory() -> float:
    """Megabytes that this process alone holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children() -> Iterator[str]:
    for task in Path("/proc/self/task").iterdir():
        yield from (task / "children").read_text().split()


def _cpu_of(pid: str) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
