"""What others do with the same outlets: ``python -m bench.collecting_peers NAME PORT COUNT``, twice on one database.

``httpx`` is httpx and feedparser put together by hand, with a process for each of two cores to parse in and SQLite to
keep entries and validators; ``reader`` is the package of that name, with its own store. Both are installed into a place
of their own (``make bench``). Two lines of JSON: everything for the first time, then all unchanged.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from bench.collecting_cpu import spent
from bench.collecting_server import address

_AT_ONCE = 32
_Entry = tuple[str, str, str, str, str]


def parsed(body: bytes) -> list[_Entry]:
    """The entries of a feed, sanitised by feedparser as it does by itself."""
    feedparser = import_module("feedparser")
    return [
        (
            str(entry.get("id")),
            str(entry.get("link")),
            str(entry.get("title")),
            str(entry.get("published")),
            "".join(str(part.get("value")) for part in entry.get("content") or ()) or str(entry.get("summary")),
        )
        for entry in feedparser.parse(body).entries
    ]


class ByHand:
    """httpx, feedparser, SQLite."""

    def __init__(self, folder: str, urls: list[str]) -> None:
        self._urls = urls
        self._rows = sqlite3.connect(f"{folder}/entries.db", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute("CREATE TABLE entries (feed, id, link, title, published, text, PRIMARY KEY (feed, id))")
        self._tags: dict[str, str] = {}
        self._pool = ProcessPoolExecutor(2)
        list(self._pool.map(parsed, [b""] * 4))  # ours is measured with its readers running, too

    def update(self) -> int:
        """Ask for all; the number of feeds that had something."""
        return asyncio.run(self._update())

    async def _update(self) -> int:
        httpx = import_module("httpx")
        turns = asyncio.Semaphore(_AT_ONCE)
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=_AT_ONCE), timeout=20) as client:
            return sum(await asyncio.gather(*(self._one(client, turns, url) for url in self._urls)))

    async def _one(self, client: Any, turns: asyncio.Semaphore, url: str) -> int:
        async with turns:
            headers = {"If-None-Match": self._tags[url]} if url in self._tags else {}
            answer = await client.get(url, headers=headers)
            if answer.status_code != 200:
                return 0
            entries = await asyncio.get_running_loop().run_in_executor(self._pool, parsed, answer.content)
        self._rows.execute("BEGIN")
        self._rows.executemany(
            "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?)", [(url, *entry) for entry in entries]
        )
        self._rows.execute("COMMIT")
        self._tags[url] = answer.headers.get("etag", "")
        return 1

    def close(self) -> None:
        self._pool.shutdown()
        self._rows.close()


class WithReader:
    """The ``reader`` package, with as many workers as it is given connections elsewhere."""

    def __init__(self, folder: str, urls: list[str]) -> None:
        self._reader = import_module("reader").make_reader(f"{folder}/reader.db")
        for url in urls:
            self._reader.add_feed(url)

    def update(self) -> int:
        """Ask for all; the number of feeds that had something."""
        told = self._reader.update_feeds_iter(workers=_AT_ONCE, scheduled=False)
        return sum(1 for result in told if getattr(result.value, "new", 0))

    def close(self) -> None:
        self._reader.close()


PEERS: dict[str, Callable[[str, list[str]], ByHand | WithReader]] = {"httpx": ByHand, "reader": WithReader}


@contextmanager
def _opened(name: str, urls: list[str]) -> Iterator[ByHand | WithReader]:
    with tempfile.TemporaryDirectory() as folder:
        peer = PEERS[name](folder, urls)
        try:
            yield peer
        finally:
            peer.close()


def main() -> None:
    name, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with _opened(name, [f"http://{address(n)}:{port}/feed" for n in range(count)]) as peer:
        for _ in range(2):
            cpu, began = spent(), time.perf_counter()
            changed = peer.update()
            told = {"seconds": time.perf_counter() - began, "cpu": spent() - cpu, "visited": count, "changed": changed}
            print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
