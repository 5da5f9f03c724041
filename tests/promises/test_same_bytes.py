"""Promise 6: same state, same bytes, whatever interpreter, zone, language, hash seed, hour or cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from syndicate.domain.outlet import Terms
from syndicate.flows.publishing import build_feeds
from syndicate.flows.reading import feed_document
from syndicate.settings import load
from syndicate.testing.builders import NOON, a_borrowed_provenance, a_moment, a_reading, an_outlet
from syndicate.wiring import build
from tests.unit.feeds.samples import a_config, a_house, keep

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = (
    {"TZ": "UTC", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/St_Johns", "LC_ALL": "POSIX", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4294967295"},
)
_HARBOUR = "https://harbour.example.net"
_PROGRAM = """
import json, locale, sys, time
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from syndicate.flows.reading import feed_document
from syndicate.settings import load
from syndicate.wiring import build

locale.setlocale(locale.LC_ALL, "")
time.tzset()
house = build(load(Path(sys.argv[1])))
now = datetime.fromisoformat(sys.argv[2])
found = {ending: sha256(feed_document(house, "all", ending, now).body).hexdigest() for ending in house.formats}
json.dump(found, sys.stdout)
"""
_PARTS = """
[[outlets]]
id = "harbour"
name = "The Harbour Review"
url = "https://harbour.example.net/"
terms = { use = "excerpt", words = 60 }

[[feeds]]
id = "all"
title = "Everything we carry"
select = { types = ["Analysis", "Essay", "Interview"], topics = ["Coast", "Sea", "Law", "Trade"] }
"""


def a_stocked_project(folder: Path) -> Path:
    config = a_config(folder)
    config.write_text(config.read_text("utf-8") + _PARTS, "utf-8")
    house = build(load(config))
    keep(
        house,
        a_reading(provenance=a_borrowed_provenance()),
        a_reading(
            url="https://harbour.example.net/2", canonical="", guid="2", title="Ångström İstanbul ٣", language="tr"
        ),
        a_reading(
            url="https://harbour.example.net/3", canonical="", guid="3", published=a_moment(NOON.replace(year=1999))
        ),
    )
    return config


def elsewhere(config: Path, environment: dict[str, str]) -> dict[str, str]:
    """The digests of all formats, rendered by another interpreter under another sky."""
    program = [sys.executable, "-c", _PROGRAM, str(config), NOON.isoformat()]
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "VIRTUAL_ENV")}
    done = subprocess.run(program, env=inherited | environment, cwd=ROOT, capture_output=True, check=True, timeout=60)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_interpreters_with_other_zones_languages_and_hash_seeds_give_equal_bytes(tmp_path: Path) -> None:
    """Each gets its own copy of the database, so that none answers from another's cache."""
    answers = []
    for number, environment in enumerate(ELSEWHERE):
        answers.append(elsewhere(a_stocked_project(tmp_path / str(number)), environment))

    assert answers[0].keys() == {"rss", "atom", "json"}
    assert answers[1:] == answers[:1] * (len(ELSEWHERE) - 1)


def test_interpreters_on_one_database_share_its_cache(tmp_path: Path) -> None:
    """The cache key is equal in every process: an answer kept by one is the answer of the next."""
    config = a_stocked_project(tmp_path)
    first = elsewhere(config, ELSEWHERE[0])
    house = build(load(config))
    kept = feed_document(house, "all", "rss", NOON)

    assert sha256(kept.body).hexdigest() == first["rss"]
    assert elsewhere(config, ELSEWHERE[1]) == first


@pytest.mark.parametrize("later", [timedelta(seconds=1), timedelta(days=40), timedelta(days=4000)])
def test_the_hour_changes_nothing_while_no_boundary_is_passed(tmp_path: Path, later: timedelta) -> None:
    bodies = []
    for folder, now in (("now", NOON), ("later", NOON + later)):
        house = a_house(tmp_path / folder)
        keep(house, a_reading(provenance=a_borrowed_provenance()))
        bodies.append([feed_document(house, "all", ending, now).body for ending in house.formats])

    assert bodies[0] == bodies[1]


def test_each_document_says_until_when_it_holds_and_holds_until_then(tmp_path: Path) -> None:
    """At every moment up to ``valid_until`` a fresh house gives the same bytes; at that moment, others."""
    terms = Terms(embargo=timedelta(hours=2), until=NOON + timedelta(hours=8))

    def fresh(number: int, hours: float) -> tuple[bytes, object]:
        house = a_house(tmp_path / str(number), outlets=(an_outlet(terms=terms),))
        keep(house, a_reading(published=a_moment(NOON + timedelta(hours=1))))
        document = feed_document(house, "all", "atom", NOON + timedelta(hours=hours))
        return document.body, document.valid_until

    at = {hours: fresh(number, hours) for number, hours in enumerate((0, 2.99, 3, 7.99, 8, 99))}

    assert at[0] == at[2.99]
    assert at[3] == at[7.99]
    assert at[8] == at[99]
    assert len({at[0], at[3], at[8]}) == 3
    assert [at[hours][1] for hours in (0, 3, 8)] == [NOON + timedelta(hours=3), NOON + timedelta(hours=8), None]


def test_the_static_tree_holds_the_servers_bytes(tmp_path: Path) -> None:
    house = build(load(a_stocked_project(tmp_path)))

    for built in build_feeds(house, tmp_path / "out", NOON):
        document = feed_document(house, "all", built.path.suffix.removeprefix("."), NOON)
        assert built.path.read_bytes() == document.body
        assert built.etag == document.etag
