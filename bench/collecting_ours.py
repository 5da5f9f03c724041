"""One of our passes over many outlets, in a process of its own: ``python -m bench.collecting_ours PORT COUNT PASSES``.

PASSES are words, done in order on one database: ``new`` (everything for the first time), ``near`` (the later step that
looks for near copies among what is new), ``same`` (all unchanged), ``few`` (ten are due, the rest is not). One line of
JSON each: seconds, CPU seconds of all our processes, memory.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.collecting_cpu import memory, spent
from bench.collecting_server import address
from bench.project import NOW, a_house
from syndicate.domain.collecting import Bookmark, Visit
from syndicate.domain.outlet import Outlet, Source
from syndicate.flows.collecting import collect_each
from syndicate.flows.house import House
from syndicate.flows.recognising import recognise

FEW = 10
NEARLY = 1000


def house_of(folder: Path, port: int, count: int) -> House:
    """A project that collects from ``count`` outlets on loopback, the articles from the feeds themselves."""
    house = a_house(folder, items=0, more='[collect]\nprivate_addresses = "allow"\n')
    outlets = {
        f"outlet-{n}": Outlet(id=f"outlet-{n}", name=f"Outlet {n}", url=f"https://{n}.example/") for n in range(count)
    }
    sources = {
        outlet: Source(id=outlet, outlet=outlet, kind="feed", url=f"http://{address(n)}:{port}/feed", article="entry")
        for n, outlet in enumerate(outlets)
    }
    return replace(house, outlets={**house.outlets, **outlets}, sources=sources)


def measured(house: House, now: datetime) -> dict[str, Any]:
    """One pass, as the clock makes it."""
    cpu, began = spent(), time.perf_counter()
    visited = stored = 0
    status: Counter[str] = Counter()
    error = ""
    for report in collect_each(house, now):
        visited, stored = visited + 1, stored + report.new
        status[report.status] += 1
        error = error or report.error
    seconds = time.perf_counter() - began
    return {
        "seconds": seconds,
        "cpu": spent() - cpu,
        "memory": memory(),
        "visited": visited,
        "stored": stored,
        "status": status,
        "error": error,
    }


def main() -> None:
    port, count = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        house = house_of(Path(folder), port, count)
        warm(house)
        now = NOW
        for word in sys.argv[3:]:
            now += timedelta(days=2)
            if word == "few":
                few(house, now)
            told = nearly(house, now) if word == "near" else measured(house, now)
            print(json.dumps(told), flush=True)
        house.store.close()


def nearly(house: House, now: datetime) -> dict[str, Any]:
    """The step after a pass, for the first ``NEARLY`` pieces; all are made of the same sentences, the worst case."""
    cpu, began = spent(), time.perf_counter()
    joined = len(recognise(house, now, NEARLY))
    return {"seconds": time.perf_counter() - began, "cpu": spent() - cpu, "visited": NEARLY, "joined": joined}


def warm(house: House) -> None:
    """Start what a running installation has running: readers, and all that is loaded at first use."""
    visits = [
        Visit(source=source, outlet=house.outlets[source.outlet], bookmark=Bookmark(), known=lambda _: frozenset())
        for source in list(house.sources.values())[:FEW]
    ]
    for _ in house.collector.visit_all(visits, NOW):
        pass


def few(house: House, now: datetime) -> None:
    """Put off the visits to all sources but ten."""
    for number, (source, bookmark) in enumerate(house.store.sources.bookmarks(tuple(house.sources)).items()):
        when = now - timedelta(hours=1) if number < FEW else now + timedelta(days=3)
        house.store.sources.note(source, replace(bookmark, next_visit=when))


if __name__ == "__main__":
    main()
