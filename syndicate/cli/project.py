"""What every command needs first: the configuration, the house, now, and a way to be stopped."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from syndicate.flows.house import House
from syndicate.settings import Settings, chosen_file, load
from syndicate.wiring import build, clock

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


class Project:
    """The installation a command works on; read and opened when first asked for."""

    def __init__(self, option: Path | None) -> None:
        """``option`` is what ``--config`` said."""
        self.file = chosen_file(option)

    @cached_property
    def settings(self) -> Settings:
        """The configuration, or ``ConfigurationError``."""
        return load(self.file)

    @cached_property
    def house(self) -> House:
        """The wired rooms on a database of this version's schema."""
        house = build(self.settings)
        house.store.ready()
        return house

    def now(self) -> datetime:
        """The time this command counts as now."""
        return clock()


def project_of(context: typer.Context) -> Project:
    """The project that the options before the command named."""
    found = context.find_object(Project)
    assert found is not None, "the callback of the app makes one"
    return found


def stop_on_signals() -> threading.Event:
    """An event that the first SIGINT or SIGTERM sets; a second one ends the process at once."""
    stop = threading.Event()

    def stopping(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGINT, stopping)
    signal.signal(signal.SIGTERM, stopping)
    return stop


def log_to_stderr() -> None:
    """Long-running roles say what they do, a line each."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    for chatty in ("apscheduler", "httpx2", "httpcore2", "trafilatura", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
