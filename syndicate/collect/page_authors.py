"""The people of a byline with the note on each: what machines are told first, then what stands on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syndicate.collect.page_fields import Sight
from syndicate.collect.said import noted, same_start
from syndicate.collect.words import names_in
from syndicate.domain.publication import Author, Evidence

_MOST_NOTES = 10
_TOLD = "in json ld"


def authors_of(
    names: Sequence[str], found: Mapping[str, str], sight: Sight
) -> tuple[tuple[Author, ...], tuple[Evidence, ...]]:
    """The authors with their notes, and the evidence for these; who is not named elsewhere is named by a note."""
    people: list[Author] = []
    evidence: list[Evidence] = []
    for name in names or tuple(found):
        notes = _notes(name, found, sight)
        people.append(Author(name=name, bio=notes[0][2] if notes else None))
        evidence += [noted("bio", rule, place, raw, used=not at) for at, (rule, place, raw) in enumerate(notes)]
    return tuple(people), tuple(evidence[:_MOST_NOTES])


def _notes(name: str, found: Mapping[str, str], sight: Sight) -> list[tuple[str, str, str]]:
    """(rule, place, note) of every different note on one author, the strongest first."""
    told = [
        ("bio in json ld", f"{place} description", person.bio)
        for place, people in sight.marks.people("author")
        for person in people
        if person.bio and name in names_in(person.name)
    ]
    if len(sight.site.get("bio", ())) == 1 or any(name in text for text in sight.site.get("bio", ())):
        text = next((text for text in sight.site["bio"] if name in text), sight.site["bio"][0])
        told.append(("bio by recipe", "page recipe bio", text))
    if name in found:
        told.append(("note on the author", "page", found[name]))
    kept: list[tuple[str, str, str]] = []
    for rule, place, text in told:
        if text and not any(same_start(text, other) for _, _, other in kept):
            kept.append((rule, place, text))
    return kept
