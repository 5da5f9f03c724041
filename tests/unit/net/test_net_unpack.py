"""What was packed comes out whole, piece by piece, and never more than allowed."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.net.unpack import TooMuch, Unpackable, Unpacker


def _raw(octets: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(octets) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "X-GZip": gzip.compress,
    "deflate": zlib.compress,
    "gzip, deflate": lambda octets: zlib.compress(gzip.compress(octets)),
}


def unpacked(coding: str, octets: bytes, step: int, most: int = 10_000_000) -> tuple[bytes, bool]:
    unpacker = Unpacker(coding, most)
    for start in range(0, len(octets), step):
        unpacker.feed(octets[start : start + step])
    return unpacker.body, unpacker.complete


@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=3000), st.integers(1, 700))
def test_every_coding_comes_out_as_it_went_in(coding: str, octets: bytes, step: int) -> None:
    assert unpacked(coding, PACKERS[coding](octets), step) == (octets, True)


def test_deflate_without_a_frame_is_read_as_browsers_do() -> None:
    assert unpacked("deflate", _raw(b"tide " * 100), 7) == (b"tide " * 100, True)


def test_members_follow_each_other_and_padding_is_nothing() -> None:
    assert unpacked("gzip", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 9, 1000) == (b"one two", True)


@given(st.binary(min_size=50, max_size=2000), st.floats(0.2, 0.9))
def test_a_stream_that_breaks_off_is_not_complete(octets: bytes, share: float) -> None:
    packed = gzip.compress(octets)

    body, complete = unpacked("gzip", packed[: max(int(len(packed) * share), 1)], 100)

    assert octets.startswith(body)
    assert not complete


def test_a_bomb_bursts_at_the_limit_and_what_fits_is_kept() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    unpacker = Unpacker("gzip, gzip", 100_000)

    with pytest.raises(TooMuch):
        unpacker.feed(bomb)

    assert unpacker.body == b"\0" * 100_000


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "compress", "gzip," * 5])
def test_what_was_not_asked_for_is_refused_in_words(coding: str) -> None:
    with pytest.raises(Unpackable, match="though only gzip and deflate were asked for"):
        Unpacker(coding, 1000)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_what_is_not_packed_at_all_is_refused(coding: str) -> None:
    with pytest.raises(Unpackable, match="not packed the way its header says"):
        Unpacker(coding, 1000).feed(b"\xff<html>plain</html>")
