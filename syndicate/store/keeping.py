"""What one pass over a source leaves behind: new pieces, appearances, revisions. One transaction, one keeper at a time.

Which stored piece a reading is: the one that most of its keys belong to, the oldest among equals. A reading that
joins two pieces of different sources shows that they are one: the other is marked ``same_as`` and hides. Two pieces
of the same source stay two, because the source itself lists both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from syndicate.domain.collecting import Kept
from syndicate.domain.identity import keys_of, slug_of
from syndicate.domain.provenance import Kind, Provenance, Verdict
from syndicate.domain.publication import Reading, Status
from syndicate.store import tables
from syndicate.store.database import MOST_PARAMETERS, Database
from syndicate.store.encoding import content_json, key_hash, reading_json, reading_of, storable

_OF_THE_BODY = frozenset({"body_html", "body_text", "headings", "figures", "related"})
_SAID_BY_AN_EDITOR = (Verdict.CONFIRMED, Verdict.REJECTED)


@dataclass(slots=True)
class _Piece:
    """A stored piece while its source is being kept."""

    id: int
    source: str
    revision: int
    first_seen: datetime
    reading: Reading


class Keeping:
    """One call of ``keep``. ``visible`` says afterwards whether an output could show the difference."""

    def __init__(self, database: Database, connection: Connection, source: str, outlet: str, now: datetime) -> None:
        self.visible = False
        self._database = database
        self._connection = connection
        self._source = source
        self._outlet = outlet
        self._now = now
        self._owners: dict[bytes, int] = {}
        self._pieces: dict[int, _Piece] = {}
        self._seen: dict[int, set[tuple[str, str]]] = {}

    def keep(self, readings: Sequence[Reading], status: Status) -> Kept:
        """Store ``readings`` in their order; new pieces begin as ``status``."""
        keyed = [(reading, [key_hash(key) for key in keys_of(reading, self._source)]) for reading in readings]
        self._remember(key for _, keys in keyed for key in keys)
        became: dict[int, str] = {}
        for reading, keys in keyed:
            piece = self._piece_of(keys)
            if piece is None:
                piece = self._begin(reading, status)
                what = "new"
            else:
                what = "updated" if self._revise(piece, reading) else "unchanged"
            self._take_keys(piece, keys)
            self._note_place(piece, reading.url)
            if became.get(piece.id, "unchanged") == "unchanged":
                became[piece.id] = what
        return Kept(new=_which(became, "new"), updated=_which(became, "updated"), unchanged=_which(became, "unchanged"))

    def _remember(self, keys: Iterable[bytes]) -> None:
        """Load what the keys belong to, in as many statements whether one reading or a thousand."""
        wanted = list(dict.fromkeys(keys))
        identity, seen = tables.identities.c, tables.appearances.c
        for some in _portions(wanted):
            rows = self._connection.execute(select(identity.key, identity.publication).where(identity.key.in_(some)))
            self._owners.update((bytes(row.key), row.publication) for row in rows)
        ids = list(dict.fromkeys(self._owners.values()))
        for few in _portions(ids):
            for row in self._connection.execute(_current(few)):
                reading = Reading(**reading_of(row.content))
                self._pieces[row.id] = _Piece(row.id, row.source, row.revision, row.first_seen, reading)
                self._seen[row.id] = set()
            places = select(seen.publication, seen.source, seen.url).where(seen.publication.in_(few))
            for row in self._connection.execute(places):
                self._seen[row.publication].add((row.source, row.url))

    def _piece_of(self, keys: Sequence[bytes]) -> _Piece | None:
        votes = Counter(self._owners[key] for key in keys if key in self._owners)
        if not votes:
            return None
        return self._pieces[min(votes, key=lambda piece: (-votes[piece], piece))]

    def _begin(self, reading: Reading, status: Status) -> _Piece:
        row = {
            "slug": self._free_slug(slug_of(reading.title)),
            "outlet": self._outlet,
            "source": self._source,
            "status": status.value,
            "revision": 1,
            "first_seen": self._now,
            "changed": self._now,
            "dated": _dated(reading, self._now),
        }
        made = self._connection.execute(tables.publications.insert().values(row)).inserted_primary_key
        assert made is not None
        piece = _Piece(made[0], self._source, 1, self._now, reading)
        self._pieces[piece.id] = piece
        self._seen[piece.id] = set()
        self._write_revision(piece)
        return piece

    def _revise(self, piece: _Piece, reading: Reading) -> bool:
        """A revision where the first source shows other content; other sources only appear."""
        if piece.source != self._source:
            return False
        merged = _merged(piece.reading, reading)
        if content_json(merged) == content_json(piece.reading):
            return False
        piece.reading = merged
        piece.revision += 1
        moved = tables.publications.update().where(tables.publications.c.id == piece.id)
        dated = _dated(merged, piece.first_seen)
        self._connection.execute(moved.values(revision=piece.revision, changed=self._now, dated=dated))
        self._write_revision(piece)
        return True

    def _write_revision(self, piece: _Piece) -> None:
        self.visible = True
        row = {
            "publication": piece.id,
            "number": piece.revision,
            "at": self._now,
            "title": piece.reading.title,
            "content": reading_json(piece.reading),
        }
        self._connection.execute(tables.revisions.insert().values(row))

    def _take_keys(self, piece: _Piece, keys: Sequence[bytes]) -> None:
        others = {self._owners[key] for key in keys if key in self._owners} - {piece.id}
        for other in sorted(others):
            if self._pieces[other].source != piece.source:
                self._absorb(piece, other)
        changed = [key for key in dict.fromkeys(keys) if self._owners.get(key) != piece.id]
        if not changed:
            return
        wanted = self._database.insert(tables.identities).values(
            [{"key": key, "publication": piece.id} for key in changed]
        )
        self._connection.execute(
            wanted.on_conflict_do_update(index_elements=["key"], set_={"publication": wanted.excluded.publication})
        )
        self._owners.update(dict.fromkeys(changed, piece.id))

    def _absorb(self, piece: _Piece, other: int) -> None:
        """``other`` turned out to be ``piece``: it hides, and what was known of it counts for ``piece``."""
        self.visible = True
        for table in (tables.identities, tables.appearances):
            self._point(table, other, piece.id)
        self._connection.execute(
            tables.publications.update()
            .where((tables.publications.c.id == other) | (tables.publications.c.same_as == other))
            .values(same_as=piece.id, changed=self._now)
        )
        self._owners.update({key: piece.id for key, owner in self._owners.items() if owner == other})
        self._seen[piece.id] |= self._seen[other]

    def _point(self, table: Table, other: int, to: int) -> None:
        self._connection.execute(table.update().where(table.c.publication == other).values(publication=to))

    def _note_place(self, piece: _Piece, url: str) -> None:
        place = (self._source, storable(url))
        if place in self._seen[piece.id]:
            return
        self._seen[piece.id].add(place)
        row = {"publication": piece.id, "source": place[0], "url": place[1], "first_seen": self._now}
        self._connection.execute(tables.appearances.insert().values(row))

    def _free_slug(self, slug: str) -> str:
        """``slug``, or the first free of ``slug-2``, ``slug-3``; asks log n times, however many there are."""
        if not self._taken(slug):
            return slug
        low, high = 1, 2
        while self._taken(f"{slug}-{high}"):
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._taken(f"{slug}-{middle}") else (low, middle)
        return f"{slug}-{high}"

    def _taken(self, slug: str) -> bool:
        column = tables.publications.c.slug
        return self._connection.scalar(select(column).where(column == slug)) is not None


def _which(became: Mapping[int, str], what: str) -> tuple[int, ...]:
    return tuple(piece for piece, said in became.items() if said == what)


def _portions(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + MOST_PARAMETERS] for start in range(0, len(values), MOST_PARAMETERS))


def _current(ids: Sequence[int]) -> Any:
    piece, revision = tables.publications.c, tables.revisions
    newest = (revision.c.publication == piece.id) & (revision.c.number == piece.revision)
    columns = (piece.id, piece.source, piece.revision, piece.first_seen, revision.c.content)
    return select(*columns).join(revision, newest).where(piece.id.in_(ids))


def _merged(stored: Reading, seen: Reading) -> Reading:
    """What the piece is after its source showed ``seen``.

    An entry without a body (a feed's summary of a page read in full before) takes nothing away: the body stays, and
    so does the origin that was found in it. An editor's word on the origin outlives whatever is collected.
    """
    if stored.body_html and not seen.body_html and not seen.body_text:
        names = [f for f in seen.__dataclass_fields__ if f in _OF_THE_BODY or not getattr(seen, f)]
        seen = replace(seen, **{name: getattr(stored, name) for name in names})
        if [a.name for a in seen.authors] == [a.name for a in stored.authors]:
            seen = replace(seen, authors=stored.authors)
        if seen.provenance.kind is Kind.ORIGINAL:
            seen = replace(seen, provenance=stored.provenance)
    return replace(seen, provenance=_origin(stored.provenance, seen.provenance))


def _origin(stored: Provenance, seen: Provenance) -> Provenance:
    return stored if stored.verdict in _SAID_BY_AN_EDITOR else seen


def _dated(reading: Reading, first_seen: datetime) -> datetime:
    """The time to order by; a date at the very edge of the calendar cannot be told in UTC and is passed over."""
    given = reading.published.parsed if reading.published else None
    try:
        return (given or first_seen).astimezone(UTC)
    except OverflowError:
        return first_seen
