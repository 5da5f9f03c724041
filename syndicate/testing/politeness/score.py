"""Playing every behaviour on a candidate, and the score that comes of it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from syndicate.testing.politeness.conditional import CONDITIONAL
from syndicate.testing.politeness.manners import MANNERS
from syndicate.testing.politeness.moving import MOVING
from syndicate.testing.politeness.pace import PACE
from syndicate.testing.politeness.stage import Behaviour, NotSeen, Stage
from syndicate.testing.politeness.subjects import Candidate, Need

BEHAVIOURS: tuple[Behaviour, ...] = (*CONDITIONAL, *PACE, *MOVING, *MANNERS)
"""All forty, in the order they are printed."""
BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""When they begin for a candidate that can be given a time: a Monday at noon."""
_WIDE = (16, 84)


class Mark(StrEnum):
    """How a candidate did."""

    KEPT = "kept"
    BROKEN = "not kept"
    UNSEEN = "not measurable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One behaviour, marked; ``seen`` is what was seen where it was not kept, or why nothing was."""

    name: str
    asks: str
    source: str
    mark: Mark
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All marks of one candidate."""

    candidate: str
    marks: tuple[Marked, ...]

    @property
    def kept(self) -> int:
        """How many it kept."""
        return sum(marked.mark is Mark.KEPT for marked in self.marks)

    def line(self) -> str:
        """The score in one line."""
        unseen = sum(marked.mark is Mark.UNSEEN for marked in self.marks)
        rest = f", {unseen} not measurable" if unseen else ""
        return f"{self.candidate}: {self.kept} of {len(self.marks)}{rest}"

    def table(self) -> str:
        """Behaviour, mark and source, one a line, what was seen instead below it; the score at the end."""
        name, asks = _WIDE
        lines = []
        for marked in self.marks:
            lines.append(f"{marked.name:{name}}{marked.asks:{asks}}  {marked.mark:14}  {marked.source}")
            if marked.seen:
                lines.append(f"{'':{name}}-> {marked.seen}")
        return "\n".join([*lines, "", self.line(), ""])

    def document(self) -> str:
        """The same as JSON."""
        told = {"candidate": self.candidate, "kept": self.kept, "of": len(self.marks)}
        return json.dumps(told | {"behaviours": [asdict(marked) for marked in self.marks]}, indent=2) + "\n"


def score(
    candidate: Candidate,
    clock: Callable[[], datetime],
    *,
    behaviours: Sequence[Behaviour] = BEHAVIOURS,
    at_once: int = 1,
) -> Score:
    """Play ``behaviours`` on ``candidate``, ``at_once`` of them at a time, each with a memory of its own.

    ``clock`` is asked for the time of a candidate that cannot be given one.
    """
    with ThreadPoolExecutor(at_once, "behaviour") as threads:
        marks = threads.map(lambda behaviour: _surely(candidate, behaviour, clock), behaviours)
        return Score(candidate=candidate.name, marks=tuple(marks))


def _surely(candidate: Candidate, behaviour: Behaviour, clock: Callable[[], datetime]) -> Marked:
    marked = _mark(candidate, behaviour, clock)
    again = behaviour.clocked and marked.mark is Mark.BROKEN
    return _mark(candidate, behaviour, clock) if again else marked


def _mark(candidate: Candidate, behaviour: Behaviour, clock: Callable[[], datetime]) -> Marked:
    lacks = sorted(need.value for need in behaviour.needs - candidate.can)
    if lacks:
        return _marked(behaviour, Mark.UNSEEN, f"needs a collector that {' and '.join(lacks)}")
    keeps_time = Need.TIME in candidate.can
    begin = BEGIN if keeps_time else clock()
    with (
        tempfile.TemporaryDirectory() as folder,
        Stage(candidate.make(Path(folder)), begin, keeps_time=keeps_time) as stage,
    ):
        try:
            seen = behaviour.play(stage)
        except NotSeen as why:
            return _marked(behaviour, Mark.BROKEN if keeps_time else Mark.UNSEEN, str(why))
    return _marked(behaviour, Mark.BROKEN if seen else Mark.KEPT, seen)


def _marked(behaviour: Behaviour, mark: Mark, seen: str) -> Marked:
    return Marked(name=behaviour.name, asks=behaviour.asks, source=behaviour.source, mark=mark, seen=seen)
