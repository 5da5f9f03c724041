"""The cheap question that is asked before any grammar: which languages have a cue in this text?

Every rule of a language needs one of its cues, so a block without any holds no claim. ``detect`` asks once for the
whole page and then block by block, for the few cues that the page has at all. Linear in the text; a word that was seen
before costs next to nothing, and most were.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from syndicate.credit.languages import LANGUAGES
from syndicate.credit.languages.grammar import Language

_ALL = tuple(sorted({cue for language in LANGUAGES for cue in language.cues}))
_PHRASES = tuple(cue for cue in _ALL if " " in cue)
_WORDS = tuple(cue for cue in _ALL if " " not in cue)
_LONGEST_WORD = 40
_MANY_WORDS = 32_768
"""Remembered at most; then all are forgotten, for texts of no known language must not fill the memory."""


class Cues:
    """The cues that stand in one text, by language."""

    def __init__(self, text: str) -> None:
        there = frozenset(_cues_in(text.casefold()))
        self._found = tuple(
            (language, tuple(cue for cue in language.cues if cue in there))
            for language in LANGUAGES
            if not there.isdisjoint(language.cues)
        )

    def languages(self) -> tuple[Language, ...]:
        """The languages with a cue anywhere in the text, in the order they are tried."""
        return tuple(language for language, _ in self._found)

    def languages_in(self, part: str) -> tuple[Language, ...]:
        """Those with a cue in ``part`` of the text."""
        if not self._found:
            return ()
        folded = part.casefold()
        return tuple(language for language, cues in self._found if any(cue in folded for cue in cues))


def _cues_in(folded: str) -> Iterator[str]:
    """Each cue that is a part of ``folded``; one may be named several times."""
    yield from (cue for cue in _PHRASES if cue in folded)
    for word in set(folded.split()) - _silent:
        if len(word) > _LONGEST_WORD:
            yield from _in_row(word)
        elif found := _in_word(word):
            yield from found
        else:
            _remember_silent(word)


_silent: set[str] = set()
"""Words that were seen to carry no cue: one operation on sets leaves out nearly all of a text."""


def _remember_silent(word: str) -> None:
    if len(_silent) >= _MANY_WORDS:
        _silent.clear()
    _silent.add(word)


@lru_cache(maxsize=_MANY_WORDS)
def _in_word(word: str) -> tuple[str, ...]:
    return tuple(cue for cue in _WORDS if cue in word)


def _in_row(row: str) -> tuple[str, ...]:
    """The same for a long row of letters, as scripts write it that set no blanks; no two are the same."""
    letters = frozenset(row)
    return tuple(cue for cue in _WORDS if letters.issuperset(cue) and cue in row)
