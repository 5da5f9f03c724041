"""The words of credit: whose piece it is, through whom we have it, and what we did to it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from syndicate.credit.editor import CreditEditor
from syndicate.credit.wording import WORDINGS
from syndicate.domain.credit import Credit
from syndicate.domain.outlet import Terms, Unsure
from syndicate.domain.provenance import Kind, Provenance, UrlKind, Verdict, original
from syndicate.testing.builders import a_borrowed_provenance, a_publication, an_outlet, cleared

PAGE = "https://harbour.example.net/2026/islands-that-wait-1"
SAID = "This is an adapted excerpt from an article originally published by Lantern Quarterly."


def credit(
    provenance: Provenance, language: str = "en", *, cut: bool = False, name: str = "The Harbour Review"
) -> Credit:
    outlet = an_outlet(name=name, terms=Terms(unsure=Unsure.ALLOW))
    ready = cleared(a_publication(provenance=provenance), outlet)
    return CreditEditor().credit(ready, language, cut=cut)


def visible(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_an_outlets_own_piece_names_the_outlet_and_links_its_page() -> None:
    told = credit(original("The Harbour Review"))

    assert told.text == "Originally published by The Harbour Review."
    assert told.html == f'Originally published by <a href="{PAGE}">The Harbour Review</a>.'
    assert (told.publisher, told.link) == ("The Harbour Review", PAGE)


def test_an_own_piece_that_we_cut_says_so() -> None:
    told = credit(original("The Harbour Review"), cut=True)

    assert told.text == "Excerpt of an article originally published by The Harbour Review."


def test_the_pages_own_sentence_is_honoured_word_for_word_and_linked() -> None:
    told = credit(a_borrowed_provenance())

    assert told.text == f"{SAID} Via The Harbour Review."
    assert '<a href="https://lantern.example.com/islands-that-wait">Lantern Quarterly</a>' in told.html
    assert f'<a href="{PAGE}">The Harbour Review</a>' in told.html
    assert (told.publisher, told.link) == ("Lantern Quarterly", "https://lantern.example.com/islands-that-wait")


def test_when_we_cut_what_was_adapted_both_steps_are_said_once() -> None:
    told = credit(a_borrowed_provenance(), cut=True)

    assert told.text == f"{SAID} Via The Harbour Review, shortened here."


def test_without_a_link_to_the_original_the_credit_links_where_we_have_it_from() -> None:
    told = credit(a_borrowed_provenance(url=None, url_kind=None))

    assert told.link == PAGE
    assert told.html.startswith(SAID)


def test_a_home_page_is_never_given_as_the_original() -> None:
    told = credit(a_borrowed_provenance(url="https://lantern.example.com/", url_kind=UrlKind.HOME))

    assert told.link == PAGE
    assert "lantern.example.com" not in told.html


@pytest.mark.parametrize(
    "evidence",
    [
        None,
        '<link rel="canonical" href="https://lantern.example.com/x">',
        "Lantern Quarterly",
        "LISBON (Lantern) -",
        "x" * 400,
    ],
)
def test_evidence_that_is_no_sentence_is_put_into_our_words(evidence: str | None) -> None:
    told = credit(a_borrowed_provenance(kind=Kind.REPUBLISHED, evidence=evidence))

    assert told.text == "Republished from Lantern Quarterly. Via The Harbour Review."


def test_brackets_around_the_sentence_are_not_part_of_it() -> None:
    told = credit(
        a_borrowed_provenance(evidence="[Cross-posted from Lantern Quarterly with thanks]", kind=Kind.CROSS_POST)
    )

    assert told.text == "Cross-posted from Lantern Quarterly with thanks. Via The Harbour Review."


@pytest.mark.parametrize("verdict", [Verdict.UNSURE, Verdict.CONTRADICTED])
def test_a_doubtful_origin_gets_a_neutral_source_line(verdict: Verdict) -> None:
    told = credit(a_borrowed_provenance(verdict=verdict), cut=True)

    assert told.text == "Source: The Harbour Review."
    assert (told.publisher, told.link) == ("The Harbour Review", PAGE)


def test_a_claim_that_an_editor_rejected_leaves_the_outlets_own_piece() -> None:
    assert credit(a_borrowed_provenance(verdict=Verdict.REJECTED)).text == "Originally published by The Harbour Review."


def test_a_claim_that_an_editor_confirmed_is_told_like_an_asserted_one() -> None:
    assert credit(a_borrowed_provenance(verdict=Verdict.CONFIRMED)) == credit(a_borrowed_provenance())


def test_the_outlet_is_not_named_twice_where_it_is_the_publisher() -> None:
    told = credit(a_borrowed_provenance(publisher="Harbour Review", evidence=None, kind=Kind.VERSION_OF), cut=True)

    assert told.text == "A version of this article was originally published by Harbour Review. Shortened here."


@pytest.mark.parametrize("language", sorted(WORDINGS))
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ORIGINAL])
def test_every_kind_has_words_in_every_language(language: str, kind: Kind) -> None:
    told = credit(a_borrowed_provenance(kind=kind, evidence=None), language, cut=True)

    assert "Lantern Quarterly" in told.text
    assert "The Harbour Review" in told.text
    assert visible(told.html) == told.text


@pytest.mark.parametrize(("language", "begins"), [("de-AT", "Zuerst"), ("fr_CA", "Initialement"), ("ES", "Publicado")])
def test_the_first_part_of_a_language_tag_decides(language: str, begins: str) -> None:
    assert credit(original("The Harbour Review"), language).text.startswith(begins)


@pytest.mark.parametrize("language", ["", "tlh", "xx-YY"])
def test_a_language_without_wording_falls_back_to_english(language: str) -> None:
    assert credit(original("The Harbour Review"), language).text.startswith("Originally published")


def test_hostile_names_are_text_and_nothing_else() -> None:
    told = credit(
        a_borrowed_provenance(publisher="</a><script>alert(1)</script>", evidence=None, kind=Kind.REPUBLISHED)
    )

    assert "<script" not in told.html
    assert visible(told.html) == told.text
    assert told.publisher in told.text


def test_a_hostile_address_is_no_link() -> None:
    told = credit(a_borrowed_provenance(url="javascript:alert(1)", url_kind=UrlKind.ARTICLE))

    assert told.link == PAGE
    assert "javascript" not in told.html


def test_token_marks_and_direction_overrides_in_a_name_are_taken_out() -> None:
    told = credit(original("x"), name="Har\u202ebour xq-addxq-address-qxress-qx")

    assert told.publisher == "Harbour"
