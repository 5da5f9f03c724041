"""Values as JSON documents: pure functions, one for each thing a command reports of digests, deliveries and readers.

Names of fields are relied upon from outside; a change needs a line in the changelog. Times are RFC 3339, in UTC with
``Z``; what is not known is null. What was collected has its documents in ``collected``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from syndicate.domain.digest import Choice, Digest, Edition, Schedule
from syndicate.domain.subscriber import Person
from syndicate.flows.delivering import Status
from syndicate.flows.publishing import Built
from syndicate.flows.subscribing import RowResult

Document = dict[str, object]


def time(moment: datetime | date | None) -> str | None:
    """RFC 3339: a moment in UTC, or a full-date."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat() if moment else None


def span(length: timedelta) -> str:
    """A duration as the configuration writes it: ``15m``."""
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def built(file: Built) -> Document:
    """One file of the static tree."""
    return {
        "path": str(file.path),
        "etag": file.etag,
        "bytes": file.octets,
        "written": file.written,
        "valid_until": time(file.valid_until),
    }


def digest(told: Digest, editions: Sequence[Edition]) -> Document:
    """A digest and its newest editions."""
    return {
        "id": told.id,
        "title": told.title,
        "language": told.language,
        "cadence": told.cadence,
        "schedule": _schedule(told.schedule) if told.schedule else None,
        "items": told.items,
        "words": told.words,
        "editions": [edition(each) for each in editions],
    }


def edition(issue: Edition) -> Document:
    """One issue of a digest."""
    return {
        "edition": issue.id,
        "digest": issue.digest,
        "nominal": time(issue.nominal),
        "state": issue.state.value,
        "items": list(issue.items),
        "variants": issue.variants,
        "skipped_because": issue.skipped_because or None,
        "held_because": issue.held_because or None,
    }


def choice(made: Choice) -> Document:
    """Why a publication is in an edition, or is not."""
    return {"publication": made.publication, "title": made.title, "taken": made.taken, "why": made.why}


def status(standing: Status) -> Document:
    """Where the delivery of an edition stands; the classes add up to ``planned``."""
    return {
        "edition": standing.edition,
        "digest": standing.digest,
        "state": standing.state,
        "mailer": standing.mailer,
        "planned": standing.planned,
        "waiting": standing.waiting,
        "sent": standing.sent,
        "rejected": standing.rejected,
        "suppressed": standing.suppressed,
        "held": standing.held,
        "unknown": standing.unknown,
        "batches": dict(standing.batches),
        "held_because": standing.held_because or None,
    }


def row(result: RowResult) -> Document:
    """What became of one row of an import."""
    return {"row": result.row, "email": result.email, "status": result.status.value, "why": result.why or None}


def person(known: Person) -> Document:
    """All that is kept of one subscriber."""
    return {
        "id": known.subscriber.id,
        "email": known.subscriber.address,
        "name": known.subscriber.name or None,
        "language": known.subscriber.language or None,
        "timezone": known.subscriber.timezone or None,
        "suppressed": known.suppressed,
        "subscriptions": [
            {"digest": s.digest, "standing": s.standing.value, "cadence": s.cadence, "since": time(s.since)}
            for s in known.subscriptions
        ],
        "consents": [
            {
                "digest": consent.digest,
                "act": consent.act,
                "at": time(consent.at),
                "where": consent.where,
                "words": consent.words or None,
                "basis": consent.basis or None,
            }
            for consent in known.consents
        ],
    }


def _schedule(told: Schedule) -> Document:
    return {
        "every": told.every.value,
        "on": told.on or None,
        "at": told.at,
        "timezone": told.timezone,
        "useful_for": span(told.useful_for),
    }
