"""What a visit teaches: validators, moves, publication times, recipes, and when a person is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from syndicate.domain.collecting import (
    Bookmark,
    Cause,
    Ended,
    Example,
    Found,
    Move,
    Pace,
    Told,
    Trouble,
    Unchanged,
)
from syndicate.domain.outlet import Recipe
from syndicate.domain.publication import Precision
from syndicate.domain.visiting import (
    DAY,
    GONE,
    OFFLINE,
    is_due,
    next_bookmark,
    tell_someone,
)
from tests.property.visits import HOUR, NOON, THERE, a_piece, a_source, after, found, seen


def test_a_304_without_validators_keeps_the_old_ones() -> None:
    bookmark = next_bookmark(a_source(), Bookmark(etag='"1"', last_modified="then"), Unchanged(), NOON, 0.0)

    assert (bookmark.etag, bookmark.last_modified, bookmark.last_success) == ('"1"', "then", NOON)


def test_a_304_of_another_representation_keeps_no_validator_of_the_old_one() -> None:
    before = Bookmark(etag='"1"', last_modified="then", representation="one")
    bookmark = seen(before, Unchanged(etag='"2"', told=Told(representation="other")))

    assert (bookmark.etag, bookmark.last_modified, bookmark.representation) == ('"2"', "", "other")


def test_an_answer_without_validators_drops_the_old_ones() -> None:
    assert seen(Bookmark(etag='"1"', last_modified="then"), found()).etag == ""


def test_what_a_feed_says_of_itself_outlives_a_304_and_freshness_does_not() -> None:
    pace = Pace(ttl=7200, skip_hours=frozenset({3}), cached=True, fresh_for=9000)
    bookmark = seen(seen(Bookmark(), found(pace=pace)), Unchanged(told=Told(pace=Pace(cached=True, fresh_for=60))))

    assert bookmark.pace == replace(pace, fresh_for=60)
    assert timedelta(hours=2) <= after(bookmark) <= timedelta(hours=2) * 1.1


def a_month_of_moves(moved: str, titles: tuple[str, ...] = ("A List",)) -> list[Bookmark]:
    """Bookmarks of daily visits to an address that redirects for good, the list's title changing daily."""
    bookmarks, bookmark = [], Bookmark()
    for day in range(30):
        bookmark = seen(bookmark, found(moved=moved, title=titles[day % len(titles)]), NOON + day * DAY)
        bookmarks.append(bookmark)
    return bookmarks


def test_a_move_is_believed_after_a_week_of_agreement() -> None:
    bookmarks = a_month_of_moves(THERE)

    assert [mark.address for mark in bookmarks[:7]] == [""] * 7
    assert (bookmarks[7].address, bookmarks[7].move) == (THERE, None)


def test_a_week_is_not_enough_without_three_visits() -> None:
    once = seen(Bookmark(), found(moved=THERE))
    twice = seen(once, found(moved=THERE), NOON + 9 * DAY)

    assert twice.address == ""
    assert seen(twice, found(moved=THERE), NOON + 10 * DAY).address == THERE


def test_another_title_another_target_or_no_redirect_starts_over() -> None:
    """A page of maintenance that answers for a month under changing names never takes a source away."""
    assert a_month_of_moves(THERE, ("A List", "Back soon"))[-1].address == ""
    counted = Bookmark(configured="https://a.example/", move=Move(to=THERE, since=NOON - 20 * DAY, seen=9))

    assert seen(counted, found(moved="https://elsewhere.example/")).move == Move(
        to="https://elsewhere.example/", since=NOON, seen=1
    )
    assert seen(counted, found()).move is None
    assert seen(counted, Trouble(problem="no")).move == counted.move


def test_a_304_through_a_redirect_counts_with_the_title_we_know() -> None:
    before = replace(a_month_of_moves(THERE)[5], etag='"1"')

    assert seen(before, Unchanged(told=Told(moved=THERE)), NOON + 8 * DAY).address == THERE


def test_validators_that_do_not_name_their_representation_do_not_move_along() -> None:
    ready = Bookmark(configured="https://a.example/", move=Move(to=THERE, since=NOON - 8 * DAY, seen=2))
    plain = Found(readings=(), seen=0, etag='"1"', told=Told(moved=THERE))
    named = replace(plain, told=Told(moved=THERE, representation="there"))

    assert (seen(ready, plain).address, seen(ready, plain).etag) == (THERE, "")
    assert (seen(ready, named).address, seen(ready, named).etag) == (THERE, '"1"')


def test_moving_back_home_is_believed_like_any_move() -> None:
    away = Bookmark(configured="https://a.example/", address=THERE, move=None)
    for day in (0, 4, 8):
        away = seen(away, found(moved="https://a.example/"), NOON + day * DAY)

    assert away.address == ""


