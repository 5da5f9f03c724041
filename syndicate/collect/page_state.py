"""The state of an app: pages that a script draws in the browser carry their article as JSON in another script.

No framework is known by name. The object with a title and the longest text is the article; what its keys mean is read
from the words that such keys are made of everywhere. Bounded in octets, objects and depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from syndicate.markup.page import Page

_LONGEST_SCRIPT = 4 * 1024 * 1024
_LONGEST_TEXT = 1024 * 1024
_MOST_OBJECTS = 20_000
_MOST_DEPTH = 40
_LEAST_TEXT = 250
_MOST_RELATED = 30
_MOST_ITEMS = 500
_MOST_BLOCKS = 5000
_ASSIGNED = re.compile(
    r"(?:window|self|globalThis)?[.\[\"' \w\]]{0,60}(?:state|data|nuxt|props|store|page)[\w\"'\]]{0,30}"
    r"\s*=\s*(?=[{\[])",
    re.IGNORECASE,
)
_INNER = ("rendered", "processed", "html", "value", "text", "name", "title", "label", "plain")
_ALIASES: dict[str, str] = {
    **dict.fromkeys(("headline", "title", "name"), "headline"),
    **dict.fromkeys(("author", "authors", "byline", "bylines", "contributors", "creators", "creator"), "author"),
    **dict.fromkeys(("datepublished", "publishedat", "published", "publishdate", "publicationdate"), "datePublished"),
    **dict.fromkeys(("publisheddate", "firstpublished", "pubdate", "date", "createdat", "created"), "datePublished"),
    **dict.fromkeys(("datemodified", "updatedat", "updated", "modified", "modifiedat"), "dateModified"),
    **dict.fromkeys(("lastmodified", "updateddate", "dateupdated", "changed"), "dateModified"),
    **dict.fromkeys(("topics", "topic", "articlesection", "section"), "articleSection"),
    **dict.fromkeys(("category", "categories", "tags"), "articleSection"),
    **dict.fromkeys(("publicationtype", "articletype", "contenttype", "kind", "genre", "type"), "genre"),
    **dict.fromkeys(("description", "summary", "excerpt", "dek", "standfirst", "abstract"), "description"),
    **dict.fromkeys(("license", "licence", "rights"), "license"),
    **dict.fromkeys(("inlanguage", "language", "lang", "locale"), "inLanguage"),
    **dict.fromkeys(("image", "images", "heroimage", "leadimage", "featuredimage", "figure", "figures"), "image"),
}
_TEXTS = ("body", "bodyhtml", "content", "contenthtml", "html", "articlebody", "text", "blocks", "paragraphs")
_RELATED = ("related", "relatedarticles", "relatedposts", "relatedpublications", "relatedcontent", "readnext")
_VAGUE = frozenset({"article", "articles", "page", "post", "posts", "story", "node", "website", "content", "document"})
_BIO = ("bio", "biography", "description", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article as an app holds it: a node like those of JSON-LD, its text as HTML, its related pieces as HTML."""

    node: Mapping[str, Any]
    text: str
    related: str


def story_in(page: Page) -> Story | None:
    """The article in the state of the page's app, or None."""
    best: Mapping[str, Any] | None = None
    longest = _LEAST_TEXT
    for state in _states(page):
        for found in _objects(state):
            text = _text(found)
            if len(text) > longest and _plain(_keyed(found, "headline")):
                best, longest = found, len(text)
    if best is None:
        return None
    return Story(node=_node(best), text=_text(best), related=_related(best))


def _states(page: Page) -> Iterator[Any]:
    for script in page.root.iter("script"):
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        text = (script.text or "")[:_LONGEST_SCRIPT]
        if len(text) < _LEAST_TEXT or kind == "application/ld+json":
            continue
        start = 0 if kind.endswith("json") else _assigned(text)
        try:
            yield json.JSONDecoder(strict=False).raw_decode(text[start:].lstrip())[0] if start >= 0 else None
        except (ValueError, RecursionError):
            continue


def _assigned(text: str) -> int:
    """Where the value begins that a script assigns to a name like ``window.__STATE__``; -1 where it does not."""
    found = _ASSIGNED.search(text[:2000])
    return found.end() if found else -1


def _objects(state: Any) -> Iterator[Mapping[str, Any]]:
    todo: list[tuple[Any, int]] = [(state, 0)]
    seen = 0
    while todo and seen < _MOST_OBJECTS:
        value, depth = todo.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if depth < _MOST_DEPTH:
            todo += [(part, depth + 1) for part in parts if isinstance(part, dict | list)]


def _bare(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower().removeprefix("field_"))


def _keyed(found: Mapping[str, Any], meaning: str) -> Any:
    keys = {_bare(key): key for key in reversed(list(found))}
    names = (name for name, means in _ALIASES.items() if means == meaning and name in keys)
    return next((found[keys[name]] for name in names if found[keys[name]]), None)


