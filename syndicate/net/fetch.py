"""One GET: guarded, bounded in time and octets, polite, conditional, redirects followed by hand.

Called by ``collect`` inside its event loop. What goes wrong on the way is a value, ``Failed``, whose one line a person
can act upon.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpcore2
import httpx2 as httpx

from syndicate.domain.collecting import Cause
from syndicate.net.address import host_of, port_refused, shown, site_of, web_address
from syndicate.net.answer import Answer, Failed, Permission, Validators, belongs_to, representation_of
from syndicate.net.failing import BROKEN, failure
from syndicate.net.guard import GuardedPool
from syndicate.net.headers import fields, wait_of
from syndicate.net.limits import FetchLimits
from syndicate.net.turns import HostTurns, Starts
from syndicate.net.unpack import TooMuch, Unpacker

__all__ = ["Answer", "Failed", "FetchLimits", "Fetcher", "Permission", "Validators"]

MOST_HOPS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_TOO_MANY_REQUESTS = 429
_BUSY = frozenset({_TOO_MANY_REQUESTS, 503})
_CODINGS = "gzip, deflate"
_MOST_FIELDS = 256
_UNTOLD_WAIT = 60.0
"""How long a host is left alone that is asked too much (429) and does not say for how long."""
_LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """One hop. ``headers`` are what is sent, names in lower case."""

    url: str
    headers: Mapping[str, str]
    octets: int
    shorten: bool
    pause: float
    moved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hold:
    """A host asked us to wait until ``ends`` of the loop's clock, at ``where``."""

    ends: float
    until: datetime
    where: str


@dataclass(slots=True)
class _Way:
    """Where the redirects of one ``get`` led."""

    asked: str
    seen: set[str] = field(default_factory=set)
    moved: str = ""
    permanent: bool = True

    def leads_to(self, following: str, status: int) -> None:
        """Take one redirect. A permanent one that gives up TLS is followed and not believed."""
        downgraded = self.asked.startswith("https:") and not following.startswith("https:")
        self.permanent = self.permanent and status in _FOR_GOOD and not downgraded
        self.moved = following if self.permanent else self.moved


