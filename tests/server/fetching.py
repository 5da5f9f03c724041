"""What the tests of the fetcher share: some questions to servers on loopback, asked in one pass."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from syndicate.net.answer import Answer, Failed
from syndicate.net.fetch import Fetcher
from syndicate.net.limits import FetchLimits
from tests.server.collecting import NOW

T = TypeVar("T")


def fetching(asking: Callable[[Fetcher], Awaitable[T]], now: datetime = NOW, **limits: Any) -> T:
    """What comes of ``asking`` with a fetcher that lasts as long."""
    values: dict[str, Any] = {"user_agent": "syndicate/9", "private_addresses": True, "timeout": 5.0, "spacing": 0.0}

    async def all_of_it() -> T:
        bounds = FetchLimits(**(values | limits))
        async with Fetcher(bounds, ssl.create_default_context(), now) as fetcher:
            return await asking(fetcher)

    return asyncio.run(all_of_it())


def answers(*urls: str, **limits: Any) -> list[Answer | Failed]:
    """What comes of asking for ``urls``, one after the other."""

    async def asking(fetcher: Fetcher) -> list[Answer | Failed]:
        return [await fetcher.get(url) for url in urls]

    return fetching(asking, **limits)


def an_answer(url: str, **limits: Any) -> Answer:
    """The answer of ``url``, which has to come."""
    (answer,) = answers(url, **limits)
    assert isinstance(answer, Answer), answer
    return answer


def a_failure(url: str, **limits: Any) -> Failed:
    """Why ``url`` gives no answer."""
    (failed,) = answers(url, **limits)
    assert isinstance(failed, Failed), failed
    return failed
