"""Inputs that are nearly honest: a sample, cut, doubled, crossed with another, with strange words and octets put in."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.fuzz.samples import WORDS

_MOST_CHANGES = 6
_LONGEST = 60_000
_CHARSETS = ("utf-16", "utf-16-be", "cp1252", "koi8-r", "utf-7", "utf-32")
_STRANGE = st.one_of(st.sampled_from(WORDS), st.binary(min_size=1, max_size=12))


@st.composite
def _changed(draw: DrawFn, samples: tuple[bytes, ...]) -> bytes:
    octets = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(0, _MOST_CHANGES))):
        octets = _once(draw, octets, samples)[:_LONGEST]
    return octets


def _once(draw: DrawFn, octets: bytes, samples: tuple[bytes, ...]) -> bytes:
    start = draw(st.integers(0, len(octets)))
    end = min(len(octets), start + draw(st.integers(0, 200)))
    part = octets[start:end]
    match draw(st.sampled_from(("put", "put", "put", "cut", "double", "swap", "end", "cross"))):
        case "put":
            return octets[:start] + draw(_STRANGE) + octets[start:]
        case "cut":
            return octets[:start] + octets[end:]
        case "double":
            return octets[:start] + part * draw(st.integers(2, 40)) + octets[end:]
        case "swap":
            return octets[:start] + draw(_STRANGE) + octets[end:]
        case "end":
            return octets[:start]
        case _:
            other = draw(st.sampled_from(samples))
            return octets[:start] + other[draw(st.integers(0, len(other))) :]


def _recoded(octets: bytes, charset: str) -> bytes:
    return octets.decode("utf-8", "replace").encode(charset, "replace")


def octets_like(*samples: bytes) -> SearchStrategy[bytes]:
    """Octets near ``samples``, now and then in another charset, now and then nothing like them."""
    near = _changed(samples)
    return st.one_of(
        near, near, near, st.builds(_recoded, near, st.sampled_from(_CHARSETS)), st.binary(max_size=400), st.just(b"")
    )


def text_like(*samples: str) -> SearchStrategy[str]:
    """Text near ``samples``, or any text."""
    near = _changed(tuple(sample.encode() for sample in samples)).map(lambda octets: octets.decode("utf-8", "replace"))
    return st.one_of(near, near, st.text(max_size=200))
