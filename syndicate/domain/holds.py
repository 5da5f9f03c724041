"""Whose ``Retry-After`` it was: the scope of a wait, learned from who was refused at the same time and who was not.

A server that says "come back later" may mean one address, one host or every host of a site (RFC 9110 section 10.2.3
does not say). Guessing too narrow is impolite, too wide starves innocent sources. So each site has a memory of its
last refusals and of who was served meanwhile, and the scope of each refusal follows from it:

1. Without evidence a refusal speaks for its host.
2. Another address of the host served us while the wait ran: this host counts addresses, and its refusals, later ones
   too, speak for one address each. It is forgotten once two addresses of the host are refused within ``TOGETHER`` and
   the host served nothing in between.
3. Two hosts of the site refused us within ``TOGETHER``, and no host of the site has served us since the first of them:
   both refusals speak for the site. The first host that serves us splits it again. This is never carried over to a
   later refusal: otherwise nobody would be asked any more who could show that it was wrong.
4. Whatever the scope, the address that was refused waits to the end of its wait.

The flows ask before a pass and tell after each answer. What counts as a site is for the caller to say
(``net.address``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from urllib.parse import urlsplit

MOST = 50
"""So many observations of one site are remembered at most."""
LONGEST = timedelta(days=31)
"""So long an observation is remembered, and no refusal holds longer."""
TOGETHER = timedelta(minutes=10)
"""Refusals that are no further apart than this have one cause, if nobody was served in between."""
_CLOCK_WAS_WRONG = timedelta(days=1)


class Scope(StrEnum):
    """What a refusal speaks for: one address, all of its host, all hosts of its site."""

    URL = "url"
    HOST = "host"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One answer of a site: ``until`` is the end of the wait it asked for, None where it served us."""

    url: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMemory:
    """What is remembered of one site (a registrable domain, or an address): newest observations first.

    Of observations at the same time the one that was told later stands first; the order is part of the evidence.
    """

    site: str
    observations: tuple[Observation, ...] = ()


def observed(memory: SiteMemory, observation: Observation, now: datetime) -> SiteMemory:
    """The memory after one more answer, bounded to ``MOST`` observations of the last ``LONGEST``.

    An answer that served us is remembered only while it is evidence: where no wait runs and none began just before,
    the memory comes back as it was and need not be stored. Refusals that still hold are the last to be forgotten; past
    ``MOST`` of them at once those that end first go, and the bookmark of the source refused holds on by itself.
    """
    if observation.until is None and not _tells(observation, memory.observations):
        return memory
    if observation.until is not None:
        observation = replace(observation, until=min(observation.until, observation.at + LONGEST))
    everything = sorted(dict.fromkeys((observation, *memory.observations)), key=lambda one: one.at, reverse=True)
    young = [one for one in everything if _remembered(one, now)]
    holding = sorted(_holding(young, now), key=lambda one: one.until or one.at, reverse=True)[:MOST]
    rest = [one for one in young if one not in holding][: MOST - len(holding)]
    kept = tuple(one for one in young if one in holding or one in rest)
    return replace(memory, observations=kept)


def scope_of(memory: SiteMemory, url: str, now: datetime) -> Scope:
    """The widest scope of the refusals that hold ``url`` now; without any, what one of its host would speak for."""
    holding = _covering(memory, url, now)
    scopes = {_scope(refusal, memory.observations) for refusal in holding}
    if Scope.SITE in scopes:
        return Scope.SITE
    return Scope.URL if _counts_addresses(_host(url), memory.observations) else Scope.HOST


def held_until(memory: SiteMemory, url: str, now: datetime) -> datetime | None:
    """Until when ``url`` is not to be asked for because of what its site said; None where it may be asked now."""
    return max((one.until for one in _covering(memory, url, now) if one.until is not None), default=None)


def _covering(memory: SiteMemory, url: str, now: datetime) -> list[Observation]:
    """The refusals that hold ``url`` at ``now``."""
    return [one for one in _holding(memory.observations, now) if _covers(one, url, memory.observations)]


def _covers(refusal: Observation, url: str, seen: Sequence[Observation]) -> bool:
    if refusal.url == url:
        return True
    match _scope(refusal, seen):
        case Scope.SITE:
            return True
        case Scope.HOST:
            return _host(refusal.url) == _host(url)
        case Scope.URL:
            return False


def _scope(refusal: Observation, seen: Sequence[Observation]) -> Scope:
    others = [one for one in seen if one.until is not None and _host(one.url) != _host(refusal.url)]
    if any(_together(refusal, other) and not _served_since(refusal, other, seen) for other in others):
        return Scope.SITE
    return Scope.URL if _counts_addresses(_host(refusal.url), seen) else Scope.HOST


def _counts_addresses(host: str, seen: Sequence[Observation]) -> bool:
    """Rule 2: whether the newest evidence of ``host`` says that each of its addresses is refused on its own."""
    here = [one for one in seen if _host(one.url) == host]
    newer: list[Observation] = []
    for one in here:
        if one.until is None and any(_served_meanwhile(one, older) for older in here[len(newer) + 1 :]):
            return True
        if _refused_together(one, newer):
            return False
        newer.append(one)
    return False


def _served_meanwhile(served: Observation, refusal: Observation) -> bool:
    return refusal.until is not None and refusal.url != served.url and served.at < refusal.until


def _refused_together(first: Observation, newer: Sequence[Observation]) -> bool:
    """Whether ``first`` and a newer refusal of another address, with nothing served between them, are together."""
    if first.until is None:
        return False
    since = list(takewhile(lambda one: one.until is not None, reversed(newer)))
    return any(one.url != first.url and _together(first, one) for one in since)


def _together(one: Observation, other: Observation) -> bool:
    return abs(one.at - other.at) <= TOGETHER


def _served_since(one: Observation, other: Observation, seen: Sequence[Observation]) -> bool:
    """Whether anyone of the site served us after the first of two refusals."""
    since = seen[: max(seen.index(one), seen.index(other))]
    return any(newer.until is None for newer in since)


def _tells(served: Observation, seen: Sequence[Observation]) -> bool:
    """Whether an answer that served us is evidence: it came during a wait or just after a refusal, and is the first
    from this address since the last refusal.
    """
    already = takewhile(lambda one: one.until is None, seen)
    if any(one.url == served.url for one in already):
        return False
    return any(one.until is not None and served.at < max(one.until, one.at + TOGETHER) for one in seen)


def _holding(seen: Sequence[Observation], now: datetime) -> list[Observation]:
    """Refusals whose wait runs at ``now``. One noted in the future means that our clock was wrong: it holds nothing."""
    return [one for one in seen if one.until is not None and one.until > now and _remembered(one, now)]


def _remembered(one: Observation, now: datetime) -> bool:
    return now - LONGEST <= one.at <= now + _CLOCK_WAS_WRONG


def _host(url: str) -> str:
    """Host and port, in lower case: another port is another server. What cannot be read is a host of its own."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    return f"{host or url}:{port or ''}"
