"""Short texts as they come from outside: titles and bylines, cleaned of mark-up, controls and what is no name."""

# ruff: noqa: RUF001 - dashes of all lengths stand between titles and sites

from __future__ import annotations

import html
import re

from lxml import html as lxml_html

LONGEST_TITLE = 500
_LONGEST_NAME = 80
_MOST_ESCAPES = 2
_MOST_NAME_WORDS = 7
_MOST_AUTHORS = 50
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_BY = re.compile(
    r"^\W{0,3}(?:written\s+by|by|authors?|von|par|por|di|door|av|autor(?:en|in|es)?|auteurs?)\b\s*:?\s*", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:;|,|\s&\s|\s(?:and|und|et|with)\s)\s*(?:and\s|und\s|et\s)?", re.IGNORECASE)
_HOUSE = re.compile(r"\b(?:for|of|on|the|für|pour|der|des)\b", re.IGNORECASE)
_SUFFIX = re.compile(r"^(?:Jr|Sr|PhD|Ph\.D|MD|M\.D|MA|MBA|Esq|II|III|IV)\.?$", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"^\s*[^\s@()]{1,100}@[^\s@()]{1,100}\s*\(([^()]{1,100})\)\s*$")
_NO_NAME = re.compile(r"[\d@/\\{}<>|]|https?:", re.IGNORECASE)


def one_line(text: str) -> str:
    """``text`` without controls, blanks folded."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def title_of(raw: str) -> str:
    """A title as plain text: mark-up gone, entities resolved, one line, at most 500 characters."""
    plain = _UNSEEN.sub(" ", raw[: LONGEST_TITLE * 20])
    if _TAG.search(plain):
        plain = str(lxml_html.fromstring(f"<div>{plain}</div>").text_content())
    for _ in range(_MOST_ESCAPES):
        plain = html.unescape(plain) if _ENTITY.search(plain) else plain
    return one_line(_TAG.sub("", plain))[:LONGEST_TITLE]  # mark-up that was escaped twice


def without_site(title: str, names: tuple[str, ...]) -> str:
    """``title`` without the site's own name at its end or beginning, as browsers' title bars have it."""
    for name in names:
        for edge in ("|", "-", "–", "—", "·", "•", ":", "»"):
            tail, head = f" {edge} {name}".casefold(), f"{name}{'' if edge == ':' else ' '}{edge} ".casefold()
            folded = title.casefold()
            if folded.endswith(tail) and len(title) > len(tail):
                return title[: -len(tail)].rstrip()
            if folded.startswith(head) and len(title) > len(head):
                return title[len(head) :].lstrip()
    return title


def names_in(byline: str) -> tuple[str, ...]:
    """The people a byline names, in order: "By: A. One, B. Two and C. Three" are three."""
    plain = title_of(byline)
    mailed = _MAIL_AND_NAME.match(plain)
    plain = _BY.sub("", mailed[1] if mailed else plain)
    parts = [plain] if _HOUSE.search(plain) and not re.search(r"[;,]", plain) else _BETWEEN.split(plain)
    found: list[str] = []
    for part in parts:
        name = part.strip(" .,;:–—-/|\u00a0") + ("." if re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", part.strip()) else "")
        if found and _SUFFIX.match(part.strip()):
            found[-1] = f"{found[-1]}, {part.strip()}"
        elif _is_name(name) and name.casefold() not in {known.casefold() for known in found}:
            found.append(name)
    return tuple(found[:_MOST_AUTHORS])


def _is_name(text: str) -> bool:
    return bool(
        text
        and len(text) <= _LONGEST_NAME
        and len(text.split()) <= _MOST_NAME_WORDS
        and not _NO_NAME.search(text)
        and any(letter.isalpha() for letter in text)
    )
