"""Trying one way into a site as a visit would, and keeping what it shows.

Part of the source doctor. Every request is counted and bounded; pages are asked for by robots.txt's leave, feeds and
APIs without, as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from syndicate.collect.entries import Document, Entry, Listing, ReadList, Unreadable
from syndicate.collect.identify import distinct
from syndicate.collect.tools import Tools
from syndicate.domain.collecting import Example
from syndicate.domain.outlet import Recipe
from syndicate.net.address import shown
from syndicate.net.answer import Answer, Failed
from syndicate.net.walls import wall_of

MOST_REQUESTS = 40
_OK = 200
_NOT_MODIFIED = 304
_MOST_FURTHER = 2
_ENOUGH_WALLS = 3
"""After so many the wall stands everywhere, and asking on would be knocking at it."""
_ACCEPTS = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1",
    "sitemap": "application/xml, text/xml;q=0.9, */*;q=0.1",
    "wordpress": "application/json, */*;q=0.1",
    "drupal": "application/vnd.api+json, application/json;q=0.9",
}
_PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A way that shows pieces. ``url`` is where a source would be pointed."""

    kind: str
    url: str
    entries: tuple[Entry, ...]
    title: str = ""
    conditional: bool = False
    recipe: Recipe | None = None


@dataclass(slots=True)
class Asker:
    """Asks, counts, and stops at the most requests. ``walls`` are those met on the way, ``failed`` what went wrong."""

    tools: Tools
    most: int = MOST_REQUESTS
    asked: int = 0
    walls: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    async def get(self, url: str, kind: str = "listing") -> Answer | None:
        """The answer where it is a good one; otherwise None, and why is noted."""
        if self.asked >= self.most or len(self.walls) >= _ENOUGH_WALLS:
            return None
        self.asked += 1
        permission = None if kind in _ACCEPTS else self.tools.robots.permission
        answer = await self.tools.fetcher.get(url, {"Accept": _ACCEPTS.get(kind, _PAGE)}, permission=permission)
        if isinstance(answer, Failed):
            self.failed[url] = answer.problem
            return None
        wall = wall_of(answer)
        if wall:
            self.walls[url] = wall
        if wall or answer.status != _OK:
            said = f"stands behind {wall}" if wall else f"answers {answer.status}"
            self.failed[url] = f"{shown(url)} {said}"
            return None
        return answer

    async def again(self, answer: Answer, kind: str) -> bool:
        """Whether the server says that nothing changed when it is asked the same again."""
        validators = answer.validators
        if self.asked >= self.most or not (validators.etag or validators.last_modified):
            return False
        self.asked += 1
        headers: Mapping[str, str] = {"Accept": _ACCEPTS.get(kind, _PAGE)}
        permission = None if kind in _ACCEPTS else self.tools.robots.permission
        second = await self.tools.fetcher.get(answer.url, headers, validators=validators, permission=permission)
        return isinstance(second, Answer) and second.status == _NOT_MODIFIED

    async def read(self, kind: str, answer: Answer, example: str = "") -> Listing | Unreadable:
        """What the worker makes of an answer."""
        task = ReadList(
            kind=kind,
            document=Document(url=answer.url, body=answer.body, charset=answer.charset),
            recipe=None,
            most=self.tools.options.items,
            now=self.tools.now.timestamp(),
            examples=(Example(link="", title=example),) if example else (),
        )
        result = await self.tools.readers.read(task)
        return result if isinstance(result, Listing | Unreadable) else Unreadable(problem="was read as something else")


async def try_list(asker: Asker, kind: str, url: str) -> Tried | None:
    """A feed, a sitemap or an API; what it goes on in is read as far as its first pieces lie there."""
    answer = await asker.get(url, kind)
    listing = await asker.read(kind, answer) if answer else None
    if answer is None or listing is None or isinstance(listing, Unreadable):
        if answer is not None and isinstance(listing, Unreadable):
            asker.failed[url] = f"{shown(url)} {listing.problem}"
        return None
    entries = list(listing.entries)
    for further in listing.more[:_MOST_FURTHER] if not entries else ():
        more = await asker.get(further, kind)
        read = await asker.read(kind, more) if more else None
        entries += read.entries if isinstance(read, Listing) else ()
    if not entries:
        asker.failed.setdefault(url, f"{shown(url)} lists nothing")
        return None
    conditional = await asker.again(answer, kind)
    return Tried(kind=kind, url=url, entries=distinct(entries), title=listing.title, conditional=conditional)


async def try_page(asker: Asker, answer: Answer, url: str, example: str) -> Tried | None:
    """A page that was fetched already, read as a listing by a recipe made for it."""
    listing = await asker.read("recipe", answer, example)
    if isinstance(listing, Unreadable) or listing.recipe is None:
        why = listing.problem if isinstance(listing, Unreadable) else "shows no cards"
        asker.failed[url] = f"{shown(url)} {why}"
        return None
    conditional = await asker.again(answer, "listing")
    entries = distinct(listing.entries)
    return Tried(kind="listing", url=url, entries=entries, recipe=listing.recipe, conditional=conditional)


async def try_drupal(asker: Asker, index: str) -> list[Tried]:
    """The collections of a JSON:API, each with an address that needs no more looking for names of fields."""
    answer = await asker.get(index, "drupal")
    listing = await asker.read("drupal", answer) if answer else None
    found = []
    for collection in listing.more if isinstance(listing, Listing) else ():
        first = await asker.get(collection, "drupal")
        few = await asker.read("drupal", first) if first else None
        for whole in few.more[:1] if isinstance(few, Listing) else ():
            tried = await try_list(asker, "drupal", whole)
            found += [replace(tried, url=whole)] if tried else []
    return found
