"""What is remembered of a source or a site, as JSON and back.

A bookmark's moments that questions are asked by have columns of their own; the rest is one document. Fields that are
as a new bookmark has them are left out, so a document is small, and one that an older version wrote still reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError
from sqlalchemy import Row

from syndicate.domain.collecting import Bookmark
from syndicate.domain.holds import SiteMemory
from syndicate.store.database import fields_of
from syndicate.store.encoding import cleaned

_COLUMNS = (
    "etag",
    "last_modified",
    "last_visit",
    "last_success",
    "failures",
    "next_visit",
    "last_error",
    "gone_since",
    "hold_until",
)
_BOOKMARKS = TypeAdapter(Bookmark)
_SITES = TypeAdapter(SiteMemory)


def bookmark_row(source: str, bookmark: Bookmark) -> dict[str, Any]:
    """The row of ``sources`` that keeps ``bookmark``."""
    columns = {name: getattr(bookmark, name) for name in _COLUMNS}
    rest = _written(_BOOKMARKS, bookmark, exclude=set(_COLUMNS))
    configured = bookmark.configured or None  # beside the memory, so that a changed address is found without reading it
    return {"source": source, **columns, "configured": configured, "memory": None if rest == b"{}" else rest}


def bookmark_of(row: Row[Any]) -> Bookmark:
    """The bookmark that ``bookmark_row`` made a row of."""
    columns: Mapping[str, Any] = fields_of(row, _COLUMNS)
    stored: bytes | None = row.memory
    rest = {"configured": row.configured or ""} if stored is None else orjson.loads(stored)
    return _BOOKMARKS.validate_python({**rest, **columns})


def site_json(memory: SiteMemory) -> bytes:
    """What is remembered of one site."""
    return _written(_SITES, memory)


def site_of(stored: bytes) -> SiteMemory:
    """The memory that ``site_json`` wrote."""
    return _SITES.validate_json(stored)


def _written(adapter: TypeAdapter[Any], value: Any, exclude: set[str] | None = None) -> bytes:
    """JSON without defaults; text from others may hold what no JSON takes, and is cleaned where it does."""
    try:
        return adapter.dump_json(value, exclude=exclude, exclude_defaults=True)
    except PydanticSerializationError:
        whole = cleaned(adapter.dump_python(value, exclude=exclude, exclude_defaults=True))
        return orjson.dumps(whole, default=list)
