"""What a server says about time: when to come back, and how long an answer stays fresh.

Called by ``net.fetch`` and ``collect.web``. Whatever a header holds, nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from syndicate.domain.collecting import Pace

_MOST_DIGITS = 10
_DIRECTIVE = re.compile(r"([\w-]{1,40})\s*(?:=\s*(?:\"([^\"]{0,200})\"|([^\s,\"]{0,200})))?")
_SECONDS = re.compile(r"\s*(\d{1,400})(?:\.\d{0,9})?\s*")
_RATE_RESET = re.compile(r"(?:^|[;,\s])(?:t|reset)\s*=\s*(\d{1,10})")
_AN_EPOCH = 1_000_000_000.0
"""Numbers from here on are points in time and no spans: the same header is used for both."""
_SAID_ONCE = frozenset(
    {"age", "content-type", "date", "etag", "expires", "last-modified", "location", "retry-after"},
)


def fields(raw: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Header fields by lower-case name, each octet a character, so that what is sent back is what came.

    A field that comes several times is joined by commas (RFC 9110 section 5.3), the first counting alone where a list
    makes no sense.
    """
    found: dict[str, str] = {}
    for octets, value in raw:
        name, said = octets.decode("latin-1").lower(), value.decode("latin-1")
        if name not in found:
            found[name] = said
        elif name not in _SAID_ONCE:
            found[name] += ", " + said
    return found


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait as a ``Retry-After`` field says, in seconds or as a date (RFC 9110 section 10.2.3), or None."""
    plain = value.strip()
    seconds = _SECONDS.fullmatch(plain) if plain.isascii() else None
    if seconds:
        return float(seconds[1].lstrip("0")[:_MOST_DIGITS] or 0)
    moment = http_date(plain)
    return max((moment - now).total_seconds(), 0.0) if moment else None


def wait_of(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait after a refusal: ``Retry-After``, else what a rate limiter says of its next window, or None."""
    told = retry_after(headers.get("retry-after", ""), now)
    if told is not None:
        return told
    for name in ("ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"):
        reset = retry_after(headers.get(name, ""), now)
        if reset is not None:
            return reset if reset < _AN_EPOCH else max(reset - now.timestamp(), 0.0)
    window = _RATE_RESET.search(headers.get("ratelimit", ""))
    return float(window[1]) if window else None


def http_date(value: str) -> datetime | None:
    """An HTTP date as an aware UTC time (RFC 9110 section 5.6.7), or None."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def pace_of(headers: Mapping[str, str], now: datetime) -> Pace:
    """For how long the server calls its answer fresh, less its age (RFC 9111 section 4.2), and whether it said so.

    We are a private cache of one reader: ``private`` allows what it says, ``s-maxage`` is meant for others. What
    cannot be read counts as stale, as does anything that must not be used without asking.
    """
    said = _directives(headers.get("cache-control", ""))
    if "no-cache" in said or "no-store" in said:
        return Pace(cached=True)
    if "max-age" in said:
        lifetime = _lifetime(said["max-age"])
    elif "expires" in headers:
        expires = http_date(headers["expires"])
        begun = http_date(headers.get("date", "")) or now
        lifetime = (expires - begun).total_seconds() if expires else 0.0
    else:
        return Pace()
    return Pace(cached=True, fresh_for=max(lifetime - _lifetime(headers.get("age", "0")), 0.0))


def _directives(control: str) -> dict[str, str]:
    """The first value of each directive (RFC 9111 section 4.2.1 leaves the choice)."""
    found: dict[str, str] = {}
    for name, quoted, plain in _DIRECTIVE.findall(control):
        found.setdefault(name.lower(), quoted or plain)
    return found


def _lifetime(seconds: str) -> float:
    """Delta-seconds (RFC 9111 section 1.2.2); what is none is zero."""
    plain = seconds.strip()
    return float(plain.lstrip("0")[:_MOST_DIGITS] or 0) if plain.isascii() and plain.isdigit() else 0.0
