"""Dates as outlets write them. The raw text is always kept; what cannot be trusted has no ``parsed`` but a ``doubt``.

Parsers of feeds and pages give plausible wrong dates for odd input, so all dates are read here, from the raw text:
ISO 8601 (RFC 3339, W3C-DTF), RFC 822 and its successors, counts of seconds, and long forms such as "Monday, 15 April
2024" in the languages of ``page_calendar``. Called by every kind of source, and for every date on a page.
"""

# ruff: noqa: RUF001 - numerals and signs are matched in their own scripts

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from syndicate.collect.page_calendar import DIGITS, ERAS, MONTHS, ZONES
from syndicate.collect.words import one_line
from syndicate.domain.publication import Moment, Precision

_EARLIEST = 1990
_TOMORROW = timedelta(hours=48)
_LONGEST = 100
_LONGEST_GUESS = 60
_NOON = 12
_MIDNIGHT = 24
_CENTURY_TURNS = 50
_FULL_YEAR = 4
_MILLISECONDS = 13
_ISO = re.compile(
    r"^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\s?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s?"
    r"(Z|[A-Z]{2,5}|[+-]\d{2}(?::?\d{2})?)?(?:\[[\w/+-]{1,40}\])?)?$",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"^(?:[^\W\d_]{2,9}\.?,?\s+)?(\d{1,2})[\s-]+([^\W\d_]{3,9})\.?[\s-]+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*"
    r"([A-Z]{1,5}|[+-]\d{4})?$",
    re.IGNORECASE,
)
_UNIX = re.compile(
    r"^[A-Z]{3},?\s+([A-Z]{3})\s+(\d{1,2})\s+(\d{2}):(\d{2}):(\d{2})\s+(?:([A-Z]{1,5}|[+-]\d{4})\s+)?(\d{4})$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"^\d{10}(?:\d{3})?$")
_DAY_FIRST = re.compile(
    r"(?<![\d\w])(\d{1,2})(?:st|nd|rd|th|\.|er|º|°|-го)?[\s/-]+(?:de\s+|of\s+|d['’])?([^\W\d_]{3,10})\.?,?[\s/-]+"
    r"(?:de\s+|del\s+)?['’]?(\d{4}|(?<=['’/-])\d{2})(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<!\w)([^\W\d_]{3,10})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+['’]?(\d{4}|(?<=['’])\d{2})(?!\d)"
)
_CJK = re.compile(
    r"(?<!\d)(令和|平成)?\s?(\d{4}|(?<=[和成])\d{1,2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?![\d/-])")
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})(?::|\s?h\s?|\.(?=\d\d\s*Uhr))(\d{2})(?::\d{2})?\s*(?:Uhr\s*)?([ap])?\.?m?\.?\s*\(?"
    r"((?:UTC|GMT)?[+-]\d{1,2}:?\d{2}|UTC|GMT|Z\b|[A-Z]{3,4}\b)?",
    re.IGNORECASE,
)
_CLOCK_HOUR = re.compile(r"(?<![\d:])(\d{1,2})()\s?([ap])\.?m\b\.?\s*([A-Z]{3,4}\b)?", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:ago|yesterday|today|just now|gestern|heute|vor|hier|aujourd|il y a|ayer|hoy|hace|ieri|oggi|fa)\b",
    re.IGNORECASE,
)


def moment(raw: str, now: datetime) -> Moment | None:
    """``raw`` as a moment, or None where it is blank. Before 1990 or more than two days ahead is not believed.

    What is not believed keeps its words, and ``doubt`` ends a sentence that begins with them.
    """
    plain = one_line(raw)[:_LONGEST]
    if not plain:
        return None
    digits = plain.translate(DIGITS)
    found = _iso(digits) or _mail(digits) or _unix(digits) or _counted(digits) or _written(digits) or _guessed(digits)
    if found is None:
        return Moment(raw=plain, parsed=None, zone_known=False, doubt=_why_not(digits))
    return _believed(replace(found, raw=plain), now)


def day_in(text: str, now: datetime) -> Moment | None:
    """The day that a short visible text shows, or None: nothing is guessed."""
    plain = one_line(text)[:_LONGEST]
    digits = plain.translate(DIGITS)
    found = _iso(digits) or _written(digits)
    known = _believed(replace(found, raw=plain), now) if found else None
    return known if known and known.parsed else None


def same_moment(one: Moment, other: Moment) -> bool:
    """Whether two moments say the same as exactly as the vaguer of them does."""
    if one.parsed is None or other.parsed is None:
        return one.parsed is other.parsed and one.raw == other.raw
    gap = abs(one.parsed - other.parsed)
    if Precision.DAY in (one.precision, other.precision) or not (one.zone_known and other.zone_known):
        return gap < timedelta(days=1 if one.precision is other.precision is Precision.DAY else 1.6)
    return gap < timedelta(minutes=1)


def _believed(found: Moment, now: datetime) -> Moment:
    if found.parsed is None:
        return found
    doubt = ""
    if found.parsed.year < _EARLIEST:
        doubt = f"lies before {_EARLIEST}"
    elif found.parsed > now + _TOMORROW:
        doubt = "lies more than two days ahead"
    return replace(found, parsed=None, zone_known=False, doubt=doubt) if doubt else found


