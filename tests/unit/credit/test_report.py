"""The document that ``syndicate provenance`` prints."""

from __future__ import annotations

import json

from syndicate.credit.report import provenance_document

KEYS = ["kind", "publisher", "author", "url", "url_kind", "date", "verdict", "evidence", "work", "permission", "chain"]
SAID = "This essay was originally published by <a href='https://deep.example.org/tides'>Deep Water</a> on 4 May 2021."


def test_a_page_is_told_from_a_text_by_itself() -> None:
    document = provenance_document(f"<p>{SAID}</p>")

    assert list(document) == KEYS
    assert document["publisher"] == "Deep Water"
    assert (document["url"], document["url_kind"]) == ("https://deep.example.org/tides", "article")
    assert document["date"] == "2021-05-04"
    assert document["chain"] == []


def test_a_text_is_read_paragraph_by_paragraph() -> None:
    document = provenance_document("The tide turned.\n\nThis essay first appeared in Deep Water.\n\nAda is a pilot.\n")

    assert (document["kind"], document["publisher"]) == ("originally_published", "Deep Water")
    assert document["evidence"] == "This essay first appeared in Deep Water."


def test_nothing_found_is_said_as_original_without_a_name() -> None:
    document = provenance_document("The tide turned.")

    assert list(document) == KEYS
    assert (document["kind"], document["publisher"], document["evidence"]) == ("original", None, None)


def test_a_claim_without_a_name_is_unsure_and_has_no_publisher() -> None:
    document = provenance_document("This article was first published by the author on his blog.")

    assert (document["kind"], document["publisher"]) == ("originally_published", None)
    assert document["verdict"] == "unsure"


def test_a_less_than_sign_makes_no_page_of_a_text() -> None:
    assert provenance_document("For a < b this essay holds.\n\nThis essay first appeared in Deep Water.")["publisher"]


def test_it_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(provenance_document(f"<p>{SAID}</p>")))["verdict"] == "asserted"


def test_an_empty_source_is_no_error() -> None:
    assert provenance_document("")["kind"] == "original"
