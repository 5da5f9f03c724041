"""The measured process: one pass over a hostile source and a tame neighbour, with what it cost.

Reads a JSON document from standard input, writes one JSON line a case. ``bench.hostile`` starts it.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from bench.hostile_net import Net
from syndicate.collect import CollectOptions, build_collector
from syndicate.domain.collecting import Bookmark, Found, Trouble, Unchanged, Visit, VisitResult
from syndicate.domain.outlet import Outlet, Recipe, Source

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PATIENCE = timedelta(seconds=5)
"""One request, instead of the 20 s of the product, so that a table does not take an hour."""
SPACING = timedelta(seconds=0.05)
"""Likewise; how politely a hostile source is treated is another table."""
_OUTLET = Outlet(id="tides", name="The Tides", url="https://tides.example/")
_RECIPE = Recipe(card="div.card", title="h3", date="time", byline=".by")
_PAGE_READER = "syndicate.credit.detect:read_page"
_SAMPLE = 0.01
_MEBI = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One row. Seconds of the clock and of the workers' processors; MiB the workers held at most and we grew by."""

    name: str
    outcome: str
    refused: int
    read: int
    seconds: float
    cpu: float
    worker: float
    grown: float
    neighbour: str
    neighbour_after: float
    connected: list[str]
    whole: str


class Children:
    """Watches how much memory the children of this process hold."""

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_SAMPLE):
            for task in Path("/proc/self/task").iterdir():
                for child in _read(task / "children").split():
                    self.peak = max(self.peak, _peak(Path("/proc") / child))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _peak(process: Path) -> int:
    """KiB the process held at most, since it was last forgotten."""
    for line in _read(process / "status").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def nothing_known(_: Sequence[str]) -> frozenset[str]:
    return frozenset()


def visit(url: str, kind: str = "feed", article: str = "entry") -> Visit:
    recipe = _RECIPE if kind == "listing" else None
    source = Source(id=url, outlet=_OUTLET.id, kind=kind, url=url, article=article, baseline=False, recipe=recipe)
    return Visit(source=source, outlet=_OUTLET, bookmark=Bookmark(), known=nothing_known)


def in_words(result: VisitResult | None) -> str:
    """What a person is told of a visit."""
    match result:
        case Found(readings=readings, seen=seen, spoiled=spoiled, notes=notes):
            told = [f"{len(readings)} of {seen} read", *(one.problem for one in spoiled[:1]), *notes[:1]]
            return "; ".join(told)
        case Unchanged():
            return "unchanged"
        case Trouble(problem=problem):
            return problem
        case None:
            return "never ended"


def measure(case: dict[str, Any], neighbour: str, net: Net) -> Measured:
    """One pass. The neighbour is asked at the same time and must not notice."""
    net.begin({name: tuple(answers) for name, answers in case["names"]} | {"neighbour.example": ("93.184.216.34",)})
    options = CollectOptions(private_addresses=not case["guarded"], timeout=PATIENCE, spacing=SPACING)
    collector = build_collector(options, _PAGE_READER)
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak
    hostile = [visit(url, case["kind"], case["article"]) for url in case["urls"]]
    before, cpu, began = _peak(Path("/proc/self")), _cpu(), time.monotonic()
    ended: dict[str, tuple[float, VisitResult]] = {}
    with Children() as children:
        for one in collector.visit_all([*hostile, visit(neighbour)], NOW):
            if one is not None:
                ended[one[0].source.id] = (time.monotonic() - began, one[1])
        collector.close()
    seconds = time.monotonic() - began
    results = [ended.get(one.source.id, (0.0, None))[1] for one in hostile]
    after, tame = ended.get(neighbour, (seconds, None))
    return Measured(
        name=case["name"],
        outcome=in_words(results[0]),
        refused=sum(isinstance(result, Trouble) for result in results),
        read=sum(len(result.readings) for result in results if isinstance(result, Found)),
        seconds=round(seconds, 2),
        cpu=round(_cpu() - cpu, 2),
        worker=round(children.peak / 1024, 1),
        grown=round((_peak(Path("/proc/self")) - before) / 1024, 1),
        neighbour=in_words(tame),
        neighbour_after=round(after, 2),
        connected=[where for where in net.connected if where != "93.184.216.34"],
        whole="\n".join(map(repr, results))[:_MEBI],
    )


def main() -> None:
    told = json.load(sys.stdin)
    net = Net({int(port): address for port, address in told["hosts"].items()})
    tame = {"name": "", "urls": [told["tame"]], "kind": "feed", "article": "entry", "guarded": False, "names": []}
    measure(tame, told["neighbour"], net)  # all that is imported once is there before anything is measured
    for case in told["cases"]:
        neighbour = told["public_neighbour"] if case["guarded"] else told["neighbour"]
        print(json.dumps(asdict(measure(case, neighbour, net))), flush=True)


if __name__ == "__main__":
    main()
