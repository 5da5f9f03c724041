"""Cards of a listing page, read by a recipe.

Only ``card`` and ``title`` are needed. Without ``link`` the first link in the title, around it or in the card counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cssselect.parser import SelectorSyntaxError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.words import names_in, one_line, title_of
from syndicate.domain.outlet import Recipe
from syndicate.domain.publication import Moment
from syndicate.markup.page import Page, visible_text
from syndicate.net.address import web_address

_PLACE = "listing card"


def found_by(place: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """What a selector finds; an empty one finds nothing. Raises ``cssselect.SelectorError`` for a broken one."""
    if not selector.strip():
        return []
    try:
        return list(CSSSelector(selector, translator="html")(place))
    except RecursionError as error:
        msg = "it has too many parts"
        raise SelectorSyntaxError(msg) from error
    except (etree.XPathError, ValueError) as error:
        msg = f"pages cannot be asked for it: {error}"
        raise SelectorSyntaxError(msg) from error


def read_cards(page: Page, cards: Sequence[html.HtmlElement], recipe: Recipe, now: datetime) -> list[Entry]:
    """One entry for each card, in order; its link is empty where the card has none."""
    return [_entry(page, card, recipe, now) for card in cards]


def next_page(page: Page, recipe: Recipe) -> str:
    """Where the listing goes on, or empty."""
    for element in found_by(page.root, recipe.next)[:1]:
        return address_of(page, element)
    return ""


def address_of(page: Page, element: html.HtmlElement) -> str:
    """Where an element, or the first link inside it, leads; empty for what leads nowhere."""
    link = element if element.get("href") else next((a for a in element.iter("a") if a.get("href")), element)
    href = (link.get("href") or "").strip()
    return "" if not href or href.startswith("#") else web_address(page.absolute(href))


def link_of(page: Page, card: html.HtmlElement, title: html.HtmlElement | None) -> str:
    """Where a card leads that names no link of its own: by its title, by what stands around it, by its first link."""
    around = next(title.iterancestors("a"), None) if title is not None else None
    for place in (title, around, card):
        for link in place.iter("a") if place is not None else ():
            address = address_of(page, link)
            if address:
                return address
    return ""


def said(element: html.HtmlElement) -> str:
    """The words of an element, on one line."""
    return one_line(visible_text(element))


def _entry(page: Page, card: html.HtmlElement, recipe: Recipe, now: datetime) -> Entry:
    title = _first(card, recipe.title)
    return Entry(
        link=_link(page, card, title, recipe),
        place=_PLACE,
        title=title_of(visible_text(title)) if title is not None else "",
        authors=_names(_said(card, recipe.byline)),
        published=_date(card, recipe, now),
        type=_label(_said(card, recipe.type)),
        topics=_topics(card, recipe),
        summary=_said(card, recipe.summary),
    )


def _link(page: Page, card: html.HtmlElement, title: html.HtmlElement | None, recipe: Recipe) -> str:
    if not recipe.link:
        return link_of(page, card, title)
    place = _first(card, recipe.link)
    addresses = (address_of(page, link) for link in (place.iter("a") if place is not None else ()))
    return next((address for address in addresses if address), "")


def _names(line: str) -> tuple[str, ...]:
    """The people of a byline; of a line that says more, such as a day, only what stands after "by"."""
    return names_in(byline_in(line) or line) if line else ()


def _date(card: html.HtmlElement, recipe: Recipe, now: datetime) -> Moment | None:
    """The machine's form of a date where the page has one beside the visible."""
    element = _first(card, recipe.date)
    if element is None:
        return None
    timed = (
        element if element.get("datetime") else next((t for t in element.iter("time") if t.get("datetime")), element)
    )
    return moment(timed.get("datetime") or visible_text(element), now)


def _topics(card: html.HtmlElement, recipe: Recipe) -> tuple[str, ...]:
    lines = [line for element in found_by(card, recipe.topic) for line in visible_text(element).split("\n")]
    return tuple(dict.fromkeys(part.strip() for line in lines for part in _label(line).split(",") if part.strip()))


def _label(line: str) -> str:
    """What a line says, without "Type:" and the like."""
    told = labelled(line)
    return told[1] if told else byline_in(line) or title_of(line)


def _said(card: html.HtmlElement, selector: str) -> str:
    element = _first(card, selector)
    return said(element) if element is not None else ""


def _first(card: html.HtmlElement, selector: str) -> html.HtmlElement | None:
    return next(iter(found_by(card, selector)), None)
