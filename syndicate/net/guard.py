"""Connecting to public addresses only, whatever a name, a redirect or a resolver says.

The address is checked between resolving and connecting, and it is the checked address that is connected to: a name that
changes its answer in between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

import anyio
import httpcore2
import httpx2 as httpx

from syndicate.net.address import is_public

_MOST_TRIES = 4
_EXPIRY = 5.0
_Origin = tuple[bytes, bytes, int | None]


class Unreachable(Exception):
    """No connection was made; the message is the second half of a sentence that begins with the address."""


class PrivateAddress(Unreachable):
    """The name leads into a network that is not public."""


class GuardedBackend(httpcore2.AnyIOBackend):
    """Resolves, checks every address, then connects to a checked one."""

    def __init__(self, *, private_addresses: bool) -> None:
        super().__init__()
        self._private_addresses = private_addresses

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of ``host`` that answers; raises ``Unreachable`` where none may be asked."""
        try:
            async with asyncio.timeout(timeout):
                return await self._connect(host, port, timeout, local_address, socket_options)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout from error

    async def _connect(
        self,
        host: str,
        port: int,
        timeout: float | None,  # noqa: ASYNC109 - as above
        local_address: str | None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None,
    ) -> httpcore2.AsyncNetworkStream:
        addresses = (await self._checked(host, port))[:_MOST_TRIES]
        share = None if timeout is None else timeout / len(addresses)
        for address in addresses[:-1]:
            try:
                return await super().connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await super().connect_tcp(addresses[-1], port, share, local_address, socket_options)

    async def _checked(self, host: str, port: int) -> list[str]:
        """Every address of ``host``, all of them public unless private ones are allowed."""
        addresses = [host] if _is_literal(host) else await _resolved(host, port)
        private = [] if self._private_addresses else [address for address in addresses if not is_public(address)]
        if private:
            msg = (
                f"{host} leads to {private[0]}, which is not a public address, so it is not asked; "
                'set private_addresses = "allow" under [collect] if it is in your own network'
            )
            raise PrivateAddress(msg)
        return addresses


async def _resolved(host: str, port: int) -> list[str]:
    try:
        found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        msg = f"the name {host} is not known; check the address for a typing error, or the network of this machine"
        raise Unreachable(msg) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses:
        msg = f"the name {host} has no address"
        raise Unreachable(msg)
    return addresses


def _is_literal(host: str) -> bool:
    """Whether ``host`` is an address in its plain spelling, which no resolver could make another of."""
    try:
        return str(ipaddress.ip_address(host)) == host
    except ValueError:
        return False


class GuardedPool:
    """Connections behind the guard: no proxy, no cookies, no redirects, nothing from the environment.

    One is kept open for each of the last ``idle`` origins. Turns are given elsewhere (``net.turns``), so nothing is
    counted or waited for here, and a request costs the same however many hosts there are.
    """

    def __init__(self, *, private_addresses: bool, idle: int, tls: ssl.SSLContext) -> None:
        self._backend = GuardedBackend(private_addresses=private_addresses)
        self._tls = tls
        self._most = idle
        self._idle: dict[_Origin, httpcore2.AsyncHTTPConnection] = {}

    @asynccontextmanager
    async def ask(
        self, url: httpx.URL, headers: Mapping[str, str], seconds: float
    ) -> AsyncIterator[httpcore2.Response]:
        """Send one GET; its block begins when the header is there. Raises what ``httpcore2`` raises.

        ``seconds`` bound each single wait, half of them the connecting: who waits for the whole can then tell a server
        that is slow from one that is not there.
        """
        fields = [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items()]
        request = httpcore2.Request(
            method="GET",
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=[(b"host", url.netloc), *fields],
            extensions={"timeout": {"connect": seconds / 2, "read": seconds, "write": seconds}},
        )
        origin = (request.url.scheme, request.url.host, request.url.port)
        connection, response = await self._answered(origin, request)
        try:
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            await self._put_back(origin, connection)

    async def _answered(
        self, origin: _Origin, request: httpcore2.Request
    ) -> tuple[httpcore2.AsyncHTTPConnection, httpcore2.Response]:
        """The answer over a connection that was kept, or over a new one where that was closed in the meantime."""
        kept = self._idle.pop(origin, None)
        if kept is not None and kept.is_idle() and not kept.has_expired():
            try:
                return kept, await kept.handle_async_request(request)
            except (httpcore2.RemoteProtocolError, httpcore2.NetworkError):
                await kept.aclose()
        elif kept is not None:
            await kept.aclose()
        fresh = httpcore2.AsyncHTTPConnection(
            request.url.origin, ssl_context=self._tls, keepalive_expiry=_EXPIRY, network_backend=self._backend
        )
        try:
            return fresh, await fresh.handle_async_request(request)
        except BaseException:
            await fresh.aclose()
            raise

    async def _put_back(self, origin: _Origin, connection: httpcore2.AsyncHTTPConnection) -> None:
        if not connection.is_idle() or origin in self._idle:
            await connection.aclose()
            return
        self._idle[origin] = connection
        if len(self._idle) > self._most:
            oldest = self._idle.pop(next(iter(self._idle)))
            await oldest.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        while self._idle:
            await self._idle.popitem()[1].aclose()
