"""Feeds: RSS in all its versions, Atom, JSON Feed.

fastfeedparser reads most and is sixty times faster; where it fails, finds nothing, or finds less than the document
holds, feedparser tries. Neither is believed on dates, authors and empty titles: ``feed_frame`` reads these from the
document itself.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from syndicate.collect.addresses import absolute
from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry, Listing, ReadList, Unreadable
from syndicate.collect.feed_frame import Frame, FrameItem, frame_of
from syndicate.collect.words import one_line, title_of
from syndicate.collect.xml import declares_entities, half_listed, unpacked
from syndicate.domain.collecting import Visit, VisitResult
from syndicate.markup.page import parse_page, visible_text

if TYPE_CHECKING:
    from syndicate.collect.tools import Tools

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"
_MOST_TAGS = 30
_MOST_AUTHORS = 50
_LONGEST_GUID = 1000
_LONGEST_LANGUAGE = 40
_FEWEST_SUSPECT = 5
_PLAIN_TEXT = frozenset({"text", "text/plain"})
_SIMPLE_TAG = re.compile(
    r"<(/?)(p|div|br|b|i|em|strong|a|span|u|small|ul|ol|li|h[1-6]|blockquote)"
    r"(?:\s[^<>\"']*(?:\"[^<>\"]*\"[^<>\"']*|'[^<>']*'[^<>\"']*)*)?/?>",
    re.IGNORECASE,
)
_INLINE = frozenset({"b", "i", "em", "strong", "a", "span", "u", "small"})


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read the feed and what is new on it."""
    from syndicate.collect.web import WebList, visit_web  # noqa: PLC0415 - the worker that parses has no network

    return await visit_web(visit, tools, WebList(accept=_ACCEPT))


def parse(task: ReadList) -> Listing | Unreadable:
    """The entries of a feed, in its order."""
    octets = unpacked(task.document.body)
    if declares_entities(octets):
        return Unreadable(problem="declares entities of its own, which no feed needs, so it is not read")
    frame = frame_of(octets, task.document.url)
    found = _found(octets, len(frame.items))
    if half_listed(octets) == len(found) > 0:
        found = found[:-1]
    if not found and not frame.is_feed:
        return Unreadable(problem=_what_it_is(octets))
    return Listing(
        entries=_with_doubt(_entries(found[: task.most], len(found), frame, task)),
        title=title_of(frame.title),
        pace=frame.pace,
    )


def _found(octets: bytes, counted: int) -> Sequence[Mapping[str, Any]]:
    """What the parsers make of the document, where ``counted`` entries stand in it."""
    fast = _fast(octets)
    if fast and len(fast) >= counted:
        return fast
    thorough = _thorough(octets)
    return thorough if len(thorough) > len(fast) else fast


def _fast(octets: bytes) -> Sequence[Mapping[str, Any]]:
    import fastfeedparser  # noqa: PLC0415 - only the worker needs it

    try:
        return list(fastfeedparser.parse(octets).entries)
    except Exception:  # noqa: BLE001 - a parser's own errors are as many as its inputs; there is another parser
        return []


def _thorough(octets: bytes) -> Sequence[Mapping[str, Any]]:
    import feedparser  # noqa: PLC0415 - only where the first parser found too little

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:  # a stream, for octets that look like a path or an address would be opened
            return list(feedparser.parse(io.BytesIO(octets), sanitize_html=False, resolve_relative_uris=False).entries)
        except Exception:  # noqa: BLE001 - as above; the document is then unreadable
            return []


def _entries(found: Sequence[Mapping[str, Any]], count: int, frame: Frame, task: ReadList) -> tuple[Entry, ...]:
    """The entries; the document's own word on them only where it has as many."""
    now = datetime.fromtimestamp(task.now, UTC)
    language = one_line(frame.language)[:_LONGEST_LANGUAGE]
    items = frame.items if len(frame.items) == count else [_of_parser(parsed) for parsed in found]
    url = task.document.url
    return tuple(_entry(parsed, item, url, language, now) for parsed, item in zip(found, items, strict=False))


def _of_parser(parsed: Mapping[str, Any]) -> FrameItem:
    """What only the parser can say of an entry, where it and the document disagree on how many there are."""
    told = dict(parsed)  # feedparser's own class warns of what it was not asked
    return FrameItem(published=str(told.get("published") or ""), updated=str(told.get("updated") or ""))


