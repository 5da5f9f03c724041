"""How alike two texts are: a 64-bit fingerprint that finds candidates, and shared shingles that decide.

The fingerprint is four bands of 16 bits. Each is a hash of two minima of one-permutation min-hashing over runs of words
(Broder 1997; Li, Owen, Zhang 2012): for two texts that share the part J of all their runs, one band agrees with the
chance J squared, and at least one of four with 1 - (1 - J**2)**4: 0.999 for J = 0.9, 0.91 for J = 0.67, 0.04 for
J = 0.1. So an index over bands finds nearly every copy without comparing all with all. (A simhash of the same size
finds those that differ in three bits: a footer under 200 words flips six, three corrected words of 500 flip four.)
Fingerprints nominate, they do not decide: two texts are copies only if their shingles overlap.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import timedelta
from hashlib import blake2b

NEAR = 3
"""Fingerprints of copies differ in at most so many of their four bands."""
MOST = 30
"""At most so many candidates are compared, those that agree in most bands: pieces made from one template are all near
each other, and a copy is nearer than they are."""
WITHIN = timedelta(days=14)
"""Copies appear within so long of each other; later it is a reprint, and news again."""
SAME = 0.8
"""Two texts are one where they share at least this part of the longer one's shingles."""
LEAST_WORDS = 30
"""Shorter texts have no fingerprint: a standing line of service would make them all alike."""
_RUN = 3
_BANDS = 4
_BINS = 2 * _BANDS
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")


def words_of(text: str) -> list[str]:
    """The words of ``text`` as likeness compares them: compatibility forms and case folded, no punctuation.

    Chinese and Japanese are written without spaces: there every character counts as a word.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(_UNSPACED.sub(r" \1 ", folded))


def fingerprint(text: str) -> int | None:
    """The fingerprint of ``text``, 0 <= it < 2**64; None for one of fewer than ``LEAST_WORDS`` words."""
    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return None
    smallest = _minima(set(_runs(words)))
    whole = 0
    for band in range(_BANDS):
        pair = smallest[2 * band].to_bytes(8, "big") + smallest[2 * band + 1].to_bytes(8, "big")
        whole = whole << 16 | int.from_bytes(blake2b(pair, digest_size=2).digest(), "big")
    return whole


def distance(one: int, other: int) -> int:
    """In how many of their four bands two fingerprints differ."""
    return sum(mine != theirs for mine, theirs in zip(bands(one), bands(other), strict=True))


def bands(whole: int) -> tuple[int, int, int, int]:
    """The four 16-bit parts of a fingerprint, highest first."""
    return whole >> 48 & 0xFFFF, whole >> 32 & 0xFFFF, whole >> 16 & 0xFFFF, whole & 0xFFFF


def overlap(one: str, other: str) -> float:
    """Which part of the longer text's shingles the two share, 0 to 1; 0 where either is too short to tell.

    A shortened piece is no copy: the longer text decides.
    """
    return shared(shingles(one), shingles(other))


def shingles(text: str) -> Counter[str]:
    """The runs of words in ``text``, as often as they stand there; none where it is too short to tell."""
    words = words_of(text)
    return Counter(_runs(words)) if len(words) >= LEAST_WORDS else Counter()


def shared(one: Counter[str], other: Counter[str]) -> float:
    """Which part of the larger of two sets of shingles is in both, 0 to 1."""
    return (one & other).total() / max(one.total(), other.total()) if one and other else 0.0


def _runs(words: list[str]) -> list[str]:
    return [" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _minima(runs: set[str]) -> list[int]:
    """The smallest hash in each of the bins that a run's hash chooses among.

    A short text may leave a bin empty; it borrows from the next that is not (Shrivastava, Li 2014).
    """
    smallest: list[int | None] = [None] * _BINS
    for run in runs:
        number = int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        place, rest = number % _BINS, number // _BINS
        found = smallest[place]
        if found is None or rest < found:
            smallest[place] = rest
    filled = [number for number in smallest if number is not None]
    following = filled[0]
    for place in reversed(range(_BINS)):
        following = smallest[place] = following if (own := smallest[place]) is None else own
    return [number for number in smallest if number is not None]
