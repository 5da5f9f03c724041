"""Sentences of our own making: what attributes is found with its kind and name, and what does not is left alone."""

from __future__ import annotations

import pytest

from syndicate.credit.detect import read_text
from syndicate.domain.provenance import Kind
from tests.unit.credit.wordings import ATTRIBUTED, SILENT


@pytest.mark.parametrize(("language", "kind", "publisher", "text"), ATTRIBUTED)
def test_a_sentence_that_attributes_is_understood(language: str, kind: str, publisher: str, text: str) -> None:
    found = read_text(text)

    assert found is not None, f"nothing found in a {language} sentence"
    assert (found.kind.value, found.publisher) == (kind, publisher)


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_a_sentence_about_something_else_is_left_alone(language: str, text: str) -> None:
    assert read_text(text) is None, f"a {language} sentence raised a false alarm"


def test_every_kind_but_original_is_found_somewhere_in_the_table() -> None:
    assert {kind for _, kind, _, _ in ATTRIBUTED} == {kind.value for kind in Kind} - {"original"}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("This op-ed was originally published in The Lantern on March 4, 2022.", "2022-03-04"),
        ("This op-ed was originally published in The Lantern on 4 March 2022.", "2022-03-04"),
        ("This article originally appeared in the May 2019 issue of The Lantern.", "2019-05-01"),
        ("This piece was first published by The Lantern in 2018.", "2018-01-01"),
        ("Dieser Text erschien zuerst am 3. Mai 2021 im Nordlicht.", "2021-05-03"),
        ("Cette tribune est parue initialement dans La Digue le 4 mai 2021.", "2021-05-04"),
        ("Este artículo se publicó originalmente en La Ribera el 4 de mayo de 2021.", "2021-05-04"),
        ("本稿は、2021年5月4日に港湾評論に掲載されました。", "2021-05-04"),
    ],
)
def test_the_date_of_the_original_is_read(text: str, iso: str) -> None:
    found = read_text(text)

    assert found is not None
    assert found.date is not None
    assert found.date.isoformat() == iso


def test_a_year_elsewhere_in_the_sentence_is_not_the_date_of_the_original() -> None:
    found = read_text("This essay first appeared in Harbour Review and was my first after the long winter of 1996.")

    assert found is not None
    assert found.date is None


def test_a_clause_of_permission_is_kept() -> None:
    found = read_text("This story was originally published by Lowland Report and is reprinted here with permission.")

    assert found is not None
    assert found.permission is not None
    assert "permission" in found.permission


def test_the_author_is_kept_apart_from_the_publisher() -> None:
    found = read_text("This essay was originally published in Harbour Review and was written by Ada Fictive.")

    assert found is not None
    assert (found.publisher, found.author) == ("Harbour Review", "Ada Fictive")


def test_of_an_author_and_an_outlet_the_outlet_is_the_publisher() -> None:
    found = read_text("This post was originally published by Ada Fictive on Signal Hill.")

    assert found is not None
    assert found.publisher == "Signal Hill"


def test_the_evidence_is_the_sentence_as_it_stood() -> None:
    said = "This essay first appeared in Harbour Review."

    found = read_text(f"The tide turned at noon. {said} Ada Fictive is a pilot.")

    assert found is not None
    assert found.evidence == said


def test_the_outlet_itself_is_never_the_one_borrowed_from() -> None:
    assert read_text("This essay first appeared in The Harbour Review.", outlet="Harbour Review") is None


def test_two_sentences_that_name_different_outlets_make_the_verdict_unsure() -> None:
    found = read_text("This essay first appeared in Harbour Review.\nThis article is republished from The Meridian.")

    assert found is not None
    assert found.verdict.value == "unsure"


def test_a_link_on_the_name_is_the_link_to_the_original() -> None:
    said = "This essay first appeared in Harbour Review."

    found = read_text(said, [("Harbour Review", "https://review.example.org/2024/tides")])

    assert found is not None
    assert (found.url, found.url_kind and found.url_kind.value) == ("https://review.example.org/2024/tides", "article")


def test_a_sentence_that_names_nobody_is_unsure_and_named_after_its_link() -> None:
    said = "This article was first published by the author on her own blog."

    found = read_text(said, [("her own blog", "https://ada.example.org/tides")])

    assert found is not None
    assert (found.publisher, found.verdict.value) == ("ada.example.org", "unsure")


def test_an_address_in_the_sentence_is_the_link_and_its_host_the_publisher() -> None:
    found = read_text("This post was originally published at https://signalhill.example.org/2024/tides/.")

    assert found is not None
    assert (found.publisher, found.url) == ("signalhill.example.org", "https://signalhill.example.org/2024/tides/")


def test_a_term_with_its_abbreviation_is_not_taken_for_a_dateline_without_doubt() -> None:
    found = read_text("Carbon (CO) - a gas nobody sees.")

    assert found is None or found.verdict.value == "unsure"


def test_the_numbers_of_a_list_are_no_datelines() -> None:
    assert read_text("(IV) - The council counts every crossing.") is None
