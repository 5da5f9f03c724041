"""Conditional requests (RFC 9110 section 13) over finished bytes. Called by every public page and feed.

An entity tag is a hash of the bytes, so it is strong; comparing is weak, as section 13.1.2 wants it for GET. Past the
moment a document is good until there is no 304, and no cache may have kept it. A date counts only where it is the very
date we gave: when a piece is withdrawn the newest change that is left may be older than what the client has.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response
from starlette.datastructures import Headers

LONGEST_FRESH = timedelta(minutes=5)
"""How long a cache may keep an answer without asking again."""

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_NEVER = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Bytes ready to be served. ``updated`` is None where only the bytes themselves can tell a change."""

    body: bytes
    media_type: str
    updated: datetime | None = None
    valid_until: datetime | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        """A strong validator, quoted as RFC 9110 section 8.8.3 wants it."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def answer(request: Request, finished: Finished, now: datetime) -> Response:
    """200 with the bytes, or 304 where the client has them already."""
    headers = {
        "ETag": finished.etag,
        "Cache-Control": _cache_control(finished, now),
        "Vary": "Accept-Encoding",
        **_last_modified(finished, now),
        **finished.headers,
    }
    if not_modified(request.headers, finished, now):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = finished.media_type
    return Response(finished.body, headers=headers)


def not_modified(headers: Headers, finished: Finished, now: datetime) -> bool:
    """Whether the client's copy is still good. Headers that make no sense count as absent, never as an error."""
    if finished.valid_until is not None and now >= finished.valid_until:
        return False
    tags = headers.getlist("if-none-match")
    if tags:
        listed = ", ".join(tags).strip()
        return listed == "*" or finished.etag in _TAG.findall(listed)
    since = _http_date(headers.get("if-modified-since", ""))
    told = _last_modified(finished, now).get("Last-Modified")
    return since is not None and told is not None and since == _http_date(told)


def _last_modified(finished: Finished, now: datetime) -> dict[str, str]:
    """The header counts in seconds: within the second of a change it would name two different documents."""
    if finished.updated is None or now - finished.updated < timedelta(seconds=1):
        return {}
    return {"Last-Modified": format_datetime(finished.updated.astimezone(UTC), usegmt=True)}


def _cache_control(finished: Finished, now: datetime) -> str:
    fresh = LONGEST_FRESH
    if finished.valid_until is not None:
        fresh = max(min(fresh, finished.valid_until - now), _NEVER)
    return f"public, max-age={int(fresh.total_seconds())}, must-revalidate"


def _http_date(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
