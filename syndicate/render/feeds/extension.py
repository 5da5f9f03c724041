"""What feedgen 1.0.0 loses or cannot say, put right in the tree it builds.

Its Atom entries lose ``rel`` and ``type`` of every link and have a ``source`` without id and time; its RSS items
know no ``atom:link``, no Dublin Core. One pair of extensions mends both; a test of its own pins each gap, so that a
newer feedgen which closes one is noticed.
"""

from __future__ import annotations

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from syndicate.render.feeds.entry import Entry

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Links = list[tuple[str, str, str]]
"""(relation, address, media type or empty)."""


class CreditedFeed(BaseExtension):  # type: ignore[misc]  # feedgen is untyped
    """The half on the feed: it declares the namespaces of the other half."""

    def extend_ns(self) -> dict[str, str]:
        """The prefixes that entries use."""
        return {"dc": DC, "dcterms": DCTERMS}


class CreditedEntry(BaseEntryExtension):  # type: ignore[misc]  # feedgen is untyped
    """The half on each entry. ``entry`` is set right after feedgen has made the instance."""

    entry: Entry

    def extend_atom(self, feed: Any) -> Any:
        """Rewrite links and source of an Atom entry (RFC 4287 sections 4.2.7 and 4.2.11)."""
        for tag in ("link", "source"):
            for wrong in feed.findall(tag):
                feed.remove(wrong)
        for relation, address, media_type in _links(self.entry):
            _link(feed, "link", relation, address, media_type)
        feed.append(_atom_source(self.entry))
        _say_terms(feed, self.entry)
        _say_language(feed, self.entry)
        return feed

    def extend_rss(self, feed: Any) -> Any:
        """Add to an RSS item what RSS 2.0 has no element for."""
        for author in self.entry.authors:
            etree.SubElement(feed, f"{{{DC}}}creator").text = author
        for relation, address, media_type in _links(self.entry)[1:]:
            _link(feed, f"{{{ATOM}}}link", relation, address, media_type)
        etree.SubElement(feed, f"{{{DCTERMS}}}modified").text = self.entry.updated.isoformat()
        _say_terms(feed, self.entry)
        _say_language(feed, self.entry)
        return feed


def _links(entry: Entry) -> Links:
    """Our page first, then where the text was before; ``related`` is for readers that do not know ``via``."""
    links = [("alternate", entry.page, "text/html")]
    links += [("via", address, "") for address in entry.via]
    links += [("related", address, "") for address in entry.via[:1]]
    links += [("license", entry.licence, "")] if entry.licence else []
    return links


def _link(parent: etree._Element, tag: str, relation: str, address: str, media_type: str) -> None:
    link = etree.SubElement(parent, tag, rel=relation, href=address)
    if media_type:
        link.set("type", media_type)


def _atom_source(entry: Entry) -> etree._Element:
    source = etree.Element("source")
    etree.SubElement(source, "id").text = entry.origin.home
    etree.SubElement(source, "title").text = entry.origin.publisher
    etree.SubElement(source, "updated").text = entry.updated.isoformat()
    _link(source, "link", "alternate", entry.origin.home, "")
    return source


def _say_terms(parent: etree._Element, entry: Entry) -> None:
    """The original this is a version of, and for how long the terms let it be shown (DCMI Metadata Terms)."""
    for address in entry.via[:1]:
        etree.SubElement(parent, f"{{{DCTERMS}}}isVersionOf").text = address
    if entry.valid:
        etree.SubElement(parent, f"{{{DCTERMS}}}valid").text = entry.valid


def _say_language(parent: etree._Element, entry: Entry) -> None:
    if entry.language:
        parent.set(_LANG, entry.language)
