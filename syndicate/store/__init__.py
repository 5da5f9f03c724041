"""All state, on SQLite or PostgreSQL: who calls this room goes through ``flows.ports.Store``, which it implements.

One transaction per method, none ever open across a network call. ``wiring`` opens a store, ``db upgrade`` brings
its schema up, ``db check`` audits it.
"""

from __future__ import annotations

from syndicate.store.audit import audit
from syndicate.store.schema import upgrade
from syndicate.store.sql_store import SqlStore, open_store

__all__ = ["SqlStore", "audit", "open_store", "upgrade"]
