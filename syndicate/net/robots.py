"""robots.txt as RFC 9309 wants it: asked once per origin and day, and believed.

Called by ``collect`` before each page. An answer 4xx means that everything is allowed; 5xx or no answer means to wait,
or to go on by the last copy. Matching is Protego's; the groups that are for others are left out before it sees them,
for it matches names by their beginning and needs minutes where thousands of names share thousands of rules.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from syndicate.domain.collecting import Cause
from syndicate.net.address import shown
from syndicate.net.answer import Answer, Failed
from syndicate.net.fetch import Fetcher
from syndicate.net.headers import wait_of

_OCTETS = 512 * 1024
_SERVER_ERROR = 500
_REDIRECT = 300
_TOO_MANY_REQUESTS = 429
_OK = 200
_DAY = timedelta(hours=24)
_MONTH = timedelta(days=30)
_MOST_ORIGINS = 4096
_LONGEST_KEPT = 64 * 1024
_AGENT = re.compile(r"\s*user[ -]?agents?\s*[:\s]\s*([^#]*)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"\s*(?:sitemaps?|site-map|host)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Read:
    """One robots.txt: when it was read, and those of its lines that concern us."""

    at: datetime
    lines: str


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one origin lets us read, and the seconds between two pages that it asks for."""

    matcher: Protego
    pause: float


class RobotsMemory:
    """What robots.txt files said, for as long as a process lives; handed to each pass. Forgets the oldest first.

    Several passes may use it at once.
    """

    def __init__(self) -> None:
        self._read: dict[str, _Read] = {}
        self._lock = threading.Lock()

    def get(self, origin: str, now: datetime, within: timedelta) -> str | None:
        """The lines read within that time, but not later than now: a clock may have been wrong."""
        read = self._read.get(origin)
        return read.lines if read and timedelta(0) <= now - read.at <= within else None

    def put(self, origin: str, lines: str, now: datetime) -> None:
        """Remember what was read; what is uncommonly long is read again instead."""
        with self._lock:
            self._read.pop(origin, None)
            if len(lines) <= _LONGEST_KEPT:
                self._read[origin] = _Read(now, lines)
            while len(self._read) > _MOST_ORIGINS:
                del self._read[next(iter(self._read))]


class Robots:
    """What each origin lets us read, in one pass that began at ``now``. Belongs to one event loop."""

    def __init__(self, fetcher: Fetcher, user_agent: str, memory: RobotsMemory, now: datetime) -> None:
        self._fetcher = fetcher
        self._name = product_of(user_agent)
        self._memory = memory
        self._now = now
        self._asked: dict[str, asyncio.Task[_Rules | Failed]] = {}

    async def permission(self, url: str) -> Failed | float:
        """The seconds to leave between this page and the one before, or why the page may not be read."""
        parts = urlsplit(url)
        origin = f"{parts.scheme.lower()}://{parts.netloc.lower()}"
        if origin not in self._asked:
            self._asked[origin] = asyncio.create_task(self._rules(origin))
        rules = await asyncio.shield(self._asked[origin])
        if isinstance(rules, Failed):
            return rules
        if rules.matcher.can_fetch(url, self._name):
            return rules.pause
        problem = f"{shown(url)} is closed to us by {origin}/robots.txt; ask the outlet, or read it through its feed"
        return Failed(problem=problem, passing=False, cause=Cause.REFUSED)

    async def _rules(self, origin: str) -> _Rules | Failed:
        lines = self._memory.get(origin, self._now, _DAY)
        if lines is None:
            answer = await self._fetcher.get(f"{origin}/robots.txt", octets=_OCTETS, shorten=True)
            refused = _refused(origin, answer, self._now)
            if refused:
                lines = self._memory.get(origin, self._now, _MONTH)
                return refused if lines is None else self._understood(lines)
            lines = _lines(answer, self._name)
            self._memory.put(origin, lines, self._now)
        return self._understood(lines)

    def _understood(self, lines: str) -> _Rules:
        matcher = Protego.parse(lines)
        rate = matcher.request_rate(self._name)
        return _Rules(matcher, max(matcher.crawl_delay(self._name) or 0.0, rate.seconds / rate.requests if rate else 0))

    async def close(self) -> None:
        """Stop asking."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)


def product_of(user_agent: str) -> str:
    """The product token of a User-Agent field, lower case: the name that robots.txt files know us by."""
    return re.split(r"[/\s]", user_agent.strip(), maxsplit=1)[0].lower()


def _refused(origin: str, answer: Answer | Failed, now: datetime) -> Failed | None:
    """Why no page of ``origin`` is asked for: nobody could say what its rules are."""
    if isinstance(answer, Failed):
        return None if answer.endless else replace(answer, problem=f"{answer.problem} (asked before any page)")
    if answer.status >= _SERVER_ERROR or answer.status == _TOO_MANY_REQUESTS:
        problem = f"{origin}/robots.txt answers {answer.status}, so no page is asked for; it is tried again later"
        wait = wait_of(answer.headers, now)
        cause = Cause.REFUSED if wait is None else Cause.BUSY
        return Failed(problem=problem, passing=True, cause=cause, wait=wait, where=answer.url)
    return None


def _lines(answer: Answer | Failed, name: str) -> str:
    """What concerns us of a robots.txt; nothing, if there is none, which allows everything (section 2.3.1.3)."""
    if isinstance(answer, Failed) or not _OK <= answer.status < _REDIRECT:
        return ""
    return "\n".join(_ours(answer.body.decode("utf-8", "replace").removeprefix("\ufeff"), name))


def _ours(text: str, name: str) -> Iterator[str]:
    """The lines of the groups for ``name`` and for everybody.

    A group is for the product it names in full, in any case of letters (RFC 9309 section 2.2.1).
    """
    naming, concerned = True, False
    for line in text.splitlines():
        agent = _AGENT.match(line)
        if agent is None:
            blank = not line.partition("#")[0].strip()
            naming = naming and (blank or bool(_SITE_WIDE.match(line)))
            if concerned and not blank:
                yield line
            continue
        named = "*" if agent[1].startswith("*") else product_of(agent[1])
        concerned = named in {"*", name} or (naming and concerned)
        naming = True
        if named in {"*", name}:
            yield f"User-agent: {named}"
