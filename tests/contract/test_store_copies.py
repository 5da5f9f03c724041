"""Near copies: the step after a pass makes one work of one text, whichever sources showed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.domain.collecting import Kept
from syndicate.domain.errors import NotFound
from syndicate.domain.likeness import WITHIN, fingerprint
from syndicate.domain.publication import How, PublicationFilter, Reading, Status
from syndicate.flows.house import House
from syndicate.flows.recognising import Recognised, recognise
from syndicate.store import SqlStore
from syndicate.testing.builders import NOON, a_moment, a_source
from syndicate.testing.house import a_house
from syndicate.testing.stocking import a_harvest, a_piece, pieces

LATER = NOON + timedelta(hours=1)
FOOTER = "\n\nThis text was first published by The Harbour Review."


@pytest.fixture
def house(sql_store: SqlStore, tmp_path: Path) -> House:
    return a_house(tmp_path, store=sql_store)


def collected(house: House, source: str, *readings: Reading) -> tuple[int, ...]:
    shown_by = a_source(id=source, outlet=source, baseline=False)
    kept: tuple[Kept | None, ...] = house.store.publications.gather([a_harvest(*readings, source=shown_by)], NOON)
    assert kept[0] is not None
    return kept[0].new


def copy_of(piece: Reading, host: str, **changes: object) -> Reading:
    """The text of ``piece`` under another link and headline, with a line under it."""
    own = a_piece(1, host)
    words = piece.body_text + FOOTER
    other = {"title": f"From our partners: {piece.title}", "body_text": words, "body_html": f"<p>{words}</p>"}
    return replace(own, url=f"{own.url}-{piece.guid}", canonical="", guid="", **other | changes)  # type: ignore[arg-type]


def listed(house: House) -> list[int]:
    return sorted(piece.id for piece in house.store.publications.find(PublicationFilter()))


def test_the_same_text_from_three_feeds_is_one_publication(house: House) -> None:
    (first,) = collected(house, "harbour", a_piece(1))
    (second,) = collected(house, "lantern", copy_of(a_piece(1), "lantern.example"))
    (third,) = collected(house, "quay", copy_of(a_piece(1), "quay.example"))
    slug = house.store.publications.get(third).slug
    state = house.store.publications.state()

    found = recognise(house, LATER)

    assert found == (Recognised(publication=second, same_as=first), Recognised(publication=third, same_as=first))
    assert listed(house) == [first]
    assert house.store.publications.by_slug(slug).id == first
    assert house.store.publications.state() > state
    hows = [(place.source, place.how) for place in house.store.publications.appearances(first)]
    assert hows == [("harbour", How.SOURCE), ("lantern", How.NEAR_COPY), ("quay", How.NEAR_COPY)]


def test_recognising_again_does_nothing_and_a_seen_copy_stays_what_it_is(house: House) -> None:
    collected(house, "harbour", a_piece(1))
    copy = copy_of(a_piece(1), "lantern.example")
    collected(house, "lantern", copy)
    recognise(house, LATER)
    state = house.store.publications.state()

    assert recognise(house, LATER) == ()
    assert collected(house, "lantern", copy) == ()
    assert house.store.publications.state() == state
    assert len(listed(house)) == 1


def test_what_was_interrupted_goes_on(house: House) -> None:
    for source in ("harbour", "lantern"):
        shown = pieces(3) if source == "harbour" else [copy_of(piece, "lantern.example") for piece in pieces(3)]
        collected(house, source, *shown)

    counts = [len(recognise(house, LATER, limit=2)) for _ in range(4)]

    assert counts == [0, 1, 2, 0]
    assert len(listed(house)) == 3
    assert house.store.publications.unread(10) == ()


def test_two_pieces_of_one_source_stay_two(house: House) -> None:
    """A source that prints the same text twice lists two pieces, and so do we."""
    twin = replace(a_piece(1), url="https://harbour.example.net/twin", canonical="", guid="t", published=a_moment(NOON))

    collected(house, "harbour", a_piece(1), twin)

    assert recognise(house, LATER) == ()
    assert len(listed(house)) == 2


def test_two_pieces_that_another_source_lists_stay_two_even_if_one_text_stands_elsewhere(house: House) -> None:
    twin = replace(a_piece(1), url="https://harbour.example.net/twin", canonical="", guid="t", published=a_moment(NOON))
    one, two = collected(house, "harbour", a_piece(1), twin)
    (copy,) = collected(house, "lantern", copy_of(a_piece(1), "lantern.example"))

    assert recognise(house, LATER) == (Recognised(publication=copy, same_as=one),)
    assert listed(house) == [one, two]


@pytest.mark.parametrize(
    "change",
    [
        {"body_text": a_piece(2).body_text},
        {"body_text": " ".join(a_piece(1).body_text.split()[:40])},
        {"published": a_moment(NOON + WITHIN)},
        {"body_text": "Too short to tell.", "summary": ""},
    ],
    ids=["other words", "shortened", "weeks later", "short"],
)
def test_what_is_no_copy_stays_a_publication_of_its_own(house: House, change: dict[str, object]) -> None:
    collected(house, "harbour", a_piece(1))
    collected(house, "lantern", copy_of(a_piece(1), "lantern.example", **change))

    assert recognise(house, LATER) == ()
    assert len(listed(house)) == 2


@pytest.mark.parametrize("withdrawn", [1, 2])
def test_a_withdrawn_piece_is_neither_copy_nor_original(house: House, sql_store: SqlStore, withdrawn: int) -> None:
    ids = (
        *collected(house, "harbour", a_piece(1)),
        *collected(house, "lantern", copy_of(a_piece(1), "lantern.example")),
    )
    with sql_store.database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE publications SET status = 'withdrawn' WHERE id = {ids[withdrawn - 1]}")

    assert recognise(house, LATER) == ()
    assert house.store.publications.get(ids[withdrawn - 1]).status is Status.WITHDRAWN
    assert len(listed(house)) == 2


def test_a_withdrawn_piece_does_not_come_back_under_a_link_that_leads_to_another(
    house: House, sql_store: SqlStore
) -> None:
    (one,) = collected(house, "harbour", a_piece(1))
    (two,) = collected(house, "lantern", a_piece(2, "lantern.example"))
    with sql_store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE publications SET status = 'withdrawn' WHERE source = 'harbour'")

    collected(house, "lantern", replace(a_piece(2, "lantern.example"), canonical=a_piece(1).url))

    assert house.store.publications.get(one).status is Status.WITHDRAWN
    assert house.store.publications.by_slug(house.store.publications.get(one).slug).id == one
    assert listed(house) == [one, two]


def test_near_names_the_oldest_first_and_their_fingerprints(house: House) -> None:
    (first,) = collected(house, "harbour", a_piece(1))
    (second,) = collected(house, "lantern", replace(a_piece(1, "lantern.example"), title="Another headline"))
    (third,) = collected(house, "quay", replace(a_piece(1, "quay.example"), title="A third"))
    mine = fingerprint(a_piece(1).body_text)
    assert mine is not None
    for number in (third, first, second):
        house.store.publications.mark_read(number, mine, None, None)

    found = house.store.publications.near(second, mine, WITHIN)

    assert [(piece.id, print_) for piece, print_ in found] == [(first, mine), (third, mine)]
    assert house.store.publications.near(second, mine ^ 0x0001_0001_0001_0001, WITHIN) == ()
    assert len(house.store.publications.near(second, mine ^ 0x0001_0001_0001, WITHIN)) == 2


@pytest.mark.parametrize("print_", [0, 1, 2**63 - 1, 2**63, 2**64 - 1])
def test_every_fingerprint_can_be_kept(house: House, print_: int) -> None:
    (one,) = collected(house, "harbour", a_piece(1))
    (two,) = collected(house, "lantern", a_piece(2, "lantern.example"))
    house.store.publications.mark_read(one, print_, None, None)

    assert [other for _, other in house.store.publications.near(two, print_, WITHIN)] == [print_]


def test_what_is_not_there_is_not_near(house: House) -> None:
    with pytest.raises(NotFound):
        house.store.publications.near(999, 1, WITHIN)
