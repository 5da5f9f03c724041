"""What a page says of itself to machines: JSON-LD, microdata, RDFa, the state of an app, and meta elements.

All that speaks schema.org or can be read as if it did becomes nodes of one shape, strongest first. Read once per page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from syndicate.collect.page_items import items_of
from syndicate.collect.page_state import Story, story_in
from syndicate.collect.words import one_line, title_of
from syndicate.domain.identity import bare_link
from syndicate.domain.publication import Author
from syndicate.markup.page import Page
from syndicate.net.address import web_address

_MOST_SCRIPTS = 20
_MOST_NODES = 500
_MOST_DEPTH = 20
_LONGEST_SCRIPT = 1024 * 1024
_LONGEST_BIO = 1500
_ARTICLES = ("Article", "BlogPosting", "Posting", "Report", "Review", "CreativeWork")

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The meta elements by lower-case name, in the order of the page, and the article's nodes with their places.

    ``story`` is what the state of an app holds of the article, text and all.
    """

    meta: Mapping[str, tuple[str, ...]]
    nodes: tuple[tuple[str, Node], ...]
    named: Mapping[str, Node]
    story: Story | None = None

    def first(self, *names: str) -> tuple[str, str] | None:
        """(name, content) of the first of ``names`` that is there and not blank."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return name, content
        return None

    def texts(self, key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(place, plain values) of a property, node by node."""
        for place, node in self.nodes:
            values = tuple(dict.fromkeys(text for part in listed(node.get(key)) if (text := self._plain(part))))
            if values:
                yield f"{place} {key}", values

    def things(self, key: str) -> Iterator[tuple[str, Node]]:
        """(place, node) of every value of a property that is a thing and no text; references are followed."""
        for place, node in self.nodes:
            for part in listed(node.get(key)):
                known = self._known(part)
                if isinstance(known, Mapping):
                    yield f"{place} {key}", known

    def people(self, key: str) -> Iterator[tuple[str, tuple[Author, ...]]]:
        """(place, people) under a key whose value is a person, a text, a reference to either, or a list of them."""
        for place, node in self.nodes:
            found = [person for part in listed(node.get(key)) if (person := self._person(part))]
            if found:
                yield f"{place} {key}", tuple(found)

    def kinds(self) -> tuple[str, ...]:
        """The schema.org types of the article's nodes."""
        return tuple(kind for _, node in self.nodes for kind in types_of(node))

    def _known(self, part: Any) -> Any:
        return self.named.get(str(part.get("@id")), part) if isinstance(part, Mapping) else part

    def _plain(self, part: Any) -> str:
        known = self._known(part)
        if isinstance(known, Mapping):
            known = next((known[key] for key in ("@value", "name", "headline", "@id", "url") if key in known), "")
        return one_line(known) if isinstance(known, str) else ""

    def _person(self, part: Any) -> Author | None:
        known = self._known(part)
        name = self._plain(known) if not isinstance(known, Mapping) else _names(known.get("name"))
        bio = _text(known.get("description")) if isinstance(known, Mapping) else ""
        return Author(name=name, bio=title_of(bio)[:_LONGEST_BIO] or None) if name and "://" not in name else None


def marks_of(page: Page) -> Marks:
    """Read once per page; broken JSON is as good as none."""
    loose = list(_linked(page))
    named = {str(node["@id"]): node for node in loose if "@id" in node}
    items = items_of(page)
    story = story_in(page)
    told = [
        ("JSON-LD", _article(loose, page.url)),
        *((place, _article([node for at, node in items if at == place], page.url)) for place in ("microdata", "RDFa")),
        ("app state", story.node if story else {}),
    ]
    nodes = tuple((place, node) for place, node in told if node)
    return Marks(meta=_meta(page), nodes=nodes, named=named, story=story)


def listed(value: Any) -> Sequence[Any]:
    """A value that may be one or many, as many."""
    if value is None:
        return ()
    return value[:_MOST_NODES] if isinstance(value, list) else [value]


def types_of(node: Node) -> tuple[str, ...]:
    """The schema.org types of a node, without their address."""
    return tuple(kind.rpartition("/")[2] for kind in listed(node.get("@type")) if isinstance(kind, str))


def _text(value: Any) -> str:
    found = next((part for part in listed(value) if isinstance(part, str)), "")
    return one_line(found)


def _names(value: Any) -> str:
    """One name, or several of them that one node has."""
    return ", ".join(one_line(part) for part in listed(value) if isinstance(part, str))


def _meta(page: Page) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in page.root.iter("meta"):
        content = one_line(element.get("content") or "")
        if any(True for _ in element.iterancestors("section", "article", "aside", "figure")):
            continue  # a property of an item there, not of the page
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower().replace("dcterms:", "dcterms.").replace("dc:", "dc.")
            if name and content and len(found.setdefault(name, [])) < _MOST_NODES:
                found[name].append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def _linked(page: Page) -> Iterator[Node]:
    count = 0
    for script in page.root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        for node in _flat(_loaded(script.text or ""), _MOST_DEPTH):
            yield node
            count += 1
            if count >= _MOST_NODES:
                return


def _loaded(text: str) -> Any:
    try:
        return json.loads(
            text[:_LONGEST_SCRIPT].strip().removeprefix("<!--").removesuffix("-->").strip(" ;"), strict=False
        )
    except (ValueError, RecursionError):
        return None


def _flat(value: Any, depth: int) -> Iterator[Node]:
    """Every object that may be a node of its own: lists and graphs are opened."""
    if depth and isinstance(value, list):
        for part in value:
            yield from _flat(part, depth - 1)
    elif depth and isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _flat(value.get(key), depth - 1)


def _article(nodes: Sequence[Node], url: str) -> Node:
    """The node of this very article: the one that names the page, else the only one; of several others none."""
    articles = [node for node in nodes if any(kind.endswith(_ARTICLES) for kind in types_of(node))]
    for node in articles:
        if any(_same(address, url) for address in _addresses(node)):
            return node
    told = [node for node in articles if "headline" in node or "name" in node or "datePublished" in node]
    return told[0] if len(told) == 1 else {}


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in listed(node.get(key)):
            address = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
            if isinstance(address, str):
                yield address


def _same(address: str, url: str) -> bool:
    one, other = web_address(address), web_address(url)
    return bool(one and other) and bare_link(one) == bare_link(other)
