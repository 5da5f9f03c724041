"""Addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.subscriber import Subscriber, carries_control
from syndicate.flows.addressing import BadAddress, normalised, plain_name


@pytest.mark.parametrize(
    ("typed", "address", "domain"),
    [
        ("reader@example.org", "reader@example.org", "example.org"),
        ("  reader@Example.ORG ", "reader@example.org", "example.org"),
        ("Reader.One+news@example.org", "reader.one+news@example.org", "example.org"),
        ("reader@BÜCHER.example", "reader@xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("o'brien@readers.test", "o'brien@readers.test", "readers.test"),
    ],
)
def test_an_address_is_kept_with_its_domain_as_an_a_label(typed: str, address: str, domain: str) -> None:
    assert normalised(typed) == Subscriber(id=0, address=address, domain=domain)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "needed"),
        ("   ", "needed"),
        ("reader@example.org\nBcc: other@example.org", "line break"),
        ("reader@example.org\r", "line break"),
        ("reader\x00@example.org", "control"),
        ("reader\u2028@example.org", "line break"),
        ("reader@example.org\n", "line break"),
        ("jürgen@example.org", "before the @"),
        ("reader", "not an e-mail address"),
        ("reader@@example.org", "not an e-mail address"),
        ("reader@localhost", "not an e-mail address"),
        ("<reader@example.org>", "not an e-mail address"),
        ("a@example.org, b@example.org", "not an e-mail address"),
        ("r" * 300 + "@example.org", "longer than"),
    ],
)
def test_an_address_that_cannot_be_written_to_gets_one_clear_line(typed: str, says: str) -> None:
    bad = normalised(typed)
    assert isinstance(bad, BadAddress)
    assert says in bad.reason
    assert not carries_control(bad.reason)


@given(st.text(max_size=300))
def test_whatever_is_typed_becomes_an_address_without_control_characters_or_a_reason(typed: str) -> None:
    found = normalised(typed)
    told = found.reason if isinstance(found, BadAddress) else found.address
    assert told
    assert told.isprintable()


@given(st.text(alphabet="abcXYZ.+", min_size=1, max_size=20))
def test_an_address_taken_once_is_taken_again_unchanged(local: str) -> None:
    found = normalised(f"{local}@example.org")
    if isinstance(found, Subscriber):
        assert normalised(found.address) == found


@given(st.text(max_size=600))
def test_a_name_is_one_line_of_bounded_length(raw: str) -> None:
    assert not carries_control(plain_name(raw))
    assert len(plain_name(raw)) <= 120
