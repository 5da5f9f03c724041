"""An origin on loopback that says what a behaviour wants said, at the time the behaviour says it is, and writes down
what it was asked.

Every host has a loopback address of its own where the machine has more than one (Linux does), so that a collector
that spaces its requests by host or by site meets as many sites as there are hosts.
"""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread

_NUMBERS = itertools.count()
_ANOTHER_NETWORK = 77
_PER_NETWORK = 250
_LONGEST_PAUSE = 30.0
_NOTICED_WITHIN = 2.0


@dataclass(slots=True)
class Time:
    """The time of a behaviour; only its stage moves it."""

    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. ``pieces`` makes the body where it has no end that is known; ``pause`` is waited between them.

    ``before`` is waited before anything is said, ``clock`` is how far this server's own clock is off. With ``bare`` the
    body is all that is said, whether or not that is HTTP.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Callable[[], Iterator[bytes]] | None = None
    pause: float = 0.0
    before: float = 0.0
    clock: timedelta = timedelta(0)
    bare: bool = False


@dataclass(slots=True, kw_only=True)
class Request:
    """One request as it came. ``at`` is the behaviour's time, ``began`` and ``ended`` are seconds of a real clock.

    ``hung_up`` says that whoever asked left before all was said.
    """

    path: str
    headers: Mapping[str, str]
    at: datetime
    began: float
    ended: float = 0.0
    hung_up: bool = False

    def says(self, name: str) -> str:
        """A header field of the request, or empty."""
        return self.headers.get(name.lower(), "")


_NOTHING = Reply(status=404, body=b"nothing is here\n")
Answering = Reply | Callable[[Request], Reply]


class Host:
    """One origin. A page without a query answers any query.

    What it has no page for is 404; it has no robots.txt unless it is given one.
    """

    def __init__(self, ticking: Time) -> None:
        self._time = ticking
        self._lock = Lock()
        self._closing = Event()
        self._server: ThreadingHTTPServer | None = None
        self.pages: dict[str, Answering] = {}
        self.asked: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self.address, self.port = _an_address(), 0
        self.up()

    @property
    def root(self) -> str:
        """Scheme, address and port."""
        return f"http://{self.address}:{self.port}"

    def up(self) -> None:
        """Listen, on the same port as before."""
        outer = self

        class Conversation(_Conversation):
            host = outer

        self._closing.clear()
        self._server = _Server((self.address, self.port), Conversation)
        self.port = self._server.server_port
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def down(self) -> None:
        """Listen no more: whoever connects is refused."""
        self._closing.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def page(self, path: str, answering: Answering) -> str:
        """Answer ``path`` so from now on; returns its address."""
        self.pages[path] = answering
        return self.root + path

    def says(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> str:
        """Answer ``path`` with this; header names are written with underscores. Returns its address."""
        octets = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.page(path, Reply(body=octets, status=status, headers=named))

    def requests(self, path: str = "") -> list[Request]:
        """Those for ``path``, or all but those for robots.txt, in the order they came."""
        with self._lock:
            return [one for one in self.asked if (one.path == path if path else one.path != "/robots.txt")]

    def left(self, request: Request) -> bool:
        """Whether whoever asked hung up; it takes a moment until a host knows."""
        ends = time.monotonic() + _NOTICED_WITHIN
        while not request.ended and time.monotonic() < ends:
            time.sleep(0.01)
        return request.hung_up

    def take(self, path: str, headers: Mapping[str, str]) -> tuple[Request, Reply]:
        """Write a request down; returns it with what is to be answered."""
        request = Request(path=path, headers=headers, at=self._time.now, began=time.monotonic())
        with self._lock:
            self.asked.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        page = self.pages.get(path) or self.pages.get(path.partition("?")[0], _NOTHING)
        return request, page(request) if callable(page) else page

    def over(self, request: Request) -> None:
        """Write down that a request has its answer."""
        with self._lock:
            request.ended = time.monotonic()
            self._at_once -= 1

    def wait(self, seconds: float) -> bool:
        """Wait; False where the host goes down meanwhile."""
        return not self._closing.wait(min(seconds, _LONGEST_PAUSE))

    def date(self, reply: Reply) -> str:
        """The host's own idea of the time, as a header says it."""
        return format_datetime((self._time.now + reply.clock).astimezone(UTC), usegmt=True)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked is gone; the request that is written down says so."""


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    host: Host

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        request, reply = self.host.take(self.path, headers)
        try:
            if reply.before:
                self.host.wait(reply.before)
            self._send(reply)
        except OSError:
            request.hung_up = True
            self.close_connection = True
        finally:
            self.host.over(request)

    def _send(self, reply: Reply) -> None:
        if reply.bare:
            self.close_connection = True
            self.wfile.write(reply.body)
            return
        self.send_response_only(reply.status)
        for name, value in {"Date": self.host.date(reply), **reply.headers}.items():
            self.send_header(name, value)
        if reply.pieces is None:
            if reply.status != 304:  # noqa: PLR2004 - Not Modified, which has no body
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            return
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self._send_pieces(reply.pieces(), reply.pause)

    def _send_pieces(self, pieces: Iterator[bytes], pause: float) -> None:
        for piece in pieces:
            self.wfile.write(piece)
            if self._left() or (pause and not self.host.wait(pause)):
                raise ConnectionResetError

    def _left(self) -> bool:
        """Whether the other end has closed: nothing more is expected from it, so what can be read is an end."""
        try:
            return not self.connection.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK)
        except BlockingIOError:
            return False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""


def _an_address() -> str:
    """A loopback address that no other host of this process has, where the machine lets us have one."""
    number = next(_NUMBERS)
    address = f"127.{_ANOTHER_NETWORK + number // _PER_NETWORK}.0.{number % _PER_NETWORK + 1}"
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return "127.0.0.1"
    return address
