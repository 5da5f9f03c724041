"""A folder of files: Markdown among them, what is refused, and another look at what is known."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from syndicate.domain.collecting import Bookmark, Found, Look, Unchanged, WatchedPage
from tests.server.collecting import a_source, a_visit, an_article, collect_one

NOTE = """---
title: Salt and Sand
date: 2026-02-02
author: Mara Quill
canonical: https://quay.example/salt
---

Salt came by ship, and the sand was there already, says [the old book](https://quay.example/book).

## What the book says

It says that neither was ever paid for, which everybody on the island knew at the time.
"""


def visited(folder: Path, **changes: object) -> Found | Unchanged:
    result = collect_one(replace(a_visit(a_source("folder", folder.as_uri())), **changes), readers=1, octets=50_000)  # type: ignore[arg-type]
    assert isinstance(result, Found | Unchanged), result
    return result


def found(folder: Path, **changes: object) -> Found:
    result = visited(folder, **changes)
    assert isinstance(result, Found)
    return result


def test_markdown_gives_the_fields_of_its_front_matter_and_its_text(tmp_path: Path) -> None:
    (tmp_path / "salt.md").write_text(NOTE)

    (reading,) = found(tmp_path).readings

    assert (reading.title, reading.url, reading.guid) == ("Salt and Sand", "https://quay.example/salt", "salt.md")
    assert reading.authors[0].name == "Mara Quill"
    assert reading.headings == ("What the book says",)
    assert reading.body_text.startswith("Salt came by ship")
    assert 'href="https://quay.example/book"' in reading.body_html


def test_html_in_markdown_is_as_safe_as_anywhere(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("Words of peace.\n\n<script>alert(1)</script><p onclick=x>More words.</p>")

    (reading,) = found(tmp_path).readings

    assert "script" not in reading.body_html
    assert "onclick" not in reading.body_html


def test_what_may_not_be_read_is_refused_in_words_and_spoils_nothing_else(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "secret.txt"
    folder.mkdir()
    outside.write_text("What is outside stays outside.")
    (folder / "good.html").write_text(an_article("Good"))
    (folder / "leads-out.txt").symlink_to(outside)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "huge.txt").write_bytes(b"x" * 60_000)
    os.mkfifo(folder / "pipe.md")
    (folder / "device.html").symlink_to("/dev/zero")
    Path(os.fsdecode(os.fsencode(folder) + b"/odd-\xff.txt")).write_text("A name that is no UTF-8.")

    result = found(folder)

    assert [reading.title for reading in result.readings] == ["Good"]
    told = {Path(one.where).name: one.problem for one in result.spoiled}
    assert set(told) == {"leads-out.txt", "loop.txt", "huge.txt", "pipe.md", "device.html", "odd-\\udcff.txt"}
    assert "leads out of the folder" in told["leads-out.txt"]
    assert "larger than" in told["huge.txt"]
    assert "no plain file" in told["pipe.md"]
    assert "no UTF-8" in told["odd-\\udcff.txt"]
    assert "stays outside" not in str(result)


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(an_article("A"))
    (tmp_path / "round").symlink_to(tmp_path)

    assert found(tmp_path).seen == 1


def watched(folder: Path, name: str, etag: str = "") -> WatchedPage:
    return WatchedPage(publication=7, url=(folder / name).as_uri(), guid=name, etag=etag)


def test_a_deleted_file_is_missing_and_a_changed_one_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "stays.html").write_text(an_article("Stays"))
    (tmp_path / "goes.html").write_text(an_article("Goes"))
    state = found(tmp_path).etag
    pages = (watched(tmp_path, "stays.html"), watched(tmp_path, "goes.html"))

    quiet = visited(tmp_path, watched=pages, bookmark=Bookmark(etag=state))
    (tmp_path / "goes.html").unlink()
    after = found(tmp_path, watched=pages, bookmark=Bookmark(etag=state))

    assert isinstance(quiet, Unchanged)
    assert [one.look for one in quiet.checked] == [Look.READ, Look.READ]
    assert [one.look for one in after.checked] == [Look.READ, Look.MISSING]
    assert after.checked[0].reading is not None
    assert after.checked[0].reading.title == "Stays"
    assert quiet.checked[0].etag == after.checked[0].etag != ""


def test_a_file_that_did_not_change_since_the_last_look_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "stays.html").write_text(an_article("Stays"))
    (first,) = found(tmp_path, watched=(watched(tmp_path, "stays.html"),)).checked

    (again,) = found(tmp_path, watched=(watched(tmp_path, "stays.html", first.etag),)).checked

    assert (again.look, again.reading) == (Look.SAME, None)


def test_a_file_that_is_there_and_not_read_any_more_is_not_missing(tmp_path: Path) -> None:
    (tmp_path / "one.html").mkdir()

    (checked,) = found(tmp_path, watched=(watched(tmp_path, "one.html"),)).checked

    assert checked.look is Look.FAILED
    assert "one.html" in checked.problem


@pytest.mark.world
def test_a_flattened_text_gives_the_article_and_its_four_related_pieces(world: Path, tmp_path: Path) -> None:
    (tmp_path / "maximizing-engagement.txt").write_bytes((world / "seed.txt").read_bytes())

    (reading,) = found(tmp_path).readings

    assert len(reading.related) == 4
    assert all(lead.date and lead.authors and lead.summary and lead.type for lead in reading.related)
