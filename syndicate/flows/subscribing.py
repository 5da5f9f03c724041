"""Who gets mail, and by whose word: asking, confirming, leaving.

Called by the web pages and, for the links in letters, by whatever renders one. What is promised here: nobody is
mailed an edition without a recorded consent; an answer to a stranger is the same whether or not an address is known;
opening a link changes nothing, only pressing its button does; leaving works for ever and any number of times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from syndicate.domain import tokens
from syndicate.domain.digest import Digest
from syndicate.domain.errors import NotFound
from syndicate.domain.notice import NoticeKind
from syndicate.domain.subscriber import Consent, Person, Standing, Subscriber, masked
from syndicate.flows.addressing import BadAddress, address_suppressed, normalised, plain_name
from syndicate.flows.house import House
from syndicate.flows.importing import RowResult, RowStatus, import_rows

__all__ = [
    "Asked",
    "BadAddress",
    "Confirmed",
    "Confirming",
    "Expired",
    "Leaving",
    "NotGenuine",
    "NothingChosen",
    "RowResult",
    "RowStatus",
    "Suppressed",
    "ask",
    "confirm",
    "confirming",
    "import_rows",
    "leave",
    "leave_link",
    "leaving",
    "normalised",
]

LETTERS_A_DAY = 3
"""Confirmation letters one address gets at most within 24 hours, whoever asks: nobody is flooded through us."""

CONFIRM_WITHIN = timedelta(days=7)
"""How long a link to confirm works."""

_CONFIRM = "confirm"
_LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The answer to every well-formed request; it says nothing about whether the address was known."""

    address: str
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingChosen:
    """No digest was chosen that we have; ``known`` lists those we have."""

    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """The person confirmed; ``digests`` are the ids they now take, among those the link was for."""

    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expired:
    """A genuine link that no longer does anything: too old, or the person has left since. They may ask again."""


@dataclass(frozen=True, slots=True)
class NotGenuine:
    """Not a link that we made."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A genuine link to an address that must never be mailed; only the operator can lift that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirming:
    """What pressing the button of a link to confirm would do, and for whom."""

    subscriber: int
    address: str
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What a link to leave is about: ``title`` of the digest, the address masked, and whether it ended already."""

    digest: str
    title: str
    address: str
    ended: bool


def ask(
    house: House, *, address: str, name: str, digests: Sequence[str], words: str, where: str, now: datetime
) -> Asked | BadAddress | NothingChosen:
    """Somebody, perhaps the owner of ``address``, asks for ``digests`` having read ``words`` at ``where``.

    Stores pending subscriptions and one entry in the ledger of consent for each, and sends one letter to confirm
    them. Nothing is stored or sent for an address that is suppressed, has confirmed all of them, or got
    ``LETTERS_A_DAY`` letters since yesterday; the answer is the same. Callers in one process take turns (see
    ``web.subscribe``), so that the limit cannot be outrun.
    """
    person = normalised(address)
    if isinstance(person, BadAddress):
        return person
    chosen = tuple(digest for digest in house.digests if digest in digests)
    if not chosen:
        return NothingChosen(known=tuple(house.digests))
    known = _known(house, person.address)
    wanting = tuple(digest for digest in chosen if digest not in _standing(known, Standing.CONFIRMED))
    asker = known.subscriber if known else replace(person, name=plain_name(name))
    if wanting and _may_write(house, asker.address, now):
        _write(house, asker, wanting, words, where, now)
    return Asked(address=person.address, digests=chosen)


def confirming(house: House, token: str, now: datetime) -> Confirming | Expired | NotGenuine | Suppressed:
    """What a link to confirm would do, changing nothing: what its page shows."""
    subject = _confirm_subject(house, token)
    if subject is None:
        return NotGenuine()
    subscriber, digests, issued = subject
    if address_suppressed(house, subscriber.address):
        return Suppressed()
    standing = {s.digest: s.standing for s in house.store.subscribers.subscriptions(subscriber.id)}
    current = tuple(d for d in digests if standing.get(d) in (Standing.PENDING, Standing.CONFIRMED))
    if now >= issued + CONFIRM_WITHIN or not current:
        return Expired()
    return Confirming(subscriber=subscriber.id, address=subscriber.address, digests=current)


