"""Bringing subscribers over from elsewhere, row by row: each goes in or is named with what to mend.

Called by ``subscribers import``. An import carries consent that was given elsewhere; it cannot make one up, and it
never undoes what a person did here: whoever left stays gone, whoever is suppressed stays suppressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from syndicate.domain.errors import NotFound
from syndicate.domain.subscriber import Consent, Standing, Subscriber
from syndicate.flows.addressing import BadAddress, address_suppressed, normalised, plain_name
from syndicate.flows.house import House

COLUMNS = (
    "email",
    "name",
    "language",
    "timezone",
    "digests",
    "topics",
    "cadence",
    "consent_basis",
    "consent_at",
)
"""The columns of a file of subscribers; lists are separated by ``;``."""

_WHERE = "import"


class RowStatus(StrEnum):
    """What became of one row."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """One row's fate. ``row`` counts rows of people from 1; ``why`` says what was wrong and how to mend it."""

    row: int
    email: str
    status: RowStatus
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A row that was understood."""

    person: Subscriber
    digests: tuple[str, ...]
    basis: str
    at: datetime


def import_rows(house: House, rows: Iterable[Mapping[str, str]], now: datetime) -> tuple[RowResult, ...]:
    """Take each row in, or say why not; one bad row spoils no other. Running it again changes nothing.

    Rows are mappings as ``csv.DictReader`` gives them. Each row is stored on its own, so an import that was killed
    may simply be run again.
    """
    results: list[RowResult] = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        results.append(_take(house, number, _cells(row), first, now))
    return tuple(results)


def _take(house: House, number: int, cells: Mapping[str, str], first: dict[str, int], now: datetime) -> RowResult:
    shown = plain_name(cells["email"])
    entry = _understood(house, cells, now)
    if isinstance(entry, str):
        return RowResult(row=number, email=shown, status=RowStatus.REJECTED, why=entry)
    earlier = first.setdefault(entry.person.address, number)
    if earlier != number:
        why = f"the same address as row {earlier}, which counts; put all its digests there, separated by ;"
        return RowResult(row=number, email=shown, status=RowStatus.SKIPPED, why=why)
    status, why = _stored(house, entry)
    if cells["topics"].strip() and status is RowStatus.IMPORTED:
        why = "; ".join(filter(None, (why, "topics were not taken over: a digest goes to all its readers whole")))
    return RowResult(row=number, email=shown, status=status, why=why)


def _cells(row: Mapping[str, str]) -> Mapping[str, str]:
    """Every column as text: a short row gives None for what it lacks, and spreadsheets write a mark first."""
    given = {str(name).lstrip("\ufeff").strip().lower(): value for name, value in row.items()}
    return {name: value if isinstance(value := given.get(name), str) else "" for name in COLUMNS}


def _understood(house: House, cells: Mapping[str, str], now: datetime) -> _Entry | str:
    """The row as values, or the first thing that is wrong with it."""
    person = normalised(cells["email"])
    if isinstance(person, BadAddress):
        return person.reason
    basis = plain_name(cells["consent_basis"])
    if not basis:
        return "consent_basis is empty: write how this person agreed to get mail, or leave the row out"
    at = _moment(cells["consent_at"], now)
    if isinstance(at, str):
        return at
    digests = tuple(dict.fromkeys(_list(cells["digests"])))
    problem = _digests_wrong(house, digests, cells["cadence"].strip()) or _timezone_wrong(cells["timezone"].strip())
    if problem:
        return problem
    person = replace(
        person,
        name=plain_name(cells["name"]),
        language=plain_name(cells["language"]),
        timezone=cells["timezone"].strip(),
    )
    return _Entry(person=person, digests=digests, basis=basis, at=at)


def _digests_wrong(house: House, digests: tuple[str, ...], cadence: str) -> str:
    known = ", ".join(house.digests)
    if not digests:
        return f"digests is empty: name at least one of {known}"
    for digest in digests:
        if digest not in house.digests:
            return f"no digest is called {digest!r}: write one of {known}"
        if cadence and cadence != house.digests[digest].cadence:
            goes = house.digests[digest].cadence
            return f"{digest} goes out {goes}, not {cadence!r}: write {goes} or leave cadence empty"
    return ""


def _timezone_wrong(name: str) -> str:
    if not name:
        return ""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return f"timezone {plain_name(name)!r} is not one we know: write one like Europe/Berlin, or leave it empty"
    return ""


def _moment(text: str, now: datetime) -> datetime | str:
    """When consent was given; RFC 3339 or a day, UTC where nothing else is said, and ``now`` for an empty cell."""
    if not text.strip():
        return now
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        return f"consent_at {plain_name(text)!r} is not a time: write one like 2026-03-02 or 2026-03-02T12:00:00Z"
    at = parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return at if at <= now else f"consent_at {plain_name(text)!r} lies in the future: write when the person agreed"


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _stored(house: House, entry: _Entry) -> tuple[RowStatus, str]:
    if address_suppressed(house, entry.person.address):
        return RowStatus.SKIPPED, "this address is suppressed: it asked, or its server asked, never to be mailed again"
    standing = _standings(house, entry.person.address)
    gone = [digest for digest in entry.digests if standing.get(digest) is Standing.LEFT]
    wanted = [digest for digest in entry.digests if standing.get(digest) in (None, Standing.PENDING)]
    stays = f"left {', '.join(gone)} before and stays gone; only the person can come back" if gone else ""
    if not wanted:
        return (RowStatus.SKIPPED, stays) if gone else (RowStatus.UNCHANGED, "")
    for digest in wanted:
        noted = Consent(digest=digest, act="imported", at=entry.at, where=_WHERE, words="", basis=entry.basis)
        cadence = house.digests[digest].cadence
        kept = house.store.subscribers.ask(entry.person, (digest,), cadence, noted)
        house.store.subscribers.confirm(kept.id, (digest,), replace(noted, act="confirmed"))
    return RowStatus.IMPORTED, stays


def _standings(house: House, address: str) -> dict[str, Standing]:
    """Where this person stands with each digest; asking again after leaving counts as left until it is confirmed.

    Anybody can type an address into a form. If that opened the way for an import, a stranger could undo an opt-out.
    """
    try:
        person = house.store.subscribers.by_address(address)
    except NotFound:
        return {}
    said = {entry.digest: entry.act for entry in person.consents if entry.act in ("confirmed", "left")}
    standing = {subscription.digest: subscription.standing for subscription in person.subscriptions}
    asking = (digest for digest, now in standing.items() if now is Standing.PENDING and said.get(digest) == "left")
    return standing | dict.fromkeys(asking, Standing.LEFT)
