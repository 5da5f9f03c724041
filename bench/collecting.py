"""The numbers of collecting: a thousand feeds, all unchanged, memory, few that are due, one page.

Every pass runs in a process of its own against one server on loopback, ours and the others' in turn. Seconds are of
the wall; CPU seconds, server excluded, stand beside them, for they do not depend on who else uses the machine.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.collecting_ours import FEW
from bench.collecting_server import ENTRIES, paragraph, sentence
from bench.rows import Row, median_of

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv" / "peers"
FEEDS = 1000
MANY = 10_000
PAGES = 30
_NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Pass:
    """What one pass took; ``memory`` in megabytes, where it was asked for."""

    seconds: float
    cpu: float
    visited: int
    memory: float = 0.0

    @property
    def rate(self) -> float:
        return self.visited / self.seconds


@contextmanager
def outlets(count: int) -> Iterator[int]:
    """The port of a server for ``count`` outlets, while the block runs."""
    command = [sys.executable, "-m", "bench.collecting_server", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        assert server.stdin is not None
        server.stdin.close()


def passes(module: str, *told: object, path: Path | None = None) -> list[Pass]:
    """What the passes of a module took, each told on a line."""
    environment = dict(os.environ) | ({"PYTHONPATH": f"{path}{os.pathsep}{HERE.parent}"} if path else {})
    command = [sys.executable, "-W", "ignore", "-m", f"bench.{module}", *map(str, told)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    fields = ("seconds", "cpu", "visited", "memory")
    lines = (json.loads(line) for line in done.stdout.splitlines())
    return [Pass(**{name: line[name] for name in fields if name in line}) for line in lines]


def collecting(feeds: int = FEEDS, many: int = MANY) -> list[Row]:
    """All rows; ``feeds`` and ``many`` may be smaller for a quick look."""
    with outlets(feeds) as port:
        ours = passes("collecting_ours", port, feeds, "new", "near", "same", "few")
        theirs = {name: passes("collecting_peers", name, port, feeds, path=PEERS) for name in ("httpx", "reader")}
    with outlets(many) as port:
        wide = passes("collecting_ours", port, many, "new", "few")
    rows = [row for name, took in theirs.items() for row in _against(name, took, ours, feeds)]
    return [*rows, *_sizes(ours, wide, feeds, many), reading_a_page()]


_NAMED = {"httpx": "httpx, feedparser and SQLite", "reader": "the reader package"}


def _against(name: str, took: Sequence[Pass], ours: Sequence[Pass], feeds: int) -> Iterator[Row]:
    """New and unchanged feeds, and the CPU time of new ones, beside what somebody else takes."""
    new, _, same = ours[:3]
    label = f"{feeds:,} feeds of 34 KB"
    yield Row(
        f"{label}, fetched, parsed, cleaned, credited, stored",
        new.rate,
        "feeds/s",
        _NAMED[name],
        took[0].rate,
        "300/s on two cores",
        new.rate >= 300,
    )
    yield Row(f"{label}, CPU each", new.cpu / feeds * 1000, "ms", _NAMED[name], took[0].cpu / feeds * 1000, "-", None)
    yield Row(f"{label}, all unchanged", same.seconds, "s", _NAMED[name], took[1].seconds, "1.5 s", same.seconds <= 1.5)


def _sizes(ours: Sequence[Pass], wide: Sequence[Pass], feeds: int, many: int) -> Iterator[Row]:
    """Memory and the cost of few that are due, with many sources beside fewer."""
    new, near, _, few = ours
    yield Row(
        f"near copies among {near.visited:,} pieces of the same sentences, a step of its own",
        near.seconds / near.visited * 1000,
        "ms each",
        "bringing one in",
        new.seconds / feeds / ENTRIES * 1000,
        "measured apart",
        None,
    )
    yield Row(
        f"memory of a pass over {many:,} sources",
        wide[0].memory,
        "MB",
        f"over {feeds:,}",
        new.memory,
        "flat",
        wide[0].memory <= new.memory * 1.25,
    )
    yield Row(
        f"a pass over {many:,} sources of which {FEW} are due",
        wide[1].cpu * 1000,
        "ms of CPU",
        f"of {feeds:,}",
        few.cpu * 1000,
        "what the ten cost",
        wide[1].cpu <= few.cpu * 1.5 + 0.02,
    )


def reading_a_page() -> Row:
    """One article page of 80 KB, with credit's detector, beside trafilatura alone."""
    import trafilatura  # noqa: PLC0415 - only here

    from syndicate.collect.entries import Document, Entry, ReadPiece  # noqa: PLC0415 - as above
    from syndicate.collect.piece import read_piece  # noqa: PLC0415 - as above
    from syndicate.credit.detect import read_page  # noqa: PLC0415 - as above

    page = article().encode()
    url = "https://outlet.example/2026/03/entry"
    task = ReadPiece(
        entry=Entry(link=url, place="feed entry"),
        outlet="Outlet",
        now=_NOW.timestamp(),
        document=Document(url=url, body=page),
    )
    ours = _milliseconds(lambda: read_piece(task, read_page, _NOW))
    theirs = _milliseconds(lambda: trafilatura.bare_extraction(page.decode(), with_metadata=True))
    return Row(f"read a page of {len(page) // 1000} KB", ours, "ms", "trafilatura alone", theirs, "40 ms", ours <= 40)


def article(sections: int = 24) -> str:
    """A page as newsrooms send it: head, navigation, boxes, an article of some six thousand words, a footer."""
    words = random.Random(7)  # the same text in every run
    parts = "".join(
        f"<h2>{sentence(words)[:50]}</h2>" + "".join(f"<p>{paragraph(words, f'/notes/{n}')}</p>" for n in range(5))
        for _ in range(sections)
    )
    links = "".join(f'<li class="menu-item"><a href="/topics/{n}">Topic {n}</a></li>' for n in range(60))
    cards = "".join(
        f'<div class="card"><h3><a href="/2026/{n}">{sentence(words)}</a></h3><p>{sentence(words)}</p></div>'
        for n in range(12)
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The channel | Outlet</title>'
        '<meta property="og:title" content="The channel"><meta property="og:site_name" content="Outlet">'
        '<meta property="article:published_time" content="2026-03-01T09:00:00Z">'
        '<link rel="canonical" href="https://outlet.example/2026/03/entry">'
        f"<script>{'var settings = {};' * 200}</script></head><body><nav><ul>{links}</ul></nav>"
        f'<main><article><h1>The channel</h1><p class="byline">By Writer One</p>{parts}</article>'
        f'<aside class="related"><h2>Related</h2>{cards}</aside></main><footer>{links}</footer></body></html>'
    )


def _milliseconds(work: Callable[[], object]) -> float:
    return median_of(work, PAGES) * 1000
