"""Promise 9: publishers are asked no more often and no harder than they say; backing off never becomes giving up.

The suite that scores it is public (``syndicate.testing.politeness``). It is run here as anybody would run it, in a
process of its own; what it says of us is held at forty of forty, and it has to tell a rude collector from a polite one.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from syndicate.testing.politeness import BEHAVIOURS, Mark

RUDE = Path(__file__).with_name("rude_collector.py")
NAMES = [behaviour.name for behaviour in BEHAVIOURS]
RUDELY = f"{shlex.quote(sys.executable)} {shlex.quote(str(RUDE))} {{folder}} {{urls}}"


def suite(*arguments: str) -> dict[str, dict[str, Any]]:
    """What the suite says, by behaviour."""
    command = [sys.executable, "-m", "syndicate.testing.politeness", "--json", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    return {marked["name"]: marked for marked in json.loads(ended.stdout)["behaviours"]}


@pytest.fixture(scope="module")
def ours() -> dict[str, dict[str, Any]]:
    return suite()


@pytest.mark.parametrize("name", NAMES)
def test_we_keep(ours: dict[str, dict[str, Any]], name: str) -> None:
    assert (ours[name]["mark"], ours[name]["seen"]) == (Mark.KEPT, "")


def test_there_are_forty_each_with_a_sentence_and_a_source() -> None:
    assert len(BEHAVIOURS) == 40
    assert len(set(NAMES)) == 40
    assert all(behaviour.asks and behaviour.source for behaviour in BEHAVIOURS)


def test_a_rude_collector_is_told_from_a_polite_one() -> None:
    names = ("etag", "foreign", "one-at-a-time", "a-second-apart", "name", "bomb", "max-age", "disallowed")

    said = suite("--command", RUDELY, "--at-once", "2", *names)

    assert {name: said[name]["mark"] for name in names} == {
        **dict.fromkeys(names, Mark.BROKEN),
        "max-age": Mark.UNSEEN,
        "disallowed": Mark.UNSEEN,
    }
    assert said["one-at-a-time"]["seen"] == "had 3 requests under way at one host"
    assert said["max-age"]["seen"] == "needs a collector that can be given a time"


def test_a_command_that_can_be_given_the_time_is_measured_over_days() -> None:
    said = suite("--command", f"{RUDELY} {{now}}", "max-age", "gone")

    assert said["max-age"]["mark"] == said["gone"]["mark"] == Mark.BROKEN
    assert said["max-age"]["seen"] == "came back after 0:30:00, not after 12:00:00"


def test_an_unknown_behaviour_is_named_with_those_there_are() -> None:
    command = [sys.executable, "-m", "syndicate.testing.politeness", "patience"]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert ended.returncode == 2
    assert "there is no behaviour called 'patience'; there are etag, last-modified" in ended.stderr
