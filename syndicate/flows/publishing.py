"""Feeds as plain files: ``feeds build --out DIR`` writes what the server would answer, byte for byte."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from syndicate.flows.house import House
from syndicate.flows.reading import feed_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One file of the static tree. ``written`` is false where it already held these bytes.

    ``valid_until`` is the moment at which it has to be built again though nothing was collected, or None.
    """

    path: Path
    etag: str
    octets: int
    written: bool
    valid_until: datetime | None


def build_feeds(house: House, out: Path, now: datetime) -> tuple[Built, ...]:
    """Write every feed in every format to ``out/feeds/ID.FORMAT``; files that would not change are left alone.

    A file is replaced as a whole (written beside, then renamed), so a web server never reads half of one.
    """
    folder = out / "feeds"
    folder.mkdir(parents=True, exist_ok=True)
    built = []
    for feed in house.feeds:
        for format_name in house.formats:
            document = feed_document(house, feed, format_name, now)
            path = folder / f"{feed}.{format_name}"
            written = _replace(path, document.body)
            built.append(
                Built(
                    path=path,
                    etag=document.etag,
                    octets=len(document.body),
                    written=written,
                    valid_until=document.valid_until,
                )
            )
    return tuple(built)


def _replace(path: Path, body: bytes) -> bool:
    """Make ``path`` hold ``body``; whether anything had to be written. A leftover of a killed run is overwritten."""
    if path.is_file() and path.read_bytes() == body:
        return False
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    beside.write_bytes(body)
    beside.replace(path)
    return True
