"""Sites of our own making in the shapes of the real ones, and all that is read of them.

``make golden`` rewrites what is expected; the difference is for a person to read.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from syndicate.collect import doctor_recipe
from syndicate.collect.entries import Document, Entry, Listing, ReadList
from syndicate.collect.sources import drupal, wordpress

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITES = {
    "think-tank.html": (doctor_recipe.parse, "https://islands.example/publications"),
    "newsroom.html": (doctor_recipe.parse, "https://inselblatt.example/analysen/"),
    "blog.html": (doctor_recipe.parse, "https://tides.example/archive.html"),
    "newsroom.json": (wordpress.parse, "https://inselblatt.example/wp-json/wp/v2/posts?per_page=50"),
    "think-tank.json": (drupal.parse, "https://islands.example/jsonapi/node/report?page[limit]=50&include=uid"),
}


def shown(entry: Entry) -> dict[str, Any]:
    """An entry as a person reads it; what is empty is left out."""
    told = asdict(entry)
    for name in ("published", "updated"):
        moment = told[name]
        told[name] = f"{moment['raw']} = {moment['parsed']:%Y-%m-%d %H:%M} {moment['precision']}" if moment else None
    return {name: value for name, value in told.items() if value}


@pytest.mark.parametrize("site", sorted(SITES))
def test_a_site_is_read_as_it_was(site: str) -> None:
    parse, url = SITES[site]
    document = Document(url=url, body=(HERE / site).read_bytes())
    task = ReadList(kind="any", document=document, recipe=None, most=50, now=NOW.timestamp())

    result = parse(task)

    assert isinstance(result, Listing), result
    recipe = {name: value for name, value in asdict(result.recipe).items() if value} if result.recipe else None
    told = {"recipe": recipe, "more": list(result.more), "entries": [shown(entry) for entry in result.entries]}
    golden = HERE / f"{site}.golden"
    text = json.dumps(told, ensure_ascii=False, indent=1, default=list) + "\n"
    if os.environ.get("SYNDICATE_GOLDEN") == "rewrite":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
