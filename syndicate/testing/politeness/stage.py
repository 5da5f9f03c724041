"""The stage of one behaviour: its hosts, its time, and the collector that makes its passes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from types import TracebackType
from typing import Self

from syndicate.testing.politeness.server import Host, Request, Time
from syndicate.testing.politeness.subjects import Ask, Held, Need, Subject

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_FEW = 6
_WORDS = "The tide tables are printed a year ahead, and nobody asked the people who row the boats about them."


class Stage:
    """One behaviour's world. Hosts are made as they are needed; time moves only when the behaviour says so."""

    def __init__(self, subject: Subject, begin: datetime, *, keeps_time: bool) -> None:
        self._subject = subject
        self._keeps_time = keeps_time
        self._time = Time(begin)
        self.hosts: list[Host] = []

    @property
    def now(self) -> datetime:
        """The time here."""
        return self._time.now

    def host(self) -> Host:
        """One more origin."""
        made = Host(self._time)
        self.hosts.append(made)
        return made

    def look(self, *asks: Ask | str, after: timedelta = timedelta(0)) -> Held:
        """Let ``after`` go by, then one pass. A collector that cannot be given a time makes it at once."""
        if self._keeps_time:
            self._time.now += after
        return self._subject.look([Ask(url=ask) if isinstance(ask, str) else ask for ask in asks], self._time.now)

    def looks(self, *asks: Ask | str, every: timedelta, until: timedelta) -> Held:
        """Passes every so often, until so much has gone by; what the last one held.

        A collector that cannot be given a time makes a few of them, at once.
        """
        held: Held = {}
        passes = -(-until // every)
        for _ in range(passes if self._keeps_time else min(passes, _FEW)):
            held = self.look(*asks, after=every)
        return held

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for host in self.hosts:
            host.down()
        self._subject.close()


Play = Callable[[Stage], str]
"""Plays a behaviour; empty where it was kept, else what was seen instead, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One thing that a polite collector does: ``asks`` in a sentence, ``source`` who says so.

    ``clocked`` says that a real clock judges it, which a loaded machine may blur: it is called broken only when it is
    broken twice.
    """

    name: str
    asks: str
    source: str
    play: Play
    needs: frozenset[Need] = frozenset()
    clocked: bool = False


class NotSeen(Exception):
    """The collector never got to where the behaviour shows; the message says what it did not do."""


def expect_asked(requests: Sequence[Request], times: int = 1) -> Sequence[Request]:
    """``requests``, if there are at least so many; nothing can be said of a collector that does not ask."""
    if len(requests) < times:
        msg = f"it asked {len(requests)} times where it takes {times} to see"
        raise NotSeen(msg)
    return requests


def rss(*titles: str, root: str = "https://tides.example", channel: str = "", items: bool = True) -> str:
    """An RSS feed of pieces with these titles; ``channel`` is put into its channel."""
    pieces = "".join(
        f"<item><title>{escape(title)}</title><link>{root}/{slug}</link><guid isPermaLink='false'>{slug}</guid>"
        f"<description>{escape(title)}. {_WORDS}</description></item>"
        for title in titles
        for slug in [slug_of(title)]
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>'
        f"<title>Tides</title><link>{root}/</link><description>Of tides.</description>{channel}"
        f"{pieces if items else ''}</channel></rss>"
    )


def page(title: str) -> str:
    """The page of one piece."""
    text = "".join(f"<p>{_WORDS} This is paragraph {number} of {escape(title)}.</p>" for number in range(1, 4))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><main><article><h1>{escape(title)}</h1>{text}</article></main></body></html>"
    )


def slug_of(title: str) -> str:
    """The last part of a piece's address."""
    return title.lower().replace(" ", "-")
