"""Politeness within a pass: spacing, waits that servers ask for, robots.txt."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from syndicate.domain.collecting import Cause
from syndicate.net.answer import Answer, Failed
from syndicate.net.fetch import Fetcher
from syndicate.net.robots import Robots, RobotsMemory
from tests.server.collecting import NOW
from tests.server.fetching import answers, fetching
from tests.server.loopback import Asked, Loopback, Said


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def allowed(url: str, memory: RobotsMemory | None = None, after: timedelta = timedelta(0)) -> Failed | float:
    """What robots.txt says of ``url``, in a pass of its own."""

    async def asking(fetcher: Fetcher) -> Failed | float:
        robots = Robots(fetcher, "Syndicate/9 (test)", memory or RobotsMemory(), NOW + after)
        try:
            return await robots.permission(url)
        finally:
            await robots.close()

    return fetching(asking)


def pages(site: Loopback, *paths: str, spacing: float = 0.0) -> list[Answer | Failed]:
    """Pages asked for one after the other, by leave of robots.txt."""

    async def asking(fetcher: Fetcher) -> list[Answer | Failed]:
        robots = Robots(fetcher, "syndicate/9", RobotsMemory(), NOW)
        return [await fetcher.get(site.root + path, permission=robots.permission) for path in paths]

    return fetching(asking, spacing=spacing)


def timed(site: Loopback) -> list[float]:
    """When each request came, from now on."""
    times: list[float] = []

    def answer(asked: Asked) -> Said:
        times.append(time.monotonic())
        return Said(body=b"x")

    for path in ("/a", "/b", "/c"):
        site.pages[path] = answer
    return times


def test_two_requests_to_a_site_begin_apart_even_if_they_come_together(site: Loopback) -> None:
    times = timed(site)

    async def asking(fetcher: Fetcher) -> None:
        await asyncio.gather(*(fetcher.get(site.root + path) for path in ("/a", "/b", "/c")))

    fetching(asking, spacing=0.1)

    assert [later - sooner > 0.08 for sooner, later in pairwise(times)] == [True, True]


def test_a_redirect_on_the_same_site_waits_as_well(site: Loopback) -> None:
    times = timed(site)
    site.pages["/old"] = Said(status=302, headers={"Location": "/a"})
    begun = time.monotonic()

    answers(site.root + "/old", spacing=0.15)

    assert times[0] - begun > 0.14


def test_sites_do_not_wait_for_each_other() -> None:
    with Loopback() as one, Loopback() as other:
        begun = time.monotonic()
        answers(one.root + "/", other.root + "/", spacing=5.0)

    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("wait", ["120", "Mon, 02 Mar 2026 12:02:00 GMT"])
def test_a_host_that_asks_to_wait_is_not_asked_again_in_this_pass(site: Loopback, status: int, wait: str) -> None:
    site.pages["/a"] = Said(status=status, headers={"Retry-After": wait})
    site.says("/b", "x")

    _, failed = answers(site.root + "/a", site.root + "/b")

    assert isinstance(failed, Failed)
    assert (failed.cause, failed.where, failed.passing) == (Cause.BUSY, site.root + "/a", True)
    assert failed.wait == pytest.approx(120, abs=3)
    assert "is not asked before 2026-03-02 12:02:0" in failed.problem
    assert site.paths() == ["/a"]


def test_requests_that_wait_their_turn_hear_of_it_too(site: Loopback) -> None:
    site.pages["/a"] = Said(status=429, headers={"Retry-After": "9" * 50})

    async def asking(fetcher: Fetcher) -> list[Answer | Failed]:
        return await asyncio.gather(*(fetcher.get(site.root + "/a") for _ in range(3)))

    assert [type(answer) for answer in fetching(asking)] == [Answer, Failed, Failed]
    assert len(site.asked) == 1


@pytest.mark.parametrize(("status", "asked"), [(429, 1), (503, 2), (500, 2)])
def test_without_a_time_only_too_many_requests_are_taken_to_mean_us(site: Loopback, status: int, asked: int) -> None:
    site.pages["/a"] = Said(status=status)

    answers(site.root + "/a", site.root + "/a")

    assert len(site.asked) == asked


def test_a_wait_that_is_over_holds_nobody(site: Loopback) -> None:
    site.pages["/a"] = Said(status=503, headers={"Retry-After": "Mon, 02 Mar 2026 11:00:00 GMT"})

    assert [type(answer) for answer in answers(site.root + "/a", site.root + "/a")] == [Answer, Answer]


def test_a_crawl_delay_is_kept_between_pages(site: Loopback) -> None:
    site.says("/robots.txt", "User-agent: *\nCrawl-delay: 0.2\n")
    times = timed(site)

    pages(site, "/a", "/b", spacing=0.01)

    assert times[1] - times[0] > 0.18


def test_a_pause_that_is_too_long_leaves_the_rest_for_the_next_visit(site: Loopback) -> None:
    site.says("/robots.txt", "User-agent: *\nRequest-rate: 1/10m\n")
    site.says("/a", "x")

    first, second = pages(site, "/a", "/b")

    assert isinstance(first, Answer)
    assert isinstance(second, Failed)
    assert (second.cause, second.passing) == (Cause.BUSY, True)
    assert "asks for 600 s between two pages, so the rest waits for the next visit" in second.problem


@pytest.mark.parametrize(
    ("robots", "open_to_us"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: SYNDICATE\nAllow: /\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: syndicate/2.0\nDisallow: /", False),
        ("User-agent: synd\nDisallow: /", True),
        ("User-agent: syndicatebot\nDisallow: /", True),
        ("User-agent: other\nUser-agent: syndicate\n\nDisallow: /", False),
        ("User-agent: syndicate\nUser-agent: other\nDisallow: /", False),
        ("User-agent: syndicate\nDisallow:\nUser-agent: other\nDisallow: /", True),
        ("User-agent: syndicate # us\nDisallow: /x\n\nUser-agent: syndicate\nDisallow: /page", False),
        ("User-agent: *\nDisallow: /*page\nAllow: /pag", False),
        ("User-agent: *\nDisallow: /page\nAllow: /page", True),
        ("<html>not found</html>", True),
        ("", True),
    ],
)
def test_robots_speaks_to_us_or_to_all(site: Loopback, robots: str, *, open_to_us: bool) -> None:
    site.says("/robots.txt", robots)

    assert isinstance(allowed(site.root + "/page"), float) == open_to_us


@pytest.mark.parametrize(("status", "open_to_us"), [(404, True), (403, True), (410, True), (500, False), (503, False)])
def test_no_robots_allows_and_a_broken_one_waits(site: Loopback, status: int, *, open_to_us: bool) -> None:
    site.pages["/robots.txt"] = Said(status=status)

    assert isinstance(allowed(site.root + "/page"), float) == open_to_us


def test_robots_is_found_behind_five_redirects_and_not_behind_more(site: Loopback) -> None:
    site.pages["/robots.txt"] = Said(status=301, headers={"Location": "/1"})
    for number in range(1, 5):
        site.pages[f"/{number}"] = Said(status=301, headers={"Location": f"/{number + 1}"})
    site.says("/5", "User-agent: *\nDisallow: /")

    assert isinstance(allowed(site.root + "/page"), Failed)
    site.pages["/5"] = Said(status=301, headers={"Location": "/6"})
    assert allowed(site.root + "/page") == 0.0


def test_robots_is_read_to_half_a_megabyte(site: Loopback) -> None:
    early = "User-agent: *\nDisallow: /page\n"
    site.says("/robots.txt", early + "# filler\n" * 100_000 + "Disallow: /late\n")

    assert isinstance(allowed(site.root + "/page"), Failed)
    assert allowed(site.root + "/late") == 0.0


@pytest.mark.timeout(20)
def test_thousands_of_names_and_rules_cost_little(site: Loopback) -> None:
    names = "".join(f"User-agent: a{number}\n" for number in range(12_000))
    site.says("/robots.txt", names + "Disallow: /\n" * 10_000)
    begun = time.monotonic()

    assert allowed(site.root + "/page") == 0.0
    assert time.monotonic() - begun < 5


def test_robots_is_remembered_for_a_day_across_passes(site: Loopback) -> None:
    memory = RobotsMemory()
    site.says("/robots.txt", "User-agent: *\nDisallow: /page\n")

    for after in (timedelta(0), timedelta(hours=23), timedelta(hours=25)):
        assert isinstance(allowed(site.root + "/page", memory, after), Failed)

    assert len(site.asked) == 2


def test_the_last_robots_holds_while_the_server_is_broken(site: Loopback) -> None:
    memory = RobotsMemory()
    site.says("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    allowed(site.root + "/", memory)
    site.pages["/robots.txt"] = Said(status=500)

    assert allowed(site.root + "/open", memory, timedelta(days=2)) == 0.0
    assert isinstance(allowed(site.root + "/open", memory, timedelta(days=40)), Failed)


def test_a_memory_forgets_the_oldest() -> None:
    memory = RobotsMemory()
    for number in range(5000):
        memory.put(f"http://{number}.example", "", NOW)

    assert memory.get("http://0.example", NOW, timedelta(days=1)) is None
    assert memory.get("http://4999.example", NOW, timedelta(days=1)) == ""
    assert memory.get("http://4999.example", NOW - timedelta(hours=1), timedelta(days=1)) is None
