"""Frozen subscriber ids as bytes: zigzag deltas in base-128 varints, about one byte an id.

Within a receiving domain ids ascend, so most deltas are small and positive; where a domain ends the next id may be
lower, which is what the zigzag is for. The order given is the order got back. Called by ``columns.PackedIds``.
"""

from __future__ import annotations

from collections.abc import Iterable

_MORE = 0x80
_BITS = 0x7F


def pack(ids: Iterable[int]) -> bytes:
    """``ids`` in their order, as bytes that ``unpack`` reads back."""
    packed = bytearray()
    before = 0
    for number in ids:
        delta = number - before
        before = number
        rest = delta << 1 if delta >= 0 else (-delta << 1) - 1
        while rest >= _MORE:
            packed.append(rest & _BITS | _MORE)
            rest >>= 7
        packed.append(rest)
    return bytes(packed)


def unpack(packed: bytes) -> tuple[int, ...]:
    """The ids that ``packed`` holds; raises ``ValueError`` where it ends in the middle of one."""
    ids = []
    number = rest = shift = 0
    for octet in packed:
        rest |= (octet & _BITS) << shift
        if octet & _MORE:
            shift += 7
            continue
        number += -((rest + 1) >> 1) if rest & 1 else rest >> 1
        ids.append(number)
        rest = shift = 0
    if shift:
        msg = "packed ids end in the middle of an id"
        raise ValueError(msg)
    return tuple(ids)
