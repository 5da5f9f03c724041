"""Handing batches to the mail API so that nobody is lost and nobody is mailed twice.

Two short transactions around one call. The first locks the batch, asks the gate, drops who must not be mailed,
writes down the hash of the very bytes and marks the batch ``sending`` under a new fence. Then the lease is checked
and the call made, outside any transaction. The second writes what came of it, if the fence still holds. Whoever
opens a batch that is ``sending`` already asks the mailer what became of it before anything else.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from syndicate.domain.delivery import (
    Batch,
    BatchState,
    Compiled,
    Delivery,
    DeliveryState,
    Outcome,
    OutcomeKind,
    Refused,
    Step,
    Submission,
    entering,
    key_of,
)
from syndicate.domain.digest import Edition, EditionState
from syndicate.domain.errors import NotAllowed, StoreInUse, SyndicateError
from syndicate.domain.gate import Exit, Withheld, rule
from syndicate.domain.settling import after_answer, after_finding, asked_now
from syndicate.domain.subscriber import Subscriber
from syndicate.flows.calling import ask, call, spread, wait, wait_for_permit
from syndicate.flows.composing import digest_called
from syndicate.flows.house import House
from syndicate.flows.ledger import Opening
from syndicate.flows.lettering import asking, letter_of, recipient_of
from syndicate.flows.pipeline import prepare, seal

_AT_ONCE = 64
_SHORTEST_NAP = 0.01
_LONGEST_NAP = 1.0
_HANDED_OVER = 0.5
_log = logging.getLogger("syndicate.delivering")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where an edition stands, adding up: planned = waiting + sent + rejected + suppressed + held + unknown."""

    edition: int
    digest: str
    state: str
    mailer: str
    planned: int
    waiting: int
    sent: int
    rejected: int
    suppressed: int
    held: int
    unknown: int
    batches: Mapping[str, int]
    held_because: str = ""


def deliver_batch(house: House, delivery: int, number: int) -> None:
    """Take one batch as far as it can go now: send it, or ask about it, or leave it.

    What a person has to mend (parts that do not match their seal, a digest that is no longer configured) holds the
    delivery with the reason, so that one that cannot go stands in no other's way.
    """
    try:
        begun = _open(house, delivery, number)
    except SyndicateError as error:
        house.store.deliveries.pause(delivery, str(error))
        return
    if begun is None:
        return
    batch, what = begun
    if isinstance(what, Submission):
        change = after_finding(batch, ask(house, batch, what), house.mailer.limits, house.clock())
        house.store.deliveries.close(batch.fence, change)
        return
    answer = call(house, batch, what)
    if answer is None:
        return
    change = after_answer(batch, answer, house.clock(), spread(batch))
    ours = isinstance(answer, Refused) and answer.ours
    if house.store.deliveries.close(batch.fence, change) and ours:
        house.store.deliveries.pause(delivery, change.batch.note)


def drain(house: House, stop: threading.Event | None = None, edition: int | None = None) -> int:
    """Deliver what is due, and wait for what will be, until every batch has its end; returns batches entered."""
    entered = 0
    while not (stop and stop.is_set()):
        due = house.store.deliveries.due(house.clock(), _AT_ONCE, edition)
        for delivery, number in due:
            if not wait_for_permit(house, delivery, number, stop):
                break
            deliver_batch(house, delivery, number)
            entered += 1
        if not due and not _nap_until(house, house.store.deliveries.next_due(edition), stop):
            break
    return entered


def send(house: House, edition_id: int, stop: threading.Event | None = None) -> Status:
    """Seal, prepare, deliver, and return when every batch has its end; called again it goes on where it was.

    Where another process delivers from the same file the rows are handed over to it and this waits.
    """
    now = house.clock()
    edition = _released(house, house.store.editions.get(edition_id))
    seal(house, edition.id, now)
    house.store.deliveries.resume(prepare(house, edition.id, now).id)
    while not _delivered_here(house, edition.id, stop):
        # Whoever delivers from this file may be busy with another edition only, or end before this one has its end.
        wait(house, _HANDED_OVER, stop)
    return status(house, edition.id)


def _delivered_here(house: House, edition: int, stop: threading.Event | None) -> bool:
    """Deliver as the one who does; False where that is another process and the edition is not through yet."""
    if stop and stop.is_set():
        return True
    try:
        with house.store.delivering():
            house.store.deliveries.take_over(house.clock())
            drain(house, stop, edition)
    except StoreInUse as other:
        if house.store.deliveries.next_due(edition) is None:
            return True
        _log.info("edition %d is handed over: %s", edition, other.holder)
        return False
    return True


def status(house: House, edition_id: int) -> Status:
    """Where an edition stands; before it is prepared everything is zero and the state is ``waiting``."""
    edition = house.store.editions.get(edition_id)
    deliveries = house.store.deliveries.of_edition(edition.id)
    if not deliveries:
        nothing = dict.fromkeys((s.value for s in BatchState), 0)
        return _status(edition, DeliveryState.WAITING.value, house.mailer.name, {}, nothing, edition.held_because)
    newest = deliveries[0]
    sums = house.store.deliveries.sums(newest.id)
    classes = {
        name: getattr(sums, name)
        for name in ("planned", "waiting", "sent", "rejected", "suppressed", "held", "unknown")
    }
    counts = house.store.deliveries.counts(newest.id)
    return _status(edition, newest.state.value, newest.mailer, classes, counts, newest.held_because)


