"""The room that turns the world into readings.

``build_collector`` is all that the rest of the house calls; ``wiring`` hands it the options and the name of the
function that knows provenance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syndicate.collect.options import CollectOptions

if TYPE_CHECKING:
    from syndicate.collect.collector import WebCollector

__all__ = ["CollectOptions", "build_collector"]


def build_collector(options: CollectOptions, page_reader: str) -> WebCollector:
    """A collector. ``page_reader`` names a function, ``"module:function"``, that tells a page's provenance.

    It is given each full page and the outlet's name, in the parsing process.
    """
    from syndicate.collect.collector import WebCollector  # noqa: PLC0415 - reading workers need no network

    return WebCollector(options, page_reader)
