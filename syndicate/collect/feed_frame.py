"""What a feed says of itself and what parsers polish away: raw dates, every author, the pace it asks for.

Called by ``sources.feed`` beside the parsers, in the same worker. RSS 0.9x to 2.0 and 1.0 (RDF) with the Dublin Core
and syndication modules, Atom (RFC 4287), JSON Feed 1.1. Nothing raises; what is not there is empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from syndicate.collect.xml import children, local, parse_xml, text_in, text_of
from syndicate.domain.collecting import Pace

_ROOTS = frozenset({"rss", "feed", "rdf"})
_XML = "{http://www.w3.org/XML/1998/namespace}"
_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_UPDATED = ("updated", "modified")
_LONGEST_PACE = 7 * 86_400.0
_PERIODS = {
    "hourly": 3600.0,
    "daily": 86_400.0,
    "weekly": 7 * 86_400.0,
    "monthly": 30 * 86_400.0,
    "yearly": 365 * 86_400.0,
}
"""Seconds, as the RSS 1.0 syndication module names them."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOST_NUMBER = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameItem:
    """What the document itself says of one entry.

    ``where`` is what its links are relative to, where ``xml:base`` says so; ``permalink`` that the guid is an address
    of the piece (RSS 2.0).
    """

    published: str = ""
    updated: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    where: str = ""
    permalink: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the document says of itself."""

    items: tuple[FrameItem, ...] = ()
    title: str = ""
    language: str = ""
    pace: Pace = field(default_factory=Pace)
    is_feed: bool = False


def frame_of(octets: bytes, url: str) -> Frame:
    """The frame of a document; an empty one where it is no feed."""
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_frame(octets)
    root = parse_xml(octets)
    if root is None:
        return Frame()
    channel = next(children(root, "channel"), root)
    rebased = b"xml:base" in octets
    return Frame(
        items=tuple(_item(item, url if rebased else "") for item in root.iter("{*}item", "{*}entry")),
        title=text_in(channel, "title"),
        language=text_in(channel, "language") or root.get(f"{_XML}lang") or "",
        pace=_pace(channel),
        is_feed=local(root) in _ROOTS,
    )


def _item(item: etree._Element, url: str) -> FrameItem:
    told: dict[str, str] = {}
    authors: list[str] = []
    permalink = True
    for child in item:
        name = local(child)
        if name in ("author", "creator"):
            authors.append(text_in(child, "name") or text_of(child))
        elif name == "guid":
            permalink = (child.get("isPermaLink") or "").strip().lower() != "false"
        elif name not in told and name in _KEPT:
            told[name] = text_of(child)
    return FrameItem(
        published=next((told[name] for name in _PUBLISHED if told.get(name)), ""),
        updated=next((told[name] for name in _UPDATED if told.get(name)), ""),
        title=told.get("title", ""),
        authors=tuple(dict.fromkeys(author for author in authors if author)),
        where=_where(item, url) if url else "",
        permalink=permalink,
    )


_KEPT = frozenset({*_PUBLISHED, *_UPDATED, "title"})


def _where(item: etree._Element, url: str) -> str:
    """The address that links in the entry are relative to: its own ``xml:base`` and those around it (XML Base)."""
    content = next(children(item, "content"), item)
    chain = [content, *content.iterancestors()]
    where = url
    for element in reversed(chain):
        told = element.get(f"{_XML}base")
        if told:
            try:
                where = urljoin(where, told.strip())
            except ValueError:
                return url
    return where


def _pace(channel: etree._Element) -> Pace:
    hours = next(children(channel, "skiphours"), None)
    days = next(children(channel, "skipdays"), None)
    return Pace(
        ttl=min(_number(text_in(channel, "ttl")) * 60.0, _LONGEST_PACE),
        update_every=_update_every(channel),
        skip_hours=frozenset(_hours(hours)) if hours is not None else frozenset(),
        skip_days=frozenset(_days(days)) if days is not None else frozenset(),
    )


def _update_every(channel: etree._Element) -> float:
    period = _PERIODS.get(text_in(channel, "updateperiod").lower(), 0.0)
    return min(period / max(_number(text_in(channel, "updatefrequency")), 1), _LONGEST_PACE)


def _hours(element: etree._Element) -> Iterator[int]:
    """Hours of GMT; RSS 0.91 counted from 1 to 24, and 24 is midnight."""
    for hour in children(element, "hour"):
        told = text_of(hour)
        if told.isascii() and told.isdigit() and len(told) < len("000") and int(told) <= 24:  # noqa: PLR2004 - hours
            yield int(told) % 24


def _days(element: etree._Element) -> Iterator[int]:
    for day in children(element, "day"):
        told = text_of(day).lower()
        if told in _DAYS:
            yield _DAYS.index(told)


def _number(told: str) -> int:
    return int(told) if told.isascii() and told.isdigit() and len(told) < len(str(_MOST_NUMBER)) else 0


def _json_frame(octets: bytes) -> Frame:
    try:
        told = json.loads(octets)
    except (ValueError, RecursionError):
        return Frame()
    items = told.get("items") if isinstance(told, dict) else None
    listed = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return Frame(
        items=tuple(_json_item(item) for item in listed),
        title=_text(told.get("title")),
        language=_text(told.get("language")),
        is_feed="jsonfeed.org" in _text(told.get("version")),
    )


def _json_item(item: Mapping[str, Any]) -> FrameItem:
    """One item; ``authors`` since version 1.1, ``author`` before."""
    told = item.get("authors")
    people = told if isinstance(told, list) else [item.get("author")]
    return FrameItem(
        published=_text(item.get("date_published")),
        updated=_text(item.get("date_modified")),
        title=_text(item.get("title")),
        authors=tuple(name for person in people if isinstance(person, dict) and (name := _text(person.get("name")))),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
