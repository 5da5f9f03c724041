"""What a reading of a page must be, field by field, whatever the mark-up."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from syndicate.collect.entries import Document, Entry, ReadPiece
from syndicate.collect.piece import read_piece
from syndicate.credit.detect import read_page
from syndicate.domain.publication import Moment, Reading
from tests.property.pages.facets import DETAILED, RELATED
from tests.property.pages.frames import SITE, Choice, page_of
from tests.property.pages.people import TIMED
from tests.property.pages.stories import Story

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def read(url: str, whole: str) -> Reading:
    """The reading of a page, as the worker makes it."""
    task = ReadPiece(
        entry=Entry(link=url, place="feed entry"),
        outlet=SITE,
        now=NOW.timestamp(),
        document=Document(url=url, body=whole.encode()),
    )
    reading = read_piece(task, read_page, NOW)
    assert isinstance(reading, Reading), reading
    return reading


def seen(reading: Reading, *, levels: bool = False) -> dict[str, object]:
    """A reading in the terms of a story."""
    tags = re.findall(r"<(h[2-4]|li|blockquote|t[dh]|table|ul|ol)\b", reading.body_html)
    return {
        "title": reading.title,
        "people": reading.authors and tuple((a.name, a.bio) for a in reading.authors),
        "published": _moment(reading.published),
        "updated": _moment(reading.updated),
        "type": reading.type,
        "topics": reading.topics,
        "language": reading.language,
        "canonical": reading.canonical,
        "licence": reading.licence.removesuffix("deed.de"),
        "headings": reading.headings,
        "marks": sorted(
            "h" if tag.startswith("h") and not levels else "cell" if tag in ("td", "th") else tag for tag in tags
        ),
        "words": " ".join(reading.body_text.split()),
        "figures": [(f.src, f.caption, f.credit) for f in reading.figures],
        "provenance": (reading.provenance.kind.value, reading.provenance.publisher),
        "related": [(lead.title, lead.url) for lead in reading.related],
    }


def wanted(choice: Choice) -> dict[str, object]:
    """What must be read from a page made by ``choice``."""
    story = choice.story
    timed = "facts" in choice.told or choice.days in TIMED
    marks = ["h"] * len(story.headings)
    for kind in ("ul", "ol"):
        lists = story.of(kind)
        marks += [kind] * len(lists) + ["li"] * sum(len(c) for c in lists if isinstance(c, tuple))
    tables = story.of("table")
    marks += ["table"] * len(tables) + ["cell"] * sum(2 * len(c) for c in tables if isinstance(c, tuple))
    marks += ["blockquote"] * len(story.of("quote"))
    return {
        "title": story.title,
        "people": tuple((p.name, p.bio) for p in story.people),
        "published": _given(story.published, timed=timed),
        "updated": _given(story.updated, timed=timed),
        "type": story.kind,
        "topics": story.topics,
        "language": story.tongue.code,
        "canonical": story.url,
        "licence": story.licence,
        "headings": story.headings,
        "marks": sorted(marks),
        "words": story.words,
        "figures": [("https://quay.example" + s.src, s.caption, s.credit) for s in story.shots],
        "provenance": story.derived,
        "related": [(c.title, "https://quay.example" + c.url) for c in story.cards],
    }


def wanted_of_leads(choice: Choice) -> list[tuple[object, ...]] | None:
    """What the cards say beside title and address; None where the list shows titles only."""
    if RELATED[choice.related][0] != DETAILED:
        return None
    return [(c.day.date(), (c.author,), c.summary, c.kind) for c in choice.story.cards]


def seen_of_leads(reading: Reading) -> list[tuple[object, ...]]:
    """The same of a reading."""
    return [
        (lead.date.parsed.date() if lead.date and lead.date.parsed else None, lead.authors, lead.summary, lead.type)
        for lead in reading.related
    ]


def differences(choice: Choice) -> dict[str, tuple[object, object]]:
    """The fields that were not read as they must be: (read, wanted)."""
    reading = read(choice.story.url, page_of(choice))
    got, want = seen(reading), wanted(choice)
    found = {name: (got[name], want[name]) for name in want if got[name] != want[name]}
    leads = wanted_of_leads(choice)
    if leads is not None and seen_of_leads(reading) != leads:
        found["leads"] = (seen_of_leads(reading), leads)
    return found


def _moment(given: Moment | None) -> tuple[str, str, bool] | None:
    if given is None or given.parsed is None:
        return None
    return given.parsed.isoformat(), given.precision.value, given.zone_known


def _given(when: datetime, *, timed: bool) -> tuple[str, str, bool]:
    if timed:
        return when.astimezone(UTC).isoformat(), "minute", True
    return datetime(when.year, when.month, when.day, tzinfo=UTC).isoformat(), "day", False


__all__ = ["Story", "differences", "read", "seen", "wanted"]
