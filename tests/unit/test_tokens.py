"""Signed links cannot be made, bent or swapped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.tokens import keyed_hash, read, sign

SECRET = "a secret of the installation"
parts = st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]), max_size=20), min_size=1)


@given(parts.map(tuple))
def test_what_was_signed_is_read_back(subject: tuple[str, ...]) -> None:
    token = sign(SECRET, "leave", *subject)

    assert token.isascii()
    if len(token) <= 512:
        assert read(SECRET, "leave", token) == subject


def test_a_token_serves_one_purpose_and_one_installation() -> None:
    token = sign(SECRET, "confirm", "7")

    assert read(SECRET, "leave", token) is None
    assert read("another secret", "confirm", token) is None


@given(st.text(max_size=80))
def test_nothing_else_is_read(text: str) -> None:
    assert read(SECRET, "leave", text) is None


@given(st.integers(0, 60), st.characters(exclude_categories=["Cs"]))
def test_one_changed_letter_breaks_it(place: int, letter: str) -> None:
    token = sign(SECRET, "leave", "12345", "weekend")
    place %= len(token)
    bent = token[:place] + letter + token[place + 1 :]

    if bent != token and place != len(token) - 1:
        assert read(SECRET, "leave", bent) is None


def test_a_suppression_hash_needs_the_secret() -> None:
    assert keyed_hash(SECRET, "a@example.org") != keyed_hash("another", "a@example.org")
