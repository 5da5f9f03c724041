"""Roles that work until they are told to stop, as processes of their own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def quiet(project: Path) -> Path:
    """The project without sources, so that a clock has nothing to visit."""
    config = project / "config" / "syndicate.toml"
    text = config.read_text("utf-8")
    config.write_text(text[: text.index("[[sources]]")] + text[text.index("[[feeds]]") :], "utf-8")
    return project


@contextmanager
def started(project: Path, role: str, ready: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The role, and the line on standard error that says that it is ready."""
    command = [sys.executable, "-m", "syndicate", role]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as child:
        try:
            assert child.stderr is not None
            line = next((line for line in child.stderr if re.search(ready, line)), "")
            assert line, f"{role} ended with {child.wait()}"
            yield child, line
        finally:
            child.kill()


def ended(child: subprocess.Popen[str], number: signal.Signals) -> int:
    os.kill(child.pid, number)
    return child.wait(30)


def got(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as reply:
        return str(reply.read().decode())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_run_serves_and_ends_cleanly_when_told_to(quiet: Path, number: signal.Signals) -> None:
    with started(quiet, "run", "serving on") as (child, line):
        address = line.split()[-1]

        assert "Saltmarsh" in got(f"{address}/")
        assert ended(child, number) == 0


def test_a_second_run_on_the_same_file_gets_one_line_and_spoils_nothing(run: Run, quiet: Path) -> None:
    with started(quiet, "run", "serving on") as (child, line):
        second = run("run")

        assert second.returncode == 1
        assert second.stderr.count("\n") == 1
        assert f"process {child.pid}" in second.stderr
        assert "Saltmarsh" in got(f"{line.split()[-1]}/")
        assert json.loads(run("publications", "list", "--json").stdout)
        assert ended(child, signal.SIGTERM) == 0


def test_send_beside_a_run_hands_over_and_waits(run: Run, quiet: Path) -> None:
    row = "a@example.org,weekend,a form"
    (quiet / "readers.csv").write_text(f"email,digests,consent_basis\n{row}\n", "utf-8")
    run("subscribers", "import", "readers.csv")
    edition = json.loads(run("digest", "compose", "weekend", "--json").stdout)["edition"]

    with started(quiet, "run", "serving on") as (child, _line):
        sent = run("digest", "send", str(edition), "--json")

        assert (sent.returncode, json.loads(sent.stdout)["sent"]) == (0, 1)
        assert ended(child, signal.SIGTERM) == 0


def test_serve_says_where_and_a_port_that_is_taken_is_told(run: Run, quiet: Path) -> None:
    with started(quiet, "serve", "serving on") as (child, line):
        port = line.strip().rpartition(":")[2]
        config = quiet / "config" / "syndicate.toml"
        config.write_text(config.read_text("utf-8").replace("port = 0", f"port = {port}"), "utf-8")

        second = run("serve")

        assert second.returncode == 1
        assert f"serving on 127.0.0.1 port {port}" in second.stderr
        assert "Traceback" not in second.stderr
        assert ended(child, signal.SIGTERM) == 0
