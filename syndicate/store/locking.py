"""A lock that dies with its process: how one SQLite file has one process that delivers from it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from syndicate.domain.errors import StoreInUse

_LONGEST_HOLDER = 200


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock beside ``path`` for the block; raises ``StoreInUse`` where somebody else does.

    The operating system lets go of it when the process ends, however it ends, so a file left behind means nothing.
    """
    beside = Path(f"{path}.deliver.lock")
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, _LONGEST_HOLDER, 0).decode("ascii", "replace").strip()
            raise StoreInUse(str(path), holder or "it has just begun") from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}\n".encode("ascii"), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)
