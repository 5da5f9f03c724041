"""The embedded engine with real threads and a real clock: nothing ends it but ``stop``, and nothing makes it spin."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.domain.delivery import (
    Accepted,
    Answer,
    Compiled,
    Finding,
    InDoubt,
    Limits,
    Submission,
    Unanswered,
)
from syndicate.domain.errors import StoreInUse
from syndicate.domain.notice import NoticeDraft, NoticeKind
from syndicate.engine import Handlers, Job
from syndicate.engine.local import Local, handlers_of, work
from syndicate.flows.house import House
from syndicate.flows.pipeline import compose, prepare, seal
from syndicate.testing.builders import a_mail_policy
from syndicate.testing.house import a_house
from syndicate.testing.stocking import publications, readers

LIMITS = Limits(count=500, octets=50_000_000, timeout=timedelta(seconds=1), settle=timedelta(seconds=1))


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Leisurely:
    """A mailer whose calls take a while; it remembers what left and when."""

    name: str = "leisurely"
    limits: Limits = LIMITS
    seconds: float = 0.0
    answers: list[Answer] = field(default_factory=list)
    left: list[tuple[str, float]] = field(default_factory=list)
    asked: int = 0

    def compile(self, submission: Submission) -> Compiled:
        return Compiled(submission=submission, parts=(b"",), body_hash="0" * 64)

    def submit(self, compiled: Compiled) -> Answer:
        is_notice = "/notice/" in compiled.submission.key
        time.sleep(0.0 if is_notice else self.seconds)
        answer = self.answers.pop(0) if self.answers else Accepted(reference="r")
        if isinstance(answer, Accepted):
            self.left += [(r.address, time.monotonic()) for r in compiled.submission.recipients]
        return answer

    def find(self, submission: Submission) -> Finding:
        self.asked += 1
        return Unanswered(reason="503")


@pytest.fixture
def mailer() -> Leisurely:
    return Leisurely()


@pytest.fixture
def house(tmp_path: Path, mailer: Leisurely) -> House:
    policy = a_mail_policy(mailer=mailer.name, batch=1)
    return replace(a_house(tmp_path, mailer=mailer, mail=policy), clock=now, sleep=time.sleep)


def a_running_delivery(house: House, count: int) -> int:
    readers(house.store, count)
    publications(house.store, 1, now=now())
    edition = compose(house, "weekly", now())
    seal(house, edition.id, now())
    return prepare(house, edition.id, now()).id


@contextmanager
def running(target: Callable[[threading.Event], None]) -> Iterator[None]:
    """``target`` in a thread for the block; it must end soon after being told to."""
    stop = threading.Event()
    thread = threading.Thread(target=target, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        told = time.monotonic()
        stop.set()
        thread.join(30)
        assert not thread.is_alive()
        assert time.monotonic() - told < 2.0, "it should stop within a second or so"


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)


def counting(handlers: Handlers, seen: Counter[Job]) -> Handlers:
    def counted(handler: Callable[[Job], None]) -> Callable[[Job], None]:
        def handle(job: Job) -> None:
            seen[job] += 1
            handler(job)

        return handle

    return {kind: counted(handler) for kind, handler in handlers.items()}


def test_a_confirmation_leaves_at_once_while_an_edition_is_under_way(house: House, mailer: Leisurely) -> None:
    mailer.seconds = 0.3
    a_running_delivery(house, 40)
    draft = NoticeDraft(kind=NoticeKind.CONFIRM, subscriber=9, address="new@example.org", subject="?", html="", text="")
    with running(lambda stop: work(house, stop)):
        until(lambda: len(mailer.left) >= 2)
        asked = time.monotonic()
        house.store.notices.add(draft, now())
        until(lambda: any(to == "new@example.org" for to, _ in mailer.left))
        assert time.monotonic() - asked < 3.0
        assert house.store.deliveries.next_due() is not None, "the edition should still be under way"


def test_every_letter_leaves_once_through_many_threads(house: House, mailer: Leisurely) -> None:
    delivery = a_running_delivery(house, 30)
    with running(lambda stop: work(house, stop, threads=4)):
        until(lambda: house.store.deliveries.next_due() is None)

    assert Counter(to for to, _ in mailer.left) == Counter(f"weekly{n}@example.org" for n in range(1, 31))
    assert house.store.deliveries.sums(delivery).sent == 30


def test_a_job_that_fails_is_put_off_alone(house: House, mailer: Leisurely, caplog: pytest.LogCaptureFixture) -> None:
    """Not tried in a circle, no thread ended, and no other batch kept waiting."""
    delivery = a_running_delivery(house, 8)
    seen: Counter[Job] = Counter()
    poison = Job(kind="batch", delivery=delivery, number=1)

    def working(stop: threading.Event) -> None:
        real = handlers_of(house, stop)

        def batch(job: Job) -> None:
            if job == poison:
                raise RuntimeError("a bug")
            real["batch"](job)

        Local(house, 1).run(counting({**real, "batch": batch}, seen), stop)

    with caplog.at_level(logging.CRITICAL, "syndicate.engine"), running(working):
        until(lambda: len(mailer.left) == 7, seconds=4)
        until(lambda: seen[poison] == 2)

    assert seen[poison] <= 3


def test_a_batch_in_doubt_makes_nobody_spin(house: House, mailer: Leisurely) -> None:
    mailer.answers = [InDoubt(reason="dropped")]
    a_running_delivery(house, 1)
    seen: Counter[Job] = Counter()
    with running(lambda stop: Local(house, 2).run(counting(handlers_of(house, stop), seen), stop)):
        time.sleep(2.5)

    assert 2 <= seen.total() <= 12
    assert mailer.asked <= 10


def test_it_stops_in_the_middle_of_a_wait_for_permits(house: House, mailer: Leisurely) -> None:
    a_running_delivery(house, 4)
    slow = replace(house, mail=replace(house.mail, rate=0.01))
    with running(lambda stop: work(slow, stop)):
        until(lambda: len(mailer.left) == 1)
        time.sleep(0.2)

    assert len(mailer.left) == 1


def test_the_store_going_away_ends_no_thread(house: House, mailer: Leisurely, caplog: pytest.LogCaptureFixture) -> None:
    class Away:
        def __init__(self) -> None:
            self.times = 0

        def __call__(self) -> datetime:
            self.times += 1
            if self.times <= 3:
                raise OSError("the database went away")
            return now()

    delivery = a_running_delivery(house, 3)
    away = replace(house, clock=Away())
    with (
        caplog.at_level(logging.CRITICAL, "syndicate.engine"),
        running(lambda stop: Local(away, 2).run(handlers_of(away, stop), stop)),
    ):
        until(lambda: house.store.deliveries.sums(delivery).sent == 3)


def test_a_second_worker_on_one_file_is_told_who_delivers(house: House) -> None:
    with house.store.delivering(), pytest.raises(StoreInUse, match="another process"):
        work(house, threading.Event())