def _node(found: Mapping[str, Any]) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": "Article"}
    for meaning in dict.fromkeys(_ALIASES.values()):
        value = _keyed(found, meaning)
        if value is None:
            continue
        parts = [_part(part, meaning) for part in (value if isinstance(value, list) else [value])]
        kept = [part for part in parts if part]
        if meaning == "genre":
            kept = [part for part in kept if str(part).lower() not in _VAGUE]
        if kept:
            node[meaning] = kept
    return node


def _part(part: Any, meaning: str) -> Any:
    if not isinstance(part, dict):
        return part if isinstance(part, str) else str(part) if isinstance(part, int) else None
    if meaning == "author":
        keys = {_bare(key): key for key in part}
        bio = next((part[keys[name]] for name in _BIO if name in keys), "")
        name = next((part[keys[name]] for name in ("name", "fullname", "displayname", "title") if name in keys), "")
        return {"name": _plain(name), "description": _plain(bio)}
    if meaning == "image":
        keys = {_bare(key): _plain(value) for key, value in part.items()}
        names = {"contentUrl": ("url", "src", "href"), "caption": ("caption",), "creditText": ("credit", "credittext")}
        names["alternateName"] = ("alt", "alttext")
        return {name: next((keys[key] for key in given if keys.get(key)), "") for name, given in names.items()}
    return _plain(part) or part.get("url")


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in _INNER if value.get(key)), "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _text(found: Mapping[str, Any]) -> str:
    """The text as HTML, whether it is a string of it, plain words, or a list of blocks."""
    keys = {_bare(key): key for key in found}
    for name in _TEXTS:
        value = found.get(keys.get(name, ""))
        text = "".join(map(_block, value[:_MOST_BLOCKS])) if isinstance(value, list) else _plain(value)
        if len(text) > _LEAST_TEXT:
            return as_html(text[:_LONGEST_TEXT])
    return ""


def as_html(text: str) -> str:
    """Plain words as paragraphs; what is mark-up already stays."""
    if re.search(r"<(?:p|div|h[1-6]|ul|br)\b", text, re.IGNORECASE):
        return text
    parts = re.split(r"\n\s*\n", text) if "\n\n" in text else text.split("\n")
    return "".join(f"<p>{escape(part.strip())}</p>" for part in parts if part.strip())


def _block(part: Any) -> str:
    if isinstance(part, str):
        return part if part.lstrip().startswith("<") else f"<p>{escape(part)}</p>"
    if not isinstance(part, dict):
        return ""
    kind = str(part.get("type") or part.get("_type") or part.get("__typename") or part.get("component") or "").lower()
    words = next((part[key] for key in ("html", "text", "content", "value", "body", "data") if part.get(key)), "")
    if re.search("image|figure|photo", kind):
        return _figure(_part(part, "image"))
    listed = part.get("items") or (words if isinstance(words, list) else None)
    if isinstance(listed, list):
        return _listed(listed[:_MOST_ITEMS], kind)
    text = _plain(words)
    level = part.get("level") if part.get("level") in range(1, 7) else 2
    tag = f"h{level}" if re.search("head|^h[1-6]$", kind) else "blockquote" if "quote" in kind else "p"
    return text if text.lstrip().startswith("<") else f"<{tag}>{escape(text)}</{tag}>"


def _listed(parts: list[Any], kind: str) -> str:
    if "list" in kind:
        return "<ul>" + "".join(f"<li>{escape(_plain(one))}</li>" for one in parts) + "</ul>"
    return "".join(_block(one) for one in parts if one is not parts)


def _figure(image: Mapping[str, str]) -> str:
    credit = f'<span class="credit">{escape(image["creditText"])}</span>' if image["creditText"] else ""
    shown = f'<img src="{escape(image["contentUrl"])}" alt="{escape(image["alternateName"])}">'
    return f"<figure>{shown}<figcaption>{escape(image['caption'])} {credit}</figcaption></figure>"


def _related(found: Mapping[str, Any]) -> str:
    keys = {_bare(key): key for key in found}
    value: list[Any] = next(
        (found[keys[name]] for name in _RELATED if isinstance(found.get(keys.get(name, "")), list)), []
    )
    cards = [_card(part) for part in value[:_MOST_RELATED] if isinstance(part, dict)]
    return f"<section class='related'><h2>Related</h2>{''.join(cards)}</section>" if cards else ""


def _card(part: Mapping[str, Any]) -> str:
    node = _node(part)
    title = _plain(node.get("headline"))
    link = next(
        (value for key in ("url", "href", "link", "path", "slug") if isinstance(value := part.get(key), str)), ""
    )
    people = ", ".join(str(one.get("name") if isinstance(one, dict) else one) for one in node.get("author", ()))
    lines = [_plain(node.get("datePublished")), f"By {people}" if people else "", _plain(node.get("description"))]
    lines += [f"Type: {kind}" for kind in node.get("genre", ())]
    lines += [str(topic) for topic in node.get("articleSection", ()) if isinstance(topic, str)]
    shown = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f'<article><h3><a href="{escape(link)}">{escape(title)}</a></h3>{shown}</article>' if title else ""
