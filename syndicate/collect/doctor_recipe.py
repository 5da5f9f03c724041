"""A recipe for a page nobody has one for, tried on the page itself.

Runs in the parsing worker, asked through ``sources.parser_of``. The task's one example, if there is one, holds as its
title what a person copied of a card.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from syndicate.collect.entries import Listing, ReadList, Unreadable
from syndicate.collect.recipes.inferring import infer
from syndicate.collect.sources.listing import parse as parse_listing
from syndicate.markup.decode import decoded
from syndicate.markup.page import parse_page


def parse(task: ReadList) -> Listing | Unreadable:
    """What the inferred recipe reads, and the recipe."""
    page = parse_page(decoded(task.document.body, task.document.charset), task.document.url)
    example = task.examples[0].title if task.examples else ""
    recipe = infer(page, example, datetime.fromtimestamp(task.now, UTC))
    if recipe is None and example:
        return Unreadable(problem="shows no card like the example, or none beside it that is built like it")
    if recipe is None:
        return Unreadable(problem="shows no list of cards with titles that lead somewhere")
    read = parse_listing(replace(task, recipe=recipe, examples=()))
    return replace(read, recipe=recipe) if isinstance(read, Listing) else read
