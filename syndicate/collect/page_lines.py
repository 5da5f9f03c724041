"""What a reader sees around the text: bylines, days, types, topics and licences, by label, by class and by place.

A labelled line is stronger than a class, a class stronger than a mere place; what stands above the text is stronger
than what stands in a box or below it.
"""

# ruff: noqa: RUF001 - signs of all scripts and dashes of all lengths stand on pages

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import html

from syndicate.collect.dates import day_in, moment
from syndicate.collect.labels import byline_in, dated_as, label_alone, labelled
from syndicate.collect.page_blocks import Block, around, said_by, vocabulary, words_in
from syndicate.collect.page_parts import Parts
from syndicate.collect.said import Said
from syndicate.collect.words import names_in, seems_a_person
from syndicate.domain.publication import Moment
from syndicate.markup.page import visible_text

ABOVE, BESIDE, BELOW = "line above the text", "box beside the text", "line below the text"
_AUTHORS = vocabulary(r"by-?lines?|authors?|author-?names?|writers?|contributors?|posted-by|p-author|vcard|fn")
_NO_AUTHORS = vocabulary(
    r"bios?|biography|roles?|titles?|position|affiliations?|job|image|avatar|photo|description|about|social|links?|follow|"
    r"more|email|twitter|count|archive"
)
_PUBLISHED = vocabulary(
    r"published|publish-?date|pub-?date|(?:post|entry|article|story)-?(?:date|time)|date|datetime|dt-published|dateline|timestamp"
)
_UPDATED = vocabulary(r"updated|modified|last-?modified|dt-updated|revised|changed|update-?(?:date|time)?")
_TYPE = vocabulary(r"(?:article|content|publication|post|resource|document|story)-?types?|genre|format|type")
_TOPICS = vocabulary(r"topics?|categor(?:y|ies)|tags?|p-category|cat-links|terms?|subjects?|post-terms")
_FACTS = vocabulary(r"meta|metadata|info|details|facts|bylines?|dateline|published|article-\w+|post-\w+")
_PROFILE = re.compile(
    r"(?<!creativecommons\.org/licenses)/(?:authors?|people|person|staff|experts?|profiles?|team|contributors?|writers?|by)/",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*[/|•·;]\s*|\s+[–—-]\s+|[()]|(?<=\d{4}),?\s+(?=\D{4,20}\s?:)")
_LONGEST_LINE = 200
_LONGEST_BOX = 300
_LONGEST_VALUE = 250
_LONGEST_TOPIC = 60
_MOST_LINES = 150
_MOST_TOPICS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One short block around the text, and where it stands."""

    block: Block
    place: str

    @property
    def text(self) -> str:
        """Its words."""
        return self.block.text


def lines_of(parts: Parts) -> tuple[Line, ...]:
    """The short blocks above, beside and below the text, the strongest place first."""
    near = _MOST_LINES
    placed = ((ABOVE, parts.above[-near:]), (BESIDE, parts.boxes[:near]), (BELOW, parts.below[:near]))
    return tuple(
        Line(part, place)
        for place, blocks in placed
        for block in blocks
        for part in _broken(block)
        if len(part.text) <= _LONGEST_VALUE
    )


def _broken(block: Block) -> Iterator[Block]:
    """A short block line by line, where it has line breaks."""
    if len(block.text) > _LONGEST_BOX or next(block.node.iter("br"), None) is None:
        yield block
        return
    for line in visible_text(block.node).split("\n"):
        yield Block(block.node, " ".join(line.split()), block.framed)


def labelled_values(lines: Sequence[Line], field: str) -> Iterator[Said[str]]:
    """What is said of ``field`` by a label, in the same line or alone before its value."""
    for at, line in enumerate(lines):
        for part in (line.text, *_PARTED.split(line.text)):
            told = labelled(part)
            if told and told[0] == field:
                yield Said(value=told[1], place=line.place, raw=line.text)
                break
        if label_alone(line.text) == field:
            values = _following(lines, at)
            if values:
                yield Said(value="; ".join(values), place=line.place, raw=f"{line.text} {'; '.join(values)}")


def _following(lines: Sequence[Line], at: int) -> list[str]:
    """The blocks that belong to a label: the next in its box, cell by cell, up to another label."""
    label = lines[at].block.node
    holder = label.getparent()
    while holder is not None and not any(line.block.node in set(holder.iter()) for line in lines[at + 1 : at + 2]):
        if holder.tag in ("main", "body", "article", "dl", "table"):
            break
        holder = holder.getparent()
    inside = set(holder.iter()) if holder is not None else set()
    found: list[str] = []
    for line in lines[at + 1 : at + 1 + _MOST_TOPICS]:
        node = line.block.node
        ended = (
            node not in inside
            or label_alone(line.text)
            or labelled(line.text)
            or (node.tag == "dt")
            or (found and node.tag == "th")
        )
        if ended or len(line.text) > _LONGEST_VALUE:
            break
        found.append(line.text)
        more = node.getnext()
        alike = more is not None and more.tag == node.tag == "div" and more.get("class") == node.get("class")
        if (label.tag in ("p", "span", "b", "strong") or node.tag in ("td", "p")) and not alike:
            break
    return found


def bylines(lines: Sequence[Line]) -> Iterator[Said[tuple[str, ...]]]:
    """The people in bylines: "By ..." first, then a label alone, then what a class or a link to a profile says."""
    for place in (ABOVE, BESIDE, BELOW):
        here = [line for line in lines if line.place == place]
        for at, line in enumerate(here):
            if byline_in(line.text):
                names = _linked_names(line.block.node) or names_in(byline_in(line.text))
                yield Said(value=(*names, *_listed_on(here[at + 1 :], line)), place=place, raw=line.text)
        for said in labelled_values(here, "authors"):
            yield Said(value=names_in(said.value), place=place, raw=said.raw)
        names, raw = _classed_names(here)
        yield Said(value=names, place=place, raw=raw)


def _linked_names(node: html.HtmlElement) -> tuple[str, ...]:
    """Several people who are parted by being links of their own."""
    names = [name for link in node.iter("a") for name in names_in(words_in(link))]
    return tuple(names) if len(names) > 1 and all(map(seems_a_person, names)) else ()


def _listed_on(following: Sequence[Line], line: Line) -> tuple[str, ...]:
    """More people in the list that a byline opens."""
    names: list[str] = []
    holder = line.block.node.getparent()
    for other in following if line.block.node.tag in ("li", "dd", "td", "span", "div") else ():
        told = names_in(other.text)
        if other.block.node.getparent() is not holder or not told or not all(map(seems_a_person, told)):
            break
        names += told
    return tuple(names)


def _classed_names(lines: Sequence[Line]) -> tuple[tuple[str, ...], str]:
    names: list[str] = []
    raw: list[str] = []
    for at, line in enumerate(lines):
        other = labelled(line.text) or label_alone(line.text) or (at and label_alone(lines[at - 1].text))
        for node in _innermost(line.block, _AUTHORS, _NO_AUTHORS):
            told = names_in(words_in(node))
            guessed = not _AUTHORS.search(said_by(node))  # by the box around it, which may hold other facts
            if (
                told
                and len(words_in(node)) <= _LONGEST_LINE
                and (not guessed or (not other and all(map(seems_a_person, told))))
            ):
                names += _linked_names(node) or told
                raw.append(line.text)
        for link in line.block.node.iter("a"):
            profile = (link.get("rel") or "").lower() == "author" or _PROFILE.search(link.get("href") or "")
            if profile and seems_a_person(words_in(link)):
                names += names_in(words_in(link))
                raw.append(line.text)
    return tuple(dict.fromkeys(names)), " ".join(dict.fromkeys(raw))


def _innermost(block: Block, words: re.Pattern[str], but: re.Pattern[str] | None = None) -> list[html.HtmlElement]:
    """The elements of a block, or the small box around it, whose class says one of ``words``; the innermost only."""
    inner = [node for node in block.node.iter() if isinstance(node.tag, str) and words.search(said_by(node))]
    inner = [node for node in inner if but is None or not but.search(said_by(node))]
    if inner:
        holders = {box for node in inner for box in node.iterancestors()}
        return [node for node in inner if node not in holders]
    told = [said_by(node) for node in block.node.iter() if isinstance(node.tag, str)] if but is not None else []
    if but is not None and any(but.search(said) or _TOPICS.search(said) or "tag" in said.split() for said in told):
        return []
    for box in around(block.node, block.node.getroottree().getroot(), 4):
        said = said_by(box)
        if len(box.text_content()) > _LONGEST_BOX:
            break
        if words.search(said) and not (but is not None and but.search(said)):
            return [block.node]
    return []


def days(lines: Sequence[Line], field: str, now: datetime) -> Iterator[Said[Moment]]:
    """The days that lines show for ``field`` (published or updated): by label, by class, else by place."""
    for line in lines:
        yield from _labelled_days(line, field, now)
    for said in labelled_values(lines, field):
        found = moment(said.value, now)
        if found and found.parsed:
            yield Said(value=found, place=said.place, raw=said.raw)
    words = _UPDATED if field == "updated" else _PUBLISHED
    for line in lines:
        for node in _innermost(line.block, words, _UPDATED if field == "published" else None):
            yield from _day_of(node, line, now)
    if field == "published":
        for line in lines:
            yield from _plain_day(line, now)


def _labelled_days(line: Line, field: str, now: datetime) -> Iterator[Said[Moment]]:
    parts = [part for part in _segments(line.text) if day_in(part, now)]
    for part in parts:
        if dated_as(part) == field:
            machine = _machine_day(line.block.node, part, now)
            found = machine or day_in(part, now)
            if found:
                yield Said(value=found, place=line.place, raw=line.text)


def _segments(text: str) -> list[str]:
    """A line cut where another fact begins: at bars and brackets, and before the label of another day."""
    parts = [part for part in _PARTED.split(text) if part]
    found: list[str] = []
    for part in parts:
        cut = re.search(
            r"(?<=\d)[.,]?\s+(?=(?:last\s+)?(?:updated|modified|zuletzt|aktualisiert|mis\s+à|mise\s+à|actuali)\w*)",
            part,
            re.IGNORECASE,
        )
        found += [part[: cut.start()], part[cut.end() :]] if cut else [part]
    return found


def _machine_day(node: html.HtmlElement, part: str, now: datetime) -> Moment | None:
    for time in node.iter("time"):
        if time.get("datetime") and words_in(time) and words_in(time) in part:
            found = moment(time.get("datetime") or "", now)
            return found if found and found.parsed else None
    return None


def _day_of(node: html.HtmlElement, line: Line, now: datetime) -> Iterator[Said[Moment]]:
    machine = next((time.get("datetime") or "" for time in node.iter("time") if time.get("datetime")), "")
    text = machine or node.get("title") or words_in(node)
    found = moment(text, now) if machine else day_in(text[:_LONGEST_LINE], now) or day_in(words_in(node), now)
    if found and found.parsed:
        yield Said(value=found, place=line.place, raw=machine or line.text)


def _plain_day(line: Line, now: datetime) -> Iterator[Said[Moment]]:
    """The first day of a line that is not said to be that of a change."""
    if len(line.text) > _LONGEST_LINE or (line.place == BESIDE and not _in_facts(line)):
        return
    for part in _segments(line.text):
        found = None if dated_as(part) == "updated" else _machine_day(line.block.node, part, now) or day_in(part, now)
        if found:
            yield Said(value=found, place=line.place, raw=line.text)
            return


def _in_facts(line: Line) -> bool:
    """Whether a line stands in a box for facts about the text, and in no box that tells of something else."""
    boxes = around(line.block.node, line.block.node.getroottree().getroot(), 4)
    return any(_FACTS.search(said_by(box)) for box in boxes)


def classed(lines: Sequence[Line], field: str) -> Iterator[Said[tuple[str, ...]]]:
    """The type or the topics that a class points out, link by link."""
    words = _TYPE if field == "type" else _TOPICS
    for place in (ABOVE, BESIDE, BELOW):
        found: list[str] = []
        for line in (line for line in lines if line.place == place):
            shared = bool(byline_in(line.text))
            for node in _innermost(line.block, words):
                found += _terms(node) if node is not line.block.node or not shared else []
        if found:
            yield Said(value=tuple(dict.fromkeys(found))[:_MOST_TOPICS], place=place, raw=", ".join(found))


def _terms(node: html.HtmlElement) -> list[str]:
    links = [words_in(link) for link in node.iter("a")]
    told = labelled(words_in(node))
    text = told[1] if told else words_in(node)
    parts = links or [part.strip() for part in re.split(r"[,;|•·]", text)]
    return [
        part
        for part in parts
        if part and len(part) <= _LONGEST_TOPIC and not label_alone(part) and not part.endswith(":")
    ]
