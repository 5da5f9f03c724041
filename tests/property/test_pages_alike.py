"""One article in whatever mark-up is one reading: habits of many systems are mixed by chance, the result must not care.

The families of habits are in ``pages/``; together they make more pages than can be written down. A counter-example that
is found is printed with the habit chosen from each family.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.pages import facets, frames, people
from tests.property.pages.frames import Choice
from tests.property.pages.judging import differences
from tests.property.pages.stories import HARBOUR, STORIES, Story

RARE = "facts at the end"
"""Bylines without any label below the text are read where they are labelled; ``page_shapes`` holds that case."""
PLACES = {
    "top": frames.TOP,
    "head": frames.HEAD,
    "middle": frames.MIDDLE,
    "end": frames.END,
    "after": frames.AFTER,
}
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "frame": tuple(name for name in frames.FRAMES if name != RARE),
    "head": tuple(frames.HEADS),
    "heading": tuple(facets.HEADINGS),
    "paragraph": tuple(facets.PARAGRAPHS),
    "figure": tuple(facets.FIGURES),
    "quote": tuple(facets.QUOTES),
    "listing": tuple(facets.LISTS),
    "table": tuple(facets.TABLES),
    "related": tuple(facets.RELATED),
    "note": tuple(facets.NOTES),
    "licence": tuple(facets.LICENCES),
    "byline": tuple(people.BYLINES),
    "days": tuple(people.DAYS),
    "about": tuple(people.ABOUT),
    "bio": tuple(people.NOTES_ON_AUTHORS),
}
PLAIN = {name: habits[0] for name, habits in FAMILIES.items()}
ALONE = [(family, habit) for family, habits in FAMILIES.items() for habit in habits]


def choice(story: Story, habits: Mapping[str, str], furniture: Mapping[str, str], heading: int = 0) -> Choice:
    """A page of ``story``: the plainest habit of each family, but for ``habits``."""
    related = story.tongue.related
    return Choice(story=story, furniture=furniture, related_head=related[heading % len(related)], **{**PLAIN, **habits})


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.tongue.code + " " + story.title[:12])
@pytest.mark.parametrize(("family", "habit"), ALONE)
def test_one_habit_changes_nothing(family: str, habit: str, story: Story) -> None:
    assert differences(choice(story, {family: habit}, {})) == {}


@pytest.mark.parametrize(("place", "piece"), [(place, name) for place, names in PLACES.items() for name in names])
def test_what_the_site_puts_in_for_itself_is_not_the_article(place: str, piece: str) -> None:
    assert differences(choice(HARBOUR, {}, {place: piece})) == {}


MIXED = st.builds(
    choice,
    st.sampled_from(STORIES),
    st.fixed_dictionaries({name: st.sampled_from(habits) for name, habits in FAMILIES.items()}),
    st.fixed_dictionaries({}, optional={place: st.sampled_from(names) for place, names in PLACES.items()}),
    st.integers(min_value=0, max_value=9),
)


@settings(max_examples=150, deadline=None)
@given(MIXED)
def test_habits_mixed_change_nothing_either(made: Choice) -> None:
    assert differences(made) == {}
