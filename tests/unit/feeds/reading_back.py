"""Feeds read back: three formats as one shape, by parsers that forgive nothing, and what a valid document must hold."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree, html

from syndicate.markup.page import visible_text

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"


@dataclass(frozen=True)
class Shown:
    """What a reader of any format learns of one entry."""

    id: str
    title: str
    page: str
    via: tuple[str, ...]
    source: tuple[str, str]
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    published: datetime
    updated: datetime
    content: str
    summary: str
    valid: str


def read(ending: str, body: bytes) -> list[Shown]:
    """The entries of a document in the order they stand there."""
    return {"rss": _rss, "atom": _atom, "json": _json}[ending](body)


def strictly(body: bytes) -> Any:
    """The root of a well-formed XML document; raises where it is not."""
    return etree.fromstring(body, etree.XMLParser(recover=False, resolve_entities=False, no_network=True))


def words(fragment: str) -> str:
    """What a person sees of an HTML fragment."""
    return " ".join(visible_text(html.fromstring(f"<div>{fragment}</div>")).split())


def links(fragment: str) -> list[str]:
    return [a.get("href") or "" for a in html.fromstring(f"<div>{fragment}</div>").iter("a")]


def complaints(ending: str, body: bytes) -> list[str]:
    """What RSS 2.0, RFC 4287 or JSON Feed 1.1 demand and the document lacks."""
    if ending == "json":
        return _json_complaints(json.loads(body))
    root = strictly(body)
    return _rss_complaints(root) if ending == "rss" else _atom_complaints(root)


def _rss(body: bytes) -> list[Shown]:
    return [
        Shown(
            id=item.findtext("guid") or "",
            title=item.findtext("title") or "",
            page=item.findtext("link") or "",
            via=tuple(e.get("href") for e in item.findall(f"{ATOM}link") if e.get("rel") == "via"),
            source=(item.findtext("source") or "", item.find("source").get("url")),
            authors=tuple(e.text for e in item.findall(f"{DC}creator")),
            topics=tuple(e.text for e in item.findall("category")),
            language=_language(item),
            published=parsedate_to_datetime(item.findtext("pubDate")),
            updated=datetime.fromisoformat(item.findtext(f"{DCTERMS}modified")),
            content=item.findtext(CONTENT) or "",
            summary=words(item.findtext("description") or ""),
            valid=item.findtext(f"{DCTERMS}valid") or "",
        )
        for item in strictly(body).iter("item")
    ]


def _atom(body: bytes) -> list[Shown]:
    return [
        Shown(
            id=entry.findtext(f"{ATOM}id") or "",
            title=entry.findtext(f"{ATOM}title") or "",
            page=_related(entry, "alternate")[0],
            via=_related(entry, "via"),
            source=(entry.findtext(f"{ATOM}source/{ATOM}title"), entry.findtext(f"{ATOM}source/{ATOM}id")),
            authors=tuple(e.text for e in entry.findall(f"{ATOM}author/{ATOM}name")),
            topics=tuple(e.get("term") for e in entry.findall(f"{ATOM}category")),
            language=_language(entry),
            published=datetime.fromisoformat(entry.findtext(f"{ATOM}published")),
            updated=datetime.fromisoformat(entry.findtext(f"{ATOM}updated")),
            content=entry.findtext(f"{ATOM}content") or "",
            summary=words(entry.findtext(f"{ATOM}summary") or ""),
            valid=entry.findtext(f"{DCTERMS}valid") or "",
        )
        for entry in strictly(body).iter(f"{ATOM}entry")
    ]


def _json(body: bytes) -> list[Shown]:
    return [
        Shown(
            id=item["id"],
            title=item["title"],
            page=item["url"],
            via=tuple(item["_syndicate"]["via"]),
            source=(item["_syndicate"]["source"]["title"], item["_syndicate"]["source"]["url"]),
            authors=tuple(author["name"] for author in item["authors"]),
            topics=tuple(item.get("tags", ())),
            language=item.get("language", ""),
            published=datetime.fromisoformat(item["date_published"]),
            updated=datetime.fromisoformat(item["date_modified"]),
            content=item["content_html"],
            summary=re.sub(r" \(https?://\S+\)$", "", item["summary"]),
            valid=item["_syndicate"].get("valid", ""),
        )
        for item in json.loads(body)["items"]
    ]


def _related(entry: Any, relation: str) -> tuple[str, ...]:
    return tuple(e.get("href") for e in entry.findall(f"{ATOM}link") if e.get("rel") == relation)


def _language(element: Any) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""


def _rss_complaints(root: Any) -> list[str]:
    channel = root.find("channel")
    found = [f"channel/{name}" for name in ("title", "link", "description") if not channel.findtext(name)]
    found += [] if root.get("version") == "2.0" else ["version"]
    found += [] if [e.get("rel") for e in channel.findall(f"{ATOM}link")] == ["self"] else ["one self link"]
    parsedate_to_datetime(channel.findtext("lastBuildDate"))
    for item in channel.findall("item"):
        found += [f"item/{name}" for name in ("title", "link", "description", "guid") if not item.findtext(name)]
        found += [] if item.find("guid").get("isPermaLink") == "false" else ["guid is taken for a link"]
        found += [] if (item.find("source").get("url") or "").startswith("http") else ["source without url"]
        found += [f"{name} beside dc:creator" for name in ("author",) if item.find(name) is not None]
        found += [f"two of {tag}" for tag in ("title", "link", "guid", "source") if len(item.findall(tag)) != 1]
    return found


def _atom_complaints(root: Any) -> list[str]:
    found = [] if root.tag == f"{ATOM}feed" else [f"root {root.tag}"]
    found += [f"feed/{name}" for name in ("id", "title", "updated") if not root.findtext(f"{ATOM}{name}")]
    found += [] if len(_related(root, "self")) == 1 else ["one self link"]
    for entry in root.findall(f"{ATOM}entry"):
        for where in (entry, entry.find(f"{ATOM}source")):
            found += [f"{where.tag}/{n}" for n in ("id", "title", "updated") if len(where.findall(f"{ATOM}{n}")) != 1]
            moment = datetime.fromisoformat(where.findtext(f"{ATOM}updated"))
            found += [] if moment.tzinfo == UTC else ["a time without its zone"]
        found += [] if len(_related(entry, "alternate")) == 1 else ["one alternate link"]
        found += [f"link without {a}" for e in entry.findall(f"{ATOM}link") for a in ("rel", "href") if not e.get(a)]
        for name in ("content", "summary"):
            kinds = [e.get("type") for e in entry.findall(f"{ATOM}{name}")]
            found += [] if kinds == ["html"] else [f"{name} of type {kinds}"]
    return found


def _json_complaints(feed: dict[str, Any]) -> list[str]:
    found = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["version"]
    found += [name for name in ("title", "home_page_url", "feed_url", "items") if name not in feed]
    for item in feed["items"]:
        found += [f"item/{name}" for name in ("id", "url", "title", "content_html") if not item.get(name)]
        for name in ("date_published", "date_modified"):
            found += [] if datetime.fromisoformat(item[name]).tzinfo == UTC else [f"{name} without its zone"]
    return found
