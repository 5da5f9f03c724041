"""A wrong configuration is told in one line: where, what, and what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from syndicate.domain.errors import ConfigurationError
from syndicate.settings import load, problems

RIGHT = """\
[site]
title = "The Reader"
url = "https://reader.example.org"
postal_address = "1 Sample Street"
[web]
secret = "${SYNDICATE_SECRET}"

[[outlets]]
id = "saltmarsh"
name = "Saltmarsh Institute"
url = "https://saltmarsh.example/"

[[sources]]
id = "feed"
outlet = "saltmarsh"
kind = "feed"
url = "https://saltmarsh.example/feed.xml"
every = "15m"

[[digests]]
id = "weekend"
title = "The Weekend"
schedule = { every = "week", on = "sat", at = "07:00", timezone = "Europe/Berlin" }

[mail]
from = "The Reader <reader@example.org>"
"""
SECRET = {"SYNDICATE_SECRET": "long enough to be one"}

# (what stands in the file, what is written in its place, the line that is said)
MISTAKES = [
    ("titl", "title =", "titel =", ":2: site.titel: is not a known key; the nearest known key is title"),
    (
        "every",
        'every = "15m"',
        'evry = "15m"',
        ":18: sources[1].evry: is not a known key; the nearest known key is every",
    ),
    ("table", "[mail]", "[alerts]\n[mail]", ":25: alerts: is not a known key; the nearest known key is outlets"),
    (
        "later",
        "from =",
        'undo = "1h"\nfrom =',
        ":26: mail.undo: is not a known key; known here: provider, from, reply_to, rate, batch, outbox, postmark",
    ),
    (
        "inline",
        "on = ",
        "un = ",
        ":23: digests[1].schedule.un: is not a known key; the nearest known key is on",
    ),
    (
        "duration",
        '"15m"',
        '"9 wk"',
        ":18: sources[1].every: is not a duration; write a whole number and s, m, h or d, such as 15m (found '9 wk')",
    ),
    (
        "kind",
        'kind = "feed"',
        'kind = "fed"',
        (
            ":16: sources[1].kind: must be one of 'feed', 'sitemap', 'listing', 'wordpress', 'drupal', 'folder' "
            "(found 'fed')"
        ),
    ),
    (
        "recipe",
        'kind = "feed"',
        'kind = "listing"',
        ":13: sources[1]: a source of kind listing needs recipe, with at least card and title",
    ),
    (
        "folder",
        'kind = "feed"',
        'kind = "folder"',
        ":13: sources[1]: a source of kind folder needs path",
    ),
    (
        "outlet",
        'outlet = "saltmarsh"',
        'outlet = "saltmarch"',
        ":15: sources[1].outlet: no outlet is called 'saltmarch'; known outlets: saltmarsh",
    ),
    (
        "zone",
        "Europe/Berlin",
        "Atlantis",
        ":23: digests[1].schedule.timezone: is not a time zone; write a name such as Europe/Berlin (found 'Atlantis')",
    ),
    (
        "time",
        "07:00",
        "7 am",
        ":23: digests[1].schedule.at: is not a time of day; write one such as 07:30 (found '7 am')",
    ),
    (
        "weekday",
        '"sat"',
        '"saturday"',
        ":23: digests[1].schedule: on = 'saturday' is not a weekday; write one of mon, tue, wed, thu, fri, sat, sun",
    ),
    ("missing", 'title = "The Reader"\n', "", ":1: site.title: is missing; add title = ..."),
    (
        "newline",
        '"The Reader <reader@example.org>"',
        '"a@b.org\\nCc: c@d"',
        ":26: mail.from: is not an e-mail address; write one such as reader@example.org (found 'a@b.org\\nCc: c@d')",
    ),
    (
        "provider",
        "from =",
        'provider = "carrier-pigeon"\nfrom =',
        ":26: mail.provider: must be one of 'outbox', 'postmark' (found 'carrier-pigeon')",
    ),
    (
        "credentials",
        "from =",
        'provider = "postmark"\nfrom =',
        ":25: mail: provider is postmark, so [mail.postmark] with a token is needed",
    ),
    ("toml", 'title = "The Reader"', 'title = "The Reader', ":2: TOML: cannot be understood: illegal character '\\n'"),
]


def in_one_line(error: ConfigurationError, file: Path) -> str:
    return str(error).removeprefix(str(file))


def a_file(folder: Path, text: str) -> Path:
    file = folder / "syndicate.toml"
    file.write_text(text, "utf-8")
    return file


def test_the_right_one_is_taken(tmp_path: Path) -> None:
    assert problems(a_file(tmp_path, RIGHT), SECRET) == ()


@pytest.mark.parametrize(("was", "now", "said"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_each_mistake_is_told_in_one_line(tmp_path: Path, was: str, now: str, said: str) -> None:
    file = a_file(tmp_path, RIGHT.replace(was, now, 1))

    with pytest.raises(ConfigurationError) as raised:
        load(file, SECRET)

    assert in_one_line(raised.value, file) == said


def test_a_required_key_that_is_misspelt_is_one_problem_and_not_two(tmp_path: Path) -> None:
    file = a_file(tmp_path, RIGHT.replace("title =", "titel =", 1))

    [problem] = problems(file, SECRET)

    assert in_one_line(problem, file) == ":2: site.titel: is not a known key; the nearest known key is title"


def test_a_required_key_that_is_missing_is_told_beside_another_that_is_misspelt(tmp_path: Path) -> None:
    file = a_file(tmp_path, RIGHT.replace('url = "https://reader.example.org"', 'languag = "en"', 1))

    misspelt, missing = problems(file, SECRET)

    assert (misspelt.key, missing.key) == ("site.languag", "site.url")


def test_a_missing_variable_names_file_line_key_and_variable(tmp_path: Path) -> None:
    file = a_file(tmp_path, RIGHT)

    with pytest.raises(ConfigurationError) as raised:
        load(file, {})

    assert in_one_line(raised.value, file) == (
        ":6: web.secret: ${SYNDICATE_SECRET} is not in the environment; "
        "set the variable SYNDICATE_SECRET, or write the value in its place"
    )


def test_an_id_used_twice_names_both_places(tmp_path: Path) -> None:
    again = '[[outlets]]\nid = "saltmarsh"\nname = "Another"\nurl = "https://other.example/"\n'
    file = a_file(tmp_path, RIGHT)
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "more.toml").write_text(again, "utf-8")

    [problem] = problems(file, SECRET)

    assert str(problem) == (
        f"{tmp_path}/outlets/more.toml:2: outlets[2].id: 'saltmarsh' is taken already, at {file}:9; "
        "give each its own id"
    )


def test_an_outlet_file_holds_outlets_and_sources_alone(tmp_path: Path) -> None:
    file = a_file(tmp_path, RIGHT)
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "more.toml").write_text('\n[mail]\nfrom = "x@example.org"\n', "utf-8")

    [problem] = problems(file, SECRET)

    assert str(problem) == (
        f"{tmp_path}/outlets/more.toml:2: mail: does not belong here; "
        "an outlet file holds [[outlets]] and [[sources]]; move the rest to the main file"
    )


def test_a_file_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    [problem] = problems(tmp_path / "none.toml", SECRET)

    assert str(problem) == (
        f"{tmp_path}/none.toml: file: does not exist; run `syndicate init` to write one, or name yours with --config"
    )


def test_all_problems_are_listed_unknown_keys_first(tmp_path: Path) -> None:
    file = a_file(tmp_path, RIGHT.replace("title =", "titel =", 1).replace('"15m"', '"soon"'))

    assert [problem.key for problem in problems(file, SECRET)] == ["site.titel", "sources[1].every"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("${SYNDICATE_SECRET}", "hunter2"),
        ("[[outlets]]", '[store]\nurl = "mysql://user:hunter2@host/database"\n[[outlets]]'),
        ("from =", 'provider = "postmark"\npostmark = { token = "hunter2 ", base_url = "ftp://x" }\nfrom ='),
        ("from =", 'provider = "postmark"\npostmark = { token = "hunter2 x" }\nfrom ='),
    ],
    ids=["secret", "store", "token-beside", "token"],
)
def test_no_complaint_repeats_a_secret(tmp_path: Path, was: str, now: str) -> None:
    told = problems(a_file(tmp_path, RIGHT.replace(was, now, 1)), SECRET)

    assert told
    assert "hunter2" not in " ".join(map(str, told))


def test_a_value_from_the_environment_is_shown_as_it_was_written(tmp_path: Path) -> None:
    file = a_file(tmp_path, RIGHT.replace('"15m"', '"${PAUSE}"'))

    [problem] = problems(file, {**SECRET, "PAUSE": "a private thing"})

    assert "(found '${PAUSE}')" in str(problem)
    assert "private" not in str(problem)


def test_settings_do_not_show_secrets_when_printed(tmp_path: Path) -> None:
    assert not re.search("long enough", repr(load(a_file(tmp_path, RIGHT), SECRET)))
