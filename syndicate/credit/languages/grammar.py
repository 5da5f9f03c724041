"""What a language must say for attribution to be read in it: rules as data, one module a language.

A rule has a head, the words at the start of a sentence that make it an attribution (SUBJECT and VERB, or VERB alone).
After the head, prepositions introduce the NAME; a rule whose head has a group ``name`` needs none. Every quantifier
in these patterns is bounded and every pattern sees a bounded window, so the time is linear in the text.
"""
# ruff: noqa: RUF001 - typographic quotes and dashes are what these patterns are about

from __future__ import annotations

import re
from dataclasses import dataclass, field

from syndicate.domain.provenance import Kind

LABEL = (
    r"(?:(?:[^\W\d_][\w’'.]{0,14}\s){0,3}(?:note|nota|noot|hinweis|anm(?:erkung)?\.?|uwaga|disclosure)"
    r"(?:\s[\w’'.]{1,14}){0,3}\s?[:：]\s*)?"
)
LEAD = re.compile(r"[\s*_(\[（【「“„\"'—–•>-]{0,6}" + LABEL, re.IGNORECASE)
"""What may stand before the subject: brackets, quotes, a label."""
GAP = r"(?:[^.!?;\n]|\.(?=\w)){0,120}?"
"""Words between subject and verb: a guest author, an aside."""

NEVER = re.compile(r"(?!)")
_GROUP = re.compile(r"\(\?P<\w+>")
_QUOTES = '"“”„«»‘’‚「」『』《》〈〉*_'


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to say it. A ``fragment`` has no subject, so it must be the whole of its sentence."""

    kind: Kind
    head: re.Pattern[str]
    fragment: bool = False
    nameless: bool = False
    alone: bool = False
    """The sentence must be the whole block: too weak a wording to be believed inside a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The rules of one language.

    ``cues``: lower-case parts of words one of which every rule contains. ``veto``: what makes a sentence no
    attribution. ``prepositions`` lead to a name, ``ends`` stop it, ``before_name`` and ``after_name`` are peeled off.
    ``generic`` begins what is no name; ``outlets`` are nouns for kinds of outlets. ``rights``, ``translated`` and
    ``reshaped`` in the rest of the note make "originally published" republished, translated or a version;
    ``grantor`` leads to the name of who gave permission, ``author`` finds who wrote it, ``person`` a writer that
    stands between "by" and the outlet. ``opening`` matches what any head matches.
    """

    code: str
    cues: tuple[str, ...]
    rules: tuple[Rule, ...]
    prepositions: re.Pattern[str] = NEVER
    ends: re.Pattern[str] = NEVER
    veto: re.Pattern[str] = NEVER
    generic: re.Pattern[str] = NEVER
    outlets: re.Pattern[str] = NEVER
    before_name: tuple[re.Pattern[str], ...] = ()
    after_name: tuple[re.Pattern[str], ...] = ()
    rights: re.Pattern[str] = NEVER
    translated: re.Pattern[str] = NEVER
    reshaped: re.Pattern[str] = NEVER
    grantor: re.Pattern[str] = NEVER
    author: re.Pattern[str] = NEVER
    person: re.Pattern[str] = NEVER
    opening: re.Pattern[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """One pattern for all heads: most sentences fail it at once."""
        heads = "|".join(_GROUP.sub("(?:", rule.head.pattern) for rule in self.rules)
        object.__setattr__(self, "opening", words(heads))


def words(pattern: str) -> re.Pattern[str]:
    """A pattern of the language, in either case."""
    return re.compile(pattern, re.IGNORECASE)


def exact(pattern: str) -> re.Pattern[str]:
    """A pattern that tells capitals from small letters."""
    return re.compile(pattern)


def sentence(kind: Kind, head: str, *, nameless: bool = False) -> Rule:
    """A rule with a subject; it may be part of a paragraph."""
    return Rule(kind=kind, head=words(head), nameless=nameless)


def fragment(kind: Kind, head: str, *, alone: bool = False, nameless: bool = False) -> Rule:
    """A rule without a subject ("Originally published on ...")."""
    return Rule(kind=kind, head=words(head), fragment=True, alone=alone, nameless=nameless)


def unquoted(name: str) -> str:
    """``name`` without the quotation and emphasis marks around it."""
    return name.strip().strip(_QUOTES).strip()
