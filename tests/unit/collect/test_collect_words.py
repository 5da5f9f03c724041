"""Titles, bylines and labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.words import names_in, title_of, without_site


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("  Tides\n and  <em>Boats</em> ", "Tides and Boats"),
        ("Salt &amp; Sand", "Salt & Sand"),
        ("Salt &amp;amp; Sand", "Salt & Sand"),
        ("&lt;b&gt;Salt&lt;/b&gt;", "Salt"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a\u202eb\u200bc\x00d\ud800", "a b c d"),
        ("<script>alert(1)</script>Boats", "alert(1)Boats"),
    ],
)
def test_a_title_is_one_plain_line(raw: str, title: str) -> None:
    assert title_of(raw) == title


@given(st.text(max_size=300))
def test_no_title_carries_controls_or_grows(raw: str) -> None:
    title = title_of(raw)

    assert len(title) <= 500
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or sign in "\u2028\u2029" for sign in title)


@pytest.mark.parametrize("title", ["Boats | The Quay", "The Quay: Boats", "Boats — the quay", "Boats"])
def test_the_site_is_no_part_of_a_title(title: str) -> None:
    assert without_site(title, ("The Quay",)) == "Boats"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By: Mara Quill", ("Mara Quill",)),
        ("by Mara Quill, Otto Reed and Ina Salt", ("Mara Quill", "Otto Reed", "Ina Salt")),
        ("Mara Quill; Otto Reed", ("Mara Quill", "Otto Reed")),
        ("Von Mara Quill und Otto Reed", ("Mara Quill", "Otto Reed")),
        ("desk@quay.example (Mara Quill)", ("Mara Quill",)),
        ("Mara Quill, PhD", ("Mara Quill, PhD",)),
        ("Otto B. Reed Jr.", ("Otto B. Reed Jr.",)),
        ("Institute for Tides and Boats", ("Institute for Tides and Boats",)),
        ("Mara Quill and mara quill", ("Mara Quill",)),
        ("https://quay.example/mara", ()),
        ("", ()),
    ],
)
def test_a_byline_names_people(byline: str, names: tuple[str, ...]) -> None:
    assert names_in(byline) == names


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Monday, May 5, 2025 / By: Mara Quill", "Mara Quill"),
        ("By Mara Quill | 5 min read", "Mara Quill"),
        ("Authors: Mara Quill, Otto Reed", "Mara Quill, Otto Reed"),
        ("Standing by the quay", ""),
        ("Mara Quill", ""),
    ],
)
def test_a_line_that_names_its_writers(line: str, byline: str) -> None:
    assert byline_in(line) == byline


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Publication Type: Analysis", ("type", "Analysis")),
        ("Type: Report", ("type", "Report")),
        ("Topics: Ports, Tides", ("topics", "Ports, Tides")),
        ("Filed under: Ports", ("topics", "Ports")),
        ("Type of boat: a ketch", None),
        ("A type: none", None),
    ],
)
def test_a_line_that_says_what_it_is(line: str, told: tuple[str, str] | None) -> None:
    assert labelled(line) == told
