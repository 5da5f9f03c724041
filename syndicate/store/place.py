"""Where a database lives, so that a copy of it is noticed before it mails anybody a second time (promise 11).

A copy that is restored on another machine, or under another name, holds batches that the original has sent since and
knows nothing of what the original collected since. Nobody but a person can say which of the two is the real one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import URL

_MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_LENGTH = 32


def place_of(url: URL) -> str:
    """A short name for where the database at ``url`` lives: equal for the same place, hiding what it is made of.

    SQLite: the file's full path on this machine (machine-id(5); a container that has none goes by the path alone, so
    that its restart is no move). PostgreSQL: host, port and database; who asks from where makes no difference.
    """
    if url.get_backend_name() == "sqlite":
        parts = ["sqlite", _machine(), str(Path(url.database or "").resolve())]
    else:
        told = (url.host or url.query.get("host", ""), url.port or url.query.get("port", ""), url.database or "")
        parts = ["postgresql", *map(str, told)]
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:_LENGTH]


def _machine() -> str:
    for path in _MACHINE:
        try:
            return path.read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            continue
    return ""
