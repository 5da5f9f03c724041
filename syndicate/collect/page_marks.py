"""What a page says of itself to machines: JSON-LD (schema.org) and meta elements (Open Graph, Dublin Core)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from syndicate.collect.words import one_line
from syndicate.domain.identity import bare_link
from syndicate.markup.page import Page
from syndicate.net.address import web_address

_MOST_SCRIPTS = 20
_MOST_NODES = 500
_MOST_DEPTH = 20
_LONGEST_SCRIPT = 1024 * 1024
_ARTICLES = ("Article", "BlogPosting", "Report", "Review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The meta elements by lower-case name, in the order of the page, and the JSON-LD node of the article."""

    meta: Mapping[str, tuple[str, ...]]
    node: Mapping[str, Any]
    named: Mapping[str, Mapping[str, Any]]

    def first(self, *names: str) -> tuple[str, str] | None:
        """(name, content) of the first of ``names`` that is there and not blank."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return name, content
        return None

    def text(self, key: str) -> str:
        """A plain value of the JSON-LD node, or empty."""
        value = self.node.get(key)
        if isinstance(value, list):
            value = next((part for part in value if isinstance(part, str)), "")
        return one_line(value) if isinstance(value, str) else ""

    def people(self, key: str) -> tuple[str, ...]:
        """The names under a key whose value is a person, a text, a reference to either, or a list of them."""
        value = self.node.get(key)
        found = []
        for part in value if isinstance(value, list) else [value]:
            known = self.named.get(str(part.get("@id")), part) if isinstance(part, dict) else part
            name = known.get("name") if isinstance(known, Mapping) else known
            if isinstance(name, str) and one_line(name):
                found.append(one_line(name))
        return tuple(found)


def marks_of(page: Page) -> Marks:
    """Read once per page; broken JSON is as good as none."""
    nodes = list(_nodes(page))
    named = {str(node["@id"]): node for node in nodes if "@id" in node}
    return Marks(meta=_meta(page), node=_article(nodes, page.url), named=named)


def _meta(page: Page) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in page.root.iter("meta"):
        content = one_line(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found[name] = (*found.get(name, ()), content)
    return found


def _nodes(page: Page) -> Iterator[Mapping[str, Any]]:
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
        return json.loads(text[:_LONGEST_SCRIPT], strict=False)
    except (ValueError, RecursionError):
        return None


def _flat(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every object that may be a node of its own: lists and graphs are opened."""
    if depth and isinstance(value, list):
        for part in value:
            yield from _flat(part, depth - 1)
    elif depth and isinstance(value, dict):
        yield value
        yield from _flat(value.get("@graph"), depth - 1)
        yield from _flat(value.get("mainEntity"), depth - 1)


def types_of(node: Mapping[str, Any]) -> tuple[str, ...]:
    """The schema.org types of a node, without their address."""
    value = node.get("@type")
    kinds: Sequence[Any] = value if isinstance(value, list) else [value]
    return tuple(kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str))


def _article(nodes: Sequence[Mapping[str, Any]], url: str) -> Mapping[str, Any]:
    """The node of this very article: the one that names the page, else the only one; of several others none."""
    articles = [node for node in nodes if any(kind.endswith(_ARTICLES) for kind in types_of(node))]
    for node in articles:
        if any(_same(address, url) for address in _addresses(node)):
            return node
    return articles[0] if len(articles) == 1 else {}


def _addresses(node: Mapping[str, Any]) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        address = value.get("@id") if isinstance(value, dict) else value
        if isinstance(address, str):
            yield address


def _same(address: str, url: str) -> bool:
    one, other = web_address(address), web_address(url)
    return bool(one and other) and bare_link(one) == bare_link(other)
