"""The cheap question changes no answer: what has no cue of a language holds no claim in it."""

from __future__ import annotations

import pytest

from syndicate.credit import reading
from syndicate.credit.cues import Cues
from syndicate.credit.languages import LANGUAGES
from tests.unit.credit.wordings import ATTRIBUTED, SILENT

TEXTS = [row[-1] for row in (*ATTRIBUTED, *SILENT)]
PROSE = "The harbour board measured the depth of the channel. Nobody in the lower town remembered the lamp."


EVERY_LANGUAGE_EVERYWHERE = tuple((language, ("",)) for language in LANGUAGES)
"""The empty word is in every sentence, so each language is tried on each of them."""


@pytest.mark.parametrize("around", ["{}", f"{PROSE} {{}}", f"{{}} {PROSE}", f"{PROSE}\n{{}}\n{PROSE}"])
def test_asking_for_cues_first_loses_no_claim_and_makes_none(around: str) -> None:
    for text in TEXTS:
        whole = around.format(text)
        everything = list(reading.claims(whole, EVERY_LANGUAGE_EVERYWHERE))

        assert list(reading.claims(whole, Cues(whole).spoken())) == everything, whole


def test_every_language_is_found_by_any_of_its_cues_anywhere_in_a_word() -> None:
    for language in LANGUAGES:
        for cue in language.cues:
            for text in (f"un{cue}ed", cue.upper(), f"{'x' * 50}{cue}", f"one\ntwo {cue}"):
                assert language in dict(Cues(text).spoken()), (language.code, cue)
                assert language in dict(Cues(f"{text} and more").spoken_in(text))


def test_ordinary_prose_has_no_cue() -> None:
    assert Cues(PROSE).spoken() == ()
    assert Cues("").spoken_in("published") == []
