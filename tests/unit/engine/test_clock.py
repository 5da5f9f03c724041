"""The alarm clock: it rings at once and again, whatever a tick does, and stops when told."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.domain.collecting import Visit, VisitResult
from syndicate.domain.digest import Edition, EditionState, Every, Schedule
from syndicate.engine import clock as alarm
from syndicate.flows.house import House
from syndicate.testing.builders import a_digest
from syndicate.testing.house import a_house
from syndicate.testing.stocking import publications, readers


def now() -> datetime:
    return datetime.now(UTC)


class Broken:
    """A collector with a bug in it."""

    def __init__(self) -> None:
        self.visits = 0

    def visit_all(self, visits: Sequence[Visit], now: datetime) -> Iterator[tuple[Visit, VisitResult]]:
        self.visits += 1
        raise RuntimeError("a bug")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A digest that is due every day, and was due a minute ago; something to carry, somebody to mail."""
    a_minute_ago = now() - timedelta(minutes=1)
    digest = a_digest(schedule=Schedule(every=Every.DAY, at=f"{a_minute_ago:%H:%M}", timezone="UTC"))
    made = replace(a_house(tmp_path, digests={digest.id: digest}, collector=Broken()), clock=now, sleep=time.sleep)
    publications(made.store, 1, now=now())
    readers(made.store, 2)
    made.store.editions.cursor(digest.id, now() - timedelta(hours=1))
    return made


def sealed_by(house: House, seconds: float = 8.0) -> tuple[Edition, ...]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        editions = house.store.editions.find()
        if editions and house.store.deliveries.of_edition(editions[0].id):
            return editions
        time.sleep(0.05)
    return house.store.editions.find()


def told(house: House, count: int = 1) -> tuple[Edition, ...]:
    """What ``count`` clocks beside each other have made once something is prepared."""
    stop = threading.Event()
    clocks = [threading.Thread(target=alarm.tell, args=(house, stop)) for _ in range(count)]
    for each in clocks:
        each.start()
    editions = sealed_by(house)
    begun = time.monotonic()
    stop.set()
    for each in clocks:
        each.join(10)
    assert not any(each.is_alive() for each in clocks)
    assert time.monotonic() - begun < 2.0
    return editions


def test_a_collecting_step_that_fails_keeps_no_digest_from_leaving(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "syndicate.clock"):
        (edition,) = told(house)

    assert edition.state is EditionState.SEALED
    assert [record.getMessage() for record in caplog.records if record.name == "syndicate.clock"] == [
        "collect failed; trying again in 20 seconds"
    ]


def test_a_database_that_is_away_at_the_start_is_tried_again(house: House, caplog: pytest.LogCaptureFixture) -> None:
    tries: list[datetime] = []

    def away_at_first() -> datetime:
        tries.append(now())
        if len(tries) in (3, 4):  # the first two only say when to begin
            raise OSError("the database is away")
        return now()

    with caplog.at_level(logging.CRITICAL, "syndicate.clock"):
        (edition,) = told(replace(house, clock=away_at_first))

    assert edition.state is EditionState.SEALED


def test_two_clocks_beside_each_other_make_one_edition_and_one_delivery(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL, "syndicate.clock"):
        editions = told(house, 2)

    assert len(editions) == 1
    assert len(house.store.deliveries.of_edition(editions[0].id)) == 1