def test_a_changed_address_in_the_configuration_drops_what_belongs_to_the_old_one() -> None:
    recipe = Recipe(card=".c", title=".t")
    before = Bookmark(
        configured="https://old.example/",
        address=THERE,
        etag='"1"',
        representation="old",
        failures=9,
        last_error="no",
        gone_since=NOON - 9 * DAY,
        hold_until=NOON + DAY,
        next_visit=NOON + GONE,
        pace=Pace(ttl=1e6),
        move=Move(to=THERE, since=NOON, seen=2),
        last_success=NOON - 20 * DAY,
        heard=(NOON - 20 * DAY,),
        learned=recipe,
    )
    bookmark = seen(before, Unchanged())

    assert is_due(a_source(), before, NOON)
    assert (bookmark.configured, bookmark.address, bookmark.etag) == ("https://a.example/", "", "")
    assert (bookmark.failures, bookmark.pace, bookmark.move, bookmark.hold_until) == (0, Pace(), None, None)
    assert (bookmark.heard, bookmark.learned) == (before.heard, recipe)
    assert seen(before, Trouble(problem="no")).last_success == before.last_success


def test_offline_is_tried_again_soon_and_leaves_failures_alone() -> None:
    before = seen(Bookmark(), Trouble(problem="no"))
    minute = timedelta(minutes=1)
    off = next_bookmark(a_source(minute), before, Trouble(problem="net"), NOON + HOUR, 0.0, offline=True)

    assert (off.failures, off.last_error) == (1, "no")
    assert 0.9 * OFFLINE <= after(off, NOON + HOUR) <= 1.1 * OFFLINE
    assert [visit.ended for visit in off.visits] == [Ended.OFFLINE, Ended.FAILED]


def test_publication_times_are_heard_once_newest_first_and_only_when_believable() -> None:
    good, older = NOON - HOUR, NOON - 3 * HOUR
    pieces = (
        a_piece(older),
        a_piece(good),
        a_piece(good),
        a_piece(None),
        a_piece(NOON + DAY),
        a_piece(datetime(1, 1, 1, tzinfo=UTC)),
        a_piece(datetime(2124, 1, 1, tzinfo=UTC)),
        a_piece(NOON - 2 * HOUR, doubt="all dates of this list are the same"),
        a_piece(NOON - DAY, Precision.DAY),
    )

    assert seen(Bookmark(), found(*pieces)).heard == (good, older)


def test_a_piece_dated_by_day_is_heard_in_the_middle_of_the_time_it_can_have_come_in() -> None:
    before = seen(Bookmark(), found(), NOON - 2 * HOUR)
    today = a_piece(NOON.replace(hour=0), Precision.DAY)

    assert seen(before, found(today)).heard == (NOON - HOUR,)


def test_entries_that_were_there_before_are_no_news_though_they_are_read_each_time() -> None:
    source = a_source(article="entry")
    pieces = (a_piece(NOON - HOUR), a_piece(NOON - 2 * HOUR), a_piece(NOON + 40 * DAY))
    first = next_bookmark(source, Bookmark(), found(*pieces), NOON, 0.5)
    again = next_bookmark(source, first, found(*pieces), NOON + HOUR, 0.5)
    news = next_bookmark(source, again, found(a_piece(NOON + HOUR), *pieces), NOON + 2 * HOUR, 0.5)

    assert [visit.ended for visit in news.visits] == [Ended.NEW, Ended.SAME, Ended.NEW]
    assert (again.found, news.found, news.visits[0].new) == (NOON, NOON + 2 * HOUR, 1)


def test_what_a_recipe_learned_is_kept_until_it_learns_again_and_drift_is_of_the_last_answer() -> None:
    recipe, example = Recipe(card=".c", title=".t"), Example(link="l", title="t")
    learned = replace(found(), learned=recipe, examples=(example,), drift="no bylines")
    one = seen(Bookmark(), learned)
    two = seen(one, found())

    assert (one.drift, two.drift) == ("no bylines", "")
    assert (two.learned, two.examples) == (recipe, (example,))


def told_after(*troubles: tuple[Trouble, timedelta]) -> str:
    bookmark = seen(Bookmark(), found())
    for trouble, at in troubles:
        bookmark = seen(bookmark, trouble, NOON + at)
    return tell_someone(bookmark, NOON + troubles[-1][1])


def test_a_person_is_told_of_three_days_of_failure_and_not_of_two() -> None:
    refused = Trouble(problem="answers 403", cause=Cause.REFUSED)

    assert told_after((refused, DAY), (refused, 3 * DAY)) == ""
    assert told_after((refused, DAY), (refused, 4 * DAY)) == "failing for 3 days: answers 403"


def test_a_person_is_told_of_a_wall_at_once_and_of_gone_when_it_is_believed() -> None:
    gone = Trouble(problem="answers 410", cause=Cause.GONE)

    assert "wall" in told_after((Trouble(problem="a riddle", cause=Cause.WALL), DAY))
    assert told_after((gone, DAY)) == ""
    assert told_after((gone, DAY), (gone, 2 * DAY)).startswith("gone since 2026-03-03")


def test_a_person_is_told_of_a_silence_that_is_not_the_outlets_habit() -> None:
    daily = tuple(NOON - day * DAY for day in range(20))
    monthly = tuple(NOON - 30 * day * DAY for day in range(10))

    assert tell_someone(Bookmark(heard=daily), NOON + 29 * DAY) == ""
    assert "nothing new since 2026-03-02" in tell_someone(Bookmark(heard=daily), NOON + 30 * DAY)
    assert tell_someone(Bookmark(heard=monthly), NOON + 100 * DAY) == ""
    assert "every 30 days" in tell_someone(Bookmark(heard=monthly), NOON + 120 * DAY)
    assert "dates" in tell_someone(Bookmark(heard=daily, drift="no dates"), NOON)
