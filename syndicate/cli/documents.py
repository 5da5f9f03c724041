"""Values as JSON documents: pure functions, one for each thing a command reports.

Names of fields are relied upon from outside; a change needs a line in the changelog. Times are RFC 3339, in UTC with
``Z``; what is not known is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from syndicate.domain.collecting import Bookmark
from syndicate.domain.digest import Choice, Digest, Edition, Schedule
from syndicate.domain.outlet import Outlet, Source, Terms
from syndicate.domain.provenance import Kind, Provenance
from syndicate.domain.publication import Evidence, Figure, Lead, Moment, Publication
from syndicate.domain.subscriber import Person
from syndicate.flows.delivering import Status
from syndicate.flows.pipeline import Collected
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


def collected(report: Collected) -> Document:
    """One source after a pass."""
    return {
        "source": report.source,
        "status": report.status,
        "new": report.new,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "failed": report.failed,
        "error": report.error or None,
        "next_visit": time(report.next_visit),
    }


def source(told: Source, bookmark: Bookmark) -> Document:
    """One source and what is remembered of it."""
    return {
        "id": told.id,
        "outlet": told.outlet,
        "kind": told.kind,
        "url": told.url,
        "every": span(told.every),
        "article": told.article,
        "baseline": told.baseline,
        "last_visit": time(bookmark.last_visit),
        "last_success": time(bookmark.last_success),
        "next_visit": time(bookmark.next_visit),
        "failures": bookmark.failures,
        "error": bookmark.last_error or None,
        "gone_since": time(bookmark.gone_since),
    }


def provenance(origin: Provenance) -> Document | None:
    """Where a text was born; null for what its own outlet wrote."""
    if origin.kind is Kind.ORIGINAL:
        return None
    return {
        "kind": origin.kind.value,
        "publisher": origin.publisher,
        "author": origin.author,
        "url": origin.url,
        "url_kind": origin.url_kind.value if origin.url_kind else None,
        "date": time(origin.date),
        "verdict": origin.verdict.value,
        "evidence": origin.evidence,
    }


def publication(piece: Publication) -> Document:
    """A publication as ``publications list`` shows it."""
    return {
        "id": piece.id,
        "slug": piece.slug,
        "outlet": piece.outlet,
        "source": piece.source,
        "url": piece.url,
        "canonical": piece.canonical or None,
        "title": piece.title,
        "authors": [{"name": author.name, "bio": author.bio} for author in piece.authors],
        "published": _parsed(piece.published),
        "updated": _parsed(piece.updated),
        "type": piece.type or None,
        "topics": list(piece.topics),
        "language": piece.language or None,
        "summary": piece.summary or None,
        "status": piece.status.value,
        "provenance": provenance(piece.provenance),
    }


def whole_publication(
    piece: Publication,
    outlet: Outlet | None,
    revisions: Iterable[tuple[int, datetime, str]],
    appearances: Iterable[tuple[str, str]],
) -> Document:
    """A publication as ``publications show`` shows it: all that is known, and how it is known."""
    return publication(piece) | {
        "body_html": piece.body_html,
        "body_text": piece.body_text,
        "headings": list(piece.headings),
        "figures": [_figure(figure) for figure in piece.figures],
        "related": [_lead(lead) for lead in piece.related],
        "dates": {"published": _moment(piece.published), "updated": _moment(piece.updated)},
        "first_seen": time(piece.first_seen),
        "changed": time(piece.changed),
        "revisions": [{"number": n, "when": time(when), "title": title} for n, when, title in revisions],
        "appearances": [{"source": where, "url": url} for where, url in appearances],
        "terms": terms(outlet.terms) if outlet else None,
        "evidence": [_evidence(evidence) for evidence in piece.evidence],
    }


def terms(granted: Terms) -> Document:
    """What an outlet lets us do."""
    return {
        "use": granted.use.value,
        "words": granted.words,
        "images": granted.images,
        "from": time(granted.starts),
        "until": time(granted.until),
        "embargo": span(granted.embargo) if granted.embargo else None,
        "unsure": granted.unsure.value,
        "canonical": granted.canonical,
        "granted_by": granted.granted_by or None,
        "granted_on": time(granted.granted_on),
    }


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


def _parsed(moment: Moment | None) -> str | None:
    return time(moment.parsed) if moment else None


def _moment(moment: Moment | None) -> Document | None:
    if moment is None:
        return None
    return {
        "raw": moment.raw,
        "parsed": time(moment.parsed),
        "precision": moment.precision.value,
        "zone_known": moment.zone_known,
    }


def _figure(figure: Figure) -> Document:
    return {"src": figure.src, "alt": figure.alt, "caption": figure.caption, "credit": figure.credit}


def _lead(lead: Lead) -> Document:
    return {
        "title": lead.title,
        "url": lead.url or None,
        "date": _parsed(lead.date),
        "authors": list(lead.authors),
        "summary": lead.summary or None,
        "type": lead.type or None,
        "topics": list(lead.topics),
    }


def _evidence(evidence: Evidence) -> Document:
    return {"field": evidence.field, "rule": evidence.rule, "place": evidence.place, "raw": evidence.raw}


def _schedule(told: Schedule) -> Document:
    return {
        "every": told.every.value,
        "on": told.on or None,
        "at": told.at,
        "timezone": told.timezone,
        "useful_for": span(told.useful_for),
    }
