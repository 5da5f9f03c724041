"""``python -m bench.hostile``: what hostile input costs, and what a person is told. Writes ``bench/hostile.json``.

Each input is served on loopback from this process and collected by the real collector in another, beside a tame
neighbour. Each has a process of its own; with ``--together`` a few share one, which is how the tests call it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.hostile_cases import CASES
from bench.hostile_inputs import Case, an_entry, an_rss
from syndicate.testing.politeness.server import Host, Time

HERE = Path(__file__).parent
MOST_SECONDS = 10.0
MOST_GROWN = 100.0
_TOGETHER = 12
_WORDS = 150


class Table:
    """The hosts of a run, one for each input, and the tame ones."""

    def __init__(self, cases: Sequence[Case], folder: Path) -> None:
        self._time = Time(datetime(2026, 3, 2, 12, tzinfo=UTC))
        self._hosts: dict[str, Host] = {}
        feed = an_rss("".join(an_entry(number) for number in range(3)))
        self._tame, self._neighbour = (self._host(name) for name in ("tame", "neighbour"))
        for host in (self._tame, self._neighbour):
            host.says("/feed", feed)
        self.cases = {case.name: self._arranged(case, folder) for case in cases}

    def _host(self, name: str) -> Host:
        return self._hosts.setdefault(name, Host(self._time))

    def _arranged(self, case: Case, folder: Path) -> dict[str, Any]:
        urls = case.arrange(self._host(case.name), folder)
        told = {"name": case.name, "urls": urls, "kind": case.kind, "article": case.article}
        return told | {"guarded": case.guarded, "names": case.names}

    def measured(self, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """One process for all of ``names``; each row with what its host was asked."""
        told = {
            "hosts": {host.port: host.address for host in self._hosts.values()},
            "tame": self._tame.root + "/feed",
            "neighbour": self._neighbour.root + "/feed",
            "public_neighbour": f"http://neighbour.example:{self._neighbour.port}/feed",
            "cases": [self.cases[name] for name in names],
        }
        command = [sys.executable, "-m", "bench.hostile_child"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(json.dumps(told))
            child.stdin.close()
            for line in child.stdout:
                row = json.loads(line)
                yield row | {"asked": len(self._hosts[row["name"]].asked)}

    def close(self) -> None:
        for host in self._hosts.values():
            host.down()


def rows(cases: Sequence[Case], *, together: bool) -> Iterator[dict[str, Any]]:
    """Measure ``cases``; only a few are arranged at a time, so that the inputs do not fill the memory."""
    size = _TOGETHER if together else 1
    for first in range(0, len(cases), size):
        some = cases[first : first + size]
        with tempfile.TemporaryDirectory() as folder:
            table = Table(some, Path(folder))
            names = [case.name for case in some]
            try:
                yield from table.measured(names)
            finally:
                table.close()


def line(row: dict[str, Any]) -> str:
    words = " ".join(row["outcome"].split())
    told = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
    return (
        f"{row['name'][:52]:52} {row['seconds']:6.2f} s {row['cpu']:6.2f} s {row['worker']:7.1f} MiB "
        f"{row['grown']:6.1f} MiB  {told}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.hostile", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("only", nargs="*", metavar="INPUT", help="these alone (default: all)")
    parser.add_argument("--together", action="store_true", help="few processes instead of one for each input")
    parser.add_argument("--json", action="store_true", help="rows as JSON lines, nothing is written")
    options = parser.parse_args()
    chosen = [case for case in CASES if not options.only or case.name in options.only]
    measured = []
    for row in rows(chosen, together=options.together):
        measured.append(row)
        print(json.dumps(row) if options.json else line(row), flush=True)
    if not options.json and not options.only:
        kept = [{name: value for name, value in row.items() if name != "whole"} for row in measured]
        (HERE / "hostile.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
