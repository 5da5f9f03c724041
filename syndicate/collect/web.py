"""Visiting a source on the web: its list, conditionally; the articles it lists that are not known yet; then another
look at some that are.

Every kind that is read over HTTP calls ``visit_web``; the kinds differ in how a list is read.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from syndicate.collect.entries import Document, Entry, Listing, ReadList, Unreadable
from syndicate.collect.identify import distinct, entry_key, link_key
from syndicate.collect.looks import look_again
from syndicate.collect.pieces import read_pieces
from syndicate.collect.tools import Tools
from syndicate.collect.troubles import NOT_MODIFIED, list_trouble
from syndicate.collect.xml import breaks_off
from syndicate.domain.collecting import Bookmark, Cause, Found, Told, Trouble, Unchanged, Visit, VisitResult
from syndicate.domain.publication import Reading
from syndicate.net.address import shown
from syndicate.net.answer import Answer, Permission, Validators, validators_after
from syndicate.net.headers import pace_of

_LAST_ENTRIES = 20
_LONGEST_FRESHNESS = 86_400.0
"""Static hosts call everything fresh for a year; a list of news is looked at once a day in any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebList:
    """How a kind asks for its lists. ``page`` says that they are pages for people, for which robots.txt speaks."""

    accept: str
    page: bool = False


@dataclass(slots=True)
class _Gathered:
    """What a list and the documents it goes on in show. ``complete`` is False where another look may show more."""

    entries: list[Entry] = field(default_factory=list)
    readings: dict[str, Reading | Unreadable] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    complete: bool = True

    def add(self, listing: Listing, answer: Answer) -> None:
        """Take what one document shows."""
        if answer.cut or breaks_off(answer.body):
            self.lacks(f"{shown(answer.url)} breaks off in the middle; what it showed until there was read")
        self.entries += listing.entries
        self.notes += listing.notes
        if len(listing.readings) == len(listing.entries):
            for entry, reading in zip(listing.entries, listing.readings, strict=True):
                self.readings.setdefault(entry_key(entry), reading)

    def lacks(self, note: str) -> None:
        """Say that something is missing, and why."""
        self.notes.append(note)
        self.complete = False


async def visit_web(visit: Visit, tools: Tools, manner: WebList) -> VisitResult:
    """One visit, from the list to the readings of what is new on it and the looks at what is known."""
    ends = asyncio.get_running_loop().time() + tools.options.visit.total_seconds()
    permission = tools.robots.permission if manner.page else None
    sent = _validators(visit.bookmark)
    answer = await tools.fetcher.get(visit.address, {"Accept": manner.accept}, validators=sent, permission=permission)
    trouble = list_trouble(visit.address, answer, tools.now)
    if trouble:
        return trouble
    assert isinstance(answer, Answer)
    told, validators = _told(visit.bookmark, answer, tools.now), validators_after(answer, sent)
    if answer.status == NOT_MODIFIED:
        return Unchanged(
            etag=validators.etag,
            last_modified=validators.last_modified,
            told=replace(told, representation=validators.representation),
            checked=await look_again(visit, tools, ends),
        )
    listing = await _read(visit, tools, answer)
    if isinstance(listing, Unreadable):
        return Trouble(problem=f"{shown(visit.address)} {listing.problem}", cause=Cause.UNREADABLE, where=answer.url)
    pace = replace(listing.pace, fresh_for=told.pace.fresh_for, cached=told.pace.cached)
    gathered = await _with_more(visit, tools, answer, listing, permission)
    found = await _found(visit, tools, gathered, ends)
    return replace(
        found,
        etag=validators.etag if gathered.complete else "",
        last_modified=validators.last_modified if gathered.complete else "",
        told=replace(told, pace=pace, title=listing.title),
        learned=listing.recipe,
        examples=listing.examples,
        drift=listing.drift,
    )


def _validators(bookmark: Bookmark) -> Validators:
    return Validators(etag=bookmark.etag, last_modified=bookmark.last_modified, representation=bookmark.representation)


def _told(bookmark: Bookmark, answer: Answer, now: datetime) -> Told:
    """What the header says; of the rest of its pace a list that did not change says nothing new."""
    said = pace_of(answer.headers, now)
    pace = replace(bookmark.pace, fresh_for=min(said.fresh_for, _LONGEST_FRESHNESS), cached=said.cached)
    return Told(representation=answer.representation, pace=pace, moved=answer.moved)


async def _found(visit: Visit, tools: Tools, gathered: _Gathered, ends: float) -> Found:
    """The readings of what is new, and the looks at what is known."""
    entries = distinct(islice(gathered.entries, tools.options.items))
    pieces = await read_pieces(visit, tools, entries, gathered.readings, ends)
    gathered.complete = gathered.complete and pieces.whole
    return Found(
        readings=pieces.readings,
        seen=len(entries),
        spoiled=pieces.spoiled,
        checked=await look_again(visit, tools, ends),
        notes=(*gathered.notes, *pieces.notes),
    )


async def _read(visit: Visit, tools: Tools, answer: Answer) -> Listing | Unreadable:
    task = ReadList(
        kind=visit.source.kind,
        document=Document(url=answer.url, body=answer.body, charset=answer.charset),
        recipe=visit.recipe,
        most=tools.options.items,
        now=tools.now.timestamp(),
        outlet=visit.outlet.name,
        whole=visit.source.article == "entry",
        examples=visit.bookmark.examples,
    )
    read = await tools.readers.read(task)
    return read if isinstance(read, Listing | Unreadable) else Unreadable(problem="was read as something else")


async def _with_more(
    visit: Visit, tools: Tools, answer: Answer, first: Listing, permission: Permission | None
) -> _Gathered:
    """A list and the documents it goes on in, while those still show something new."""
    gathered = _Gathered()
    gathered.add(first, answer)
    waiting, asked = list(first.more), {visit.address, answer.url}
    most = len(asked) + tools.options.lists - 1
    if waiting and not first.entries:
        gathered.complete = False  # an index stays as it is while the lists it names change
    while waiting and len(asked) < most and (not first.entries or await _any_new(visit, gathered)):
        following = waiting.pop(0)
        if following in asked:
            continue
        asked.add(following)
        listing = await _following(visit, tools, following, permission, gathered)
        waiting += listing.more if listing else ()
    return gathered


async def _following(
    visit: Visit, tools: Tools, url: str, permission: Permission | None, gathered: _Gathered
) -> Listing | None:
    """One more document of a list. Where it cannot be read, the rest still counts and the gap is told."""
    answer = await tools.fetcher.get(url, permission=permission)
    trouble = list_trouble(url, answer, tools.now)
    if trouble:
        gathered.lacks(f"{trouble.problem}; the list goes on there")
        return None
    assert isinstance(answer, Answer)
    listing = await _read(visit, tools, answer)
    if isinstance(listing, Unreadable):
        gathered.lacks(f"{shown(url)} {listing.problem}; the list goes on there")
        return None
    gathered.add(listing, answer)
    return listing


async def _any_new(visit: Visit, gathered: _Gathered) -> bool:
    """Whether the end of the list so far is unknown to us, so that it is worth turning its page."""
    keys = [link_key(entry) for entry in gathered.entries[-_LAST_ENTRIES:] if entry.link]
    return not keys or len(await asyncio.to_thread(visit.known, keys)) < len(keys)
