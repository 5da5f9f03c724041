"""Politeness and order: who is asked, how often, by which name; and that nothing of a pass outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.collect import CollectOptions, build_collector
from syndicate.domain.collecting import Bookmark, Pace, Trouble, Unchanged
from tests.server.collecting import NOW, PAGE_READER, a_feed, a_source, a_visit, an_article, collect, collect_one, found
from tests.server.loopback import Asked, Loopback, Said


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def test_one_host_is_asked_one_thing_at_a_time(site: Loopback) -> None:
    def slowly(asked: Asked) -> Said:
        time.sleep(0.02)
        return Said(body=a_feed(site.root).encode())

    for number in range(5):
        site.pages[f"/{number}"] = slowly

    collect([a_visit(a_source("feed", f"{site.root}/{number}")) for number in range(5)])

    assert len(site.paths()) == 5
    assert site.most_at_once == 1


def test_we_say_who_we_are_and_what_we_can_unpack(site: Loopback) -> None:
    url = site.says("/feed", a_feed(site.root))

    collect_one(a_visit(a_source("feed", url)), user_agent="syndicate/9 (test)")

    assert site.asked[0].headers["user-agent"] == "syndicate/9 (test)"
    assert site.asked[0].headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in site.asked[0].headers


def test_cookies_are_not_kept(site: Loopback) -> None:
    site.says("/feed", a_feed(site.root, "one"), Set_Cookie="a=1")
    site.says("/one", an_article("One"))

    found(a_visit(a_source("feed", site.root + "/feed")))

    assert all("cookie" not in asked.headers for asked in site.asked)


def test_robots_is_asked_once_a_pass_and_not_for_feeds(site: Loopback) -> None:
    site.says("/feed", a_feed(site.root, "one", "two"))
    site.says("/one", an_article("One"))
    site.says("/two", an_article("Two"))

    found(a_visit(a_source("feed", site.root + "/feed")))

    assert [asked.path for asked in site.asked] == ["/feed", "/robots.txt", "/one", "/two"]


def test_an_entry_that_carries_its_text_needs_no_page(site: Loopback) -> None:
    text = (
        "<description>&lt;p&gt;"
        + "The whole text stands in the feed, and there it is read. " * 6
        + "&lt;/p&gt;</description>"
    )
    site.says("/feed", a_feed(site.root, "one", entry=lambda slug: text))

    (reading,) = found(a_visit(a_source("feed", site.root + "/feed", article="entry"))).readings

    assert reading.body_text.startswith("The whole text stands in the feed")
    assert site.paths() == ["/feed"]


def test_a_listing_turns_its_page_while_there_is_news_and_not_for_ever(site: Loopback) -> None:
    for number in range(1, 9):
        card = f'<div class="card"><h3><a href="/p{number}">P</a></h3></div><a class="next" href="/l{number + 1}">'
        site.says(f"/l{number}", card)
        site.says(f"/p{number}", an_article(f"P {number}"))
    source = a_source("listing", site.root + "/l1")
    assert source.recipe is not None
    source = replace(source, recipe=replace(source.recipe, next="a.next"))

    first = found(a_visit(source), lists=3)
    asked = len(site.asked)
    again = found(a_visit(source, known=frozenset), lists=3)

    assert [reading.title for reading in first.readings] == ["P 1", "P 2", "P 3"]
    assert (again.seen, [one.path for one in site.asked[asked:]]) == (1, ["/robots.txt", "/l1"])


def test_more_than_the_most_pages_wait_for_the_next_visit(site: Loopback) -> None:
    slugs = [f"p{number}" for number in range(4)]
    for slug in slugs:
        site.says("/" + slug, an_article(slug))
    site.says("/feed", a_feed(site.root, *slugs), ETag='"1"')

    result = found(a_visit(a_source("feed", site.root + "/feed")), pages=3)

    assert (len(result.readings), result.seen, result.etag) == (3, 4, "")


def test_freshness_and_ttl_are_wishes_that_count(site: Loopback) -> None:
    site.says("/fresh", a_feed(site.root), Cache_Control="max-age=900", Age="300")
    site.says("/ttl", a_feed(site.root).replace("<title>Harbour", "<ttl>45</ttl><title>Harbour"))
    site.pages["/same"] = Said(status=304, headers={"Cache-Control": "max-age=60"})

    bookmark = Bookmark(etag='"1"', representation="", pace=Pace(ttl=900))

    assert found(a_visit(a_source("feed", site.root + "/fresh"))).told.pace.fresh_for == 600
    assert found(a_visit(a_source("feed", site.root + "/ttl"))).told.pace.ttl == 2700
    same = collect_one(a_visit(a_source("feed", site.root + "/same"), bookmark=bookmark))
    assert isinstance(same, Unchanged)
    assert (same.etag, same.told.pace) == ('"1"', Pace(fresh_for=60, cached=True, ttl=900))


def test_a_304_that_nobody_asked_for_is_no_success(site: Loopback) -> None:
    site.pages["/same"] = Said(status=304)

    result = collect_one(a_visit(a_source("feed", site.root + "/same")))

    assert isinstance(result, Trouble)
    assert "though we had nothing to compare" in result.problem


def test_a_redirected_link_is_known_by_both_addresses(site: Loopback) -> None:
    site.pages["/short"] = Said(status=301, headers={"Location": "/long"})
    site.says("/long", an_article("Long"))
    site.says("/feed", a_feed(site.root, "short"))

    (reading,) = found(a_visit(a_source("feed", site.root + "/feed"))).readings

    assert (reading.url, reading.canonical) == (site.root + "/short", site.root + "/long")


def test_a_canonical_address_that_several_pages_claim_is_a_mistake(site: Loopback) -> None:
    head = f'<link rel="canonical" href="{site.root}/template">'
    site.says("/one", an_article("One", head))
    site.says("/two", an_article("Two", head))
    site.says("/feed", a_feed(site.root, "one", "two"))

    readings = found(a_visit(a_source("feed", site.root + "/feed"))).readings

    assert [reading.canonical for reading in readings] == ["", ""]


def test_leaving_a_pass_early_ends_it(site: Loopback) -> None:
    site.pages["/hangs"] = Said(hang=True)
    site.says("/feed", a_feed(site.root))
    visits = [a_visit(a_source("feed", site.root + path)) for path in ("/feed", "/hangs")]
    begun = time.monotonic()

    with closing(build_collector(CollectOptions(private_addresses=True, spacing=timedelta(0)), PAGE_READER)) as room:
        running = room.visit_all(visits, NOW)
        next(running)
        running.close()  # type: ignore[attr-defined]

    assert time.monotonic() - begun < 4


def test_a_collector_serves_one_pass_after_the_other(site: Loopback) -> None:
    url = site.says("/feed", a_feed(site.root))
    visits = [a_visit(a_source("feed", url))]

    with closing(build_collector(CollectOptions(private_addresses=True, spacing=timedelta(0)), PAGE_READER)) as room:
        twice = [[one for one in room.visit_all(visits, NOW) if one] for _ in range(2)]
        none = list(room.visit_all([], NOW))

    assert twice[0] == twice[1]
    assert none == []


@pytest.mark.kill
def test_a_reading_process_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    told = tmp_path / "child"
    program = (
        "import asyncio, sys, time\n"
        "from syndicate.collect.entries import Entry, ReadPiece\n"
        "from syndicate.collect.worker import Bounds\n"
        "from syndicate.collect.workers import Worker\n"
        f"worker = Worker(Bounds(page_reader={PAGE_READER!r}, seconds=4, octets=2**31))\n"
        "task = ReadPiece(entry=Entry(link='http://a.example/', place='x', title='t'), outlet='o', now=0.0)\n"
        "asyncio.run(worker.ask(task))\n"
        f"open({str(told)!r}, 'w').write(str(worker._running.pid))\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=Path.cwd()) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        child = int(told.read_text())
        parent.send_signal(signal.SIGKILL)

    assert _ends(child)


def _ends(pid: int) -> bool:
    """Whether a process is gone, or only waits to be buried, within five seconds."""
    for _ in range(250):
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False
