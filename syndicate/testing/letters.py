"""Builders for what a mailer takes: a letter, its readers, and the call they make up."""

from __future__ import annotations

from itertools import count
from typing import Any

from syndicate.domain.delivery import Submission
from syndicate.domain.letter import ADDRESS, LEAVE, Letter, Recipient

INSTALL = "0f3c7a52-1b1d-4a5e-9c69-5f1a6f2f3a10"
_DELIVERIES = count(1)


def a_key() -> str:
    """A key of a delivery that nobody else in this process has."""
    return f"{INSTALL}/{next(_DELIVERIES)}/1/1"


def a_letter(**changes: Any) -> Letter:
    """A digest in both parts, every token in both, with the headers of a list."""
    values: dict[str, Any] = {
        "sender": "The Estuary Letter <desk@letters.example.org>",
        "reply_to": "answers@letters.example.org",
        "subject": "The week on the water: “Überfahrt”",
        "html": f'<!DOCTYPE html><html lang="en"><p class="x">Tide &amp; time</p><a href="{LEAVE}">Leave</a> {ADDRESS}',
        "text": f"Tide & time\n\nLeave:\n{LEAVE}\n\n-- \n{ADDRESS}\n",
        "headers": (
            ("Date", "Mon, 02 Mar 2026 12:00:00 +0000"),
            ("List-Id", "The Week on the Water <weekly.letters.example.org>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ),
        "tag": "weekly",
    }
    return Letter(**(values | changes))


def a_recipient(number: int = 1, **changes: Any) -> Recipient:
    """A reader with their own link, longer than a header line, and its header."""
    link = f"https://letters.example.org/unsubscribe/{number}-{'t' * 90}?a=1&b=2"
    values: dict[str, Any] = {
        "subscriber": number,
        "address": f"reader{number}@example.org",
        "name": f"Reader {number}",
        "values": {LEAVE: link, ADDRESS: f"r…{number}@example.org"},
        "headers": (("List-Unsubscribe", f"<{link}>"),),
    }
    return Recipient(**(values | changes))


def a_submission(readers: int = 3, key: str | None = None, letter: Letter | None = None) -> Submission:
    """One call to the readers 1 to ``readers``, under a key of its own unless one is given."""
    recipients = tuple(a_recipient(number) for number in range(1, readers + 1))
    return Submission(key=key or a_key(), letter=letter or a_letter(), recipients=recipients)
