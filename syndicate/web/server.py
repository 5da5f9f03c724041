"""Serving the application: uvicorn in a thread, from a socket that is bound before anybody is told its address."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from syndicate.domain.errors import NotAllowed

_GRACE = 5
_TICK = 0.02


@contextmanager
def serving(app: FastAPI, host: str, port: int) -> Iterator[str]:
    """Serve ``app`` while the block runs; gives its address, with the port it got where ``port`` is 0.

    Requests under way when the block ends are finished, for five seconds at most. ``NotAllowed`` says that the port
    is taken. Access is not logged: addresses of pages carry tokens.
    """
    bound = _bound(host, port)
    config = uvicorn.Config(
        app,
        access_log=False,
        lifespan="off",
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        ws="none",
    )
    logging.getLogger("uvicorn.access").disabled = True  # whatever handlers somebody else hangs on it
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="web", daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(_TICK)
        yield _address(bound)
    finally:
        server.should_exit = True
        thread.join(2 * _GRACE)
        bound.close()


def serve(
    app: FastAPI, host: str, port: int, stop: threading.Event, announce: Callable[[str], None] | None = None
) -> int:
    """Serve until ``stop`` is set; tells ``announce`` the address once it answers, and returns the port it had."""
    with serving(app, host, port) as address:
        if announce:
            announce(address)
        stop.wait()
    return int(address.rpartition(":")[2])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        what = f"serving on {host} port {port}"
        raise NotAllowed(what, error.strerror or str(error), "choose another [web] host or port") from error


def _address(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