def _why_not(plain: str) -> str:
    """Why a text is no date, as far as that can be told."""
    if _RELATIVE.search(plain):
        return "counts from a time that is not known"
    if _SLASHED.search(plain) and "." not in plain:
        return "does not say which number is the day"
    if re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", plain):
        return "names no day that there is"
    return "is not understood as a date"


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
    if match is None or match[2].lower() not in MONTHS:
        return None
    day, name, year, hour, minute, second, zone = match.groups()
    date = (_full(year), MONTHS[name.lower()], int(day))
    return _at(plain, date, (int(hour), int(minute), int(second or 0)), zone)


def _unix(plain: str) -> Moment | None:
    """As ``date`` and C's ``asctime`` print it."""
    match = _UNIX.match(plain)
    if match is None or match[1].lower() not in MONTHS:
        return None
    date = (int(match[7]), MONTHS[match[1].lower()], int(match[2]))
    return _at(plain, date, (int(match[3]), int(match[4]), int(match[5])), match[6])


def _counted(plain: str) -> Moment | None:
    """Ten digits count seconds, thirteen milliseconds since 1970: years of four digits look otherwise."""
    if not _COUNT.match(plain):
        return None
    seconds = int(plain) / (1000 if len(plain) == _MILLISECONDS else 1)
    unit = "milliseconds" if len(plain) == _MILLISECONDS else "seconds"
    return Moment(raw=plain, parsed=datetime.fromtimestamp(int(seconds), UTC), doubt=f"was taken for {unit} since 1970")


def _full(year: str) -> int:
    """A year of two digits is one around our own (RFC 5322 section 4.3)."""
    if len(year) == _FULL_YEAR:
        return int(year)
    return int(year) + (2000 if int(year) < _CENTURY_TURNS else 1900)


def _written(plain: str) -> Moment | None:
    """Long forms, with a clock time where one follows."""
    day = _calendar(plain)
    if day is None:
        return None
    clock = _CLOCK.search(plain) or _CLOCK_HOUR.search(plain)
    if clock is None:
        return _day(plain, *day)
    hour = int(clock[1]) % _NOON + (_NOON if clock[3].lower() == "p" else 0) if clock[3] else int(clock[1])
    timed, whole = _at(plain, day, (hour, int(clock[2] or 0), 0), clock[4]), _day(plain, *day)
    return timed or (replace(whole, doubt="names a time that there is not") if whole else None)


def _calendar(plain: str) -> tuple[int, int, int] | None:
    match = _CJK.search(plain)
    if match:
        return int(match[2]) + ERAS.get(match[1] or "", 0), int(match[3]), int(match[4])
    for match in _DAY_FIRST.finditer(plain):
        if match[2].lower() in MONTHS:
            return _full(match[3]), MONTHS[match[2].lower()], int(match[1])
    for match in _MONTH_FIRST.finditer(plain):
        if match[1].lower() in MONTHS:
            return _full(match[3]), MONTHS[match[1].lower()], int(match[2])
    match = _YEAR_FIRST.search(plain)
    if match:
        return int(match[1]), int(match[2]), int(match[3])
    match = _SLASHED.search(plain)
    return _slashed(match) if match else None


def _slashed(match: re.Match[str]) -> tuple[int, int, int] | None:
    """15/04/2024 says itself which is the day; 04/05/2024 does not, and is not guessed; 04.05.2024 is a day of May."""
    first, second, year = int(match[1]), int(match[2]), _full(match[3])
    if first > _NOON >= second or first == second or (match[0].count(".") == 2 and second <= _NOON):  # noqa: PLR2004
        return year, second, first
    return (year, first, second) if second > _NOON >= first else None


def _guessed(plain: str) -> Moment | None:
    """What a library makes of other languages, only where day, month and year are all there; its times are not used."""
    if len(plain) > _LONGEST_GUESS or not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", plain) or _SLASHED.search(plain):
        return None
    if not re.search(r"[^\W\d_]{3}", plain) or not re.search(r"(?<![\d:])\d{1,2}(?![\d:])", plain):
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
    """A day and a clock time. 24:00 is the midnight after (ISO 8601-1:2019); a leap second is the one before it."""
    offset = _offset(zone or "")
    hour, minute, second = clock[0], clock[1], min(clock[2], 59)
    after = hour == _MIDNIGHT and (minute, second) == (0, 0)
    try:
        local = datetime(*day, 0 if after else hour, minute, second, tzinfo=timezone(offset or timedelta(0)))
        parsed = (local + timedelta(days=after)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Moment(raw=raw, parsed=parsed, precision=Precision.MINUTE, zone_known=offset is not None)


def _offset(zone: str) -> timedelta | None:
    """What a zone says, or None where it is absent, ambiguous, or "-0000" (RFC 5322 section 3.3: not known)."""
    bare = zone.lower()
    if bare in ZONES:
        return timedelta(hours=ZONES[bare])
    match = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", bare)
    if match is None or bare == "-0000" or int(match[2]) >= _MIDNIGHT or int(match[3] or 0) >= 60:  # noqa: PLR2004
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return size if match[1] == "+" else -size
