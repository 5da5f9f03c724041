"""The same article in other mark-up is read as well as the first: every field, every shape, the real detector."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

import pytest

from syndicate.collect.entries import Document, Entry, ReadPiece
from syndicate.collect.piece import read_piece
from syndicate.credit.detect import read_page
from syndicate.domain.publication import Moment, Reading
from tests.unit.collect.page_article import ARTICLE, URL
from tests.unit.collect.page_shapes import SHAPES, Shape

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEVELS_LOST = {"bold_for_headings"}
"""Where a page does not say on which level a heading is, none is asked for."""
TYPE_UNSAID = {"graph_in_json_ld"}

shapes = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)


@cache
def reading(shape: Shape) -> Reading:
    whole = shape()
    body = whole if isinstance(whole, bytes) else whole.encode()
    task = ReadPiece(
        entry=Entry(link=URL, place="feed entry"),
        outlet="The Quay Review",
        now=0.0,
        document=Document(url=URL, body=body),
    )
    read = read_piece(task, read_page, NOW)
    assert isinstance(read, Reading)
    return read


def day(given: Moment | None) -> str:
    return given.parsed.date().isoformat() if given and given.parsed else "none"


@shapes
def test_the_title(shape: Shape) -> None:
    assert reading(shape).title == ARTICLE.title


@shapes
def test_the_people_and_their_notes(shape: Shape) -> None:
    assert [(a.name, a.bio) for a in reading(shape).authors] == [(p.name, p.bio) for p in ARTICLE.people]


@shapes
def test_the_days(shape: Shape) -> None:
    assert (day(reading(shape).published), day(reading(shape).updated)) == ("2026-02-02", "2026-02-03")


@shapes
def test_type_topics_and_language(shape: Shape) -> None:
    read = reading(shape)

    assert (read.type, read.topics, read.language.partition("-")[0].partition("_")[0]) == (
        "Analysis",
        ARTICLE.topics,
        "en",
    )


@shapes
def test_the_text_and_nothing_else(shape: Shape) -> None:
    assert " ".join(reading(shape).body_text.split()) == ARTICLE.words


@shapes
def test_headings_lists_quotes_and_tables_stay_what_they_are(shape: Shape) -> None:
    read = reading(shape)

    assert read.headings == ARTICLE.headings
    found = re.findall(r"<(h[2-4]|li|blockquote|t[dh])\b", read.body_html)
    assert [tag for tag in found if tag == "li"] == ["li"] * 3
    assert len([tag for tag in found if tag in ("td", "th")]) == 8
    assert found.count("blockquote") == 1
    levels = [tag for tag in found if tag.startswith("h")]
    assert levels == ["h2", "h3", "h2"] or shape.__name__ in LEVELS_LOST


@shapes
def test_the_picture_with_caption_and_credit_apart(shape: Shape) -> None:
    assert [(f.src, f.caption, f.credit) for f in reading(shape).figures] == [
        ("https://quay.example" + ARTICLE.picture, ARTICLE.caption, ARTICLE.credit)
    ]


@shapes
def test_the_provenance(shape: Shape) -> None:
    told = reading(shape).provenance

    assert (told.kind.value, told.publisher) == ("adapted_excerpt", "Lantern Quarterly")


@shapes
def test_the_licence(shape: Shape) -> None:
    assert reading(shape).licence == ARTICLE.licence


@shapes
def test_the_related_pieces(shape: Shape) -> None:
    assert [(lead.title, lead.url, day(lead.date), lead.authors, lead.type) for lead in reading(shape).related] == [
        (
            "Who Counts the Boats at Night",
            "https://quay.example/2026/01/who-counts",
            "2026-01-15",
            ("Ina Salt",),
            "Report",
        ),
        (
            "A Short History of the North Mole",
            "https://quay.example/2025/12/north-mole",
            "2025-12-08",
            ("Piet Lantern",),
            "Essay",
        ),
    ]


@shapes
def test_every_field_has_its_evidence(shape: Shape) -> None:
    told = {evidence.field for evidence in reading(shape).evidence if evidence.used}

    assert told >= {
        "title",
        "authors",
        "bio",
        "published",
        "updated",
        "type",
        "topics",
        "body",
        "figures",
        "licence",
        "related",
    }
