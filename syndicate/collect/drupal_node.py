"""One node of Drupal's JSON:API as an entry: fields are recognised by what they hold, for their names differ.

Called by the Drupal kind of source, inside the parsing worker; every value may be of any type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry
from syndicate.collect.told import figure, inside, root_of, table, tables, text
from syndicate.collect.words import names_in, one_line, title_of
from syndicate.domain.publication import Moment
from syndicate.markup.page import parse_page, visible_text
from syndicate.net.address import web_address

Included = Mapping[tuple[str, str], Mapping[str, Any]]
"""(type, id) -> what a node refers to."""

_MOST = 50
_LONGEST_LINE = 300
_PERSON = re.compile(
    r"author|byline|person|people|expert|contributor|writer|staff|scholar|fellow|profile", re.IGNORECASE
)
_SAYS_TYPE = re.compile(r"type|format|genre", re.IGNORECASE)
_SAYS_TAG = re.compile(r"tags?\b|keyword", re.IGNORECASE)
_SAYS_SUMMARY = re.compile(
    r"summary|teaser|lead|dek|standfirst|abstract|intro|description|subtitle|excerpt", re.IGNORECASE
)
_SAYS_PUBLISHED = re.compile(r"publi|release", re.IGNORECASE)
_SAYS_UPDATED = re.compile(r"updated|revised|modified", re.IGNORECASE)
_SAYS_PICTURE = re.compile(r"image|picture|photo|hero|media|thumb|banner|cover", re.IGNORECASE)
_PLAIN_BUNDLES = frozenset({"article", "post", "page", "story", "content", "node", "publication", "news", "basic_page"})
_NEVER_PEOPLE = frozenset({"uid", "revision_uid"})


def entry_of(node: Mapping[str, Any], included: Included, url: str, now: datetime) -> Entry:
    """What a node says; without a link where its address cannot be made out."""
    attributes = table(node.get("attributes"))
    related = list(_related(node, included))
    body, summary = _texts(attributes)
    picture = next(_pictures(related, included, url), "")
    return Entry(
        link=_link(attributes, url),
        place="JSON:API node",
        title=title_of(text(attributes.get("title"))),
        guid=one_line(text(node.get("id")))[:_LONGEST_LINE],
        authors=tuple(dict.fromkeys(_people(attributes, related)))[:_MOST],
        published=_published(attributes, now),
        updated=_moment(attributes, _SAYS_UPDATED, now) or moment(text(attributes.get("changed")), now),
        type=_type(node, related),
        topics=tuple(dict.fromkeys(_terms(related, tags=False)))[:_MOST],
        tags=tuple(dict.fromkeys(_terms(related, tags=True)))[:_MOST],
        language=one_line(text(attributes.get("langcode")))[:40].removeprefix("und"),
        summary=one_line(visible_text(parse_page(summary, url).root)) if summary.strip() else "",
        html=picture + body if body else "",
    )


def _related(node: Mapping[str, Any], included: Included) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(name of the field, what it refers to), as far as it came along."""
    for name, relation in table(node.get("relationships")).items():
        if name in _NEVER_PEOPLE:
            continue
        for aim in tables(inside(relation, "data")):
            found = included.get((text(aim.get("type")), text(aim.get("id"))))
            if found is not None:
                yield name, {**found, "meta": inside(aim, "meta")}


def _link(attributes: Mapping[str, Any], url: str) -> str:
    """The alias a reader sees, else the number every node has; both below the site that the API belongs to."""
    site = root_of(url) + urlsplit(url).path.partition("/jsonapi")[0]
    alias = text(inside(attributes, "path", "alias"))
    if alias.startswith("/") and not alias.startswith("//"):
        return web_address(site + alias)
    number = text(attributes.get("drupal_internal__nid"))
    return web_address(f"{site}/node/{number}") if number.isascii() and number.isdigit() else ""


def _texts(attributes: Mapping[str, Any]) -> tuple[str, str]:
    """(body, summary): the longest formatted text, and what is named as a summary of it."""
    bodies, summaries = [""], [""]
    for name, value in attributes.items():
        for part in tables(value):
            formatted = text(part.get("processed"))
            (summaries if _SAYS_SUMMARY.search(name) and name != "body" else bodies).append(formatted)
            summaries.append(text(part.get("summary")))
        if _SAYS_SUMMARY.search(name):
            summaries.append(text(value))
    return max(bodies, key=len), max(summaries, key=len)


