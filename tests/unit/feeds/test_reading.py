"""What readers are shown: selection, bounds, time, the cache, pages and web copies, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.domain.errors import NotFound
from syndicate.domain.feed import FeedDocument, FeedState, Select
from syndicate.domain.gate import Exit, Withheld
from syndicate.domain.item import Item
from syndicate.domain.letter import ADDRESS, LEAVE
from syndicate.domain.outlet import Terms, Use
from syndicate.domain.publication import Reading, Status
from syndicate.flows.house import House
from syndicate.flows.pipeline import compose, seal
from syndicate.flows.reading import NEVER, feed_document, feed_state, front, item_of, page, web_copy
from syndicate.testing.builders import (
    NOON,
    a_borrowed_provenance,
    a_feed,
    a_moment,
    a_publication,
    a_reading,
    an_outlet,
)
from tests.unit.feeds.samples import a_house, keep, set_status

HOUR = timedelta(hours=1)


def a_piece(number: int, **changes: Any) -> Reading:
    address = f"https://harbour.example.net/{number}"
    own = {"url": address, "canonical": address, "guid": address, "title": f"Piece {number}"}
    return a_reading(**(own | changes))


def with_pieces(folder: Path, *pieces: Reading, **parts: Any) -> House:
    house = a_house(folder, **parts)
    keep(house, *pieces)
    return house


def titles(state: FeedState) -> list[str]:
    return [item.title for item in state.items]


def test_a_feed_takes_what_it_selects_newest_first_and_no_more_than_it_holds(tmp_path: Path) -> None:
    pieces = [
        a_piece(n, published=a_moment(NOON - n * HOUR), topics=("Odd" if n % 2 else "Even",)) for n in range(1, 8)
    ]
    house = with_pieces(tmp_path, *pieces)

    state = feed_state(house, a_feed(select=Select(topics=frozenset({"Odd"})), items=3), NOON)

    assert titles(state) == ["Piece 1", "Piece 3", "Piece 5"]


def test_a_feed_of_named_outlets_is_not_crowded_out_by_others(tmp_path: Path) -> None:
    lantern = an_outlet(id="lantern", name="Lantern Quarterly")
    house = with_pieces(tmp_path, a_piece(1), outlets=(an_outlet(), lantern))
    keep(house, a_piece(2), outlet="lantern")

    state = feed_state(house, a_feed(select=Select(outlets=frozenset({"lantern"}))), NOON)

    assert titles(state) == ["Piece 2"]


@pytest.mark.parametrize(
    ("content", "words", "terms", "most", "whole"),
    [
        (Use.EXCERPT, 30, Terms(words=80), 30, False),
        (Use.EXCERPT, 500, Terms(words=30), 30, False),
        (Use.FULL, 10, Terms(words=30), 30, False),
        (Use.FULL, 10, Terms(use=Use.FULL), 1000, True),
        (Use.EXCERPT, 30, Terms(use=Use.FULL), 30, False),
        (Use.TITLE, 30, Terms(use=Use.FULL), 0, False),
        (Use.EXCERPT, 30, Terms(use=Use.TITLE), 0, False),
    ],
)
def test_the_narrower_of_feed_and_terms_bounds_the_text(
    tmp_path: Path, content: Use, words: int, terms: Terms, most: int, *, whole: bool
) -> None:
    house = with_pieces(tmp_path, a_piece(1), outlets=(an_outlet(terms=terms),))

    excerpt = feed_state(house, a_feed(content=content, words=words), NOON).items[0].excerpt

    assert (excerpt.words if excerpt else 0) <= most
    assert (excerpt is None) == (most == 0)
    assert (excerpt.whole if excerpt else False) == whole


def test_a_feed_that_never_held_anything_changed_long_ago(tmp_path: Path) -> None:
    state = feed_state(a_house(tmp_path), a_feed(), NOON)

    assert (state.items, state.updated, state.valid_until) == ((), NEVER, None)


def test_a_feed_changed_when_the_newest_change_of_its_pieces_was_stored(tmp_path: Path) -> None:
    house = with_pieces(tmp_path, a_piece(1))
    keep(house, a_piece(2), when=NOON + HOUR)

    assert feed_state(house, a_feed(), NOON + 9 * HOUR).updated == NOON + HOUR


def test_an_embargo_hides_a_piece_then_opens_at_its_moment(tmp_path: Path) -> None:
    terms = Terms(embargo=6 * HOUR)
    house = with_pieces(tmp_path, a_piece(1, published=a_moment(NOON)), outlets=(an_outlet(terms=terms),))

    before = feed_state(house, a_feed(), NOON + 5 * HOUR)
    after = feed_state(house, a_feed(), NOON + 6 * HOUR)

    assert (titles(before), before.updated, before.valid_until) == ([], NEVER, NOON + 6 * HOUR)
    assert (titles(after), after.updated, after.valid_until) == (["Piece 1"], NOON + 6 * HOUR, None)


def test_terms_that_end_take_a_piece_out_at_their_moment(tmp_path: Path) -> None:
    terms = Terms(until=NOON + HOUR)
    house = with_pieces(tmp_path, a_piece(1), outlets=(an_outlet(terms=terms),))

    before = feed_state(house, a_feed(), NOON)
    after = feed_state(house, a_feed(), NOON + HOUR)

    assert (titles(before), before.updated, before.valid_until) == (["Piece 1"], NOON, NOON + HOUR)
    assert (titles(after), after.updated, after.valid_until) == ([], NOON + HOUR, None)


def test_a_piece_whose_outlet_left_the_configuration_is_withheld_and_says_so(tmp_path: Path) -> None:
    house = with_pieces(tmp_path, a_piece(1), outlets=(an_outlet(id="other"),))

    outcome = item_of(house, house.store.publications.get(1), Exit.FEED, 30, NOON)

    assert titles(feed_state(house, a_feed(), NOON)) == []
    assert isinstance(outcome, Withheld)
    assert "'harbour' is not in the configuration" in outcome.why


def test_an_item_is_credited_in_the_language_asked_for_and_linked_to_our_page(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    own = a_publication(provenance=a_borrowed_provenance(evidence=None))

    english, german = (item_of(house, own, Exit.LETTER, 20, NOON, language) for language in ("", "de"))

    assert isinstance(english, Item)
    assert isinstance(german, Item)
    assert english.page == "https://letters.example.org/publications/the-islands-that-wait-1"
    assert english.credit.text != german.credit.text
    assert english.excerpt is not None
    assert english.excerpt.credit == english.credit


def test_a_document_is_rendered_once_for_one_state(tmp_path: Path) -> None:
    house, rendered = counting(with_pieces(tmp_path, a_piece(1)))

    first = feed_document(house, "all", "rss", NOON)
    again = feed_document(house, "all", "rss", NOON + 9 * HOUR)
    keep(house, a_piece(2))
    later = feed_document(house, "all", "rss", NOON)

    assert len(rendered) == 2
    assert first == again
    assert first.etag != later.etag


@pytest.mark.parametrize(
    "changed",
    [
        lambda house: replace(house, site=replace(house.site, title="Another name")),
        lambda house: replace(house, feeds={"all": a_feed(words=20, select=Select(types=frozenset({"Analysis"})))}),
        lambda house: replace(house, outlets={"harbour": an_outlet(terms=Terms(words=10, embargo=HOUR))}),
    ],
    ids=["site", "feed", "terms"],
)
def test_a_change_of_the_configuration_makes_new_documents(tmp_path: Path, changed: Callable[[House], House]) -> None:
    house, rendered = counting(with_pieces(tmp_path, a_piece(1)))
    feed_document(house, "all", "rss", NOON)

    feed_document(changed(house), "all", "rss", NOON)

    assert len(rendered) == 2


def test_a_document_past_its_time_is_never_taken_from_the_cache(tmp_path: Path) -> None:
    terms = Terms(until=NOON + HOUR)
    house, rendered = counting(with_pieces(tmp_path, a_piece(1), outlets=(an_outlet(terms=terms),)))

    before = feed_document(house, "all", "rss", NOON + HOUR - timedelta(microseconds=1))
    after = feed_document(house, "all", "rss", NOON + HOUR)

    assert before.valid_until == NOON + HOUR
    assert [len(state.items) for state in rendered] == [1, 0]
    assert after.body != before.body


def test_an_unknown_feed_or_format_names_those_there_are(tmp_path: Path) -> None:
    house = a_house(tmp_path)

    with pytest.raises(NotFound, match="no feed is called 'news'; known: all"):
        feed_document(house, "news", "rss", NOON)
    with pytest.raises(NotFound, match="no feed format is called 'xml'; known: rss, atom, json"):
        feed_document(house, "all", "xml", NOON)


def test_a_page_shows_as_much_as_the_terms_allow(tmp_path: Path) -> None:
    house = with_pieces(tmp_path, a_piece(1), outlets=(an_outlet(terms=Terms(use=Use.FULL)),))

    shown = page(house, house.store.publications.get(1).slug, NOON)

    assert isinstance(shown, Item)
    assert shown.excerpt is not None
    assert shown.excerpt.whole
    with pytest.raises(NotFound):
        page(house, "no-such-piece", NOON)


def test_a_withdrawn_piece_leaves_front_and_page_and_says_why(tmp_path: Path) -> None:
    house = with_pieces(tmp_path, a_piece(1), a_piece(2))
    set_status(house, 1, Status.WITHDRAWN)

    gone = page(house, house.store.publications.get(1).slug, NOON)

    assert [item.id for item in front(house, NOON)] == [2]
    assert isinstance(gone, Withheld)
    assert gone.why == "withdrawn"


def test_the_front_stops_at_its_limit(tmp_path: Path) -> None:
    house = with_pieces(tmp_path, *(a_piece(n) for n in range(1, 6)))

    assert len(front(house, NOON, limit=3)) == 3


def test_a_web_copy_has_no_readers_links_and_no_address(tmp_path: Path) -> None:
    house, nominal = with_a_sealed_edition(tmp_path)

    copy = web_copy(house, "weekly", nominal, NOON)

    assert LEAVE not in copy
    assert ADDRESS not in copy
    assert 'href="https://letters.example.org/subscribe"' in copy
    assert "Piece 1" in copy
    assert "Piece 2" in copy


def test_a_web_copy_leaves_out_what_was_withdrawn_since(tmp_path: Path) -> None:
    house, nominal = with_a_sealed_edition(tmp_path)
    set_status(house, 1, Status.WITHDRAWN)

    copy = web_copy(house, "weekly", nominal, NOON)

    assert "Piece 2" in copy
    assert "Piece 1" not in copy


@pytest.mark.parametrize("terms", [Terms(use=Use.TITLE), Terms(words=20)], ids=["title only", "fewer words"])
def test_a_web_copy_leaves_out_text_that_the_terms_no_longer_grant(tmp_path: Path, terms: Terms) -> None:
    house, nominal = with_a_sealed_edition(tmp_path)
    narrowed = replace(house, outlets={"harbour": an_outlet(terms=terms)})

    before, after = (web_copy(made, "weekly", nominal, NOON) for made in (house, narrowed))

    assert "Since the timetable came" in before
    assert "Since the timetable came" not in after
    assert "Piece 1" in after


def test_an_edition_of_which_nothing_may_be_shown_has_no_web_copy(tmp_path: Path) -> None:
    house, nominal = with_a_sealed_edition(tmp_path)

    with pytest.raises(NotFound, match="may still be shown"):
        web_copy(replace(house, outlets={"harbour": an_outlet(terms=Terms(use=Use.NONE))}), "weekly", nominal, NOON)


@pytest.mark.parametrize("terms", [Terms(), Terms(use=Use.TITLE), Terms(use=Use.FULL)])
def test_a_web_copy_is_what_was_mailed_while_the_terms_grant_it(tmp_path: Path, terms: Terms) -> None:
    house, nominal = with_a_sealed_edition(tmp_path, terms)
    mailed = house.store.editions.sealed(house.store.editions.at("weekly", nominal).id, "en")

    copy = web_copy(house, "weekly", nominal, NOON)

    assert all(segment.html in copy for segment in mailed.segments)
    assert len(mailed.segments) == 2


def test_an_edition_that_is_not_sealed_has_no_web_copy(tmp_path: Path) -> None:
    house = with_pieces(tmp_path, a_piece(1))
    edition = compose(house, "weekly", NOON)

    for digest, nominal in (("weekly", edition.nominal), ("weekly", NOON - HOUR), ("daily", edition.nominal)):
        with pytest.raises(NotFound):
            web_copy(house, digest, nominal, NOON)


def with_a_sealed_edition(folder: Path, terms: Terms | None = None) -> tuple[House, datetime]:
    house = with_pieces(folder, a_piece(1), a_piece(2), outlets=(an_outlet(terms=terms or Terms()),))
    edition = compose(house, "weekly", NOON)
    seal(house, edition.id, NOON)
    return house, edition.nominal


def counting(house: House) -> tuple[House, list[FeedState]]:
    """The house with a format that notes what it is asked to render, then renders it."""
    rendered: list[FeedState] = []
    rss = house.formats["rss"]

    def noting(state: FeedState) -> FeedDocument:
        rendered.append(state)
        return rss(state)

    return replace(house, formats={"rss": noting}), rendered
