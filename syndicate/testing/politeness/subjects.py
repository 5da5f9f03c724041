"""Who is scored: anything that can be told to make a pass over a few addresses and says what it holds afterwards."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Need(StrEnum):
    """What a collector must be able to do for a behaviour to be measured on it."""

    TIME = "can be given a time"
    MANY = "reads several sources in one pass"
    PAGES = "follows a feed to its pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One source: the address of a feed, and whether its text stands on the pages it links to."""

    url: str
    pages: bool = False


Held = Mapping[str, Sequence[str] | None]
"""For each address the titles held of it, one for each piece; None where the pass over it failed."""


class Subject(Protocol):
    """A collector with a memory of its own, made new for each behaviour."""

    def look(self, asks: Sequence[Ask], now: datetime) -> Held:
        """Make one pass at ``now``: ask those sources whose turn it is, leave the others alone."""
        ...

    def close(self) -> None:
        """Give back what the passes needed."""
        ...


SubjectMaker = Callable[[Path], Subject]
"""Makes one with an empty memory in a folder of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A collector as it stands for the score: its name, how one is made, and what it can do."""

    name: str
    make: SubjectMaker
    can: frozenset[Need]


class CommandSubject:
    """Any command. ``{url}`` or ``{urls}``, ``{folder}`` (for its memory) and ``{now}`` (RFC 3339) are filled in.

    It prints the titles it holds, one a line, and ends with another code than 0 where it failed. One that takes
    ``{url}`` is called once for each address.
    """

    def __init__(self, command: str, folder: Path, patience: float = 90.0) -> None:
        self._words = shlex.split(command)
        self._folder = folder
        self._patience = patience

    def look(self, asks: Sequence[Ask], now: datetime) -> Held:
        """Run the command; one that does not end is ended and counts as failed."""
        if "{urls}" in self._words:
            told = self._run([ask.url for ask in asks], now)
            return {ask.url: told for ask in asks}
        return {ask.url: self._run([ask.url], now) for ask in asks}

    def _run(self, urls: Sequence[str], now: datetime) -> Sequence[str] | None:
        values = {"{url}": urls[0], "{folder}": str(self._folder), "{now}": now.isoformat()}
        arguments: list[str] = []
        for word in self._words:
            filled = word
            for mark, value in values.items():
                filled = filled.replace(mark, value)
            arguments += urls if word == "{urls}" else [filled]
        try:
            ended = subprocess.run(arguments, capture_output=True, text=True, timeout=self._patience, check=False)
        except subprocess.TimeoutExpired:
            return None
        lines = [line.strip() for line in ended.stdout.splitlines()]
        return [line for line in lines if line] if ended.returncode == 0 else None

    def close(self) -> None:
        """Nothing is kept."""


def of_command(command: str, *, pages: bool = False) -> Candidate:
    """The candidate that a command is; what it can do is read from the places it leaves for us to fill."""
    can = {need for need, mark in ((Need.TIME, "{now}"), (Need.MANY, "{urls}")) if mark in command}
    return Candidate(
        name=shlex.split(command)[0],
        make=lambda folder: CommandSubject(command, folder),
        can=frozenset(can | ({Need.PAGES} if pages else set())),
    )
