"""What visits leave behind: new pieces, appearances, revisions. One transaction, one keeper at a time.

Which stored piece a reading is: the one that most of its reliable keys belong to, the oldest among equals; a guid
counts as much as two links. Failing that the piece of the same source, title and day whose link or guid changed, and
where a whole list looks new (``domain.flood``) the one with the same title. Failing that an original that the reading
declares, or a copy that declares the reading, where the texts are the same.

A reading that joins two pieces of different sources shows that they are one: the other is marked ``same_as`` and
hides. Two pieces of the same source stay two, because the source itself lists both; a withdrawn one stays withdrawn.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from sqlalchemy import Connection

from syndicate.domain.collecting import Harvest, Kept
from syndicate.domain.flood import old_ones, suspected
from syndicate.domain.identity import bare_link
from syndicate.domain.publication import Change, How, Part, Reading, Status
from syndicate.domain.revising import SMALL, changes, edited, readable
from syndicate.domain.watching import first_look
from syndicate.store.database import Database
from syndicate.store.encoding import changes_json, reading_json, storable, title_hash
from syndicate.store.entries import Entry, copies, entry_of, reliable_keys, same_day, same_words
from syndicate.store.joining import join
from syndicate.store.merging import dated, merged
from syndicate.store.shelf import Piece, Shelf
from syndicate.store.staging import Staged

_LOG = logging.getLogger(__name__)


class Keeping:
    """One transaction of keeping. ``visible`` says afterwards whether an output could show the difference."""

    def __init__(self, database: Database, connection: Connection, now: datetime) -> None:
        self.visible = False
        self.shelf = Shelf(connection)
        self.staged = Staged(database, connection)
        self._connection = connection
        self._now = now

    def look_up(self, harvests: Sequence[Harvest]) -> list[list[Entry]]:
        """Find what the store knows of all that was brought, together; the readings, made ready for ``keep``."""
        entries = [[entry_of(reading, harvest.source.id) for reading in harvest.readings] for harvest in harvests]
        shelf, everything = self.shelf, list(chain.from_iterable(entries))
        originals = [entry.original for entry in everything if entry.original]
        shelf.find_keys(chain((key for entry in everything for key in entry.keys), originals))
        new = [entry for entry in everything if not any(key in shelf.owners for key in entry.keys)]
        shelf.find_titles(entry.named for entry in new if entry.named is not None)
        shelf.find_claimants(key for entry in new for key in entry.links)
        self.staged.expect(len(everything), (entry.slug for entry in new))
        self._load(harvests, entries, originals)
        return entries

    def keep(self, harvest: Harvest, entries: Sequence[Entry], status: Status | None = None) -> Kept:
        """Stage what one visit brought. New pieces begin as ``status``, or as the rules of flood say."""
        became: dict[int, str] = {}
        old: list[int] = []
        keys = reliable_keys(entries, harvest.source.id, self.shelf)
        known = [self._piece_of(each) for each in keys]
        unknown = [at for at, piece in enumerate(known) if piece is None]
        stale = self._stale(harvest, [entries[at].reading for at in unknown], status)
        statuses = {at: Status.BASELINE if place in stale else Status.LIVE for place, at in enumerate(unknown)}
        renamed = self._by_title(harvest, entries, known, unknown)
        for at, entry in enumerate(entries):
            piece, how = self._piece_of(keys[at]), How.CANONICAL
            if piece is None and at in renamed:
                piece = renamed[at]
            elif piece is None:
                piece, how = self._declared(entry, harvest.source.id), How.DECLARED
            if piece is None:
                begins = statuses.get(at, Status.LIVE)
                piece, what = self._begin(harvest, entry, begins), "new"
                old += [piece.id] if begins is Status.BASELINE else []
            else:
                what = "updated" if self.revise(piece, entry, harvest.source.id) else "unchanged"
            self._take_keys(piece, keys[at])
            self._note_place(piece, harvest.source.id, entry.reading.url, how)
            if became.get(piece.id, "unchanged") == "unchanged":
                became[piece.id] = what
        sorted_out = {what: tuple(n for n, said in became.items() if said == what) for what in _ENDS}
        return Kept(**sorted_out, baseline=tuple(old))

    def revise(self, piece: Piece, entry: Entry, source: str) -> bool:
        """A revision where the first source shows other content; other sources only appear."""
        if piece.source != source or piece.shown == entry.shown:
            return False
        piece.shown = entry.shown
        self.staged.touch(piece)
        before = self.shelf.content_of(piece)
        after = merged(before, entry.reading, piece.first_seen)
        found = changes(before, after)
        if found:
            self.write_revision(piece, after, found)
        return bool(found)

    def write_revision(self, piece: Piece, after: Reading, found: Sequence[Change]) -> None:
        """Stage the next revision, and tell the log of what is not small."""
        before, piece.reading = self.shelf.content_of(piece), after
        if after.url != before.url:
            self.staged.move(piece, after.url)
        piece.revision += 1
        piece.changed, piece.dated = self._now, dated(after, piece.first_seen)
        piece.named = title_hash(piece.source, after.title)
        self.staged.touch(piece)
        self._stage_revision(piece, reading_json(after), found)
        if any(change.loud for change in found) or edited(before.body_text, after.body_text) >= SMALL:
            told = "; ".join(readable(change) for change in found if change.loud or change.part is Part.BODY)
            _LOG.info("publication %d of %s changed: %s", piece.id, piece.source, told)

    def _load(
        self, harvests: Sequence[Harvest], entries: Sequence[Sequence[Entry]], originals: Sequence[bytes]
    ) -> None:
        """Load content where it may be compared, and places where one may have to be added."""
        shelf = self.shelf
        compared: set[int] = {shelf.owners[key] for key in originals if key in shelf.owners}
        compared.update(chain.from_iterable(chain(shelf.named.values(), shelf.claimants.values())))
        placed: set[int] = set(compared)
        for harvest, some in zip(harvests, entries, strict=True):
            for entry in some:
                for number in {shelf.owners[key] for key in entry.keys if key in shelf.owners}:
                    piece = shelf.pieces[number]
                    if piece.source != harvest.source.id:
                        placed.add(number)
                    elif piece.shown != entry.shown:
                        placed.add(number)
                        compared.add(number)
        shelf.load_content(compared)
        shelf.load_places(placed)

    def _piece_of(self, keys: Sequence[bytes]) -> Piece | None:
        owners = self.shelf.owners
        votes = Counter(owners[key] for key in keys if key in owners)
        if not votes:
            return None
        return self.shelf.pieces[min(votes, key=lambda piece: (-votes[piece], piece))]

    def _stale(self, harvest: Harvest, unknown: Sequence[Reading], status: Status | None) -> frozenset[int]:
        """Positions in ``unknown`` of those that were there before."""
        if status is not None or harvest.hold:
            return frozenset(range(len(unknown)) if harvest.hold or status is Status.BASELINE else ())
        if not unknown:
            return frozenset()
        return old_ones(
            harvest.before,
            unknown,
            harvest.listed,
            baseline=harvest.source.baseline,
            moved=_moved(harvest),
            stored=self._stored(harvest, unknown),
        )

    def _stored(self, harvest: Harvest, unknown: Sequence[Reading]) -> int | None:
        """How many pieces of the source there were before, counted no further than its list was long."""
        if all(reading.published and reading.published.parsed for reading in unknown):
            return None
        return self.shelf.count_of(harvest.source.id, harvest.before.listed)

    def _by_title(
        self, harvest: Harvest, entries: Sequence[Entry], known: Sequence[Piece | None], unknown: Sequence[int]
    ) -> dict[int, Piece]:
        """Which of the unknown entries are stored pieces whose links and guids changed."""
        listed = max(harvest.listed, len(entries))
        flood = harvest.before.last_success is None or suspected(len(unknown), listed, moved=_moved(harvest))
        taken = {piece.id for piece in known if piece is not None}
        times = Counter(entries[at].named for at in unknown)
        found: dict[int, Piece] = {}
        for at in unknown:
            entry = entries[at]
            named = [self.shelf.pieces[n] for n in self.shelf.named.get(entry.named or 0, ()) if n not in taken]
            on_the_day = [p for p in named if same_day(self.shelf.content_of(p).published, entry.reading.published)]
            certain = on_the_day or (named if flood and times[entry.named] == 1 else [])
            if len(certain) == 1 and (flood or self._is_moved(entry, certain[0], times[entry.named])):
                found[at] = certain[0]
                taken.add(certain[0].id)
        return found

    def _is_moved(self, entry: Entry, piece: Piece, times: int) -> bool:
        """Whether an entry of the same title and day is that piece, although its list is the one we know."""
        if times > 1:
            return False
        return not entry.links or same_words(entry.reading, self.shelf.content_of(piece))

    def _declared(self, entry: Entry, source: str) -> Piece | None:
        """The original that the entry says it is a copy of, or a copy that says so of the entry."""
        owners, claimants = self.shelf.owners, self.shelf.claimants
        numbers = [owners[entry.original]] if entry.original in owners else []
        numbers += [number for key in entry.links for number in claimants.get(key, ())]
        for number in numbers:
            piece = self.shelf.pieces.get(number)
            if piece is None or piece.source == source or piece.withdrawn:
                continue
            if copies(self.shelf.content_of(piece), entry.reading):
                return piece
        return None

    def _begin(self, harvest: Harvest, entry: Entry, status: Status) -> Piece:
        source, reading = harvest.source, entry.reading
        piece = Piece(
            id=self.staged.next_id(),
            slug=self.staged.free_slug(entry.slug),
            outlet=source.outlet,
            source=source.id,
            status=status.value,
            revision=1,
            first_seen=self._now,
            changed=self._now,
            dated=dated(reading, self._now),
            shown=entry.shown,
            named=entry.named,
            reading=reading,
            places=set(),
        )
        self.shelf.pieces[piece.id] = piece
        self.staged.begin(piece)
        self._stage_revision(piece, entry.written, ())
        if entry.original is not None:
            self.staged.claim(entry.original, piece.id)
            self.shelf.claimants.setdefault(entry.original, []).append(piece.id)
        memory = first_look(piece.dated, piece.first_seen)
        if memory.next_check is not None and (source.article == "page" or source.url.startswith("file:")):
            self.staged.watch(piece, reading.url, reading.guid, memory)
        return piece

    def _stage_revision(self, piece: Piece, written: bytes, found: Sequence[Change]) -> None:
        self.visible = True
        title = piece.reading.title if piece.reading else ""
        self.staged.revise(
            {
                "publication": piece.id,
                "number": piece.revision,
                "at": self._now,
                "title": title,
                "content": written,
                "changes": changes_json(found),
            }
        )

    def _take_keys(self, piece: Piece, keys: Sequence[bytes]) -> None:
        owners = self.shelf.owners
        if all(owners.get(key) == piece.id for key in keys):
            return
        for other in sorted({owners[key] for key in keys if key in owners} - {piece.id}):
            self._absorb(piece, self.shelf.pieces[other])
        for key in keys:
            if owners.get(key) != piece.id and not self._held_back(owners.get(key)):
                owners[key] = piece.id
                self.staged.own(key, piece.id)

    def _held_back(self, owner: int | None) -> bool:
        """A withdrawn piece keeps its keys: what they lead to must not come back under another number."""
        return owner is not None and self.shelf.pieces[owner].withdrawn

    def _absorb(self, piece: Piece, other: Piece) -> None:
        """``other`` turned out to be ``piece``, unless one source lists both or one was withdrawn."""
        if other.source == piece.source or other.withdrawn or piece.withdrawn:
            return
        self.visible = True
        self.shelf.places_of(piece).update(self.shelf.places_of(other))
        self.staged.write()
        join(self._connection, piece.id, other.id, How.CANONICAL)
        owners = self.shelf.owners
        owners.update({key: piece.id for key, owner in owners.items() if owner == other.id})
        self.shelf.pieces[other.id] = piece

    def _note_place(self, piece: Piece, source: str, url: str, how: How) -> None:
        if piece.places is None and piece.source == source:
            return
        place = (source, bare_link(storable(url)))
        places = self.shelf.places_of(piece)
        if place in places:
            return
        places.add(place)
        told = How.SOURCE if piece.source == source else how
        row = {"publication": piece.id, "source": source, "url": url, "how": told.value, "first_seen": self._now}
        self.staged.place(row)


_ENDS = ("new", "updated", "unchanged")


def _moved(harvest: Harvest) -> bool:
    """Whether the list was read at an address where it was never read before."""
    before, after = harvest.before, harvest.after
    reconfigured = bool(before.configured) and before.configured != harvest.source.url
    return reconfigured or (before.last_success is not None and before.address != after.address)
