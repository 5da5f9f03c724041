"""The list of related pieces that many pages end with: kept out of the article, and read as leads.

The same reader of cards serves the fallback of a listing whose recipe leaves a field out.
"""

# ruff: noqa: RUF001 - signs of all scripts and dashes of all lengths stand on pages

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from lxml import html

from syndicate.collect.dates import day_in
from syndicate.collect.labels import byline_in, labelled, names_a_kind
from syndicate.collect.page_blocks import said_by
from syndicate.collect.words import names_in, title_of
from syndicate.domain.publication import Lead, Moment
from syndicate.markup.page import Page, visible_text
from syndicate.net.address import web_address

_OPENING = r"^\W{0,3}"
_SAYS_RELATED = re.compile(
    r"^\W{0,3}(?:related\b|see\s+also\b|more\s+(?:on|from|like|in|stories)\b|read\s+(?:more|next|also|on)\b|"
    r"recommended\b|keep\s+reading\b|up\s+next\b|you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested)|"
    r"mehr\s+zu[mr]?\b|verwandte|weiterlesen|lesen\s+sie\s+auch|auch\s+interessant|das\s+könnte\s+(?:sie|dich)|"
    r"à\s+lire\s+(?:aussi|également)|lire\s+aussi|sur\s+le\s+même|articles?\s+(?:liés|connexes|similaires)|"
    r"(?:vous\s+aimerez|cela\s+pourrait)\b|"
    r"(?:contenidos?|artículos?|noticias|publicaciones)\s+relacionad|(?:también\s+)?te\s+puede\s+interesar|"
    r"le\s+puede\s+interesar|lea\s+también|"
    r"leia\s+também|(?:conteúdos?|artigos?)\s+relacionad|leggi\s+anche|articoli\s+correlati|lees\s+ook|gerelateerd|"
    r"читайте\s+также|اقرأ\s+أيض|相关|相關|関連|관련)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:view|see|show|load|read|all|alle|tous|ver)\s+(?:all|more|the|publications|mehr|todo)\b", re.IGNORECASE
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|read-?next|see-also|more-like-this|links-block|story-links|inline-links)(?:$|[\s_-])",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"^\W{0,3}(?:(?:also\s+read|more|mehr(?:\s+dazu)?)|(?=[^:：]{3,50}[:：])"
    + _SAYS_RELATED.pattern[len(_OPENING) :]
    + r"[^:：.!?]{0,40}?)\s?[:：]",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s+[|•·]\s+")
_SPLIT = 200
_LISTED = frozenset({"ul", "ol", "dl", "table", "div", "article", "section", "p", "a", *("h2", "h3", "h4", "h5", "h6")})
_LINES = frozenset({"p", "div", "span", "time", "a", "figure", "img"})
_MOST_LINES = 8
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTAINERS = frozenset({"section", "aside", "div", "nav", "footer", "ul", "ol", "td"})
_LONGEST_HEADING = 60
_SUMMARY = 60
_LONGEST_TOPIC = 60
_LEAST_LINK = 12
_MOST_LEADS = 30


def related_sections(root: html.HtmlElement, *, gather: bool = False) -> list[html.HtmlElement]:
    """The outermost elements that hold related pieces and not the article.

    ``gather`` changes ``root``: a heading whose list merely follows it is put into a section with it.
    """
    found = dict.fromkeys(
        section for element in list(root.iter()) if (section := _section(element, gather=gather)) is not None
    )
    return [section for section in found if not any(around in found for around in section.iterancestors())]


def says_related(line: str) -> bool:
    """Whether a heading opens a list of related pieces, in the languages we know it in."""
    return len(line) <= _LONGEST_HEADING and bool(_SAYS_RELATED.match(line))


def _section(element: html.HtmlElement, *, gather: bool) -> html.HtmlElement | None:
    """The section that ``element`` announces, by its class or by being its heading."""
    if not isinstance(element.tag, str):
        return None
    if element.tag in _CONTAINERS and _CLASS.search(said_by(element)):
        return None if _holds_the_article(element) else element
    if element.tag in ("b", "strong") and says_related(str(element.text_content()).strip(" :\n")):
        box = element.getparent()
        opens = box is not None and box.tag in ("div", "td", "p") and not (box.text or "").strip() and box[0] is element
        links = len(box.findall("a")) if box is not None and opens else 0
        return box if links > 1 and box is not None and _mostly_link(box) else None
    if element.tag in _HEADINGS or element.tag == "p":
        line = " ".join(str(element.text_content()).split())
        if element.tag == "p" and _INLINE.match(line) and next(element.iter("a"), None) is not None:
            return element
        if says_related(line) and (element.tag != "p" or _announces(element)):
            box = _headed(element)
            return _gathered(element) if box is None and gather else box
    return None


def _announces(line: html.HtmlElement) -> bool:
    """Whether a paragraph is no sentence but the heading of the links right after it."""
    following = line.getnext()
    return (
        next(line.iter("a"), None) is None
        and following is not None
        and following.tag in _LISTED
        and _mostly_link(following)
    )


def _headed(heading: html.HtmlElement) -> html.HtmlElement | None:
    """The box that a heading stands at the beginning of, with links in it."""
    for around in heading.iterancestors():
        if (
            around.tag in ("body", "html", "main", "article")
            or _holds_the_article(around)
            or _opens_late(around, heading)
        ):
            return None
        if around.tag in _CONTAINERS and next(around.iter("a"), None) is not None:
            return around
    return None


def _opens_late(box: html.HtmlElement, heading: html.HtmlElement) -> bool:
    """Whether running text stands in a box before the heading: then the box is not the heading's."""
    for element in box.iter():
        if element is heading:
            return False
        if element.tag in ("p", "li", "div", "h1") and len((element.text or "").strip()) > _SUMMARY:
            return True
    return False


def _gathered(heading: html.HtmlElement) -> html.HtmlElement | None:
    """A heading and the list or the cards that follow it, as one section."""
    first = heading.getnext()
    if first is None or first.tag not in _LISTED or next(first.iter("a"), None) is None:
        return None
    if first.tag in _HEADINGS:
        following = _headed_cards(heading)
    elif first.tag in ("ul", "ol", "table", "dl"):
        following = [first]
    else:
        following = list(_alike(first))
    if not following:
        return None
    section = html.Element("section")
    heading.addprevious(section)
    for element in (heading, *following):
        section.append(element)
    return section


def _alike(first: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """A card and those that follow it in the same mark-up."""
    if first.tag == "p" and not _mostly_link(first):
        return
    yield first
    for element in first.itersiblings():
        same = element.tag == first.tag and (element.get("class") or "") == (first.get("class") or "")
        if not same or next(element.iter("a"), None) is None or (element.tag == "p" and not _mostly_link(element)):
            return
        yield element


def _headed_cards(heading: html.HtmlElement) -> list[html.HtmlElement]:
    """Cards that no box holds, each put into one: a heading with a link, and the lines up to the next."""
    cards: list[list[html.HtmlElement]] = []
    for element in heading.itersiblings():
        if _is_card_heading(element, heading):
            cards.append([element])
        elif element.tag not in _LINES or len(cards[-1]) > _MOST_LINES or _is_rest(element):
            break
        else:
            cards[-1].append(element)
    return [_boxed(card) for card in cards]


def _is_rest(element: html.HtmlElement) -> bool:
    """Whether a line behind a card is none of it: a second long one, or the site's own foot."""
    before = element.getprevious()
    if str(element.text_content()).lstrip().startswith("©"):
        return True
    return before is not None and all(len(str(line.text_content())) > _SUMMARY for line in (element, before))


def _boxed(lines: Sequence[html.HtmlElement]) -> html.HtmlElement:
    box = html.Element("div")
    lines[0].addprevious(box)
    box.extend(lines)
    return box


def _is_card_heading(element: html.HtmlElement, heading: html.HtmlElement) -> bool:
    return (
        element.tag in _HEADINGS and str(element.tag) > str(heading.tag) and next(element.iter("a"), None) is not None
    )


def _mostly_link(element: html.HtmlElement) -> bool:
    linked = sum(len(str(link.text_content())) for link in element.iter("a"))
    return linked * 2 > len(str(element.text_content()).strip())


def _holds_the_article(element: html.HtmlElement) -> bool:
    """Whether the page's own heading is in there, so that the element is the frame and not the box."""
    return element.tag in ("body", "html", "main") or next(element.iter("h1"), None) is not None


def leads_in(page: Page, sections: Sequence[html.HtmlElement], now: datetime) -> tuple[Lead, ...]:
    """The pieces that ``sections`` of a page name, each once."""
    leads: dict[str, Lead] = {}
    for section in sections[:_MOST_LEADS]:
        for card in islice(_cards(section), _MOST_LEADS):
            lead = read_card(page, card, now)
            key = (lead.url or lead.title) if lead is not None else ""
            if lead is not None and (key not in leads or _fuller(lead, leads[key])):
                leads[key] = lead
    return tuple(leads.values())[:_MOST_LEADS]


def _fuller(one: Lead, other: Lead) -> bool:
    """Whether one sight of a piece says more than another."""
    return _facts(one) > _facts(other)


def _facts(lead: Lead) -> int:
    return sum(map(bool, (lead.date, lead.authors, lead.summary, lead.type, lead.topics)))


def _cards(section: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The repeated elements of a section: articles, else list entries, else boxes with a heading, else bare links."""
    if section.tag in ("p", "a"):
        links = [link for link in section.iter("a") if len(str(link.text_content()).strip()) >= _LEAST_LINK]
        yield from links if len(links) > 1 else (section,)
        return
    for terms in list(section.iter("dl")):
        _box_terms(terms)
    for heading in list(section.iter(*_HEADINGS)):
        following = heading.getnext()
        if following is not None and _is_card_heading(following, heading):
            _headed_cards(heading)
    for tag in ("article", "li", "tr"):
        cards = [card for card in section.iter(tag) if next(card.iter("a", *_HEADINGS), None) is not None]
        if cards:
            yield from cards
            return
    boxes = [box for box in map(_box, section.iter(*_HEADINGS)) if box is not None and box is not section]
    yield from boxes or (link for link in section.iter("a") if len(str(link.text_content()).strip()) >= _LEAST_LINK)


def _box_terms(terms: html.HtmlElement) -> None:
    """Each term of a definition list with what is said of it as one entry of a list."""
    entry: html.HtmlElement | None = None
    for part in list(terms):
        if part.tag == "dt" or entry is None:
            entry = html.Element("li")
            part.addprevious(entry)
        part.tag = "div"
        entry.append(part)


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
    told = [
        part
        for line in visible_text(card).split("\n")
        for part in (_AFTER.split(line) if len(line) < _SPLIT else [line])
    ]
    lines = [line for line in told if line and title_of(line) != title]
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
        elif told and told[0] in ("type", "topics"):
            kind = kind or (told[1] if told[0] == "type" else "")
            topics += told[1].split(", ") if told[0] == "topics" else ()
        elif len(line) >= _SUMMARY:
            summary = summary or line
        elif day_in(line, now):
            date = date or day_in(line, now)
        elif not kind and names_a_kind(line):
            kind = line
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
