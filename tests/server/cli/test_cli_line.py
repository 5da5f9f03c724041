"""The line by hand: what each command prints and how it ends."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

CSV = """email,name,language,timezone,digests,topics,cadence,consent_basis,consent_at
a@example.org,,en,,weekend,,,a form,2026-01-01
b@example.net,,en,,weekend,,,a form,2026-01-01T10:00:00Z
c@example.com,,en,,weekend,,,a form,
"""
PUBLICATION = {
    "id",
    "slug",
    "outlet",
    "source",
    "url",
    "canonical",
    "title",
    "authors",
    "published",
    "updated",
    "type",
    "topics",
    "language",
    "summary",
    "status",
    "provenance",
}
SHOWN = {"body_html", "body_text", "headings", "figures", "related", "revisions", "terms", "evidence"}
STATUS = {"edition", "digest", "state", "mailer", "batches"} | {
    "planned",
    "waiting",
    "sent",
    "rejected",
    "suppressed",
    "held",
    "unknown",
}


def answer(ended: subprocess.CompletedProcess[str], code: int = 0) -> Any:
    """The JSON document, which is all there is on standard output."""
    assert ended.returncode == code, ended.stderr
    return json.loads(ended.stdout)


@pytest.fixture
def readers(run: Run, project: Path) -> None:
    """Three confirmed readers."""
    (project / "readers.csv").write_text(CSV, "utf-8")
    assert [row["status"] for row in answer(run("subscribers", "import", "readers.csv", "--json"))] == ["imported"] * 3


@pytest.mark.usefixtures("project")
def test_publications_list_has_the_fields_that_others_rely_on(run: Run) -> None:
    own, borrowed = answer(run("publications", "list", "--json"))

    assert set(own) >= PUBLICATION
    assert own["provenance"] is None
    assert own["published"] == "2026-03-02T08:00:00Z"
    assert borrowed["authors"] == [{"name": "Harbours Desk", "bio": "A desk."}, {"name": "Roads Desk", "bio": None}]
    assert borrowed["provenance"] == {
        "kind": "adapted_excerpt",
        "publisher": "The Meridian Review",
        "author": None,
        "url": None,
        "url_kind": None,
        "date": None,
        "verdict": "asserted",
        "evidence": "This is an adapted excerpt from an article originally published by The Meridian Review.",
    }


@pytest.mark.usefixtures("project")
def test_publications_list_can_be_narrowed(run: Run) -> None:
    assert len(answer(run("publications", "list", "--json", "--limit", "1"))) == 1
    assert len(answer(run("publications", "list", "--json", "--since", "2026-03-02"))) == 1
    assert answer(run("publications", "list", "--json", "--status", "withdrawn")) == []
    assert run("publications", "list", "--status", "lost").returncode == 2


@pytest.mark.usefixtures("project")
def test_publications_show_has_everything_by_number_and_by_slug(run: Run) -> None:
    own, _ = answer(run("publications", "list", "--json"))

    shown = answer(run("publications", "show", str(own["id"]), "--json"))

    assert set(shown) >= PUBLICATION | SHOWN
    assert shown == answer(run("publications", "show", own["slug"], "--json"))
    assert shown["figures"] == [
        {"src": "https://saltmarsh.example/a.jpg", "alt": "A road", "caption": "In March", "credit": "Photo: a desk"}
    ]
    assert [lead["title"] for lead in shown["related"]] == ["Silt"]
    assert [revision["number"] for revision in shown["revisions"]] == [1]
    assert shown["terms"]["use"] == "excerpt"


@pytest.mark.usefixtures("project")
def test_publications_show_tells_a_person_all_that_is_known(run: Run) -> None:
    own = answer(run("publications", "show", "1", "--json"))

    blocks = run("publications", "show", "1").stdout.split("\n\n")

    named = {block.split("\n", 1)[0].strip(): block.split("\n")[1:] for block in blocks}
    assert f"title       {own['title']}" in blocks[0]
    assert named["figures"] == ["  https://saltmarsh.example/a.jpg", "      In March", "      credit: Photo: a desk"]
    assert named["related"] == ["              Silt (Harbours Desk)", "              https://saltmarsh.example/silt"]
    assert "  images     no" in named["terms"] or "  images     yes" in named["terms"]
    assert named["revisions"][0].endswith(own["title"])
    assert len(named["how it is known"]) == len(own["evidence"]) > 0
    assert "text" in named


@pytest.mark.usefixtures("project")
def test_nothing_that_a_stranger_wrote_drives_the_terminal(run: Run) -> None:
    plain = run("publications", "list")

    assert plain.returncode == 0
    assert "Tides [31mand Timetables" in plain.stdout
    assert "\x1b" not in plain.stdout + run("publications", "show", "2").stdout


@pytest.mark.usefixtures("project")
def test_a_row_that_is_not_there_is_named_and_ends_with_1(run: Run) -> None:
    for command in (["publications", "show", "99"], ["digest", "send", "99"], ["delivery", "status", "99"]):
        ended = run(*command, "--json")
        assert (ended.returncode, ended.stdout) == (1, ""), command
        assert "99" in ended.stderr
        assert ended.stderr.count("\n") == 1


@pytest.mark.usefixtures("project")
def test_a_name_that_the_configuration_does_not_know_is_a_wrong_command(run: Run) -> None:
    for command in (["collect", "bad"], ["digest", "compose", "bad"], ["digest", "preview", "bad", "--out", "o"]):
        ended = run(*command)
        assert ended.returncode == 2, command
        assert "'bad'; known: " in ended.stderr


def test_a_preview_is_four_files_and_stores_nothing(run: Run, project: Path) -> None:
    answer(run("digest", "preview", "weekend", "--out", "preview", "--json"))

    made = {path.name for path in (project / "preview").iterdir()}
    assert made == {"letter.html", "letter.txt", "letter.eml", "seal.json"}
    letter = message_from_bytes((project / "preview" / "letter.eml").read_bytes(), policy=default)
    assert "The Meridian Review" in (project / "preview" / "letter.txt").read_text("utf-8")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer(run("digest", "list", "--json"))[0]["editions"] == []


@pytest.mark.usefixtures("readers")
def test_compose_why_send_and_status(run: Run, project: Path) -> None:
    edition = answer(run("digest", "compose", "weekend", "--json"))
    assert edition["state"] == "composed"
    assert len(edition["items"]) == 2

    chosen = answer(run("digest", "why", str(edition["edition"]), "--json"))
    assert {choice["publication"] for choice in chosen if choice["taken"]} == set(edition["items"])
    left_out = answer(run("digest", "why", "weekend", "--json"))
    assert {choice["why"] for choice in left_out} == {"carried by an earlier edition of this digest"}

    before = answer(run("delivery", "status", str(edition["edition"]), "--json"))
    assert before["state"] == "waiting"
    sent = answer(run("digest", "send", str(edition["edition"]), "--json"))
    assert set(sent) >= STATUS
    assert (sent["state"], sent["planned"], sent["sent"]) == ("done", 3, 3)
    assert sent["batches"] == {"ready": 0, "sending": 0, "sent": 2, "rejected": 0, "unknown": 0}
    assert answer(run("digest", "send", str(edition["edition"]), "--json")) == sent
    assert answer(run("delivery", "status", str(edition["edition"]), "--json")) == sent
    assert len(list((project / "var" / "outbox").rglob("*.eml"))) == 3
    assert answer(run("db", "check", "--json"))["ok"]


@pytest.mark.usefixtures("project")
def test_a_rejected_row_is_named_and_the_others_go_in(run: Run, project: Path) -> None:
    (project / "mixed.csv").write_text(CSV + '"d@example.org\nBcc: x@example.org",,,,weekend,,,a form,\n', "utf-8")

    rows = answer(run("subscribers", "import", "mixed.csv", "--json"), code=1)

    assert [row["status"] for row in rows] == ["imported"] * 3 + ["rejected"]
    assert "line break" in rows[3]["why"]
    plain = run("subscribers", "import", "mixed.csv")
    assert plain.stdout.splitlines()[-1] == "0 imported, 3 unchanged, 0 skipped, 1 rejected"


@pytest.mark.usefixtures("readers")
def test_what_is_kept_of_a_subscriber(run: Run) -> None:
    person = answer(run("subscribers", "show", "A@Example.org", "--json"))

    assert person["email"] == "a@example.org"
    assert [(s["digest"], s["standing"]) for s in person["subscriptions"]] == [("weekend", "confirmed")]
    assert {consent["basis"] for consent in person["consents"]} == {"a form"}
    assert run("subscribers", "show", "nobody@example.org").returncode == 1
    assert run("subscribers", "show", "nobody").returncode == 2


@pytest.mark.usefixtures("project")
def test_a_file_that_is_no_list_of_subscribers_is_told_so(run: Run, project: Path) -> None:
    (project / "other.csv").write_text("address;digests\n", "utf-8")

    assert "has no column email" in run("subscribers", "import", "other.csv").stderr
    assert run("subscribers", "import", "none.csv").returncode == 2


@pytest.mark.usefixtures("project")
def test_feeds_become_files_that_stay_when_nothing_changed(run: Run, project: Path) -> None:
    first = answer(run("feeds", "build", "--out", "public", "--json"))
    second = answer(run("feeds", "build", "--out", "public", "--json"))

    assert {Path(file["path"]).name for file in first} == {"all.rss", "all.atom", "all.json"}
    assert {file["written"] for file in first} == {True}
    assert {file["written"] for file in second} == {False}
    assert "The Meridian Review" in (project / "public" / "feeds" / "all.rss").read_text("utf-8")


@pytest.mark.usefixtures("project")
def test_one_failed_source_among_good_ones_is_reported_and_ends_with_1(run: Run) -> None:
    good, broken = answer(run("collect", "--json"), code=1)

    assert (good["source"], good["status"], good["new"], good["error"]) == ("good", "ok", 1, None)
    assert (broken["source"], broken["status"], broken["failed"]) == ("broken", "failed", 1)
    assert "404" in broken["error"]
    relied_upon = {"source", "status", "new", "updated", "unchanged", "failed", "error", "next_visit"}
    assert set(good) == relied_upon | {"baseline", "notes"}
    remembered = {source["id"]: source for source in answer(run("sources", "list", "--json"))}
    assert remembered["broken"]["failures"] == 1
    assert remembered["good"]["next_visit"] == good["next_visit"]
    assert [report["status"] for report in answer(run("collect", "--json"))] == ["waiting", "waiting"]


def test_provenance_needs_no_configuration(run: Run) -> None:
    said = "This is an adapted excerpt from an article originally published by The Meridian Review."

    found = answer(run("provenance", "-", "--json", given=f"<p>Text.</p><p>{said}</p>"))

    assert (found["kind"], found["publisher"], found["verdict"]) == (
        "adapted_excerpt",
        "The Meridian Review",
        "asserted",
    )
    assert {"work", "permission", "chain", "evidence"} <= set(found)
    missing = run("provenance", "none.html")
    assert (missing.returncode, missing.stderr) == (1, "syndicate: none.html: No such file or directory\n")
