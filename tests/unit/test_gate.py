"""The one gate, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.domain.gate import Cleared, Exit, Withheld, rule
from syndicate.domain.outlet import Outlet, Terms, Unsure, Use
from syndicate.domain.provenance import Kind, Provenance, Verdict, original
from syndicate.domain.publication import Publication, Status

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PIECE = Publication(
    id=1,
    slug="a-piece",
    outlet="saltmarsh",
    source="feed",
    status=Status.LIVE,
    revision=1,
    first_seen=NOON,
    changed=NOON,
    url="https://saltmarsh.example/a-piece",
    title="A piece",
    provenance=original("Saltmarsh Institute"),
)


def outlet(**terms: object) -> Outlet:
    return Outlet(id="saltmarsh", name="Saltmarsh Institute", url="https://saltmarsh.example/", terms=Terms(**terms))  # type: ignore[arg-type]


def why(publication: Publication, where: Outlet, way: Exit = Exit.LETTER) -> str:
    ruling = rule(publication, where, way, NOON)
    return ruling.why if isinstance(ruling, Withheld) else f"cleared as {ruling.use.value}"


@pytest.mark.parametrize("way", list(Exit))
def test_what_was_withdrawn_leaves_through_no_exit(way: Exit) -> None:
    assert why(replace(PIECE, status=Status.WITHDRAWN), outlet(), way) == "withdrawn"


def test_a_baseline_piece_is_in_no_letter_and_in_every_feed() -> None:
    old = replace(PIECE, status=Status.BASELINE)

    assert "baseline" in why(old, outlet())
    assert why(old, outlet(), Exit.FEED) == "cleared as excerpt"


@pytest.mark.parametrize("way", list(Exit))
def test_an_embargo_holds_until_its_last_moment(way: Exit) -> None:
    embargoed = outlet(embargo=timedelta(hours=1))

    held = rule(PIECE, embargoed, way, NOON + timedelta(minutes=59))
    assert isinstance(held, Withheld)
    assert held.opens == NOON + timedelta(hours=1)
    assert isinstance(rule(PIECE, embargoed, way, NOON + timedelta(hours=1)), Cleared)


@pytest.mark.parametrize("way", list(Exit))
def test_terms_that_end_bound_the_answer_and_then_close_it(way: Exit) -> None:
    ending = outlet(until=NOON + timedelta(hours=1))

    open_now = rule(PIECE, ending, way, NOON)
    assert isinstance(open_now, Cleared)
    assert open_now.valid_until == NOON + timedelta(hours=1)
    assert isinstance(rule(PIECE, ending, way, NOON + timedelta(hours=1)), Withheld)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Unsure.TITLE, "cleared as title"),
        (Unsure.HOLD, "its origin is unsure and the terms say hold"),
        (Unsure.ALLOW, "cleared as excerpt"),
    ],
)
def test_an_unsure_origin_goes_out_as_the_terms_say(wish: Unsure, expected: str) -> None:
    doubtful = Provenance(kind=Kind.REPUBLISHED, publisher="Somebody", verdict=Verdict.UNSURE)

    assert why(replace(PIECE, provenance=doubtful), outlet(unsure=wish)) == expected


def test_terms_that_grant_nothing_grant_nothing_to_doubtful_pieces_either() -> None:
    doubtful = Provenance(kind=Kind.REPUBLISHED, publisher="Somebody", verdict=Verdict.UNSURE)

    assert why(replace(PIECE, provenance=doubtful), outlet(use=Use.NONE)) == "terms of Saltmarsh Institute: none"


def test_nothing_but_the_gate_makes_a_cleared_publication() -> None:
    with pytest.raises(TypeError, match="only the gate"):
        Cleared(
            publication=PIECE,
            outlet=outlet(),
            use=Use.FULL,
            words=0,
            images=True,
            why="because",
            valid_until=None,
            made_by=object(),
        )
