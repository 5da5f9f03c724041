"""Permits: as many as letters, none for a question, and no wait that ``stop`` does not end."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

from syndicate.domain.delivery import (
    Busy,
    InDoubt,
)
from syndicate.domain.digest import Edition
from syndicate.flows.calling import wait_for_permit
from syndicate.flows.delivering import deliver_batch, drain, send
from syndicate.flows.house import House
from syndicate.testing.builders import NOON
from syndicate.testing.house import HandClock
from tests.unit.flows.told import SECONDS, Told, prepared, says


def test_a_batch_takes_as_many_permits_as_it_has_letters(house: House, clock: HandClock, edition: Edition) -> None:
    """Five letters at one a second: the last batch, of one, leaves when four have had their second each."""
    slow = replace(house, mail=replace(house.mail, rate=1.0))
    begun = clock.now

    says(send(slow, edition.id), sent=5)

    assert clock.now - begun == 4 * SECONDS
    assert house.store.deliveries.may_call("told", 1.0, 1, clock.now) == 1.0


def test_no_permit_is_taken_for_what_is_not_to_be_sent(house: House, mailer: Told, edition: Edition) -> None:
    delivery = prepared(house, edition)
    mailer.answers = [InDoubt(reason="timed out")]
    deliver_batch(house, delivery, 1)
    house.store.deliveries.pause(delivery, "wait")
    slow = replace(house, mail=replace(house.mail, rate=0.001))

    assert all(wait_for_permit(slow, delivery, number) for number in (1, 2, 3))
    assert house.clock() == NOON


def test_a_wait_for_a_permit_ends_with_stop(house: House, edition: Edition) -> None:
    delivery = prepared(house, edition)
    house.store.deliveries.stop_calls("told", NOON + timedelta(hours=1))
    stop = threading.Event()
    threading.Timer(0.1, stop.set).start()

    assert not wait_for_permit(house, delivery, 1, stop)
    assert drain(house, stop) == 0


def test_a_mailer_that_asks_for_a_pause_gets_it_from_every_batch(
    house: House, mailer: Told, clock: HandClock, edition: Edition
) -> None:
    mailer.answers = [Busy(reason="429", retry_after=30.0)]
    begun = clock.now

    says(send(house, edition.id), sent=5)

    assert clock.now - begun >= 30 * SECONDS
