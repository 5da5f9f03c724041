"""Page readers to be named by tests, some of which misbehave: they run in the parsing process."""

from __future__ import annotations

import os

from syndicate.domain.provenance import Provenance, original
from syndicate.markup.page import Page


def plain(page: Page, outlet: str) -> Provenance:
    """Everything is the outlet's own."""
    return original(outlet)


def busy(page: Page, outlet: str) -> Provenance:
    """Never ends on the slow page."""
    while page.url.endswith("/slow"):
        pass
    return original(outlet)


def fragile(page: Page, outlet: str) -> Provenance:
    """Dies, raises or eats up memory, as the address says."""
    if page.url.endswith("/dies"):
        os._exit(7)
    if page.url.endswith("/raises"):
        msg = "no"
        raise ValueError(msg)
    if page.url.endswith("/eats"):
        return original(str(len(bytearray(8 * 1024**3))))
    return original(outlet)
