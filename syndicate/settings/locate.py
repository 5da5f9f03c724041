"""Where in a TOML file a key stands: the parser of the standard library does not say, and people need to know.

A reading of table headers and keys line by line, good enough to point at; it never decides what the file means.
Keys within an inline table are placed on its line.
"""

from __future__ import annotations

import re

Key = tuple[str | int, ...]
"""A key of the parsed tree: names of tables and keys, and positions (from 0) in arrays of tables."""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"'.]+)\s*=")
_QUOTES = re.compile(r'"""|\'\'\'')


def line_of(text: str, where: Key) -> int:
    """The line (from 1) of the key, or of the nearest table around it that can be found; 0 where nothing is."""
    places = _places(text)
    return next((places[where[:n]] for n in range(len(where), 0, -1) if where[:n] in places), 0)


def _places(text: str) -> dict[Key, int]:
    """Every table, array entry and key with its first line."""
    places: dict[Key, int] = {}
    newest: dict[Key, int] = {}
    table: Key = ()
    quoted = False
    for number, line in enumerate(text.split("\n"), start=1):
        begins_inside, quoted = quoted, quoted ^ bool(len(_QUOTES.findall(line)) % 2)
        if begins_inside:
            continue
        if header := _HEADER.match(line):
            table = _table(header, newest)
            places.setdefault(table, number)
            if header[1] == "[[":
                places.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            places.setdefault((*table, *_names(key[1])), number)
    return places


def _table(header: re.Match[str], newest: dict[Key, int]) -> Key:
    """The key of a header; one within an array of tables belongs to the newest entry of that array."""
    *around, last = _names(header[2])
    path: Key = ()
    for name in around:
        path = (*path, name)
        if path in newest:
            path = (*path, newest[path])
    path = (*path, last)
    if header[1] == "[[":
        newest[path] = newest.get(path, -1) + 1
        return (*path, newest[path])
    return path


def _names(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
