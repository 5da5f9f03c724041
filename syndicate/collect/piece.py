"""One article, from the octets of its page and what its list said of it, to a reading. Runs in the worker.

Nothing that is missing spoils the rest: a page without title, author or date still gives a reading.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

from syndicate.collect import page_fields as fields
from syndicate.collect import page_kind as about
from syndicate.collect import page_where as where
from syndicate.collect.clean import safe_html, words_of
from syndicate.collect.dates import same_moment
from syndicate.collect.entries import Entry, ReadPiece, Unreadable
from syndicate.collect.flattened import page_of_text
from syndicate.collect.page_authors import authors_of
from syndicate.collect.page_body import Body, Text, body_of, text_of
from syndicate.collect.page_fields import Sight
from syndicate.collect.page_lines import lines_of
from syndicate.collect.page_marks import marks_of
from syndicate.collect.page_parts import parts_of
from syndicate.collect.page_recipe import told_by_recipe
from syndicate.collect.page_shape import shaped
from syndicate.collect.page_shown import shown
from syndicate.collect.said import noted, same_set, same_start, same_words, settled
from syndicate.collect.words import one_line
from syndicate.domain.outlet import PageRecipe
from syndicate.domain.provenance import Provenance
from syndicate.domain.publication import Evidence, Reading
from syndicate.markup.decode import decoded
from syndicate.markup.page import Page, parse_page

PageReader = Callable[[Page, str], Provenance]
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"ID3", b"RIFF")


def read_piece(task: ReadPiece, page_reader: PageReader, now: datetime) -> Reading | Unreadable:
    """The reading of one piece; from its entry alone where the task holds no page. It has a title in any case."""
    if task.document is None:
        page = parse_page(_page_of(task.entry), task.entry.link)
    elif task.document.body.startswith(_BINARY):
        return Unreadable(problem="is no page of text but a file of another kind, which is not read")
    else:
        text = decoded(task.document.body, task.document.charset)
        page = parse_page(page_of_text(text, now) if task.document.flattened else text, task.document.url)
    reading = _reading(page, task, page_reader, now)
    if not reading.title:
        return Unreadable(problem="has neither title nor text nor address, so there is nothing to read")
    return reading


def _reading(page: Page, task: ReadPiece, page_reader: PageReader, now: datetime) -> Reading:
    marks = marks_of(page)
    shown(page, marks)
    shaped(page.root)
    provenance = page_reader(page, task.outlet)
    parts = parts_of(page, now)
    site = told_by_recipe(page, task.page or PageRecipe(), parts)
    text = text_of(page, site.parts)
    sight = Sight(
        page=page,
        marks=marks,
        parts=site.parts,
        lines=lines_of(parts),
        entry=task.entry,
        outlet=task.outlet,
        now=now,
        site=site.told,
        guessed=text.guessed,
    )
    return _filled(sight, text, provenance)


def _filled(sight: Sight, text: Text, provenance: Provenance) -> Reading:
    """Every field is settled before the text is cut, since cutting changes the tree that the rules look at."""
    names = settled("authors", fields.AUTHORS, sight, same_set)
    title = settled("title", fields.TITLE, sight, same_words)
    published = settled("published", fields.PUBLISHED, sight, same_moment)
    updated = settled("updated", fields.UPDATED, sight, same_moment)
    kind = settled("type", about.TYPE, sight, same_words)
    topics = settled("topics", about.TOPICS, sight, _same_topics(kind.value or ""))
    summary = settled("summary", about.SUMMARY, sight, same_start)
    language = settled("language", where.LANGUAGE, sight, where.same_language)
    canonical = settled("canonical", where.CANONICAL, sight, where.same_address)
    licence = settled("licence", where.LICENCE, sight, same_words)
    note = (provenance.evidence or "") if provenance.borrowed else ""
    body = body_of(sight.page, sight.parts, text, sight.marks, names.value or (), note)
    authors, bios = authors_of(names.value or (), body.bios, sight)
    safe = safe_html(sight.page, body.element)
    words, headings = words_of(safe)
    told = (title, names, published, updated, kind, topics, summary, language, canonical, licence)
    return Reading(
        url=sight.entry.link or canonical.value or "",
        title=title.value or _untitled(sight.entry, words or summary.value or ""),
        provenance=provenance,
        guid=sight.entry.guid,
        canonical=canonical.value or "",
        authors=authors,
        published=published.value,
        updated=updated.value,
        type=kind.value or "",
        topics=_topics(topics.value or (), kind.value or ""),
        language=language.value or "",
        summary=summary.value or "",
        body_html=safe,
        body_text=words,
        headings=headings,
        figures=body.figures,
        related=sight.parts.leads,
        licence=licence.value or "",
        evidence=(
            *(evidence for field in told for evidence in field.evidence),
            *(*bios, *_refused(sight), *_body_evidence(body, words, sight)),
        ),
    )


def _same_topics(kind: str) -> Callable[[tuple[str, ...], tuple[str, ...]], bool]:
    """Whether two lists of topics are one but for the type."""
    return lambda one, other: same_set(_topics(one, kind), _topics(other, kind))


def _topics(told: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Topics without the type, which some feeds put among their categories."""
    return tuple(dict.fromkeys(topic for topic in told if topic.casefold() != kind.casefold()))


def _refused(sight: Sight) -> tuple[Evidence, ...]:
    address = where.refused_canonical(sight)
    return (noted("canonical", "a home page or a list", "link rel=canonical", address, used=False),) if address else ()


def _body_evidence(body: Body, words: str, sight: Sight) -> tuple[Evidence, ...]:
    told = [noted("body", body.rule, "page", words[:200])]
    told += [noted("figures", "picture", "text", f"{figure.caption} {figure.credit}") for figure in body.figures[:5]]
    if sight.parts.leads:
        told.append(noted("related", "related list", "page", "; ".join(lead.title for lead in sight.parts.leads)))
    return tuple(told)


def _page_of(entry: Entry) -> str:
    """An entry's own text as a page, so that there is one way to read."""
    text = entry.html or f"<p>{escape(entry.summary)}</p>"
    return f"<html><body><article>{text}</article></body></html>"


def _untitled(entry: Entry, text: str) -> str:
    """A title for a piece that has none: a file name that says something, else its first words, else its address."""
    place = entry.link or entry.guid
    last = place.rstrip("/").rpartition("/")[2].partition("?")[0].partition(".")[0]
    name = " ".join(last.replace("_", "-").split("-")).strip().capitalize()
    if not entry.link and " " in name:
        return one_line(name) or place
    return one_line(fields.first_words(text)) or one_line(name) or place
