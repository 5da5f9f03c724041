"""One field, many places that may say it: the first rule that speaks is kept, with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from syndicate.collect.words import one_line
from syndicate.domain.publication import Evidence

T = TypeVar("T")
Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 - a whole word
S = TypeVar("S")
_LONGEST_RAW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[Value]):
    """A value, where it stood, and the text it was read from."""

    value: Value
    place: str
    raw: str


Rule = Callable[[S], "Said[T] | None"]


def first_said(field: str, rules: Sequence[Rule[S, T]], sight: S) -> tuple[T | None, tuple[Evidence, ...]]:
    """What the first rule that speaks says of ``field``; the evidence names the rule by its function."""
    for rule in rules:
        said = rule(sight)
        if said is not None:
            name = getattr(rule, "__name__", "rule").strip("_").replace("_", " ")
            raw = one_line(said.raw)[:_LONGEST_RAW]
            return said.value, (Evidence(field=field, rule=name, place=said.place, raw=raw),)
    return None, ()
