"""What a bad source costs: one clear line, and nothing else; through the command an operator types."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = "ROOT"
FEED = '<rss version="2.0"><channel><title>T</title><item>{}</item></channel></rss>'
GOOD = FEED.format("<title>Tides</title><link>ROOT/tides</link>")
BARE = FEED.format("<link>ROOT/bare</link>")
PAGES = {
    "/good.xml": GOOD,
    "/bare.xml": BARE,
    "/not.xml": "Our feed has moved. Please update your bookmarks!",
    "/large.xml": "x" * (11 * 1024 * 1024),
    "/tides": "<html><body><article><h1>Tides</h1><p>The tide came in; the harbour waited.</p></article></body></html>",
    "/bare": "<html><body><p>A note without a name. It says what the river did in the night.</p></body></html>",
}
CONFIG = """
[site]
title = "The Reader"
url = "https://reader.example.org"
postal_address = "1 Sample Street"
[web]
secret = "not a secret, a test"
[collect]
private_addresses = "allow"
spacing = "0s"
baseline = false
[mail]
from = "reader@example.org"
[[outlets]]
id = "saltmarsh"
name = "Saltmarsh Institute"
url = "ROOT/"
"""


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = PAGES.get(self.path)
        root = f"http://{self.headers['Host']}"
        octets = (found or "not here").replace(ROOT, root).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        try:
            self.wfile.write(octets)
        except OSError:
            self.close_connection = True  # a reader that has had enough hangs up

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """The collector reports what matters."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def syndicate(config: Path, *words: str) -> tuple[int, Any, str]:
    command = [sys.executable, "-m", "syndicate", "--config", str(config), *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, json.loads(done.stdout or "null"), done.stderr


def test_each_bad_source_costs_one_line_and_the_good_one_is_read(site: str, tmp_path: Path) -> None:
    config = tmp_path / "syndicate.toml"
    names = ("good", "bare", "not", "large", "missing")
    sources = "".join(
        f'[[sources]]\nid = "{n}"\noutlet = "saltmarsh"\nkind = "feed"\nurl = "ROOT/{n}.xml"\n' for n in names
    )
    config.write_text((CONFIG + sources).replace(ROOT, site), "utf-8")
    assert syndicate(config, "db", "upgrade")[0] == 0

    code, reports, _ = syndicate(config, "collect")
    told = {r["source"]: r for r in reports}

    assert code == 1
    assert {n: told[n]["status"] for n in names} == {
        "good": "ok",
        "bare": "ok",
        "not": "failed",
        "large": "failed",
        "missing": "failed",
    }
    assert [told[n]["new"] for n in names] == [1, 1, 0, 0, 0]
    for name in ("bare", "not", "large", "missing"):
        line = told[name]["error"]
        assert f"{site}/{name}" in line
        assert "\n" not in line
    assert "has no title or authors or published" in told["bare"]["error"]
    assert told["good"]["error"] in (None, "")
    assert "Tides" in [p["title"] for p in syndicate(config, "publications", "list")[1]]
