"""outbox: letters as files, one ``.eml`` each. No account, no network; what the demo and the first hour use.

A letter's path is made of its delivery and its subscriber alone: ``PATH/INSTALL-DELIVERY/SUBSCRIBER.eml``, and
``PATH/INSTALL-notice/NOTICE-SUBSCRIBER.eml`` for a notice. Batch and generation have no part in it, so a call made
twice, by whomever and under whatever key, is one file. A file appears whole or not at all, is on the disk before the
call is answered, and is never written again.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from syndicate.deliver.headers import posted, unposted
from syndicate.deliver.mime import messages
from syndicate.deliver.options import OutboxOptions
from syndicate.domain.delivery import (
    Absent,
    Accepted,
    Answer,
    Busy,
    Compiled,
    Finding,
    InDoubt,
    Limits,
    Located,
    Submission,
    Unanswered,
)
from syndicate.domain.letter import Recipient

_KEY = re.compile(r"(?P<install>\w[\w.-]*)/(?P<delivery>\w+)/(?P<number>\w+)/(?P<generation>\d+)", re.ASCII)

_AT_ONCE = timedelta(0)
"""A folder's answer may be believed at once: a writer that wakes up late writes the same files, not second ones."""


class Outbox:
    """A folder as a mail API."""

    def __init__(self, options: OutboxOptions) -> None:
        """Nothing is touched until the first letter is written."""
        self.name = "outbox"
        self.limits = Limits(count=500, octets=50_000_000, timeout=_AT_ONCE, settle=_AT_ONCE)
        self._path = options.path

    def compile(self, submission: Submission) -> Compiled:
        """One part per letter, in order of the recipients that can be written to."""
        parts = messages(submission)
        whole = hashlib.sha256()
        for part in parts:
            whole.update(part)
        return Compiled(submission=submission, parts=parts, body_hash=whole.hexdigest())

    def submit(self, compiled: Compiled) -> Answer:
        """Write what is not there yet. A full or read-only disk is ``Busy`` before the first file, doubt after it."""
        submission = compiled.submission
        folder = self._folder(submission)
        begun = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for (recipient, _), part in zip(posted(submission), compiled.parts, strict=True):
                begun = _write(self._file(submission, recipient), part) or begun
            _sync(folder)
        except OSError as trouble:
            reason = f"cannot write a letter into {folder}: {trouble.strerror or trouble}; make room or mend the rights"
            return InDoubt(reason=reason) if begun else Busy(reason=reason)
        return Accepted(reference=folder.name, entries=unposted(submission))

    def find(self, submission: Submission) -> Finding:
        """Which letters are there. A folder cannot lag, so the answer is complete."""
        try:
            missing = tuple(self._missing(submission))
        except OSError as trouble:
            return Unanswered(reason=f"cannot read {self._folder(submission)}: {trouble.strerror or trouble}")
        if len(missing) == len(submission.recipients):
            return Absent()
        return Located(reference=self._folder(submission).name, missing=missing)

    def _missing(self, submission: Submission) -> Iterator[int]:
        folder = self._folder(submission)
        there = {entry.name for entry in os.scandir(folder)} if folder.is_dir() else set()
        for recipient in submission.recipients:
            if self._file(submission, recipient).name not in there:
                yield recipient.subscriber

    def _folder(self, submission: Submission) -> Path:
        key = _parsed(submission.key)
        return self._path / f"{key['install']}-{key['delivery']}"

    def _file(self, submission: Submission, recipient: Recipient) -> Path:
        key = _parsed(submission.key)
        once = f"{key['number']}-" if key["delivery"] == "notice" else ""
        return self._folder(submission) / f"{once}{recipient.subscriber}.eml"


def build(options: OutboxOptions) -> Outbox:
    """The mailer for ``provider = "outbox"``."""
    return Outbox(options)


def _parsed(key: str) -> dict[str, str]:
    parsed = _KEY.fullmatch(key)
    if parsed is None:
        msg = f"{key!r} is not a key install/delivery/number/generation"
        raise ValueError(msg)
    return parsed.groupdict()


def _write(path: Path, letter: bytes) -> bool:
    """Write a letter durably under its name, all of it or none; whether it was new.

    A kill in between leaves a ``.part`` file, which nobody reads.
    """
    if path.exists():
        return False
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(letter)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
    return True


def _sync(folder: Path) -> None:
    """Make the names durable too: a file's own fsync does not cover the folder it stands in."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
