"""A real PostgreSQL for the promises too: the same server that the contract suite starts."""

from __future__ import annotations

from tests.contract.conftest import postgres

__all__ = ["postgres"]
