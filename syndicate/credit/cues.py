"""The cheap question that is asked before any grammar: which languages have a cue in this text?

Every rule of a language needs one of its cues, so a block without any holds no claim. ``detect`` asks once for the
whole page and then block by block, for the few cues that the page has at all. All cues of all languages are looked for
in one go (Aho and Corasick, CACM 18(6), 1975), so it costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ahocorasick_rs import AhoCorasick

from syndicate.credit.languages import LANGUAGES
from syndicate.credit.languages.grammar import Language

_ALL = tuple(sorted({cue for language in LANGUAGES for cue in language.cues}))
_FINDER = AhoCorasick(_ALL)


class Cues:
    """The cues that stand in one text, by language."""

    def __init__(self, text: str) -> None:
        there = _cues_in(text)
        self._found = tuple(
            (language, tuple(cue for cue in language.cues if cue in there))
            for language in (LANGUAGES if there else ())
            if not there.isdisjoint(language.cues)
        )

    def spoken(self) -> tuple[Spoken, ...]:
        """The languages with a cue anywhere in the text, in the order they are tried, and their cues."""
        return self._found

    def spoken_in(self, part: str) -> list[Spoken]:
        """Those with a cue in ``part`` of the text, and their cues there."""
        return spoken(part, self._found) if self._found else []


Spoken = tuple[Language, Sequence[str]]


def spoken(text: str, languages: Iterable[Spoken]) -> list[Spoken]:
    """Which of the languages have one of these cues in ``text``, each with the cues it has there."""
    folded = text.casefold()
    found = ((language, [cue for cue in cues if cue in folded]) for language, cues in languages)
    return [(language, cues) for language, cues in found if cues]


def _cues_in(text: str) -> frozenset[str]:
    folded = text.casefold()
    try:
        found = _FINDER.find_matches_as_indexes(folded, overlapping=True)
    except UnicodeEncodeError:  # half a pair of surrogates, which no cue has
        plain = folded.encode("utf-8", "replace").decode()
        found = _FINDER.find_matches_as_indexes(plain, overlapping=True)
    return frozenset(_ALL[number] for number, _, _ in found)
