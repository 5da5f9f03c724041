"""Real input, end to end: the shared sample site read three ways, through the commands an operator types."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CONFIG = Path(__file__).resolve().parents[1] / "newsroom" / "config" / "syndicate.toml"
MAIN = "Maximizing Engagement with North Korea"
SENTENCE = "This is an adapted excerpt from an article originally published by 38 North."

pytestmark = pytest.mark.world


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """The collector reports what matters."""


@pytest.fixture(scope="module")
def newsroom(world: Path) -> Iterator[None]:
    """The sample site at the address its own links name."""
    folder = str(world / "newsroom")
    server = ThreadingHTTPServer(("127.0.0.1", 8765), partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


class Project:
    """The command line over one database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "SYNDICATE_TEST_STORE": f"sqlite:///{folder}/newsroom.db",
            "SYNDICATE_TEST_OUTBOX": str(folder / "outbox"),
        }

    def __call__(self, *words: str, code: int = 0) -> Any:
        command = [sys.executable, "-m", "syndicate", "--config", str(CONFIG), *words, "--json"]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def project(newsroom: None, tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("a project"))
    made("db", "upgrade")
    made.first = made("collect")  # type: ignore[attr-defined]
    made.second = made("collect", "feed", "listing", "news")  # type: ignore[attr-defined]
    return made


@pytest.fixture(scope="module")
def shown(project: Project) -> Any:
    listed = project("publications", "list")
    main = next(p for p in listed if p["title"] == MAIN)
    return project("publications", "show", str(main["id"]))


def test_three_ways_in_find_the_same_five_and_none_twice(project: Project) -> None:
    first = project.first  # type: ignore[attr-defined]

    assert [(r["source"], r["status"]) for r in first] == [("feed", "ok"), ("listing", "ok"), ("news", "ok")]
    assert sum(r["new"] for r in first) == 5
    assert [r["new"] + r["updated"] + r["unchanged"] for r in first] == [5, 5, 5]
    assert len(project("publications", "list")) == 5


def test_a_second_pass_finds_nothing_new(project: Project) -> None:
    assert [(r["new"], r["updated"], r["failed"]) for r in project.second] == [(0, 0, 0)] * 3  # type: ignore[attr-defined]


def test_the_main_article_has_its_fields(shown: Any) -> None:
    assert shown["title"] == MAIN
    assert [a["name"] for a in shown["authors"]] == ["Daniel Jasper"]
    assert shown["authors"][0]["bio"].startswith("Daniel Jasper is the Asia public education and advocacy coordinator")
    assert shown["published"].startswith("2021-04-22")
    assert (shown["type"], shown["topics"]) == ("Analysis", ["Global Policy"])


def test_the_body_is_the_article_and_nothing_around_it(shown: Any) -> None:
    assert shown["headings"] == ["Enhancing Engagement", "A Role for the U.N."]
    text = shown["body_text"]
    assert text.startswith("As the Biden administration")
    assert "reduce mutual suspicion" in text or "risk-taking toward peaceful coexistence" in text
    for foreign in ("Sign up for our newsletter", "Donate", "Facebook", "Related Publications", "View All", "Dan Leaf"):
        assert foreign not in text


def test_caption_and_photo_credit_are_apart(shown: Any) -> None:
    figure = shown["figures"][0]

    assert figure["caption"].startswith("The North Korean flag")
    assert "Park" not in figure["caption"]
    assert figure["credit"] == "Jun Michael Park/The New York Times"


def test_the_related_publications_are_leads(shown: Any) -> None:
    assert [lead["title"] for lead in shown["related"]] == [
        "Increasing Information Access for the North Korean People",
        "It’s Time to Resolve the Korean War",
        "Three Conditions for Successful Engagement with North Korea",
        "Building Trust through Health Cooperation with North Korea",
    ]
    first = shown["related"][0]
    assert first["authors"] == ["Sokeel Park"]
    assert first["date"].startswith("2024-04-15")
    assert (first["type"], first["topics"]) == ("Analysis", ["Global Policy"])
    assert first["summary"].startswith("In recent years, North Korea")


def test_the_provenance_is_what_the_page_says_of_itself(shown: Any) -> None:
    provenance = shown["provenance"]

    assert (provenance["kind"], provenance["publisher"], provenance["verdict"]) == (
        "adapted_excerpt",
        "38 North",
        "asserted",
    )
    assert provenance["evidence"] == SENTENCE


def test_the_credit_arrives_in_the_inbox_and_in_every_feed(project: Project, tmp_path: Path) -> None:
    readers = tmp_path / "readers.csv"
    with readers.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["email", "digests", "consent_basis", "consent_at"])
        writer.writerow(["reader@example.org", "weekly", "asked at a conference", "2026-01-02T10:00:00Z"])
    project("subscribers", "import", str(readers))
    edition = project("digest", "compose", "weekly")
    status = project("digest", "send", str(edition["edition"]))
    project("feeds", "build", "--out", str(tmp_path / "public"))

    assert (status["state"], status["planned"], status["sent"]) == ("done", 1, 1)
    (letter,) = (project.folder / "outbox").rglob("*.eml")
    message = message_from_bytes(letter.read_bytes(), policy=policy.default)
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        assert "originally published by 38 North" in " ".join(part.get_content().split())
    for name in ("all.rss", "all.atom", "all.json"):
        assert "originally published by 38 North" in (tmp_path / "public" / "feeds" / name).read_text("utf-8")
