"""The delivery state machine under any sequence of answers, findings and deaths."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.delivery import (
    Absent,
    Accepted,
    Batch,
    BatchState,
    Busy,
    Delivery,
    DeliveryState,
    Entry,
    Fate,
    InDoubt,
    Limits,
    Located,
    OutcomeKind,
    Refused,
    Step,
    Unanswered,
    cut,
    entering,
    key_of,
)
from syndicate.domain.settling import after_answer, after_finding, asked_now

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LIMITS = Limits(count=500, octets=50_000_000, timeout=timedelta(seconds=30), settle=timedelta(seconds=60))
RUNNING = Delivery(id=1, edition=1, version=1, state=DeliveryState.RUNNING, mailer="postmark", planned=3)
SENDING = Batch(
    delivery=1,
    number=1,
    variant=1,
    language="en",
    ids=(1, 2, 3),
    not_before=NOON,
    state=BatchState.SENDING,
    attempt=1,
    fence=1,
    lease_until=NOON,
)

entries = st.lists(
    st.builds(Entry, subscriber=st.sampled_from([1, 2, 3]), fate=st.sampled_from([Fate.REJECTED, Fate.LATER])),
    max_size=3,
    unique_by=lambda e: e.subscriber,
).map(tuple)
answers = st.one_of(
    st.builds(Accepted, reference=st.just("r"), entries=entries),
    st.builds(Refused, reason=st.just("no"), ours=st.booleans()),
    st.builds(Busy, reason=st.just("later"), retry_after=st.none() | st.floats(0, 1e6)),
    st.builds(InDoubt, reason=st.just("dropped")),
)
findings = st.one_of(
    st.builds(Located, reference=st.just("r"), missing=st.sets(st.sampled_from([1, 2, 3]), max_size=2).map(tuple)),
    st.just(Absent()),
    st.builds(Unanswered, reason=st.just("503"), never=st.booleans()),
)


@given(answers)
def test_an_answer_accounts_for_every_recipient_exactly_once(answer: object) -> None:
    change = after_answer(SENDING, answer, NOON)  # type: ignore[arg-type]

    excepted = [o.subscriber for o in change.outcomes]
    assert len(excepted) == len(set(excepted))
    moved = {o.subscriber for o in change.outcomes if o.kind is OutcomeKind.MOVED}
    assert set(change.moved) == moved
    assert (change.child_not_before is not None) == bool(moved)


@given(answers)
def test_a_new_key_is_used_only_after_a_definite_refusal(answer: object) -> None:
    change = after_answer(SENDING, answer, NOON)  # type: ignore[arg-type]

    refused = isinstance(answer, Busy) or (isinstance(answer, Refused) and answer.ours)
    if isinstance(answer, Accepted):  # taken as a call, and everybody in it refused for now
        refused = {e.subscriber for e in answer.entries if e.fate is Fate.LATER} == set(SENDING.ids)
    assert (key_of("i", change.batch) != key_of("i", SENDING)) == refused


@given(findings, st.integers(0, 200))
def test_not_found_is_believed_only_after_lease_time_out_and_settle_time(finding: object, seconds: int) -> None:
    now = NOON + timedelta(seconds=seconds)

    change = after_finding(SENDING, finding, LIMITS, now)  # type: ignore[arg-type]

    settled = seconds >= 90
    if change.batch.state is BatchState.READY or change.moved:
        assert settled
    if isinstance(finding, Located) and not finding.missing:
        assert change.batch.state is BatchState.SENT
    if change.batch.state is BatchState.SENDING:
        assert change.batch.not_before > now
        assert change.batch.lease_until == SENDING.lease_until


def test_a_batch_under_a_live_lease_is_left_alone() -> None:
    leased = replace(SENDING, lease_until=NOON + timedelta(seconds=1))

    assert entering(leased, RUNNING, NOON) is Step.LEAVE
    assert entering(SENDING, RUNNING, NOON) is Step.ASK


def test_a_batch_that_somebody_asks_about_is_left_alone_until_the_question_has_timed_out() -> None:
    asked = asked_now(SENDING, LIMITS, NOON)

    assert (asked.fence, asked.lease_until) == (SENDING.fence + 1, SENDING.lease_until)
    assert entering(asked, RUNNING, NOON + timedelta(seconds=29)) is Step.LEAVE
    assert entering(asked, RUNNING, NOON + LIMITS.timeout) is Step.ASK


def test_a_batch_in_doubt_is_asked_about_even_when_its_delivery_is_paused() -> None:
    paused = replace(RUNNING, state=DeliveryState.PAUSED)

    assert entering(SENDING, paused, NOON) is Step.ASK
    assert entering(replace(SENDING, state=BatchState.READY), paused, NOON) is Step.LEAVE


@given(st.lists(st.integers(1, 10_000), unique=True), st.integers(1, 700))
def test_cutting_loses_nobody_and_repeats_nobody(ids: list[int], size: int) -> None:
    batches = cut(ids, size)

    assert [i for batch in batches for i in batch] == ids
    assert all(1 <= len(batch) <= size for batch in batches)


@given(st.integers(1, 60), st.floats(0, 0.999))
def test_backing_off_grows_to_a_bound_and_never_gives_up(attempt: int, jitter: float) -> None:
    change = after_answer(replace(SENDING, attempt=attempt), Busy(reason="429"), NOON, jitter)

    assert change.batch.state is BatchState.READY
    assert timedelta(seconds=2) <= change.batch.not_before - NOON <= timedelta(minutes=18)
