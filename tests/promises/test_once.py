"""Promise 2 and 3, attacked: SIGKILL at every state change and at random, with a mail API that survives and lies.

For each (edition, subscriber) the mail API accepts exactly one message; none is forgotten; and the classes add up
whenever somebody else looks.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.testing.mail_api import MailApi
from tests.promises.rig import Rig, a_project

pytestmark = [pytest.mark.kill, pytest.mark.timeout(600)]

POINTS = [
    ("keep_sealed", "before", 1),
    ("keep_sealed", "after", 1),
    ("prepare", "before", 1),
    ("prepare", "after", 1),
    ("opening", "before", 1),
    ("opening", "inside", 2),
    ("opening", "after", 3),
    ("submit", "before", 1),
    ("submit", "before", 9),
    ("submit", "after", 1),
    ("submit", "after", 5),
    ("close", "before", 1),
    ("close", "before", 9),
    ("close", "after", 4),
]

LIES = {
    "seed": 7,
    "lag_ms": 300,
    "send_weighted": [
        {"do": "accept", "weight": 4, "after_ms": 60},
        {"do": "accept_drop", "weight": 2},
        {"do": "accept_half", "weight": 1},
        {"do": "accept_error", "weight": 1},
        {"do": "accept_short", "weight": 1},
        {"do": "refuse", "status": 429, "retry_after": "1", "weight": 1},
        {"do": "refuse", "status": 500, "weight": 1},
        {"do": "hang_up", "weight": 1},
    ],
    "search_weighted": [{"do": "accept", "weight": 6}, {"do": "cut"}, {"do": "refuse", "status": 503}],
}


@pytest.fixture
def api(tmp_path: Path) -> Iterator[MailApi]:
    folder = tmp_path / "api"
    folder.mkdir()
    with MailApi(folder, token="a-token") as running:
        yield running


def received(rig: Rig, api: MailApi | None) -> Counter[str]:
    """What arrived, by address, as the outside world has it."""
    return rig.outbox() if api is None else Counter(message.to for message in api.inbox())


def assert_once(rig: Rig, api: MailApi | None) -> None:
    """Everybody exactly once, in the world and in the ledger, and the classes add up to that."""
    world = received(rig, api)
    addresses = rig.addresses()
    assert world == Counter(addresses.values())
    assert rig.ledger() == Counter(addresses.keys())
    for sums in rig.sums():
        assert sums.add_up
        assert (sums.planned, sums.sent) == (rig.readers, rig.readers)


def killed_here(rig: Rig, point: str, moment: str, nth: int) -> None:
    assert rig.run(point, moment, nth) == -9, f"the process should have died at {point} {moment}"
    assert all(sums.add_up for sums in rig.sums())
    assert rig.run("none", "before", 0) == 0


@pytest.mark.parametrize(("point", "moment", "nth"), POINTS)
def test_killed_at_a_state_change_with_the_outbox(tmp_path: Path, point: str, moment: str, nth: int) -> None:
    rig = a_project(tmp_path, provider="outbox")

    killed_here(rig, point, moment, nth)

    assert_once(rig, None)


@pytest.mark.parametrize(("point", "moment", "nth"), POINTS)
def test_killed_at_a_state_change_with_a_mail_api(
    tmp_path: Path, api: MailApi, point: str, moment: str, nth: int
) -> None:
    rig = a_project(tmp_path, provider="postmark", api=api.url)

    killed_here(rig, point, moment, nth)

    assert_once(rig, api)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_asking_what_became_of_a_call(tmp_path: Path, api: MailApi, moment: str) -> None:
    """The first call is accepted and its connection dropped; the process dies while it asks, and is asked again."""
    api.set_script({"send": [{"do": "accept_drop"}]})
    rig = a_project(tmp_path, provider="postmark", api=api.url)

    killed_here(rig, "find", moment, 1)

    assert_once(rig, api)


def test_killed_again_and_again_at_random_while_the_api_lies(tmp_path: Path, api: MailApi) -> None:
    """Ten kills at random moments; the API drops accepted calls, and answers 429 and 500, with a lagging search."""
    draw = random.Random(20261123)
    api.set_script(LIES)
    rig = a_project(tmp_path, provider="postmark", api=api.url, readers=140)
    doubts = 0
    for _ in range(10):
        sender = rig.start()
        time.sleep(draw.uniform(0.6, 2.2))
        sender.kill()
        sender.wait()
        doubts += rig.in_doubt()
        assert all(sums.add_up for sums in rig.sums())
    api.set_script({})

    assert rig.run("none", "before", 0, seconds=120) == 0

    assert_once(rig, api)
    print(f"\n10 kills, {doubts} calls in doubt at a kill, lost 0, doubled 0 of {rig.readers}")


def test_killed_again_and_again_at_random_with_the_outbox(tmp_path: Path) -> None:
    draw = random.Random(42)
    rig = a_project(tmp_path, provider="outbox", readers=400)
    for _ in range(6):
        sender = rig.start()
        time.sleep(draw.uniform(0.7, 1.6))
        sender.kill()
        sender.wait()
        assert all(sums.add_up for sums in rig.sums())

    assert rig.run("none", "before", 0) == 0

    assert_once(rig, None)
