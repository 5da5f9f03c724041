"""Title, people and dates of a page: rules tried in order, the first that speaks wins.

What machines are told comes first (JSON-LD and its like, meta elements), then the site's recipe, then what the list
said of the entry (feed, sitemap, card), then what a reader sees, and trafilatura last, where it had to be asked for the
text anyway. What a piece is about is in ``page_kind``, where it lives in ``page_where``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry
from syndicate.collect.page_blocks import HEADINGS
from syndicate.collect.page_lines import Line, bylines, days, labelled_values
from syndicate.collect.page_marks import Marks
from syndicate.collect.page_parts import Parts
from syndicate.collect.said import Said
from syndicate.collect.words import names_in, one_line, title_of, without_site
from syndicate.domain.publication import Moment
from syndicate.markup.page import Page

_FIRST_WORDS = 12
_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "citation_publication_date")
_DATES = ("dc.date", "dcterms.date", "dcterms.created", "dcterms.issued", "dc.date.issued", "date", "pubdate")
_CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_WRITERS = ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """All that may be looked at to fill the fields of one piece. ``site`` is what the recipe's selectors found."""

    page: Page
    marks: Marks
    parts: Parts
    lines: tuple[Line, ...]
    entry: Entry
    outlet: str
    now: datetime
    site: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guessed: Mapping[str, str] = field(default_factory=dict)

    @property
    def site_names(self) -> tuple[str, ...]:
        """What the site calls itself: never a person, never part of a title."""
        named = self.marks.first("og:site_name", "application-name")
        publisher = next((values[0] for _, values in self.marks.texts("publisher")), "")
        return tuple(name for name in (named[1] if named else "", publisher, self.outlet) if name)


def in_meta(sight: Sight, *names: str) -> Said[str] | None:
    """The first of the named meta elements that says anything."""
    found = sight.marks.first(*names)
    return Said(value=found[1], place=f"meta {found[0]}", raw=found[1]) if found else None


def in_nodes(sight: Sight, key: str) -> Said[str] | None:
    """What JSON-LD, microdata, RDFa or an app's state says of a property, in this order."""
    for place, values in sight.marks.texts(key):
        return Said(value=values[0], place=place, raw=values[0])
    return None


def by_recipe(sight: Sight, key: str) -> Said[str] | None:
    """What the site's own selector for a field finds."""
    told = sight.site.get(key, ())
    return Said(value=told[0], place=f"page recipe {key}", raw=told[0]) if told else None


def _titled(sight: Sight, said: Said[str] | None) -> Said[str] | None:
    title = without_site(title_of(said.value), sight.site_names) if said else ""
    return Said(value=title, place=said.place, raw=said.raw) if said and title else None


def headline_in_json_ld(sight: Sight) -> Said[str] | None:
    return _titled(sight, in_nodes(sight, "headline"))


def title_in_meta(sight: Sight) -> Said[str] | None:
    return _titled(sight, in_meta(sight, "og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"))


def title_by_recipe(sight: Sight) -> Said[str] | None:
    return _titled(sight, by_recipe(sight, "title"))


def title_in_entry(sight: Sight) -> Said[str] | None:
    title = title_of(sight.entry.title)
    return Said(value=title, place=sight.entry.place, raw=sight.entry.title) if title else None


def visible_heading(sight: Sight) -> Said[str] | None:
    title = title_of(sight.parts.heading)
    return Said(value=title, place="h1", raw=title) if title else None


def title_element(sight: Sight) -> Said[str] | None:
    """The title bar's words; where a heading above the text stands in them, that heading alone."""
    element = next(sight.page.root.iter("title"), None)
    text = one_line(element.text or "") if element is not None else ""
    heads = (line.text for line in sight.lines if line.block.node.tag in HEADINGS and line.text in text)
    return _titled(sight, Said(value=next(heads, text), place="title", raw=text))


def name_in_marks(sight: Sight) -> Said[str] | None:
    return _titled(sight, in_nodes(sight, "name"))


def title_by_trafilatura(sight: Sight) -> Said[str] | None:
    return _guess(sight, "title")


def _guess(sight: Sight, key: str) -> Said[str] | None:
    told = one_line(sight.guessed.get(key, ""))
    return Said(value=told, place="trafilatura", raw=told) if told else None


TITLE = (
    *(headline_in_json_ld, title_in_meta, title_by_recipe, title_in_entry),
    *(visible_heading, name_in_marks, title_element, title_by_trafilatura),
)


