"""Promise 2 where several deliver: kills over a PostgreSQL, two senders at once, workers frozen and thawed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.testing.mail_api import MailApi
from tests.contract.conftest import Postgres
from tests.promises.rig import Rig, a_project
from tests.promises.test_once import LIES, assert_once, killed_here

pytestmark = [pytest.mark.kill, pytest.mark.timeout(300)]


@pytest.fixture
def api(tmp_path: Path) -> Iterator[MailApi]:
    folder = tmp_path / "api"
    folder.mkdir()
    with MailApi(folder, token="a-token") as running:
        yield running


@pytest.fixture
def rig(tmp_path: Path, api: MailApi, postgres: Postgres) -> Iterator[Rig]:
    """A project on PostgreSQL that mails through the API."""
    url = postgres.database()
    project = a_project(tmp_path / "project", provider="postmark", api=api.url, readers=40, store=url)
    yield project
    project.close()
    postgres.drop(url)


def frozen(rig: Rig, *doom: str) -> subprocess.Popen[bytes]:
    """A sender that has stopped itself where ``doom`` says."""
    sender = rig.start(*doom, "SIGSTOP")
    _, status = os.waitpid(sender.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), "the sender should have frozen"
    return sender


def thawed(sender: subprocess.Popen[bytes]) -> int:
    sender.send_signal(signal.SIGCONT)
    return sender.wait(60)


@pytest.mark.parametrize(
    ("point", "moment", "nth"),
    [("prepare", "after", 1), ("opening", "inside", 2), ("submit", "after", 3), ("close", "before", 2)],
)
def test_killed_at_a_state_change_over_postgresql(rig: Rig, api: MailApi, point: str, moment: str, nth: int) -> None:
    killed_here(rig, point, moment, nth)

    assert_once(rig, api)


def test_two_senders_at_once_while_the_api_lies(rig: Rig, api: MailApi) -> None:
    """Both drain the same edition; neither repeats what the other has, nor loses what the other left in doubt."""
    api.set_script(LIES)
    senders = [rig.start(), rig.start()]
    time.sleep(3)
    assert all(sums.add_up for sums in rig.sums())
    api.set_script({})

    assert [sender.wait(120) for sender in senders] == [0, 0]
    assert_once(rig, api)


@pytest.mark.parametrize(("point", "moment"), [("opening", "after"), ("submit", "after"), ("close", "before")])
def test_a_frozen_worker_wakes_after_others_took_over(rig: Rig, api: MailApi, point: str, moment: str) -> None:
    """Between opening and call the ended lease stops it; after the call its fence is no longer the newest."""
    sender = frozen(rig, point, moment, "2")
    assert rig.run("none", "before", 0) == 0
    assert_once(rig, api)

    assert thawed(sender) == 0
    assert_once(rig, api)


def test_a_worker_frozen_inside_a_transaction_lets_go_of_its_locks(rig: Rig, api: MailApi) -> None:
    sender = frozen(rig, "opening", "inside", "2")

    assert rig.run("none", "before", 0) == 0
    assert_once(rig, api)
    thawed(sender)
    assert_once(rig, api)


def test_a_second_sender_on_one_file_waits_for_the_first(tmp_path: Path) -> None:
    """The first is frozen in the middle, so the second must neither deliver nor give up."""
    rig = a_project(tmp_path, provider="outbox")
    first = frozen(rig, "submit", "after", "2")
    second = rig.start()
    time.sleep(2)
    assert second.poll() is None
    worker = subprocess.run(
        [sys.executable, "-m", "syndicate", "--config", str(rig.config), "worker", "--drain"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert worker.returncode != 0
    assert f"process {first.pid}" in worker.stderr
    assert "Traceback" not in worker.stderr

    assert thawed(first) == 0
    assert second.wait(60) == 0
    assert_once(rig, None)


def test_a_sender_that_waits_takes_over_when_the_first_dies(tmp_path: Path) -> None:
    rig = a_project(tmp_path, provider="outbox")
    first = frozen(rig, "submit", "after", "2")
    second = rig.start()
    time.sleep(1)
    first.kill()
    first.wait()

    assert second.wait(60) == 0
    assert_once(rig, None)
    assert Counter(rig.addresses().values()) == rig.outbox()
