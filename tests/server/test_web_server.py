"""Starting and stopping the web server."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import httpx2 as httpx
import pytest

from syndicate.domain.errors import NotAllowed
from syndicate.testing.house import a_house
from syndicate.web import create_app
from syndicate.web.server import serve, serving


def test_a_server_answers_where_it_says_and_is_gone_afterwards(tmp_path: Path) -> None:
    with serving(create_app(a_house(tmp_path)), "127.0.0.1", 0) as address:
        assert httpx.get(f"{address}/healthz", trust_env=False).text == "ok\n"
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/healthz", trust_env=False)


def test_serving_ends_when_it_is_told_to(tmp_path: Path) -> None:
    stop = threading.Event()
    told: list[str] = []

    def announced(address: str) -> None:
        told.append(address)
        stop.set()

    port = serve(create_app(a_house(tmp_path)), "127.0.0.1", 0, stop, announced)
    assert told == [f"http://127.0.0.1:{port}"]


def test_a_port_that_is_taken_is_said_with_what_to_do(tmp_path: Path) -> None:
    app = create_app(a_house(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with (
            pytest.raises(NotAllowed, match=rf"serving on 127.0.0.1 port {port}: .*; choose another"),
            serving(app, "127.0.0.1", port),
        ):
            pass
