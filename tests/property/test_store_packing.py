"""Frozen ids come back as they went in, whatever they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from syndicate.store.packing import pack, unpack


@given(st.lists(st.integers(min_value=-(2**70), max_value=2**70)))
def test_ids_come_back_in_their_order(ids: list[int]) -> None:
    assert unpack(pack(ids)) == tuple(ids)


@given(st.lists(st.lists(st.integers(min_value=1, max_value=2**40), unique=True).map(sorted), max_size=5))
def test_ids_ascending_within_each_domain_come_back(domains: list[list[int]]) -> None:
    ids = [number for domain in domains for number in domain]

    assert unpack(pack(ids)) == tuple(ids)


@given(st.binary(max_size=200))
def test_any_bytes_are_ids_or_refused(octets: bytes) -> None:
    """And what was read once is packed again without loss."""
    try:
        ids = unpack(octets)
    except ValueError:
        return
    assert unpack(pack(ids)) == ids
