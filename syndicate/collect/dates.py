"""Dates as outlets write them. The raw text is always kept; what cannot be trusted has no ``parsed``.

Parsers of feeds and pages give plausible wrong dates for odd input, so all dates are read here, from the raw text:
ISO 8601 (RFC 3339, W3C-DTF), RFC 822 and its successors, and long forms such as "Monday, 15 April 2024".
"""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, timedelta, timezone

from syndicate.collect.words import one_line
from syndicate.domain.publication import Moment, Precision

_EARLIEST = 1990
_TOMORROW = timedelta(hours=48)
_LONGEST = 100
_LONGEST_GUESS = 60
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
            "february feb februar février févr fevrier febrero febbraio fevereiro fev februari",
            "march mar märz maerz mars marzo março marco maart",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug août aout agosto ago augustus augusti",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desember",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(
    r"^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"^(?:\w{3,9},?\s+)?(\d{1,2})[\s-]+([^\W\d_]{3,9})[\s-]+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([A-Z]{1,5}|[+-]\d{4})?$",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+)?([^\W\d_]{3,10})\.?,?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"(?<!\w)([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_CJK = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_SLASHED = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?m?\.?\s*(UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_ZONES = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "ut": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}
"""Hours from UTC: those of RFC 5322 section 4.3. Other names mean different things in different places."""
_NOON = 12


def moment(raw: str, now: datetime) -> Moment | None:
    """``raw`` as a moment, or None where it is blank. Before 1990 or more than two days ahead is not believed."""
    plain = one_line(raw)[:_LONGEST]
    if not plain:
        return None
    found = _iso(plain) or _mail(plain) or _written(plain) or _guessed(plain)
    return found if _believed(found, now) else Moment(raw=plain, parsed=None, zone_known=False)


def day_in(text: str, now: datetime) -> Moment | None:
    """The day that a short visible text shows, or None: nothing is guessed."""
    found = _iso(text) or _written(one_line(text)[:_LONGEST])
    return found if _believed(found, now) else None


def _believed(found: Moment | None, now: datetime) -> bool:
    return (
        found is not None
        and found.parsed is not None
        and found.parsed.year >= _EARLIEST
        and found.parsed <= now + _TOMORROW
    )


def _iso(plain: str) -> Moment | None:
    match = _ISO.match(plain)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    if hour is None:
        return _day(plain, int(year), int(month), int(day))
    return _at(plain, (int(year), int(month), int(day)), (int(hour), int(minute), int(second or 0)), zone)


def _mail(plain: str) -> Moment | None:
    match = _MAIL.match(plain)
    if match is None:
        return None
    day, name, year, hour, minute, second, zone = match.groups()
    month = _MONTHS.get(name.lower())
    if month is None:
        return None
    full = int(year) + (0 if len(year) == len("1999") else 2000 if int(year) < 50 else 1900)  # noqa: PLR2004 - RFC 5322 4.3
    return _at(plain, (full, month, int(day)), (int(hour), int(minute), int(second or 0)), zone)


def _written(plain: str) -> Moment | None:
    """Long forms, with a clock time where one follows."""
    day = _calendar(plain)
    if day is None:
        return None
    clock = _CLOCK.search(plain)
    if clock is None:
        return _day(plain, *day)
    hour = int(clock[1]) % _NOON + (_NOON if clock[3].lower() == "p" else 0) if clock[3] else int(clock[1])
    return _at(plain, day, (hour, int(clock[2]), 0), clock[4])


def _calendar(plain: str) -> tuple[int, int, int] | None:
    match = _CJK.search(plain)
    if match:
        return int(match[1]), int(match[2]), int(match[3])
    match = _DAY_FIRST.search(plain)
    if match and match[2].lower() in _MONTHS:
        return int(match[3]), _MONTHS[match[2].lower()], int(match[1])
    match = _MONTH_FIRST.search(plain)
    if match and match[1].lower() in _MONTHS:
        return int(match[3]), _MONTHS[match[1].lower()], int(match[2])
    match = _SLASHED.match(plain)
    if match:
        return _slashed(int(match[1]), int(match[2]), int(match[3]))
    return None


def _slashed(first: int, second: int, year: int) -> tuple[int, int, int] | None:
    """15/04/2024 says itself which is the day; 04/05/2024 does not, and is not guessed."""
    if first > _NOON >= second or first == second:
        return year, second, first
    return (year, first, second) if second > _NOON >= first else None


def _guessed(plain: str) -> Moment | None:
    """What a library makes of other languages, only where day, month and year are all there; its times are not used."""
    if len(plain) > _LONGEST_GUESS or not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", plain) or _SLASHED.match(plain):
        return None
    if not re.search(r"[^\W\d_]{3}", plain) or not re.search(r"(?<!\d)\d{1,2}(?!\d)", plain):
        return None
    import dateparser  # noqa: PLC0415 - large, and rarely needed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(
            plain,
            settings={"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "STRICT_PARSING": True},
        )
    return _day(plain, found.year, found.month, found.day) if found else None


def _day(raw: str, year: int, month: int, day: int) -> Moment | None:
    try:
        parsed = datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return Moment(raw=raw, parsed=parsed, precision=Precision.DAY, zone_known=False)


def _at(raw: str, day: tuple[int, int, int], clock: tuple[int, int, int], zone: str | None) -> Moment | None:
    offset = _offset(zone or "")
    try:
        local = datetime(*day, *clock, tzinfo=timezone(offset or timedelta(0)))
        parsed = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(raw=raw, parsed=parsed, precision=Precision.MINUTE, zone_known=offset is not None)


def _offset(zone: str) -> timedelta | None:
    """What a zone says, or None where it is absent, ambiguous, or "-0000" (RFC 5322 section 3.3: not known)."""
    if zone.lower() in _ZONES:
        return timedelta(hours=_ZONES[zone.lower()])
    match = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", zone)
    if match is None or zone == "-0000" or int(match[2]) >= 24 or int(match[3]) >= 60:  # noqa: PLR2004 - a day, an hour
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return size if match[1] == "+" else -size
