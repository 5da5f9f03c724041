"""An outlet and its sources as TOML, ready to be put into ``config/outlets``.

Part of the source doctor. What strangers wrote is quoted so that it can neither end a string nor name a secret of the
environment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from urllib.parse import urlsplit

from syndicate.collect.words import one_line
from syndicate.domain.identity import slug_of
from syndicate.domain.outlet import Recipe
from syndicate.domain.survey import Way

_LONGEST_ID = 40
_COMMON = re.compile(r"^(?:www\d?|m|feeds?|rss|news)\.")
_DOLLAR = re.compile(r"\$(?=\{)")


def outlet_id(name: str, url: str) -> str:
    """An id for the outlet: its name where that is short, else its host."""
    host = _COMMON.sub("", urlsplit(url).hostname or "").replace(".", "-")
    slug = slug_of(name) if re.search(r"[A-Za-z]", name) else ""
    chosen = slug if 0 < len(slug) <= _LONGEST_ID else slug_of(host)
    return chosen[:_LONGEST_ID].strip("-") or "outlet"


def quoted(text: str) -> str:
    """A TOML string. A ``${NAME}`` in it, which would be filled from the environment, is broken."""
    return json.dumps(_DOLLAR.sub("$ ", one_line(text)), ensure_ascii=False)


def source_toml(source: str, outlet: str, kind: str, url: str, article: str, recipe: Recipe | None) -> str:
    """One ``[[sources]]`` table."""
    lines = [
        "[[sources]]",
        f"id = {quoted(source)}",
        f"outlet = {quoted(outlet)}",
        f"kind = {quoted(kind)}",
        f"url = {quoted(url)}",
    ]
    if article != "page":
        lines.append(f"article = {quoted(article)}")
    if recipe is not None:
        told = [(field.name, getattr(recipe, field.name)) for field in fields(recipe)]
        lines += ["", "[sources.recipe]", *(f"{name} = {quoted(value)}" for name, value in told if value)]
    return "\n".join(lines) + "\n"


def outlet_toml(outlet: str, name: str, url: str, ways: Sequence[Way], used: Sequence[Way]) -> str:
    """A file for the outlet: its table, the sources to use, and the other ways in as comments."""
    head = [
        "# Written by `syndicate sources doctor`. The terms are the most careful ones: a title and a link, until the",
        "# outlet has granted more.",
        "",
        "[[outlets]]",
        f"id = {quoted(outlet)}",
        f"name = {quoted(name)}",
        f"url = {quoted(url)}",
        'terms = { use = "title" }',
        "",
    ]
    return "\n".join(head) + "\n" + "\n".join(_tables(ways, used))


def _tables(ways: Sequence[Way], used: Sequence[Way]) -> Iterator[str]:
    for way in used:
        yield "\n".join(f"# {one_line(reason)}" for reason in way.reasons)
        yield way.toml
    others = [way for way in ways if way not in used]
    if others:
        yield "# Other ways in, tried at the same time. A piece that several of them show is kept once.\n"
    for way in others:
        yield "\n".join(f"# {line}".rstrip() for line in ("; ".join(way.reasons), *way.toml.splitlines())) + "\n"
