"""The list of related pieces that many pages end with: kept out of the article, and read as leads.

The same reader of cards serves the fallback of a listing whose recipe leaves a field out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import html

from syndicate.collect.dates import day_in
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.words import names_in, title_of
from syndicate.domain.publication import Lead, Moment
from syndicate.markup.page import Page, visible_text
from syndicate.net.address import web_address

_SAYS_RELATED = re.compile(
    r"^\W{0,3}(?:related\b|see\s+also\b|more\s+(?:on|from|like)\b|read\s+(?:more|next|also)\b|recommended\b|"
    r"mehr\s+zum\s+thema|verwandte|lesen\s+sie\s+auch|das\s+könnte\s+sie|"
    r"à\s+lire\s+aussi|sur\s+le\s+même|articles?\s+liés|(?:contenidos?|artículos?|noticias)\s+relacionad|"
    r"leia\s+também|(?:conteúdos?|artigos?)\s+relacionad|leggi\s+anche|articoli\s+correlati|lees\s+ook|gerelateerd|"
    r"читайте\s+также|相关|相關|関連|관련)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:view|see|show|load|read|all|alle|tous|ver)\s+(?:all|more|the|publications|mehr|todo)\b", re.IGNORECASE
)
_CLASS = re.compile(r"(?:^|[\s_-])related(?:$|[\s_-])", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = frozenset({"section", "aside", "div", "nav", "footer", "ul", "ol"})
_LONGEST_HEADING = 60
_SUMMARY = 60
_LONGEST_TOPIC = 60
_LEAST_LINK = 12
_MOST_LEADS = 30


def related_sections(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The outermost elements that hold related pieces and not the article."""
    found = dict.fromkeys(section for element in root.iter() if (section := _section(element)) is not None)
    return [section for section in found if not any(around in found for around in section.iterancestors())]


def says_related(line: str) -> bool:
    """Whether a heading opens a list of related pieces, in the languages we know it in."""
    return len(line) <= _LONGEST_HEADING and bool(_SAYS_RELATED.match(line))


def _section(element: html.HtmlElement) -> html.HtmlElement | None:
    """The section that ``element`` announces, by its class or by being its heading."""
    if not isinstance(element.tag, str):
        return None
    if element.tag in _CONTAINERS and _CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return None if _holds_the_article(element) else element
    if element.tag in _HEADINGS and says_related(str(element.text_content()).strip()):
        for around in element.iterancestors():
            if around.tag in ("body", "html", "main", "article") or _holds_the_article(around):
                break
            if around.tag in _CONTAINERS and next(around.iter("a"), None) is not None:
                return around
    return None


def _holds_the_article(element: html.HtmlElement) -> bool:
    """Whether the page's own heading is in there, so that the element is the frame and not the box."""
    return element.tag in ("body", "html", "main") or next(element.iter("h1"), None) is not None


def leads_of(page: Page, now: datetime) -> tuple[Lead, ...]:
    """The related pieces a page names, each once."""
    leads: dict[str, Lead] = {}
    for section in related_sections(page.root):
        for card in _cards(section):
            lead = read_card(page, card, now)
            if lead is not None:
                leads.setdefault(lead.url or lead.title, lead)
    return tuple(leads.values())[:_MOST_LEADS]


def _cards(section: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The repeated elements of a section: articles, else list entries, else boxes with a heading, else bare links."""
    for tag in ("article", "li"):
        cards = [card for card in section.iter(tag) if next(card.iter("a", *_HEADINGS), None) is not None]
        if cards:
            yield from cards
            return
    boxes = [box for box in map(_box, section.iter(*_HEADINGS)) if box is not None and box is not section]
    yield from boxes or (link for link in section.iter("a") if len(str(link.text_content()).strip()) >= _LEAST_LINK)


def _box(heading: html.HtmlElement) -> html.HtmlElement | None:
    """What a heading with a link in it or around it heads."""
    box = heading.getparent()
    linked = next(heading.iter("a"), None) is not None or (box is not None and box.tag == "a")
    return box if linked else None


def read_card(page: Page, card: html.HtmlElement, now: datetime) -> Lead | None:
    """One card as a lead: its heading, link, day, byline, summary, type and topics; None where it has no title."""
    heading = next(card.iter(*_HEADINGS), None)
    title = title_of(visible_text(heading)) if heading is not None else ""
    link = _link(card, heading)
    title = title or (title_of(str(link.text_content())) if link is not None else "")
    if not title:
        return None
    lines = [line for line in visible_text(card).split("\n") if title_of(line) != title]
    url = web_address(page.absolute(link.get("href") or "")) if link is not None else ""
    return lead_of_lines(title, url, lines, now)


def lead_of_lines(title: str, url: str, lines: list[str], now: datetime) -> Lead:
    """What the lines of a card say beside its title."""
    date: Moment | None = None
    authors: tuple[str, ...] = ()
    summary, kind = "", ""
    topics: list[str] = []
    for line in lines:
        told = labelled(line)
        if byline_in(line):
            authors = authors or names_in(byline_in(line))
        elif told and told[0] == "type":
            kind = kind or told[1]
        elif told and told[0] == "topics":
            topics += told[1].split(", ")
        elif len(line) >= _SUMMARY:
            summary = summary or line
        elif day_in(line, now):
            date = date or day_in(line, now)
        elif len(line) <= _LONGEST_TOPIC and not _MORE.match(line) and any(letter.isalpha() for letter in line):
            topics.append(line)
    return Lead(title=title, url=url, date=date, authors=authors, summary=summary, type=kind, topics=tuple(topics))


def _link(card: html.HtmlElement, heading: html.HtmlElement | None) -> html.HtmlElement | None:
    """The link to the piece: in the heading, around it, or the card's first that leads anywhere."""
    if card.tag == "a":
        return card
    if heading is not None:
        around = next((link for link in heading.iterancestors("a")), None)
        inside = next(heading.iter("a"), around)
        if inside is not None:
            return inside
    return next((link for link in card.iter("a") if not (link.get("href") or "#").startswith("#")), None)
