"""The rules of flood, whatever the list: nothing old is news, and news is not drowned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.collecting import Bookmark
from syndicate.domain.flood import BACKDATED, LEAST, SLACK, old_ones, suspected
from syndicate.domain.publication import Moment, Reading
from syndicate.testing.builders import NOON, a_reading

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOOKED = Bookmark(last_visit=NOON, last_success=NOON, listed=20)
dates = st.none() | st.datetimes(timezones=st.just(UTC)) | st.integers(-1000, 100).map(lambda h: NOON + h * HOUR)
lists = st.lists(dates, max_size=40)


def dated(when: datetime | None) -> Reading:
    return a_reading(published=None if when is None else Moment(raw="", parsed=when))


def old(before: Bookmark, when: list[datetime | None], listed: int, **rest: object) -> frozenset[int]:
    options = {"baseline": True} | rest
    return old_ones(before, [dated(each) for each in when], listed, **options)  # type: ignore[arg-type]


@given(lists, st.integers(0, 100))
def test_the_first_pass_is_old_or_news_as_the_configuration_says(when: list[datetime | None], listed: int) -> None:
    assert old(Bookmark(), when, listed) == frozenset(range(len(when)))
    assert old(Bookmark(), when, listed, baseline=False) == frozenset()


@given(lists, st.integers(0, 200), st.booleans())
def test_what_is_dated_long_before_our_last_look_is_never_news(
    when: list[datetime | None],
    listed: int,
    moved: bool,  # noqa: FBT001 - Hypothesis gives by position
) -> None:
    found = old(LOOKED, when, listed, moved=moved)

    assert {at for at, date in enumerate(when) if date and date <= NOON - BACKDATED} <= found


@given(st.lists(st.integers(1, 500), max_size=40, unique=True), st.integers(0, 400))
def test_pieces_that_came_out_apart_since_our_last_look_are_always_news(hours: list[int], listed: int) -> None:
    """However many they are and however much of the list they make up, on a source that moved too."""
    when: list[datetime | None] = [NOON + hour * HOUR / 3 for hour in hours if hour % 2 == 0]

    assert old(LOOKED, when, listed) == old(LOOKED, when, listed, moved=True) == frozenset()


@given(st.lists(dates, max_size=LEAST - 1), st.integers(0, 30))
def test_a_few_are_no_flood(when: list[datetime | None], listed: int) -> None:
    found = old(LOOKED, when, listed)

    assert found == {at for at, date in enumerate(when) if date and date <= NOON - BACKDATED}


@given(st.integers(LEAST, 40), st.integers(0, 59))
def test_a_list_that_was_built_anew_is_old_though_dated_today(count: int, minutes: int) -> None:
    when: list[datetime | None] = [NOON + DAY + timedelta(minutes=minutes * n / count) for n in range(count)]

    assert old(LOOKED, when, count) == frozenset(range(count))


@given(st.integers(LEAST, 40))
def test_a_source_that_always_publishes_at_once_is_believed(count: int) -> None:
    heard = tuple(NOON - DAY + timedelta(minutes=n) for n in range(LEAST))
    bursts = Bookmark(last_success=NOON, heard=heard)

    assert old(bursts, [NOON + DAY] * count, count) == frozenset()


@given(st.integers(LEAST, 20))
def test_a_burst_in_a_list_we_know_is_news(count: int) -> None:
    assert (
        old(LOOKED, [NOON + DAY] * count, 2 * count + 1) == old(LOOKED, [NOON + DAY] * count, count + 5) == frozenset()
    )


@pytest.mark.parametrize(("count", "listed", "is_old"), [(4, 4, False), (5, 5, True), (10, 20, True), (10, 21, False)])
def test_undated_pieces_are_old_where_they_make_up_half_of_the_list(count: int, listed: int, *, is_old: bool) -> None:
    assert bool(old(LOOKED, [None] * count, listed)) is is_old


def test_many_pieces_from_before_our_last_look_are_an_archive_and_one_is_late_news() -> None:
    late: list[datetime | None] = [NOON - SLACK - HOUR]

    assert old(LOOKED, late, 100) == frozenset()
    assert old(LOOKED, late * LEAST, 100) == frozenset(range(LEAST))
    assert old(LOOKED, [NOON - SLACK + HOUR] * LEAST, 100) == frozenset()


def test_a_first_pass_that_was_cut_short_goes_on() -> None:
    half = Bookmark(last_success=NOON, listed=500)

    assert old(half, [None] * 50, 500, stored=100) == frozenset(range(50))
    assert old(half, [None] * 50, 500, stored=500) == frozenset()
    assert old(half, [NOON + HOUR, None], 500, stored=100) == frozenset({1})
    assert old(half, [None] * 50, 500, stored=100, baseline=False) == frozenset()


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_flood_is_suspected_more_easily_at_a_new_address(unknown: int, listed: int) -> None:
    assert suspected(unknown, listed, moved=True) >= suspected(unknown, listed, moved=False)
    assert suspected(unknown, listed, moved=True) == (unknown > 0)
