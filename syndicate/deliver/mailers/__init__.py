"""One file per mail API, and one line here for each. Only wiring loads them, and only the one that is configured.

A mailer's file has ``build(options)``, whose answer has the shape of ``flows.house.Mailer``. To add one, read
``docs/how-to/add-a-mailer.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from syndicate.domain.errors import NotFound

MAILERS: Mapping[str, str] = {
    "outbox": "syndicate.deliver.mailers.outbox:build",
    "postmark": "syndicate.deliver.mailers.postmark:build",
}
"""The name in ``[mail] provider`` and the dotted name of what builds it."""


def load(name: str, options: object) -> Any:
    """The mailer called ``name``, built from its options; raises ``NotFound`` naming those there are."""
    if name not in MAILERS:
        raise NotFound("mailer", name, tuple(sorted(MAILERS)))
    module, _, build = MAILERS[name].partition(":")
    return getattr(import_module(module), build)(options)
