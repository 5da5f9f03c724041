"""Who runs this installation, as readers see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """``url`` is the public base address without a slash at its end; ``postal_address`` stands in every letter."""

    title: str
    url: str
    language: str = "en"
    timezone: str = "UTC"
    contact: str = ""
    postal_address: str = ""

    def link(self, path: str) -> str:
        """An absolute link to ``path``, which begins with a slash."""
        return self.url.rstrip("/") + path