def _status(
    edition: Edition, state: str, mailer: str, sums: Mapping[str, int], batches: Mapping[str, int], because: str
) -> Status:
    return Status(
        edition=edition.id,
        digest=edition.digest,
        state=state,
        mailer=mailer,
        planned=sums.get("planned", 0),
        waiting=sums.get("waiting", 0),
        sent=sums.get("sent", 0),
        rejected=sums.get("rejected", 0),
        suppressed=sums.get("suppressed", 0),
        held=sums.get("held", 0),
        unknown=sums.get("unknown", 0),
        batches=batches,
        held_because=because,
    )


def _open(house: House, delivery: int, number: int) -> tuple[Batch, Submission | Compiled] | None:
    """The opening transaction: a compiled call to make, a submission to ask about, or nothing to do."""
    now = house.clock()
    with house.store.deliveries.opening(delivery, number) as opening:
        match entering(opening.batch, opening.delivery, now):
            case Step.LEAVE:
                return None
            case Step.ASK:
                return _begin_asking(house, opening, now)
            case Step.SEND:
                return _begin_sending(house, opening, now)


def _begin_asking(house: House, opening: Opening, now: datetime) -> tuple[Batch, Submission]:
    """Raise the fence, so that of two who ask only the later one's answer counts."""
    batch = asked_now(opening.batch, house.mailer.limits, now)
    opening.put(batch)
    return batch, asking(house, batch, opening.remaining(), opening.recipients())


def _begin_sending(house: House, opening: Opening, now: datetime) -> tuple[Batch, Compiled] | None:
    """Gate, suppressions, the bytes and their hash, the mark, fence and lease."""
    items = house.store.deliveries.variant(opening.batch.delivery, opening.batch.variant)
    closed = _closed_gate(house, items, now)
    if closed:
        opening.hold(closed)
        return None
    readers = opening.recipients()
    mailable = {reader.id for reader in readers}
    dropped = [i for i in opening.remaining() if i not in mailable]
    opening.drop([Outcome(subscriber=i, kind=OutcomeKind.SUPPRESSED, detail="left or suppressed") for i in dropped])
    batch = replace(opening.batch, fence=opening.batch.fence + 1, attempt=opening.batch.attempt + 1)
    if not readers:
        opening.put(replace(batch, state=BatchState.SENT, note="nobody was left to mail"))
        return None
    compiled = _compiled(house, opening.delivery, batch, items, readers)
    marked = replace(
        batch,
        state=BatchState.SENDING,
        lease_until=now + house.mail.lease,
        body_hash=compiled.body_hash,
        reference=house.mailer.name,
        note="",
    )
    opening.put(marked)
    return marked, compiled


def _compiled(
    house: House, delivery: Delivery, batch: Batch, items: tuple[int, ...], readers: tuple[Subscriber, ...]
) -> Compiled:
    """The very bytes of the call; raises ``NotAllowed`` where the mailer cannot take such a letter at all."""
    edition = house.store.editions.get(delivery.edition)
    digest = digest_called(house, edition.digest)
    letter = letter_of(house, edition, digest, house.store.editions.sealed(edition.id, batch.language), items)
    recipients = tuple(recipient_of(house, reader, digest.id) for reader in readers)
    try:
        key = key_of(house.store.install(), batch)
        return house.mailer.compile(Submission(key=key, letter=letter, recipients=recipients))
    except ValueError as error:
        what = f"edition {edition.id} of {digest.id}"
        raise NotAllowed(what, f"{house.mailer.name} cannot take this letter: {error}", "mend it and send") from error


def _closed_gate(house: House, items: tuple[int, ...], now: datetime) -> str:
    """Why a letter with these items may not go out now, or nothing."""
    publications = house.store.publications.many(items)
    gone = set(items) - {publication.id for publication in publications}
    if gone:
        return f"publication {min(gone)} is no longer stored"
    for publication in publications:
        outlet = house.outlets.get(publication.outlet)
        if outlet is None:
            why = f"its outlet {publication.outlet!r} is no longer configured"
            return f"publication {publication.id} may not go out any more: {why}"
        ruling = rule(publication, outlet, Exit.LETTER, now)
        if isinstance(ruling, Withheld):
            return f"publication {publication.id} may not go out any more: {ruling.why}"
    return ""


def _released(house: House, edition: Edition) -> Edition:
    """A held edition is released by the person who says ``send``; a skipped one has nothing to send."""
    if edition.state is EditionState.SKIPPED:
        raise NotAllowed(f"edition {edition.id} of {edition.digest}", f"it was skipped: {edition.skipped_because}")
    if edition.state is EditionState.HELD:
        house.store.editions.set_state(edition.id, EditionState.APPROVED)
        return house.store.editions.get(edition.id)
    return edition


def _nap_until(house: House, when: datetime | None, stop: threading.Event | None) -> bool:
    """Wait a little for the next batch; False when there is none to wait for."""
    if when is None:
        return False
    wait(house, min(max((when - house.clock()).total_seconds(), _SHORTEST_NAP), _LONGEST_NAP), stop)
    return True
