"""Calls to the mail API, for batches and notices alike: when one may be made, making it, and asking after it.

None of these is ever called inside a transaction. ``delivering`` and ``noticing`` call them, and ``engine``.
"""

from __future__ import annotations

import threading
from datetime import timedelta

from syndicate.domain.delivery import Answer, Batch, Busy, Compiled, Finding, Submission, Unanswered
from syndicate.flows.house import House

_LONGEST_STOP = 3600.0


def wait_for_permit(house: House, delivery: int, number: int, stop: threading.Event | None = None) -> bool:
    """Wait until the limiter that all workers share lets the letters of a batch go; False where ``stop`` came first.

    Before any transaction, so nothing is locked or in doubt meanwhile. A question to the mailer needs no permit.
    """
    letters = house.store.deliveries.letters_due(delivery, number, house.clock())
    if letters:
        wait(house, house.store.deliveries.may_call(house.mailer.name, house.mail.rate, letters, house.clock()), stop)
    return not (stop and stop.is_set())


def wait(house: House, seconds: float, stop: threading.Event | None) -> None:
    """Let time pass, or until ``stop``."""
    if seconds > 0:
        (stop.wait if stop else house.sleep)(seconds)


def call(house: House, batch: Batch, compiled: Compiled) -> Answer | None:
    """Make the call if the lease still holds; None where it ran out, which leaves the batch to be asked about.

    A worker that was frozen since the opening transaction wakes here: the lease is checked immediately before.
    """
    if batch.lease_until is None or house.clock() >= batch.lease_until:
        return None
    answer = house.mailer.submit(compiled)
    if isinstance(answer, Busy) and answer.retry_after is not None:
        pause = timedelta(seconds=min(max(answer.retry_after, 0.0), _LONGEST_STOP))
        house.store.deliveries.stop_calls(house.mailer.name, house.clock() + pause)
    return answer


def ask(house: House, batch: Batch, submission: Submission) -> Finding:
    """What became of a call in doubt, from the mailer that has it; another would truly say that it has not."""
    if batch.reference and batch.reference != house.mailer.name:
        reason = f"the call was made through {batch.reference}, and this installation now mails through"
        return Unanswered(reason=f"{reason} {house.mailer.name}, which cannot say what became of it", never=True)
    return house.mailer.find(submission)


def spread(batch: Batch) -> float:
    """In [0, 1): batches refused together do not come back together."""
    return (batch.number * 7919 + batch.delivery * 104729) % 997 / 997.0
