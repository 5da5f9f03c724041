"""From the entries of a list to readings: what is known is not asked for again, what fails spoils only itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from syndicate.collect.entries import Document, Entry, ReadPiece, Result
from syndicate.collect.identify import link_key, with_own_canonicals
from syndicate.collect.tools import Tools
from syndicate.domain.collecting import Spoiled, Visit
from syndicate.domain.publication import Reading
from syndicate.net.address import shown
from syndicate.net.fetch import Failed

_OK = 200
_PASSING = frozenset({408, 425, 429})
_SERVER_ERROR = 500
_PATIENCE = 3
_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What came of the entries. ``whole`` says that another look at the unchanged list would bring nothing more."""

    readings: tuple[Reading, ...]
    spoiled: tuple[Spoiled, ...]
    whole: bool


@dataclass(slots=True)
class _Basket:
    readings: list[Reading] = field(default_factory=list)
    spoiled: list[Spoiled] = field(default_factory=list)
    later: list[Entry] = field(default_factory=list)
    failures: int = 0

    def take(self, where: str, result: Result) -> None:
        """Put one result where it belongs."""
        if isinstance(result, Reading):
            self.readings.append(result)
        else:
            problem = getattr(result, "problem", "was read as something else")
            self.spoiled.append(Spoiled(where=where, problem=f"{where} {problem}"))


async def read_pieces(visit: Visit, tools: Tools, entries: Sequence[Entry]) -> Pieces:
    """Readings of all entries that carry their own text, or of the pages of those whose link is not known."""
    basket = _Basket()
    if visit.source.article == "entry":
        for entry in entries:
            basket.take(shown(entry.link) or entry.title, await _from_entry(visit, tools, entry))
    else:
        await _ask_pages(visit, tools, await _unknown(visit, entries), basket)
    if basket.later and visit.source.baseline and visit.bookmark.last_success is None:
        await _keep_baseline(visit, tools, basket)
    return Pieces(readings=with_own_canonicals(basket.readings), spoiled=tuple(basket.spoiled), whole=not basket.later)


async def _unknown(visit: Visit, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with a link that no stored publication has; off the event loop, for it asks the database."""
    linked = [entry for entry in entries if entry.link]
    known = await asyncio.to_thread(visit.known, [link_key(entry) for entry in linked]) if linked else frozenset()
    return [entry for entry in linked if link_key(entry) not in known]


async def _ask_pages(visit: Visit, tools: Tools, entries: Sequence[Entry], basket: _Basket) -> None:
    """One page after the other, until all are there, or patience, time or the number of pages is used up."""
    loop = asyncio.get_running_loop()
    ends = loop.time() + tools.options.visit.total_seconds()
    for number, entry in enumerate(entries):
        if number >= tools.options.pages or basket.failures >= _PATIENCE or loop.time() >= ends:
            basket.later += entries[number:]
            return
        await _ask_page(visit, tools, entry, basket)


async def _ask_page(visit: Visit, tools: Tools, entry: Entry, basket: _Basket) -> None:
    where = shown(entry.link)
    answer = await tools.fetcher.get(entry.link, {"Accept": _ACCEPT}, permission=tools.robots.permission)
    if isinstance(answer, Failed) or answer.status != _OK:
        problem = answer.problem if isinstance(answer, Failed) else f"{where} answers {answer.status}"
        passing = answer.passing if isinstance(answer, Failed) else _is_passing(answer.status)
        basket.spoiled.append(Spoiled(where=where, problem=problem))
        basket.failures = basket.failures + 1 if passing else 0
        basket.later += [entry] if passing else []
        return
    basket.failures = 0
    document = Document(url=answer.url, body=answer.body, charset=answer.charset)
    basket.take(where, await tools.readers.read(_task(visit, tools, entry, document)))


def _is_passing(status: int) -> bool:
    """Whether a page that answers so may be there later."""
    return status in _PASSING or status >= _SERVER_ERROR


async def _from_entry(visit: Visit, tools: Tools, entry: Entry) -> Result:
    return await tools.readers.read(_task(visit, tools, entry, None))


async def _keep_baseline(visit: Visit, tools: Tools, basket: _Basket) -> None:
    """What a new source listed and could not be read now is kept from the list, or it would come as news next time."""
    for entry in basket.later:
        basket.take(shown(entry.link), await _from_entry(visit, tools, entry))
    basket.later.clear()


def _task(visit: Visit, tools: Tools, entry: Entry, document: Document | None) -> ReadPiece:
    return ReadPiece(entry=entry, outlet=visit.outlet.name, now=tools.now.timestamp(), document=document)
