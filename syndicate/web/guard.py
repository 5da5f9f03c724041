"""What holds for every request and answer, whatever the route: bounds on the way in, security headers on the way out.

Plain ASGI, the outermost layer but for the one that turns bugs into a page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 64 * 1024
"""Octets of a request body; our largest form needs a few hundred."""

SLOWEST_BODY = 15.0
"""Seconds within which a body has to arrive."""

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' https: data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of every answer that does not bring its own: no script at all."""

LETTER_POLICY = PAGE_POLICY.replace("style-src 'self'", "style-src 'unsafe-inline'")
"""The same for the web copy of a letter, whose styles stand in its elements, as mail programs need them."""

ALWAYS: Mapping[str, str] = {
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), interest-cohort=(), microphone=()",
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Security headers of every answer that does not bring its own."""

PRIVATE: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""Headers of a page whose address or content belongs to one person."""


class Guard:
    """Middleware: reads a body whole within its bounds, and adds the headers that an answer lacks."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        body = await _body(receive)
        if body is None:
            return
        if isinstance(body, PlainTextResponse):
            await body(scope, receive, guarded)
            return
        await self._app(scope, _again(body, receive), guarded)


async def _body(receive: Receive) -> bytes | PlainTextResponse | None:
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            return await _read(receive)
    except TimeoutError:
        return _refusal(408, "The request took too long to arrive.")


async def _read(receive: Receive) -> bytes | PlainTextResponse | None:
    """The whole body; None where the client left in the middle, so that half a form is never taken for a whole one."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            return _refusal(413, f"The request is larger than {LARGEST_BODY // 1024} KB.")
        if not message.get("more_body", False):
            return bytes(body)


def _refusal(status: int, text: str) -> PlainTextResponse:
    return PlainTextResponse(text + "\n", status_code=status, headers={"Connection": "close"})


def _again(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the body once and then what comes after it: the news that the client went away."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
        await send(message)

    return guarded
