"""Values to JSON and back: readings as revisions keep them, and the parts of a sealed edition.

A revision is the whole reading; two readings are the same content when their canonical JSON is, evidence apart.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any

import orjson

from syndicate.domain.letter import Frame, SealedEdition, Segment, reopen
from syndicate.domain.provenance import Kind, Provenance, UrlKind, Verdict
from syndicate.domain.publication import Author, Evidence, Figure, Lead, Moment, Precision, Reading

_NUL = b"\\u0000"
READING_FIELDS = tuple(field.name for field in fields(Reading))


def key_hash(key: str) -> bytes:
    """An identity key as the row holds it: a link may be longer than an index entry, its SHA-256 never is."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def storable(text: str) -> str:
    """``text`` without what no database takes: lone surrogates and NUL become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")


def reading_json(reading: Reading) -> bytes:
    """The whole reading as JSON."""
    return _dumps({name: getattr(reading, name) for name in READING_FIELDS})


def content_json(reading: Reading) -> bytes:
    """What decides whether content changed: everything but the evidence."""
    return reading_json(replace(reading, evidence=()))


def reading_of(stored: bytes) -> dict[str, Any]:
    """The fields of a ``Reading`` (and so of a ``Publication``) from ``reading_json``."""
    raw: dict[str, Any] = orjson.loads(stored)
    return raw | {
        "provenance": _provenance(raw["provenance"]),
        "authors": tuple(Author(**author) for author in raw["authors"]),
        "published": _moment(raw["published"]),
        "updated": _moment(raw["updated"]),
        "topics": tuple(raw["topics"]),
        "headings": tuple(raw["headings"]),
        "figures": tuple(Figure(**figure) for figure in raw["figures"]),
        "related": tuple(_lead(lead) for lead in raw["related"]),
        "evidence": tuple(Evidence(**evidence) for evidence in raw["evidence"]),
    }


def parts_json(parts: SealedEdition) -> bytes:
    """Frame and segments of a sealed edition."""
    return _dumps({"frame": asdict(parts.frame), "segments": [asdict(segment) for segment in parts.segments]})


def sealed_of(edition: int, language: str, digest: str, stored: bytes) -> SealedEdition:
    """Have a sealed edition again; raises ``Tampered`` where the parts do not match ``digest``."""
    raw = orjson.loads(stored)
    segments = tuple(Segment(**segment) for segment in raw["segments"])
    return reopen(edition, language, Frame(**raw["frame"]), segments, digest)


def _dumps(value: Any) -> bytes:
    """JSON in the order of the fields, so equal values give equal bytes."""
    try:
        written = orjson.dumps(value)
    except TypeError:
        # A lone surrogate somewhere: hostile, rare, and no reason to lose the piece.
        return orjson.dumps(_clean(value))
    return orjson.dumps(_clean(value)) if _NUL in written else written


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return _clean({field.name: getattr(value, field.name) for field in fields(value)})
    return value


def _moment(raw: dict[str, Any] | None) -> Moment | None:
    if raw is None:
        return None
    return Moment(
        raw=raw["raw"],
        parsed=datetime.fromisoformat(raw["parsed"]) if raw["parsed"] else None,
        precision=Precision(raw["precision"]),
        zone_known=raw["zone_known"],
    )


def _lead(raw: dict[str, Any]) -> Lead:
    date_given = _moment(raw["date"])
    return Lead(**raw | {"date": date_given, "authors": tuple(raw["authors"]), "topics": tuple(raw["topics"])})


def _provenance(raw: dict[str, Any]) -> Provenance:
    return Provenance(
        **raw
        | {
            "kind": Kind(raw["kind"]),
            "verdict": Verdict(raw["verdict"]),
            "url_kind": UrlKind(raw["url_kind"]) if raw["url_kind"] else None,
            "date": date.fromisoformat(raw["date"]) if raw["date"] else None,
        }
    )
