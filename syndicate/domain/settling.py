"""What becomes of a batch once the mailer has answered a call, or was asked about one in doubt.

That a call was taken is believed at once. That it was not is believed only of a definite refusal, or of a complete
search made long enough after; nothing else lets a batch be sent again. The rules are values in, values out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from syndicate.domain.delivery import (
    Absent,
    Accepted,
    Answer,
    Batch,
    BatchState,
    Busy,
    Change,
    Entry,
    Fate,
    Finding,
    InDoubt,
    Limits,
    Located,
    Outcome,
    OutcomeKind,
    Refused,
    Unanswered,
)

BACKOFF = timedelta(seconds=2)
SHORTEST_ASK = timedelta(milliseconds=100)
LONGEST_BACKOFF = timedelta(minutes=15)
LONGEST_ASK = timedelta(minutes=1)


def after_answer(batch: Batch, answer: Answer, now: datetime, jitter: float = 0.0) -> Change:
    """What a batch becomes once the mailer has answered a call; ``jitter`` in [0, 1) spreads retries."""
    match answer:
        case Accepted(reference=reference, entries=entries):
            return _taken(batch, reference, entries, now)
        case Refused(reason=reason, ours=True):
            return Change(batch=_again(batch, reason, now))
        case Refused(reason=reason):
            return Change(batch=replace(batch, state=BatchState.REJECTED, note=reason, lease_until=None))
        case Busy(reason=reason, retry_after=wait):
            return Change(batch=_again(batch, reason, now + _pause(batch.attempt, wait, jitter)))
        case InDoubt(reason=reason):
            return Change(batch=replace(batch, note=reason, lease_until=now))
    assert_never(answer)


def after_finding(batch: Batch, finding: Finding, limits: Limits, now: datetime) -> Change:
    """What a batch in doubt becomes once the mailer was asked.

    That a call was seen is believed at once. That it was not seen is believed only when lease, time-out and
    settle time have passed; until then the batch stays in doubt.
    """
    since = batch.lease_until or now
    settles = since + limits.timeout + limits.settle
    settled = now >= settles
    match finding:
        case Located(missing=missing) if missing and not settled:
            return Change(batch=_ask_later(batch, "seen in part; its search may lag", now, settles))
        case Located(reference=reference, missing=missing, entries=entries):
            lost = tuple(Entry(subscriber=i, fate=Fate.LATER, detail="not found at the mailer") for i in missing)
            return _taken(batch, reference, (*entries, *lost), now)
        case Absent() if settled:
            return Change(batch=_again(batch, "the mailer never had it", now))
        case Absent():
            return Change(batch=_ask_later(batch, "not seen yet; its search may lag", now, settles))
        case Unanswered(reason=reason, never=True):
            return Change(batch=replace(batch, state=BatchState.UNKNOWN, note=reason, lease_until=None))
        case Unanswered(reason=reason):
            longer = min(max(now - since, SHORTEST_ASK), LONGEST_ASK)
            return Change(batch=replace(batch, note=f"asked, no answer: {reason}", not_before=now + longer))
    assert_never(finding)


def _taken(batch: Batch, reference: str, entries: Iterable[Entry], now: datetime) -> Change:
    said = tuple(entries)
    rejected = [e for e in said if e.fate is Fate.REJECTED]
    later = {e.subscriber: e.detail for e in said if e.fate is Fate.LATER}
    if batch.ids and later.keys() >= set(batch.ids):
        # Nobody was taken. A child would be this very batch again, one more row at every try, and never slower.
        return Change(batch=_again(batch, said[0].detail, now + _pause(batch.attempt, None, 0.0)))
    outcomes = [Outcome(subscriber=e.subscriber, kind=OutcomeKind.REJECTED, detail=e.detail) for e in rejected]
    outcomes += [Outcome(subscriber=i, kind=OutcomeKind.MOVED, detail=d) for i, d in later.items()]
    sent = replace(batch, state=BatchState.SENT, reference=reference, note="", lease_until=None)
    pause = _pause(batch.attempt, None, 0.0)
    return Change(
        batch=sent,
        outcomes=tuple(outcomes),
        moved=tuple(i for i in batch.ids if i in later),
        child_not_before=now + pause if later else None,
    )


def _again(batch: Batch, reason: str, when: datetime) -> Batch:
    """Back to ready after a definite no: a new generation, so the next call has a new key."""
    return replace(
        batch,
        state=BatchState.READY,
        generation=batch.generation + 1,
        not_before=when,
        lease_until=None,
        reference="",
        note=reason,
    )


def pausing(batch: Batch, now: datetime) -> Batch:
    """A batch that went back to ready, kept from its next attempt for the pause its attempts have earned."""
    return replace(batch, not_before=max(batch.not_before, now + _pause(batch.attempt, None, 0.0)))


def asked_now(batch: Batch, limits: Limits, now: datetime) -> Batch:
    """A batch about to be asked about: under a new fence, and left alone by others while the question is on its way.

    The lease stays as it ended, because what may be believed counts from there.
    """
    return replace(batch, fence=batch.fence + 1, not_before=now + limits.timeout)


def _ask_later(batch: Batch, note: str, now: datetime, settles: datetime) -> Batch:
    """Still in doubt: ask again soon, because a yes is believed at once, and certainly when a no may be."""
    soon = now + max((settles - now) / 4, SHORTEST_ASK)
    return replace(batch, note=note, not_before=min(soon, max(settles, now + SHORTEST_ASK)))


def _pause(attempt: int, wait: float | None, jitter: float) -> timedelta:
    if wait is not None:
        return min(timedelta(seconds=max(wait, 0.0)), timedelta(days=1))
    longer = BACKOFF * float(2 ** min(max(attempt - 1, 0), 16))
    return min(longer, LONGEST_BACKOFF) * (1.0 + 0.2 * jitter)