def confirm(house: House, token: str, *, where: str, now: datetime) -> Confirmed | Expired | NotGenuine | Suppressed:
    """The person pressed the button: their subscriptions are confirmed from now on. Idempotent.

    A link that is older than a week, or was followed by leaving, confirms nothing.
    """
    found = confirming(house, token, now)
    if not isinstance(found, Confirming):
        return found
    for digest in found.digests:
        entry = Consent(digest=digest, act="confirmed", at=now, where=where, words="", basis="double opt-in")
        house.store.subscribers.confirm(found.subscriber, (digest,), entry)
    return Confirmed(digests=found.digests)


def leave_link(house: House, subscriber: int, digest: str) -> str:
    """The address that ends this subscription; the same for every letter, and good for ever."""
    return house.site.link("/unsubscribe/" + tokens.sign(house.secret, _LEAVE, str(subscriber), digest))


def leaving(house: House, token: str) -> Leaving | None:
    """What a link to leave would end, changing nothing; None where it is not ours or the person was erased."""
    subject = _leave_subject(house, token)
    if subject is None:
        return None
    subscriber, digest = subject
    subscriptions = house.store.subscribers.subscriptions(subscriber.id)
    standing = {s.digest: s.standing for s in subscriptions}
    return Leaving(
        digest=digest,
        title=house.digests[digest].title if digest in house.digests else digest,
        address=masked(subscriber.address),
        ended=standing.get(digest, Standing.LEFT) is Standing.LEFT,
    )


def leave(house: House, token: str, *, where: str, now: datetime) -> Leaving | None:
    """End the subscription of this link before the next batch goes out; returns what it was about. Idempotent.

    A token that is not ours changes nothing; callers answer both alike (RFC 8058 leaves no room for an argument).
    """
    subject = _leave_subject(house, token)
    if subject is None:
        return None
    subscriber, digest = subject
    entry = Consent(digest=digest, act="left", at=now, where=where, words="")
    house.store.subscribers.leave(subscriber.id, (digest,), entry)
    return leaving(house, token)


def _known(house: House, address: str) -> Person | None:
    try:
        return house.store.subscribers.by_address(address)
    except NotFound:
        return None


def _standing(person: Person | None, standing: Standing) -> frozenset[str]:
    return frozenset(s.digest for s in person.subscriptions if s.standing is standing) if person else frozenset()


def _may_write(house: House, address: str, now: datetime) -> bool:
    if address_suppressed(house, address):
        return False
    return house.store.notices.sent_to(address, now - timedelta(days=1)) < LETTERS_A_DAY


def _write(house: House, asker: Subscriber, wanting: tuple[str, ...], words: str, where: str, now: datetime) -> None:
    """Store what was asked for, then queue the letter: dying between the two leaves a person who may ask again."""
    subscriber = asker
    for digest in wanting:
        entry = Consent(digest=digest, act="asked", at=now, where=where, words=words)
        subscriber = house.store.subscribers.ask(asker, (digest,), house.digests[digest].cadence, entry)
    link = _confirm_link(house, subscriber.id, wanting, now)
    together = _as_one([house.digests[digest] for digest in wanting])
    house.store.notices.add(house.letters.notice(NoticeKind.CONFIRM, together, subscriber, link), now)


def _as_one(digests: Sequence[Digest]) -> Digest:
    """What one confirmation letter speaks of: every digest asked for, by title, in the language of the first."""
    return replace(digests[0], title=", ".join(digest.title for digest in digests))


def _confirm_link(house: House, subscriber: int, digests: Sequence[str], now: datetime) -> str:
    issued = str(int(now.timestamp()))
    token = tokens.sign(house.secret, _CONFIRM, str(subscriber), ",".join(digests), issued)
    return house.site.link("/confirm/" + token)


def _confirm_subject(house: House, token: str) -> tuple[Subscriber, tuple[str, ...], datetime] | None:
    subject = tokens.read(house.secret, _CONFIRM, token)
    if subject is None:
        return None
    number, digests, issued = subject
    subscriber = _still_here(house, number)
    if subscriber is None:
        return None
    ours = tuple(digest for digest in digests.split(",") if digest in house.digests)
    return subscriber, ours, datetime.fromtimestamp(int(issued), UTC)


def _leave_subject(house: House, token: str) -> tuple[Subscriber, str] | None:
    subject = tokens.read(house.secret, _LEAVE, token)
    if subject is None:
        return None
    subscriber = _still_here(house, subject[0])
    return (subscriber, subject[1]) if subscriber else None


def _still_here(house: House, number: str) -> Subscriber | None:
    """The subscriber of a genuine token, unless erased since; preview letters carry number 0, which is nobody."""
    try:
        return house.store.subscribers.get(int(number))
    except NotFound:
        return None
