"""RSS 2.0 and Atom 1.0 (RFC 4287), written by feedgen with our extension.

feedgen flips the locale of the whole process while it writes a date, and fills every time that is not set with the
present. So it runs under one lock, and nothing is left unset.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from feedgen.feed import FeedGenerator

from syndicate.domain.feed import FeedDocument, FeedState
from syndicate.render.feeds.entry import Entry, channel, entries, moment
from syndicate.render.feeds.extension import CreditedEntry, CreditedFeed

RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
_SPECIFICATION = "https://www.rssboard.org/rss-specification"
_GENERATOR = "syndicate"
_ALONE = Lock()


def render_rss(state: FeedState) -> FeedDocument:
    """The feed as RSS 2.0."""
    return _document(state, "rss", RSS_TYPE, FeedGenerator.rss_str)


def render_atom(state: FeedState) -> FeedDocument:
    """The feed as Atom 1.0."""
    return _document(state, "atom", ATOM_TYPE, FeedGenerator.atom_str)


def _document(state: FeedState, ending: str, media_type: str, write: Callable[[Any], bytes]) -> FeedDocument:
    with _ALONE:
        feed = _channel(state, ending, media_type)
        for entry in entries(state):
            _add(feed, entry)
        body = write(feed)
    return FeedDocument(body=body, media_type=media_type, updated=state.updated, valid_until=state.valid_until)


def _channel(state: FeedState, ending: str, media_type: str) -> Any:
    head = channel(state, ending)
    feed = FeedGenerator()
    feed.register_extension("credited", CreditedFeed, CreditedEntry)
    feed.id(head.address)
    feed.title(head.title)
    feed.description(head.description)
    feed.author({"name": head.publisher})
    feed.link(href=head.address, rel="self", type=media_type.partition(";")[0])
    feed.link(href=head.home, rel="alternate", type="text/html")  # last, for RSS takes the last as its own
    feed.language(head.language)
    feed.updated(moment(state.updated))
    feed.generator(_GENERATOR)
    feed.docs(_SPECIFICATION)
    return feed


def _add(feed: Any, entry: Entry) -> None:
    shown = feed.add_entry(order="append")
    shown.credited.entry = entry
    shown.id(entry.id)
    shown.title(entry.title)
    shown.link(href=entry.page, rel="alternate")
    shown.summary(entry.summary, type="html")
    shown.content(entry.content, type="html")
    shown.author([{"name": author} for author in entry.authors])
    shown.published(entry.published)
    shown.updated(entry.updated)
    shown.source(url=entry.origin.home, title=entry.origin.publisher)
    for topic in entry.topics:
        shown.category(term=topic)
