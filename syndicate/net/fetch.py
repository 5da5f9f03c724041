"""One GET: guarded, bounded in time and octets, redirects followed by hand.

Called by ``collect`` inside its event loop. What goes wrong on the way is a value, ``Failed``, whose one line a person
can act upon.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpcore2
import httpx2 as httpx

from syndicate.net.address import host_of, shown, web_address
from syndicate.net.guard import GuardedTransport, PrivateAddress, Unreachable
from syndicate.net.turns import HostTurns

MOST_HOPS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})
_CODINGS = "gzip, deflate"
_MEBI = 1024 * 1024
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """``timeout`` bounds one request in seconds, ``octets`` its decompressed body; ``patience``: see ``HostTurns``."""

    user_agent: str
    private_addresses: bool = False
    timeout: float = 20.0
    octets: int = 10 * _MEBI
    connections: int = 32
    patience: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said. ``url`` is where the last redirect led; header names are lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def charset(self) -> str:
        """What the header says of the body's encoding, or empty."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No usable answer. ``passing`` says that trying again later is worth it."""

    problem: str
    passing: bool


Permission = Callable[[str], Awaitable[Failed | None]]
"""Asked before each hop: None lets it pass."""


class _TooMuch(Exception):
    """The body is longer than allowed."""


_BROKEN = (
    _TooMuch,
    Unreachable,
    TimeoutError,
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    OSError,  # TLS errors among them
)
"""All that a request may die of."""


class Fetcher:
    """Asks web servers, for as long as its block lasts. Belongs to one event loop."""

    def __init__(self, limits: FetchLimits, tls: ssl.SSLContext) -> None:
        self._limits = limits
        self._turns = HostTurns(limits.patience)
        self._transport = GuardedTransport(
            private_addresses=limits.private_addresses, connections=limits.connections, tls=tls
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        permission: Permission | None = None,
        octets: int = 0,
    ) -> Answer | Failed:
        """The answer to ``GET url``, whatever its status, after at most five redirects; ``octets`` lowers the limit."""
        current = web_address(url)
        if not current:
            problem = f"{shown(url)} is not a web address; write http:// or https:// and a host"
            return Failed(problem=problem, passing=False)
        for _ in range(MOST_HOPS + 1):
            refused = await permission(current) if permission else None
            if refused:
                return refused
            answer = await self._hop(current, headers or {}, octets or self._limits.octets)
            if isinstance(answer, Failed) or answer.status not in _MOVED or "location" not in answer.headers:
                return answer
            following = web_address(_joined(current, answer.headers["location"]))
            if not following:
                aim = shown(answer.headers["location"])
                return Failed(problem=f"{shown(current)} redirects to {aim}, which is no web address", passing=False)
            current = following
        problem = (
            f"{shown(url)} redirects more than {MOST_HOPS} times; open it in a browser and use the address it shows"
        )
        return Failed(problem=problem, passing=True)

    async def _hop(self, url: str, headers: Mapping[str, str], octets: int) -> Answer | Failed:
        """One request, its failures put into words."""
        async with self._turns.turn(host_of(url)):
            try:
                async with asyncio.timeout(self._limits.timeout):
                    return await self._ask(url, headers, octets)
            except _BROKEN as error:
                lasting = isinstance(error, _TooMuch | PrivateAddress)
                return Failed(problem=f"{shown(url)}: {self._in_words(error, octets)}", passing=not lasting)

    async def _ask(self, url: str, headers: Mapping[str, str], octets: int) -> Answer:
        wait = self._limits.timeout
        told = {"User-Agent": self._limits.user_agent, "Accept-Encoding": _CODINGS, **headers}
        times = {"connect": wait, "read": wait, "write": wait, "pool": wait}
        request = httpx.Request("GET", url, headers=told, extensions={"timeout": times})
        response = await self._transport.handle_async_request(request)
        try:
            answered = {name.lower(): value for name, value in response.headers.items()}
            body = b"" if response.status_code in _MOVED else await _read(response, octets)
        finally:
            await response.aclose()
        return Answer(url=url, status=response.status_code, headers=answered, body=body)

    def _in_words(self, error: BaseException, octets: int) -> str:
        """What went wrong and what to do, for a person."""
        if isinstance(error, _TooMuch):
            return f"larger than {octets / _MEBI:.3g} MiB, which is more than is read; ask the outlet for a shorter one"
        if isinstance(error, Unreachable):
            return str(error)
        tls = _cause(error, ssl.SSLError)
        if tls:
            reason = getattr(tls, "verify_message", "") or getattr(tls, "reason", "") or str(tls)
            return f"no safe connection ({reason}); ask the outlet to mend its certificate"
        if isinstance(error, TimeoutError | httpcore2.TimeoutException):
            return f"no complete answer within {self._limits.timeout:g} s; it is tried again later"
        if isinstance(error, httpcore2.ConnectError):
            return "nobody answers there; check host and port, or wait until the server is back"
        return f"the answer breaks off or is no HTTP ({type(error).__name__}); it is tried again later"


async def _read(response: httpx.Response, octets: int) -> bytes:
    """The decompressed body, read in pieces so that a bomb bursts at the limit."""
    parts, length = [], 0
    async for part in response.aiter_bytes():
        length += len(part)
        if length > octets:
            raise _TooMuch
        parts.append(part)
    return b"".join(parts)


def _joined(current: str, location: str) -> str:
    try:
        return urljoin(current, location.strip())
    except ValueError:
        return ""


def _cause(error: BaseException | None, kind: type[BaseException]) -> BaseException | None:
    """The first of ``kind`` among an error and its causes."""
    while error is not None:
        if isinstance(error, kind):
            return error
        error = error.__cause__ or error.__context__
    return None
