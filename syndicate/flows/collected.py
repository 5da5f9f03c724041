"""What a pass tells a person of each source: how many pieces, what was odd about them, when it is visited next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from syndicate.domain.collecting import Bookmark, Found, Kept, Trouble, Unchanged, VisitResult
from syndicate.domain.outlet import Source

_MOST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one source gave in one pass; counts are publications. ``notes`` are lines for a person, no failures.

    ``baseline`` counts those of ``new`` that were taken as already published.
    """

    source: str
    status: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    baseline: int = 0
    error: str = ""
    notes: tuple[str, ...] = ()
    next_visit: datetime | None = None


def report(
    source: Source, result: VisitResult, after: Bookmark, kept: Kept | None, *, we_are_offline: bool
) -> Collected:
    """What became of one visit; ``kept`` is None where it could not be stored."""
    when = after.next_visit
    if kept is None:
        problem = "what it gave could not be stored, so it is tried again; the log says why"
        return Collected(source=source.id, status="failed", error=problem, failed=1, next_visit=when)
    match result:
        case Unchanged():
            changed = len(kept.updated)
            status = "ok" if changed else "unchanged"
            return Collected(source=source.id, status=status, updated=changed, next_visit=when)
        case Trouble(problem=problem, gone=gone):
            said = f"{problem} (nothing else answers either: we seem to be offline)" if we_are_offline else problem
            status = "gone" if gone else "failed"
            return Collected(source=source.id, status=status, error=said, failed=1, next_visit=when)
        case Found():
            return _report_found(source, result, kept, when)


def _report_found(source: Source, found: Found, kept: Kept, when: datetime | None) -> Collected:
    problems = [*(s.problem for s in found.spoiled), *_incomplete(found, kept)]
    more = len(problems) - _MOST_LINES
    shown = [*problems[:_MOST_LINES], f"and {more} more"] if more > 0 else problems
    return Collected(
        source=source.id,
        status="ok",
        new=len(kept.new),
        updated=len(kept.updated),
        unchanged=max(found.seen - len(kept.new) - len(kept.updated) - len(found.spoiled), 0),
        failed=len(found.spoiled),
        baseline=len(kept.baseline),
        error="; ".join(shown),
        notes=(*found.notes, *([found.drift] if found.drift else []), *_flooded(source, found, kept)),
        next_visit=when,
    )


def _flooded(source: Source, found: Found, kept: Kept) -> list[str]:
    """A line where pieces were taken for old: a first pass, or a flood."""
    if not kept.baseline:
        return []
    count = f"{len(kept.baseline)} of {found.seen} pieces are taken as already published"
    shown = f"`syndicate publications list --source {source.id} --status baseline` shows them"
    return [f"{count}; {shown}, `syndicate publications release ID` lets one out"]


def _incomplete(found: Found, kept: Kept) -> list[str]:
    """A line for each piece that was taken in for the first time although little is known of it."""
    lines = []
    for reading in found.readings if kept.new else ():
        known = {evidence.field for evidence in reading.evidence}
        lacks = [name for name in ("title", "authors", "published") if name not in known]
        if "title" in lacks:
            lines.append(f"{reading.url} has no {' or '.join(lacks)}; it goes by its first words, {reading.title!r}")
    return lines
