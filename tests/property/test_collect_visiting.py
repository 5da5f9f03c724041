"""Backing off: never shorter for having failed more often, never past a day of our own accord."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.collecting import Bookmark, Trouble, Unchanged
from syndicate.domain.outlet import Source
from syndicate.domain.visiting import DAY, LONGEST_WISH, is_due, may_visit, next_bookmark

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVERY = st.integers(60, 7 * 86400).map(lambda seconds: timedelta(seconds=seconds))


def a_source(every: timedelta = timedelta(minutes=15)) -> Source:
    return Source(id="s", outlet="o", kind="feed", url="https://a.example/", every=every)


def wait(every: timedelta, failures: int, jitter: float, retry_after: float | None = None) -> timedelta:
    """How long until the next visit after one more failure."""
    trouble = Trouble(problem="no", retry_after=retry_after)
    bookmark = next_bookmark(a_source(every), Bookmark(failures=failures), trouble, NOON, jitter)
    assert bookmark.next_visit is not None
    return bookmark.next_visit - NOON


@given(EVERY, st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0, 1))
def test_waits_never_shrink_and_never_pass_a_day_and_a_tenth(
    every: timedelta, one: int, more: int, jitter: float
) -> None:
    first, later = wait(every, one, jitter), wait(every, one + more, jitter)

    assert every <= first <= later <= max(every, DAY) * 1.1


@given(EVERY, st.integers(0, 50), st.floats(allow_nan=True, allow_infinity=True))
def test_no_wish_of_a_server_is_for_ever_or_before_our_own_floor(every: timedelta, failures: int, wish: float) -> None:
    assert every <= wait(every, failures, 0.5, wish) <= max(every * 1.1, LONGEST_WISH)


def test_the_third_failure_of_a_quarter_hourly_source_waits_an_hour() -> None:
    assert wait(timedelta(minutes=15), 2, 0.0) == timedelta(hours=1)


def test_a_304_without_validators_keeps_the_old_ones() -> None:
    bookmark = next_bookmark(a_source(), Bookmark(etag='"1"', last_modified="then"), Unchanged(), NOON, 0.0)

    assert (bookmark.etag, bookmark.last_modified, bookmark.last_success) == ('"1"', "then", NOON)


def test_a_visit_noted_in_the_future_holds_nothing_up() -> None:
    """A clock that once stood in the next century must not silence a source until then."""
    later = NOON + timedelta(days=40_000)

    assert is_due(a_source(), Bookmark(last_visit=later, next_visit=later), NOON)


def test_a_source_that_was_never_visited_is_due_and_may_be_visited() -> None:
    assert is_due(a_source(), Bookmark(), NOON)
    assert may_visit(Bookmark(), NOON)


def test_answering_again_ends_the_suspicion_of_being_gone() -> None:
    gone = next_bookmark(a_source(), Bookmark(), Trouble(problem="410", gone=True), NOON, 0.0)
    back = next_bookmark(a_source(), gone, Unchanged(), NOON + DAY, 0.0)

    assert (gone.gone_since, back.gone_since) == (NOON, None)
