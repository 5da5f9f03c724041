"""What the flows ask of the ledger: deliveries, batches, outcomes and notices. The rest of the store is in ``ports``.

Every method is one transaction unless it says otherwise, and none is open across a call to a mail API.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from syndicate.domain.delivery import Batch, Change, Delivery, Outcome, Sums
from syndicate.domain.notice import Notice, NoticeDraft
from syndicate.domain.subscriber import Subscriber


class Opening(Protocol):
    """The opening transaction of a batch (or notice): the row is locked until the block ends."""

    batch: Batch
    delivery: Delivery

    def recipients(self) -> tuple[Subscriber, ...]:
        """The frozen ids still mailable, in batch order: confirmed to the digest, not suppressed, no outcome yet."""
        ...

    def remaining(self) -> tuple[int, ...]:
        """The frozen ids without an outcome of their own yet, in batch order, mailable or not."""
        ...

    def drop(self, outcomes: Sequence[Outcome]) -> None:
        """Write exceptions (suppressed ones) in this transaction."""
        ...

    def put(self, batch: Batch) -> None:
        """Write the batch row as given, in this transaction."""
        ...

    def hold(self, because: str) -> None:
        """Pause the delivery: its ready batches are held, with the reason."""
        ...


class DeliveryStore(Protocol):
    """Deliveries, batches and outcomes: the ledger."""

    def audience(self, digest: str) -> Iterable[int]:
        """Ids of subscribers confirmed to the digest and not suppressed, ordered by (receiving domain, id)."""
        ...

    def prepare(
        self,
        edition: int,
        version: int,
        mailer: str,
        batches: Sequence[Batch],
        variants: Mapping[int, Sequence[int]],
        now: datetime,
    ) -> Delivery:
        """Store a delivery with its variants (number -> item ids) and batches, planned = the sum of their sizes.

        ``Batch.delivery`` of the arguments is ignored. Unique on (edition, version): the delivery that is already
        there wins and is returned untouched. The state is running, or done where nobody is to be mailed.
        """
        ...

    def get(self, delivery: int) -> Delivery: ...

    def of_edition(self, edition: int) -> tuple[Delivery, ...]:
        """All versions, newest first."""
        ...

    def variant(self, delivery: int, number: int) -> tuple[int, ...]:
        """The item ids of a variant, in order."""
        ...

    def due(self, now: datetime, limit: int, edition: int | None = None) -> tuple[tuple[int, int], ...]:
        """(delivery, number) of batches to be entered: ready ones of running deliveries whose ``not_before`` has
        come, and sending ones without a live lease in deliveries of any state; oldest first.
        """
        ...

    def next_due(self, edition: int | None = None) -> datetime | None:
        """When the next batch that will have to be entered may be: the earliest ``not_before`` of ready batches in
        running deliveries, and the later of ``lease_until`` and ``not_before`` of sending ones; None when
        every batch has its end.
        """
        ...

    def take_over(self, now: datetime) -> int:
        """Called by whoever has just begun ``delivering()``. Where that excludes everybody else (SQLite), the leases
        of the one before end ``now``; elsewhere nothing happens. Returns how many calls were left in the middle.
        """
        ...

    def opening(self, delivery: int, number: int) -> AbstractContextManager[Opening]:
        """Begin the opening transaction; commits at the end of the block, rolls back on an exception."""
        ...

    def close(self, fence: int, change: Change) -> bool:
        """The closing transaction: apply ``change`` if the batch is still sending under ``fence``, else nothing.

        Moved recipients become a child batch (next number, same variant and language). A delivery whose batches
        all have their end becomes done. Returns whether it was applied.
        """
        ...

    def letters_due(self, delivery: int, number: int, now: datetime) -> int:
        """How many letters a call for this batch would hold; 0 where none is to be made now."""
        ...

    def pause(self, delivery: int, because: str) -> None:
        """Hold what is still ready of a running delivery; ``because`` is shown to people."""
        ...

    def resume(self, delivery: int) -> None:
        """Let a paused delivery run again; any other is left as it is."""
        ...

    def batches(self, delivery: int) -> tuple[Batch, ...]: ...

    def outcomes(self, delivery: int) -> tuple[tuple[int, Outcome], ...]:
        """(batch number, outcome) of each exception."""
        ...

    def sums(self, delivery: int) -> Sums: ...

    def counts(self, delivery: int) -> Mapping[str, int]:
        """How many batches stand in each state; every state is a key."""
        ...

    def may_call(self, mailer: str, rate: float, cells: int, now: datetime) -> float:
        """Take ``cells`` permits from the limiter all processes share (GCRA); seconds to wait before the call."""
        ...

    def stop_calls(self, mailer: str, until: datetime) -> None:
        """Nobody gets a permit before ``until`` (a 429 with Retry-After)."""
        ...


class NoticeStore(Protocol):
    """Notices: the lane that goes first."""

    def add(self, draft: NoticeDraft, now: datetime) -> int: ...

    def due(self, now: datetime, limit: int) -> tuple[int, ...]: ...

    def next_due(self) -> datetime | None: ...

    def get(self, notice: int) -> Notice: ...

    def open(self, notice: int, batch: Batch, fence: int) -> bool:
        """Write ``batch`` if nothing was written since the row had ``fence``; whether that is so."""
        ...

    def close(self, fence: int, change: Change) -> bool:
        """Apply ``change`` if the notice is still sending under ``fence``, and raise the fence."""
        ...

    def sent_to(self, address: str, since: datetime) -> int:
        """How many notices this address got or will get since then: the limit against abuse."""
        ...
