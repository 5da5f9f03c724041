"""A house that mails two readers a call through a mailer that is told what to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from syndicate.domain.digest import Edition
from syndicate.flows.house import House
from syndicate.flows.pipeline import compose
from syndicate.testing.builders import a_mail_policy
from syndicate.testing.house import HandClock, a_house
from syndicate.testing.stocking import publications, readers
from tests.unit.flows.told import Told


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def mailer() -> Told:
    return Told()


@pytest.fixture
def house(tmp_path: Path, clock: HandClock, mailer: Told) -> House:
    return a_house(tmp_path, clock, mailer=mailer, mail=a_mail_policy(mailer=mailer.name, batch=2))


@pytest.fixture
def five(house: House) -> tuple[int, ...]:
    """Five readers, to be mailed in three batches."""
    return readers(house.store, 5)


@pytest.fixture
def edition(house: House, five: tuple[int, ...]) -> Edition:
    publications(house.store, 2)
    return compose(house, "weekly", house.clock())
