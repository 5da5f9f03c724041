"""What the tests of the collector share: a source, a pass, an invented article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from syndicate.collect import CollectOptions, build_collector
from syndicate.domain.collecting import Bookmark, Found, Known, Visit, VisitResult, WatchedPage
from syndicate.domain.outlet import Outlet, Recipe, Source

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OUTLET = Outlet(id="harbour", name="The Harbour Review", url="https://harbour.example.net/")
RECIPE = Recipe(card="div.card", title="h3", date="time", byline=".by", summary=".sum", type=".kind", topic=".topic")
PAGE_READER = "tests.server.page_readers:plain"
_PROSE = "The tide tables of the outer islands were printed a year ahead, and nobody asked the boatmen about them."


def nothing_known(keys: Sequence[str]) -> frozenset[str]:
    """An empty store."""
    return frozenset()


def all_known(keys: Sequence[str]) -> frozenset[str]:
    """A store that has everything."""
    return frozenset(keys)


def a_source(kind: str, url: str, **changes: Any) -> Source:
    """A source of the outlet, whose first pass is news."""
    values: dict[str, Any] = {"id": url, "outlet": OUTLET.id, "kind": kind, "url": url, "baseline": False}
    if kind == "listing":
        values["recipe"] = RECIPE
    return Source(**(values | changes))


def a_visit(
    source: Source,
    known: Known = nothing_known,
    bookmark: Bookmark | None = None,
    watched: Sequence[WatchedPage] = (),
) -> Visit:
    """A visit to a source."""
    return Visit(source=source, outlet=OUTLET, bookmark=bookmark or Bookmark(), known=known, watched=tuple(watched))


def collect(visits: Sequence[Visit], **changes: Any) -> list[tuple[str, VisitResult]]:
    """One pass: (source, what came of it) in the order the visits ended."""
    values: dict[str, Any] = {"private_addresses": True, "timeout": timedelta(seconds=5), "spacing": timedelta(0)}
    page_reader = changes.pop("page_reader", PAGE_READER)
    with closing(build_collector(CollectOptions(**(values | changes)), page_reader)) as collector:
        return [(ended[0].source.id, ended[1]) for ended in collector.visit_all(visits, NOW) if ended]


def collect_one(visit: Visit, **changes: Any) -> VisitResult:
    """One pass over one source."""
    ((_, result),) = collect([visit], **changes)
    return result


def found(visit: Visit, **changes: Any) -> Found:
    """One pass over one source that has to succeed."""
    result = collect_one(visit, **changes)
    assert isinstance(result, Found), result
    return result


def an_article(title: str, head: str = "", body: str = "") -> str:
    """A page with one article of three paragraphs."""
    text = "".join(f"<p>{_PROSE} This is note {number} of {title}.</p>" for number in range(3))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}">{head}</head><body>'
        f"<nav><a href='/'>Home</a></nav><main><article><h1>{title}</h1>{text}{body}</article></main></body></html>"
    )


def a_feed(root: str, *slugs: str, entry: Callable[[str], str] = lambda slug: "") -> str:
    """RSS of pieces at ``/slug``."""
    items = "".join(
        f"<item><title>About {slug}</title><link>{root}/{slug}</link><guid>{slug}</guid>"
        f"<pubDate>Sun, 01 Mar 2026 09:00:00 +0100</pubDate>{entry(slug)}</item>"
        for slug in slugs
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{items}</channel></rss>'
