"""One field, many places that may say it: the first that speaks is believed, what others say differently is kept.

Called by ``piece``, once for every field. Disagreement is no error: an editor looks it up as unused evidence.
"""

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
_MOST_OTHERS = 4
_FEWEST_SAID = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[Value]):
    """A value, where it stood, and the text it was read from."""

    value: Value
    place: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(Generic[T]):
    """What is believed of a field, or None, and the evidence for it and against it."""

    value: T | None
    evidence: tuple[Evidence, ...]


Rule = Callable[[S], "Said[T] | None"]
Alike = Callable[[T, T], bool]


def settled(field: str, rules: Sequence[Rule[S, T]], sight: S, alike: Alike[T]) -> Settled[T]:
    """What the first rule that speaks says of ``field``, with the evidence for it and at most four dissenting voices.

    A voice dissents where ``alike`` holds of no value before it. The evidence names the rule by its function.
    """
    values: list[T] = []
    evidence: list[Evidence] = []
    for rule in rules:
        said = rule(sight)
        if said is None or any(alike(value, said.value) for value in values):
            continue
        name = getattr(rule, "__name__", "rule").strip("_").replace("_", " ")
        evidence.append(noted(field, name, said.place, said.raw, used=not values))
        values.append(said.value)
        if len(values) > _MOST_OTHERS:
            break
    return Settled(value=values[0] if values else None, evidence=tuple(evidence))


def noted(field: str, rule: str, place: str, raw: str, *, used: bool = True) -> Evidence:
    """Evidence with its raw text on one line and bounded."""
    return Evidence(
        field=field, rule=rule, place=place, raw=one_line(raw[: 4 * _LONGEST_RAW])[:_LONGEST_RAW], used=used
    )


def same_words(one: str, other: str) -> bool:
    """Whether two short texts say the same: case, blanks, dashes and quotation marks are the outlet's taste."""
    return _bare(one) == _bare(other)


def same_start(one: str, other: str) -> bool:
    """Whether two summaries are one, cut at different lengths."""
    first, second = _bare(one), _bare(other)
    return first == second or (
        min(len(first), len(second)) >= _FEWEST_SAID and (first.startswith(second) or second.startswith(first))
    )


def same_set(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two lists name the same, in whatever order."""
    return {_bare(name) for name in one} == {_bare(name) for name in other}


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
