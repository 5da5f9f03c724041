"""The lying mail API itself: Postmark's batch call and search over HTTP on loopback, with a script of faults.

What is taken is in the inbox file before anything is answered, one JSON object a line, so the file tells the truth
whoever is killed. It never drops a repeat: a letter sent twice stands there twice. ``mail_api.py`` runs it.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import getaddresses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from syndicate.domain.subscriber import carries_control
from syndicate.testing.mail_api_script import Script, Stage, Step, script_of

MOST_MESSAGES = 500
MOST_OCTETS = 50_000_000
FARTHEST = 10_000
LONGEST_METADATA = 80
_MESSAGES = {10: "Bad or missing API token", 300: "Invalid email request", 406: "Inactive recipient"}

Row = dict[str, Any]


@dataclass(slots=True)
class Inbox:
    """What was accepted, in memory for the search and in an append-only file for whoever judges."""

    path: Path
    rows: list[Row] = field(default_factory=list)
    findable_at: list[float] = field(default_factory=list)

    def load(self) -> None:
        """Take up what an earlier life of this server accepted."""
        if self.path.exists():
            self.rows = [orjson.loads(line) for line in self.path.read_bytes().splitlines()]
            self.findable_at = [0.0] * len(self.rows)

    def take(self, messages: Sequence[Row], lag: float) -> list[Row]:
        """Accept messages: on file in one write, before anybody hears of it."""
        now = datetime.now(UTC).isoformat()  # noqa: TID251 - a double of the outside world has its own clock
        rows = [_row(message, len(self.rows) + i, now) for i, message in enumerate(messages)]
        with self.path.open("ab", buffering=0) as file:
            file.write(b"".join(orjson.dumps(row) + b"\n" for row in rows))
        self.rows += rows
        self.findable_at += [time.monotonic() + lag] * len(rows)
        return rows

    def search(self, query: Mapping[str, str]) -> list[Row]:
        """What the filters of Postmark's search leave, newest first."""
        now = time.monotonic()
        stream = query.get("messagestream", "outbound")
        wanted = {k.removeprefix("metadata_"): v for k, v in query.items() if k.startswith("metadata_")}
        return [
            row
            for row, findable_at in zip(reversed(self.rows), reversed(self.findable_at), strict=True)
            if findable_at <= now
            and row["stream"] == stream
            and all(row["metadata"].get(name) == value for name, value in wanted.items())
            and query.get("tag", row["tag"]) == row["tag"]
            and query.get("recipient", row["to"]) == row["to"]
        ]


