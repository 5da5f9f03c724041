"""When two readings are the same publication: pure rules over links, ids, titles and days.

The collector asks by these keys whether a page needs to be read, the store which piece a reading is. Which guids and
which canonical links deserve belief shows in the list they came with (``unreliable``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from syndicate.domain.publication import Reading

RELIABLE = 0.95
"""From this share on a source's guids are taken for unique, and for stable."""
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|mc_[ce]id|ref|source|cmpid|_hs\w+|igshid)$", re.IGNORECASE)
_PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*)((?:/[\w~%+.@:,=!/-]*)?)", re.ASCII)
"""Links that need not be taken apart."""
_WORD = re.compile(r"\w+")
_SLUG_LENGTH = 60
_LONGEST_KNOWN = 500
_DEFAULT_PORTS = {"http": 80, "https": 443}


def bare_link(url: str) -> str:
    """The link without what does not change the piece it leads to: tracking, fragment, scheme, ``www.``, a last slash.

    RFC 3986 section 6.2 for case and default ports; the list of tracking keys is a convention. What is no link at all
    comes back as it is.
    """
    return _known_bare(url) if len(url) <= _LONGEST_KNOWN else _bare(url)


def _bare(url: str) -> str:
    plain = _PLAIN.fullmatch(url)
    if plain:
        return plain[1].removeprefix("www.") + (plain[2].rstrip("/") or "/")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").lower().removeprefix("www.")
    if port and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    query = parts.query
    if query:
        query = urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.match(k)])
    return urlunsplit(("", host, parts.path.rstrip("/") or "/", query, "")).removeprefix("//")


_known_bare = lru_cache(maxsize=4096)(_bare)
"""One link is asked for several times within a visit; very long ones would fill the memory."""


def is_home(url: str) -> bool:
    """Whether a link leads to the top of a site, which is the canonical address of no piece."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return not parts.path.strip("/") and not parts.query


def keys_of(reading: Reading, source: str) -> tuple[str, ...]:
    """Every key this reading is known by, strongest first.

    A guid counts only within its source; links count everywhere; title and day only within the source and only
    where there is no link. A canonical link to the home page names no piece.
    """
    keys = []
    if reading.canonical and not (reading.url and is_home(reading.canonical)):
        keys.append(link_key(reading.canonical))
    if reading.url and reading.url != reading.canonical:
        key = link_key(reading.url)
        if key not in keys:
            keys.append(key)
    if reading.guid:
        keys.append(guid_key(source, reading.guid))
    if not keys:
        moment = reading.published.parsed if reading.published else None
        day = moment.date().isoformat() if moment else ""
        keys.append(f"title:{source}:{title_words(reading.title) or reading.title}:{day}")
    return tuple(keys)


def link_key(url: str) -> str:
    """The key of a link, the same for every source."""
    return "link:" + bare_link(url)


def guid_key(source: str, guid: str) -> str:
    """The key of an id that a source gives; another source may give it to something else."""
    return f"guid:{source}:{guid}"


def unreliable(readings: Sequence[Reading]) -> tuple[frozenset[str], frozenset[str]]:
    """Guids and canonical links that name several pieces of one list, so that they are keys of none.

    Where fewer than ``RELIABLE`` of the guids are unique, all of them are unreliable. Two entries are two pieces
    where their own links differ, or their titles where they have none.
    """
    guids: dict[str, set[str]] = {}
    canonicals: dict[str, set[str]] = {}
    for reading in readings:
        own = reading.url or reading.title
        if reading.guid:
            guids.setdefault(reading.guid, set()).add(own)
        if reading.canonical and reading.canonical != reading.url:
            canonicals.setdefault(reading.canonical, set()).add(own)
    shared = {guid for guid, places in guids.items() if len({bare_link(place) for place in places}) > 1}
    if len(shared) > (1 - RELIABLE) * len(guids):
        shared = set(guids)
    several = {link for link, places in canonicals.items() if len({bare_link(place) for place in places}) > 1}
    return frozenset(shared), frozenset(several)


def title_words(title: str) -> str:
    """A title as it is compared: its words in lower case, in any script, without punctuation."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", title).casefold()))


def slug_of(title: str) -> str:
    """A short address part for a title: ASCII words joined by hyphens, at most 60 characters, never empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > _SLUG_LENGTH:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or "publication"
