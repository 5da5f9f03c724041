"""What a server says about time: when to come back, and how long an answer stays fresh."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MOST_DIGITS = 10
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait as a ``Retry-After`` field says, in seconds or as a date (RFC 9110 section 10.2.3), or None."""
    plain = value.strip()
    if plain.isascii() and plain.isdigit():
        return float(plain[:_MOST_DIGITS])
    moment = http_date(plain)
    return max((moment - now).total_seconds(), 0.0) if moment else None


def http_date(value: str) -> datetime | None:
    """An HTTP date as an aware UTC time (RFC 9110 section 5.6.7), or None."""
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds for which the server calls its answer fresh, less its age (RFC 9111 section 4.2), or 0."""
    control = headers.get("cache-control", "")
    if re.search(r"\bno-(?:store|cache)\b", control, re.IGNORECASE):
        return 0.0
    age = headers.get("age", "0").strip()
    told = _MAX_AGE.search(control)
    if told:
        return max(float(told[1]) - (float(age[:_MOST_DIGITS]) if age.isascii() and age.isdigit() else 0.0), 0.0)
    expires = http_date(headers.get("expires", ""))
    if expires is None:
        return 0.0
    return max((expires - (http_date(headers.get("date", "")) or now)).total_seconds(), 0.0)
