"""``collect``, ``sources`` and ``provenance``: what comes in, from where, and whose it is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli import documents, printing
from syndicate.cli.project import Json, Project, project_of
from syndicate.flows.pipeline import Collected, collect_due

MOST_OCTETS = 10 * 1024 * 1024
"""How much of a page ``provenance`` reads; collecting has the same bound."""

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE", help="Sources to visit even if not due; none for what is due."),
]

sources = typer.Typer(name="sources", help="The sources that are read, and how they are.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put these commands where people find them."""
    app.command("collect")(collect)
    app.add_typer(sources)
    app.command("provenance")(provenance)


def collect(
    context: typer.Context,
    source: Names = None,
    as_json: Json = False,
) -> None:
    """Bring home what sources have published.

    One pass, now. Spacing and Retry-After hold in any case. Exits 1 if one of the sources failed.
    """
    project = project_of(context)
    reports = _pass(project, tuple(source or ()))
    if as_json:
        printing.document([documents.collected(report) for report in reports])
    else:
        _show(reports)
    raise typer.Exit(1 if any(report.failed for report in reports) else 0)


def _pass(project: Project, names: Sequence[str]) -> tuple[Collected, ...]:
    house = project.house
    with printing.under_way(f"collecting from {len(names) or len(house.sources)} sources"):
        return collect_due(house, project.now(), names)


def _show(reports: Sequence[Collected]) -> None:
    rows = [
        (r.source, r.status, r.new, r.updated, r.unchanged, r.failed, documents.time(r.next_visit)) for r in reports
    ]
    columns = ("source", "status", "new", "updated", "unchanged", "failed", "next visit")
    printing.table(columns, rows, nothing="no source is configured; add one with [[sources]]")
    for report in reports:
        if report.error:
            printing.complain(f"source {report.source}: {report.error}")


@sources.command("list")
def list_sources(context: typer.Context, as_json: Json = False) -> None:
    """List every source, when it was read and what went wrong last."""
    house = project_of(context).house
    shown = [documents.source(source, house.store.sources.bookmark(source.id)) for source in house.sources.values()]
    if as_json:
        printing.document(shown)
        return
    names = ("id", "outlet", "kind", "every", "last_success", "next_visit", "failures", "error")
    rows = [[each[name] for name in names] for each in shown]
    columns = [name.replace("_", " ") for name in names]
    printing.table(columns, rows, nothing="no source is configured; add one with [[sources]]")


def provenance(
    file: Annotated[str, typer.Argument(help="An HTML page or a text; - for standard input.", metavar="FILE")],
    url: Annotated[str, typer.Option(help="Where the page was read, so that its own name is known.")] = "",
    as_json: Json = False,
) -> None:
    """Find what a text says of its origin.

    With the sentence or mark-up that says so. Needs no configuration.
    """
    # Only this command and the parsing worker need the detector, so the others start without it.
    from syndicate.credit.report import provenance_document  # noqa: PLC0415

    found = provenance_document(_text(file), url=url)
    if as_json:
        printing.document(found)
    else:
        printing.fields(found)


def _text(file: str) -> str:
    """The file as text; what is not UTF-8 is taken for Windows-1252, the web's own guess."""
    if file == "-":
        raw = printing.bounded(sys.stdin.buffer, MOST_OCTETS)
    else:
        with Path(file).open("rb") as stream:
            raw = printing.bounded(stream, MOST_OCTETS)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
