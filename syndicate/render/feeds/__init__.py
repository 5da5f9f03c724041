"""Feeds: one state, three formats that say the same. Flows call a format by its name through ``House.formats``.

Each renderer is a pure function of a ``FeedState``: equal states give equal bytes in every process, locale, time
zone and thread. Every entry carries its credit in summary and content, and again as metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from syndicate.domain.feed import FeedDocument, FeedState
from syndicate.render.feeds.json_feed import render_json
from syndicate.render.feeds.xml_feeds import render_atom, render_rss

FORMATS: Mapping[str, Callable[[FeedState], FeedDocument]] = MappingProxyType(
    {"rss": render_rss, "atom": render_atom, "json": render_json}
)
"""By the ending of the address: ``/feeds/ID.rss``."""

__all__ = ["FORMATS", "render_atom", "render_json", "render_rss"]
