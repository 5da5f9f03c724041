"""When two readings are the same publication: pure rules over links, ids, titles and days."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from syndicate.domain.publication import Reading

_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|mc_[ce]id|ref|source|cmpid|_hs\w+|igshid)$", re.IGNORECASE)
_SLUG_LENGTH = 60
_DEFAULT_PORTS = {"http": 80, "https": 443}


def bare_link(url: str) -> str:
    """The link without what does not change the piece it leads to: tracking, fragment, scheme, ``www.``, a last slash.

    RFC 3986 section 6.2 for case and default ports; the list of tracking keys is a convention. What is no link at all
    comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").lower().removeprefix("www.")
    if port and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)])
    return urlunsplit(("", host, parts.path.rstrip("/") or "/", query, "")).removeprefix("//")


def keys_of(reading: Reading, source: str) -> tuple[str, ...]:
    """Every key this reading is known by, strongest first.

    A guid counts only within its source; links count everywhere; title and day only within the source and only
    where there is no link.
    """
    keys = []
    for link in (reading.canonical, reading.url):
        if link:
            key = "link:" + bare_link(link)
            if key not in keys:
                keys.append(key)
    if reading.guid:
        keys.append(f"guid:{source}:{reading.guid}")
    if not keys:
        moment = reading.published.parsed if reading.published else None
        day = moment.date().isoformat() if moment else ""
        keys.append(f"title:{source}:{slug_of(reading.title)}:{day}")
    return tuple(keys)


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
