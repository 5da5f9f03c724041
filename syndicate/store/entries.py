"""Readings as the store compares them: written down, hashed, and with the keys that they may be known by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from syndicate.domain.identity import RELIABLE, guid_key, is_home, keys_of, link_key, slug_of, unreliable
from syndicate.domain.likeness import SAME, overlap, words_of
from syndicate.domain.provenance import Kind, UrlKind
from syndicate.domain.publication import Moment, Reading
from syndicate.store.encoding import key_hash, reading_json, shown_hash, title_hash
from syndicate.store.shelf import Shelf

_COPIES = frozenset(
    {Kind.REPUBLISHED, Kind.CROSS_POST, Kind.CO_PUBLISHED, Kind.COURTESY, Kind.WIRE, Kind.ORIGINALLY_PUBLISHED}
)
"""What may be the same work as the original that it names; an excerpt, an adaptation or a translation is another."""


@dataclass(slots=True)
class Entry:
    """One reading of a visit. ``guid`` and ``canonical`` are those of its ``keys`` that may prove unreliable."""

    reading: Reading
    written: bytes
    shown: bytes
    keys: list[bytes]
    links: list[bytes]
    guid: bytes | None
    canonical: bytes | None
    named: int | None
    slug: str
    original: bytes | None

    def usable(self, *, guid: bool, canonical: bool) -> list[bytes]:
        """Its keys, strongest first, without those that its list has shown to be unreliable."""
        out = {None if guid else self.guid, None if canonical else self.canonical}
        return [key for key in self.keys if key not in out]


def entry_of(reading: Reading, source: str) -> Entry:
    """The entry for ``reading``, seen through ``source``."""
    written = reading_json(reading)
    keys = [key_hash(key) for key in keys_of(reading, source)]
    guid = key_hash(guid_key(source, reading.guid)) if reading.guid else None
    canonical = None
    if reading.canonical and reading.canonical != reading.url and reading.url and not is_home(reading.canonical):
        canonical = keys[0] if link_key(reading.canonical) != link_key(reading.url) else None
    return Entry(
        reading=reading,
        written=written,
        shown=shown_hash(written),
        keys=keys,
        links=[key for key in keys if key != guid] if reading.url or reading.canonical else [],
        guid=guid,
        canonical=canonical,
        named=title_hash(source, reading.title),
        slug=slug_of(reading.title),
        original=_original(reading),
    )


def reliable_keys(entries: Sequence[Entry], source: str, shelf: Shelf) -> list[list[bytes]]:
    """For each entry the keys that deserve belief, going by the whole list it came with.

    Guids that name several pieces are keys of none; where fewer than ``RELIABLE`` of them are unique, or are the ones
    that the same links had before, no guid of the list is one.
    """
    guids, canonicals = unreliable([entry.reading for entry in entries])
    stable = _stable(entries, source, shelf)
    return [
        entry.usable(
            guid=stable and entry.reading.guid not in guids, canonical=entry.reading.canonical not in canonicals
        )
        for entry in entries
    ]


def same_day(one: Moment | None, other: Moment | None) -> bool:
    """Whether two dates are known and name one day, each in its own zone."""
    if one is None or other is None or one.parsed is None or other.parsed is None:
        return False
    return one.parsed.date() == other.parsed.date()


def same_words(one: Reading, other: Reading) -> bool:
    """Whether two readings of one title show the same text."""
    first, second = one.body_text or one.summary, other.body_text or other.summary
    if not first or not second:
        return False
    return words_of(first) == words_of(second) or overlap(first, second) >= SAME


def copies(one: Reading, other: Reading) -> bool:
    """Whether two texts are so much the same that what one of them says of its origin makes them one work."""
    return overlap(one.body_text, other.body_text) >= SAME


def _stable(entries: Sequence[Entry], source: str, shelf: Shelf) -> bool:
    """Whether the links that we know still have the guids they had."""
    same = changed = 0
    for entry in entries:
        piece = next((shelf.pieces[shelf.owners[key]] for key in entry.links if key in shelf.owners), None)
        if not entry.guid or piece is None or piece.source != source:
            continue
        if piece.shown == entry.shown:
            same += 1
        elif piece.reading is not None and piece.reading.guid:
            same += piece.reading.guid == entry.reading.guid
            changed += piece.reading.guid != entry.reading.guid
    return same >= RELIABLE * (same + changed)


def _original(reading: Reading) -> bytes | None:
    """The key of the piece that this one says it is a copy of."""
    origin = reading.provenance
    if origin.kind not in _COPIES or not origin.borrowed or not origin.url or origin.url_kind is not UrlKind.ARTICLE:
        return None
    key = link_key(origin.url)
    own = {link_key(link) for link in (reading.url, reading.canonical) if link}
    return None if key in own else key_hash(key)
