"""One request in flight per host, and a patience that ends."""

from __future__ import annotations

import asyncio

from syndicate.net.turns import HostTurns


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
