"""From the entries of a list to readings: what is known is not asked for again, what fails spoils only itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from syndicate.collect.entries import Document, Entry, ReadPiece, Result, Unreadable
from syndicate.collect.identify import entry_key, link_key, with_own_canonicals
from syndicate.collect.looks import ACCEPT
from syndicate.collect.tools import Tools
from syndicate.collect.troubles import page_failure
from syndicate.domain.collecting import Cause, Spoiled, Visit
from syndicate.domain.publication import Reading
from syndicate.net.address import shown
from syndicate.net.answer import Answer, Failed

_PATIENCE = 3

Whole = Mapping[str, Reading | Unreadable]
"""Readings that came with the list, by the key of their entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What came of the entries. ``whole`` says that another look at the unchanged list would bring nothing more.

    ``notes`` say why pages were left for later.
    """

    readings: tuple[Reading, ...]
    spoiled: tuple[Spoiled, ...]
    whole: bool
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Basket:
    readings: list[Reading] = field(default_factory=list)
    spoiled: list[Spoiled] = field(default_factory=list)
    later: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: int = 0
    busy: bool = False

    def take(self, where: str, result: Result) -> None:
        """Put one result where it belongs."""
        if isinstance(result, Reading):
            self.readings.append(result)
        else:
            problem = getattr(result, "problem", "was read as something else")
            self.spoiled.append(Spoiled(where=where, problem=f"{where} {problem}"))

    def refuse(self, entry: Entry, failed: Failed) -> None:
        """Put one page aside that could not be had: for later, where trying again is worth it."""
        if failed.cause is Cause.BUSY:
            self.busy = True
            self.notes.append(failed.problem)
        else:
            self.spoiled.append(Spoiled(where=shown(entry.link), problem=failed.problem))
            self.failures = self.failures + 1 if failed.passing else 0
        if failed.passing:
            self.later.append(entry)


async def read_pieces(visit: Visit, tools: Tools, entries: Sequence[Entry], whole: Whole, ends: float) -> Pieces:
    """Readings of all entries that carry their own text, or of the pages of those whose link is not known.

    ``whole`` are readings that came with the list; pages are asked for until ``ends`` of the loop's clock.
    """
    basket = _Basket()
    if visit.source.article == "entry":
        for entry in entries:
            basket.take(shown(entry.link) or entry.title, await _from_entry(visit, tools, entry, whole))
    else:
        await _ask_pages(visit, tools, await _unknown(visit, entries), basket, ends)
    if basket.later and visit.source.baseline and visit.bookmark.last_success is None:
        await _keep_baseline(visit, tools, basket)
    return Pieces(
        readings=with_own_canonicals(basket.readings),
        spoiled=tuple(basket.spoiled),
        whole=not basket.later,
        notes=tuple(basket.notes),
    )


async def _unknown(visit: Visit, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with a link that no stored publication has; off the event loop, for it asks the database."""
    linked = [entry for entry in entries if entry.link]
    known = await asyncio.to_thread(visit.known, [link_key(entry) for entry in linked]) if linked else frozenset()
    return [entry for entry in linked if link_key(entry) not in known]


async def _ask_pages(visit: Visit, tools: Tools, entries: Sequence[Entry], basket: _Basket, ends: float) -> None:
    """One page after the other, until all are there, or patience, time or the number of pages is used up."""
    loop = asyncio.get_running_loop()
    for number, entry in enumerate(entries):
        enough = number >= tools.options.pages or loop.time() >= ends
        if enough or basket.busy or basket.failures >= _PATIENCE:
            basket.later += entries[number:]
            return
        await _ask_page(visit, tools, entry, basket)


async def _ask_page(visit: Visit, tools: Tools, entry: Entry, basket: _Basket) -> None:
    answer = await tools.fetcher.get(entry.link, {"Accept": ACCEPT}, permission=tools.robots.permission)
    failed = answer if isinstance(answer, Failed) else page_failure(entry.link, answer)
    if failed:
        basket.refuse(entry, failed)
        return
    assert isinstance(answer, Answer)
    basket.failures = 0
    document = Document(url=answer.url, body=answer.body, charset=answer.charset)
    basket.take(shown(entry.link), await tools.readers.read(_task(visit, tools, entry, document)))


async def _from_entry(visit: Visit, tools: Tools, entry: Entry, whole: Whole) -> Result:
    """The reading that came with the list, or one of the entry alone. A guid taken from the entry is taken from it."""
    read = whole.get(entry_key(entry))
    if read is None:
        return await tools.readers.read(_task(visit, tools, entry, None))
    return replace(read, guid="") if isinstance(read, Reading) and not entry.guid else read


async def _keep_baseline(visit: Visit, tools: Tools, basket: _Basket) -> None:
    """What a new source listed and could not be read now is kept from the list, or it would come as news next time."""
    for entry in basket.later:
        basket.take(shown(entry.link), await _from_entry(visit, tools, entry, {}))
    basket.later.clear()


def _task(visit: Visit, tools: Tools, entry: Entry, document: Document | None) -> ReadPiece:
    return ReadPiece(
        entry=entry,
        outlet=visit.outlet.name,
        now=tools.now.timestamp(),
        document=document,
        page=visit.source.page if document else None,
    )
