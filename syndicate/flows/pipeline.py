"""The line, in order: collect, compose, seal, prepare, deliver. Read this first.

Only rows pass between the steps, so each restarts alone, and each is idempotent on a unique key: publications on
identity, editions on (digest, cadence, nominal time), deliveries on (edition, version), batches on (delivery,
number). ``engine`` calls these when their time has come; people call them through the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from syndicate.domain.delivery import Batch, Delivery, cut
from syndicate.domain.digest import Edition, EditionState
from syndicate.domain.errors import NotAllowed, NotFound, SealRefused, SyndicateError
from syndicate.domain.gate import Exit
from syndicate.domain.item import Item
from syndicate.domain.letter import SealedEdition
from syndicate.flows import collecting
from syndicate.flows.collected import Collected
from syndicate.flows.composing import compose_now, compose_scheduled, digest_called
from syndicate.flows.house import House
from syndicate.flows.reading import item_of
from syndicate.flows.recognising import recognise

_Given = TypeVar("_Given")
_ROOM_FOR_ADDRESS = 1024
"""Octets a recipient adds to a joined letter beside the letter itself: address, links, headers."""


def collect_due(house: House, now: datetime, names: Sequence[str] = ()) -> tuple[Collected, ...]:
    """Bring home what each source has published since we last looked, in the order of the configuration.

    Without ``names`` those that are due; with them those, even if not due. One that fails spoils nothing else.
    """
    return collecting.collect_due(house, now, names)


def compose_due(house: House, now: datetime) -> tuple[Edition, ...]:
    """Turn waiting publications into one edition for each digest whose time has come; near copies count as one."""
    recognise(house, now)
    return compose_scheduled(house, now)


def compose(house: House, digest: str, now: datetime) -> Edition:
    """Compose an edition of one digest because a person asked for it."""
    recognise(house, now)
    return compose_now(house, digest, now)


def seal(house: House, edition_id: int, now: datetime) -> SealedEdition:
    """Render the edition once, check the finished bytes and close them; a sealed edition comes back as it is."""
    edition = house.store.editions.get(edition_id)
    digest = digest_called(house, edition.digest)
    if edition.state is EditionState.SEALED:
        return house.store.editions.sealed(edition.id, digest.language)
    if edition.state in (EditionState.SKIPPED, EditionState.HELD):
        because = edition.skipped_because or edition.held_because
        raise NotAllowed(f"edition {edition.id} of {digest.id}", f"it is {edition.state.value}: {because}")
    try:
        parts = house.letters.seal(edition, digest, items_of(house, edition, now))
        house.store.editions.keep_sealed(parts, now)
    except (SealRefused, NotAllowed):
        # Somebody may have sealed it before a piece was revised or withdrawn. Whoever was first is the truth.
        kept = _kept(house, edition.id, digest.language)
        if kept is None:
            raise
        house.store.editions.keep_sealed(kept, now)
        return kept
    return parts


def prepare(house: House, edition_id: int, now: datetime) -> Delivery:
    """Freeze who gets the edition, in batches that fit one call each; done once, then the rows are the truth."""
    edition = house.store.editions.get(edition_id)
    before = house.store.deliveries.of_edition(edition.id)
    if before:
        return before[0]
    digest = digest_called(house, edition.digest)
    parts = house.store.editions.sealed(edition.id, digest.language)
    items = [segment.item for segment in parts.segments]
    audience = tuple(house.store.deliveries.audience(digest.id))
    batches = [
        Batch(delivery=0, number=number, variant=1, language=digest.language, ids=ids, not_before=now)
        for number, ids in enumerate(cut(audience, _batch_size(house, parts, items)), start=1)
    ]
    return house.store.deliveries.prepare(edition.id, 1, house.mailer.name, batches, {1: items}, now)


def advance(house: House, now: datetime) -> tuple[Delivery, ...]:
    """Seal and prepare every scheduled edition that is ready; one that cannot go is held, saying why, alone."""
    for edition in house.store.editions.awaiting_seal():
        _or_hold(house, edition, lambda e: seal(house, e.id, now))
    awaiting = house.store.editions.awaiting_delivery()
    prepared = (_or_hold(house, edition, lambda e: prepare(house, e.id, now)) for edition in awaiting)
    return tuple(delivery for delivery in prepared if delivery)


def _kept(house: House, edition: int, language: str) -> SealedEdition | None:
    try:
        return house.store.editions.sealed(edition, language)
    except NotFound:
        return None


def _or_hold(house: House, edition: Edition, step: Callable[[Edition], _Given]) -> _Given | None:
    """Take ``edition`` a step further, or hold it with the reason where a person has to mend something first."""
    try:
        return step(edition)
    except SyndicateError as error:
        house.store.editions.set_state(edition.id, EditionState.HELD, held_because=str(error))
        return None


def items_of(house: House, edition: Edition, now: datetime) -> list[Item]:
    """The edition's publications as a letter shows them; refuses where the gate has closed since composing."""
    digest = house.digests[edition.digest]
    items = []
    for publication in house.store.publications.many(edition.items):
        item = item_of(house, publication, Exit.LETTER, digest.words, now, digest.language)
        if not isinstance(item, Item):
            raise NotAllowed(
                f"edition {edition.id} of {digest.id}",
                f"publication {publication.id} may not go out any more: {item.why}",
                f"compose a new edition with `syndicate digest compose {digest.id}`",
            )
        items.append(item)
    return items


def _batch_size(house: House, parts: SealedEdition, items: Sequence[int]) -> int:
    """As many recipients as the mailer, the configuration and the size of one joined letter allow."""
    letter = len(parts.html(items).encode()) + len(parts.text(items).encode())
    by_size = house.mailer.limits.octets // (letter + letter // 4 + _ROOM_FOR_ADDRESS)
    return max(1, min(house.mail.batch, house.mailer.limits.count, by_size))
