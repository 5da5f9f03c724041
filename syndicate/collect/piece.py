"""One article, from the octets of its page and what its list said of it, to a reading. Runs in the worker.

Nothing that is missing spoils the rest: a page without title, author or date still gives a reading.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

from syndicate.collect import page_fields as fields
from syndicate.collect.clean import safe_html, words_of
from syndicate.collect.entries import Entry, ReadPiece, Unreadable
from syndicate.collect.flattened import page_of_text
from syndicate.collect.page_body import body_of
from syndicate.collect.page_fields import Sight
from syndicate.collect.page_marks import marks_of
from syndicate.collect.page_parts import parts_of
from syndicate.collect.page_related import leads_of
from syndicate.collect.said import first_said
from syndicate.domain.provenance import Provenance
from syndicate.domain.publication import Evidence, Reading
from syndicate.markup.decode import decoded
from syndicate.markup.page import Page, parse_page

PageReader = Callable[[Page, str], Provenance]
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"ID3", b"RIFF")


def read_piece(task: ReadPiece, page_reader: PageReader, now: datetime) -> Reading | Unreadable:
    """The reading of one piece; from its entry alone where the task holds no page."""
    if task.document is None:
        page = parse_page(_page_of(task.entry), task.entry.link)
    elif task.document.body.startswith(_BINARY):
        return Unreadable(problem="is no page of text but a file of another kind, which is not read")
    else:
        text = decoded(task.document.body, task.document.charset)
        page = parse_page(page_of_text(text, now) if task.document.flattened else text, task.document.url)
    sight = Sight(page=page, marks=marks_of(page), parts=parts_of(page), entry=task.entry, outlet=task.outlet, now=now)
    return _reading(sight, page_reader(page, task.outlet))


def _reading(sight: Sight, provenance: Provenance) -> Reading:
    title, title_from = first_said("title", fields.TITLE, sight)
    names, names_from = first_said("authors", fields.AUTHORS, sight)
    published, published_from = first_said("published", fields.PUBLISHED, sight)
    updated, updated_from = first_said("updated", fields.UPDATED, sight)
    kind, kind_from = first_said("type", fields.TYPE, sight)
    topics, topics_from = first_said("topics", fields.TOPICS, sight)
    summary, summary_from = first_said("summary", fields.SUMMARY, sight)
    language, language_from = first_said("language", fields.LANGUAGE, sight)
    canonical, canonical_from = first_said("canonical", fields.CANONICAL, sight)
    note = (provenance.evidence or "") if provenance.borrowed else ""
    body = body_of(sight.page, sight.parts, names or (), note)
    safe = safe_html(sight.page, body.element)
    words, headings = words_of(safe, sight.page.url)
    return Reading(
        url=sight.entry.link or canonical or "",
        title=title or _untitled(sight.entry, words or summary or ""),
        provenance=provenance,
        guid=sight.entry.guid,
        canonical=canonical or "",
        authors=body.authors,
        published=published,
        updated=updated,
        type=kind or "",
        topics=_topics(topics or (), kind or ""),
        language=language or "",
        summary=summary or "",
        body_html=safe,
        body_text=words,
        headings=headings,
        figures=body.figures,
        related=leads_of(sight.page, sight.now),
        evidence=(
            *(*title_from, *names_from, *published_from, *updated_from, *kind_from, *topics_from),
            *(*summary_from, *language_from, *canonical_from, *_body_evidence(body.rule, words, body.bio)),
        ),
    )


def _topics(told: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Topics without the type, which some feeds put among their categories."""
    return tuple(dict.fromkeys(topic for topic in told if topic.casefold() != kind.casefold()))


def _body_evidence(rule: str, words: str, bio: str) -> tuple[Evidence, ...]:
    text = Evidence(field="body", rule=rule, place="page", raw=words[:200])
    return (text, Evidence(field="bio", rule="paragraph at the end", place="page", raw=bio[:500])) if bio else (text,)


def _page_of(entry: Entry) -> str:
    """An entry's own text as a page, so that there is one way to read."""
    text = entry.html or f"<p>{escape(entry.summary)}</p>"
    return f"<html><body><article>{text}</article></body></html>"


def _untitled(entry: Entry, text: str) -> str:
    """A title for a piece that has none: a file name that says something, else its first words, else its address."""
    where = entry.link or entry.guid
    last = where.rstrip("/").rpartition("/")[2].partition("?")[0].partition(".")[0]
    name = " ".join(last.replace("_", "-").split("-")).strip().capitalize()
    if not entry.link and " " in name:
        return name
    return fields.first_words(text) or name or where
