"""Stocking a store: readers, editions and deliveries, put there through the port as flows would, in one line each.

For tests of anything that needs rows to work on. Nothing is rendered or collected; the parts are small and sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from syndicate.domain.collecting import Bookmark, Harvest
from syndicate.domain.delivery import Batch, BatchState, Delivery, cut
from syndicate.domain.digest import Choice, Composition, Edition
from syndicate.domain.letter import Frame, SealedEdition, Segment, sealed
from syndicate.domain.publication import Reading
from syndicate.domain.subscriber import Consent
from syndicate.flows.ports import Store
from syndicate.testing.builders import NOON, a_moment, a_reading, a_source, a_subscriber

HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=60)
"""How long ``begin`` leases a call."""


def a_consent(act: str = "asked", at: datetime = NOON) -> Consent:
    """An entry in the ledger of consent."""
    return Consent(digest="weekly", act=act, at=at, where="192.0.2.1", words="Yes, send me the week.", basis="form")


def readers(store: Store, count: int, digest: str = "weekly", domain: str = "example.org") -> tuple[int, ...]:
    """Ids of ``count`` new subscribers at ``domain``, confirmed to ``digest``."""
    made = []
    for number in range(1, count + 1):
        person = a_subscriber(id=number, address=f"{digest}{number}@{domain}", domain=domain)
        subscriber = store.subscribers.ask(person, [digest], "weekly", a_consent())
        store.subscribers.confirm(subscriber.id, [digest], a_consent("confirmed"))
        made.append(subscriber.id)
    return tuple(made)


def publications(store: Store, count: int, first: int = 1, now: datetime = NOON) -> tuple[int, ...]:
    """Ids of ``count`` new pieces of one source."""
    readings = [
        a_reading(
            url=address, canonical=address, guid=f"harbour-{number}", title=f"The Islands That Wait, Part {number}"
        )
        for number in range(first, first + count)
        for address in [f"https://harbour.example.net/2026/islands-that-wait-{number}"]
    ]
    return store.publications.keep("harbour-feed", "harbour", readings, baseline=False, now=now).new


def a_harvest(*readings: Reading, now: datetime = NOON, **changes: Any) -> Harvest:
    """What a visit at ``now`` to the feed of ``a_source`` brought: a list of just these readings, never seen before."""
    values: dict[str, Any] = {
        "source": a_source(),
        "readings": readings,
        "before": Bookmark(),
        "after": Bookmark(last_visit=now, last_success=now, next_visit=now + HOUR, listed=len(readings)),
        "listed": len(readings),
    }
    return Harvest(**(values | changes))


def pieces(count: int, first: int = 1, host: str = "harbour.example.net", **changes: Any) -> tuple[Reading, ...]:
    """``count`` different pieces of one outlet, each of 60 words of its own, dated a day apart up to ``NOON``."""
    return tuple(a_piece(number, host, **changes) for number in range(first, first + count))


def a_piece(number: int, host: str = "harbour.example.net", **changes: Any) -> Reading:
    """One piece, told by its number; the higher the number, the older it is."""
    address = f"https://{host}/2026/piece-{number}"
    text = " ".join(f"w{number * word % 9973}" for word in range(1, 61))
    values: dict[str, Any] = {
        "url": address,
        "canonical": address,
        "guid": f"{host}-{number}",
        "title": f"What the Tide Brought, Part {number}",
        "published": a_moment(NOON - timedelta(days=number)),
        "body_text": text,
        "body_html": f"<p>{text}</p>",
    }
    return a_reading(**(values | changes))


def a_composition(items: Sequence[int], skipped_because: str = "") -> Composition:
    """A choice of exactly ``items``."""
    choices = tuple(Choice(publication=i, title=f"Piece {i}", taken=True, why="excerpt") for i in items)
    return Composition(items=tuple(items), choices=choices, skipped_because=skipped_because)


def an_edition(
    store: Store,
    items: Sequence[int] = (),
    *,
    digest: str = "weekly",
    nominal: datetime = NOON,
    by_schedule: bool = False,
    held_because: str = "",
) -> Edition:
    """A composed edition that carries ``items``."""
    return store.editions.open(
        digest,
        "weekly",
        nominal,
        a_composition(items),
        by_schedule=by_schedule,
        held_because=held_because,
        now=nominal,
    )


def parts_of(edition: Edition, language: str = "en", subject: str = "The Week on the Water") -> SealedEdition:
    """Small sealed parts for the items of ``edition``; nobody has checked them."""
    frame = Frame(
        subject=subject,
        preheader="Boats",
        html_before="<html><body>",
        html_after="</body></html>",
        text_before="",
        text_after="",
    )
    segments = [Segment(item=i, title=f"Piece {i}", html=f"<p>{i}</p>", text=f"{i}\n") for i in edition.items]
    return sealed(edition.id, language, frame, segments)


def a_delivery(store: Store, ids: Sequence[int], size: int = 2, *, nominal: datetime = NOON) -> Delivery:
    """A running delivery of a new edition to ``ids``, ``size`` in a batch, through ``outbox``."""
    edition = an_edition(store, nominal=nominal)
    return store.deliveries.prepare(edition.id, 1, "outbox", batches_of(ids, size, nominal), {1: [7, 5]}, nominal)


def batches_of(ids: Sequence[int], size: int, not_before: datetime = NOON) -> list[Batch]:
    """``ids`` in batches as the flow cuts them."""
    return [
        Batch(delivery=0, number=number, variant=1, language="en", ids=some, not_before=not_before)
        for number, some in enumerate(cut(ids, size), start=1)
    ]


def begin(store: Store, delivery: int, number: int, now: datetime = NOON) -> Batch:
    """Do what the opening transaction does before a call, and stop there; the batch as it then stands."""
    with store.deliveries.opening(delivery, number) as opening:
        marked = replace(
            opening.batch,
            state=BatchState.SENDING,
            attempt=opening.batch.attempt + 1,
            fence=opening.batch.fence + 1,
            lease_until=now + LEASE,
            body_hash="0" * 64,
        )
        opening.put(marked)
    return marked
