"""Sitemaps, news sitemaps, indexes of them, and addresses in plain text (sitemaps.org; Google's news extension).

A news sitemap names title and date of each piece; a plain one only addresses, and its dates are of the last change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from lxml import etree

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry, Listing, ReadList, Unreadable
from syndicate.collect.tools import Tools
from syndicate.collect.web import WebList, visit_web
from syndicate.collect.words import one_line, title_of
from syndicate.collect.xml import children, declares_entities, half_listed, local, parse_xml, text_in, unpacked
from syndicate.domain.collecting import Visit, VisitResult
from syndicate.net.address import web_address

_ACCEPT = "application/xml, text/xml;q=0.9, text/plain;q=0.5, */*;q=0.1"
_MOST_TAGS = 30
_MOST_LISTED = 50_000
"""The most that a sitemap or an index may list (sitemaps.org); what a document lists beyond is not looked at."""
_MOST_SITEMAPS = 100
_NEWS = re.compile(r"news|latest|recent|aktuell", re.IGNORECASE)
_FOREIGN = re.compile(
    r"(?:^|[/_.-])(?:image|video|author|user|tag|categor|taxonom|page)s?(?:[/_.-]|\d|$)", re.IGNORECASE
)


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read the sitemap, or the newest of an index, and what is new on it."""
    return await visit_web(visit, tools, WebList(accept=_ACCEPT))


def parse(task: ReadList) -> Listing | Unreadable:
    """The addresses of a sitemap, newest first where it says so; of an index the newest sitemaps to go on with."""
    octets = unpacked(task.document.body)
    if declares_entities(octets):
        return Unreadable(problem="declares entities of its own, which no sitemap needs, so it is not read")
    root = parse_xml(octets)
    name = local(root) if root is not None else ""
    if root is not None and len(root) and half_listed(octets):
        root.remove(root[-1])
    if root is not None and name == "sitemapindex":
        return Listing(entries=(), more=tuple(_sitemaps(root)))
    now = datetime.fromtimestamp(task.now, UTC)
    if root is not None and name == "urlset":
        listed = islice(children(root, "url"), _MOST_LISTED)
        entries = [entry for element in listed if (entry := _entry(element, now)).link]
    else:
        entries = [Entry(link=link, place="sitemap") for link in _lines(octets)]
        if not entries:
            return Unreadable(
                problem="is not a sitemap (its first element should be urlset or sitemapindex, or each of its lines an "
                "address); check the address"
            )
    entries.sort(key=_age, reverse=True)
    return Listing(entries=tuple(entries[: task.most]))


def _sitemaps(root: etree._Element) -> Iterator[str]:
    """The sitemaps of an index: those of news first, then the last changed; those of pictures, authors, tags last.

    Without dates a later one is taken for newer, for most systems append.
    """
    listed = [
        (web_address(text_in(child, "loc")), text_in(child, "lastmod"), at)
        for at, child in enumerate(islice(children(root, "sitemap"), _MOST_LISTED))
    ]
    found = [each for each in listed if each[0]]
    found.sort(key=lambda each: (not _FOREIGN.search(_file(each[0])), bool(_NEWS.search(each[0])), each[1], each[2]))
    return (address for address, _, _ in islice(reversed(found), _MOST_SITEMAPS))


def _file(address: str) -> str:
    return address.partition("://")[2].partition("/")[2].rpartition("/")[2]


def _lines(octets: bytes) -> Iterator[str]:
    """The addresses of a sitemap in plain text, one a line; nothing where any of the first lines is none."""
    lines = [line for line in octets.decode("utf-8-sig", "replace").splitlines()[:_MOST_LISTED] if line.strip()]
    addresses = [web_address(line.strip()) if " " not in line.strip() else "" for line in lines]
    return iter(address for address in addresses if address) if all(addresses[:20]) else iter(())


def _entry(element: etree._Element, now: datetime) -> Entry:
    """One ``url``. Pictures and films that extensions put into it are left alone."""
    news = next(children(element, "news"), None)
    link = web_address(text_in(element, "loc"))
    changed = moment(text_in(element, "lastmod"), now)
    if news is None:
        return Entry(link=link, place="sitemap", updated=changed)
    publication = next(children(news, "publication"), news)
    keywords = (one_line(word) for word in text_in(news, "keywords").split(","))
    return Entry(
        link=link,
        place="news sitemap",
        title=title_of(text_in(news, "title")),
        published=moment(text_in(news, "publication_date"), now),
        updated=changed,
        language=one_line(text_in(publication, "language"))[:40],
        tags=tuple(dict.fromkeys(word for word in keywords if word))[:_MOST_TAGS],
    )


def _age(entry: Entry) -> float:
    """For the order: when it was published or else changed; what says neither comes last."""
    for told in (entry.published, entry.updated):
        if told and told.parsed:
            return told.parsed.timestamp()
    return 0.0
