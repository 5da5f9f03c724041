"""Whatever happens to a delivery, in whatever order: the sums add up, nobody is lost, nobody is mailed twice.

A model that knows nothing of batches follows each reader through random histories of openings, answers, doubts,
late closings, pauses and departures. The domain decides as in the flows; the store must remember.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from syndicate.domain.delivery import (
    Absent,
    Accepted,
    Answer,
    Batch,
    BatchState,
    Busy,
    DeliveryState,
    Entry,
    Fate,
    Finding,
    InDoubt,
    Limits,
    Located,
    Outcome,
    OutcomeKind,
    Refused,
    Step,
    Unanswered,
    entering,
)
from syndicate.domain.settling import after_answer, after_finding
from syndicate.store import SqlStore, audit, open_store, upgrade
from syndicate.testing.builders import NOON
from syndicate.testing.stocking import LEASE, a_consent, a_delivery, readers

LIMITS = Limits(count=9, octets=1, timeout=timedelta(seconds=5), settle=timedelta(seconds=5))
CLASSES = ("waiting", "sent", "rejected", "suppressed", "held", "unknown")
READERS = 5


@cache
def stocked() -> bytes:
    """A file with ``READERS`` readers, made once and copied for every history."""
    with tempfile.TemporaryDirectory(prefix="syndicate-ledger-") as folder:
        path = Path(folder) / "stocked.db"
        upgrade(f"sqlite:///{path}")
        store = open_store(f"sqlite:///{path}", hash_address=str)
        readers(store, READERS)
        store.close()
        return path.read_bytes()


def a_store(folder: str) -> SqlStore:
    """A stocked store of its own."""
    path = Path(folder) / "store.db"
    path.write_bytes(stocked())
    return open_store(f"sqlite:///{path}", hash_address=str)


class Call(NamedTuple):
    """A call that a worker is in: sending or asking, about whom."""

    step: Step
    batch: Batch
    recipients: tuple[int, ...]


class Ledger(RuleBasedStateMachine):
    """``fate`` is what the model believes of each reader; ``accepted`` how often the mailer took a letter to them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="syndicate-ledger-")
        self.store = a_store(self.folder.name)
        self.now = NOON
        self.fate: dict[int, str] = {}
        self.accepted: Counter[int] = Counter()
        self.left: set[int] = set()
        self.under_way: list[Call] = []

    def teardown(self) -> None:
        """At the end of every history the audit finds nothing."""
        found = audit(self.store)
        self.store.close()
        self.folder.cleanup()
        assert found == ()

    @initialize(size=st.integers(1, READERS))
    def prepare(self, size: int) -> None:
        """Freeze the audience."""
        ids = tuple(self.store.deliveries.audience("weekly"))
        self.delivery = a_delivery(self.store, ids, size).id
        self.fate = dict.fromkeys(ids, "waiting")

    @rule(seconds=st.sampled_from([30, 90, 1000]))
    def wait(self, seconds: int) -> None:
        """Time passes; leases end and pauses pass."""
        self.now += timedelta(seconds=seconds)

    @rule(reader=st.integers(1, READERS))
    def leave(self, reader: int) -> None:
        """A reader leaves; whoever waits will not be mailed."""
        self.store.subscribers.leave(reader, ["weekly"], a_consent("left"))
        self.left.add(reader)

    @rule()
    def pause_or_resume(self) -> None:
        """Somebody pauses the delivery, or lets it run again."""
        if self.store.deliveries.get(self.delivery).state is DeliveryState.PAUSED:
            self.store.deliveries.resume(self.delivery)
        else:
            self.store.deliveries.pause(self.delivery, "wait")

    @rule()
    def take_over(self) -> None:
        """The process died and another begins."""
        self.store.deliveries.take_over(self.now)

    @precondition(lambda self: self.due())
    @rule(data=st.data())
    def enter(self, data: st.DataObject) -> None:
        """Open what is due and mark it; the call is under way, or its worker froze."""
        call = self.open_one(data.draw(st.sampled_from(self.due())))
        self.under_way += [call] if call else []

    @precondition(lambda self: self.due())
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        """The same, and the mailer answers at once."""
        call = self.open_one(data.draw(st.sampled_from(self.due())))
        if call:
            self.close_one(call, data)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def wake(self, data: st.DataObject) -> None:
        """A worker hears from the mailer, however long after; it stays able to say the same again."""
        self.close_one(data.draw(st.sampled_from(self.under_way)), data)

    def due(self) -> list[int]:
        """Numbers of the batches to be entered."""
        return [number for _, number in self.store.deliveries.due(self.now, 100)]

    def open_one(self, number: int) -> Call | None:
        """The opening transaction, as the flow has it."""
        with self.store.deliveries.opening(self.delivery, number) as opening:
            batch = opening.batch
            step = entering(batch, opening.delivery, self.now)
            assert step is not Step.LEAVE
            if step is Step.ASK:
                asking = replace(batch, fence=batch.fence + 1)
                opening.put(asking)
                return Call(step, asking, opening.remaining())
            mailable = tuple(reader.id for reader in opening.recipients())
            gone = [i for i in opening.remaining() if i not in mailable]
            opening.drop([Outcome(subscriber=i, kind=OutcomeKind.SUPPRESSED) for i in gone])
            state = BatchState.SENDING if mailable else BatchState.SENT
            lease = self.now + LEASE if mailable else None
            marked = replace(batch, state=state, fence=batch.fence + 1, attempt=batch.attempt + 1, lease_until=lease)
            opening.put(marked)
        assert set(gone) <= self.left
        assert self.left.isdisjoint(mailable)
        self.fate.update(dict.fromkeys(gone, "suppressed") | dict.fromkeys(mailable, "unknown"))
        return Call(step, marked, mailable) if mailable else None

    def close_one(self, call: Call, data: st.DataObject) -> None:
        """The closing transaction, after whatever the mailer says; it must take exactly if the fence holds."""
        if call.step is Step.SEND:
            answer = data.draw(answers(call.recipients))
            change = after_answer(call.batch, answer, self.now)
            fates = _fates(answer, call.recipients)
        else:
            finding = data.draw(findings(call.recipients))
            change = after_finding(call.batch, finding, LIMITS, self.now)
            fates = _found(change.batch.state, finding, call.recipients)
        stored = self.store.deliveries.batches(self.delivery)[call.batch.number - 1]
        ours = stored.state is BatchState.SENDING and stored.fence == call.batch.fence
        assert self.store.deliveries.close(call.batch.fence, change) == ours
        if ours:
            self.fate.update(fates)
            self.accepted.update(i for i, fate in fates.items() if fate == "sent")

    @invariant()
    @precondition(lambda self: bool(self.fate))
    def sums_are_true(self) -> None:
        """The sums add up, and each class is what the model believes."""
        sums = self.store.deliveries.sums(self.delivery)
        state = self.store.deliveries.get(self.delivery).state
        believed = Counter(self.fate.values())
        if state is DeliveryState.PAUSED:
            believed["held"], believed["waiting"] = believed["waiting"], 0
        assert sums.add_up
        assert {name: getattr(sums, name) for name in CLASSES} == {name: believed[name] for name in CLASSES}

    @invariant()
    @precondition(lambda self: bool(self.fate))
    def nobody_is_lost_or_mailed_twice(self) -> None:
        """Everybody is in exactly one place, and the mailer took at most one letter to each."""
        outcomes = self.store.deliveries.outcomes(self.delivery)
        moved = {(number, o.subscriber) for number, o in outcomes if o.kind is OutcomeKind.MOVED}
        batches = self.store.deliveries.batches(self.delivery)
        places = Counter(i for batch in batches for i in batch.ids if (batch.number, i) not in moved)
        assert places == Counter(self.fate.keys())
        assert all(times <= 1 for times in self.accepted.values())

    @invariant()
    @precondition(lambda self: bool(self.fate))
    def done_means_done(self) -> None:
        """A delivery is done exactly when every batch has its end."""
        open_ = {BatchState.READY, BatchState.SENDING}
        ended = not any(batch.state in open_ for batch in self.store.deliveries.batches(self.delivery))
        assert (self.store.deliveries.get(self.delivery).state is DeliveryState.DONE) == ended


