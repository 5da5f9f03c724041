"""Subscribers, what they take, what they consented to, and whom never to mail again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, select

from syndicate.domain.errors import NotFound
from syndicate.domain.subscriber import Consent, Person, Standing, Subscriber, Subscription, masked
from syndicate.store import tables
from syndicate.store.database import Database, fields_of

_PROFILE = ("name", "language", "timezone")
_SUBSCRIBER = tuple(field.name for field in fields(Subscriber))
_CONSENT = tuple(field.name for field in fields(Consent))


class Subscribers:
    """Implements ``flows.ports.SubscriberStore``."""

    def __init__(self, database: Database, hash_address: Callable[[str], str]) -> None:
        self._database = database
        self._hash_address = hash_address

    def ask(self, person: Subscriber, digests: Sequence[str], cadence: str, consent: Consent) -> Subscriber:
        """A subscriber with pending subscriptions; the address decides who it is.

        Anybody can type an address, so a name or language given here changes nothing of somebody confirmed.
        """
        with self._database.writing() as connection:
            subscriber = self._with_address(connection, person)
            _note_consent(connection, subscriber, digests, consent)
            for digest in sorted(set(digests)):
                self._ask_for(connection, subscriber, person.domain, digest, cadence, consent.at)
            return _subscriber(_one(connection, subscriber))

    def confirm(self, subscriber: int, digests: Sequence[str], consent: Consent) -> tuple[str, ...]:
        """Make pending subscriptions confirmed; returns the digests this changed.

        One that was left in between stays left: an old link does not undo a newer wish.
        """
        return self._change(subscriber, digests, consent, (Standing.PENDING,), Standing.CONFIRMED)

    def leave(self, subscriber: int, digests: Sequence[str], consent: Consent) -> tuple[str, ...]:
        """End subscriptions; returns the digests this changed."""
        return self._change(subscriber, digests, consent, (Standing.PENDING, Standing.CONFIRMED), Standing.LEFT)

    def get(self, subscriber: int) -> Subscriber:
        """Raises ``NotFound``."""
        with self._database.reading() as connection:
            return _subscriber(_one(connection, subscriber))

    def by_address(self, address: str) -> Person:
        """All that is kept of the one with this address."""
        with self._database.reading() as connection:
            row = connection.execute(_whole(tables.subscribers.c.address == address)).one_or_none()
            if row is None:
                raise NotFound("subscriber", masked(address))
            of = tables.consents.c
            said = select(tables.consents).where(of.subscriber == row.id).order_by(of.at, of.id)
            return Person(
                subscriber=_subscriber(row),
                subscriptions=_subscriptions(connection, row.id),
                consents=tuple(Consent(**fields_of(consent, _CONSENT)) for consent in connection.execute(said)),
                suppressed=_is_suppressed(connection, row.address_hash),
            )

    def subscriptions(self, subscriber: int) -> tuple[Subscription, ...]:
        """In the order of the digests' ids."""
        with self._database.reading() as connection:
            _one(connection, subscriber)
            return _subscriptions(connection, subscriber)

    def suppress(self, address_hash: str, reason: str, now: datetime) -> None:
        """Never mail the address with this keyed hash again; the first reason stays."""
        row = {"address_hash": address_hash, "reason": reason, "at": now}
        with self._database.writing() as connection:
            connection.execute(self._database.insert(tables.suppressions).values(row).on_conflict_do_nothing())

    def suppressed(self, address_hash: str) -> bool:
        """Whether the address with this keyed hash must not be mailed."""
        with self._database.reading() as connection:
            return _is_suppressed(connection, address_hash)

    def _with_address(self, connection: Connection, person: Subscriber) -> int:
        row = {name: getattr(person, name) for name in (*_PROFILE, "address", "domain")}
        row["address_hash"] = self._hash_address(person.address)
        of, taken = tables.subscribers.c, tables.subscriptions.c
        added = self._database.insert(tables.subscribers).values(row).on_conflict_do_nothing().returning(of.id)
        made: int | None = connection.scalar(added)
        if made is not None:
            return made
        known = connection.scalars(select(of.id).where(of.address == person.address).with_for_update()).one()
        given = {name: row[name] for name in _PROFILE if row[name]}
        sure = exists().where(taken.subscriber == known, taken.standing == Standing.CONFIRMED.value)
        if given:
            connection.execute(tables.subscribers.update().where(of.id == known, ~sure).values(given))
        return int(known)

    def _ask_for(
        self, connection: Connection, subscriber: int, domain: str, digest: str, cadence: str, at: datetime
    ) -> None:
        wish = {"standing": Standing.PENDING.value, "cadence": cadence, "since": at}
        asked = self._database.insert(tables.subscriptions).values(
            subscriber=subscriber, digest=digest, domain=domain, **wish
        )
        connection.execute(
            asked.on_conflict_do_update(
                index_elements=["subscriber", "digest"],
                set_=wish,
                where=tables.subscriptions.c.standing != Standing.CONFIRMED.value,
            )
        )

    def _change(
        self,
        subscriber: int,
        digests: Sequence[str],
        consent: Consent,
        before: Sequence[Standing],
        after: Standing,
    ) -> tuple[str, ...]:
        of = tables.subscriptions.c
        changed = []
        with self._database.writing() as connection:
            _one(connection, subscriber)
            for digest in sorted(set(digests)):
                there = (of.subscriber == subscriber) & (of.digest == digest)
                moved = tables.subscriptions.update().where(there, of.standing.in_([s.value for s in before]))
                if connection.execute(moved.values(standing=after.value, since=consent.at)).rowcount:
                    changed.append(digest)
            _note_consent(connection, subscriber, changed, consent)
        return tuple(digest for digest in dict.fromkeys(digests) if digest in changed)


def _note_consent(connection: Connection, subscriber: int, digests: Sequence[str], consent: Consent) -> None:
    said = {name: getattr(consent, name) for name in _CONSENT}
    rows = [said | {"subscriber": subscriber, "digest": digest} for digest in dict.fromkeys(digests)]
    if rows:
        connection.execute(tables.consents.insert(), rows)


def _whole(condition: ColumnElement[bool]) -> Any:
    return select(tables.subscribers).where(condition)


def _one(connection: Connection, subscriber: int) -> Row[Any]:
    row: Row[Any] | None = connection.execute(_whole(tables.subscribers.c.id == subscriber)).one_or_none()
    if row is None:
        raise NotFound("subscriber", str(subscriber))
    return row


def _subscriptions(connection: Connection, subscriber: int) -> tuple[Subscription, ...]:
    of = tables.subscriptions.c
    query = select(tables.subscriptions).where(of.subscriber == subscriber).order_by(of.digest)
    names = ("subscriber", "digest", "cadence", "since")
    rows = connection.execute(query)
    return tuple(Subscription(**fields_of(row, names), standing=Standing(row.standing)) for row in rows)


def _is_suppressed(connection: Connection, address_hash: str) -> bool:
    of = tables.suppressions.c
    return connection.scalar(select(of.address_hash).where(of.address_hash == address_hash)) is not None


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(**fields_of(row, _SUBSCRIBER))
