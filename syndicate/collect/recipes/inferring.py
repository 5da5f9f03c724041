"""A recipe from repeated structure: the cards around an example, or the likeliest of the page, aligned with each other.

What it writes has read every card it was made from before it is returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from cssselect import SelectorError
from lxml import html

from syndicate.collect.labels import byline_in
from syndicate.collect.page_related import related_sections
from syndicate.collect.recipes.grouping import HEADINGS, Group, group_of
from syndicate.collect.recipes.reading import address_of, found_by, link_of, read_cards, said
from syndicate.collect.recipes.roles import ROLES, Parts, parts_of_card
from syndicate.collect.recipes.selecting import lasting_classes, own_selectors, selectors_inside, selectors_of_cards
from syndicate.domain.outlet import Recipe
from syndicate.markup.page import Page

_ALIGNED = 40
_MOST_TRIED = 30
_ENOUGH = 0.3
_AGREED = 0.6
_READ = 0.8
_NEXT = re.compile(
    r"^\W{0,3}(?:next|older|more\s+(?:posts|articles|results|publications)|load\s+more|weiter|nächste|ältere|suivant|"
    r"page\s+suivante|siguiente|próxim[ao]|seguinte|successiv[ao]|avanti|volgende|vorige|следующ|次|下一页|下一頁)",
    re.IGNORECASE,
)
_ARROWS = frozenset("\u203a»→>⟩")
_NAMED_NEXT = re.compile(r"\bnext\b|--next\b|\bolder\b", re.IGNORECASE)


def infer(page: Page, example: str, now: datetime) -> Recipe | None:
    """A recipe that reads the cards of ``page``, or None where nothing repeats.

    ``example`` is what a person copied of one card: its title, its link, or all its lines; it may be empty.
    """
    group = group_of(page, example, now)
    if group is None:
        return None
    group = _aligned(group)
    card = _card_selector(page, group)
    title = _chosen([[title] for title in group.titles], group.cards)
    if not card or not title:
        return None
    recipe = Recipe(card=card, title=title, next=_next_selector(page))
    recipe = replace(recipe, link=_link_selector(page, group, recipe, now))
    recipe = _with_roles(group, recipe, now)
    return recipe if _reads(page, recipe, now) else None


def _aligned(group: Group) -> Group:
    return Group(cards=group.cards[:_ALIGNED], titles=group.titles[:_ALIGNED])


def _card_selector(page: Page, group: Group) -> str:
    """The first selector that finds all cards and, beyond them, nothing that is no card."""
    wanted, shape = set(group.cards), _shape(group.cards[0], group.titles[0])
    foreign = set(related_sections(page.root))
    best, least = "", 0
    for selector in _first(_candidates(group.cards)):
        found = found_by(page.root, selector)
        spoiled = [
            card for card in found if card not in wanted and not _could_be(card, shape, group.titles[0], foreign)
        ]
        nested = any(other in wanted for card in found for other in card.iterancestors() if card in wanted)
        if not wanted <= set(found) or nested:
            continue
        if not spoiled:
            return selector
        if not best or len(spoiled) < least:
            best, least = selector, len(spoiled)
    return best if least <= len(wanted) // 4 else ""


def _could_be(
    card: html.HtmlElement, shape: tuple[object, ...], title: html.HtmlElement, foreign: set[html.HtmlElement]
) -> bool:
    """Whether an element beyond the cards is another card, as in a second row."""
    if any(around in foreign or around.tag in ("nav", "footer") for around in (card, *card.iterancestors())):
        return False
    if next(card.iter("a"), None) is None:
        return False
    if title.tag in HEADINGS:
        return sum(1 for each in card.iter() if each.tag == title.tag) == 1
    return any(_shape(card, link) == shape for link in card.iter("a"))


def _shape(card: html.HtmlElement, title: html.HtmlElement) -> tuple[object, ...]:
    """How a card is built and where it stands, as far as all cards of one list agree in it."""
    inside = [str(step.tag) for step in title.iterancestors() if card in step.iterancestors()]
    outside = [(str(around.tag), lasting_classes(around)) for around in islice(card.iterancestors(), 2)]
    return (str(title.tag), lasting_classes(title), *inside, *outside)


def _candidates(cards: Sequence[html.HtmlElement]) -> Iterator[str]:
    """Ways to find the cards, by what the first, the second and the last of them say of themselves."""
    for card in (*cards[:2], cards[-1]):
        yield from selectors_of_cards(card)


def _first(candidates: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(candidates))[:_MOST_TRIED]


def _chosen(truth: Sequence[Sequence[html.HtmlElement]], cards: Sequence[html.HtmlElement]) -> str:
    """The selector that finds, card by card, the words that stand there, and nothing where there are none.

    Of equally good ones the more lasting; empty where none is good enough.
    """
    shown = [tuple(said(element) for element in elements) for elements in truth]
    samples = [(card, element) for card, elements in zip(cards, truth, strict=True) for element in elements[:1]][:6]
    candidates = _first(
        way for card, element in samples for place in _frames(element, card) for way in selectors_inside(place, card)
    )
    best, most = "", 0.0
    for selector in candidates:
        score = sum(_agreement(found_by(card, selector), words) for card, words in zip(cards, shown, strict=True))
        if score > most:
            best, most = selector, score
    return best if most >= _AGREED * sum(1 for words in shown if words) else ""


def _frames(element: html.HtmlElement, card: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """An element and what stands around it with the same words: any of them may carry the telling class."""
    words = said(element)
    yield element
    yield from (inner for inner in element.iterdescendants() if isinstance(inner.tag, str) and said(inner) == words)
    for around in element.iterancestors():
        if around is card or said(around) != words:
            return
        yield around


def _agreement(found: Sequence[html.HtmlElement], words: Sequence[str]) -> float:
    """1 where the first that is found (all, where several should be) says what it should, less where it does not."""
    told = tuple(text for element in found if (text := said(element)))
    if not words:
        return -0.5 if told else 0.0
    if len(words) > 1:
        return 1.0 if set(told) == set(words) else 0.0
    return (1.0 if len(told) == 1 else 0.9) if told[:1] == tuple(words) else 0.0


def _link_selector(page: Page, group: Group, recipe: Recipe, now: datetime) -> str:
    """Nothing where the title leads there itself, which is the most lasting; else the link that does."""
    wanted = [link_of(page, card, title) for card, title in zip(group.cards, group.titles, strict=True)]
    plain = read_cards(page, group.cards, recipe, now)
    if [entry.link for entry in plain] == wanted:
        return ""
    links = [
        [a for a in card.iter("a") if address_of(page, a) == to] for card, to in zip(group.cards, wanted, strict=True)
    ]
    return _chosen([found[:1] for found in links], group.cards)


def _with_roles(group: Group, recipe: Recipe, now: datetime) -> Recipe:
    """Selectors for what most cards show beside the title; one place serves one field, but a line may hold two."""
    parts = [parts_of_card(card, title, now) for card, title in zip(group.cards, group.titles, strict=True)]
    told: dict[str, str] = {}
    for role in ROLES:
        truth = [_told(part, role) for part in parts]
        if sum(1 for elements in truth if elements) < _ENOUGH * len(parts):
            continue
        selector = _chosen(truth, group.cards)
        if selector and selector not in told.values() and selector != recipe.title:
            told[role] = selector
    if "byline" not in told and _bylines_in_dates(parts):
        told["byline"] = told.get("date", "")
    return replace(recipe, **told)


def _told(part: Parts, role: str) -> Sequence[html.HtmlElement]:
    return part.of(role) if role == "topic" else part.of(role)[:1]


def _bylines_in_dates(parts: Sequence[Parts]) -> bool:
    """Whether day and byline share a line: "5 May 2026 / By: A. One"."""
    lines = [said(part.date[0]) for part in parts if part.date]
    return bool(lines) and sum(bool(byline_in(line)) for line in lines) >= _AGREED * len(lines)


def _next_selector(page: Page) -> str:
    """The link to the older pieces: by its relation, its class, or its words and what stands around it."""
    marked = [a for a in page.root.iter("a") if "next" in (a.get("rel") or "").split() and address_of(page, a)]
    if marked:
        return 'a[rel~="next"]'
    links = [a for a in page.root.iter("a") if a.get("href") and _leads_on(a)]
    for link in links[-3:]:
        for place in (link, *list(link.iterancestors())[:2]):
            for selector in own_selectors(place):
                full = selector if place is link else f"{selector} a"
                if [found for found in found_by(page.root, full) if found.get("href")] == [link]:
                    return full
    return ""


def _leads_on(link: html.HtmlElement) -> bool:
    words = said(link)
    around = link.getparent()
    names = f"{link.get('class') or ''} {around.get('class') or '' if around is not None else ''}"
    return bool(_NEXT.match(words)) or words in _ARROWS or (bool(_NAMED_NEXT.search(names)) and len(words) <= 40)  # noqa: PLR2004 - a few words


def _reads(page: Page, recipe: Recipe, now: datetime) -> bool:
    """Whether the recipe as written gives title and link for nearly all cards that it finds."""
    try:
        entries = read_cards(page, found_by(page.root, recipe.card), recipe, now)
    except SelectorError:
        return False
    good = [entry for entry in entries if entry.title and entry.link]
    return len({entry.link for entry in good}) > 1 and len(good) >= _READ * len(entries)
