"""Feeds: RSS in all its versions, Atom, JSON Feed.

fastfeedparser reads most and is sixty times faster; what it cannot read, or finds nothing in, feedparser tries. Neither
is believed on dates: their raw text is read again by ``collect.dates``.
"""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry, Listing, ReadList, Unreadable
from syndicate.collect.tools import Tools
from syndicate.collect.web import WebList, visit_web
from syndicate.collect.words import one_line, title_of
from syndicate.collect.xml import children, declares_entities, inflated, local, parse_xml, text_in
from syndicate.domain.collecting import Visit, VisitResult
from syndicate.markup.page import parse_page, visible_text
from syndicate.net.address import web_address

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"
_ROOTS = frozenset({"rss", "feed", "rdf"})
_MOST_TAGS = 30
_MOST_AUTHORS = 50
_LONGEST_GUID = 1000
_LONGEST_TTL = 7 * 24 * 60


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read the feed and what is new on it."""
    return await visit_web(visit, tools, WebList(accept=_ACCEPT))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What is read from the document itself: raw dates in its order, language, seconds to wait."""

    dates: Sequence[tuple[str, str]]
    language: str = ""
    wait: float = 0.0
    is_feed: bool = False


def parse(task: ReadList) -> Listing | Unreadable:
    """The entries of a feed, in its order."""
    octets = inflated(task.document.body)
    if declares_entities(octets):
        return Unreadable(problem="declares entities of its own, which no feed needs, so it is not read")
    found = _fast(octets) or _thorough(octets)
    frame = _frame(octets)
    if not found and not frame.is_feed:
        return Unreadable(problem=_what_it_is(octets))
    now = datetime.fromtimestamp(task.now, UTC)
    raw_dates = frame.dates if len(frame.dates) == len(found) else [("", "")] * len(found)
    pairs = zip(found[: task.most], raw_dates, strict=False)
    entries = tuple(_entry(entry, dates, task.document.url, frame.language, now) for entry, dates in pairs)
    return Listing(entries=entries, fresh_for=frame.wait)


def _fast(octets: bytes) -> Sequence[Mapping[str, Any]]:
    import fastfeedparser  # noqa: PLC0415 - only the worker needs it

    try:
        return list(fastfeedparser.parse(octets).entries)
    except Exception:  # noqa: BLE001 - a parser's own errors are as many as its inputs; there is another parser
        return []


def _thorough(octets: bytes) -> Sequence[Mapping[str, Any]]:
    import feedparser  # noqa: PLC0415 - only where the first parser found nothing

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:  # a stream, for octets that look like a path or an address would be opened
            return list(feedparser.parse(io.BytesIO(octets), sanitize_html=False, resolve_relative_uris=False).entries)
        except Exception:  # noqa: BLE001 - as above; the document is then unreadable
            return []


def _frame(octets: bytes) -> _Frame:
    """The document's own word on what the parsers polish away."""
    if octets.lstrip()[:1] == b"{":
        return _json_frame(octets)
    root = parse_xml(octets)
    if root is None:
        return _Frame(dates=())
    channel = next(children(root, "channel"), root)
    items = [element for element in root.iter() if local(element) in ("item", "entry")]
    return _Frame(
        dates=[(text_in(item, "pubdate", "published", "issued", "date", "created"), _updated(item)) for item in items],
        language=text_in(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        wait=_minutes(text_in(channel, "ttl")),
        is_feed=local(root) in _ROOTS,
    )


def _updated(item: Any) -> str:
    return text_in(item, "updated", "modified")


def _minutes(ttl: str) -> float:
    """RSS ``ttl`` in seconds, at most a week."""
    return min(int(ttl), _LONGEST_TTL) * 60.0 if ttl.isascii() and ttl.isdigit() and len(ttl) < len("1000000") else 0.0


def _json_frame(octets: bytes) -> _Frame:
    """JSON Feed 1.1."""
    try:
        told = json.loads(octets)
    except (ValueError, RecursionError):
        return _Frame(dates=())
    items = told.get("items")
    listed = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return _Frame(
        dates=[(str(item.get("date_published") or ""), str(item.get("date_modified") or "")) for item in listed],
        language=str(told.get("language") or ""),
        is_feed="jsonfeed.org" in str(told.get("version")),
    )


def _entry(parsed: Mapping[str, Any], dates: tuple[str, str], url: str, language: str, now: datetime) -> Entry:
    text = _content(parsed)
    summary = _plain(str(parsed.get("summary") or parsed.get("description") or ""), url)
    published, updated = dates if any(dates) else (parsed.get("published"), parsed.get("updated"))
    return Entry(
        link=_link(parsed, url),
        place="feed entry",
        title=title_of(str(parsed.get("title") or "")),
        guid=one_line(str(parsed.get("id") or ""))[:_LONGEST_GUID],
        authors=tuple(_names(parsed))[:_MOST_AUTHORS],
        published=moment(str(published or ""), now),
        updated=moment(str(updated or ""), now),
        tags=tuple(dict.fromkeys(_tags(parsed)))[:_MOST_TAGS],
        language=one_line(language)[:40],
        summary=summary,
        html=text,
    )


def _link(parsed: Mapping[str, Any], url: str) -> str:
    """The entry's own link; a guid that is an address stands in where there is none."""
    for candidate in (parsed.get("link"), parsed.get("id")):
        raw = str(candidate or "").strip()
        if raw and (candidate is parsed.get("link") or raw.startswith(("http://", "https://"))):
            try:
                address = web_address(urljoin(url, raw))
            except ValueError:
                continue
            if address:
                return address
    return ""


def _content(parsed: Mapping[str, Any]) -> str:
    """The longest text the entry carries."""
    texts = [str(part.get("value") or "") for part in parsed.get("content") or () if isinstance(part, Mapping)]
    return max([*texts, str(parsed.get("description") or parsed.get("summary") or "")], key=len)


def _plain(text: str, url: str) -> str:
    """A summary as words; feeds put HTML there."""
    return one_line(visible_text(parse_page(text, url).root)) if text.strip() else ""


def _names(parsed: Mapping[str, Any]) -> Iterator[str]:
    told = parsed.get("authors") or ()
    for author in told if isinstance(told, list | tuple) else ():
        name = author.get("name") if isinstance(author, Mapping) else author
        if isinstance(name, str) and name.strip():
            yield one_line(name)
    if not told and isinstance(parsed.get("author"), str):
        yield one_line(parsed["author"])


def _tags(parsed: Mapping[str, Any]) -> Iterator[str]:
    for tag in parsed.get("tags") or ():
        term = (tag.get("label") or tag.get("term")) if isinstance(tag, Mapping) else tag
        if isinstance(term, str) and title_of(term):
            yield title_of(term)


def _what_it_is(octets: bytes) -> str:
    """What stands there instead of a feed, and what to do."""
    head = octets[:2000].lstrip().lower()
    if not head:
        return "is empty and no feed; check the address"
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return "is a web page and no feed; look on it for the address of its feed, or read it as a listing"
    return "is not a feed (neither RSS nor Atom nor JSON Feed); check the address"
