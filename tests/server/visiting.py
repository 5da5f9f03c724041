"""A house served on loopback by a real uvicorn, and a browser-like client that keeps no cookies and follows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2 as httpx

from syndicate.flows.house import House
from syndicate.web import create_app
from syndicate.web.server import serving


@contextmanager
def visiting(house: House) -> Iterator[httpx.Client]:
    """A client of the pages of ``house`` while the block runs."""
    with (
        serving(create_app(house), "127.0.0.1", 0) as address,
        httpx.Client(base_url=address, timeout=10, trust_env=False) as client,
    ):
        yield client


def path_of(house: House, link: str) -> str:
    """The path of one of our links: the site's own address is not where a test serves it."""
    return link.removeprefix(house.site.url)
