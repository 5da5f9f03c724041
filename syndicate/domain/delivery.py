"""Deliveries: the state machine that loses nobody and mails nobody twice.

One row per batch is the truth. A call that was begun and not recorded is in doubt, and doubt is settled by asking
the mailer (``find``), never by guessing. What an answer makes of a batch is decided in ``settling``;
``flows/delivering.py`` acts.

    ready -> sending -> sent | rejected | unknown
    sending -> ready      only on a definite refusal, or when a complete search long after finds nothing
    unknown -> sent | rejected | ready   by evidence or by the operator
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from syndicate.domain.letter import Letter, Recipient


class DeliveryState(StrEnum):
    """Where one version of an edition stands on its way out."""

    PREPARING = "preparing"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


class BatchState(StrEnum):
    """Where one call to a mail API stands."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


class OutcomeKind(StrEnum):
    """What became of one address where that differs from its batch; ``moved`` went to a child batch."""

    REJECTED = "rejected"
    SUPPRESSED = "suppressed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One exception to the fate of a batch."""

    subscriber: int
    kind: OutcomeKind
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One version of an edition going out. ``planned`` is stored at prepare and never changes."""

    id: int
    edition: int
    version: int
    state: DeliveryState
    mailer: str
    planned: int
    held_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One call for one variant. ``ids`` are frozen subscriber ids, ascending within (receiving domain, id).

    ``reference`` is what the mailer called an accepted call; while a call is under way or in doubt it is the name of
    the mailer that has it, because no other can say what became of it.
    """

    delivery: int
    number: int
    variant: int
    language: str
    ids: tuple[int, ...]
    not_before: datetime
    state: BatchState = BatchState.READY
    attempt: int = 0
    generation: int = 1
    fence: int = 0
    lease_until: datetime | None = None
    body_hash: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Promise 3: each class counted from rows on its own, beside what was planned."""

    planned: int
    waiting: int
    sent: int
    rejected: int
    suppressed: int
    held: int
    unknown: int

    @property
    def add_up(self) -> bool:
        """Whether nobody is missing and nobody is counted twice."""
        classes = self.waiting + self.sent + self.rejected + self.suppressed + self.held + self.unknown
        return self.planned == classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One call as a mailer takes it. ``key`` is the same for every attempt with the same bytes."""

    key: str
    letter: Letter
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A submission in the mailer's own form. ``parts`` is what goes over the wire; ``body_hash`` its SHA-256."""

    submission: Submission
    parts: tuple[bytes, ...]
    body_hash: str


class Fate(StrEnum):
    """What a mailer said of one recipient of a call."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One recipient's line in an answer."""

    subscriber: int
    fate: Fate
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The call was taken. ``entries`` names only recipients whose fate is not plain acceptance."""

    reference: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The call was refused for good: nobody in it was mailed, and the same call again would not help.

    ``ours`` says that the cause is with us (credentials, sender, quota), not with the recipients: the delivery is
    paused with the reason instead of counting the recipients as rejected.
    """

    reason: str
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """The call was refused for now: nobody in it was mailed. ``retry_after`` in seconds where it was said."""

    reason: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt:
    """The call may or may not have been taken: a time-out, a dropped connection, a 5xx without a verdict."""

    reason: str


Answer = Accepted | Refused | Busy | InDoubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """``find`` saw at least part of the call. ``missing`` are recipients it did not see in a complete listing."""

    reference: str
    missing: tuple[int, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A complete listing shows nothing of the call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """The mailer could not say now; ask again. ``never`` means it has no way to say."""

    reason: str
    never: bool = False


Finding = Located | Absent | Unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call may hold. ``settle`` is how far the mailer's own search may lag behind what it accepted.

    ``timeout`` bounds a whole call.
    """

    count: int
    octets: int
    timeout: timedelta
    settle: timedelta


class Step(StrEnum):
    """What to do with a batch that was just opened."""

    SEND = "send"
    ASK = "ask"
    LEAVE = "leave"


def entering(batch: Batch, delivery: Delivery, now: datetime) -> Step:
    """Whether an opened batch is to be sent, asked about, or left alone."""
    if batch.state is BatchState.SENDING:
        leased = batch.lease_until is not None and now < batch.lease_until
        return Step.LEAVE if leased or now < batch.not_before else Step.ASK
    ready = batch.state is BatchState.READY and batch.not_before <= now
    return Step.SEND if ready and delivery.state is DeliveryState.RUNNING else Step.LEAVE


def key_of(install: str, batch: Batch) -> str:
    """The idempotency key ``install/delivery/number/generation``: constant until a definite refusal."""
    return f"{install}/{batch.delivery}/{batch.number}/{batch.generation}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an answer does to a batch. ``moved`` recipients begin a child batch at ``child_not_before``."""

    batch: Batch
    outcomes: tuple[Outcome, ...] = ()
    moved: tuple[int, ...] = ()
    child_not_before: datetime | None = field(default=None)


def cut(ids: Iterable[int], size: int) -> list[tuple[int, ...]]:
    """Frozen ids in batches of at most ``size``, order kept, none lost and none repeated."""
    if size < 1:
        msg = "a batch holds at least one recipient"
        raise ValueError(msg)
    whole = tuple(ids)
    return [whole[start : start + size] for start in range(0, len(whole), size)]
