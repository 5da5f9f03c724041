"""JSON Feed 1.1 (jsonfeed.org/version/1.1), in one fixed order of keys.

What the format has no key for stands in ``_syndicate``, as its section on extensions provides.
"""

from __future__ import annotations

from typing import Any

import orjson

from syndicate.domain.feed import FeedDocument, FeedState
from syndicate.render.feeds.entry import Entry, channel, entries

JSON_TYPE = "application/feed+json; charset=utf-8"
_VERSION = "https://jsonfeed.org/version/1.1"


def render_json(state: FeedState) -> FeedDocument:
    """The feed as JSON Feed 1.1."""
    head = channel(state, "json")
    feed = {
        "version": _VERSION,
        "title": head.title,
        "home_page_url": head.home,
        "feed_url": head.address,
        "description": head.description,
        "language": head.language,
        "authors": [{"name": head.publisher}],
        "items": [_item(entry) for entry in entries(state)],
    }
    body = orjson.dumps(feed)
    return FeedDocument(body=body, media_type=JSON_TYPE, updated=state.updated, valid_until=state.valid_until)


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.id, "url": entry.page}
    if entry.via:
        item["external_url"] = entry.via[0]
    item |= {
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.plain,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": author} for author in entry.authors],
    }
    if entry.topics:
        item["tags"] = list(entry.topics)
    if entry.language:
        item["language"] = entry.language
    return item | {"_syndicate": _credit(entry)}


def _credit(entry: Entry) -> dict[str, Any]:
    credit: dict[str, Any] = {
        "credit": entry.credit,
        "source": {"title": entry.origin.publisher, "url": entry.origin.home},
        "outlet": entry.outlet,
        "via": list(entry.via),
    }
    if entry.licence:
        credit["licence"] = entry.licence
    if entry.valid:
        credit["valid"] = entry.valid
    return credit
