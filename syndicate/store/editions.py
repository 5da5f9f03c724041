"""Editions, their sealed parts, and the schedule rows that call for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, select

from syndicate.domain.digest import Choice, Composition, Edition, EditionState
from syndicate.domain.errors import NotAllowed, NotFound
from syndicate.domain.letter import SealedEdition
from syndicate.store import tables
from syndicate.store.database import Database, fields_of
from syndicate.store.encoding import parts_json, sealed_of

_FIELDS = ("id", "digest", "cadence", "nominal", "items", "variants", "by_schedule", "skipped_because", "held_because")
_ALREADY = "carried by an earlier edition of this digest"


class Editions:
    """Implements ``flows.ports.EditionStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cursor(self, digest: str, now: datetime) -> datetime:
        """The newest nominal time that fired; a digest seen for the first time starts at ``now``."""
        query = select(tables.schedules.c.last).where(tables.schedules.c.digest == digest)
        with self._database.reading() as connection:
            last: datetime | None = connection.scalar(query)
        if last is not None:
            return last
        begun = self._database.insert(tables.schedules).values(digest=digest, last=now).on_conflict_do_nothing()
        with self._database.writing() as connection:
            connection.execute(begun)
            started: datetime = connection.scalars(query).one()
        return started

    def fire(self, digest: str, key: str, last: datetime, nominal: datetime) -> bool:
        """Move the schedule row and take the fire key; True for exactly one caller per key.

        A key that was taken before still lets the row move on, or the schedule would stand still for ever.
        """
        row = tables.schedules.c
        moved = tables.schedules.update().where(row.digest == digest, row.last == last).values(last=nominal)
        taken = self._database.insert(tables.fires).values(digest=digest, key=key, nominal=nominal)
        with self._database.writing() as connection:
            if connection.execute(moved).rowcount != 1:
                return False
            fired = taken.on_conflict_do_nothing().returning(tables.fires.c.key)
            return connection.scalar(fired) is not None

    def carried(self, digest: str) -> frozenset[int]:
        """Publications that an edition of this digest carries, under every id they were ever known by."""
        carried, piece = tables.carried.c, tables.publications.c
        direct = select(carried.publication).where(carried.digest == digest)
        stayed = select(piece.same_as).where(piece.id.in_(direct), piece.same_as.is_not(None))
        with self._database.reading() as connection:
            return frozenset(connection.scalars(direct)) | frozenset(connection.scalars(stayed))

    def open(
        self,
        digest: str,
        cadence: str,
        nominal: datetime,
        composition: Composition,
        *,
        by_schedule: bool,
        held_because: str,
        now: datetime,
    ) -> Edition:
        """Store an edition; the one that is already there for (digest, cadence, nominal) wins and is returned.

        Two that compose at once may choose the same publication; the second edition leaves it out and says so.
        """
        row = {
            "digest": digest,
            "cadence": cadence,
            "nominal": nominal,
            "state": _first_state(composition, held_because).value,
            "items": composition.items,
            "variants": 1,
            "by_schedule": by_schedule,
            "skipped_because": composition.skipped_because,
            "held_because": held_because,
            "composed": now,
        }
        opened = self._database.insert(tables.editions).values(row).on_conflict_do_nothing()
        with self._database.writing() as connection:
            made = connection.scalar(opened.returning(tables.editions.c.id))
            if made is not None:
                self._fill(connection, made, digest, composition)
            of = tables.editions.c
            same = (of.digest == digest) & (of.cadence == cadence) & (of.nominal == nominal)
            return _edition(connection.execute(select(tables.editions).where(same)).one())

    def get(self, edition: int) -> Edition:
        """Raises ``NotFound``."""
        with self._database.reading() as connection:
            return _edition(_row(connection, edition))

    def find(self, digest: str | None = None, limit: int = 100) -> tuple[Edition, ...]:
        """Newest nominal first."""
        of = tables.editions.c
        query = select(tables.editions).order_by(of.nominal.desc(), of.id.desc()).limit(limit)
        return self._all(query if digest is None else query.where(of.digest == digest))

    def at(self, digest: str, nominal: datetime) -> Edition:
        """The edition of a nominal time; of several cadences the first one composed."""
        of = tables.editions.c
        query = select(tables.editions).where(of.digest == digest, of.nominal == nominal).order_by(of.id)
        found = self._all(query)
        if not found:
            raise NotFound("edition", f"{digest} of {nominal.isoformat()}")
        return found[0]

    def choices(self, edition: int) -> tuple[Choice, ...]:
        """What composing decided of each publication, in the order it looked at them."""
        of = tables.edition_choices.c
        query = select(of.publication, of.title, of.taken, of.why).where(of.edition == edition).order_by(of.position)
        with self._database.reading() as connection:
            _row(connection, edition)
            return tuple(Choice(**row._mapping) for row in connection.execute(query))  # noqa: SLF001 - see fields_of

    def awaiting_seal(self) -> tuple[Edition, ...]:
        """Composed by schedule and not held, skipped or sealed, oldest first."""
        return self._scheduled(tables.editions.c.state.in_([EditionState.COMPOSED.value, EditionState.APPROVED.value]))

    def awaiting_delivery(self) -> tuple[Edition, ...]:
        """Sealed, and no delivery prepared yet, that go by schedule; oldest first."""
        prepared = exists().where(tables.deliveries.c.edition == tables.editions.c.id)
        return self._scheduled((tables.editions.c.state == EditionState.SEALED.value) & ~prepared)

    def set_state(self, edition: int, state: EditionState, *, held_because: str = "") -> None:
        """A skipped edition gives its publications back, so it stays skipped."""
        with self._database.writing() as connection:
            before = EditionState(_row(connection, edition).state)
            if before is EditionState.SKIPPED and state is not EditionState.SKIPPED:
                raise NotAllowed(f"edition {edition}", "it was skipped", "compose a new edition")
            of = tables.editions.c
            written = tables.editions.update().where(of.id == edition)
            connection.execute(written.values(state=state.value, held_because=held_because))
            if state is EditionState.SKIPPED:
                connection.execute(tables.carried.delete().where(tables.carried.c.edition == edition))

    def keep_sealed(self, parts: SealedEdition, now: datetime) -> None:
        """Store sealed parts and mark the edition sealed; equal parts again change nothing, others are refused."""
        of = tables.sealed_editions.c
        row = {
            "edition": parts.edition,
            "language": parts.language,
            "digest": parts.digest,
            "parts": parts_json(parts),
            "at": now,
        }
        kept = self._database.insert(tables.sealed_editions).values(row).on_conflict_do_nothing()
        there = select(of.digest).where(of.edition == parts.edition, of.language == parts.language)
        with self._database.writing() as connection:
            _row(connection, parts.edition)
            connection.execute(kept)
            if connection.scalar(there) != parts.digest:
                what = f"edition {parts.edition} in {parts.language}"
                raise NotAllowed(what, "it is sealed already, with other parts", "compose a new edition")
            closed = tables.editions.update().where(tables.editions.c.id == parts.edition)
            connection.execute(closed.values(state=EditionState.SEALED.value, held_because=""))

    def sealed(self, edition: int, language: str) -> SealedEdition:
        """Reopened; raises ``Tampered`` where the parts do not match their digest."""
        of = tables.sealed_editions.c
        query = select(of.digest, of.parts).where(of.edition == edition, of.language == language)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("sealed edition", f"{edition} in {language}")
        return sealed_of(edition, language, row.digest, row.parts)

    def _fill(self, connection: Connection, edition: int, digest: str, composition: Composition) -> None:
        taken = self._claim(connection, edition, digest, composition.items)
        if taken != composition.items:
            composition = _without(composition, taken)
            amended: dict[str, object] = {"items": taken}
            if not taken:
                amended |= {"state": EditionState.SKIPPED.value, "skipped_because": composition.skipped_because}
            connection.execute(tables.editions.update().where(tables.editions.c.id == edition).values(amended))
        rows = [
            {
                "edition": edition,
                "position": position,
                "publication": choice.publication,
                "title": choice.title,
                "taken": choice.taken,
                "why": choice.why,
            }
            for position, choice in enumerate(composition.choices)
        ]
        if rows:
            connection.execute(tables.edition_choices.insert(), rows)

    def _claim(self, connection: Connection, edition: int, digest: str, items: Sequence[int]) -> tuple[int, ...]:
        """Those of ``items`` that no edition of the digest carries yet; they are this one's from now on."""
        claimed = self._database.insert(tables.carried).on_conflict_do_nothing()
        # In the order of ids, so that two who claim the same ones wait for each other instead of locking up.
        for item in sorted(items):
            connection.execute(claimed.values(digest=digest, publication=item, edition=edition))
        of = tables.carried.c
        ours = set(connection.scalars(select(of.publication).where(of.edition == edition)))
        return tuple(item for item in items if item in ours)

    def _scheduled(self, condition: ColumnElement[bool]) -> tuple[Edition, ...]:
        of = tables.editions.c
        query = select(tables.editions).where(of.by_schedule.is_(True), condition)
        return self._all(query.order_by(of.nominal, of.id))

    def _all(self, query: Any) -> tuple[Edition, ...]:
        with self._database.reading() as connection:
            return tuple(_edition(row) for row in connection.execute(query))


def _first_state(composition: Composition, held_because: str) -> EditionState:
    if composition.skipped_because:
        return EditionState.SKIPPED
    return EditionState.HELD if held_because else EditionState.COMPOSED


def _without(composition: Composition, taken: tuple[int, ...]) -> Composition:
    """The composition with only ``taken`` in it, and the reason at each that fell out."""
    choices = tuple(
        replace(choice, taken=False, why=_ALREADY) if choice.taken and choice.publication not in taken else choice
        for choice in composition.choices
    )
    return Composition(items=taken, choices=choices, skipped_because="" if taken else f"everything was {_ALREADY}")


def _row(connection: Connection, edition: int) -> Row[Any]:
    row = connection.execute(select(tables.editions).where(tables.editions.c.id == edition)).one_or_none()
    if row is None:
        raise NotFound("edition", str(edition))
    return row


def _edition(row: Row[Any]) -> Edition:
    return Edition(**fields_of(row, _FIELDS), state=EditionState(row.state))
