"""Kinds of values in a configuration: each says in a sentence what it wants when it gets something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator

from syndicate.domain.subscriber import carries_control

SHORTEST_SECRET = 16
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(raw: object) -> timedelta:
    """``30s``, ``15m``, ``2h`` or ``1d``."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*([smhd])\s*", raw) if isinstance(raw, str) else None
    if not found:
        msg = "is not a duration; write a whole number and s, m, h or d, such as 15m"
        raise ValueError(msg)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def first_moment(raw: object) -> object:
    """A TOML date stands for its first moment, UTC."""
    return f"{raw.isoformat()}T00:00:00Z" if isinstance(raw, date) and not isinstance(raw, datetime) else raw


def whole_secret(raw: object) -> object:
    """Long enough that nobody guesses what it signs."""
    if isinstance(raw, str) and len(raw) >= SHORTEST_SECRET:
        return raw
    msg = (
        f"is shorter than {SHORTEST_SECRET} characters; links in letters are signed with it, so make one with "
        "`python3 -c 'import secrets; print(secrets.token_urlsafe(32))'`"
    )
    raise ValueError(msg)


def _is_zone(raw: str) -> bool:
    try:
        ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_website(raw: str) -> bool:
    try:
        parts = urlsplit(raw)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", raw)
    except ValueError:
        return False


def _is_address(raw: str) -> bool:
    return not carries_control(raw) and re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(raw)[1]) is not None


def _matching(pattern: str) -> Callable[[str], bool]:
    return lambda raw: re.fullmatch(pattern, raw) is not None


def _wanting(told: Callable[[str], bool], otherwise: str) -> BeforeValidator:
    """Text for which ``told`` is true; ``otherwise`` is what to say."""

    def check(raw: object) -> object:
        if isinstance(raw, str) and not told(raw):
            raise ValueError(otherwise)
        return raw

    return BeforeValidator(check)


Duration = Annotated[timedelta, BeforeValidator(duration)]
Secret = Annotated[str, BeforeValidator(whole_secret)]
Text = Annotated[str, _wanting(lambda raw: bool(raw.strip()), "is empty")]
Line = Annotated[
    str,
    _wanting(lambda raw: bool(raw.strip()) and not carries_control(raw), "must be one line of text, not empty"),
]
Id = Annotated[
    str,
    _wanting(
        _matching(r"[a-z0-9][a-z0-9_-]{0,62}"),
        "is not an id; write small letters, digits, - and _, at most 63, beginning with a letter or digit",
    ),
]
Zone = Annotated[str, _wanting(_is_zone, "is not a time zone; write a name such as Europe/Berlin")]
Website = Annotated[str, _wanting(_is_website, "is not a web address; write one beginning with https://")]
Address = Annotated[
    str,
    _wanting(_is_address, "is not an e-mail address; write one such as reader@example.org"),
]
Language = Annotated[
    str,
    _wanting(_matching(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"), "is not a language tag; write one such as en or de-AT"),
]
TimeOfDay = Annotated[
    str, _wanting(_matching(r"([01]\d|2[0-3]):[0-5]\d"), "is not a time of day; write one such as 07:30")
]
Database = Annotated[
    str,
    _wanting(
        _matching(r"sqlite:///.+|postgresql(\+psycopg)?://.+"),
        "names no database; write sqlite:///var/syndicate.db or postgresql://user@host/database",
    ),
]