def _people(sight: Sight, names: Sequence[str], place: str, raw: str) -> Said[tuple[str, ...]] | None:
    own = {name.casefold() for name in sight.site_names}
    kept = tuple(dict.fromkeys(name for name in names if name.casefold() not in own))
    return Said(value=kept, place=place, raw=raw) if kept else None


def authors_in_json_ld(sight: Sight) -> Said[tuple[str, ...]] | None:
    for key in ("author", "creator"):
        for place, people in sight.marks.people(key):
            names = [name for person in people for name in names_in(person.name)]
            said = _people(sight, names, place, ", ".join(person.name for person in people))
            if said:
                return said
    return None


def authors_in_meta(sight: Sight) -> Said[tuple[str, ...]] | None:
    for key in _WRITERS:
        told = sight.marks.meta.get(key, ())
        said = _people(sight, [name for text in told for name in names_in(text)], f"meta {key}", ", ".join(told))
        if said:
            return said
    return None


def authors_by_recipe(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.site.get("byline", ())
    return _people(sight, [name for text in told for name in names_in(text)], "page recipe byline", ", ".join(told))


def authors_in_entry(sight: Sight) -> Said[tuple[str, ...]] | None:
    told = sight.entry.authors
    return _people(sight, [name for text in told for name in names_in(text)], sight.entry.place, ", ".join(told))


def visible_byline(sight: Sight) -> Said[tuple[str, ...]] | None:
    return next(
        (said for told in bylines(sight.lines) if (said := _people(sight, told.value, told.place, told.raw))), None
    )


def authors_by_trafilatura(sight: Sight) -> Said[tuple[str, ...]] | None:
    said = _guess(sight, "author")
    return _people(sight, names_in(said.value), said.place, said.raw) if said else None


AUTHORS = (
    *(authors_in_json_ld, authors_in_meta, authors_by_recipe),
    *(authors_in_entry, visible_byline, authors_by_trafilatura),
)


def _dated(sight: Sight, said: Said[str] | None) -> Said[Moment] | None:
    """Only what can be understood counts, so that a later place may do better."""
    found = moment(said.value, sight.now) if said else None
    return Said(value=found, place=said.place, raw=said.raw) if said and found and found.parsed else None


def published_in_json_ld(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, in_nodes(sight, "datePublished"))


def published_in_meta(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, in_meta(sight, *_PUBLISHED, *_DATES))


def published_by_recipe(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, by_recipe(sight, "date"))


def published_in_entry(sight: Sight) -> Said[Moment] | None:
    given = sight.entry.published
    return Said(value=given, place=sight.entry.place, raw=given.raw) if given and given.parsed else None


def visible_date(sight: Sight) -> Said[Moment] | None:
    return next(days(sight.lines, "published", sight.now), None)


def created_in_marks(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, in_nodes(sight, "dateCreated"))


def date_by_trafilatura(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, _guess(sight, "date"))


def date_not_understood(sight: Sight) -> Said[Moment] | None:
    """The raw text is kept for an editor, where no place had a date that could be trusted."""
    labels = next(labelled_values(sight.lines, "published"), None)
    for said in (
        in_nodes(sight, "datePublished"),
        in_meta(sight, *_PUBLISHED, "dc.date"),
        by_recipe(sight, "date"),
        labels,
    ):
        found = moment(said.value, sight.now) if said else None
        if said and found and not found.parsed:
            return Said(value=found, place=said.place, raw=said.raw)
    given = sight.entry.published
    return Said(value=given, place=sight.entry.place, raw=given.raw) if given and not given.parsed else None


PUBLISHED = (
    *(published_in_json_ld, published_in_meta, published_by_recipe, published_in_entry),
    *(visible_date, created_in_marks, date_by_trafilatura, date_not_understood),
)


def updated_in_json_ld(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, in_nodes(sight, "dateModified"))


def updated_in_meta(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, in_meta(sight, *_CHANGED))


def updated_by_recipe(sight: Sight) -> Said[Moment] | None:
    return _dated(sight, by_recipe(sight, "updated"))


def updated_in_entry(sight: Sight) -> Said[Moment] | None:
    given = sight.entry.updated
    return Said(value=given, place=sight.entry.place, raw=given.raw) if given and given.parsed else None


def visible_update(sight: Sight) -> Said[Moment] | None:
    return next(days(sight.lines, "updated", sight.now), None)


UPDATED = (updated_in_json_ld, updated_in_meta, updated_by_recipe, updated_in_entry, visible_update)


def first_words(text: str) -> str:
    """A title for a piece that has none: its first words."""
    words = text.split()
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")