class Fetcher:
    """Asks web servers, for as long as its block lasts. Belongs to one event loop; ``now`` is when the pass began.

    It keeps to one request in flight per host and to the spacing of ``FetchLimits``; a host that said 429 or 503 and
    for how long to wait is not asked again before that.
    """

    def __init__(self, limits: FetchLimits, tls: ssl.SSLContext, now: datetime) -> None:
        self._limits = limits
        self._now = now
        self._turns = HostTurns(limits.patience, limits.spacing, limits.connections)
        self._pauses = Starts()
        self._holds: dict[str, _Hold] = {}
        self._begun = 0.0
        self._pool = GuardedPool(private_addresses=limits.private_addresses, idle=limits.connections, tls=tls)

    async def __aenter__(self) -> Self:
        self._begun = asyncio.get_running_loop().time()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._pool.aclose()

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        validators: Validators | None = None,
        permission: Permission | None = None,
        octets: int = 0,
        shorten: bool = False,
    ) -> Answer | Failed:
        """The answer to ``GET url``, whatever its status, after at most five redirects; ``octets`` lowers the limit.

        A longer body is a failure, or with ``shorten`` cut there.
        ``validators`` are sent on the hop whose address and negotiation they belong to. ``permission`` is asked before
        each hop.
        """
        current = web_address(url)
        if not current:
            problem = f"{shown(url)} is not a web address; write http:// or https:// and a host"
            return Failed(problem=problem, passing=False, cause=Cause.REFUSED)
        way = _Way(asked=current)
        for _ in range(MOST_HOPS + 1):
            pause = await permission(current) if permission else 0.0
            if isinstance(pause, Failed):
                return pause
            sent = self._sent(current, headers or {}, validators, first=not way.seen)
            ask = _Ask(
                url=current,
                headers=sent,
                octets=octets or self._limits.octets,
                shorten=shorten,
                pause=pause,
                moved=way.moved,
            )
            answer = await self._hop(ask)
            if isinstance(answer, Failed) or answer.status not in _MOVED or "location" not in answer.headers:
                return answer
            way.seen.add(current)
            following = _redirected(answer, way)
            if isinstance(following, Failed):
                return following
            way.leads_to(following, answer.status)
            current = following
        return _too_many_hops(url)

    def _sent(
        self, url: str, headers: Mapping[str, str], validators: Validators | None, *, first: bool
    ) -> dict[str, str]:
        sent = {"accept": "*/*", "accept-encoding": _CODINGS, "user-agent": self._limits.user_agent}
        sent |= {name.lower(): value for name, value in headers.items()}
        if validators is None:
            return sent
        known = validators.representation
        if belongs_to(known, url, sent) if known else first:
            conditions = {"if-none-match": validators.etag, "if-modified-since": validators.last_modified}
            sent |= {name: value for name, value in conditions.items() if value}
        return sent

    async def _hop(self, ask: _Ask) -> Answer | Failed:
        """One request in its turn, its failures put into words."""
        port = port_refused(ask.url)
        if port:
            problem = f"{shown(ask.url)} names port {port}, where no web server lives, so it is not asked"
            return Failed(problem=problem, passing=False, cause=Cause.REFUSED)
        host, site = host_of(ask.url), site_of(ask.url)
        refused = self._held(host) or await self._paused(site, ask)
        if refused:
            return refused
        async with self._turns.turn(host, site, ask.pause):
            refused = self._held(host)  # it may have said so while we waited
            if refused:
                return refused
            answer = await self._bounded(ask)
        if isinstance(answer, Answer) and answer.status in _BUSY:
            self._hold(host, answer)
        return answer

    async def _bounded(self, ask: _Ask) -> Answer | Failed:
        try:
            async with asyncio.timeout(self._limits.timeout):
                return await self._request(ask)
        except BROKEN as error:
            return failure(ask.url, error, ask.octets, self._limits.timeout)

    async def _request(self, ask: _Ask) -> Answer | Failed:
        async with self._pool.ask(httpx.URL(ask.url), ask.headers, self._limits.timeout) as response:
            if len(response.headers) > _MOST_FIELDS:
                problem = f"{shown(ask.url)} answers with {len(response.headers)} header fields, so it is not read"
                return Failed(problem=problem, passing=True)
            answered = fields(response.headers)
            body, cut = b"", False
            if response.status not in _MOVED:
                body, cut = await _read(response, Unpacker(answered.get("content-encoding", ""), ask.octets), ask)
        return Answer(
            url=ask.url,
            status=response.status,
            headers=answered,
            body=body,
            representation=representation_of(ask.url, ask.headers, answered),
            moved=ask.moved,
            cut=cut,
            conditional="if-none-match" in ask.headers or "if-modified-since" in ask.headers,
        )

    async def _paused(self, site: str, ask: _Ask) -> Failed | None:
        """Wait out the pause that a robots.txt asks for, if that is not too long."""
        if ask.pause <= self._limits.spacing:
            return None
        wait = self._pauses.reserve(site, ask.pause, self._limits.pause)
        if wait is None:
            problem = f"{site} asks for {ask.pause:g} s between two pages, so the rest waits for the next visit"
            return Failed(problem=problem, passing=True, cause=Cause.BUSY)
        await asyncio.sleep(wait)
        return None

    def _hold(self, host: str, answer: Answer) -> None:
        """Remember for how long ``host`` wants to be left alone."""
        wait = wait_of(answer.headers, self._clock())
        if wait is None and answer.status == _TOO_MANY_REQUESTS:
            wait = _UNTOLD_WAIT
        if wait:
            wait = min(wait, _LONGEST_WAIT.total_seconds())
            ends = asyncio.get_running_loop().time() + wait
            self._holds[host] = _Hold(ends=ends, until=self._clock() + timedelta(seconds=wait), where=answer.url)

    def _held(self, host: str) -> Failed | None:
        hold = self._holds.get(host)
        left = hold.ends - asyncio.get_running_loop().time() if hold else 0.0
        if hold is None or left <= 0:
            return None
        problem = f"{host} is not asked before {hold.until:%Y-%m-%d %H:%M:%S} UTC: {shown(hold.where)} asked us to wait"
        return Failed(problem=problem, passing=True, cause=Cause.BUSY, wait=left, where=hold.where)

    def _clock(self) -> datetime:
        """``now``, grown older as the pass has."""
        return self._now + timedelta(seconds=asyncio.get_running_loop().time() - self._begun)


def _too_many_hops(url: str) -> Failed:
    problem = f"{shown(url)} redirects more than {MOST_HOPS} times; open it in a browser and use the address it shows"
    return Failed(problem=problem, passing=True, endless=True)


def _redirected(answer: Answer, way: _Way) -> str | Failed:
    """Where a redirect leads, if it leads on."""
    location = answer.headers["location"]
    following = web_address(_joined(answer.url, location))
    if not following:
        problem = f"{shown(answer.url)} redirects to {shown(location)}, which is no web address"
        return Failed(problem=problem, passing=False)
    if following in way.seen:
        problem = (
            f"{shown(way.asked)} redirects in a circle; open it in a browser and use the address it shows, "
            "it is tried again later"
        )
        return Failed(problem=problem, passing=True, endless=True)
    return following


async def _read(response: httpcore2.Response, unpacker: Unpacker, ask: _Ask) -> tuple[bytes, bool]:
    """The unpacked body, and whether it ended before its time."""
    try:
        async with aclosing(response.aiter_stream()) as parts:
            async for part in parts:
                unpacker.feed(part)
    except TooMuch:
        if not ask.shorten:
            raise
        return unpacker.body, True
    except (httpcore2.RemoteProtocolError, httpcore2.ReadError):
        if not unpacker.body:
            raise
        return unpacker.body, True
    return unpacker.body, not unpacker.complete


def _joined(current: str, location: str) -> str:
    try:
        return urljoin(current, location.strip())
    except ValueError:
        return ""
