"""The source doctor: every way into a site tried as a visit would, compared, ranked, and written down.

Called by ``WebCollector.survey``. It asks at most ``MOST_REQUESTS`` times, one after the other, pages only by the leave
of robots.txt. A wall against machines is named and never evaded.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from syndicate.collect.doctor_page import DRUPAL, FEED, LIST, WORDPRESS
from syndicate.collect.doctor_ranking import Judged, judged
from syndicate.collect.doctor_trying import Asker, Tried, try_drupal, try_list, try_page
from syndicate.collect.doctor_writing import outlet_id, outlet_toml, source_toml
from syndicate.collect.entries import Entry, Listing
from syndicate.collect.options import CollectOptions
from syndicate.collect.sources.drupal import collection_address
from syndicate.collect.sources.wordpress import api_named, posts_address
from syndicate.collect.told import root_of
from syndicate.collect.tools import Tools
from syndicate.collect.worker import Bounds
from syndicate.collect.workers import Readers
from syndicate.domain.identity import bare_link
from syndicate.domain.survey import FIELDS, Closed, Survey, Way
from syndicate.net.address import shown, web_address
from syndicate.net.answer import Answer, Failed
from syndicate.net.fetch import Fetcher
from syndicate.net.robots import Robots, RobotsMemory

FEED_PATHS = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json", "/index.xml", "/rss")
SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap.xml", "/sitemap_index.xml")
_MOST_FEEDS = 5
_MOST_SITEMAPS = 3
_MOST_LISTS = 5
_MOST_CLOSED = 20
_DAY = timedelta(days=1)
_MOSTLY = 0.5
_MOST_USED = 2
_REFUSED = re.compile(r"stands behind|answers 40[13]|is closed to us by")
"""What is worth telling of an address that was only guessed."""


@dataclass(slots=True)
class _Findings:
    """What the pages looked at so far name."""

    name: str = ""
    ways: list[Entry] = field(default_factory=list)
    api: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)

    def named(self, place: str) -> list[str]:
        """Addresses of this sort, each once, in the order in which they were found."""
        return list(dict.fromkeys(way.link for way in self.ways if way.place == place and way.link))

    def says(self, place: str) -> bool:
        """Whether any page names this sort of way."""
        return any(way.place == place for way in self.ways)


async def examine(
    url: str, example: str, now: datetime, options: CollectOptions, bounds: Bounds, tls: ssl.SSLContext
) -> Survey:
    """Survey the site of ``url``; ``example`` is what a person copied of one card of the list, or empty."""
    readers, memory = Readers(bounds, options.readers), RobotsMemory()
    try:
        async with Fetcher(options.fetching, tls, now) as fetcher:
            robots = Robots(fetcher, options.user_agent, memory, now)
            tools = Tools(options=options, fetcher=fetcher, robots=robots, readers=readers, now=now)
            try:
                return await survey(url, tools, memory, example)
            finally:
                await robots.close()
    finally:
        readers.close()


async def survey(url: str, tools: Tools, memory: RobotsMemory, example: str) -> Survey:
    """Look at the pages, try every way they name, compare."""
    asker, found = Asker(tools), _Findings()
    start = web_address(url)
    start += "" if urlsplit(start).path or not start else "/"
    if not start:
        closed = Closed(url=url, problem=f"{shown(url)} is not a web address; write http:// or https:// and a host")
        return Survey(url=url, outlet="", name="", closed=(closed,), user_agent=tools.options.user_agent)
    for page in dict.fromkeys((start, root_of(start) + "/")):
        await _look(asker, found, page)
    silent = not found.pages and memory.get(root_of(start), tools.now, _DAY) is None  # not even a robots.txt to read
    tried = [] if silent else await _all_ways(asker, found, start, memory, example)
    ranked = judged(_each_once(tried))
    articles = await _articles(asker, ranked)
    return _written(start, asker, found, ranked, articles)


async def _all_ways(asker: Asker, found: _Findings, start: str, memory: RobotsMemory, example: str) -> list[Tried]:
    """What feeds, APIs, sitemaps and list pages show, in the order in which they are asked."""
    return [
        *await _feeds(asker, found, start),
        *await _systems(asker, found, start),
        *await _sitemaps(asker, start, memory),
        *await _lists(asker, found, start, example),
    ]


async def _look(asker: Asker, found: _Findings, url: str) -> None:
    """Read a page for what it names."""
    answer = await asker.get(url)
    if answer is None:
        return
    found.pages[url] = answer
    found.api = found.api or api_named(answer.headers.get("link", ""), b"", answer.url)
    read = await asker.read("ways", answer)
    if isinstance(read, Listing):
        found.ways += read.entries
        found.name = found.name or read.title


async def _feeds(asker: Asker, found: _Findings, start: str) -> list[Tried]:
    """Feeds that pages name; usual paths only where none of those is one. The address itself may be a feed."""
    named = found.named(FEED)
    tried = [
        way for url in (*_itself(found, start), *named[:_MOST_FEEDS]) if (way := await try_list(asker, "feed", url))
    ]
    for path in FEED_PATHS if not tried else ():
        way = await try_list(asker, "feed", root_of(start) + path)
        if way is not None:
            return [way]
    return tried


def _itself(found: _Findings, start: str) -> tuple[str, ...]:
    """The surveyed address where it is no page."""
    answer = found.pages.get(start)
    kind = answer.headers.get("content-type", "") if answer else ""
    return (start,) if any(sign in kind for sign in ("xml", "json", "rss", "atom")) and "xhtml" not in kind else ()


async def _systems(asker: Asker, found: _Findings, start: str) -> list[Tried]:
    """APIs of content systems, named or not: one request each tells."""
    root = root_of(start)
    api = found.api or next(iter(found.named(WORDPRESS)), "")
    way = None
    if api or not found.says(DRUPAL):
        posts = posts_address(api or root, whole=True)
        way = await try_list(asker, "wordpress", posts)
    if way is not None:
        return [Tried(kind="wordpress", url=api or root + "/wp-json", entries=way.entries, conditional=way.conditional)]
    return await try_drupal(asker, collection_address(root)) if not found.says(WORDPRESS) else []


async def _sitemaps(asker: Asker, start: str, memory: RobotsMemory) -> list[Tried]:
    """Those that robots.txt names, else the first at a usual place."""
    root = root_of(start)
    await asker.tools.robots.permission(start)
    lines = (memory.get(root, asker.tools.now, _DAY) or "").splitlines()
    named = [
        web_address(line.partition(":")[2].strip()) for line in lines if line.lower().lstrip().startswith("sitemap")
    ]
    urls = [url for url in dict.fromkeys(named) if url][:_MOST_SITEMAPS]
    tried = [way for url in urls if (way := await try_list(asker, "sitemap", url))]
    for path in SITEMAP_PATHS if not tried else ():
        way = await try_list(asker, "sitemap", root + path)
        if way is not None:
            return [way]
    return tried


async def _lists(asker: Asker, found: _Findings, start: str, example: str) -> list[Tried]:
    """The surveyed page and those that sound like lists of pieces; with an example the first that shows it."""
    urls = dict.fromkeys((start, *found.named(LIST)[:_MOST_LISTS], *found.pages))
    tried: list[Tried] = []
    for url in urls:
        answer = found.pages.get(url) or (None if url in asker.failed else await asker.get(url))
        way = await try_page(asker, answer, url, example) if answer else None
        if way is None:
            continue
        if example:
            return [way]
        tried.append(way)
    return tried


def _each_once(tried: Sequence[Tried]) -> list[Tried]:
    """Ways that show exactly the same by the same kind are one; the first found is kept."""
    kept: dict[tuple[str, frozenset[str]], Tried] = {}
    for way in tried:
        kept.setdefault((way.kind, frozenset(bare_link(entry.link) for entry in way.entries)), way)
    return list(kept.values())


async def _articles(asker: Asker, ranked: Sequence[Judged]) -> str:
    """Why the pages behind the best list cannot be read; empty where they can, or where there is no list."""
    link = next((entry.link for one in ranked[:1] for entry in one.tried.entries if entry.link), "")
    if not link:
        return ""
    refused = await asker.tools.robots.permission(link)
    if isinstance(refused, Failed):
        return refused.problem
    answer = await asker.get(link)
    return "" if answer is not None else asker.failed.get(link, "")


def _written(start: str, asker: Asker, found: _Findings, ranked: Sequence[Judged], articles: str) -> Survey:
    name = found.name or (urlsplit(start).hostname or "").removeprefix("www.")
    outlet = outlet_id(name, start)
    ways = tuple(_ways(outlet, ranked, closed_pages=bool(articles)))
    used = _used(ways, ranked)
    tried = {way.url for way in ways}
    known = {start, *(way.link for way in found.ways)}
    closed = [
        Closed(url=url, problem=problem, refused=bool(_REFUSED.search(problem)))
        for url, problem in asker.failed.items()
        if url not in tried and (url in known or _REFUSED.search(problem))
    ]
    home = urljoin(start, "/")
    return Survey(
        url=start,
        outlet=outlet,
        name=name,
        ways=ways,
        closed=tuple(closed[:_MOST_CLOSED]),
        wall=next(iter(asker.walls.values()), ""),
        articles=articles,
        toml=outlet_toml(outlet, name, home, ways, used) if ways else "",
        user_agent=asker.tools.options.user_agent,
        asked=asker.asked,
    )


def _ways(outlet: str, ranked: Sequence[Judged], *, closed_pages: bool) -> Iterator[Way]:
    """Each way with its place in a configuration; ids are told apart by kind, then by number."""
    taken: dict[str, int] = {}
    for one in ranked:
        taken[one.tried.kind] = number = taken.get(one.tried.kind, 0) + 1
        source = f"{outlet}-{one.tried.kind}{f'-{number}' if number > 1 else ''}"
        full = one.filled[FIELDS.index("text")] >= _MOSTLY
        article = "entry" if closed_pages and full else "page"
        yield Way(
            source=source,
            kind=one.tried.kind,
            url=one.tried.url,
            found=len(one.tried.entries),
            newest=one.newest,
            oldest=one.oldest,
            filled=one.filled,
            missed=one.missed,
            uncertain=one.uncertain,
            conditional=one.tried.conditional,
            article=article,
            recipe=one.tried.recipe,
            score=one.score,
            reasons=one.reasons,
            toml=source_toml(source, outlet, one.tried.kind, one.tried.url, article, one.tried.recipe),
        )


def _used(ways: Sequence[Way], ranked: Sequence[Judged]) -> list[Way]:
    """The best, and the next one where it shows pieces or tells fields that the best does not."""
    used = list(ways[:1])
    for way, one in list(zip(ways, ranked, strict=True))[1:]:
        more = [name for name in FIELDS if way.has(name) >= _MOSTLY > max(best.has(name) for best in used)]
        fills = sum(1 for entry in one.tried.entries if entry.title and entry.title in ways[0].missed)
        if len(used) < _MOST_USED and (more or fills) and way.has("date"):
            used.append(way)
    return used
