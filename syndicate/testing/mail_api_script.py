"""What the lying mail API does to each call: in order, at random by weight, or nothing at all.

A script is JSON, all of it optional::

    {"seed": 7,
     "lag_ms": 500,
     "codes": {"gone@example.org": 406},
     "send": [{"do": "accept_drop"}, {"do": "refuse", "status": 429, "retry_after": "2"}],
     "send_weighted": [{"do": "accept", "weight": 8}, {"do": "accept_error", "weight": 1}],
     "search": [{"do": "cut"}],
     "search_weighted": []}

``send`` is used up first, then ``send_weighted`` decides by chance (repeatable by ``seed``), then all is accepted; the
same for searches. ``lag_ms`` is how long an accepted message stays unfindable. ``codes`` are ErrorCodes that single
addresses get inside a call that is taken. Every step may wait: ``before_ms`` before anything is taken, ``after_ms``
between taking and answering.

========================  ==========================================================================
``do`` of a send          what happens
========================  ==========================================================================
``accept``                taken, and said so
``accept_drop``           taken, then the connection is closed without a word
``accept_half``           the first half is taken, then the connection is closed without a word
``accept_error``          taken, then ``status`` (500) is answered
``accept_garble``         taken, then 200 with something that is no result
``accept_short``          taken, then 200 with one result too few
``refuse``                nothing taken; ``status`` (429), ``error_code``, ``retry_after``
``html``                  nothing taken; ``status`` (503) with a web page, as a proxy in front would say it
``hang_up``               nothing read; the connection is closed
========================  ==========================================================================

Of a search: ``accept``, ``refuse``, ``html``, ``hang_up``, and ``cut``: the true count with half the messages.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

SENDS = (
    "accept",
    "accept_drop",
    "accept_half",
    "accept_error",
    "accept_garble",
    "accept_short",
    "refuse",
    "html",
    "hang_up",
)
SEARCHES = ("accept", "cut", "refuse", "html", "hang_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done to one call."""

    do: str = "accept"
    weight: float = 1.0
    status: int = 0
    error_code: int = 0
    retry_after: str = ""
    before_ms: int = 0
    after_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is done to all of them."""

    seed: int = 0
    lag_ms: int = 0
    codes: Mapping[str, int] = field(default_factory=dict)
    send: Sequence[Step] = ()
    send_weighted: Sequence[Step] = ()
    search: Sequence[Step] = ()
    search_weighted: Sequence[Step] = ()


def script_of(wanted: Mapping[str, Any]) -> Script:
    """Read a script from parsed JSON; raises ``ValueError`` naming what it does not know."""
    _refuse_unknown(wanted, Script, "a script")
    return Script(
        seed=int(wanted.get("seed", 0)),
        lag_ms=int(wanted.get("lag_ms", 0)),
        codes={str(address): int(code) for address, code in wanted.get("codes", {}).items()},
        send=_steps(wanted.get("send", ()), SENDS),
        send_weighted=_steps(wanted.get("send_weighted", ()), SENDS),
        search=_steps(wanted.get("search", ()), SEARCHES),
        search_weighted=_steps(wanted.get("search_weighted", ()), SEARCHES),
    )


class Stage:
    """A script being played. The one who calls holds a lock."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._left = {"send": list(script.send), "search": list(script.search)}
        self._chance = random.Random(script.seed)  # noqa: S311 - faults, not secrets

    def next(self, kind: str) -> Step:
        """What to do to the next call of ``kind``: ``send`` or ``search``."""
        if self._left[kind]:
            return self._left[kind].pop(0)
        weighted = self.script.send_weighted if kind == "send" else self.script.search_weighted
        if not weighted:
            return Step()
        return self._chance.choices(weighted, [step.weight for step in weighted])[0]


def _steps(wanted: Sequence[Mapping[str, Any]], known: Sequence[str]) -> tuple[Step, ...]:
    steps = []
    for entry in wanted:
        _refuse_unknown(entry, Step, "a step")
        step = Step(**entry)
        if step.do not in known:
            msg = f"a step cannot do {step.do!r}; it can do {', '.join(known)}"
            raise ValueError(msg)
        steps.append(step)
    return tuple(steps)


def _refuse_unknown(wanted: Mapping[str, Any], kind: type[Script | Step], what: str) -> None:
    known = [part.name for part in fields(kind)]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        msg = f"{what} has no {unknown[0]!r}; it has {', '.join(known)}"
        raise ValueError(msg)
