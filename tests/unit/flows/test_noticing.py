"""Notices: delivered once, tried again with pauses, and never to an address that is suppressed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syndicate.domain.delivery import (
    Absent,
    Accepted,
    BatchState,
    InDoubt,
    Located,
    Refused,
)
from syndicate.domain.notice import NoticeDraft, NoticeKind
from syndicate.domain.settling import after_answer
from syndicate.domain.tokens import keyed_hash
from syndicate.flows.house import House
from syndicate.flows.noticing import deliver_notice, deliver_notices
from syndicate.testing.builders import NOON
from syndicate.testing.house import SECRET, HandClock
from tests.unit.flows.told import SECONDS, Told


def a_notice(house: House, address: str = "new@example.org") -> int:
    draft = NoticeDraft(kind=NoticeKind.CONFIRM, subscriber=7, address=address, subject="?", html="<p>?</p>", text="?")
    return house.store.notices.add(draft, house.clock())


def test_a_notice_refused_for_our_fault_is_tried_again_and_not_without_pause(
    house: House, mailer: Told, clock: HandClock
) -> None:
    notice = a_notice(house)
    mailer.answers = [Refused(reason="401", ours=True)] * 3

    assert deliver_notices(house) == 1
    assert deliver_notices(house) == 0
    waited = []
    for _ in range(3):
        waited.append(house.store.notices.get(notice).batch.not_before - clock.now)
        clock.now += waited[-1]
        deliver_notices(house)

    assert waited == [2 * SECONDS, 4 * SECONDS, 8 * SECONDS]
    assert mailer.mailed == [7]
    assert house.store.notices.get(notice).batch.state is BatchState.SENT


def test_a_notice_in_doubt_is_delivered_once(house: House, mailer: Told, clock: HandClock) -> None:
    notice = a_notice(house)
    mailer.answers = [InDoubt(reason="dropped")]
    mailer.findings = [Absent(), Located(reference="r")]
    for _ in range(6):
        deliver_notices(house)
        clock.sleep(5)

    assert (len(mailer.keys), mailer.asked) == (1, 2)
    assert house.store.notices.get(notice).batch.state is BatchState.SENT


def test_a_notice_whose_worker_died_is_asked_about(house: House, mailer: Told, clock: HandClock) -> None:
    def die() -> None:
        raise SystemExit

    notice = a_notice(house)
    mailer.before = die
    with pytest.raises(SystemExit):
        deliver_notice(house, notice)
    mailer.before = lambda: None
    mailer.findings = [Located(reference="r")]
    deliver_notice(house, notice)
    assert mailer.asked == 0
    clock.sleep(61)

    deliver_notice(house, notice)

    assert (mailer.asked, mailer.keys) == (1, [])
    assert house.store.notices.get(notice).batch.state is BatchState.SENT


def test_a_notice_read_before_it_was_closed_is_not_opened_again(house: House, mailer: Told) -> None:
    """The worker whose call came back late closes it between another's reading and opening."""
    notice = a_notice(house)
    ready = house.store.notices.get(notice).batch
    sending = replace(ready, state=BatchState.SENDING, fence=1, lease_until=NOON)
    assert house.store.notices.open(notice, sending, 0)
    read = house.store.notices.get(notice).batch
    assert house.store.notices.close(1, after_answer(sending, Accepted(reference="r"), NOON))

    assert not house.store.notices.open(notice, replace(read, fence=2), read.fence)
    assert house.store.notices.get(notice).batch.state is BatchState.SENT


def test_a_notice_to_an_address_suppressed_meanwhile_does_not_leave(house: House, mailer: Told) -> None:
    notice = a_notice(house)
    house.store.subscribers.suppress(keyed_hash(SECRET, "new@example.org"), "complained", NOON)

    deliver_notices(house)

    assert mailer.keys == []
    assert house.store.notices.get(notice).batch.state is BatchState.REJECTED


def test_more_notices_than_fit_one_look_all_leave(house: House, mailer: Told) -> None:
    for number in range(70):
        a_notice(house, f"r{number}@example.org")

    assert deliver_notices(house) == 70
    assert len(mailer.keys) == 70
