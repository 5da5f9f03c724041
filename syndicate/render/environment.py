"""Where templates come from, and the rules they are read under.

Used for letters, notices and pages. An undefined name is an error, and everything is escaped for HTML except in
templates that end in ``.txt.j2``. An operator's folder is searched first, so one file there replaces one of ours;
what a replaced file must still carry is held by the seal, not here.
"""

from __future__ import annotations

import textwrap
from datetime import date, datetime
from pathlib import Path

import jinja2
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

import syndicate

_PACKAGE = Path(syndicate.__file__).resolve().parent
_SHIPPED = (_PACKAGE / "_templates", _PACKAGE.parent / "templates")
"""In the wheel, and in a checkout."""


def environment(overrides: Path | None) -> jinja2.Environment:
    """Templates by name: ``overrides`` first, then those that ship with us."""
    folders = [*([overrides] if overrides else []), *_SHIPPED]
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder for folder in folders if folder.is_dir()]),
        autoescape=_escaped,  # noqa: S701 - a function of the name; only plain text goes out as it is
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["longdate"] = longdate
    made.filters["wrap"] = wrap
    return made


def _escaped(name: str | None) -> bool:
    return not (name or "").endswith(".txt.j2")


def locale_of(language: str) -> Locale:
    """The locale for a BCP 47 language tag; English where nothing is known of it."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en")


def longdate(moment: date | datetime, language: str) -> str:
    """The day in words, such as ``2 March 2026`` or ``2. März 2026``: the day ``moment`` names in its own zone.

    English is written day first without a comma, as readers on both sides of an ocean can take it only one way.
    """
    locale = locale_of(language)
    return format_date(moment, "d MMMM y" if locale.language == "en" else "long", locale=locale)


def wrap(text: str, width: int) -> str:
    """``text`` with each of its lines filled as a paragraph of ``width`` columns, paragraphs a blank line apart.

    Long words, among them links, are never broken; no line begins or ends with a blank.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    filled = (textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in lines if line)
    return "\n\n".join(filled)
