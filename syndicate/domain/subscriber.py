"""Subscribers, their subscriptions, and the consent behind each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """Where a subscription stands: asked, confirmed by the person, or left."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person's address. ``domain`` is the receiving domain as an A-label, lower case."""

    id: int
    address: str
    domain: str
    name: str = ""
    language: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one subscriber takes."""

    subscriber: int
    digest: str
    standing: Standing
    cadence: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One entry in the ledger of consent: what was said, when, where, and the words the person saw."""

    digest: str
    act: str
    at: datetime
    where: str
    words: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All that is kept of one subscriber: the answer of ``subscribers show``."""

    subscriber: Subscriber
    subscriptions: tuple[Subscription, ...]
    consents: tuple[Consent, ...]
    suppressed: bool


def masked(address: str) -> str:
    """An address that its owner recognises and nobody else learns: ``r…r@example.org``."""
    local, _, host = address.rpartition("@")
    shown = local[0] + "…" + (local[-1] if len(local) > 2 else "") if local else "…"  # noqa: PLR2004 - two letters would show all
    return f"{shown}@{host}"


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def carries_control(text: str) -> bool:
    """Whether ``text`` could forge a header: any C0 or C1 control, NEL, LS or PS."""
    return bool(_CONTROL.search(text))
