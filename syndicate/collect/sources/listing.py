"""Listing pages: a recipe of CSS selectors says where a card is and what stands where inside it.

Only ``card`` and ``title`` are needed. Without ``link`` the first link in the title, around it or in the card counts.
"""

from __future__ import annotations

from datetime import UTC, datetime

from cssselect import SelectorError
from lxml import html
from lxml.cssselect import CSSSelector

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry, Listing, ReadList, Unreadable
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.tools import Tools
from syndicate.collect.web import WebList, visit_web
from syndicate.collect.words import names_in, one_line, title_of
from syndicate.domain.collecting import Visit, VisitResult
from syndicate.domain.outlet import Recipe
from syndicate.domain.publication import Moment
from syndicate.markup.decode import decoded
from syndicate.markup.page import Page, parse_page, visible_text
from syndicate.net.address import web_address

_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_PLACE = "listing card"


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read the listing, page by page while there is news, and what is new on it."""
    return await visit_web(visit, tools, WebList(accept=_ACCEPT, page=True))


def parse(task: ReadList) -> Listing | Unreadable:
    """The cards of a listing page, in its order, and its next page."""
    if task.recipe is None:
        return Unreadable(problem="has no recipe; add one with at least card and title to the source")
    page = parse_page(decoded(task.document.body, task.document.charset), task.document.url)
    now = datetime.fromtimestamp(task.now, UTC)
    try:
        cards = _all(page.root, task.recipe.card)
        entries = [entry for card in cards[: task.most] if (entry := _entry(page, card, task.recipe, now)).link]
        following = [_address(page, link) for link in _all(page.root, task.recipe.next)[:1]]
    except SelectorError as error:
        return Unreadable(problem=f"is read with a recipe that holds a broken selector ({error}); mend the recipe")
    if not cards:
        return Unreadable(
            problem=f"shows nothing that the recipe's card selector {task.recipe.card!r} finds; mend the recipe"
        )
    if not entries:
        return Unreadable(
            problem=f"shows {len(cards)} cards but no link in any of them; mend the recipe's link selector"
        )
    return Listing(entries=tuple(entries), more=tuple(address for address in following if address))


def _entry(page: Page, card: html.HtmlElement, recipe: Recipe, now: datetime) -> Entry:
    title = _first(card, recipe.title)
    return Entry(
        link=_link(page, card, title, recipe),
        place=_PLACE,
        title=title_of(visible_text(title)) if title is not None else "",
        authors=names_in(_said(card, recipe.byline)) if recipe.byline else (),
        published=_date(card, recipe, now),
        type=_label(_said(card, recipe.type)),
        topics=_topics(card, recipe),
        summary=_said(card, recipe.summary),
    )


def _link(page: Page, card: html.HtmlElement, title: html.HtmlElement | None, recipe: Recipe) -> str:
    around = next(title.iterancestors("a"), None) if title is not None else None
    places = [_first(card, recipe.link)] if recipe.link else [title, around, card]
    for place in places:
        for link in place.iter("a") if place is not None else ():
            address = _address(page, link)
            if address:
                return address
    return ""


def _address(page: Page, element: html.HtmlElement) -> str:
    link = element if element.get("href") else next((a for a in element.iter("a") if a.get("href")), element)
    href = (link.get("href") or "").strip()
    return "" if not href or href.startswith("#") else web_address(page.absolute(href))


def _date(card: html.HtmlElement, recipe: Recipe, now: datetime) -> Moment | None:
    """The machine's form of a date where the page has one beside the visible."""
    element = _first(card, recipe.date)
    if element is None:
        return None
    inner = (
        element if element.get("datetime") else next((t for t in element.iter("time") if t.get("datetime")), element)
    )
    return moment(inner.get("datetime") or visible_text(element), now)


def _topics(card: html.HtmlElement, recipe: Recipe) -> tuple[str, ...]:
    lines = [line for element in _all(card, recipe.topic) for line in visible_text(element).split("\n")]
    return tuple(dict.fromkeys(part.strip() for line in lines for part in _label(line).split(",") if part.strip()))


def _label(line: str) -> str:
    """What a line says, without "Type:" and the like."""
    told = labelled(line)
    return told[1] if told else byline_in(line) or title_of(line)


def _said(card: html.HtmlElement, selector: str) -> str:
    element = _first(card, selector)
    return one_line(visible_text(element)) if element is not None else ""


def _first(card: html.HtmlElement, selector: str) -> html.HtmlElement | None:
    return next(iter(_all(card, selector)), None)


def _all(place: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """What a selector finds; an empty one finds nothing."""
    return list(CSSSelector(selector, translator="html")(place)) if selector.strip() else []
