"""What the configuration tells the collector, and the bounds it keeps in any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from syndicate import __version__
from syndicate.net.limits import FetchLimits

USER_AGENT = f"syndicate/{__version__} (newsletter and feed collector)"


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectOptions:
    """Bounds of one pass. ``octets`` counts the decompressed body; ``private_addresses`` lets loopback tests through.

    ``timeout`` bounds one request from connect to last byte, ``visit`` the asking for articles in one visit,
    ``parse_seconds`` the CPU time of one parse and ``parse_octets`` its memory. Of one source at most ``items`` entries
    on ``lists`` list pages are read and ``pages`` articles asked for; the rest comes with the next visits. ``readers``
    is how many processes parse. ``spacing`` is the pause between the starts of two requests to one site.
    """

    concurrency: int = 32
    user_agent: str = USER_AGENT
    private_addresses: bool = False
    timeout: timedelta = timedelta(seconds=20)
    visit: timedelta = timedelta(minutes=5)
    octets: int = 10 * 1024 * 1024
    parse_seconds: int = 4
    parse_octets: int = 1536 * 1024 * 1024
    readers: int = 3
    items: int = 5000
    lists: int = 5
    pages: int = 200
    spacing: timedelta = timedelta(seconds=1)

    @property
    def fetching(self) -> FetchLimits:
        """The part of it that the fetcher keeps."""
        return FetchLimits(
            user_agent=self.user_agent,
            private_addresses=self.private_addresses,
            timeout=self.timeout.total_seconds(),
            octets=self.octets,
            connections=self.concurrency,
            spacing=self.spacing.total_seconds(),
        )
