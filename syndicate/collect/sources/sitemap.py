"""Sitemaps, news sitemaps and sitemap indexes (sitemaps.org; Google's news extension).

A news sitemap names title and date of each piece; a plain one only addresses, and its dates are of the last change.
"""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry, Listing, ReadList, Unreadable
from syndicate.collect.tools import Tools
from syndicate.collect.web import WebList, visit_web
from syndicate.collect.words import one_line, title_of
from syndicate.collect.xml import children, declares_entities, inflated, local, parse_xml, text_in
from syndicate.domain.collecting import Visit, VisitResult
from syndicate.net.address import web_address

_ACCEPT = "application/xml, text/xml;q=0.9, */*;q=0.1"
_MOST_TAGS = 30


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read the sitemap and what is new on it."""
    return await visit_web(visit, tools, WebList(accept=_ACCEPT))


def parse(task: ReadList) -> Listing | Unreadable:
    """The addresses of a sitemap, newest first where it says so; of an index the newest sitemaps to go on with."""
    octets = inflated(task.document.body)
    if declares_entities(octets):
        return Unreadable(problem="declares entities of its own, which no sitemap needs, so it is not read")
    root = parse_xml(octets)
    name = local(root) if root is not None else ""
    if root is None or name not in ("urlset", "sitemapindex"):
        return Unreadable(
            problem="is not a sitemap (its first element should be urlset or sitemapindex); check the address"
        )
    if name == "sitemapindex":
        listed = [
            (text_in(child, "lastmod"), web_address(text_in(child, "loc"))) for child in children(root, "sitemap")
        ]
        newest = sorted((pair for pair in listed if pair[1]), reverse=True)
        return Listing(entries=(), more=tuple(address for _, address in newest))
    now = datetime.fromtimestamp(task.now, UTC)
    entries = [entry for element in children(root, "url") if (entry := _entry(element, now)).link]
    entries.sort(key=_age, reverse=True)
    return Listing(entries=tuple(entries[: task.most]))


def _entry(element: etree._Element, now: datetime) -> Entry:
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
