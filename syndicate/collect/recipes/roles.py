"""What stands where in a card: day, byline, summary, type, topics, by what the words say and what the mark-up means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from lxml import html

from syndicate.collect.dates import day_in, moment
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.recipes.reading import said
from syndicate.collect.words import names_in

ROLES = ("date", "byline", "type", "summary", "topic")
_LONGEST_DATE = 120
_LONGEST_BYLINE = 200
_LONGEST_TYPE = 50
_LONGEST_TOPIC = 60
_MOST_PLACES = 200
_SUMMARY = 60
_SHORT_SUMMARY = 25
_INLINE = frozenset({"b", "strong", "em", "i", "a", "span"})
"""What marks a part of a line, such as a label in bold, and makes no line of its own."""
_HINTS = {
    "byline": re.compile(r"author|byline|\bby\b|contributor|writer|expert|people", re.IGNORECASE),
    "type": re.compile(r"type|format|genre|kicker|eyebrow|kind|content-?label", re.IGNORECASE),
    "topic": re.compile(r"topic|tag|categor|subject|issue|theme|region|programme?|section", re.IGNORECASE),
    "summary": re.compile(
        r"summary|excerpt|teaser|dek|descr|abstract|intro|lead|standfirst|blurb|snippet", re.IGNORECASE
    ),
}
_TYPES = frozenset(
    """
    analysis|article|articles|backgrounder|blog|blog post|book|book review|brief|briefing|commentary|comment|column|
    critical questions|data|dispatch|editorial|essay|event|explainer|fact sheet|feature|in the news|infographic|
    interview|issue brief|journal article|letter|long read|memo|news|news release|newsletter|note|op-ed|opinion|paper|
    perspective|photo essay|podcast|policy brief|policy paper|post|press release|profile|q&a|question and answer|report|
    research|research paper|review|speech|statement|story|study|testimony|transcript|update|video|webinar|white paper|
    working paper|analyse|kommentar|bericht|studie|interview|meinung|gastbeitrag|aufsatz|reportage|pressemitteilung|
    commentaire|rapport|étude|entretien|tribune|note|éditorial|análisis|comentario|informe|estudio|entrevista|opinión|
    artículo|análise|relatório|analisi|commento|rapporto|studio|intervista|opinione|analyse|rapport|opinie
    """.replace("\n", "")
    .replace("  ", "")
    .strip()
    .split("|")
)
_ASKS = re.compile(
    r"^(?:read|continue|view|see|learn|show|listen|watch|download|share|more|weiter|mehr|lire|en savoir|leer|ver|ler|"
    r"leggi|lees)\b|^\d+\s*min|[→»\u203a]\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Parts:
    """The elements of one card by their role. ``topic`` may be several, of the others the first counts."""

    date: list[html.HtmlElement] = field(default_factory=list)
    byline: list[html.HtmlElement] = field(default_factory=list)
    type: list[html.HtmlElement] = field(default_factory=list)
    summary: list[html.HtmlElement] = field(default_factory=list)
    topic: list[html.HtmlElement] = field(default_factory=list)

    def of(self, role: str) -> list[html.HtmlElement]:
        """The elements with this role."""
        found: list[html.HtmlElement] = getattr(self, role)
        return found


def parts_of_card(card: html.HtmlElement, title: html.HtmlElement, now: datetime) -> Parts:
    """The roles of the elements of a card beside its title."""
    parts, sight = Parts(), _Sight(card, title, now)
    taken: set[html.HtmlElement] = set()
    for element in sight.places():
        if element in taken:
            continue
        role = sight.role(element)
        if role:
            parts.of(role).append(element)
            taken.update(element.iter())
    return parts


class _Sight:
    """One card, its words and days looked up once for each element."""

    def __init__(self, card: html.HtmlElement, title: html.HtmlElement, now: datetime) -> None:
        self._title = title
        elements = (element for element in card.iterdescendants() if isinstance(element.tag, str))
        self._words = {element: said(element) for element in islice(elements, _MOST_PLACES)}
        self._days = {element for element, words in self._words.items() if _shows_day(element, words, now)}
        self._own = set(title.iter()) | set(title.iterancestors()) | set(self._read_more(card))

    def places(self) -> Iterator[html.HtmlElement]:
        """Elements with words that are not the title's, from the outside in, in the order of the page."""
        title = said(self._title)
        return (e for e, words in self._words.items() if words and words != title and e not in self._own)

    def _read_more(self, card: html.HtmlElement) -> Iterator[html.HtmlElement]:
        """Another link to where the title leads says "read more", in whatever language; so does what only frames it."""
        aim = next((link.get("href") for link in self._title.iter("a") if link.get("href")), None)
        for link in card.iter("a"):
            words = self._words.get(link, "")
            if aim and link.get("href") == aim and len(words) < _SUMMARY:
                yield from link.iter()
                yield from self._frames(link, words)

    def _frames(self, link: html.HtmlElement, words: str) -> Iterator[html.HtmlElement]:
        for around in link.iterancestors():
            if self._words.get(around) != words:
                return
            yield around

    def role(self, element: html.HtmlElement) -> str:
        """What one element is for. One that holds several such elements is none itself: they come later."""
        words, inner = self._words[element], list(self._inner(element))
        if element in self._days and not any(i in self._days and self._words[i] != words for i in inner):
            return "date"
        if any(i in self._days for i in inner):
            return ""
        if byline_in(words) and len(words) <= _LONGEST_BYLINE:
            return "byline"
        lone = all(i.tag in _INLINE for i in inner)
        framed = any(self._words[i] == words for i in inner)
        if lone:
            return _by_words(words) or _by_hint(element, words, lone=True, leaf=not inner)
        return _by_hint(element, words, lone=False, leaf=False) if len(words) < _SUMMARY or framed else ""

    def _inner(self, element: html.HtmlElement) -> Iterator[html.HtmlElement]:
        """Elements with words inside of one."""
        return (inner for inner in element.iterdescendants() if self._words.get(inner))


def _shows_day(element: html.HtmlElement, words: str, now: datetime) -> bool:
    """A machine's date, or a short line that shows a day."""
    if element.tag == "time" and element.get("datetime"):
        return moment(element.get("datetime") or "", now) is not None
    return len(words) <= _LONGEST_DATE and day_in(words, now) is not None


def _by_words(words: str) -> str:
    told = labelled(words)
    if told:
        return "type" if told[0] == "type" else "topic"
    if words.casefold() in _TYPES:
        return "type"
    return "summary" if len(words) >= _SUMMARY else ""


def _by_hint(element: html.HtmlElement, words: str, *, lone: bool, leaf: bool) -> str:
    """By the names of its classes and marks, where the words fit; a short line without a name is a topic."""
    names = " ".join(element.get(name) or "" for name in ("class", "itemprop", "rel", "property"))
    if _HINTS["byline"].search(names) and len(words) <= _LONGEST_BYLINE and names_in(words):
        return "byline"
    if _HINTS["type"].search(names) and len(words) <= _LONGEST_TYPE:
        return "type"
    if (_HINTS["summary"].search(names) and len(words) >= _SHORT_SUMMARY) or len(words) >= _SUMMARY:
        return "summary"
    topical = lone and len(words) <= _LONGEST_TOPIC and not _ASKS.search(words)
    fits = topical and (leaf or _HINTS["topic"].search(names))
    return "topic" if fits and any(letter.isalpha() for letter in words) else ""
