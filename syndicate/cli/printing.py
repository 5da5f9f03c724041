"""How answers look: one JSON document, a table on a terminal, plain lines elsewhere; remarks go to standard error.

What is printed may come from strangers, so control characters, which could drive a terminal, are never written.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, TypeGuard

from rich.console import Console
from rich.table import Table
from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z")
_RISKY_IN_JSON = re.compile(r"[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def document(value: object) -> None:
    """One JSON document on standard output, UTF-8 whatever the locale."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    safe = _RISKY_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    sys.stdout.flush()
    sys.stdout.buffer.write(safe.encode() + b"\n")
    sys.stdout.buffer.flush()


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, nothing: str) -> None:
    """Rows under headings; ``nothing`` is said where there are none."""
    if not rows:
        remark(nothing)
        return
    cells = [[plain(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        drawn = Table(box=None, header_style="bold", pad_edge=False)
        for column in columns:
            drawn.add_column(column, overflow="fold")
        for row in cells:
            drawn.add_row(*(Text(cell) for cell in row))
        Console().print(drawn)
        return
    for line in _aligned([list(columns), *cells]):
        print(line)  # noqa: T201 - printing is what this module is for


def fields(pairs: Mapping[str, object]) -> None:
    """One value a line, its name before it; what is empty is left out."""
    shown = {name: plain(value) for name, value in pairs.items() if value not in (None, "", [], ())}
    width = max(map(len, shown), default=0)
    for name, value in shown.items():
        line(f"{name:<{width}}  {value}")


def line(text: str) -> None:
    """One line of the answer."""
    print(_CONTROL.sub("", text))  # noqa: T201 - the same


def remark(text: str) -> None:
    """A line for the person, beside the answer."""
    print(_CONTROL.sub("", text), file=sys.stderr)  # noqa: T201 - the same


def complain(text: str) -> None:
    """One line that says what went wrong."""
    remark(f"syndicate: {' '.join(text.split())}")


def plain(value: object) -> str:
    """A value in one line of a table; a time of a document is shown to the minute."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(plain(part) for part in value)
    text = _one_line(value)
    time = _TIME.fullmatch(text)
    return f"{time[1]} {time[2]}Z" if time else text


def shortened(value: object, letters: int) -> str:
    """What somebody wrote, in one line, cut after so many letters with a sign that it was."""
    text = _one_line(value)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def paragraphs(text: str) -> None:
    """Running text, each line of it wrapped where a terminal ends; as it is elsewhere."""
    for paragraph in text.split("\n"):
        if sys.stdout.isatty():
            Console().print(Text(_CONTROL.sub("", paragraph)), soft_wrap=False)
        else:
            line(paragraph)


def many(count: int, thing: str) -> str:
    """``1 source``, ``2 sources``: for nouns that only take an s."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def minute(moment: datetime | None) -> str:
    """A time for a table: UTC, to the minute."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%MZ}" if moment else ""


def group(name: str, value: object) -> None:
    """A heading and the values under it, one a line; nothing where there is nothing to say."""
    shown = {key: each for key, each in value.items() if each or each is False} if _is_table(value) else {}
    if shown:
        line(f"\n{name}")
        fields({f"  {key}": each for key, each in shown.items()})


def _one_line(value: object) -> str:
    return " ".join(_CONTROL.sub("", str(value)).split())


def _is_table(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


@contextmanager
def under_way(text: str) -> Iterator[None]:
    """Show on a terminal that something takes its time; elsewhere say it once."""
    if not sys.stderr.isatty():
        remark(text)
        yield
        return
    with Console(stderr=True).status(Text(text)):
        yield


def bounded(stream: IO[bytes], octets: int) -> bytes:
    """At most ``octets`` of a file or pipe; what follows is not read."""
    return stream.read(octets)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
