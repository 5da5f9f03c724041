"""A project on disk and the command line as an operating-system process beside it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from syndicate.domain.provenance import Kind, Provenance
from syndicate.domain.publication import Author, Evidence, Figure, Lead, Moment, Precision, Reading
from syndicate.domain.tokens import keyed_hash
from syndicate.settings import load
from syndicate.store import open_store
from syndicate.wiring import upgrade
from tests.homeless import homeless

CONFIG = """\
[site]
title = "The Reader"
url = "https://reader.example.org"
postal_address = "1 Sample Street"

[store]
url = "sqlite:///var/syndicate.db"

[web]
port = 0
secret = "not a secret, a test"

[collect]
private_addresses = "allow"
spacing = "0s"
baseline = false

[[outlets]]
id = "saltmarsh"
name = "Saltmarsh Institute"
url = "https://saltmarsh.example/"

[[sources]]
id = "good"
outlet = "saltmarsh"
kind = "feed"
url = "OUTLET/feed.xml"
article = "entry"

[[sources]]
id = "broken"
outlet = "saltmarsh"
kind = "feed"
url = "OUTLET/missing.xml"

[[feeds]]
id = "all"
title = "All"

[[digests]]
id = "weekend"
title = "The Weekend"

[mail]
from = "The Reader <reader@example.org>"
batch = 2
"""
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Saltmarsh Institute</title><link>https://saltmarsh.example/</link>
<description>-</description>
<item><title>Tides and Timetables</title><link>OUTLET/tides</link><guid isPermaLink="false">t1</guid>
<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>
<description>&lt;p&gt;The ferry used to leave when the tide allowed it.&lt;/p&gt;</description></item>
</channel></rss>
"""
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
Run = Callable[..., "subprocess.CompletedProcess[str]"]

BORROWED = Reading(
    url="https://saltmarsh.example/roads",
    title="What Roads Learn From Harbours",
    provenance=Provenance(
        kind=Kind.ADAPTED_EXCERPT,
        publisher="The Meridian Review",
        evidence="This is an adapted excerpt from an article originally published by The Meridian Review.",
    ),
    canonical="https://saltmarsh.example/roads",
    authors=(Author(name="Harbours Desk", bio="A desk."), Author(name="Roads Desk")),
    published=Moment(raw="1 March 2026", parsed=datetime(2026, 3, 1, tzinfo=UTC), precision=Precision.DAY),
    type="Analysis",
    topics=("Institutions",),
    language="en",
    summary="A fund with a lock.",
    body_html="<p>Snow does to a road what silt does to a harbour.</p>",
    body_text="Snow does to a road what silt does to a harbour.",
    headings=("The fund",),
    figures=(Figure(src="https://saltmarsh.example/a.jpg", alt="A road", caption="In March", credit="Photo: a desk"),),
    related=(Lead(title="Silt", url="https://saltmarsh.example/silt", authors=("Harbours Desk",)),),
    evidence=(Evidence(field="type", rule="card", place=".kicker", raw="Analysis"),),
)
OWN = replace(
    BORROWED,
    url="https://saltmarsh.example/tides",
    canonical="",
    title="Tides \x1b[31mand Timetables",
    provenance=Provenance(kind=Kind.ORIGINAL, publisher="Saltmarsh Institute"),
    published=Moment(raw="2026-03-02T09:00+01:00", parsed=datetime(2026, 3, 2, 8, tzinfo=UTC)),
)


class _Outlet(BaseHTTPRequestHandler):
    """One feed, and nothing else."""

    def do_GET(self) -> None:
        address = f"http://{self.headers['Host']}"
        found = self.path == "/feed.xml"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(FEED.replace("OUTLET", address).encode() if found else b"not here")

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def outlet() -> Iterator[str]:
    """The address of an outlet on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Outlet) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``syndicate ...`` in a folder whose name has a space in it."""
    folder = tmp_path / "a project"
    folder.mkdir()
    return partial(_run, folder)


def _run(
    folder: Path, *arguments: str, given: str = "", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "syndicate", *arguments],
        cwd=folder,
        input=given,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "COLUMNS": "200", **(more or {})},
        capture_output=True,
        timeout=60,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a project with two publications and nobody to write to; made once, copied often."""
    folder = tmp_path_factory.mktemp("seeded")
    (folder / "syndicate.toml").write_text(CONFIG.replace("OUTLET", "http://127.0.0.1:9"), "utf-8")
    settings = load(folder / "syndicate.toml", {})
    upgrade(settings)
    store = open_store(settings.store_url, hash_address=lambda address: keyed_hash(settings.secret, address))
    store.publications.keep("good", "saltmarsh", [BORROWED, OWN], baseline=False, now=NOW)
    store.close()
    homeless(settings.store_url)
    return folder / "var"


@pytest.fixture
def project(run: Run, tmp_path: Path, outlet: str, seeded: Path) -> Path:
    """A project with a configuration and the seeded database, where ``run`` runs."""
    del run
    folder = tmp_path / "a project"
    (folder / "config").mkdir()
    (folder / "config" / "syndicate.toml").write_text(CONFIG.replace("OUTLET", outlet), "utf-8")
    shutil.copytree(seeded, folder / "var")
    return folder
