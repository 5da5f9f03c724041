"""What a visit works with: one set per pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from syndicate.collect.options import CollectOptions
from syndicate.collect.workers import Readers
from syndicate.net.fetch import Fetcher
from syndicate.net.robots import Robots


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The fetcher, what robots.txt files say, the reading workers, and the bounds."""

    options: CollectOptions
    fetcher: Fetcher
    robots: Robots
    readers: Readers
    now: datetime
