"""Visiting a source on the web: its list, conditionally; then the articles it lists that are not known yet.

Every kind that is read over HTTP calls ``visit_web``; the kinds differ in how a list is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from syndicate.collect.entries import Document, Entry, Listing, ReadList, Unreadable
from syndicate.collect.identify import distinct, link_key
from syndicate.collect.pieces import read_pieces
from syndicate.collect.tools import Tools
from syndicate.domain.collecting import Bookmark, Found, Trouble, Unchanged, Visit, VisitResult
from syndicate.net.address import shown
from syndicate.net.fetch import Answer, Failed, Permission
from syndicate.net.headers import fresh_for, retry_after

_OK = 200
_NOT_MODIFIED = 304
_NO_ENTRY = (401, 402, 403)
_NOT_FOUND = 404
_GONE = 410
_BUSY = (429, 503)
_LONGEST_FRESHNESS = 86_400.0
_LAST_ENTRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WebList:
    """How a kind asks for its lists. ``page`` says that they are pages for people, for which robots.txt speaks."""

    accept: str
    page: bool = False


async def visit_web(visit: Visit, tools: Tools, manner: WebList) -> VisitResult:
    """One visit, from the list to the readings of what is new on it."""
    permission = tools.robots.permission if manner.page else None
    answer = await tools.fetcher.get(
        visit.source.url, _conditions(visit.bookmark, manner.accept), permission=permission
    )
    if isinstance(answer, Failed):
        return Trouble(problem=answer.problem)
    if answer.status not in (_OK, _NOT_MODIFIED):
        return _trouble(answer, visit.source.url, tools)
    fresh = min(fresh_for(answer.headers, tools.now), _LONGEST_FRESHNESS)
    etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
    if answer.status == _NOT_MODIFIED:
        return Unchanged(etag=etag, last_modified=modified, wait_at_least=fresh)
    listing = await _read(visit, tools, answer)
    if isinstance(listing, Unreadable):
        return Trouble(problem=f"{shown(visit.source.url)} {listing.problem}")
    entries = await _with_more(visit, tools, listing, permission)
    pieces = await read_pieces(visit, tools, entries)
    return Found(
        readings=pieces.readings,
        seen=len(entries),
        etag=etag if pieces.whole else "",
        last_modified=modified if pieces.whole else "",
        spoiled=pieces.spoiled,
        wait_at_least=max(fresh, min(listing.fresh_for, _LONGEST_FRESHNESS)),
    )


def _conditions(bookmark: Bookmark, accept: str) -> dict[str, str]:
    """Validators go back as they came (RFC 9110 section 13.1)."""
    headers = {"Accept": accept}
    if bookmark.etag:
        headers["If-None-Match"] = bookmark.etag
    if bookmark.last_modified:
        headers["If-Modified-Since"] = bookmark.last_modified
    return headers


def _trouble(answer: Answer, url: str, tools: Tools) -> Trouble:
    wait = retry_after(answer.headers.get("retry-after", ""), tools.now) if answer.status in _BUSY else None
    return Trouble(
        problem=f"{shown(url)} answers {answer.status}: {_advice(answer.status)}",
        retry_after=wait,
        gone=answer.status == _GONE,
    )


def _advice(status: int) -> str:
    if status == _GONE:
        return "gone for good, says the server; remove the source or find its new address"
    if status == _NOT_FOUND:
        return "nothing is there; check the address, it is tried again later"
    if status in _NO_ENTRY:
        return "we are not let in; ask the outlet, it is tried again later"
    if status in _BUSY:
        return "the server is busy and asks us to wait"
    return "it is tried again later; if it stays so, ask the outlet"


async def _read(visit: Visit, tools: Tools, answer: Answer) -> Listing | Unreadable:
    task = ReadList(
        kind=visit.source.kind,
        document=Document(url=answer.url, body=answer.body, charset=answer.charset),
        recipe=visit.source.recipe,
        most=tools.options.items,
        now=tools.now.timestamp(),
    )
    read = await tools.readers.read(task)
    return read if isinstance(read, Listing | Unreadable) else Unreadable(problem="was read as something else")


async def _with_more(visit: Visit, tools: Tools, first: Listing, permission: Permission | None) -> tuple[Entry, ...]:
    """The entries of a list and of the documents it goes on in, while those still show something new."""
    entries = list(first.entries)
    waiting, asked = list(first.more), {visit.source.url}
    while waiting and len(asked) < tools.options.lists and (not first.entries or await _any_new(visit, entries)):
        following = waiting.pop(0)
        if following in asked:
            continue
        asked.add(following)
        answer = await tools.fetcher.get(following, permission=permission)
        if isinstance(answer, Failed) or answer.status != _OK:
            break
        listing = await _read(visit, tools, answer)
        if isinstance(listing, Unreadable):
            break
        entries += listing.entries
        waiting += listing.more
    return distinct(islice(entries, tools.options.items))


async def _any_new(visit: Visit, entries: Sequence[Entry]) -> bool:
    """Whether the end of the list so far is unknown to us, so that it is worth turning its page."""
    keys = [link_key(entry) for entry in entries[-_LAST_ENTRIES:] if entry.link]
    return not keys or len(await asyncio.to_thread(visit.known, keys)) < len(keys)
