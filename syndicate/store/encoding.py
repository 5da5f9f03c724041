"""Values to JSON and back: readings as revisions keep them, and the parts of a sealed edition.

A revision is the whole reading; two readings are the same content when their canonical JSON is, evidence apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

import orjson

from syndicate.domain.identity import title_words
from syndicate.domain.letter import Frame, SealedEdition, Segment, reopen
from syndicate.domain.provenance import Kind, Provenance, UrlKind, Verdict
from syndicate.domain.publication import Author, Change, Evidence, Figure, Lead, Moment, Part, Precision, Reading

_NUL = b"\\u0000"
READING_FIELDS = tuple(field.name for field in fields(Reading))


def key_hash(key: str) -> bytes:
    """An identity key as the row holds it: a link may be longer than an index entry, its SHA-256 never is."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def storable(text: str) -> str:
    """``text`` without what no database takes: lone surrogates and NUL become U+FFFD."""
    if text.isascii() and "\x00" not in text:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "\ufffd")


def reading_json(reading: Reading) -> bytes:
    """The whole reading as JSON."""
    return _dumps({name: getattr(reading, name) for name in READING_FIELDS})


def shown_hash(written: bytes) -> bytes:
    """Sixteen bytes that tell whether a source shows a piece as it did before; ``written`` is its ``reading_json``."""
    return hashlib.blake2b(written, digest_size=16).digest()


def title_hash(source: str, title: str) -> int | None:
    """The number under which pieces of one source are found by title; None for a title without a word."""
    words = title_words(title)
    if not words:
        return None
    digest = hashlib.blake2b(f"{source}\n{words}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def changes_json(changes: Sequence[Change]) -> bytes | None:
    """How a revision differs, as its row keeps it; None where it does not."""
    return _dumps(list(changes)) if changes else None


def changes_of(stored: bytes | None) -> tuple[Change, ...]:
    """The changes that ``changes_json`` wrote."""
    if stored is None:
        return ()
    return tuple(Change(**raw | {"part": Part(raw["part"])}) for raw in orjson.loads(stored))


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
        return orjson.dumps(cleaned(value))
    return orjson.dumps(cleaned(value)) if _NUL in written else written


def cleaned(value: Any) -> Any:
    """``value`` with every text in it ``storable``; dataclasses become dictionaries."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {name: cleaned(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return cleaned({field.name: getattr(value, field.name) for field in fields(value)})
    return value


def _moment(raw: dict[str, Any] | None) -> Moment | None:
    if raw is None:
        return None
    return Moment(
        raw=raw["raw"],
        parsed=datetime.fromisoformat(raw["parsed"]) if raw["parsed"] else None,
        precision=Precision(raw["precision"]),
        zone_known=raw["zone_known"],
        doubt=raw.get("doubt", ""),
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