def answers(recipients: tuple[int, ...]) -> st.SearchStrategy[Answer]:
    """What a mailer may say to a call."""
    fates = st.dictionaries(st.sampled_from(recipients), st.sampled_from([Fate.REJECTED, Fate.LATER]))
    accepted = fates.map(
        lambda each: Accepted(reference="r", entries=tuple(Entry(subscriber=i, fate=f) for i, f in each.items()))
    )
    others: list[Answer] = [
        Refused(reason="no"),
        Refused(reason="key", ours=True),
        Busy(reason="429"),
        InDoubt(reason="?"),
    ]
    return st.one_of(accepted, st.sampled_from(others))


def findings(recipients: tuple[int, ...]) -> st.SearchStrategy[Finding]:
    """What a mailer may say when it is asked."""
    missing = st.lists(st.sampled_from(recipients), unique=True)
    located = missing.map(lambda ids: Located(reference="r", missing=tuple(ids)))
    others: list[Finding] = [Absent(), Unanswered(reason="?"), Unanswered(reason="never", never=True)]
    return st.one_of(located, st.sampled_from(others))


def _fates(answer: Answer, recipients: tuple[int, ...]) -> dict[int, str]:
    if isinstance(answer, InDoubt):
        return {}
    if isinstance(answer, Busy) or (isinstance(answer, Refused) and answer.ours):
        return dict.fromkeys(recipients, "waiting")
    if isinstance(answer, Refused):
        return dict.fromkeys(recipients, "rejected")
    said = {entry.subscriber: "rejected" if entry.fate is Fate.REJECTED else "waiting" for entry in answer.entries}
    return dict.fromkeys(recipients, "sent") | said


def _found(state: BatchState, finding: Finding, recipients: tuple[int, ...]) -> dict[int, str]:
    if state is BatchState.READY:
        return dict.fromkeys(recipients, "waiting")
    if state is BatchState.SENT:
        assert isinstance(finding, Located)
        return dict.fromkeys(recipients, "sent") | dict.fromkeys(finding.missing, "waiting")
    return {}


TestLedger = Ledger.TestCase
TestLedger.settings = settings(
    max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
