"""Microdata and RDFa of a page as the same kind of nodes that JSON-LD has: schema.org properties by name.

Both say with attributes of visible elements what JSON-LD says in a script (HTML, section 5; RDFa Lite 1.1). Dublin Core
terms, which older content systems use for the same facts, are read as the schema.org property that they mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import html

from syndicate.collect.words import one_line
from syndicate.markup.page import Page

_MOST_PROPERTIES = 2000
_LONGEST_VALUE = 5000
_ADDRESSES = frozenset({"url", "sameas", "image", "license", "mainentityofpage", "isbasedon", "contenturl", "@id"})
_NAMES = {
    **{name.lower(): name for name in ("datePublished", "dateModified", "articleSection", "inLanguage", "creditText")},
    **{name.lower(): name for name in ("contentUrl", "copyrightHolder", "mainEntityOfPage", "alternativeHeadline")},
    **dict.fromkeys(("dc:title", "dcterms:title", "title"), "headline"),
    **dict.fromkeys(("dc:date", "dc:created", "dcterms:created", "dcterms:issued", "dcterms:date"), "datePublished"),
    **dict.fromkeys(("dc:modified", "dcterms:modified"), "dateModified"),
    **dict.fromkeys(("dc:creator", "dcterms:creator", "creator", "sioc:has_creator"), "author"),
    **dict.fromkeys(("dc:subject", "dcterms:subject"), "about"),
    **dict.fromkeys(("dcterms:license", "cc:license", "dc:rights", "dcterms:rights", "licence"), "license"),
    **dict.fromkeys(("foaf:name", "fn"), "name"),
    **dict.fromkeys(("dc:description", "dcterms:abstract"), "description"),
    "articlebody": "",
    "content:encoded": "",
}
"""Properties by their name in lower case; the text itself is read by its place, not as a property."""

Node = dict[str, Any]


def items_of(page: Page) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """(place, node) of every item of the page that is no property of another, in its order."""
    return (*_items(page, "microdata", "itemscope", "itemtype", ("itemprop",)), *_rdfa(page))


def _rdfa(page: Page) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return _items(page, "RDFa", "typeof", "typeof", ("property", "rel"))


def _items(
    page: Page, place: str, scoped: str, typed: str, named: Sequence[str]
) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    scopes: dict[html.HtmlElement, Node] = {
        element: {"@type": _types(element.get(typed) or "")} for element in page.root.xpath(f"//*[@{scoped}]")
    }
    if not scopes:
        return ()
    owned: set[html.HtmlElement] = set()
    holders = page.root.xpath("|".join(f"//*[@{name}]" for name in named))
    for element in holders[:_MOST_PROPERTIES]:
        for name in _properties(element, named):
            scope = next((around for around in element.iterancestors() if around in scopes), None)
            inner = _inner(element, scopes)
            if scope is None or not name:
                continue
            value: Any = scopes[inner] if inner is not None else _value(element, name)
            if value and value is not scopes[scope]:
                scopes[scope].setdefault(name, []).append(value)
                owned |= {inner} if inner is not None else set()
    return tuple((place, node) for element, node in scopes.items() if element not in owned)


def _types(value: str) -> list[str]:
    return [kind.rpartition("/")[2].rpartition(":")[2].rpartition("#")[2] for kind in value.split()]


def _properties(element: html.HtmlElement, named: Sequence[str]) -> tuple[str, ...]:
    told = []
    for attribute in named:
        for word in (element.get(attribute) or "").split():
            bare = word.rpartition("/")[2] if "://" in word else word
            if attribute == "rel" and ":" not in bare:
                continue  # rel is for RDFa only where it carries a prefix
            bare = bare.removeprefix("schema:")
            told.append(_NAMES.get(bare.lower(), bare))
    return tuple(dict.fromkeys(told))


def _inner(element: html.HtmlElement, scopes: Mapping[html.HtmlElement, Node]) -> html.HtmlElement | None:
    """The item that is the value of a property: the element itself, or with ``rel`` the first one inside."""
    if element in scopes:
        return element
    if element.get("rel") and not element.get("property") and not element.get("itemprop"):
        return next((inner for inner in element.iterdescendants() if inner in scopes), None)
    return None


def _value(element: html.HtmlElement, name: str) -> str:
    content = element.get("content")
    if content is not None:
        return one_line(content[:_LONGEST_VALUE])
    if name.lower() in _ADDRESSES:
        address = element.get("href") or element.get("src") or element.get("resource") or element.get("data-src")
        if address:
            return address.strip()
    if element.get("datetime"):
        return one_line(element.get("datetime") or "")
    return one_line(str(element.text_content())[:_LONGEST_VALUE])
