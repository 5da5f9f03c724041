"""A web server on loopback that says whatever a test wants, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer; with ``hang`` none, until the server closes.

    ``claims`` is a length that is not the body's; ``drip`` are seconds between two octets.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False
    claims: int | None = None
    drip: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]


Answering = Said | Callable[[Asked], Said]


class Loopback:
    """Serves ``pages`` (path -> answer) until its block ends; what is not there answers 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Answering] = {}
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def says(self, path: str, body: str | bytes, **headers: str) -> str:
        """Answer ``path`` with ``body``; returns its address. Header names are written with underscores."""
        octets = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Said(body=octets, headers=named)
        return self.root + path

    def paths(self) -> list[str]:
        """What was asked for, in order, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        asked = Asked(path=request.path, headers={k.lower(): v for k, v in request.headers.items()})
        with self._lock:
            self.asked.append(asked)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            page = self.pages.get(request.path, Said(status=404))
            said = page(asked) if callable(page) else page
            if said.hang:
                self._closing.wait(30)
                request.close_connection = True
                return
            self._send(request, said)
        finally:
            with self._lock:
                self._at_once -= 1

    @staticmethod
    def _send(request: BaseHTTPRequestHandler, said: Said) -> None:
        try:
            request.send_response(said.status)
            for name, value in said.headers.items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(len(said.body) if said.claims is None else said.claims))
            request.end_headers()
            for part in [said.body] if not said.drip else [said.body[at : at + 1] for at in range(len(said.body))]:
                request.wfile.write(part)
                request.wfile.flush()
                time.sleep(said.drip)
            request.close_connection = request.close_connection or said.claims is not None
        except OSError:
            request.close_connection = True  # whoever asked had enough
