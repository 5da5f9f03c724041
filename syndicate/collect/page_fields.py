"""Title, people, dates, type, topics, language of a page: rules tried in order, the first that speaks wins.

What machines are told comes first (JSON-LD, meta elements), then what the list said of the entry (feed, sitemap,
recipe), then what a reader sees. Type and summary go the other way round: there the machine's word is the vaguer one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from syndicate.collect.dates import day_in, moment
from syndicate.collect.entries import Entry
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.page_marks import Marks, types_of
from syndicate.collect.page_parts import Parts
from syndicate.collect.said import Said
from syndicate.collect.words import names_in, one_line, title_of, without_site
from syndicate.domain.publication import Moment
from syndicate.markup.page import Page
from syndicate.net.address import web_address

_LONGEST_KICKER = 40
_LONGEST_SUMMARY = 2000
_FIRST_WORDS = 12
_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$", re.IGNORECASE)
_KINDS = {"AnalysisNewsArticle": "Analysis", "OpinionNewsArticle": "Opinion", "Report": "Report", "Review": "Review"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """All that may be looked at to fill the fields of one piece."""

    page: Page
    marks: Marks
    parts: Parts
    entry: Entry
    outlet: str
    now: datetime

    @property
    def site_names(self) -> tuple[str, ...]:
        """What the site calls itself: never a person, never part of a title."""
        named = self.marks.first("og:site_name", "application-name")
        return tuple(name for name in (named[1] if named else "", self.outlet) if name)


def _meta(sight: Sight, *names: str) -> Said[str] | None:
    found = sight.marks.first(*names)
    return Said(value=found[1], place=f"meta {found[0]}", raw=found[1]) if found else None


def _json(sight: Sight, key: str) -> Said[str] | None:
    text = sight.marks.text(key)
    return Said(value=text, place=f"JSON-LD {key}", raw=text) if text else None


def _titled(sight: Sight, said: Said[str] | None) -> Said[str] | None:
    title = without_site(title_of(said.value), sight.site_names) if said else ""
    return Said(value=title, place=said.place, raw=said.raw) if said and title else None


def headline_in_json_ld(sight: Sight) -> Said[str] | None:
    return _titled(sight, _json(sight, "headline"))


def title_in_meta(sight: Sight) -> Said[str] | None:
    return _titled(sight, _meta(sight, "og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"))


def title_in_entry(sight: Sight) -> Said[str] | None:
    title = title_of(sight.entry.title)
    return Said(value=title, place=sight.entry.place, raw=sight.entry.title) if title else None


def visible_heading(sight: Sight) -> Said[str] | None:
    title = title_of(sight.parts.heading)
    return Said(value=title, place="h1", raw=title) if title else None


def title_element(sight: Sight) -> Said[str] | None:
    element = next(sight.page.root.iter("title"), None)
    text = one_line(element.text or "") if element is not None else ""
    return _titled(sight, Said(value=text, place="title", raw=text))


TITLE = (headline_in_json_ld, title_in_meta, title_in_entry, visible_heading, title_element)


def _people(sight: Sight, names: tuple[str, ...], place: str, raw: str) -> Said[tuple[str, ...]] | None:
    own = {name.casefold() for name in sight.site_names}
    kept = tuple(dict.fromkeys(name for name in names if name.casefold() not in own))
    return Said(value=kept, place=place, raw=raw) if kept else None


def authors_in_json_ld(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.marks.people("author")
    names = tuple(name for text in told for name in names_in(text))
    return _people(sight, names, "JSON-LD author", ", ".join(told))


def authors_in_meta(sight: Sight) -> Said[tuple[str, ...]] | None:
    for key in ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"):
        told = sight.marks.meta.get(key, ())
        names = tuple(name for text in told for name in names_in(text))
        said = _people(sight, names, f"meta {key}", ", ".join(told))
        if said:
            return said
    return None


def authors_in_entry(sight: Sight) -> Said[tuple[str, ...]] | None:
    names = tuple(name for text in sight.entry.authors for name in names_in(text))
    return _people(sight, names, sight.entry.place, ", ".join(sight.entry.authors))


def visible_byline(sight: Sight) -> Said[tuple[str, ...]] | None:
    for line in sight.parts.above:
        said = _people(sight, names_in(byline_in(line)), "line above the text", line) if byline_in(line) else None
        if said:
            return said
    return None


AUTHORS = (authors_in_json_ld, authors_in_meta, authors_in_entry, visible_byline)


def _dated(sight: Sight, said: Said[str] | None) -> Said[Moment] | None:
    """Only what can be understood counts, so that a later place may do better."""
    found = moment(said.value, sight.now) if said else None
    return Said(value=found, place=said.place, raw=said.raw) if said and found and found.parsed else None


def published_in_json_ld(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, _json(sight, "datePublished"))


def published_in_meta(sight: Sight) -> Said[Moment] | None:
    names = ("article:published_time", "og:article:published_time", "datepublished", "citation_publication_date")
    return _dated(sight, _meta(sight, *names, "dc.date", "dcterms.date", "dcterms.created", "dc.date.issued", "date"))


def published_in_entry(sight: Sight) -> Said[Moment] | None:
    given = sight.entry.published
    return Said(value=given, place=sight.entry.place, raw=given.raw) if given and given.parsed else None


def visible_date(sight: Sight) -> Said[Moment] | None:
    for line in sight.parts.above:
        found = day_in(line, sight.now)
        if found:
            return Said(value=found, place="line above the text", raw=line)
    return None


def date_not_understood(sight: Sight) -> Said[Moment] | None:
    """The raw text is kept for an editor, where no place had a date that could be trusted."""
    for said in (_json(sight, "datePublished"), _meta(sight, "article:published_time", "datepublished", "dc.date")):
        found = moment(said.value, sight.now) if said else None
        if said and found:
            return Said(value=found, place=said.place, raw=said.raw)
    given = sight.entry.published
    return Said(value=given, place=sight.entry.place, raw=given.raw) if given else None


PUBLISHED = (published_in_json_ld, published_in_meta, published_in_entry, visible_date, date_not_understood)


def updated_in_json_ld(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, _json(sight, "dateModified"))


def updated_in_meta(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, _meta(sight, "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified"))


def updated_in_entry(sight: Sight) -> Said[Moment] | None:
    given = sight.entry.updated
    return Said(value=given, place=sight.entry.place, raw=given.raw) if given and given.parsed else None


UPDATED = (updated_in_json_ld, updated_in_meta, updated_in_entry)


def type_in_entry(sight: Sight) -> Said[str] | None:
    kind = title_of(sight.entry.type)
    return Said(value=kind, place=sight.entry.place, raw=sight.entry.type) if kind else None


def visible_type(sight: Sight) -> Said[str] | None:
    for line in sight.parts.above:
        told = labelled(line)
        if told and told[0] == "type":
            return Said(value=told[1], place="line above the text", raw=line)
    return None


def type_in_json_ld(sight: Sight) -> Said[str] | None:
    kind = next((kind for kind in types_of(sight.marks.node) if kind in _KINDS), "")
    return Said(value=_KINDS[kind], place="JSON-LD @type", raw=kind) if kind else None


TYPE = (visible_type, type_in_entry, type_in_json_ld)


def topics_in_json_ld(sight: Sight) -> Said[tuple[str, ...]] | None:
    said = _json(sight, "articleSection")
    return Said(value=(said.value,), place=said.place, raw=said.raw) if said else None


def topics_in_meta(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.marks.meta.get("article:section", ())
    return Said(value=tuple(dict.fromkeys(told)), place="meta article:section", raw=", ".join(told)) if told else None


def topics_in_entry(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.entry.topics
    return Said(value=told, place=sight.entry.place, raw=", ".join(told)) if told else None


def visible_topics(sight: Sight) -> Said[tuple[str, ...]] | None:
    for line in sight.parts.above:
        told = labelled(line)
        if told and told[0] == "topics":
            topics = tuple(part.strip() for part in re.split(r"[,;|]", told[1]) if part.strip())
            return Said(value=topics, place="line above the text", raw=line)
    return None


def kicker(sight: Sight) -> Said[tuple[str, ...]] | None:
    """The short line right above the heading, unless it is something else."""
    line = sight.parts.kicker
    other = not line or len(line) > _LONGEST_KICKER or byline_in(line) or labelled(line) or day_in(line, sight.now)
    if other or line.casefold() in {name.casefold() for name in sight.site_names} or line.endswith((".", ":")):
        return None
    return Said(value=(line,), place="line above the heading", raw=line)


def tags_of_entry(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.entry.tags
    return Said(value=told, place=sight.entry.place, raw=", ".join(told)) if told else None


TOPICS = (topics_in_json_ld, topics_in_meta, topics_in_entry, visible_topics, kicker, tags_of_entry)


def summary_in_entry(sight: Sight) -> Said[str] | None:
    text = one_line(sight.entry.summary)[:_LONGEST_SUMMARY]
    return Said(value=text, place=sight.entry.place, raw=text) if text else None


def summary_in_meta(sight: Sight) -> Said[str] | None:
    said = _json(sight, "description") or _meta(sight, "og:description", "description", "dc.description")
    return Said(value=title_of(said.value)[:_LONGEST_SUMMARY], place=said.place, raw=said.raw) if said else None


SUMMARY = (summary_in_entry, summary_in_meta)


def language_of_page(sight: Sight) -> Said[str] | None:
    return _language(sight.page.root.get("lang") or sight.page.root.get("xml:lang") or "", "html lang")


def language_in_marks(sight: Sight) -> Said[str] | None:
    said = _json(sight, "inLanguage") or _meta(sight, "og:locale", "content-language", "dc.language", "language")
    return _language(said.value, said.place) if said else None


def language_in_entry(sight: Sight) -> Said[str] | None:
    return _language(sight.entry.language, sight.entry.place)


def _language(raw: str, place: str) -> Said[str] | None:
    tag = raw.strip().replace("_", "-")
    return Said(value=tag, place=place, raw=raw) if _LANGUAGE.match(tag) else None


LANGUAGE = (language_of_page, language_in_marks, language_in_entry)


def canonical_link(sight: Sight) -> Said[str] | None:
    """The page's own word on its address; a site that names its home page for every piece is not believed."""
    for link in sight.page.root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            address = web_address(sight.page.absolute(link.get("href") or ""))
            if address and not _is_home(address, sight.page.url):
                return Said(value=address, place="link rel=canonical", raw=link.get("href") or "")
    return None


def where_it_led(sight: Sight) -> Said[str] | None:
    """The address that redirects ended at, where it is not the one listed."""
    address = web_address(sight.page.url)
    if not address or address == sight.entry.link or _is_home(address, sight.entry.link):
        return None
    return Said(value=address, place="redirect", raw=address)


CANONICAL = (canonical_link, where_it_led)


def _is_home(address: str, url: str) -> bool:
    return urlsplit(address).path in ("", "/") and not urlsplit(address).query and urlsplit(url).path not in ("", "/")


def first_words(text: str) -> str:
    """A title for a piece that has none: its first words."""
    words = text.split()
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")
