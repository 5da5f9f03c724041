"""What a site's own selectors find on an article's page, where an operator has written some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from syndicate.collect.page_blocks import blocks_of, prose_by_box
from syndicate.collect.page_parts import Parts
from syndicate.collect.words import one_line
from syndicate.domain.outlet import PageRecipe
from syndicate.markup.page import Page, visible_text

_MOST = 20
_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The texts that each selector of the recipe found, and the page's parts with the body that it points out."""

    told: Mapping[str, tuple[str, ...]]
    parts: Parts


def told_by_recipe(page: Page, recipe: PageRecipe, parts: Parts) -> Site:
    """What the selectors find. A broken selector finds nothing: it is reported where the configuration is read."""
    told: dict[str, tuple[str, ...]] = {}
    for each in fields(recipe):
        selector = getattr(recipe, each.name)
        if selector and each.name not in ("body", "related"):
            found = _found(page.root, selector)
            told[each.name] = tuple(text for node in found if (text := _text(node, each.name)))
    body = next(iter(_found(parts.root, recipe.body)), None) if recipe.body else None
    if body is None:
        return Site(told=told, parts=parts)
    prose = prose_by_box(body, blocks_of(body)).get(body, 0)
    return Site(told=told, parts=replace(parts, body=body, semantic=True, prose=prose))


def _text(node: html.HtmlElement, field: str) -> str:
    machine = {"date": "datetime", "updated": "datetime", "licence": "href"}.get(field, "")
    text = (node.get(machine) if machine else "") or node.get("content") or visible_text(node)
    return one_line(text[:_LONGEST])


def _found(root: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    compiled = _compiled(selector)
    try:
        return list(compiled(root))[:_MOST] if compiled else []
    except etree.XPathError:
        return []


@lru_cache(maxsize=256)
def _compiled(selector: str) -> CSSSelector | None:
    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, RecursionError, ValueError, etree.XPathError):
        return None
