"""Delivering notices: one letter to one address, in the lane that goes first, through the same states as a batch.

``engine.local`` and ``worker --drain`` call this.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from syndicate.domain.delivery import (
    Batch,
    BatchState,
    Compiled,
    Delivery,
    DeliveryState,
    Refused,
    Step,
    Submission,
    entering,
)
from syndicate.domain.notice import Notice
from syndicate.domain.settling import after_answer, after_finding, asked_now, pausing
from syndicate.flows.addressing import address_suppressed
from syndicate.flows.calling import ask, call, spread
from syndicate.flows.house import House
from syndicate.flows.lettering import notice_submission

_AT_ONCE = 64
_LANE = Delivery(id=0, edition=0, version=1, state=DeliveryState.RUNNING, mailer="", planned=1)


def deliver_notice(house: House, notice_id: int) -> None:
    """Take one notice as far as it can go now."""
    now = house.clock()
    notice = house.store.notices.get(notice_id)
    step = entering(notice.batch, _LANE, now)
    if step is Step.LEAVE:
        return
    submission = notice_submission(house, notice)
    if step is Step.ASK:
        _ask(house, notice, submission, now)
    elif address_suppressed(house, notice.address):
        ended = replace(notice.batch, state=BatchState.REJECTED, note="the address is suppressed")
        _put(house, notice, replace(ended, fence=ended.fence + 1))
    else:
        _send(house, notice, house.mailer.compile(submission), now)


def deliver_notices(house: House) -> int:
    """Deliver every notice that is due; returns how many were entered."""
    entered = 0
    while due := house.store.notices.due(house.clock(), _AT_ONCE):
        for notice_id in due:
            deliver_notice(house, notice_id)
        entered += len(due)
    return entered


def _ask(house: House, notice: Notice, submission: Submission, now: datetime) -> None:
    asked = asked_now(notice.batch, house.mailer.limits, now)
    if _put(house, notice, asked):
        change = after_finding(asked, ask(house, asked, submission), house.mailer.limits, house.clock())
        house.store.notices.close(asked.fence, change)


def _send(house: House, notice: Notice, compiled: Compiled, now: datetime) -> None:
    """It takes a permit but does not wait for it: notices go first."""
    house.store.deliveries.may_call(house.mailer.name, house.mail.rate, 1, now)
    marked = replace(
        notice.batch,
        state=BatchState.SENDING,
        attempt=notice.batch.attempt + 1,
        fence=notice.batch.fence + 1,
        lease_until=now + house.mail.lease,
        body_hash=compiled.body_hash,
        reference=house.mailer.name,
    )
    if not _put(house, notice, marked):
        return
    answer = call(house, marked, compiled)
    if answer is None:
        return
    change = after_answer(marked, answer, house.clock(), spread(marked))
    if isinstance(answer, Refused) and answer.ours:
        # A batch waits in a paused delivery until somebody has mended the cause; a notice has none, so it waits.
        change = replace(change, batch=pausing(change.batch, house.clock()))
    house.store.notices.close(marked.fence, change)


def _put(house: House, notice: Notice, batch: Batch) -> bool:
    return house.store.notices.open(notice.id, batch, notice.batch.fence)
