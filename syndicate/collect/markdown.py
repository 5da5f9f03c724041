"""A text in Markdown as an entry that carries its own text: CommonMark by markdown-it, fields by its front matter.

Called by the folder kind of source, in the parsing worker. Front matter is ``key: value`` between ``---`` lines or
``key = "value"`` (TOML) between ``+++`` lines; of YAML the plain forms that writers use are understood: strings,
``[a, b]`` and lists of ``- a``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry
from syndicate.collect.words import names_in, one_line, title_of
from syndicate.net.address import web_address

_FENCED = re.compile(
    r"\A\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n(?P<told>.*?)^(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_PAIR = re.compile(r"^([A-Za-z][\w -]{0,60}?)[ \t]*:(?:[ \t]+(.*))?$")
_LISTED = re.compile(r"^[ \t]*-[ \t]+(.+)$")
_MOST_LINES = 200
_MOST_VALUES = 50
FrontMatter = Mapping[str, tuple[str, ...]]


def entry_of_markdown(text: str, now: datetime) -> Entry:
    """The piece, its text as HTML. The canonical address of the front matter is its link."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only folders of Markdown need it

    told, body = split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Entry(
        link=web_address(_first(told, "canonical", "canonical_url", "canonicalurl", "url", "link")),
        place="front matter",
        title=title_of(_first(told, "title")),
        authors=tuple(name for line in _all(told, "author", "authors", "byline") for name in names_in(line)),
        published=moment(_first(told, "date", "published", "publishdate"), now),
        updated=moment(_first(told, "updated", "lastmod", "modified"), now),
        type=title_of(_first(told, "type", "kind")),
        topics=_all(told, "topics", "topic", "categories", "category", "section"),
        tags=_all(told, "tags", "keywords"),
        language=_first(told, "lang", "language")[:40],
        summary=one_line(_first(told, "summary", "description", "excerpt")),
        html=MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(body),
    )


def split(text: str) -> tuple[FrontMatter, str]:
    """(front matter, the rest). What opens like front matter and cannot be understood is text."""
    found = _FENCED.match(text)
    if found is None:
        return {}, text
    told = _toml(found["told"]) if found["fence"] == "+++" else _yaml(found["told"].splitlines()[:_MOST_LINES])
    return (told, text[found.end() :]) if told else ({}, text)


def _first(told: FrontMatter, *names: str) -> str:
    return next((told[name][0] for name in names if told.get(name)), "")


def _all(told: FrontMatter, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one_line(value) for name in names for value in told.get(name, ())))[:_MOST_VALUES]


def _toml(told: str) -> FrontMatter:
    try:
        pairs = tomllib.loads(told)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {key.lower(): tuple(_plain(value)) for key, value in pairs.items()}


def _plain(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value[:_MOST_VALUES]:
            yield from _plain(each) if not isinstance(each, list) else ()
    elif isinstance(value, dict):
        yield from _plain(value.get("name", ""))
    elif isinstance(value, datetime | date):
        yield value.isoformat()
    elif isinstance(value, str | int) and str(value).strip():
        yield str(value).strip()


def _yaml(lines: Sequence[str]) -> FrontMatter:
    """The plain forms; a line that is none of them is passed over."""
    told: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in lines:
        pair, listed = _PAIR.match(line), _LISTED.match(line)
        if pair:
            key = pair[1].strip().lower()
            told[key] = tuple(_values(pair[2] or ""))
        elif listed and key and len(told[key]) < _MOST_VALUES:
            told[key] = (*told[key], *_values(listed[1]))
    return told


def _values(written: str) -> Iterator[str]:
    plain = written.strip()
    parts = plain[1:-1].split(",") if plain.startswith("[") and plain.endswith("]") else [plain]
    for part in parts[:_MOST_VALUES]:
        bare = part.strip().removeprefix("name:").strip()
        quoted = len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\""
        value = bare[1:-1] if quoted else re.sub(r"\s+#.*$", "", bare)
        if value and value not in (">", "|", ">-", "|-", "null", "~"):
            yield value
