"""Article pages of our own making in the shapes of real ones, and all that is read of them, with the evidence.

``make golden`` rewrites what is expected; the difference is for a person to read. The page of the shared samples is
compared with what its own head and text say, since nothing of it is copied here.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from syndicate.collect.entries import Document, Entry, ReadPiece
from syndicate.collect.piece import read_piece
from syndicate.credit.detect import read_page
from syndicate.domain.publication import Moment, Reading

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAGES = sorted(path.name for path in HERE.glob("*.html"))
URLS = {
    "newsroom.html": "https://inselblatt.example/2026/02/night-ferry/",
    "json-api.html": "https://islands.example/publications/2026/02/harbour-dues",
}


def read(page: bytes, url: str) -> Reading:
    task = ReadPiece(
        entry=Entry(link=url, place="feed entry"),
        outlet="The Quay Review",
        now=NOW.timestamp(),
        document=Document(url=url, body=page),
    )
    reading = read_piece(task, read_page, NOW)
    assert isinstance(reading, Reading), reading
    return reading


def shown(reading: Reading) -> dict[str, Any]:
    """A reading as a person checks it: each field, then why; what is empty is left out."""
    told: dict[str, Any] = {
        "title": reading.title,
        "authors": [f"{one.name}: {one.bio}" if one.bio else one.name for one in reading.authors],
        "published": day(reading.published),
        "updated": day(reading.updated),
        "type": reading.type,
        "topics": list(reading.topics),
        "language": reading.language,
        "canonical": reading.canonical,
        "licence": reading.licence,
        "summary": reading.summary,
        "provenance": {name: str(value) for name, value in asdict(reading.provenance).items() if value},
        "figures": [{name: value for name, value in asdict(one).items() if value} for one in reading.figures],
        "related": [
            {name: value for name, value in {**asdict(lead), "date": day(lead.date)}.items() if value}
            for lead in reading.related
        ],
        "headings": list(reading.headings),
        "body": reading.body_html.replace("> <", ">\n<").split("\n"),
        "evidence": [
            f"{e.field}: {e.rule}, {e.place}: {e.raw[:90]}{'' if e.used else ' (not used)'}" for e in reading.evidence
        ],
    }
    return {name: value for name, value in told.items() if value}


def day(given: Moment | None) -> str:
    if given is None:
        return ""
    parsed = f"{given.parsed:%Y-%m-%d %H:%M}" if given.parsed else "not understood"
    return f"{given.raw} = {parsed}, {given.precision}, zone {'known' if given.zone_known else 'not known'}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_it_was(name: str) -> None:
    reading = read((HERE / name).read_bytes(), URLS.get(name, f"https://quay.example/2026/02/{name[:-5]}"))

    golden = HERE / f"{name}.golden"
    text = json.dumps(shown(reading), ensure_ascii=False, indent=1, default=list) + "\n"
    if os.environ.get("SYNDICATE_GOLDEN") == "rewrite":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.world
def test_the_pages_of_the_samples_agree_with_their_flattened_text(world: Path) -> None:
    """The same article as a page and as the text of a page gives one reading, but for what only the page says."""
    lines = [line.strip() for line in (world / "seed.txt").read_text("utf-8").splitlines() if line.strip()]
    page = next(path for path in sorted((world / "newsroom").rglob("*.html")) if lines[3] in path.read_text("utf-8"))
    flat = ReadPiece(
        entry=Entry(link="", guid="seed.txt", place="file name"),
        outlet="The Quay Review",
        now=NOW.timestamp(),
        document=Document(url="file:///seed.txt", body=(world / "seed.txt").read_bytes(), flattened=True),
    )

    one, other = read(page.read_bytes(), "https://quay.example/a/b.html"), read_piece(flat, read_page, NOW)

    assert isinstance(other, Reading)
    assert one.body_text == other.body_text
    assert (one.authors, one.headings) == (other.authors, other.headings)
    assert [(f.caption, f.credit) for f in one.figures] == [(f.caption, f.credit) for f in other.figures]
    assert (one.provenance.kind, one.provenance.publisher) == (other.provenance.kind, other.provenance.publisher)
    assert [(lead.title, lead.authors, lead.type, lead.topics) for lead in one.related] == [
        (lead.title, lead.authors, lead.type, lead.topics) for lead in other.related
    ]
