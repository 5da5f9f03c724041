"""The sample letter, byte for byte. After a change that is meant, look at it and write it anew:
``SYNDICATE_GOLDEN=rewrite pytest tests/golden``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from syndicate.domain.notice import NoticeKind
from syndicate.domain.subscriber import Subscriber
from syndicate.render.letters import LetterPress
from tests.golden.letter_sample import DIGEST, SITE, letter

FOLDER = Path(__file__).parent / "letter"


def held(name: str, made: str) -> str:
    """What is kept under ``name``; first written where the run was asked to."""
    kept = FOLDER / name
    if os.environ.get("SYNDICATE_GOLDEN") == "rewrite":
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(made, "utf-8", newline="\n")
    return kept.read_text("utf-8")


def test_the_letter_in_html() -> None:
    made = letter().html([41, 42, 43])
    assert made == held("letter.html", made)


def test_the_letter_in_text() -> None:
    made = letter().text([41, 42, 43])
    assert made == held("letter.txt", made)


def test_its_seal() -> None:
    """The digest over all parts, and what stands in the headers."""
    sealed = letter()
    facts = {
        "edition": sealed.edition,
        "language": sealed.language,
        "subject": sealed.frame.subject,
        "preheader": sealed.frame.preheader,
        "items": [[segment.item, segment.title] for segment in sealed.segments],
        "digest": sealed.digest,
    }
    made = json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
    assert made == held("seal.json", made)


def test_the_notice_in_both_parts() -> None:
    reader = Subscriber(id=1, address="reader@inbox.example", domain="inbox.example", language="de")
    draft = LetterPress(SITE).notice(NoticeKind.CONFIRM, DIGEST, reader, "https://lantern.example/confirm/c2FtcGxl")
    assert (draft.html, draft.text) == (held("confirm.html", draft.html), held("confirm.txt", draft.text))
