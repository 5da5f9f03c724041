"""Values between us and a worker that we started: length first, then a pickle of our own frozen values.

The worker has read hostile octets, so what it sends is unpickled with an allow-list of classes.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import IO, Any

from syndicate.collect import entries
from syndicate.domain import collecting, provenance, publication

_LENGTH = struct.Struct(">Q")
HEAD = _LENGTH.size
_LONGEST = 256 * 1024 * 1024
_OURS = ("syndicate.domain.", "syndicate.collect.entries")
_PLAIN = frozenset(
    {
        ("datetime", "datetime"),
        ("datetime", "date"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("copyreg", "_reconstructor"),
        ("builtins", "object"),
        ("builtins", "frozenset"),
        ("syndicate.collect.frames", "remade"),
        ("syndicate.collect.frames", "remade_reading"),
    }
)
_FREQUENT: tuple[type, ...] = (
    *(entries.Document, entries.Entry, entries.Listing, entries.Unreadable, entries.ReadList, entries.ReadPiece),
    *(publication.Reading, publication.Evidence, publication.Moment, publication.Author, publication.Figure),
    *(publication.Lead, provenance.Provenance, collecting.Pace),
)
"""What most frames are full of. It travels as a row of values: dataclasses write and set themselves field by field,
asking each time which fields they have.
"""
_SETTERS: dict[type, tuple[Callable[[object, object], None], ...]] = {
    shape: tuple(getattr(shape, one.name).__set__ for one in fields(shape)) for shape in _FREQUENT
}


class BrokenFrame(Exception):
    """The other end is gone, or says something it must not say."""


def _taken_apart(shape: type) -> Callable[[Any], tuple[Callable[..., object], tuple[object, ...]]]:
    row = attrgetter(*(one.name for one in fields(shape)))
    if len(fields(shape)) == 1:
        return lambda value: (remade, (shape, row(value)))
    return lambda value: (remade, (shape, *row(value)))


def remade(shape: type, *values: object) -> object:
    """One of the frequent values from the row of its fields; raises ``KeyError`` and ``ValueError`` for any other."""
    made: object = object.__new__(shape)
    for put, value in zip(_SETTERS[shape], values, strict=True):
        put(made, value)
    return made


_EVIDENCE = _SETTERS[publication.Evidence]
_evidence_row = attrgetter(*(one.name for one in fields(publication.Evidence)))
_READING_FIELDS = tuple(one.name for one in fields(publication.Reading) if one.name != "evidence")
_READING = tuple(getattr(publication.Reading, name).__set__ for name in (*_READING_FIELDS, "evidence"))
_reading_row = attrgetter(*_READING_FIELDS)


def _reading_apart(reading: publication.Reading) -> tuple[Callable[..., object], tuple[object, ...]]:
    """Its evidence, which is half of all that travels, goes as rows."""
    return remade_reading, (tuple(map(_evidence_row, reading.evidence)), *_reading_row(reading))


def remade_reading(rows: Iterable[Sequence[object]], *values: object) -> object:
    """A reading from the rows of its evidence and that of its other fields; raises as ``remade`` does."""
    evidence = []
    for row in rows:
        one = object.__new__(publication.Evidence)
        for put, value in zip(_EVIDENCE, row, strict=True):
            put(one, value)
        evidence.append(one)
    made = object.__new__(publication.Reading)
    for put, value in zip(_READING, (*values, tuple(evidence)), strict=True):
        put(made, value)
    return made


_APART: dict[type, Callable[[Any], Any]] = {
    **{shape: _taken_apart(shape) for shape in _FREQUENT},
    publication.Reading: _reading_apart,
}


class _Reader(pickle.Unpickler):
    """Knows our own classes and a few plain ones."""

    def find_class(self, module: str, name: str) -> Any:
        if "." not in name and (module.startswith(_OURS) or (module, name) in _PLAIN):
            found = super().find_class(module, name)
            if isinstance(found, type) or (module, name) in _PLAIN:
                return found
        msg = f"{module}.{name} is not a value of ours"
        raise pickle.UnpicklingError(msg)


def packed(value: object) -> bytes:
    """One value as it travels."""
    stream = io.BytesIO()
    stream.write(bytes(HEAD))
    writer = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    writer.dispatch_table = _APART
    writer.dump(value)
    stream.seek(0)
    stream.write(_LENGTH.pack(len(stream.getbuffer()) - HEAD))
    return stream.getvalue()


def length_in(head: bytes) -> int:
    """How many octets follow a head of ``HEAD`` octets; raises ``BrokenFrame`` where it is short or asks too much."""
    if len(head) < HEAD:
        raise BrokenFrame
    length: int = _LENGTH.unpack(head)[0]
    if length > _LONGEST:
        raise BrokenFrame
    return length


def unpacked(octets: bytes | bytearray) -> Any:
    """The value in the octets after the head; raises ``BrokenFrame`` where they hold anything else."""
    try:
        return _Reader(io.BytesIO(octets)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ValueError, TypeError, ImportError, LookupError) as error:
        raise BrokenFrame from error


def send(stream: IO[bytes], value: object) -> None:
    """Write one value."""
    stream.write(packed(value))
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one value; raises ``BrokenFrame`` at the end of the stream or where it holds anything else."""
    length = length_in(stream.read(HEAD))
    octets = stream.read(length)
    if len(octets) < length:
        raise BrokenFrame
    return unpacked(octets)
