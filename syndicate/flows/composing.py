"""From publications to an edition: choose, and say why; nothing is rendered here."""

from __future__ import annotations

from datetime import datetime

from syndicate.domain.digest import Composition, Digest, Edition, compose
from syndicate.domain.errors import NotFound
from syndicate.domain.gate import Exit, rule
from syndicate.domain.publication import PublicationFilter
from syndicate.domain.schedule import due, fire_key, stale
from syndicate.flows.house import House

CONSIDERED = 500
"""How many of the newest publications a composition looks at."""


def digest_called(house: House, digest: str) -> Digest:
    """The digest with this id, or ``NotFound`` naming those there are."""
    if digest not in house.digests:
        raise NotFound("digest", digest, tuple(house.digests))
    return house.digests[digest]


def consider(house: House, digest: Digest, now: datetime) -> Composition:
    """What an edition composed now would hold, and why; stores nothing."""
    newest = house.store.publications.find(PublicationFilter(limit=CONSIDERED))
    rulings = [rule(p, house.outlets[p.outlet], Exit.LETTER, now) for p in newest if p.outlet in house.outlets]
    return compose(digest, rulings, house.store.editions.carried(digest.id))


def compose_now(house: House, digest_id: str, now: datetime) -> Edition:
    """Compose because a person asked; the nominal time is this minute, so asking twice in it gives one edition."""
    digest = digest_called(house, digest_id)
    nominal = now.replace(second=0, microsecond=0)
    return house.store.editions.open(
        digest.id,
        digest.cadence,
        nominal,
        consider(house, digest, now),
        by_schedule=False,
        held_because="",
        now=now,
    )


def compose_scheduled(house: House, now: datetime) -> tuple[Edition, ...]:
    """Compose every digest whose time has come, once, whatever other clocks run.

    The edition is stored before the schedule row moves, both under unique keys: dying between the two repeats the
    first without effect. A fire that is too late to be useful is composed and held.
    """
    editions = []
    for digest in house.digests.values():
        if digest.schedule is None:
            continue
        last = house.store.editions.cursor(digest.id, now)
        nominal = due(digest.schedule, last, now)
        if nominal is None:
            continue
        late = stale(digest.schedule, nominal, now)
        because = f"stale: due {nominal.isoformat()}, noticed {now.isoformat()}" if late else ""
        edition = house.store.editions.open(
            digest.id,
            digest.cadence,
            nominal,
            consider(house, digest, now),
            by_schedule=True,
            held_because=because,
            now=now,
        )
        house.store.editions.fire(digest.id, fire_key(digest.schedule, nominal), last, nominal)
        editions.append(edition)
    return tuple(editions)
