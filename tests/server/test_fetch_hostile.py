"""Whatever a server does, the fetcher ends in time, holds little and says in one line what was wrong."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from syndicate.domain.collecting import Cause
from tests.server.fetching import a_failure, an_answer, answers
from tests.server.loopback import Loopback, Said


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


@contextmanager
def saying(*parts: bytes) -> Iterator[str]:
    """A server that sends these octets to whoever comes first, and nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                try:
                    for part in parts:
                        connection.sendall(part)
                except OSError:
                    return  # whoever asked had enough

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join(10)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br"])
def test_codings_that_were_not_asked_for_are_refused_in_words(site: Loopback, coding: str) -> None:
    url = site.says("/feed", b"\x00" * 1600, Content_Encoding=coding)

    assert "though only gzip and deflate were asked for" in a_failure(url).problem


def test_a_bomb_in_a_bomb_takes_little_time_and_memory(site: Loopback) -> None:
    url = site.says("/feed", gzip.compress(gzip.compress(b"\0" * 400_000_000, 1)), Content_Encoding="gzip, gzip")
    tracemalloc.start()
    begun = time.monotonic()

    failed = a_failure(url, octets=1_000_000)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (failed.passing, failed.cause) == (False, Cause.REFUSED)
    assert failed.problem.startswith(f"{url}: larger than 0.954 MiB")
    assert time.monotonic() - begun < 3
    assert most < 20_000_000


def test_a_slow_drip_is_bounded_in_the_whole(site: Loopback) -> None:
    site.pages["/feed"] = Said(body=b"x" * 60, drip=0.05)
    begun = time.monotonic()

    failed = a_failure(site.root + "/feed", timeout=0.4)

    assert "no complete answer within 0.4 s" in failed.problem
    assert failed.cause is Cause.UNREADABLE
    assert time.monotonic() - begun < 2


def test_a_body_that_ends_before_its_time_is_marked(site: Loopback) -> None:
    site.pages["/feed"] = Said(body=b"<rss>", claims=5000, headers={"ETag": '"1"'})

    answer = an_answer(site.root + "/feed")

    assert (answer.body, answer.cut, answer.validators.etag) == (b"<rss>", True, "")


def test_a_packed_body_that_ends_before_its_time_is_marked(site: Loopback) -> None:
    packed = gzip.compress(b"<rss>" + bytes(range(256)) * 50)
    url = site.says("/feed", packed[: len(packed) // 2], Content_Encoding="gzip")

    answer = an_answer(url)

    assert answer.cut
    assert answer.body.startswith(b"<rss>")


def test_nothing_of_what_was_promised_is_a_failure(site: Loopback) -> None:
    site.pages["/feed"] = Said(claims=5000)

    assert "the answer breaks off or is no HTTP" in a_failure(site.root + "/feed").problem


def test_too_many_header_fields_are_not_read() -> None:
    many = b"".join(b"X-%d: 1\r\n" % number for number in range(400))
    with saying(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + many + b"\r\n") as url:
        assert "answers with 401 header fields" in a_failure(url).problem


@pytest.mark.parametrize(
    "octets",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000 + b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nxxxxx",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFFFF\r\n",
        b"",
    ],
)
def test_what_is_no_http_is_one_line(octets: bytes) -> None:
    with saying(octets) as url:
        failed = a_failure(url)

    assert failed.problem.startswith(f"{url}: the answer breaks off or is no HTTP")
    assert failed.cause is Cause.UNREADABLE


def test_informational_answers_without_end_are_given_up() -> None:
    with saying(*[b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000] * 3) as url:
        assert a_failure(url, timeout=0.5).problem


@pytest.mark.parametrize("port", [22, 25, 6379])
def test_ports_of_other_protocols_are_not_asked(port: int) -> None:
    failed = a_failure(f"http://127.0.0.1:{port}/")

    assert (
        failed.problem == f"http://127.0.0.1:{port}/ names port {port}, where no web server lives, so it is not asked"
    )
    assert not failed.passing


def test_a_redirect_to_such_a_port_is_not_followed(site: Loopback) -> None:
    site.pages["/"] = Said(status=302, headers={"Location": "http://127.0.0.1:6379/"})

    assert "names port 6379" in a_failure(site.root + "/").problem


@pytest.mark.parametrize(
    "host", ["127.1", "0x7f000001", "2130706433", "0177.0.0.1", "[::ffff:127.0.0.1]", "localhost", "LOCALHOST", "0"]
)
def test_a_redirect_into_the_own_network_is_not_followed_however_it_is_spelled(site: Loopback, host: str) -> None:
    """The guard sees where a name leads at the moment of connecting, on the first hop as on the last."""
    port = site.root.rpartition(":")[2]
    failed = a_failure(f"http://{host}:{port}/", private_addresses=False)

    assert site.asked == []
    assert "not a public address" in failed.problem or "is not known" in failed.problem


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://a:b@c/", "//["])
def test_a_redirect_that_leads_nowhere_is_one_line(site: Loopback, location: str) -> None:
    site.pages["/"] = Said(status=301, headers={"Location": location})

    assert "which is no web address" in a_failure(site.root + "/").problem


def test_nobody_there_is_told_from_somebody_slow(site: Loopback) -> None:
    """Only where no server answered at all may it be our own network that is down."""
    with Loopback() as closed:
        gone = closed.root + "/"
    site.pages["/slow"] = Said(hang=True)

    causes = [a_failure(url, timeout=0.3).cause for url in (gone, "http://no-such-host.invalid/", site.root + "/slow")]

    assert causes == [Cause.UNREACHABLE, Cause.UNREACHABLE, Cause.UNREADABLE]


def test_a_server_that_takes_no_connection_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        failed = a_failure(f"http://127.0.0.1:{address[1]}/", timeout=0.6)
        for each in waiting:
            each.close()

    assert failed.cause is Cause.UNREACHABLE


def test_a_connection_that_was_closed_in_the_meantime_is_opened_again(site: Loopback) -> None:
    def closing() -> bytes:
        return b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"

    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for _ in range(2):
                connection, _ = server.accept()
                connection.recv(65_536)
                connection.sendall(closing())
                time.sleep(0.05)
                connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        bodies = [getattr(answer, "body", answer) for answer in answers(url, url, spacing=0.2)]
        thread.join(5)

    assert bodies == [b"x", b"x"]
