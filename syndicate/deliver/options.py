"""What each mailer is told by the configuration; a secret never shows in a repr, so not in a log either."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxOptions:
    """``path`` is the folder that letters are written to; it is made when the first one is."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmarkOptions:
    """A server token and a message stream; ``settle`` is how far Postmark's search may lag behind what it accepted.

    Raises ``ValueError``, without showing the token, where token or address cannot be used at all.
    """

    token: str = field(repr=False)
    stream: str = "broadcast"
    base_url: str = "https://api.postmarkapp.com"
    timeout: timedelta = timedelta(seconds=30)
    settle: timedelta = timedelta(seconds=60)

    def __post_init__(self) -> None:
        if not self.token or not self.token.isascii() or not self.token.isprintable() or " " in self.token:
            msg = "the Postmark token is empty or holds a character that a token cannot have"
            raise ValueError(msg)
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            msg = f"base_url {self.base_url!r} is not an http or https address"
            raise ValueError(msg)
