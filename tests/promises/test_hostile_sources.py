"""Promise 7, for sources: hostile input costs bounded time and memory, reaches nothing private, spoils only itself.

The inputs and the measuring are those of the hostile table (``python -m bench.hostile``); here they are held to bounds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bench.hostile_cases import CASES, NO_REDIRECTS, NO_WEB_ADDRESSES, PRIVATE_SPELLINGS
from syndicate.collect import CollectOptions

SECONDS = 30.0
"""Of the wall, while two inputs and other tests share the machine; the hostile table has them one by one."""
GROWN = 100.0
WORKER = CollectOptions().parse_octets / (1 << 20)
SECRETS = ("root:x:", "/bin/bash", "/sbin/nologin")
NAMES = [case.name for case in CASES]
REFUSED = {
    f"private addresses, {len(PRIVATE_SPELLINGS)} spellings": len(PRIVATE_SPELLINGS),
    f"redirects to {len(NO_REDIRECTS)} of them": len(NO_REDIRECTS),
    "a name that leads to 127.0.0.1": 1,
    "a name that leads to a public and a private address": 1,
    f"{len(NO_WEB_ADDRESSES)} schemes, ports and broken addresses": len(NO_WEB_ADDRESSES),
}
Rows = dict[str, dict[str, Any]]


def some(names: list[str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "bench.hostile", "--together", "--json", *names]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Every input, measured once, two processes at a time."""
    with ThreadPoolExecutor(2) as threads:
        halves = threads.map(some, (NAMES[::2], NAMES[1::2]))
        return {row["name"]: row for half in halves for row in half}


@pytest.mark.parametrize("name", NAMES)
def test_is_bounded_and_spoils_only_itself(rows: Rows, name: str) -> None:
    row = rows[name]

    assert row["seconds"] <= SECONDS
    assert row["grown"] <= GROWN
    assert row["worker"] <= WORKER
    assert row["neighbour"] == "3 of 3 read"
    assert "defect of ours" not in row["outcome"]
    assert row["outcome"] != "never ended"
    assert not any(secret in row["whole"] for secret in SECRETS)


@pytest.mark.parametrize(("name", "count"), REFUSED.items())
def test_nothing_private_is_reached(rows: Rows, name: str, count: int) -> None:
    row = rows[name]

    assert (row["refused"], row["read"]) == (count, 0)
    assert [where for where in row["connected"] if not where.startswith("127.77.")] == []
    assert row["asked"] == (len(NO_REDIRECTS) if name.startswith("redirects") else 0)


def test_a_name_that_rebinds_gains_nothing(rows: Rows) -> None:
    row = rows["a name that rebinds after its first answer"]

    assert row["read"] == 1, "the first, public answer is the one that is connected to"
    assert row["connected"] == []


@pytest.mark.parametrize("name", [case.name for case in CASES if "bomb" in case.name])
def test_a_bomb_gives_nothing_to_read(rows: Rows, name: str) -> None:
    assert (rows[name]["refused"], rows[name]["read"]) == (1, 0)


@pytest.mark.parametrize("name", [case.name for case in CASES if "external entity" in case.name])
def test_no_entity_is_looked_up(rows: Rows, name: str) -> None:
    assert "declares entities of its own" in rows[name]["outcome"]
    assert "127.0.0.1" not in rows[name]["connected"]


def test_dates_that_cannot_be_are_kept_as_they_came_and_not_believed(rows: Rows) -> None:
    whole = rows["strange dates"]["whole"]

    assert "Mon, 01 Jan 0001 00:00:00 GMT" in whole
    assert "datetime.datetime(1," not in whole
    assert "datetime.datetime(2124," not in whole
    assert "datetime.datetime(9999," not in whole