class MailApiServer(ThreadingHTTPServer):
    """State of the double, behind one lock."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, inbox: Path, script: Script, token: str) -> None:
        super().__init__(("127.0.0.1", port), _Conversation)
        self.inbox = Inbox(path=inbox)
        self.inbox.load()
        self.stage = Stage(script)
        self.token = token
        self.lock = threading.Lock()
        self.calls: Counter[str] = Counter()

    def next_step(self, kind: str) -> Step:
        """What the script does to this call."""
        with self.lock:
            step = self.stage.next(kind)
            self.calls[f"{kind} {step.do}"] += 1
            return step


class _Conversation(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: MailApiServer

    def do_POST(self) -> None:
        if not self.path.startswith("/email/batch"):
            self._error(404, 0)
            return
        step = self.server.next_step("send")
        if step.do == "hang_up":
            self._hang_up()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self._knows_token():
            _pause(step.before_ms)
            self._send(step, body)

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/_calls":
            self._json(200, dict(self.server.calls))
        elif url.path != "/messages/outbound":
            self._error(404, 0)
        elif self._knows_token():
            step = self.server.next_step("search")
            _pause(step.before_ms)
            self._search(step, {name: values[-1] for name, values in parse_qs(url.query).items()})

    def do_PUT(self) -> None:
        """``PUT /_script``: play another script from now on."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        try:
            script = script_of(orjson.loads(body))
        except (ValueError, TypeError) as trouble:
            self._json(400, {"Message": str(trouble)})
            return
        with self.server.lock:
            self.server.stage = Stage(script)
        self._json(200, {})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing: what happened is in the inbox and in ``/_calls``."""

    def _send(self, step: Step, body: bytes) -> None:
        if self._answered_without_taking(step):
            return
        messages = self._read(body)
        if messages is None:
            return
        if step.do == "accept_half":
            messages = messages[: len(messages) // 2]
        results = self._take(messages)
        _pause(step.after_ms)
        match step.do:
            case "accept_drop" | "accept_half":
                self._hang_up()
            case "accept_error":
                self._error(step.status or 500, step.error_code)
            case "accept_garble":
                self._bytes(200, "application/json", b'{"accepted": tr')
            case "accept_short":
                self._json(200, results[:-1])
            case _:
                self._json(200, results)

    def _take(self, messages: Sequence[Row]) -> list[Row]:
        """Accept what is well formed and not refused by name; the result of each, in order."""
        with self.server.lock:
            script = self.server.stage.script
            codes = [_code_of(message, script.codes) for message in messages]
            good = [message for message, code in zip(messages, codes, strict=True) if not code]
            rows = iter(self.server.inbox.take(good, script.lag_ms / 1000))
        return [_refusal(code) if code else _result(next(rows)) for code in codes]

    def _read(self, body: bytes) -> list[Row] | None:
        try:
            messages = orjson.loads(body)
        except orjson.JSONDecodeError:
            messages = None
        if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
            self._error(422, 402)
        elif len(messages) > MOST_MESSAGES:
            self._error(422, 410)
        elif len(body) > MOST_OCTETS:
            self._error(413, 0)
        else:
            return messages
        return None

    def _search(self, step: Step, query: Mapping[str, str]) -> None:
        if self._answered_without_taking(step):
            return
        try:
            count, offset = int(query["count"]), int(query["offset"])
        except (KeyError, ValueError):
            self._error(422, 300)
            return
        if not 0 < count <= MOST_MESSAGES or offset < 0 or count + offset > FARTHEST:
            self._error(422, 300)
            return
        with self.server.lock:
            found = self.server.inbox.search(query)
        shown = found[: len(found) // 2] if step.do == "cut" else found
        listed = [_listed(row) for row in shown[offset : offset + count]]
        _pause(step.after_ms)
        self._json(200, {"TotalCount": len(found), "Messages": listed})

    def _answered_without_taking(self, step: Step) -> bool:
        match step.do:
            case "hang_up":
                self._hang_up()
            case "html":
                page = b"<!DOCTYPE html><title>503</title><h1>The mail API is resting</h1>"
                self._bytes(step.status or 503, "text/html", page)
            case "refuse":
                extra = {"Retry-After": step.retry_after} if step.retry_after else {}
                self._error(step.status or 429, step.error_code or step.status or 429, extra)
            case _:
                return False
        return True

    def _knows_token(self) -> bool:
        known = self.headers.get("X-Postmark-Server-Token") == self.server.token
        if not known:
            self._error(401, 10)
        return known

    def _error(self, status: int, code: int, extra: Mapping[str, str] | None = None) -> None:
        self._json(status, _refusal(code), extra)

    def _json(self, status: int, content: object, extra: Mapping[str, str] | None = None) -> None:
        self._bytes(status, "application/json", orjson.dumps(content), extra)

    def _bytes(self, status: int, kind: str, body: bytes, extra: Mapping[str, str] | None = None) -> None:
        """Answer; whoever asked may be dead by now, which is what this double is for."""
        try:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(extra or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def _hang_up(self) -> None:
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _row(message: Row, number: int, at: str) -> Row:
    metadata = message.get("Metadata") or {}
    return {
        "id": f"{os.getpid():08x}-0000-4000-8000-{number:012x}",
        "at": at,
        "key": metadata.get("key", ""),
        "entry": metadata.get("entry", ""),
        "to": _address_of(message),
        "subject": message.get("Subject", ""),
        "from": message["From"],
        "tag": message.get("Tag", ""),
        "stream": message.get("MessageStream", "outbound"),
        "metadata": metadata,
    }


def _listed(row: Row) -> Row:
    """A message as the search lists it."""
    return {
        "MessageID": row["id"],
        "MessageStream": row["stream"],
        "To": [{"Email": row["to"], "Name": None}],
        "Cc": [],
        "Bcc": [],
        "Recipients": [row["to"]],
        "ReceivedAt": row["at"],
        "From": row["from"],
        "Subject": row["subject"],
        "Tag": row["tag"],
        "Attachments": [],
        "Status": "Sent",
        "TrackOpens": False,
        "TrackLinks": "None",
        "Metadata": row["metadata"],
        "Sandboxed": False,
    }


def _result(row: Row) -> Row:
    return {"To": row["to"], "SubmittedAt": row["at"], "MessageID": row["id"], "ErrorCode": 0, "Message": "OK"}


def _refusal(code: int) -> Row:
    return {"ErrorCode": code, "Message": _MESSAGES.get(code, f"refused with code {code} by the script")}


def _address_of(message: Row) -> str:
    pairs = getaddresses([str(message.get("To", ""))])
    return pairs[0][1] if len(pairs) == 1 else ""


def _code_of(message: Row, codes: Mapping[str, int]) -> int:
    """0, or why this message is refused within a call that is taken."""
    address = _address_of(message)
    lines = [message.get("To"), message.get("Subject"), message.get("From"), message.get("ReplyTo")]
    lines += [text for header in message.get("Headers", ()) for text in (header.get("Name"), header.get("Value"))]
    forged = any(carries_control(str(line)) for line in lines if line is not None)
    too_long = any(len(str(value)) > LONGEST_METADATA for value in (message.get("Metadata") or {}).values())
    empty = not (message.get("HtmlBody") or message.get("TextBody"))
    if forged or too_long or empty or "@" not in address or not message.get("From"):
        return 300
    return codes.get(address, 0)


def _pause(milliseconds: int) -> None:
    if milliseconds:
        time.sleep(milliseconds / 1000)
