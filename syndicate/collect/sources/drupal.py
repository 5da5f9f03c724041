"""Drupal sites, read through JSON:API, which is part of Drupal.

The address is the site's home, its ``/jsonapi``, or best a collection ``.../jsonapi/node/TYPE``. Names of fields differ
from site to site, so a node is read by what its fields hold. What it refers to (people, topics, pictures) has to be
asked for by the site's own names: the first few nodes, asked for alone, tell them. An address that has ``include``
needs none of this; ``source doctor`` writes such addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from syndicate.collect.drupal_node import entry_of
from syndicate.collect.entries import Entry, Listing, ReadList, Unreadable
from syndicate.collect.told import beside, inside, parsed, table, tables, text
from syndicate.collect.tools import Tools
from syndicate.collect.web import WebList, visit_web
from syndicate.collect.words import one_line, title_of
from syndicate.domain.collecting import Cause, Found, Trouble, Visit, VisitResult
from syndicate.net.address import shown

PER_PAGE = 50
"""The most that Drupal gives at once."""
FIRST_FEW = 10
_ACCEPT = "application/vnd.api+json, application/json;q=0.9"
_MOST_INCLUDED = 12
_MOST_COLLECTIONS = 2
_NODE = re.compile(r"/jsonapi/node/[\w-]+/?$|/jsonapi/.*node", re.IGNORECASE)
_TYPE = re.compile(r"^[a-z][\w-]{0,60}--[a-z][\w-]{0,60}$")
_FIELD = re.compile(r"^[a-z]\w{0,60}$")
_PIECE = re.compile(
    r"article|post|news|publication|report|analysis|analyses|commentar|brief|story|stories|blog|opinion|paper|insight|"
    r"research|press|essay|feature|interview|podcast|review",
    re.IGNORECASE,
)
_NO_PIECE = re.compile(
    r"^(?:basic_)?page$|landing|home|form|event|person|people|profile|staff|author|alert|banner|block|menu|redirect|faq",
    re.IGNORECASE,
)
_NOT_ASKED = frozenset({"uid", "revision_uid", "node_type", "menu_link", "parent", "vid"})
"""Relations of every node that say nothing to readers: who typed it in is not who wrote it."""
_WORTH_ASKING = ("taxonomy_term--", "media--", "file--", "user--", "node--", "profile--", "paragraph--")


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read the newest nodes, page by page while there is news."""
    address = collection_address(visit.address)
    direct = "include=" in urlsplit(address).query
    there = replace(visit, source=replace(visit.source, url=address))
    if not direct:  # what tells the way rarely changes while the nodes do, so its validators are not sent back
        there = replace(there, bookmark=replace(visit.bookmark, etag="", last_modified=""))
    result = await visit_web(there, tools, WebList(accept=_ACCEPT))
    if isinstance(result, Trouble) and result.cause is Cause.REFUSED:
        advice = "if this site is Drupal, its JSON:API is closed; `syndicate sources doctor` finds other ways in"
        return replace(result, problem=f"{result.problem}; {advice}")
    if isinstance(result, Found) and not result.seen and not direct:
        return Trouble(problem=f"{shown(address)} leads to no node that can be read; `syndicate sources doctor` looks")
    return result if direct or not isinstance(result, Found) else replace(result, etag="", last_modified="")


def collection_address(address: str) -> str:
    """Where to ask, for a site's home, its ``/jsonapi`` or a collection; one that has ``include`` is left alone."""
    parts = urlsplit(address)
    if "/jsonapi" not in parts.path:
        return urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/jsonapi", query="", fragment=""))
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not _NODE.search(parts.path) or "include" in query:
        return address
    wanted = {"sort": "-created", **query, "page[limit]": str(FIRST_FEW)}
    return urlunsplit(parts._replace(path=parts.path.rstrip("/"), query=urlencode(wanted, safe="[],.-")))


def parse(task: ReadList) -> Listing | Unreadable:
    """The nodes of a collection; of an index, or of the first few nodes, where to go on."""
    told = parsed(task.document.body)
    url = task.document.url
    if not isinstance(told, dict) or not ("data" in told or "links" in told or "errors" in told):
        return Unreadable(
            problem="is no JSON:API document; check that this site is Drupal and has JSON:API switched on"
        )
    if "errors" in told:
        said = one_line(title_of(" ".join(_complaints(told))))[:200]
        return Unreadable(problem=f"is a JSON:API that refuses ({said}); ask the outlet to open it")
    nodes = tables(told.get("data"))
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    if not nodes and (collections := collections_of(told, url)):
        return Listing(entries=(), more=tuple(collections[:_MOST_COLLECTIONS]), notes=_others(collections))
    if nodes and query.get("page[limit]") == str(FIRST_FEW) and "include" not in query:
        return Listing(entries=(), more=(with_included(url, nodes),))
    now = datetime.fromtimestamp(task.now, UTC)
    return _listing(told, nodes[: task.most], url, now)


def _listing(
    told: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]], url: str, now: datetime
) -> Listing | Unreadable:
    included = {(text(one.get("type")), text(one.get("id"))): one for one in tables(told.get("included"))}
    entries: list[Entry] = [entry for node in nodes if (entry := entry_of(node, included, url, now)).link]
    if nodes and not entries:
        return Unreadable(problem="lists nodes, but none has an address; read the site through its feed or a listing")
    following = inside(told, "links", "next", "href") or inside(told, "links", "next")
    more = beside(url, text(following))
    return Listing(entries=tuple(entries), more=(more,) if more else ())


def _complaints(told: Mapping[str, Any]) -> Iterator[str]:
    for error in tables(told.get("errors")):
        yield text(error.get("detail")) or text(error.get("title"))


def collections_of(told: Mapping[str, Any], url: str) -> list[str]:
    """The collections of pieces that an index names, likeliest first, each as an address to ask."""
    found: list[tuple[int, str]] = []
    for name, link in table(told.get("links")).items():
        entity, _, kind = name.partition("--")
        address = beside(url, text(inside(link, "href") or link))
        if entity == "node" and address and not _NO_PIECE.search(kind):
            found.append((0 if _PIECE.search(kind) else 1, collection_address(address)))
    return [address for _, address in sorted(found)]


def _others(collections: Sequence[str]) -> tuple[str, ...]:
    """What an index offers beyond what is read."""
    left = [urlsplit(address).path.rpartition("/")[2] for address in collections[_MOST_COLLECTIONS:]]
    return (f"has more types of nodes: {', '.join(left[:20])}; name the address of each as a source",) if left else ()


def with_included(url: str, nodes: Sequence[Mapping[str, Any]]) -> str:
    """The address of a full page of the collection, with all that these nodes refer to and readers are shown."""
    names = tuple(dict.fromkeys(name for node in nodes for name in _relations(node)))[:_MOST_INCLUDED]
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), "page[limit]": str(PER_PAGE), "include": ",".join(names)}
    return urlunsplit(parts._replace(query=urlencode(query, safe="[],.-")))


def _relations(node: Mapping[str, Any]) -> Iterator[str]:
    """Names of the relations worth asking for. A medium's ``thumbnail``, which every medium has, is its picture."""
    for name, relation in table(node.get("relationships")).items():
        kinds = [kind for one in tables(inside(relation, "data")) if _TYPE.match(kind := text(one.get("type")))]
        if name in _NOT_ASKED or not _FIELD.match(name) or not any(kind.startswith(_WORTH_ASKING) for kind in kinds):
            continue
        yield name
        if any(kind.startswith("media--") for kind in kinds):
            yield f"{name}.thumbnail"
