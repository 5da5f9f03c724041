"""Lines that say what they are: "By: ...", "Publication Type: ...", "Topics: ..."."""

from __future__ import annotations

import re

_BYLINE = re.compile(r"(?:^|[/|•·]\s*)(?:written\s+by|by|von|par|por|di|door)\s*:?\s+(\S.{1,200})$", re.IGNORECASE)
_BYLINE_COLON = re.compile(
    r"(?:^|[/|•·]\s*)(?:authors?|autor(?:en|in|es)?|auteurs?)\s*:\s*(\S.{1,200})$", re.IGNORECASE
)
_AFTER = re.compile(r"\s*[/|•·]\s*")
_LABELS = (
    (
        "type",
        re.compile(
            r"^(?:(?:publication|article|content|document|resource)\s+)?type\s*:\s*(\S.{0,80})$|"
            r"^(?:textart|art\s+des\s+textes|format|tipo)\s*:\s*(\S.{0,80})$",
            re.IGNORECASE,
        ),
    ),
    (
        "topics",
        re.compile(
            r"^(?:topics?|issues?|issue\s+areas?|subjects?|themes?|filed\s+under|categor(?:y|ies)|themen?|sujets?|temas?)"
            r"\s*:\s*(\S.{0,200})$",
            re.IGNORECASE,
        ),
    ),
)
_LONGEST = 250


def byline_in(line: str) -> str:
    """The names part of a line such as "Monday, 5 May / By: A. One", or empty."""
    if len(line) > _LONGEST:
        return ""
    found = _BYLINE.search(line) or _BYLINE_COLON.search(line)
    return _AFTER.split(found[1])[0] if found else ""


def labelled(line: str) -> tuple[str, str] | None:
    """("type" or "topics", what the line says of it), or None for a line without such a label."""
    if len(line) > _LONGEST:
        return None
    for name, pattern in _LABELS:
        found = pattern.match(line)
        if found:
            return name, next(group for group in found.groups() if group).strip()
    return None
