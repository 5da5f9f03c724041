"""The whole line on a sample newsroom of our own, in one process, with mail into a folder.

``run`` writes an ordinary project (a configuration, a database, an outbox) and drives it with the same flows as the
command line, so everything it shows can be done by hand afterwards with the same configuration.
"""

from __future__ import annotations

import csv
import io
import secrets
import shutil
import socket
import threading
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from syndicate.demo.newsroom import Newsroom, Roots
from syndicate.domain.digest import Edition
from syndicate.domain.errors import NotAllowed
from syndicate.flows.delivering import Status, send
from syndicate.flows.house import House
from syndicate.flows.lettering import web_copy_path
from syndicate.flows.pipeline import collect_due, compose
from syndicate.flows.publishing import build_feeds
from syndicate.flows.subscribing import import_rows
from syndicate.settings import load
from syndicate.web import create_app
from syndicate.web.server import serving
from syndicate.wiring import build, clock, upgrade

DIGEST = "weekend"
READERS = 25
USUAL_PORT = 8088
_MARK = ".syndicate-demo"
Say = Callable[[str], None]


def run(folder: Path, *, once: bool, say: Say, stop: threading.Event) -> Status:
    """Run the line once in ``folder`` and say where to look; then serve the pages until ``stop``, unless ``once``.

    The folder is begun afresh each time; one that holds anything but an earlier demonstration is refused.
    """
    _fresh(folder)
    newsroom = Newsroom(clock().date())
    try:
        settings = load(_project(folder, newsroom.roots), environment={})
        upgrade(settings)
        house = build(settings)
        with serving(create_app(house, settings.templates), "127.0.0.1", settings.web.port) as address:
            edition, status = _line(house, folder)
            _where_to_look(say, folder, address, edition, status)
            if not once:
                say("Serving until you press Ctrl-C.")
                stop.wait()
        house.store.close()
        return status
    finally:
        newsroom.close()


def _line(house: House, folder: Path) -> tuple[Edition, Status]:
    """Subscribers in, publications in, feeds out, one edition out."""
    now = house.clock()
    import_rows(house, list(csv.DictReader(io.StringIO(_readers()))), now)
    for report in collect_due(house, now):
        if report.error:
            raise NotAllowed(f"source {report.source}", report.error)
    build_feeds(house, folder / "public", now)
    edition = compose(house, DIGEST, now)
    return edition, send(house, edition.id)


def _where_to_look(say: Say, folder: Path, address: str, edition: Edition, status: Status) -> None:
    letters = folder / "var" / "outbox"
    say(f"{len(edition.items)} publications of three outlets in edition {edition.id}; {status.sent} letters sent.")
    say(f"Letters      {letters} (open any .eml)")
    say(f"The edition  {address}{web_copy_path(edition.digest, edition.nominal)}")
    say(f"Feeds        {address}/feeds/all.rss .atom .json; as files in {folder / 'public'}")
    say(f"Pages        {address}/ and {address}/subscribe")


def _fresh(folder: Path) -> None:
    mark = folder / _MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise NotAllowed(f"{folder}", "it holds something else", "name an empty folder with --dir")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.write_text("made by `syndicate demo`; begun afresh at each run\n", "utf-8")


def _project(folder: Path, roots: Roots) -> Path:
    """Write the configuration an operator would write, with the addresses of this run."""
    told = files("syndicate.demo").joinpath("syndicate.toml").read_text("utf-8")
    config = folder / "config" / "syndicate.toml"
    config.parent.mkdir()
    values = {f"ROOT_{outlet}": root for outlet, root in roots.items()}
    values |= {"SECRET": secrets.token_urlsafe(32), "PORT": str(_free_port())}
    for name, value in values.items():
        told = told.replace(name, value)
    config.write_text(told, "utf-8")
    return config


def _free_port() -> int:
    """The demonstration's usual port, or any free one where that is taken."""
    for wanted in (USUAL_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise NotAllowed("the demonstration", "no port is free on 127.0.0.1", "stop another server and try again")


def _readers() -> str:
    """Twenty-five sample readers at reserved domains (RFC 2606), in the columns of ``subscribers import``."""
    domains = ("example.org", "example.net", "example.com")
    lines = ["email,name,language,timezone,digests,topics,cadence,consent_basis,consent_at"]
    lines += [
        f"reader{n:02d}@{domains[n % 3]},,en,UTC,{DIGEST},,weekly,sample data,2026-01-05T09:00:00Z"
        for n in range(1, READERS + 1)
    ]
    return "\n".join(lines) + "\n"
