"""An entry of a feed, read from the text it carries, without the machinery that finds an article on a page.

Called by the worker for whole lists. Most entries are in plain mark-up (``fragment``), the others are tidied
(``fragment_tree``). What is like a page (furniture, a borrowed text, a note on the author, a text that opens or ends
with short lines) is read by ``piece`` as a page of its own; for all others both give the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from html import escape

from lxml import html

from syndicate.collect.entries import Entry, ReadPiece, Unreadable
from syndicate.collect.fragment import Fragment, fragment_of
from syndicate.collect.fragment_attributes import Odd
from syndicate.collect.fragment_tree import tree_of
from syndicate.collect.plainness import is_plain, speaks_of_itself
from syndicate.collect.said import same_set
from syndicate.collect.words import names_in, one_line, title_of
from syndicate.domain.provenance import Provenance
from syndicate.domain.publication import Author, Evidence, Figure, Reading
from syndicate.markup.page import Page

PageReader = Callable[[Page, str], Provenance]
_LONGEST_SUMMARY = 2000
_LONGEST_RAW = 500
_FIGURES_NOTED = 5
_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$", re.IGNORECASE)
_NOTHING = html.document_fromstring("<html><body></body></html>")


def read_entry(entry: Entry, outlet: str, page_reader: PageReader, now: datetime) -> Reading | Unreadable:
    """The reading of ``entry`` from the text it carries."""
    reading = _quickly(entry, outlet, page_reader)
    if reading is not None:
        return reading
    from syndicate.collect.piece import read_piece  # noqa: PLC0415 - only where an entry is like a page

    return read_piece(ReadPiece(entry=entry, outlet=outlet, now=now.timestamp()), page_reader, now)


def _quickly(entry: Entry, outlet: str, page_reader: PageReader) -> Reading | None:
    """The reading of a plain entry, or None where it takes a closer look."""
    title = title_of(entry.title)
    text = entry.html or f"<p>{escape(entry.summary)}</p>"
    if not title or speaks_of_itself(text.lower()):
        return None
    try:
        return _told(entry, title, fragment_of(text, entry.link), None, outlet, page_reader)
    except Odd:
        found = tree_of(text, entry.link, lambda page: page_reader(page, outlet))
    return _told(entry, title, *found, outlet, page_reader) if found else None


def _told(
    entry: Entry, title: str, text: Fragment, own: Provenance | None, outlet: str, page_reader: PageReader
) -> Reading | None:
    """The reading of a text, whose provenance may be known, unless it is borrowed or not plain."""
    names = _names(entry, outlet)
    if (own and own.borrowed) or not is_plain(text, names):
        return None
    own = own or page_reader(Page(url=entry.link, root=_NOTHING, lines=tuple(text.lines)), outlet)
    return None if own.borrowed else _reading(entry, title, names, own, text)


def _names(entry: Entry, outlet: str) -> tuple[str, ...]:
    """The people of the byline; the outlet is none."""
    names = (name for told in entry.authors for name in names_in(told))
    return tuple(dict.fromkeys(name for name in names if name.casefold() != outlet.casefold()))


def _reading(entry: Entry, title: str, names: Sequence[str], provenance: Provenance, text: Fragment) -> Reading:
    told = entry.topics or entry.tags
    kind = title_of(entry.type)
    summary = one_line(entry.summary)[:_LONGEST_SUMMARY]
    words, figures = "\n\n".join(text.lines), tuple(dict.fromkeys(text.figures))
    return Reading(
        url=entry.link,
        title=title,
        provenance=provenance,
        guid=entry.guid,
        authors=tuple(Author(name=name) for name in names),
        published=entry.published,
        updated=entry.updated if entry.updated and entry.updated.parsed else None,
        type=kind,
        topics=tuple(dict.fromkeys(topic for topic in told if topic.casefold() != kind.casefold())),
        language=_language(entry),
        summary=summary,
        body_html=text.safe,
        body_text=words,
        headings=tuple(text.headings),
        figures=figures,
        evidence=tuple(_evidence(entry, names, summary, words, figures)),
    )


def _language(entry: Entry) -> str:
    """The language tag of the list (BCP 47), as far as it looks like one."""
    tag = entry.language.strip().replace("_", "-")
    return tag if _LANGUAGE.match(tag) else ""


def _evidence(
    entry: Entry, names: Sequence[str], summary: str, words: str, figures: Sequence[Figure]
) -> Iterator[Evidence]:
    """Which rule set each field, in the words of the rules for pages."""
    date = entry.published
    tags = "" if entry.topics and same_set(entry.topics, entry.tags) else ", ".join(entry.tags)
    told = (
        ("title", "title in entry", entry.title),
        ("authors", "authors in entry", ", ".join(entry.authors) if names else ""),
        (
            "published",
            "published in entry" if date and date.parsed else "date not understood",
            date.raw if date else "",
        ),
        ("updated", "updated in entry", entry.updated.raw if entry.updated and entry.updated.parsed else ""),
        ("type", "type in entry", entry.type),
        ("topics", "topics in entry", ", ".join(entry.topics)),
        ("topics", "tags of entry", tags),
        ("summary", "summary in entry", summary),
        ("language", "language in entry", entry.language if _language(entry) else ""),
    )
    for field, rule, raw in told:
        if raw:
            used = not (entry.topics and rule == "tags of entry")
            yield Evidence(field=field, rule=rule, place=entry.place, raw=one_line(raw)[:_LONGEST_RAW], used=used)
    yield Evidence(field="body", rule="marked article", place="page", raw=one_line(words[:200]))
    for figure in figures[:_FIGURES_NOTED]:
        told_of_it = one_line(f"{figure.caption} {figure.credit}")[:_LONGEST_RAW]
        yield Evidence(field="figures", rule="picture", place="text", raw=told_of_it)
