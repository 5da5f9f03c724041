"""Links in feeds and articles made absolute, most of them without taking them apart.

Called for every link of every entry. What is plain enough is recognised as such; everything else goes the long way
through ``net.address``, with the same result.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin

from syndicate.net.address import web_address

_HOST = r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_PATH = r"/[\w~%+./-]*(?:\?[\w~%+&=.-]+)?"
_PLAIN_LINK = re.compile(rf"{_HOST}(?:{_PATH})?", re.ASCII)
_PLAIN_PATH = re.compile(_PATH, re.ASCII)
_PLAIN_ORIGIN = re.compile(rf"{_HOST}(?=/|$)", re.ASCII)
_ODD_PATH = re.compile(r"/[./]")
_LONGEST_PLAIN = 1000


def absolute(where: str, href: str) -> str:
    """``href``, found on the page at ``where``, as an absolute web address (see ``web_address``), or empty."""
    if plain := plain_address(where, href):
        return plain
    try:
        return web_address(urljoin(where, href.strip()))
    except ValueError:
        return ""


def plain_address(where: str, href: str) -> str:
    """The same where ``href`` is plain enough to be seen through at a glance; empty for all others."""
    if len(href) < _LONGEST_PLAIN:
        if _PLAIN_LINK.fullmatch(href) and not _ODD_PATH.search(href, len("https://")):
            return href
        if _PLAIN_PATH.fullmatch(href) and not _ODD_PATH.search(href) and (origin := _origin(where)):
            return origin + href
    return ""


@lru_cache(maxsize=64)
def _origin(where: str) -> str:
    """The scheme and host of a plain address, or empty."""
    found = _PLAIN_ORIGIN.match(where)
    return found[0] if found and len(where) < _LONGEST_PLAIN else ""
