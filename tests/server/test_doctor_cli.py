"""``sources doctor`` as it is typed: a table, a file that is never overwritten, and no configuration needed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.collecting import a_feed
from tests.server.loopback import Loopback, Said

CONFIG = """
[site]
title = "The Island Letter"
url = "https://letter.example"
contact = "editors@letter.example"
[web]
secret = "not a secret, only a test"
[collect]
private_addresses = "allow"
spacing = "0s"
[mail]
from = "The Island Letter <letter@letter.example>"
"""


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        head = '<link rel="alternate" type="application/rss+xml" href="/f.xml">'
        server.says("/", f"<html><head><title>The Harbour Review</title>{head}</head><body><p>Hello.</p></body></html>")
        server.says("/f.xml", a_feed(server.root, "gulls", "tides"))
        yield server


def run(folder: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "syndicate",
        "--config",
        str(folder / "syndicate.toml"),
        "sources",
        "doctor",
        *words,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, cwd=folder)
    assert done.returncode == code, done.stderr
    return done


def test_what_is_written_is_taken_by_the_configuration_and_never_written_over(site: Loopback, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "syndicate.toml").write_text(CONFIG)

    told = json.loads(run(config, site.root, "--write", "outlets", "--json").stdout)
    again = run(config, site.root, "--write", "outlets", code=2)

    assert [way["kind"] for way in told["ways"]] == ["feed"]
    assert told["letter"] is None
    assert "is there already" in again.stderr
    listed = [sys.executable, "-m", "syndicate", "--config", str(config / "syndicate.toml"), "check", "--json"]
    checked = subprocess.run(listed, capture_output=True, text=True, check=False, timeout=120).stdout
    assert "1 outlet, 1 source" in checked


def test_a_wall_ends_in_a_letter_in_our_name(site: Loopback, tmp_path: Path) -> None:
    (tmp_path / "syndicate.toml").write_text(CONFIG)
    site.pages.clear()
    site.pages["/"] = Said(status=403, body=b"<title>Just a moment...</title>", headers={"cf-mitigated": "challenge"})

    done = run(tmp_path, site.root, code=1)

    assert "The Island Letter" in done.stdout
    assert "editors@letter.example" in done.stdout
    assert "not evaded" in done.stderr


def test_without_a_configuration_private_addresses_are_refused_and_nobody_is_written_to(
    site: Loopback, tmp_path: Path
) -> None:
    done = run(tmp_path, site.root, code=1)

    assert site.asked == []
    assert done.stdout == ""
    assert "not a public address" in done.stderr
