"""Looking at known pages again: ever more rarely, then never; missing only when seen on two days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.collecting import Checked, Look
from syndicate.domain.watching import (
    AGES,
    LAST_CHANCE,
    LONGEST_MISSING,
    LONGEST_RETRY,
    PageMemory,
    after_look,
    first_look,
    is_missing,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
looks = st.sampled_from(Look)
delays = st.integers(0, 3 * 86400).map(lambda seconds: timedelta(seconds=seconds))


def a_look(look: Look, **changes: str) -> Checked:
    return replace(Checked(publication=1, look=look), **changes)  # type: ignore[arg-type]


def looked(memory: PageMemory, look: Look, at: timedelta, **changes: str) -> PageMemory:
    """The memory after a look so long after our first sight of a piece that was new then."""
    return after_look(memory, a_look(look, **changes), NOON, NOON, NOON + at)


def due(memory: PageMemory) -> timedelta:
    assert memory.next_check is not None
    return memory.next_check - NOON


@given(st.lists(st.tuples(looks, delays), max_size=40), delays)
def test_the_next_look_is_later_within_a_week_or_the_schedule_and_looks_end(
    history: list[tuple[Look, timedelta]], dated: timedelta
) -> None:
    memory = first_look(NOON - dated, NOON)
    for look, late in history:
        if memory.next_check is None:
            break
        now = memory.next_check + late
        memory = after_look(memory, a_look(look), NOON - dated, NOON, now)
        assert memory.checked == now
        assert memory.next_check is None or HOUR <= memory.next_check - now <= AGES[-1] - AGES[-2] + HOUR
    # However it goes, nobody is watched for ever.
    assert memory.next_check is None or memory.next_check - NOON <= LAST_CHANCE + LONGEST_MISSING * 4


@given(st.lists(st.tuples(looks, st.integers(0, 5 * 86400)), max_size=60))
def test_a_page_is_missing_only_when_seen_so_twice_a_day_apart_and_not_back_since(
    history: list[tuple[Look, int]],
) -> None:
    memory, now, misses = first_look(NOON, NOON), NOON, list[datetime]()
    for look, later in history:
        now += timedelta(seconds=later)
        memory = after_look(memory, a_look(look), NOON, NOON, now)
        misses = [*misses, now] if look is Look.MISSING else misses if look is Look.FAILED else []
        believed = bool(misses) and any(miss - misses[0] >= DAY for miss in misses)
        assert is_missing(memory) == believed
        assert memory.missing_since == (misses[0] if misses else None)


@given(st.integers(1, 50), st.integers(1, 50))
def test_failing_looks_wait_ever_longer_up_to_a_week(one: int, more: int) -> None:
    waits = []
    for failures in (one, one + more):
        memory = looked(PageMemory(failures=failures), Look.FAILED, DAY)
        waits.append(due(memory) - DAY)

    assert HOUR <= waits[0] <= waits[1] <= LONGEST_RETRY


def test_a_page_that_does_not_change_is_looked_at_six_times_and_never_again() -> None:
    memory, ages = first_look(NOON, NOON), []
    while memory.next_check is not None:
        ages.append(due(memory))
        memory = looked(memory, Look.SAME, due(memory))

    assert tuple(ages) == AGES


def test_looks_that_come_late_are_not_made_up_for() -> None:
    assert due(looked(first_look(NOON, NOON), Look.SAME, timedelta(days=2))) == timedelta(days=3)
    assert due(looked(first_look(NOON, NOON), Look.READ, timedelta(hours=5, minutes=30))) == DAY


@pytest.mark.parametrize(("age", "watched"), [(29, True), (31, False), (4000, False)])
def test_a_piece_that_was_old_when_first_seen_is_never_watched(age: int, watched: bool) -> None:  # noqa: FBT001
    dated = NOON - timedelta(days=age)

    assert (first_look(dated, NOON).next_check is not None) == watched
    after = after_look(PageMemory(), a_look(Look.SAME), dated, NOON, NOON + HOUR)
    assert (after.next_check is not None) == watched


def test_a_missing_page_is_looked_at_daily_for_a_month() -> None:
    memory, looks_taken = looked(PageMemory(), Look.MISSING, HOUR), 1
    while memory.next_check is not None:
        assert memory.checked is not None
        assert memory.next_check - memory.checked == DAY
        memory = looked(memory, Look.MISSING, due(memory))
        looks_taken += 1

    assert is_missing(memory)
    assert memory.missing_since == NOON + HOUR
    assert looks_taken == 31


def test_two_misses_within_an_hour_and_a_failure_a_day_later_are_one_miss() -> None:
    memory = looked(looked(PageMemory(), Look.MISSING, HOUR), Look.MISSING, 2 * HOUR)

    assert not is_missing(looked(memory, Look.FAILED, 30 * HOUR))
    assert is_missing(looked(memory, Look.MISSING, 30 * HOUR))


def test_a_page_that_comes_back_is_watched_as_before() -> None:
    gone = looked(looked(PageMemory(), Look.MISSING, HOUR), Look.MISSING, 26 * HOUR)
    back = looked(gone, Look.SAME, 50 * HOUR)

    assert is_missing(gone)
    assert (is_missing(back), back.missing_since, back.missing_seen) == (False, None, 0)
    assert due(back) == timedelta(days=3)


def test_a_page_that_only_fails_is_given_up_after_two_months() -> None:
    assert looked(PageMemory(failures=3), Look.FAILED, LAST_CHANCE - HOUR).next_check is not None
    assert looked(PageMemory(failures=3), Look.FAILED, LAST_CHANCE).next_check is None


def test_validators_outlive_a_304_and_failures_and_end_with_a_page_that_has_none() -> None:
    memory = looked(PageMemory(), Look.READ, HOUR, etag='"1"', last_modified="then", representation="one")

    for look in (Look.SAME, Look.MISSING, Look.FAILED):
        kept = looked(memory, look, 2 * HOUR)
        assert (kept.etag, kept.last_modified, kept.representation) == ('"1"', "then", "one")
    assert looked(memory, Look.SAME, 2 * HOUR, etag='"2"').etag == '"2"'
    assert looked(memory, Look.READ, 2 * HOUR).etag == ""
