"""How this installation mails, whichever mailer carries it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPolicy:
    """``rate`` in messages a second (0 for no limit); ``batch`` the most recipients of one call."""

    mailer: str
    sender: str
    reply_to: str = ""
    rate: float = 0.0
    batch: int = 500
    lease: timedelta = timedelta(seconds=60)
