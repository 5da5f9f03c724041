"""However an address is spelled, what it leads to is what is checked."""

from __future__ import annotations

import asyncio

import pytest

from syndicate.net.guard import GuardedBackend, PrivateAddress, Unreachable


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "::1", "0x7f000001", "2130706433", "127.1", "0177.0.0.1", "0.0.0.0"),
        *("169.254.169.254", "::ffff:127.0.0.1", "10.1.2.3", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_no_spelling_of_a_private_address_is_connected_to(host: str) -> None:
    with pytest.raises((PrivateAddress, Unreachable), match=r"not a public address|not known"):
        asyncio.run(GuardedBackend(private_addresses=False).connect_tcp(host, 80, timeout=2))


def test_a_name_without_an_address_is_unreachable() -> None:
    with pytest.raises(Unreachable, match="is not known"):
        asyncio.run(GuardedBackend(private_addresses=True).connect_tcp("no-such-host.invalid", 80, timeout=5))
