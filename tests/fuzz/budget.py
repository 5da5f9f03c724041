"""How long each parser is fuzzed: a few hundred tries in every run, or ``FUZZ_SECONDS`` for each of them.

``FUZZ_SECONDS=60 pytest tests/fuzz`` looks for a minute at each parser. Whatever is found is printed as the smallest
input that still shows it; put it beside the test as an ``@example`` or into ``samples``.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
TRIES = 150
MOST_CPU = 3.0
"""Seconds of a processor that one input of a few kilobytes may cost; the product allows four to any input."""
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
_Input = TypeVar("_Input")


def fuzz(inputs: SearchStrategy[_Input], check: Callable[[_Input], None], tries: int = TRIES) -> None:
    """Try ``check`` on many ``inputs``, each in bounded time, until the budget is used up."""

    def bounded(one: _Input) -> None:
        began = time.thread_time()
        check(one)
        assert time.thread_time() - began < MOST_CPU, "takes too long"

    manner = settings(max_examples=tries, deadline=None, suppress_health_check=_SLOW)
    if SECONDS:
        manner = settings(manner, max_examples=tries * 10, derandomize=False)
    ends = time.monotonic() + SECONDS
    while True:
        manner(given(inputs)(bounded))()
        if time.monotonic() >= ends:
            return
