"""robots.txt as RFC 9309 wants it: asked once per origin and pass, and believed.

An answer 4xx means that everything is allowed; 5xx or no answer means to wait. A byte order mark, which the parser
would stumble over, is removed.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from protego import Protego

from syndicate.net.address import shown
from syndicate.net.fetch import Failed, Fetcher

_OCTETS = 512 * 1024
_SERVER_ERROR = 500
_OK = 200


class Robots:
    """What each origin lets us read. Belongs to one event loop; remembers for as long as it lives."""

    def __init__(self, fetcher: Fetcher, user_agent: str) -> None:
        self._fetcher = fetcher
        self._name = re.split(r"[/\s]", user_agent.strip(), maxsplit=1)[0].lower()
        self._rules: dict[str, asyncio.Task[Protego | Failed]] = {}

    async def permission(self, url: str) -> Failed | None:
        """None where ``url`` may be read, else why not."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._ask(origin))
        rules = await asyncio.shield(self._rules[origin])
        if isinstance(rules, Failed):
            return rules
        if rules.can_fetch(url, self._name):
            return None
        problem = f"{shown(url)} is closed to us by {origin}/robots.txt; ask the outlet, or read it through its feed"
        return Failed(problem=problem, passing=False)

    async def _ask(self, origin: str) -> Protego | Failed:
        answer = await self._fetcher.get(f"{origin}/robots.txt", octets=_OCTETS)
        if isinstance(answer, Failed):
            return Failed(problem=f"{answer.problem} (asked before any page, RFC 9309)", passing=answer.passing)
        if answer.status >= _SERVER_ERROR:
            problem = f"{origin}/robots.txt answers {answer.status}, so no page is asked for; it is tried again later"
            return Failed(problem=problem, passing=True)
        text = answer.body.decode("utf-8", "replace").removeprefix("\ufeff") if answer.status == _OK else ""
        return Protego.parse(text)

    async def close(self) -> None:
        """Stop asking."""
        for task in self._rules.values():
            task.cancel()
        await asyncio.gather(*self._rules.values(), return_exceptions=True)
