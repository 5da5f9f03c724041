"""A delivering process that kills itself, with SIGKILL, at one chosen point of the state machine.

Run as ``python doomed.py CONFIG EDITION POINT MOMENT NTH [SIGNAL]``: it drives the real flows with the real store and
the real mailer; only the call at POINT (``opening``, ``submit``, ``find``, ``close``, ``keep_sealed``, ``prepare``) is
wrapped, and on its NTH call the process dies ``before`` it, ``inside`` it (opening only: before the commit) or
``after`` it. POINT ``none`` lets it live. SIGNAL ``SIGSTOP`` freezes it instead, until somebody sends SIGCONT.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from syndicate.flows.delivering import send
from syndicate.settings import load
from syndicate.wiring import build

LEASE = timedelta(seconds=1.5)


class Doom:
    """Counts the calls at one point, in whatever room it is, and kills there."""

    def __init__(self, point: str, moment: str, nth: int, how: str = "SIGKILL") -> None:
        self.point, self.moment, self.left, self.signal = point, moment, nth, signal.Signals[how]

    def strikes(self, moment: str) -> None:
        if self.left == 0 and self.moment == moment:
            os.kill(os.getpid(), self.signal)

    def wrapping(self, inner: Any) -> Any:
        return _Wrapped(inner, self)


class _Wrapped:
    def __init__(self, inner: Any, doom: Doom) -> None:
        self._inner, self._doom = inner, doom

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name != self._doom.point:
            return found
        return self._block(found) if name == "opening" else self._call(found)

    def _call(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def doomed(*args: Any, **kwargs: Any) -> Any:
            self._doom.left -= 1
            self._doom.strikes("before")
            answer = real(*args, **kwargs)
            self._doom.strikes("after")
            return answer

        return doomed

    def _block(self, real: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def doomed(*args: Any) -> Iterator[Any]:
            self._doom.left -= 1
            self._doom.strikes("before")
            with real(*args) as opening:
                yield opening
                self._doom.strikes("inside")
            self._doom.strikes("after")

        return doomed


class _Store:
    """The real store, with two of its parts wrapped."""

    def __init__(self, inner: Any, doom: Doom) -> None:
        self._inner = inner
        self.deliveries = doom.wrapping(inner.deliveries)
        self.editions = doom.wrapping(inner.editions)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def main() -> None:
    config, edition, point, moment, nth, *how = sys.argv[1:]
    house = build(load(Path(config)))
    doom = Doom(point, moment, int(nth), *how)
    policy = replace(house.mail, lease=LEASE)
    store: Any = _Store(house.store, doom)
    status = send(replace(house, mail=policy, mailer=doom.wrapping(house.mailer), store=store), int(edition))
    print(status.state)


if __name__ == "__main__":
    main()
