"""A claim: what one sentence, dateline or link says of a text's origin, before it is weighed against the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from syndicate.domain.provenance import Kind, UrlKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim. ``publisher`` may be empty where the sentence names nobody; ``start`` and ``end`` bound the evidence
    in the text that was read, ``name_start`` and ``name_end`` the publisher. ``sure`` is False where the wording
    leaves doubt.
    """

    kind: Kind
    publisher: str
    evidence: str
    start: int = 0
    end: int = 0
    name_start: int = -1
    name_end: int = -1
    author: str | None = None
    work: str | None = None
    permission: str | None = None
    date: date | None = None
    url: str | None = None
    url_kind: UrlKind | None = None
    sure: bool = True
