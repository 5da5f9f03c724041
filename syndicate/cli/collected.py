"""What was collected, as JSON documents: sources, visits, publications and how they are known.

Names of fields are relied upon from outside; a change needs a line in the changelog.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta

from syndicate.cli.documents import Document, span, time
from syndicate.domain.collecting import Bookmark, PastVisit
from syndicate.domain.outlet import Outlet, Recipe, Source, Terms
from syndicate.domain.provenance import Kind, Provenance
from syndicate.domain.publication import Appearance, Change, Evidence, Figure, Lead, Moment, Publication, Revision
from syndicate.domain.revising import readable
from syndicate.flows.collected import Collected


def collected(report: Collected) -> Document:
    """One source after a pass."""
    return {
        "source": report.source,
        "status": report.status,
        "new": report.new,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "failed": report.failed,
        "baseline": report.baseline,
        "error": report.error or None,
        "notes": list(report.notes),
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
        "moved_to": bookmark.address or None,
        "drift": bookmark.drift or None,
    }


def whole_source(told: Source, bookmark: Bookmark, advice: str, counts: Mapping[str, int]) -> Document:
    """One source as ``sources show`` shows it: its plan, what it asks for, what became of the last visits."""
    pace = bookmark.pace
    return source(told, bookmark) | {
        "title": bookmark.title or None,
        "publications": dict(counts),
        "attention": advice or None,
        "hold_until": time(bookmark.hold_until),
        "last_found": time(bookmark.found),
        "listed": bookmark.listed,
        "asks_for": {
            "fresh_for": span(timedelta(seconds=pace.fresh_for)) if pace.fresh_for else None,
            "ttl": span(timedelta(seconds=pace.ttl)) if pace.ttl else None,
            "update_every": span(timedelta(seconds=pace.update_every)) if pace.update_every else None,
            "skip_hours": sorted(pace.skip_hours),
            "skip_days": sorted(pace.skip_days),
        },
        "move": None
        if bookmark.move is None
        else {"to": bookmark.move.to, "since": time(bookmark.move.since), "seen": bookmark.move.seen},
        "recipe": _recipe(bookmark.learned or told.recipe),
        "recipe_repaired": bookmark.learned is not None,
        "visits": [_past_visit(visit) for visit in bookmark.visits],
    }


def _recipe(recipe: Recipe | None) -> Document | None:
    return None if recipe is None else {name: value for name, value in asdict(recipe).items() if value}


def _past_visit(visit: PastVisit) -> Document:
    return {"at": time(visit.at), "ended": visit.ended.value, "new": visit.new, "note": visit.note or None}


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
        "missing_since": time(piece.missing_since),
    }


def whole_publication(
    piece: Publication,
    outlet: Outlet | None,
    revisions: Iterable[Revision],
    appearances: Iterable[Appearance],
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
        "licence": piece.licence or None,
        "revisions": [_revision(revision) for revision in revisions],
        "appearances": [_appearance(appearance) for appearance in appearances],
        "terms": terms(outlet.terms) if outlet else None,
        "evidence": [_evidence(evidence) for evidence in piece.evidence],
    }


def _revision(revision: Revision) -> Document:
    return {
        "number": revision.number,
        "when": time(revision.at),
        "title": revision.title,
        "loud": revision.loud,
        "changes": [_change(change) for change in revision.changes],
    }


def _change(change: Change) -> Document:
    return {
        "part": change.part.value,
        "loud": change.loud,
        "before": change.before,
        "after": change.after,
        "readable": readable(change),
    }


def _appearance(appearance: Appearance) -> Document:
    return {
        "source": appearance.source,
        "url": appearance.url,
        "how": appearance.how.value,
        "first_seen": time(appearance.first_seen),
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
        "doubt": moment.doubt or None,
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
    return {
        "field": evidence.field,
        "rule": evidence.rule,
        "place": evidence.place,
        "raw": evidence.raw,
        "used": evidence.used,
    }
