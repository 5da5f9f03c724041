"""The rules of the visit plan, one by one: backing off, gone, floors, wishes, skipped hours, rhythm."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.collecting import (
    Bookmark,
    Cause,
    Ended,
    Pace,
    PastVisit,
    Trouble,
    Unchanged,
)
from syndicate.domain.visiting import (
    DAY,
    FLOOR,
    GONE,
    LONGEST_REFUSED,
    LONGEST_WISH,
    LOWEST_FLOOR,
    is_due,
    may_visit,
    next_bookmark,
)
from tests.property.visits import HOUR, NOON, a_piece, a_source, after, found, seen

EVERY = st.integers(60, 7 * 86400).map(lambda seconds: timedelta(seconds=seconds))
CAUSES = st.sampled_from([cause for cause in Cause if cause is not Cause.GONE])


def wait(
    every: timedelta, failures: int, jitter: float, retry_after: float | None = None, cause: Cause = Cause.UNREADABLE
) -> timedelta:
    """How long until the next visit after one more failure."""
    trouble = Trouble(problem="no", retry_after=retry_after, cause=cause)
    return after(next_bookmark(a_source(every), Bookmark(failures=failures), trouble, NOON, jitter))


@given(EVERY, st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0, 1), CAUSES)
def test_waits_never_shrink_and_never_pass_their_longest_and_a_tenth(
    every: timedelta, one: int, more: int, jitter: float, cause: Cause
) -> None:
    first, later = wait(every, one, jitter, cause=cause), wait(every, one + more, jitter, cause=cause)
    longest = LONGEST_REFUSED if cause in (Cause.REFUSED, Cause.WALL) else DAY

    assert max(every, FLOOR) <= first <= later <= max(every, longest) * 1.1


@given(EVERY, st.integers(0, 50), st.floats(allow_nan=True, allow_infinity=True))
def test_no_wish_of_a_server_is_for_ever_or_before_our_own_floor(every: timedelta, failures: int, wish: float) -> None:
    assert every <= wait(every, failures, 0.5, wish) <= max(every * 1.1, LONGEST_WISH + DAY)


def test_the_third_failure_of_a_source_waits_four_times_the_polite_half_hour() -> None:
    assert wait(timedelta(minutes=15), 2, 0.5) == timedelta(hours=2)


def test_refusals_and_walls_double_up_to_a_week_and_then_go_on() -> None:
    for cause in (Cause.REFUSED, Cause.WALL):
        assert wait(HOUR, 2, 0.5, cause=cause) == 4 * HOUR
        assert wait(HOUR, 500, 0.5, cause=cause) == LONGEST_REFUSED


def test_busy_without_retry_after_is_a_failure_like_others() -> None:
    assert wait(HOUR, 2, 0.5, cause=Cause.BUSY) == wait(HOUR, 2, 0.5)
    assert wait(HOUR, 500, 0.5, cause=Cause.BUSY) == DAY


def test_a_later_failure_does_not_end_a_wait_that_the_server_asked_for() -> None:
    held = seen(Bookmark(), Trouble(problem="429", cause=Cause.BUSY, retry_after=86400.0))
    again = seen(held, Trouble(problem="no"), NOON + HOUR)

    assert again.hold_until == NOON + DAY
    assert again.next_visit == NOON + DAY


def test_a_visit_noted_in_the_future_holds_nothing_up() -> None:
    """A clock that once stood in the next century must not silence a source until then."""
    later = NOON + timedelta(days=40_000)

    assert is_due(a_source(), Bookmark(last_visit=later, next_visit=later), NOON)


def test_a_source_that_was_never_visited_is_due_and_may_be_visited() -> None:
    assert is_due(a_source(), Bookmark(), NOON)
    assert may_visit(Bookmark(), NOON)


def test_answering_again_ends_the_suspicion_of_being_gone() -> None:
    gone = next_bookmark(a_source(), Bookmark(), Trouble(problem="410", cause=Cause.GONE), NOON, 0.0)
    back = next_bookmark(a_source(), gone, Unchanged(), NOON + DAY, 0.0)

    assert (gone.gone_since, back.gone_since) == (NOON, None)


def test_an_outage_between_two_410s_proves_nothing_but_another_refusal_does() -> None:
    gone = seen(Bookmark(), Trouble(problem="410", cause=Cause.GONE))

    assert seen(gone, Trouble(problem="no", cause=Cause.UNREACHABLE), NOON + DAY).gone_since == NOON
    assert seen(gone, Trouble(problem="404", cause=Cause.REFUSED), NOON + DAY).gone_since is None


@pytest.mark.parametrize("jitter", [0.0, 0.5, 0.99])
def test_two_410s_within_a_day_are_one(jitter: float) -> None:
    trouble = Trouble(problem="410", cause=Cause.GONE)
    first = next_bookmark(a_source(), Bookmark(), trouble, NOON, jitter)
    soon = next_bookmark(a_source(), first, trouble, NOON + HOUR, jitter)
    later = next_bookmark(a_source(), first, trouble, NOON + after(first), jitter)

    assert after(soon, NOON + HOUR) <= 1.1 * DAY
    assert GONE <= after(later, NOON + after(first)) <= GONE + DAY


@pytest.mark.parametrize(
    ("pace", "least"),
    [
        (Pace(), FLOOR),
        (Pace(cached=True, fresh_for=300), LOWEST_FLOOR),
        (Pace(ttl=600), LOWEST_FLOOR),
        (Pace(update_every=60), LOWEST_FLOOR),
        (Pace(cached=True, fresh_for=60, ttl=3600), HOUR),
        (Pace(cached=True, fresh_for=7200, ttl=60), 2 * HOUR),
        (Pace(update_every=86400), DAY),
        (Pace(ttl=1e12), LONGEST_WISH),
    ],
)
def test_the_floor_is_ten_minutes_where_the_server_says_so_and_the_longest_wish_wins(
    pace: Pace, least: timedelta
) -> None:
    news = found(a_piece(None), pace=pace)
    quick = next_bookmark(a_source(timedelta(minutes=1)), Bookmark(), news, NOON, 0.0)
    slow = next_bookmark(a_source(timedelta(days=40)), Bookmark(), news, NOON, 0.0)

    assert after(quick) == least
    assert after(slow) == timedelta(days=40)


def test_folders_and_private_sources_are_looked_at_as_often_as_every_says() -> None:
    minute = timedelta(minutes=1)
    folder = next_bookmark(a_source(minute, kind="folder"), Bookmark(), found(pace=Pace(ttl=900)), NOON, 0.0)
    private = next_bookmark(a_source(minute), Bookmark(), found(), NOON, 0.0, private=True)
    asked = next_bookmark(a_source(minute), Bookmark(), found(pace=Pace(ttl=900)), NOON, 0.0, private=True)

    assert (after(folder), after(private), after(asked)) == (minute, minute, timedelta(minutes=15))


def test_a_plan_that_falls_into_a_skipped_hour_moves_behind_it_and_keeps_its_minute() -> None:
    pace = Pace(skip_hours=frozenset({12, 13, 14}))
    weekend = Pace(skip_days=frozenset({0, 1}))

    assert seen(Bookmark(), found(pace=pace)).next_visit == NOON.replace(hour=15, minute=31, second=30)
    assert after(seen(Bookmark(), found(pace=weekend))) > timedelta(hours=36)


@pytest.mark.parametrize("pace", [Pace(skip_hours=frozenset(range(24))), Pace(skip_days=frozenset(range(7)))])
def test_a_feed_that_skips_everything_says_nothing_by_it(pace: Pace) -> None:
    assert seen(Bookmark(), found(pace=pace)) == replace(seen(Bookmark(), found()), pace=pace)


def test_without_a_rhythm_visits_without_news_slow_down_to_a_day_and_news_bring_us_back() -> None:
    bookmark, now, waits = Bookmark(), NOON, []
    for _ in range(25):
        bookmark = seen(bookmark, Unchanged(), now)
        waits.append(after(bookmark, now))
        now += waits[-1]

    assert waits == sorted(waits)
    assert waits[-1] == DAY
    assert after(seen(bookmark, found(a_piece(now)), now), now) < HOUR


def test_a_failure_between_does_not_hurry_a_quiet_source() -> None:
    quiet = replace(Bookmark(), visits=tuple(PastVisit(at=NOON, ended=Ended.SAME) for _ in range(10)))
    failed = seen(quiet, Trouble(problem="no"))

    assert after(seen(failed, Unchanged())) == after(seen(quiet, Unchanged()))


def test_a_source_with_a_rhythm_is_left_alone_at_night_and_asked_sooner_by_day() -> None:
    times = tuple(NOON - timedelta(days=day, hours=hour) for day in range(14) for hour in (1, 2, 3))
    heard = tuple(sorted((at for at in times if at.weekday() < 5), reverse=True))
    morning = seen(Bookmark(heard=heard), Unchanged(), NOON - timedelta(hours=3))
    evening = seen(Bookmark(heard=heard), Unchanged(), NOON + timedelta(hours=4))

    assert after(morning, NOON - timedelta(hours=3)) < timedelta(hours=2)
    assert after(evening, NOON + timedelta(hours=4)) > timedelta(hours=10)
