"""A mailer that says what a test tells it, and short words for what tests of delivering do again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from syndicate.domain.delivery import (
    Absent,
    Accepted,
    Answer,
    Compiled,
    Finding,
    Limits,
    Submission,
)
from syndicate.domain.digest import Edition
from syndicate.domain.tokens import keyed_hash
from syndicate.flows.delivering import Status
from syndicate.flows.house import House
from syndicate.flows.pipeline import prepare, seal
from syndicate.testing.house import SECRET
from syndicate.testing.stocking import a_consent

SECONDS = timedelta(seconds=1)
LIMITS = Limits(count=500, octets=50_000_000, timeout=10 * SECONDS, settle=10 * SECONDS)


@dataclass
class Told:
    """A mailer that answers as it was told, then accepts, and remembers who was mailed and when."""

    name: str = "told"
    limits: Limits = LIMITS
    answers: list[Answer] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mailed: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    asked: int = 0
    before: Callable[[], object] = lambda: None

    def compile(self, submission: Submission) -> Compiled:
        return Compiled(submission=submission, parts=(b"",), body_hash="0" * 64)

    def submit(self, compiled: Compiled) -> Answer:
        self.before()
        self.keys.append(compiled.submission.key)
        answer = self.answers.pop(0) if self.answers else Accepted(reference="r")
        if isinstance(answer, Accepted):
            not_taken = {entry.subscriber for entry in answer.entries}
            self.mailed += [r.subscriber for r in compiled.submission.recipients if r.subscriber not in not_taken]
        return answer

    def find(self, submission: Submission) -> Finding:
        self.asked += 1
        return self.findings.pop(0) if self.findings else Absent()


def prepared(house: House, edition: Edition) -> int:
    seal(house, edition.id, house.clock())
    return prepare(house, edition.id, house.clock()).id


def says(standing: Status, **classes: int) -> None:
    names = ("waiting", "sent", "rejected", "suppressed", "held", "unknown")
    found = {name: getattr(standing, name) for name in names}
    assert found == dict.fromkeys(names, 0) | classes
    assert standing.planned == sum(found.values())


def leaves(house: House, reader: int) -> None:
    house.store.subscribers.leave(reader, ["weekly"], a_consent("left"))


def suppresses(house: House, reader: int) -> None:
    address = house.store.subscribers.get(reader).address
    house.store.subscribers.suppress(keyed_hash(SECRET, address), "complained", house.clock())
