"""Likeness: copies are found through what outlets do to a text, and other texts of one topic are not taken for them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.likeness import LEAST_WORDS, NEAR, SAME, bands, distance, fingerprint, overlap

PRINTS = st.integers(0, 2**64 - 1)
FOOTER = (
    "This article was first published by The Harbour Review and is republished here under a licence that allows it. "
    "Read the original on the site of the Review, and write to the desk if anything in it is wrong."
)
_TOPIC = """
    harbour tide ferry council timetable island crossing pilot silt quay boat dues winter storm fund budget vote
    minister region fish port channel dredge cost year people say new more than the of and to in a is that for on it
    was with as by at from are be this have an or not but had they which one all their there been has when who will
"""
TOPIC = _TOPIC.split()


def article(seed: int, length: int) -> str:
    """A text about harbours: common words often, rarer ones sometimes, sentences of a dozen words."""
    random = Random(seed)
    rare = [f"{random.choice(TOPIC)}{n}" for n in range(length // 8)]
    words = [random.choice(rare) if random.random() < 0.2 else random.choice(TOPIC) for _ in range(length)]
    return ". ".join(" ".join(words[at : at + 12]) for at in range(0, length, 12))


def corrected(text: str, count: int) -> str:
    """``count`` words of it spelt otherwise."""
    words = text.split()
    for at in Random(count).sample(range(len(words)), count):
        words[at] += "e"
    return " ".join(words)


VARIATIONS: dict[str, Callable[[str], str]] = {
    "footer": lambda text: f"{text} {FOOTER}",
    "header": lambda text: f"{FOOTER} {text}",
    "headline": lambda text: f"Why the Boats Are Late. {text}",
    "typos": lambda text: corrected(text, 3),
    "quotes and case": lambda text: text.upper().replace(".", " \u2014"),
    "last sentence cut": lambda text: text[: text.rindex(".")],
}


@pytest.mark.parametrize("name", VARIATIONS)
@pytest.mark.parametrize("length", [250, 600, 1500])
def test_what_outlets_do_to_a_text_leaves_it_a_copy(name: str, length: int) -> None:
    """Measured: of 100 texts at most one is missed, and none by what confirms it."""
    missed = 0
    for seed in range(100 if length < 1000 else 30):
        text = article(seed, length)
        copy = VARIATIONS[name](text)
        first, second = fingerprint(text), fingerprint(copy)
        assert first is not None
        assert second is not None
        missed += distance(first, second) > NEAR
        assert overlap(text, copy) >= SAME
    assert missed <= 1


def test_other_articles_of_one_topic_are_never_taken_for_copies() -> None:
    """They may be nominated now and then; none is confirmed, and few are nominated."""
    texts = [article(seed, 600) for seed in range(60)]
    prints = [fingerprint(text) or 0 for text in texts]
    pairs = [(a, b) for a in range(len(texts)) for b in range(a)]

    nominated = [(a, b) for a, b in pairs if distance(prints[a], prints[b]) <= NEAR]

    assert len(nominated) < len(pairs) / 50
    assert all(overlap(texts[a], texts[b]) < SAME / 2 for a, b in pairs[:300])


def test_an_outlets_own_boilerplate_makes_no_copies() -> None:
    texts = [f"{FOOTER} {article(seed, 250)} {FOOTER}" for seed in range(30)]

    assert all(overlap(texts[a], texts[b]) < SAME for a in range(30) for b in range(a))


def test_a_shortened_text_is_no_copy() -> None:
    text = article(1, 600)

    assert overlap(text, " ".join(text.split()[:400])) < SAME
    assert overlap(text, text) == 1


@given(st.text(max_size=400))
def test_any_text_has_a_fingerprint_of_64_bits_or_none(text: str) -> None:
    found = fingerprint(text)

    assert found is None or 0 <= found < 2**64
    assert found == fingerprint(text.upper().lower()) or text.upper().lower().casefold() != text.casefold()
    assert 0 <= overlap(text, text) <= 1


@given(PRINTS, PRINTS, PRINTS)
def test_distance_is_a_distance(one: int, other: int, third: int) -> None:
    assert distance(one, one) == 0
    assert distance(one, other) == distance(other, one) <= 4
    assert distance(one, third) <= distance(one, other) + distance(other, third)


@given(PRINTS, PRINTS)
def test_near_fingerprints_share_a_band(one: int, other: int) -> None:
    """So an index over bands finds all of them."""
    shared = any(mine == theirs for mine, theirs in zip(bands(one), bands(other), strict=True))

    assert shared == (distance(one, other) <= NEAR)
    assert sum(band << shift for band, shift in zip(bands(one), (48, 32, 16, 0), strict=True)) == one


def test_short_texts_have_no_fingerprint_in_any_script() -> None:
    assert fingerprint("tide " * (LEAST_WORDS - 1)) is None
    assert fingerprint("tide " * LEAST_WORDS) is not None
    assert fingerprint("港口的渡船" * 5) is None
    assert fingerprint("港口的渡船总是晚点而没有人知道为什么岛上的人要等别人先走这是议会的事不是潮水的事") is not None
    assert overlap("too short", "too short") == 0
