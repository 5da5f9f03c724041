"""Connecting to public addresses only, whatever a name, a redirect or a resolver says.

The address is checked between resolving and connecting, and it is the checked address that is connected to: a name that
changes its answer in between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Iterable

import anyio
import httpcore2
import httpx2 as httpx

from syndicate.net.address import is_public

_MOST_TRIES = 4
_EXPIRY = 5.0


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
        try:
            found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            msg = f"the name {host} is not known; check the address for a typing error, or the network of this machine"
            raise Unreachable(msg) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not addresses:
            msg = f"the name {host} has no address"
            raise Unreachable(msg)
        private = [] if self._private_addresses else [address for address in addresses if not is_public(address)]
        if private:
            msg = (
                f"{host} leads to {private[0]}, which is not a public address, so it is not asked; "
                'set private_addresses = "allow" under [collect] if it is in your own network'
            )
            raise PrivateAddress(msg)
        return addresses


class _Stream(httpx.AsyncByteStream):
    """A body as the pool hands it out, so that httpx can decode it."""

    def __init__(self, pooled: httpcore2.Response) -> None:
        self._pooled = pooled

    async def __aiter__(self) -> AsyncIterator[bytes]:
        stream = self._pooled.stream
        if isinstance(stream, AsyncIterable):
            async for part in stream:
                yield part

    async def aclose(self) -> None:
        await self._pooled.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """One connection pool behind the guard: no proxy, no cookies, no redirects, nothing from the environment."""

    def __init__(self, *, private_addresses: bool, connections: int, tls: ssl.SSLContext) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=_EXPIRY,
            network_backend=GuardedBackend(private_addresses=private_addresses),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send ``request``; the answer's body is read by iterating it. Raises what ``httpcore2`` raises."""
        answer = await self._pool.handle_async_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(status_code=answer.status, headers=answer.headers, stream=_Stream(answer))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()
