"""The visit plan: never before the floor, never for ever, and what the server said holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.collecting import Bookmark, Found, Trouble, Unchanged
from syndicate.domain.outlet import Source
from syndicate.domain.visiting import GONE, LONGEST_WISH, is_due, may_visit, next_bookmark

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
sources = st.integers(60, 7 * 86400).map(
    lambda s: Source(id="s", outlet="o", kind="feed", url="https://a.example/", every=timedelta(seconds=s))
)
seconds = st.floats(-10, 1e9)
results = st.one_of(
    st.builds(Found, readings=st.just(()), seen=st.just(0), wait_at_least=seconds),
    st.builds(Unchanged, wait_at_least=seconds),
    st.builds(Trouble, problem=st.just("no"), retry_after=st.none() | seconds, gone=st.booleans()),
)


@given(sources, st.lists(results, min_size=1, max_size=12), st.floats(0, 0.999))
def test_a_next_visit_always_comes_and_never_before_the_floor(
    source: Source, history: list[object], jitter: float
) -> None:
    bookmark, now = Bookmark(), NOON
    for result in history:
        bookmark = next_bookmark(source, bookmark, result, now, jitter)  # type: ignore[arg-type]
        assert bookmark.next_visit is not None
        wait = bookmark.next_visit - now
        assert source.every <= wait <= max(LONGEST_WISH, source.every, GONE) * 1.1
        assert not is_due(source, bookmark, bookmark.next_visit - timedelta(seconds=1))
        assert is_due(source, bookmark, bookmark.next_visit)
        now = bookmark.next_visit


@given(st.floats(1, 86400))
def test_retry_after_holds_even_when_a_person_asks(wait: float) -> None:
    source = Source(id="s", outlet="o", kind="feed", url="https://a.example/")
    bookmark = next_bookmark(source, Bookmark(), Trouble(problem="429", retry_after=wait), NOON, 0.0)

    assert not may_visit(bookmark, NOON + timedelta(seconds=wait) - timedelta(milliseconds=1))
    assert may_visit(bookmark, NOON + timedelta(seconds=wait))


def test_gone_is_believed_the_second_time_a_day_later() -> None:
    source = Source(id="s", outlet="o", kind="feed", url="https://a.example/", every=timedelta(hours=1))
    gone = Trouble(problem="410", gone=True)
    first = next_bookmark(source, Bookmark(), gone, NOON, 0.0)
    again = next_bookmark(source, first, gone, NOON + timedelta(days=1), 0.0)

    assert first.next_visit == NOON + timedelta(days=1)
    assert again.next_visit == NOON + timedelta(days=1) + GONE


def test_a_success_forgets_the_failures() -> None:
    source = Source(id="s", outlet="o", kind="feed", url="https://a.example/")
    troubled = next_bookmark(source, Bookmark(), Trouble(problem="404"), NOON, 0.0)
    well = next_bookmark(source, troubled, Found(readings=(), seen=0, etag='"a"'), NOON, 0.0)

    assert (well.failures, well.last_error, well.etag) == (0, "", '"a"')