def _published(attributes: Mapping[str, Any], now: datetime) -> Moment | None:
    """A field that is named for publication knows better than the time at which somebody began to type."""
    return _moment(attributes, _SAYS_PUBLISHED, now) or moment(text(attributes.get("created")), now)


def _moment(attributes: Mapping[str, Any], wanted: re.Pattern[str], now: datetime) -> Moment | None:
    for name, value in attributes.items():
        found = moment(text(value), now) if wanted.search(name) and text(value)[:1].isdigit() else None
        if found and found.parsed:
            return found
    return None


def _bundle(entity: Mapping[str, Any]) -> tuple[str, str]:
    """("taxonomy_term", "topics") of "taxonomy_term--topics"."""
    kind, _, bundle = text(entity.get("type")).partition("--")
    return kind, bundle


def _name(entity: Mapping[str, Any]) -> str:
    attributes = table(entity.get("attributes"))
    told = (text(attributes.get(key)) for key in ("title", "name", "display_name", "label"))
    return next((name for raw in told if (name := title_of(raw))), "")


def _is_person(field: str, entity: Mapping[str, Any]) -> bool:
    kind, bundle = _bundle(entity)
    return kind in ("user", "profile") or (
        kind in ("node", "taxonomy_term", "paragraph") and bool(_PERSON.search(f"{field} {bundle}"))
    )


def _people(attributes: Mapping[str, Any], related: list[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    found = [name for field, entity in related if _is_person(field, entity) and (name := _name(entity))]
    yield from found
    if found:
        return
    for field, value in attributes.items():
        if _PERSON.search(field) and isinstance(value, str) and len(value) <= _LONGEST_LINE:
            yield from names_in(value)


def _terms(related: list[tuple[str, Mapping[str, Any]]], *, tags: bool) -> Iterator[str]:
    for field, entity in related:
        kind, bundle = _bundle(entity)
        other = _is_person(field, entity) or _SAYS_TYPE.search(bundle)
        if kind == "taxonomy_term" and not other and bool(_SAYS_TAG.search(bundle)) is tags:
            yield _name(entity)


def _type(node: Mapping[str, Any], related: list[tuple[str, Mapping[str, Any]]]) -> str:
    """What a vocabulary of types says, else the type of the node where that says something."""
    for _, entity in related:
        kind, bundle = _bundle(entity)
        if kind == "taxonomy_term" and _SAYS_TYPE.search(bundle) and _name(entity):
            return _name(entity)
    bundle = _bundle(node)[1]
    return "" if bundle in _PLAIN_BUNDLES else bundle.replace("_", " ").replace("-", " ").strip().capitalize()[:80]


def _pictures(related: list[tuple[str, Mapping[str, Any]]], included: Included, url: str) -> Iterator[str]:
    """Pictures that the node refers to, as figures: files themselves, or media, whose thumbnail is the file."""
    for field, entity in related:
        kind, _ = _bundle(entity)
        if kind not in ("file", "media") or not _SAYS_PICTURE.search(f"{field} {text(entity.get('type'))}"):
            continue
        file, said = entity, table(entity.get("meta"))
        if kind == "media":
            aim = table(inside(entity, "relationships", "thumbnail", "data"))
            file, said = included.get((text(aim.get("type")), text(aim.get("id"))), {}), table(aim.get("meta"))
        source = _file_address(file, url)
        if source:
            yield figure(source, title_of(text(said.get("alt"))), title_of(_caption(entity)))


def _caption(media: Mapping[str, Any]) -> str:
    for name, value in table(media.get("attributes")).items():
        if re.search(r"caption|credit", name, re.IGNORECASE):
            told = text(value) or text(inside(value, "processed")) or text(inside(value, "value"))
            if told.strip():
                return told
    return ""


def _file_address(file: Mapping[str, Any], url: str) -> str:
    path = text(inside(file, "attributes", "uri", "url"))
    try:
        return web_address(urljoin(url, path)) if path else ""
    except ValueError:
        return ""
