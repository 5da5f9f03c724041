"""What no credit and no excerpt may carry: control characters, direction overrides, our own token marks.

Everything this room writes passes here first, so that two texts which look equal are equal.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from syndicate.domain.letter import TOKEN_MARK

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_MARKS = re.compile("|".join(re.escape(mark) for mark in TOKEN_MARK), re.IGNORECASE)
_LONGEST_LINK = 2000


def clean(text: str) -> str:
    """One line of ``text``: blanks folded, nothing invisible that could reorder or hide words, no token marks."""
    return " ".join(without_marks(without_unseen(text)).split())


def without_unseen(text: str) -> str:
    """``text`` with line breaks as blanks and without control, direction and zero-width characters.

    The joiners U+200C and U+200D stay: Persian and emoji need them.
    """
    return _UNSEEN.sub("", _BREAKS.sub(" ", text))


def without_marks(text: str) -> str:
    """``text`` without the token marks of letters; repeated, for taking one out may put another together."""
    while _MARKS.search(text):
        text = _MARKS.sub("", text)
    return text


def safe_link(url: str | None) -> str | None:
    """``url`` where it is a plain web address that may stand in an attribute, else None."""
    if not url or len(url) > _LONGEST_LINK or url != clean(url) or _MARKS.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def folded(name: str) -> str:
    """What is left of a name to compare it by: letters and digits, no article, no ``www``, no last domain label."""
    plain = unicodedata.normalize("NFKD", name.casefold().strip())
    plain = re.sub(r"^(?:https?://)?www\.|^the\s+", "", plain)
    plain = re.sub(r"(?<=\w)\.[a-z]{2,6}/?$", "", plain)
    return "".join(letter for letter in plain if letter.isalnum())


def same_name(one: str, other: str) -> bool:
    """Whether two spellings name one outlet, as far as letters tell."""
    return bool(folded(one)) and folded(one) == folded(other)
