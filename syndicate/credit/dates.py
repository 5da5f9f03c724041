"""Dates as attribution sentences give them, in the languages this room reads.

A month or a year without a day becomes its first day: the issue it names, not a moment.
"""
# ruff: noqa: RUF001 - month names stand here in their own scripts

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = """
january januar janvier enero janeiro gennaio januari stycznia styczeń styczniu января январе январь
    jan يناير
february februar février fevrier febrero fevereiro febbraio februari lutego luty lutym февраля
    феврале февраль feb فبراير
march märz mars marzo março marco maart marca marzec marcu марта марте март mar mär مارس
april avril abril aprile kwietnia kwiecień kwietniu апреля апреле апрель apr أبريل
may mai mayo maio maggio mei maja maj maju мая мае май مايو
june juni juin junio junho giugno czerwca czerwiec czerwcu июня июне июнь jun يونيو
july juli juillet julio julho luglio lipca lipiec lipcu июля июле июль jul يوليو
august août aout agosto augustus sierpnia sierpień sierpniu августа августе август aug أغسطس
september septembre septiembre setembro settembre września wrzesień wrześniu сентября сентябре
    сентябрь sept sep سبتمبر
october oktober octobre octubre outubro ottobre października październik październiku октября
    октябре октябрь oct okt أكتوبر
november novembre noviembre novembro listopada listopad listopadzie ноября ноябре ноябрь nov نوفمبر
december dezember décembre decembre diciembre dezembro dicembre grudnia grudzień grudniu декабря
    декабре декабрь dec dez ديسمبر
"""
_NUMBER = {
    name: number for number, names in enumerate(re.split(r"\n(?! )", _MONTHS.strip()), 1) for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_OF = r"(?:de |do |di |del |d['’])?"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<number>[01]\d)-{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<number>[01]?\d)\s?[月월](?:\s?{_DAY}\s?[日일])?",
        rf"(?<!\d){_DAY}[./]\s?(?P<number>[01]?\d)[./]\s?{_YEAR}(?!\d)",
        rf"\b{_DAY}(?:\.|st|nd|rd|th|er|º|ª)?\s{_OF}{_MONTH},?\s{_OF}{_YEAR}(?!\d)",
        rf"\b{_MONTH}(?:/[^\W\d]{{3,9}})?\s(?:{_DAY}(?:st|nd|rd|th)?,\s)?{_OF}{_YEAR}(?!\d)",
        rf"\b{_MONTH}\s{_DAY}(?:st|nd|rd|th)?\s{_YEAR}(?!\d)",
        rf"(?<![\d/])(?P<number>[01]?\d)/{_YEAR}(?![\d/])",
        r"(?<![\d/])(?P<number>0?[1-9]|1[0-2])/(?P<short>\d\d)(?![\d/])",
    )
)
_BARE_YEAR = re.compile(rf"(?<![\d.,/-]){_YEAR}(?![\d/%-])")
_CLOCK = re.compile(r"^\d{1,2}[:.]\d\d\b|^\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_CONNECTOR = re.compile(
    r"(?:[\s,(]+(?:on|in|of|am|im|vom|le|en|el|del|em|de|il|nel|op|w|dnia|في|بتاريخ|в|от|the|issue|"
    r"published))*[\s,(]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it stands in the text it was found in."""

    day: date
    start: int
    end: int


def find(text: str) -> Dated | None:
    """The first date of ``text`` that says at least the month."""
    found = [hit for pattern in _PATTERNS if (hit := pattern.search(text))]
    for hit in sorted(found, key=lambda match: (match.start(), -match.end())):
        day = _day(hit)
        if day:
            return Dated(day, hit.start(), hit.end())
    return None


def find_year(text: str) -> Dated | None:
    """The first bare year of ``text``."""
    hit = _BARE_YEAR.search(text)
    return Dated(date(int(hit["year"]), 1, 1), hit.start(), hit.end()) if hit else None


def begins_with_time(text: str) -> bool:
    """Whether ``text`` opens with a date, a year or a time of day: a time stamp, not a name."""
    start = text.lstrip(" ,(")
    if _CLOCK.match(start):
        return True
    if any(pattern.match(start) for pattern in _PATTERNS):
        return True
    return bool(_BARE_YEAR.match(start) or re.match(rf"(?:{_DAY}\.?\s)?{_MONTH}(?:\s\d|\W*$)", start, re.IGNORECASE))


def is_month(word: str) -> bool:
    """Whether ``word`` is the name of a month in one of the languages."""
    return word.lower() in _NUMBER


def before(text: str) -> str:
    """``text`` up to its first date, without the preposition that leads to it."""
    hit = find(text)
    if hit is None:
        return text
    return _CONNECTOR.sub("", text[: hit.start])


def _day(hit: re.Match[str]) -> date | None:
    given = hit.groupdict()
    year = int(given["year"]) if given.get("year") else 2000 + int(given["short"])
    number = int(given["number"]) if given.get("number") else _NUMBER[str(given["month"]).lower()]
    try:
        return date(year, number, int(given.get("day") or 1))
    except ValueError:
        return None
