"""A mail API on loopback that lies on command, to rehearse with: it speaks Postmark's batch call and search.

Run it beside an installation and point ``base_url`` of ``[mail.postmark]`` at it::

    python -m syndicate.testing.mail_api --port 8025 --inbox inbox.jsonl --script script.json --token rehearsal

The first line it prints is ``listening on PORT``; ``--port 0`` takes a free one. The inbox file tells what was
accepted, repeats included, whatever became of the caller; compare it with ``syndicate delivery status``. Scripts are
described in ``mail_api_script.py``. Tests use ``MailApi``, which runs the same in another process and ends it.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import orjson

from syndicate.testing.mail_api_script import Script, script_of
from syndicate.testing.mail_api_server import MailApiServer

TOKEN = "rehearsal"  # noqa: S105 - it opens nothing but the double


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One accepted letter. ``at`` is RFC 3339; ``id`` is what the API called it."""

    id: str
    at: str
    key: str
    entry: str
    to: str
    subject: str
    stream: str


class MailApi:
    """The double in a process of its own, so that it outlives whoever is killed::

    with MailApi(folder) as api:
        api.set_script({"send": [{"do": "accept_drop"}]})
        ...
        assert [message.entry for message in api.inbox()] == ["1", "2"]
    """

    def __init__(self, folder: Path, script: Mapping[str, Any] | None = None, token: str = TOKEN) -> None:
        """``folder`` is where the inbox file stands; it must exist."""
        self.token = token
        self.inbox_file = folder / "inbox.jsonl"
        self._errors_file = folder / "mail_api.stderr"
        self._script_file = folder / "script.json"
        self._script_file.write_bytes(orjson.dumps(dict(script or {})))
        self._running: subprocess.Popen[str] | None = None
        self._errors: IO[str] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """What ``base_url`` of the mailer is to be."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin listening: on a free port the first time, on the same one after ``stop``."""
        self._errors = self._errors_file.open("a")
        self._running = subprocess.Popen(
            [
                *(sys.executable, "-m", "syndicate.testing.mail_api", "--while-stdin-is-open"),
                *("--port", str(self.port), "--token", self.token),
                *("--inbox", str(self.inbox_file), "--script", str(self._script_file)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            start_new_session=True,
        )
        assert self._running.stdout is not None
        words = self._running.stdout.readline().split()
        if words[:2] != ["listening", "on"]:
            self.stop()
            msg = f"the mail API did not start; see {self._errors_file}"
            raise RuntimeError(msg)
        self.port = int(words[2])

    def stop(self) -> None:
        """End the process; the inbox file stays."""
        if self._running is not None:
            self._running.terminate()
            self._running.communicate()
            self._running = None
        if self._errors is not None:
            self._errors.close()
            self._errors = None

    def inbox(self) -> list[Message]:
        """Everything accepted so far, oldest first, repeats included."""
        if not self.inbox_file.exists():
            return []
        names = Message.__dataclass_fields__
        rows = [orjson.loads(line) for line in self.inbox_file.read_bytes().splitlines()]
        return [Message(**{name: row[name] for name in names}) for row in rows]

    def set_script(self, script: Mapping[str, Any]) -> None:
        """Play another script from now on; raises ``ValueError`` where it is not understood."""
        status, body = self._ask("PUT", "/_script", orjson.dumps(dict(script)))
        if status != http.client.OK:
            raise ValueError(orjson.loads(body)["Message"])

    def calls(self) -> Counter[str]:
        """How often each step was played, by ``"send accept"``, ``"search cut"`` and so on."""
        return Counter(orjson.loads(self._ask("GET", "/_calls", b"")[1]))

    def _ask(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted."""
    options = _parser().parse_args(arguments)
    try:
        script = script_of(orjson.loads(options.script.read_bytes())) if options.script else Script()
    except (OSError, ValueError, TypeError) as trouble:
        sys.stderr.write(f"{options.script}: {trouble}\n")
        return 2
    with MailApiServer(options.port, options.inbox, script, options.token) as server:
        if options.while_stdin_is_open:
            threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
        sys.stdout.write(f"listening on {server.server_address[1]}\n")
        sys.stdout.flush()
        try:
            server.serve_forever(poll_interval=0.05)
        except KeyboardInterrupt:
            return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m syndicate.testing.mail_api", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--inbox", type=Path, required=True, help="what was accepted, one JSON object a line")
    parser.add_argument("--script", type=Path, help="what to do to each call")
    parser.add_argument("--token", default=TOKEN, help="the server token that is let in")
    parser.add_argument("--while-stdin-is-open", action="store_true", help="end with the one who started it")
    return parser


def _end_with_stdin(server: MailApiServer) -> None:
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    raise SystemExit(main())
