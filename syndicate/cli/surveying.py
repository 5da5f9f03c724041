"""``sources doctor``: every way into a site, tried and ranked; a file for the outlet, or a letter asking for access."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli import documents, printing
from syndicate.cli.project import Json, Project, project_of
from syndicate.collect.options import CollectOptions
from syndicate.domain.errors import ConfigurationError
from syndicate.domain.site import Site
from syndicate.domain.survey import FIELDS, Survey, Way
from syndicate.flows.surveying import Report, survey

_MOST_OCTETS = 64 * 1024
_MOST_MISSED = 3
_NOBODY = Site(title="(your newsletter)", url="(its address)")
_Url = Annotated[str, typer.Argument(metavar="URL", help="The site, or better the page that lists what it publishes.")]
_Example = Annotated[
    str,
    typer.Option(
        help="One card of the list: its title, its link, or all its lines; @FILE reads them from a file, @- here."
    ),
]
_Write = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write the file for the outlet into this folder, such as config/outlets."),
]


def add_to(sources: typer.Typer) -> None:
    """Put the command beside the others about sources."""
    sources.command("doctor")(doctor)


def doctor(
    context: typer.Context, url: _Url, example: _Example = "", write: _Write = None, as_json: Json = False
) -> None:
    """Find every way into a site, and write down the best.

    Feeds, hidden APIs, sitemaps and list pages are tried, politely, and compared: what each shows, and what it misses.
    Needs no configuration. Exits 1 where no way in was found.
    """
    project = project_of(context)
    report = _survey(project, url, _told(example))
    written = _write(report.survey, write) if write and report.survey.toml else None
    if as_json:
        printing.document(_document(report, written))
    else:
        _show(report, written)
    raise typer.Exit(0 if report.survey.ways else 1)


def _survey(project: Project, url: str, example: str) -> Report:
    # The collector is large, and no other command needs it without a house.
    from syndicate.collect import build_collector  # noqa: PLC0415
    from syndicate.wiring import PAGE_READER  # noqa: PLC0415

    options, site = _configured(project)
    with printing.under_way(f"looking for ways into {url}, one request a second at most"):
        return survey(build_collector(options, PAGE_READER), site, url, example, project.now())


def _configured(project: Project) -> tuple[CollectOptions, Site]:
    """What the configuration says of us; where there is none, the careful defaults."""
    try:
        return (
            (project.settings.collect, project.settings.site) if project.file.is_file() else (CollectOptions(), _NOBODY)
        )
    except ConfigurationError as wrong:
        printing.remark(f"the configuration is not used: {wrong}")
        return CollectOptions(), _NOBODY


def _told(example: str) -> str:
    """The example itself, or what the file holds that it names."""
    if not example.startswith("@"):
        return example
    if example == "@-":
        return printing.bounded(sys.stdin.buffer, _MOST_OCTETS).decode("utf-8", "replace")
    try:
        with Path(example[1:]).open("rb") as stream:
            return printing.bounded(stream, _MOST_OCTETS).decode("utf-8", "replace")
    except OSError as error:
        raise typer.BadParameter(f"{example[1:]} cannot be read ({error.strerror})") from error


def _write(found: Survey, folder: Path) -> Path:
    """The file for the outlet. One that is there already is somebody's work, so it is not replaced."""
    path = folder / f"{found.outlet}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(found.toml)
    except FileExistsError as there:
        raise typer.BadParameter(f"{path} is there already; move it away, or write into another folder") from there
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written ({error.strerror})") from error
    return path


def _show(report: Report, written: Path | None) -> None:
    found = report.survey
    rows = [_row(number, way) for number, way in enumerate(found.ways, start=1)]
    columns = ("", "way in", "found", "newest", "misses", "304", *FIELDS, "address")
    printing.table(columns, rows, nothing=f"no way into {found.url} was found")
    for number, way in enumerate(found.ways, start=1):
        printing.line("")
        printing.line(f"{number}. {way.kind}: {'; '.join(way.reasons)}")
        for title in way.missed[:_MOST_MISSED]:
            printing.line(f"   misses: {title}")
    for closed in found.closed:
        printing.remark(f"tried: {closed.problem}")
    if found.articles:
        printing.remark(f"the articles themselves cannot be read: {found.articles}")
    _show_written(report, written)


def _row(number: int, way: Way) -> tuple[object, ...]:
    newest = way.newest.date().isoformat() if way.newest else ""
    missed = "?" if way.uncertain else len(way.missed)
    shares = (f"{way.has(name):.0%}" if way.has(name) else "" for name in FIELDS)
    return number, way.kind, way.found, newest, missed, way.conditional, *shares, way.url


def _show_written(report: Report, written: Path | None) -> None:
    if written:
        printing.remark(f"wrote {written}; look at it, then: syndicate check")
    elif report.survey.toml:
        printing.line("")
        for line in report.survey.toml.splitlines():
            printing.line(line)
        printing.remark("to keep this: --write config/outlets")
    if report.letter:
        wall = report.survey.wall or "the outlet"
        printing.remark(f"{wall} keeps us out, and that is not evaded. A letter that asks for access:")
        printing.line("")
        for line in report.letter.splitlines():
            printing.line(line)


def _document(report: Report, written: Path | None) -> dict[str, object]:
    found = report.survey
    return {
        "url": found.url,
        "outlet": found.outlet,
        "name": found.name,
        "ways": [_way(way) for way in found.ways],
        "closed": [{"url": closed.url, "problem": closed.problem} for closed in found.closed],
        "wall": found.wall or None,
        "articles": found.articles or None,
        "requests": found.asked,
        "toml": found.toml or None,
        "written": str(written) if written else None,
        "letter": report.letter or None,
    }


def _way(way: Way) -> dict[str, object]:
    return {
        "source": way.source,
        "kind": way.kind,
        "url": way.url,
        "found": way.found,
        "newest": documents.time(way.newest),
        "oldest": documents.time(way.oldest),
        "fields": dict(zip(FIELDS, way.filled, strict=True)),
        "misses": None if way.uncertain else list(way.missed),
        "conditional": way.conditional,
        "article": way.article,
        "score": way.score,
        "reasons": list(way.reasons),
        "toml": way.toml,
    }
