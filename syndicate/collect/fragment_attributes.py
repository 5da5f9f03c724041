"""What the attributes of plain mark-up say: mostly nothing, sometimes where a link leads or a picture is.

Called by ``fragment`` for every tag that has any. Content systems repeat themselves, so most answers are known.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

from syndicate.collect.addresses import plain_address

NAME = r"[a-z][a-z0-9_-]*"
_ATTRIBUTE = re.compile(rf' ({NAME})(?:="([^"]*)")?')
_HREF = re.compile(r' href="([^"]+)"')
_TELLING = re.compile(
    r"shar|social|newsletter|sign|subscri|comment|respon|disqus|cookie|crumb|promo|adv|ads|sponsor|sidebar|toolbar|pagi|"
    r"pager|recommend|trend|popular|most|read|more|also|skip|print|only|hidden|screen|popup|modal|paywall|donat|related|"
    r"author|byline|date|meta|credit|bio|tag|categor|licen[cs]e|source|orig|teaser|card|nav|menu|"
    r"copyright|photo|right|attrib|quote|highlight|note|info|detail|fact|about|head|title|"
    r"(?<!wp-element-)caption",
    re.IGNORECASE,
)
"""Parts of class names that any reader of pages might take for a sign of furniture, and some more."""
_NAMING = frozenset({"class", "id", "rel"})
_NEEDLESS = frozenset({"target", "loading", "decoding", "srcset", "sizes", "fetchpriority"})
"""Attributes that say nothing about the words and are not kept."""
_UNSEEN = re.compile(r"display|visibility", re.IGNORECASE)
_SIDE = re.compile(r"\d{2,5}")
_SHOWN = ("src", "alt", "width", "height")


class Odd(Exception):
    """The mark-up is not of the plain kind."""


@lru_cache(maxsize=4096)
def speaks(attributes: str) -> bool:
    """Whether attributes hide an element, mark it, must be kept, or call it something that readers of pages know."""
    return any(_says(name, value) for name, value in _ATTRIBUTE.findall(attributes))


def _says(name: str, value: str) -> bool:
    return tells(name, value) if name in _NAMING or name == "style" else name not in _NEEDLESS


def tells(name: str, value: str) -> bool:
    """Whether an attribute hides its element or calls it something that readers of pages know."""
    if name in _NAMING:
        return bool(_TELLING.search(value))
    return name == "style" and bool(_UNSEEN.search(value))


def target(attributes: str, url: str) -> str:
    """Where a link leads, as it is written in mark-up."""
    told = _HREF.search(attributes)
    if told is None:
        raise Odd
    rest = attributes[: told.start()] + attributes[told.end() :]
    address = plain_address(url, unescape(told[1]))
    if not address or (rest and speaks(rest)):
        raise Odd
    return escape(address) if "&" in address else address


def picture(attributes: str, url: str) -> tuple[str, str, str]:
    """A picture's address, what is said for those who cannot see it, and its attributes as they are written."""
    told = _ATTRIBUTE.findall(attributes)
    values = dict(told)
    rest = "".join(f' {name}="{value}"' for name, value in told if name not in _SHOWN)
    src = plain_address(url, unescape(values.get("src", "")))
    sides = [value for name, value in told if name in ("width", "height")]
    if len(values) < len(told) or not src or (rest and speaks(rest)) or not all(map(_SIDE.fullmatch, sides)):
        raise Odd
    values["src"] = escape(src) if "&" in src else src
    return src, values.get("alt", ""), " ".join(f'{name}="{values[name]}"' for name in values if name in _SHOWN)
