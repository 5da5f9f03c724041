"""The visit plan: never before the floor, never for ever, and what the server said holds, whatever it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.collecting import (
    Bookmark,
    Cause,
    Ended,
    Found,
    Move,
    Pace,
    PastVisit,
    Told,
    Trouble,
    Unchanged,
    VisitResult,
)
from syndicate.domain.outlet import Source
from syndicate.domain.provenance import original
from syndicate.domain.publication import Moment, Precision, Reading
from syndicate.domain.visiting import (
    DAY,
    FLOOR,
    GONE,
    LONGEST_WISH,
    LOWEST_FLOOR,
    is_due,
    may_visit,
    next_bookmark,
    offline,
    tell_someone,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WEEK = timedelta(days=7)

times = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
lately = st.integers(-40 * 86400, 3600).map(lambda seconds: NOON + timedelta(seconds=seconds))
seconds = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-10, 1e9) | st.sampled_from([0.0, 300.0, 600.0])
paces = st.builds(
    Pace,
    fresh_for=seconds,
    cached=st.booleans(),
    ttl=seconds,
    update_every=seconds,
    skip_hours=st.frozensets(st.integers(-2, 25)) | st.just(frozenset(range(24))),
    skip_days=st.frozensets(st.integers(-1, 8), max_size=8) | st.just(frozenset(range(7))),
)
told = st.builds(
    Told,
    pace=paces,
    moved=st.sampled_from(["", "https://b.example/", "https://c.example/"]),
    title=st.sampled_from(["", "A List"]),
    representation=st.sampled_from(["", "one", "other"]),
)
moments = st.builds(
    Moment,
    raw=st.just(""),
    parsed=st.none() | times | lately,
    precision=st.sampled_from(Precision),
    zone_known=st.booleans(),
    doubt=st.sampled_from(["", "odd"]),
)
readings = st.lists(
    st.builds(
        Reading, url=st.just("u"), title=st.just("t"), provenance=st.just(original("o")), published=st.none() | moments
    ),
    max_size=8,
).map(tuple)
troubles = st.builds(Trouble, problem=st.just("no"), retry_after=st.none() | seconds, cause=st.sampled_from(Cause))
answers = st.builds(Found, readings=readings, seen=st.integers(0, 10**9), told=told) | st.builds(Unchanged, told=told)
results: st.SearchStrategy[VisitResult] = answers | troubles
sources = st.builds(
    Source,
    id=st.just("s"),
    outlet=st.just("o"),
    kind=st.sampled_from(["feed", "folder", "listing"]),
    url=st.just("https://a.example/"),
    every=st.integers(60, 31 * 86400).map(lambda s: timedelta(seconds=s)),
    article=st.sampled_from(["page", "entry"]),
)
visits = st.lists(st.builds(PastVisit, at=lately, ended=st.sampled_from(Ended)), max_size=20).map(tuple)
bookmarks = st.builds(
    Bookmark,
    failures=st.integers(-1, 10**12),
    last_visit=st.none() | times,
    last_success=st.none() | lately,
    next_visit=st.none() | times,
    gone_since=st.none() | lately,
    hold_until=st.none() | lately,
    configured=st.sampled_from(["", "https://a.example/", "https://before.example/"]),
    address=st.sampled_from(["", "https://b.example/"]),
    move=st.none() | st.builds(Move, to=st.just("https://b.example/"), since=lately, seen=st.integers(0, 9)),
    pace=paces,
    heard=st.lists(lately, max_size=64).map(lambda many: tuple(sorted(many, reverse=True))),
    visits=visits,
    drift=st.sampled_from(["", "no dates any more"]),
    found=st.none() | lately,
)


def planned(bookmark: Bookmark) -> datetime:
    assert bookmark.next_visit is not None
    return bookmark.next_visit


def skips(pace: Pace, at: datetime) -> bool:
    """Whether the feed asks to be left alone at ``at``; what skips everything says nothing."""
    hours = pace.skip_hours if not pace.skip_hours >= frozenset(range(24)) else frozenset()
    days = pace.skip_days if not pace.skip_days >= frozenset(range(7)) else frozenset()
    return at.hour in hours or at.weekday() in days


@given(sources, st.lists(results, min_size=1, max_size=12), st.floats(0, 0.999))
def test_a_next_visit_always_comes_and_never_before_the_floor(
    source: Source, history: list[VisitResult], jitter: float
) -> None:
    bookmark, now = Bookmark(), NOON
    for result in history:
        bookmark = next_bookmark(source, bookmark, result, now, jitter)
        wait = planned(bookmark) - now
        polite = timedelta(0) if source.kind == "folder" else LOWEST_FLOOR
        assert max(source.every, polite) <= wait <= GONE + DAY
        assert not is_due(source, bookmark, planned(bookmark) - SECOND)
        assert is_due(source, bookmark, planned(bookmark))
        now = planned(bookmark)


@given(sources, bookmarks, results, st.floats(0, 0.999), st.sampled_from(["", "offline", "private"]))
def test_any_history_and_any_answer_have_a_plan_within_a_month_or_a_year_where_gone(
    source: Source, before: Bookmark, result: VisitResult, jitter: float, where: str
) -> None:
    after = next_bookmark(source, before, result, NOON, jitter, offline=where == "offline", private=where == "private")
    wait = planned(after) - NOON

    asked_twice = isinstance(result, Trouble) and result.retry_after is not None
    longest = LONGEST_WISH + DAY + (WEEK if asked_twice or source.every > timedelta(days=20) else timedelta(0))
    gone = isinstance(result, Trouble) and result.gone and where != "offline"
    assert source.every <= wait <= (GONE + DAY if gone else longest)
    assert len(after.visits) <= 20
    assert len(after.heard) <= 64
    assert list(after.heard) == sorted(after.heard, reverse=True)
    assert after.last_visit == NOON
    assert isinstance(tell_someone(after, NOON), str)


@given(sources, bookmarks, results, st.floats(0, 0.999))
def test_nobody_is_asked_in_hours_or_on_days_that_the_feed_skips(
    source: Source, before: Bookmark, result: VisitResult, jitter: float
) -> None:
    after = next_bookmark(source, before, result, NOON, jitter)

    assert not skips(after.pace, planned(after))


@given(sources, bookmarks, answers, st.floats(0, 0.999), st.floats(0, 0.999))
def test_jitter_moves_a_plan_by_a_tenth_at_most_to_either_side(
    source: Source, before: Bookmark, result: Found | Unchanged, one: float, other: float
) -> None:
    before = replace(before, pace=Pace())
    told = replace(result.told, pace=replace(result.told.pace, skip_hours=frozenset(), skip_days=frozenset()))
    result = Unchanged(told=told) if isinstance(result, Unchanged) else replace(result, told=told)
    first, second = sorted(
        planned(next_bookmark(source, before, result, NOON, jitter)) - NOON for jitter in (one, other)
    )

    assert second <= first * (1.1 / 0.9) + SECOND


def was_offline(bookmark: Bookmark) -> bool:
    return bookmark.visits[:1] != () and bookmark.visits[0].ended is Ended.OFFLINE


@given(sources, bookmarks, troubles, st.floats(0, 0.999))
def test_offline_counts_nothing(source: Source, before: Bookmark, trouble: Trouble, jitter: float) -> None:
    before = replace(before, configured=source.url)
    after = next_bookmark(source, before, trouble, NOON, jitter, offline=True)

    assert after.visits[0].ended is Ended.OFFLINE
    assert after == replace(before, last_visit=NOON, next_visit=after.next_visit, visits=after.visits)
    assert after.visits[1:] == (before.visits[1:] if was_offline(before) else before.visits)[:19]


@given(sources, bookmarks, results, st.floats(0, 0.999))
def test_private_sources_are_asked_no_less_often_and_never_before_every(
    source: Source, before: Bookmark, result: VisitResult, jitter: float
) -> None:
    ours = planned(next_bookmark(source, before, result, NOON, jitter, private=True))
    theirs = planned(next_bookmark(source, before, result, NOON, jitter))

    assert NOON + source.every <= ours
    # Moving out of the hours that are skipped keeps the minutes, so the order may turn within an hour.
    assert ours <= theirs + timedelta(hours=1)


@given(st.floats(1, 86400))
def test_retry_after_holds_even_when_a_person_asks(wait: float) -> None:
    source = Source(id="s", outlet="o", kind="feed", url="https://a.example/")
    bookmark = next_bookmark(source, Bookmark(), Trouble(problem="429", retry_after=wait), NOON, 0.0)

    assert not may_visit(bookmark, NOON + timedelta(seconds=wait) - timedelta(milliseconds=1))
    assert may_visit(bookmark, NOON + timedelta(seconds=wait))


def test_gone_is_believed_the_second_time_a_day_later() -> None:
    source = Source(id="s", outlet="o", kind="feed", url="https://a.example/", every=timedelta(hours=1))
    gone = Trouble(problem="410", cause=Cause.GONE)
    first = next_bookmark(source, Bookmark(), gone, NOON, 0.0)
    again = next_bookmark(source, first, gone, NOON + timedelta(days=1), 0.0)

    assert first.next_visit == NOON + timedelta(days=1)
    assert again.next_visit == NOON + timedelta(days=1) + GONE


def test_a_success_forgets_the_failures() -> None:
    source = Source(id="s", outlet="o", kind="feed", url="https://a.example/")
    troubled = next_bookmark(source, Bookmark(), Trouble(problem="404"), NOON, 0.0)
    well = next_bookmark(source, troubled, Found(readings=(), seen=0, etag='"a"'), NOON, 0.0)

    assert (well.failures, well.last_error, well.etag) == (0, "", '"a"')


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_offline_is_more_than_half_of_at_least_two_hosts(tried: int, silent: int) -> None:
    assert offline(tried, silent) == (tried >= 2 and silent * 2 > tried)


def test_the_floor_is_half_an_hour_unless_every_is_longer() -> None:
    quick = Source(id="s", outlet="o", kind="feed", url="https://a.example/", every=timedelta(seconds=60))
    slow = replace(quick, every=timedelta(hours=5))
    news = Found(readings=(), seen=0)

    assert planned(next_bookmark(quick, Bookmark(), news, NOON, 0.0)) == NOON + FLOOR
    assert planned(next_bookmark(slow, Bookmark(), news, NOON, 0.0)) == NOON + slow.every
