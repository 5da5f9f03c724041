"""One request in flight per host, and a patience that ends."""

from __future__ import annotations

import asyncio

from syndicate.net.turns import HostTurns, Starts


async def _three(turns: HostTurns, hosts: tuple[str, ...], seconds: float) -> int:
    """How many of the three were at it at once, at most."""
    now, most = 0, 0

    async def work(host: str) -> None:
        nonlocal now, most
        async with turns.turn(host):
            now += 1
            most = max(most, now)
            await asyncio.sleep(seconds)
            now -= 1

    await asyncio.gather(*(work(host) for host in hosts))
    return most


def test_one_host_serves_one_at_a_time() -> None:
    assert asyncio.run(_three(HostTurns(5), ("a", "a", "a"), 0.01)) == 1


def test_hosts_do_not_wait_for_each_other() -> None:
    assert asyncio.run(_three(HostTurns(5), ("a", "b", "c"), 0.01)) == 3


def test_what_hangs_gives_its_turn_away() -> None:
    assert asyncio.run(_three(HostTurns(0.02), ("a", "a", "a"), 0.2)) == 3


def test_nothing_is_remembered_of_a_host_that_nobody_asks() -> None:
    turns = HostTurns(5)

    asyncio.run(_three(turns, ("a", "a", "b"), 0.001))

    assert (turns._locks, turns._waiting) == ({}, {})


def test_what_hangs_gives_its_place_among_all_hosts_away() -> None:
    assert asyncio.run(_three(HostTurns(0.02, most=1), ("a", "b", "c"), 0.2)) == 3


def test_no_more_hosts_are_asked_at_once_than_there_are_places() -> None:
    assert asyncio.run(_three(HostTurns(5, most=2), ("a", "b", "c"), 0.01)) == 2


def test_two_hosts_of_one_site_begin_apart() -> None:
    async def starts() -> list[float]:
        turns, loop = HostTurns(5, spacing=0.05), asyncio.get_running_loop()
        begun: list[float] = []

        async def work(host: str, site: str) -> None:
            async with turns.turn(host, site):
                begun.append(loop.time())

        await asyncio.gather(*(work(host, "site") for host in ("a", "b", "a")))
        return begun

    first, second, third = asyncio.run(starts())

    assert second - first >= 0.049
    assert third - second >= 0.049


def test_a_start_is_reserved_only_where_the_wait_is_bearable() -> None:
    async def waits() -> list[float | None]:
        starts = Starts()
        return [starts.reserve("a", 100.0, 60.0), starts.reserve("a", 100.0, 60.0), starts.reserve("b", 100.0, 60.0)]

    assert asyncio.run(waits()) == [0.0, None, 0.0]


def test_starts_of_long_ago_are_forgotten() -> None:
    async def most() -> int:
        starts = Starts()
        starts._next = {str(number): float("-inf") for number in range(starts._many)}
        starts.reserve("new", 1.0)
        return len(starts._next)

    assert asyncio.run(most()) == 1
