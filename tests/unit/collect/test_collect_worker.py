"""What passes between us and the worker, and what is refused before any parser sees it."""

from __future__ import annotations

import io
import pickle
import struct
from datetime import UTC, datetime

import pytest

from syndicate.collect.entries import Document, Entry, ReadPiece
from syndicate.collect.frames import BrokenFrame, receive, send
from syndicate.collect.prescan import trouble_in
from syndicate.domain.provenance import original
from syndicate.domain.publication import Author, Moment, Precision, Reading


def through(value: object) -> object:
    stream = io.BytesIO()
    send(stream, value)
    stream.seek(0)
    return receive(stream)


@pytest.mark.parametrize(
    "value",
    [
        ReadPiece(
            entry=Entry(link="https://a.example/", place="x"),
            outlet="o",
            now=1.0,
            document=Document(url="u", body=b"x"),
        ),
        Reading(
            url="https://a.example/",
            title="t",
            provenance=original("o"),
            authors=(Author(name="a"),),
            published=Moment(raw="r", parsed=datetime(2026, 1, 1, tzinfo=UTC), precision=Precision.DAY),
        ),
    ],
)
def test_our_own_values_come_through_unchanged(value: object) -> None:
    assert through(value) == value


def test_nothing_else_comes_through() -> None:
    for hostile in (print, io.BytesIO, original, struct.Struct):
        with pytest.raises(BrokenFrame):
            through(hostile)


def test_a_pickle_that_calls_something_calls_nothing() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return print, ("called",)

    with pytest.raises(BrokenFrame):
        through(Evil())


@pytest.mark.parametrize(
    "octets", [b"", b"\0" * 4, struct.pack(">Q", 2**60), struct.pack(">Q", 5) + b"ab", struct.pack(">Q", 2) + b"ab"]
)
def test_a_stream_that_ends_or_lies_is_broken(octets: bytes) -> None:
    with pytest.raises(BrokenFrame):
        receive(io.BytesIO(octets))


def test_a_pickle_is_not_read_past_its_frame() -> None:
    stream = io.BytesIO()
    send(stream, "one")
    send(stream, "two")
    stream.seek(0)

    assert (receive(stream), receive(stream)) == ("one", "two")
    assert pickle.HIGHEST_PROTOCOL >= 5


def test_a_tag_without_end_is_not_parsed() -> None:
    assert trouble_in(b"<p " + b" ".join(b"a%d='1'" % n for n in range(20_000)) + b">") is not None
    assert trouble_in(b"<p " + b"x" * 70_000) is not None


def test_long_texts_and_pictures_in_attributes_are_honest() -> None:
    assert trouble_in(b"<p>" + b"x" * 200_000 + b"</p>") is None
    assert trouble_in(b'<img alt="" src="data:image/png;base64,' + b"A" * 200_000 + b'">') is None
    assert trouble_in(b"5 < 6 " + b"x" * 200_000) is None
