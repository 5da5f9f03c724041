"""One file per kind of source. Each says how its lists are read and how it is visited; none knows of another.

``visit(visit, tools)`` runs in the fetcher's event loop; a kind whose lists are documents also has ``parse(task)``,
which runs in the reading worker. A new kind is one file and one line here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module

from syndicate.collect.entries import Listing, ReadList, Unreadable
from syndicate.domain.collecting import VisitResult

KINDS = {
    "feed": "syndicate.collect.sources.feed",
    "sitemap": "syndicate.collect.sources.sitemap",
    "listing": "syndicate.collect.sources.listing",
    "wordpress": "syndicate.collect.sources.wordpress",
    "drupal": "syndicate.collect.sources.drupal",
    "folder": "syndicate.collect.sources.folder",
}
"""Kind of source -> module, loaded when asked for."""

PARSERS = {
    "ways": "syndicate.collect.doctor_page",
    "recipe": "syndicate.collect.doctor_recipe",
}
"""What is read from documents beside the kinds of source: what the source doctor asks the worker."""

Parser = Callable[[ReadList], Listing | Unreadable]
Visitor = Callable[..., Awaitable[VisitResult]]


def parser_of(kind: str) -> Parser:
    """How a list of this kind is read."""
    parser: Parser = import_module(KINDS.get(kind) or PARSERS[kind]).parse
    return parser


def visitor_of(kind: str) -> Visitor:
    """How a source of this kind is visited."""
    visitor: Visitor = import_module(KINDS[kind]).visit
    return visitor
