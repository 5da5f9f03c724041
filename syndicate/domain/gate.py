"""The gate: may this publication leave through this exit now, in which form, and until when?

Every exit passes here: feed, page, letter, web copy. Embargo, terms, verdict, withdrawal and expiry are decided
by ``rule`` and by nothing else; renderers take ``Cleared`` values, which only ``rule`` can make.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from datetime import datetime
from enum import StrEnum

from syndicate.domain.outlet import Outlet, Terms, Unsure, Use
from syndicate.domain.provenance import Verdict
from syndicate.domain.publication import Publication, Status

_ONLY_THE_GATE = object()


class Exit(StrEnum):
    """Where something would leave us. A test enumerates these."""

    FEED = "feed"
    PAGE = "page"
    LETTER = "letter"
    WEB_COPY = "web_copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A publication that may leave, and how. Only ``rule`` builds one.

    ``words`` bounds the text where ``use`` is excerpt. ``valid_until`` is the moment the answer may change, or None.
    """

    publication: Publication
    outlet: Outlet
    use: Use
    words: int
    images: bool
    why: str
    valid_until: datetime | None
    made_by: InitVar[object]

    def __post_init__(self, made_by: object) -> None:
        """Refuse to be built anywhere else."""
        if made_by is not _ONLY_THE_GATE:
            msg = "only the gate clears a publication; call rule()"
            raise TypeError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A publication that may not leave now. ``opens`` is when it may be asked again, or None for not by itself."""

    publication: Publication
    why: str
    opens: datetime | None


Ruling = Cleared | Withheld


def rule(publication: Publication, outlet: Outlet, way: Exit, now: datetime) -> Ruling:
    """Decide whether ``publication`` may leave through ``way`` at ``now``."""
    terms = outlet.terms
    if publication.status is Status.WITHDRAWN:
        return Withheld(publication=publication, why="withdrawn", opens=None)
    if publication.status is Status.BASELINE and way is Exit.LETTER:
        why = "was there before we began to read its source (baseline); an editor can release it"
        return Withheld(publication=publication, why=why, opens=None)
    closed = _outside_its_time(publication, terms, now)
    if closed:
        return closed
    return _by_verdict_and_use(publication, outlet)


def _outside_its_time(publication: Publication, terms: Terms, now: datetime) -> Withheld | None:
    if terms.embargo and now < publication.dated + terms.embargo:
        ends = publication.dated + terms.embargo
        return Withheld(publication=publication, why=f"under embargo until {ends.isoformat()}", opens=ends)
    if terms.starts and now < terms.starts:
        return Withheld(publication=publication, why=f"terms begin on {terms.starts.isoformat()}", opens=terms.starts)
    if terms.until and now >= terms.until:
        return Withheld(publication=publication, why=f"terms ended on {terms.until.isoformat()}", opens=None)
    return None


def _by_verdict_and_use(publication: Publication, outlet: Outlet) -> Ruling:
    terms = outlet.terms
    use, why = terms.use, f"terms of {outlet.name}: {terms.use.value}"
    doubtful = publication.provenance.verdict in (Verdict.UNSURE, Verdict.CONTRADICTED)
    if doubtful and terms.unsure is Unsure.HOLD:
        return Withheld(publication=publication, why="its origin is unsure and the terms say hold", opens=None)
    if doubtful and terms.unsure is Unsure.TITLE and use is not Use.NONE:
        use, why = Use.TITLE, "its origin is unsure, so only title and link go out until an editor confirms it"
    if use is Use.NONE:
        return Withheld(publication=publication, why=f"terms of {outlet.name}: none", opens=None)
    return Cleared(
        publication=publication,
        outlet=outlet,
        use=use,
        words=terms.words,
        images=terms.images,
        why=why,
        valid_until=terms.until,
        made_by=_ONLY_THE_GATE,
    )
