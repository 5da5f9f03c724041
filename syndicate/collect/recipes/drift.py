"""A recipe that suddenly finds less: noticed by comparing with cards it once read, mended by them, or told to a person.

The cards of a good visit are kept as examples. A new recipe is accepted only if it reads those of them that the page
still shows, with the same values; so a redesign is followed and a page that became another one is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cssselect import SelectorError

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry
from syndicate.collect.recipes.inferring import infer
from syndicate.collect.recipes.reading import found_by, read_cards
from syndicate.domain.collecting import Example
from syndicate.domain.identity import bare_link
from syndicate.domain.outlet import Recipe
from syndicate.markup.page import Page

MOST_EXAMPLES = 5
FIELDS = ("date", "byline", "summary", "type", "topic")
_LONGEST = 500
_ENOUGH = 2
_SAME_OPENING = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A recipe that reads the examples, the cards it reads, and what was changed, for a person."""

    recipe: Recipe
    entries: tuple[Entry, ...]
    note: str


def examples_of(entries: Sequence[Entry]) -> tuple[Example, ...]:
    """The cards to remember: those that show the most, in their order."""
    made = [_example(entry) for entry in entries if entry.link and entry.title]
    fullest = sorted(range(len(made)), key=lambda at: (-_filled(made[at]), at))[:MOST_EXAMPLES]
    return tuple(made[at] for at in sorted(fullest))


def gone_empty(entries: Sequence[Entry], examples: Sequence[Example]) -> tuple[str, ...]:
    """The fields that most examples had and most cards lack now."""
    made = [_example(entry) for entry in entries]
    return tuple(
        name
        for name in ("title", *FIELDS)
        if sum(bool(getattr(example, name)) for example in examples) * 2 > len(examples)
        and sum(not getattr(example, name) for example in made) * 2 > len(made)
    )


def in_words(entries: Sequence[Entry], empty: Sequence[str], recipe: Recipe) -> str:
    """What went empty, and which selector is to blame."""
    said = [_one_in_words(entries, name, getattr(recipe, name)) for name in empty]
    return f"shows {len(entries)} cards but {'; '.join(said)}" if said else ""


def _one_in_words(entries: Sequence[Entry], name: str, selector: str) -> str:
    left = sum(bool(getattr(_example(entry), name)) for entry in entries)
    many = f"only {left} have" if left > 1 else "only one has" if left else "none has"
    return f"{many} a {name} any more (the recipe looks for it at {selector!r})"


def repair(
    page: Page, recipe: Recipe, examples: Sequence[Example], empty: Sequence[str], now: datetime
) -> Repaired | None:
    """A recipe that reads the page again, or None. With ``empty`` only those fields are looked for anew.

    Fields that the recipe leaves out on purpose stay out.
    """
    tried: set[Recipe] = set()
    for example in examples:
        for words in (example.title, example.link):
            fresh = infer(page, words, now)
            if fresh is None or fresh in tried:
                continue
            tried.add(fresh)
            for candidate in _candidates(recipe, fresh, empty):
                entries = _read(page, candidate, now)
                if candidate != recipe and reads_again(entries, examples, now):
                    return Repaired(recipe=candidate, entries=entries, note=_note(recipe, candidate))
    return None


def _candidates(recipe: Recipe, fresh: Recipe, empty: Sequence[str]) -> Iterator[Recipe]:
    """The old recipe with new selectors where it needs them; where single ones disagree, without those."""
    if empty:
        found = {name: selector for name in empty if (selector := getattr(fresh, name))}
        yield replace(recipe, **found)
        yield from (replace(recipe, **{name: selector}) for name, selector in found.items() if len(found) > 1)
        return
    kept = {name: getattr(fresh, name) for name in FIELDS if getattr(recipe, name)}
    whole = Recipe(card=fresh.card, title=fresh.title, link=fresh.link, next=fresh.next if recipe.next else "", **kept)
    yield whole
    yield from (replace(whole, **{name: ""}) for name in FIELDS if getattr(whole, name))


def _read(page: Page, recipe: Recipe, now: datetime) -> tuple[Entry, ...]:
    try:
        entries = read_cards(page, found_by(page.root, recipe.card), recipe, now)
    except SelectorError:
        return ()
    return tuple(entry for entry in entries if entry.link)


def reads_again(entries: Sequence[Entry], examples: Sequence[Example], now: datetime) -> bool:
    """Whether the examples that are still there are read with the same values: two at least, or all there were."""
    by_link = {bare_link(entry.link): _example(entry) for entry in entries}
    by_title = {entry.title.casefold(): _example(entry) for entry in entries}
    pairs = [(old, by_link.get(bare_link(old.link)) or by_title.get(old.title.casefold())) for old in examples]
    there = [(old, new) for old, new in pairs if new is not None]
    if len(there) < min(_ENOUGH, len(examples)) or not there:
        return False
    return all(_agree(old, new, now) for old, new in there)


def _agree(old: Example, new: Example, now: datetime) -> bool:
    """The same title and, as far as both say something, the same of everything else."""
    if old.title.casefold() != new.title.casefold():
        return False
    if old.date and new.date and _day(old.date, now) != _day(new.date, now):
        return False
    pairs = [(getattr(old, name), getattr(new, name)) for name in ("byline", "type", "topic")]
    if any(a and b and a.casefold() != b.casefold() for a, b in pairs):
        return False
    return not old.summary or not new.summary or old.summary[:_SAME_OPENING] == new.summary[:_SAME_OPENING]


def _day(raw: str, now: datetime) -> str:
    """The day a raw date means, or the raw text where it means none."""
    found = moment(raw, now)
    return found.parsed.date().isoformat() if found and found.parsed else raw


def _example(entry: Entry) -> Example:
    return Example(
        link=entry.link,
        title=entry.title,
        date=entry.published.raw if entry.published else "",
        byline=", ".join(entry.authors),
        summary=entry.summary[:_LONGEST],
        type=entry.type,
        topic=", ".join(entry.topics),
    )


def _filled(example: Example) -> int:
    return sum(bool(getattr(example, name)) for name in FIELDS)


def _note(old: Recipe, new: Recipe) -> str:
    """What changed, so that a person can put it into the configuration or say that it is wrong."""
    names = ("card", "title", "link", *FIELDS, "next")
    changed = [
        f"{n} {getattr(old, n)!r} is now {getattr(new, n)!r}" for n in names if getattr(old, n) != getattr(new, n)
    ]
    return f"the recipe found less than before and was repaired from its examples: {', '.join(changed)}"
