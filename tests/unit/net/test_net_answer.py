"""Validators belong to one representation and go back for no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from syndicate.net.answer import Answer, Validators, belongs_to, representation_of, validators_after

URL = "https://a.example/feed"
SENT = {"accept": "application/rss+xml", "accept-encoding": "gzip", "user-agent": "syndicate/1"}


def an_answer(status: int = 200, *, cut: bool = False, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url=URL, status=status, headers=named, body=b"", representation="new", cut=cut)


def test_the_same_question_negotiates_the_same_representation() -> None:
    name = representation_of(URL, SENT, {"vary": "Accept-Encoding, User-Agent", "content-encoding": "gzip"})

    assert belongs_to(name, URL, SENT)
    assert not belongs_to(name, URL + "?x", SENT)
    assert not belongs_to(name, URL, SENT | {"accept": "text/html"})
    assert not belongs_to(name, URL, SENT | {"user-agent": "syndicate/2"})


def test_a_header_that_the_server_does_not_look_at_makes_no_difference() -> None:
    name = representation_of(URL, SENT, {"vary": "accept-encoding"})

    assert belongs_to(name, URL, SENT | {"user-agent": "syndicate/2"})


@given(st.text(max_size=80), st.text(max_size=30))
def test_whatever_a_server_varies_by_the_name_is_found_again(vary: str, coding: str) -> None:
    name = representation_of(URL, SENT, {"vary": vary, "content-encoding": coding})

    assert belongs_to(name, URL, SENT)
    assert "\n" not in name


@given(st.text(max_size=60))
def test_a_name_that_is_none_belongs_to_nothing(name: str) -> None:
    assert not belongs_to(name, URL, SENT)


def test_a_304_keeps_what_it_does_not_repeat() -> None:
    sent = Validators(etag='W/"1"', last_modified="Sun", representation="old")

    assert validators_after(an_answer(304), sent) == sent
    assert validators_after(an_answer(304, etag='"2"'), sent) == Validators(
        etag='"2"', last_modified="Sun", representation="old"
    )


def test_a_full_answer_keeps_nothing_of_the_old_one() -> None:
    sent = Validators(etag='"1"', last_modified="Sun", representation="old")

    assert validators_after(an_answer(), sent) == Validators(representation="new")


def test_half_a_body_and_half_a_header_validate_nothing() -> None:
    assert an_answer(cut=True, etag='"1"').validators == Validators()
    assert an_answer(etag='"a\r\nb"', last_modified=" ").validators == Validators(representation="new")
    assert an_answer(etag="x" * 2000).validators.etag == ""
