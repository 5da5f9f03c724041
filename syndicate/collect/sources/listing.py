"""Listing pages: a recipe of CSS selectors says where a card is and what stands where inside it.

A recipe that stops finding what it found is repaired from the cards it once read, or the drift is told; see
``collect.recipes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from cssselect import SelectorError

from syndicate.collect.entries import Entry, Listing, ReadList, Unreadable
from syndicate.collect.recipes.drift import Repaired, examples_of, gone_empty, in_words, repair
from syndicate.collect.recipes.reading import found_by, next_page, read_cards
from syndicate.collect.tools import Tools
from syndicate.collect.web import WebList, visit_web
from syndicate.collect.words import one_line
from syndicate.domain.collecting import Visit, VisitResult
from syndicate.domain.outlet import Recipe
from syndicate.markup.decode import decoded
from syndicate.markup.page import Page, parse_page

_ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read the listing, page by page while there is news, and what is new on it."""
    return await visit_web(visit, tools, WebList(accept=_ACCEPT, page=True))


def parse(task: ReadList) -> Listing | Unreadable:
    """The cards of a listing page, in its order, and its next page."""
    if task.recipe is None:
        return Unreadable(
            problem="has no recipe; add one with at least card and title, or let `source doctor` write it"
        )
    page = parse_page(decoded(task.document.body, task.document.charset), task.document.url)
    now = datetime.fromtimestamp(task.now, UTC)
    try:
        cards = found_by(page.root, task.recipe.card)
        entries = read_cards(page, cards[: task.most], task.recipe, now)
        following = next_page(page, task.recipe)
    except SelectorError as error:
        told = one_line(str(error))
        return Unreadable(problem=f"is read with a recipe that holds a broken selector ({told}); mend the recipe")
    linked = tuple(entry for entry in entries if entry.link)
    if not linked:
        return _nothing_found(task, page, task.recipe, now, len(cards))
    return _compared(task, page, linked, following, now)


def _compared(task: ReadList, page: Page, entries: Sequence[Entry], following: str, now: datetime) -> Listing:
    """The listing as it was read, unless fields went empty and can be found again."""
    assert task.recipe is not None
    more = (following,) if following else ()
    empty = gone_empty(entries, task.examples)
    if not empty:
        return Listing(entries=tuple(entries), more=more, examples=examples_of(entries))
    mended = repair(page, task.recipe, task.examples, empty, now)
    if mended is None:
        drift = in_words(entries, empty, task.recipe)
        return Listing(entries=tuple(entries), more=more, examples=task.examples, drift=drift, notes=(drift,))
    return _mended(task, page, mended)


def _mended(task: ReadList, page: Page, mended: Repaired) -> Listing:
    """What the repaired recipe reads; what it does not find either is drift all the same."""
    entries = mended.entries[: task.most]
    left = gone_empty(entries, task.examples)
    drift = in_words(entries, left, mended.recipe)
    following = next_page(page, mended.recipe)
    return Listing(
        entries=entries,
        more=(following,) if following else (),
        recipe=mended.recipe,
        examples=task.examples if left else examples_of(entries),
        drift=drift,
        notes=(mended.note, drift) if drift else (mended.note,),
    )


def _nothing_found(task: ReadList, page: Page, recipe: Recipe, now: datetime, cards: int) -> Listing | Unreadable:
    """A recipe that reads nothing: repaired if the page still shows what it once read, else reported."""
    mended = repair(page, recipe, task.examples, (), now) if task.examples else None
    if mended is not None:
        return _mended(task, page, mended)
    if cards:
        return Unreadable(problem=f"shows {cards} cards but no link in any of them; mend the recipe's link selector")
    known = f"; nor are the {len(task.examples)} pieces there that it found last" if task.examples else ""
    return Unreadable(
        problem=f"shows nothing that the recipe's card selector {recipe.card!r} finds{known}; mend the recipe, or let "
        "`syndicate sources doctor` write it anew"
    )
