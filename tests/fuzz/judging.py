"""What must hold of whatever a parser makes of whatever it was given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import html

from syndicate.collect.entries import Entry, Listing, Unreadable
from syndicate.domain.publication import Moment, Reading
from syndicate.net.address import web_address

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_ACTIVE = frozenset(
    {"script", "style", "svg", "math", "iframe", "object", "embed", "form", "input", "base", "link", "meta", "template"}
)
_MAY_STAND = frozenset(
    {"href", "src", "alt", "title", "width", "height", "colspan", "rowspan", "datetime", "cite", "lang"}
)


def judge(result: object) -> None:
    """A list, a reading, or one line that says why there is none."""
    match result:
        case Unreadable(problem=problem):
            one_line(problem)
            assert problem
        case Listing():
            judge_listing(result)
        case Reading():
            judge_reading(result)
        case _:
            raise AssertionError(result)


def judge_listing(listing: Listing) -> None:
    for entry in listing.entries:
        judge_entry(entry)
    for link in listing.more:
        assert web_address(link) == link
    for reading in listing.readings:
        judge(reading)
    assert not listing.readings or len(listing.readings) == len(listing.entries)
    assert listing.pace.ttl >= 0
    assert listing.pace.update_every >= 0
    assert listing.pace.skip_hours <= set(range(24))
    assert listing.pace.skip_days <= set(range(7))


def judge_entry(entry: Entry) -> None:
    assert entry.link == web_address(entry.link)
    one_line(entry.title)
    for when in (entry.published, entry.updated):
        judge_moment(when)


def judge_reading(reading: Reading) -> None:
    assert reading.title
    one_line(reading.title)
    for author in reading.authors:
        one_line(author.name)
        assert author.name
    judge_moment(reading.published)
    judge_moment(reading.updated)
    judge_html(reading.body_html)
    for link in (
        reading.canonical,
        *(figure.src for figure in reading.figures),
        *(lead.url for lead in reading.related),
    ):
        assert link == web_address(link)
    for evidence in reading.evidence:
        assert len(evidence.raw) <= 500
    for text in _texts(reading):
        text.encode("utf-8")
        assert "\x00" not in text


def judge_moment(moment: Moment | None) -> None:
    """Aware, and no nonsense: neither before print nor after tomorrow."""
    if moment is None or moment.parsed is None:
        return
    assert moment.parsed.tzinfo is not None
    assert 1400 <= moment.parsed.year <= NOW.year + 1, moment


def judge_html(safe: str) -> None:
    """Nothing in it runs, loads from elsewhere than the web, or is styled."""
    for element in html.fromstring(f"<div>{safe}</div>").iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in _ACTIVE, safe
        for name, value in element.attrib.items():
            assert name in _MAY_STAND, (name, safe)
            assert name not in ("href", "src") or value.startswith(("https://", "http://")), (value, safe)


def one_line(text: str) -> None:
    assert not any(sign in text for sign in "\n\r\x00\x1b"), text


def _texts(reading: Reading) -> Iterator[str]:
    yield from (reading.title, reading.body_html, reading.body_text, reading.summary, reading.language, reading.type)
    yield from (author.name for author in reading.authors)
    yield from reading.topics
    yield from (evidence.raw for evidence in reading.evidence)
