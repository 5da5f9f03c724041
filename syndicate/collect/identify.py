"""Which entries of a list are the same, and by which keys the store knows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from syndicate.collect.entries import Entry
from syndicate.domain.identity import bare_link
from syndicate.domain.publication import Reading


def link_key(entry: Entry) -> str:
    """The key of an entry's link, as ``domain.identity.keys_of`` makes it."""
    return "link:" + bare_link(entry.link)


def entry_key(entry: Entry) -> str:
    """What makes two entries of one list the same."""
    return link_key(entry) if entry.link else f"guid:{entry.guid}:{entry.title}"


def distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each link once, the first mention winning; a guid that several links share is none."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry_key(entry), entry)
    counted = Counter(entry.guid for entry in found.values())
    return tuple(replace(entry, guid="") if counted[entry.guid] > 1 else entry for entry in found.values())


def with_own_canonicals(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Readings without a canonical address that several of them claim: a template's mistake would make them one."""
    counted = Counter(bare_link(reading.canonical) for reading in readings if reading.canonical)
    return tuple(
        replace(reading, canonical="") if reading.canonical and counted[bare_link(reading.canonical)] > 1 else reading
        for reading in readings
    )
