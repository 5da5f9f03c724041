"""Packing frozen ids: exact bytes, sizes, and what broken bytes give."""

from __future__ import annotations

import pytest

from syndicate.store.packing import pack, unpack


@pytest.mark.parametrize(
    ("ids", "packed"),
    [
        ((), b""),
        ((0,), b"\x00"),
        ((1, 2, 3), b"\x02\x02\x02"),
        ((5, 3), b"\x0a\x03"),
        ((63, 64, 128), b"\x7e\x02\x80\x01"),
        ((64,), b"\x80\x01"),
    ],
)
def test_ids_are_zigzag_deltas_in_varints(ids: tuple[int, ...], packed: bytes) -> None:
    """The form is on disk, so it may not change."""
    assert pack(ids) == packed
    assert unpack(packed) == ids


def test_ascending_ids_take_about_one_byte_each() -> None:
    assert len(pack(range(1_000_000, 1_010_000, 10))) < 1010


def test_bytes_that_end_in_the_middle_of_an_id_are_refused() -> None:
    with pytest.raises(ValueError, match="middle of an id"):
        unpack(b"\x02\x80")
