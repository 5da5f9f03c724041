"""``python -m bench.politeness``: the politeness score of syndicate beside those of others, played by the same suite.

Writes ``bench/politeness.json``. ``reader`` is the package of that name, a ``loop`` is what one writes by hand: every
half hour, httpx with the validators of the last answer, then feedparser. They are installed into a place of their own
(``make bench``) and left out where they are not.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from syndicate.testing.politeness import Ask, Candidate, Held, Need, score

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv" / "peers"
_HALF_HOUR = timedelta(minutes=30)
_CAN = frozenset({Need.TIME, Need.MANY})


class ReaderSubject:
    """``reader`` with the interval and the jitter that its guide proposes, given the time."""

    def __init__(self, folder: Path) -> None:
        self._reader: Any = import_module("reader").make_reader(str(folder / "reader.db"))
        self._reader.set_tag((), ".reader.update", {"interval": 30, "jitter": 0.1})

    def look(self, asks: Sequence[Ask], now: datetime) -> Held:
        self._reader._now = lambda: now  # noqa: SLF001 - its own tests give it the time in the same way
        for ask in asks:
            self._reader.add_feed(ask.url, exist_ok=True)
        failed = set()
        for update in self._reader.update_feeds_iter(workers=8, scheduled=True):
            failed |= {update.url} if isinstance(update.value, Exception) else set()
        return {ask.url: None if ask.url in failed else self._titles(ask.url) for ask in asks}

    def _titles(self, url: str) -> list[str]:
        return [str(entry.title) for entry in self._reader.get_entries(feed=url)]

    def close(self) -> None:
        self._reader.close()


class LoopSubject:
    """What one writes by hand in an afternoon."""

    def __init__(self, _: Path) -> None:
        self._client: Any = import_module("httpx").Client(follow_redirects=True, timeout=20.0)
        self._validators: dict[str, dict[str, str]] = {}
        self._held: dict[str, dict[str, str]] = {}
        self._asked: dict[str, datetime] = {}

    def look(self, asks: Sequence[Ask], now: datetime) -> Held:
        return {ask.url: self._visit(ask.url, now) for ask in asks}

    def _visit(self, url: str, now: datetime) -> list[str] | None:
        if url in self._asked and now - self._asked[url] < _HALF_HOUR:
            return list(self._held.get(url, {}).values())
        self._asked[url] = now
        try:
            answer = self._client.get(url, headers=self._validators.get(url, {}))
        except import_module("httpx").HTTPError:
            return None
        if answer.status_code == 200:
            sent = {
                "If-None-Match": answer.headers.get("etag"),
                "If-Modified-Since": answer.headers.get("last-modified"),
            }
            self._validators[url] = {name: value for name, value in sent.items() if value}
            for entry in import_module("feedparser").parse(answer.content).entries:
                self._held.setdefault(url, {})[str(entry.get("id"))] = str(entry.get("title"))
        elif answer.status_code != 304:
            return None
        return list(self._held.get(url, {}).values())

    def close(self) -> None:
        self._client.close()


CANDIDATES = {
    "reader": Candidate(name="reader", make=ReaderSubject, can=_CAN),
    "loop": Candidate(name="httpx and feedparser in a loop", make=LoopSubject, can=_CAN),
}


def scored(arguments: Sequence[str], path: Path | None = None) -> Mapping[str, Any]:
    """The score that a process of its own comes to."""
    places = {"PYTHONPATH": os.pathsep.join([str(path), str(HERE.parent)])} if path else {}
    command = [sys.executable, "-m", *arguments]
    ended = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **places}, cwd=HERE.parent)
    if not ended.stdout:
        raise RuntimeError(ended.stderr.decode())
    told: Mapping[str, Any] = json.loads(ended.stdout)
    return told


def main() -> int:
    """Without a name compare all; with one play the suite on that candidate alone."""
    if len(sys.argv) > 1:
        print(score(CANDIDATES[sys.argv[1]], lambda: datetime.now(UTC), at_once=4).document())
        return 0
    scores = [scored(["syndicate.testing.politeness", "--json"])]
    if PEERS.is_dir() or importlib.util.find_spec("reader"):
        scores += [scored(["bench.politeness", name], PEERS) for name in CANDIDATES]
    for told in scores:
        kept = {one["name"] for one in told["behaviours"] if one["mark"] == "kept"}
        missed = [one["name"] for one in told["behaviours"] if one["name"] not in kept]
        print(f"{told['candidate']}: {told['kept']} of {told['of']}" + (f"; not {', '.join(missed)}" if missed else ""))
    (HERE / "politeness.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