def _entry(parsed: Mapping[str, Any], item: FrameItem, url: str, language: str, now: datetime) -> Entry:
    where = item.where or url
    return Entry(
        link=_link(parsed, item, where),
        place="feed entry",
        title=title_of(str(parsed.get("title") or "")) or title_of(item.title),
        guid=one_line(str(parsed.get("id") or ""))[:_LONGEST_GUID],
        authors=_authors(parsed, item),
        published=moment(item.published, now),
        updated=moment(item.updated, now),
        tags=tuple(dict.fromkeys(_tags(parsed)))[:_MOST_TAGS],
        language=language,
        summary=words_in(str(parsed.get("summary") or parsed.get("description") or ""), where),
        html=_content(parsed, where if item.where else ""),
    )


def _link(parsed: Mapping[str, Any], item: FrameItem, where: str) -> str:
    """The entry's own link; a guid that is an address stands in where there is none, unless the feed denies it."""
    guid = str(parsed.get("id") or "").strip()
    link = str(parsed.get("link") or "").strip()
    if link and (item.permalink or link != guid) and (address := absolute(where, link)):
        return address
    return absolute(where, guid) if item.permalink and guid.startswith(("http://", "https://")) else ""


def _content(parsed: Mapping[str, Any], where: str) -> str:
    """The longest text the entry carries, as mark-up. ``where`` is set where its links have an address of their own."""
    texts = [str(parsed.get("description") or parsed.get("summary") or "")]
    for part in parsed.get("content") or ():
        if isinstance(part, Mapping):
            text = str(part.get("value") or "")
            texts.append(_paragraphs(text) if part.get("type") in _PLAIN_TEXT else text)
    longest = max(reversed(texts), key=len)
    return _rebased(longest, where) if where and longest else longest


def _paragraphs(text: str) -> str:
    """Plain text as mark-up: its signs are no mark-up, and a blank line parts paragraphs."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _rebased(text: str, where: str) -> str:
    """``text`` with its links made absolute: what reads it later knows only the entry's link."""
    from lxml import html  # noqa: PLC0415 - rarely needed

    root = parse_page(f"<div>{text}</div>", where).root
    for element in root.iter("a", "img", "blockquote", "q"):
        for name in ("href", "src", "cite"):
            told = element.get(name)
            if told and not told.startswith(("#", "mailto:", "data:")):
                element.set(name, absolute(where, told))
    return html.tostring(root, encoding="unicode").removeprefix("<html><body>").removesuffix("</body></html>")


def words_in(text: str, url: str) -> str:
    """A short text as words on one line; feeds put mark-up there, mostly of the simple kind."""
    if not text.strip():
        return ""
    plain = _SIMPLE_TAG.sub(_space, text) if "<" in text else text
    if "<" in plain:
        return one_line(visible_text(parse_page(text, url).root))
    return one_line(unescape(plain))


def _space(tag: re.Match[str]) -> str:
    """What stands for a tag between words: a blank where it parts blocks."""
    return "" if tag[2].lower() in _INLINE else " "


def _authors(parsed: Mapping[str, Any], item: FrameItem) -> tuple[str, ...]:
    """The document's own list where it names more than the parser does, which often stops at the first."""
    names = tuple(dict.fromkeys(name for name in _names(parsed) if name))
    own = tuple(name for name in map(one_line, item.authors) if name)
    return (own if len(own) >= len(names) else names)[:_MOST_AUTHORS]


def _names(parsed: Mapping[str, Any]) -> Iterator[str]:
    told = parsed.get("authors") or ()
    for author in told if isinstance(told, list | tuple) else ():
        name = author.get("name") if isinstance(author, Mapping) else author
        if isinstance(name, str):
            yield one_line(name)
    if not told and isinstance(parsed.get("author"), str):
        yield one_line(parsed["author"])


def _tags(parsed: Mapping[str, Any]) -> Iterator[str]:
    for tag in parsed.get("tags") or ():
        term = (tag.get("label") or tag.get("term")) if isinstance(tag, Mapping) else tag
        title = title_of(term) if isinstance(term, str) else ""
        if title:
            yield title


def _with_doubt(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """``entries``; a date that all of them share is told to be doubtful: some systems print when they were asked."""
    days = {entry.published.parsed if entry.published else None for entry in entries}
    if len(entries) < _FEWEST_SUSPECT or len(days) > 1 or None in days:
        return entries
    doubt = f"the same for all {len(entries)} entries"
    return tuple(
        replace(entry, published=replace(entry.published, doubt=doubt)) if entry.published else entry
        for entry in entries
    )


def _what_it_is(octets: bytes) -> str:
    """What stands there instead of a feed, and what to do."""
    head = octets[:2000].lstrip().lower()
    if not head:
        return "is empty and no feed; check the address"
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return "is a web page and no feed; look on it for the address of its feed, or read it as a listing"
    return "is not a feed (neither RSS nor Atom nor JSON Feed); check the address"
