"""``collect``, ``sources`` and ``provenance``: what comes in, from where, and whose it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli import collected, documents, printing, surveying
from syndicate.cli.project import Json, Project, project_of
from syndicate.cli.watching import counting
from syndicate.domain.outlet import Source
from syndicate.domain.publication import PublicationFilter, Status
from syndicate.domain.visiting import tell_someone
from syndicate.flows.collected import Collected
from syndicate.flows.collecting import collect_each, waiting
from syndicate.flows.house import House
from syndicate.flows.recognising import recognise

MOST_OCTETS = 10 * 1024 * 1024
"""How much of a page ``provenance`` reads; collecting has the same bound."""
_VISITS_SHOWN = 10

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE", help="Sources to visit even if not due; none for what is due."),
]

sources = typer.Typer(name="sources", help="The sources that are read, and how they are.", no_args_is_help=True)
surveying.add_to(sources)


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

    One pass, now. Spacing and Retry-After hold in any case. Interrupted, it keeps what came in, and the next pass goes
    on with the rest. Exits 1 if one of the sources failed.
    """
    project = project_of(context)
    names = tuple(source or ())
    reports: dict[str, Collected] = {}
    stopped = False
    try:
        for report in _pass(project, names):
            reports[report.source] = report
    except KeyboardInterrupt:
        stopped = True
    if not names:
        reports = {report.source: report for report in waiting(project.house)} | reports
    _answer([reports[name] for name in project.house.sources if name in reports], as_json=as_json)
    if stopped:
        printing.complain("interrupted; what came in is kept, `syndicate collect` goes on with the rest")
    raise typer.Exit(1 if stopped or any(report.failed for report in reports.values()) else 0)


def _pass(project: Project, names: Sequence[str]) -> Iterator[Collected]:
    house, now = project.house, project.now()
    with counting("collecting", "sources") as progress:
        yield from collect_each(house, now, names, progress)
    recognise(house, now)


def _answer(reports: Sequence[Collected], *, as_json: bool) -> None:
    if as_json:
        printing.document([collected.collected(report) for report in reports])
        return
    rows = [
        (r.source, r.status, r.new, r.updated, r.unchanged, r.failed, printing.minute(r.next_visit)) for r in reports
    ]
    columns = ("source", "status", "new", "updated", "unchanged", "failed", "next visit")
    printing.table(columns, rows, nothing="no source is configured; add one with [[sources]]")
    for report in reports:
        if report.error:
            printing.complain(f"source {report.source}: {report.error}")
        for note in report.notes:
            printing.remark(f"source {report.source}: {note}")


@sources.command("list")
def list_sources(context: typer.Context, as_json: Json = False) -> None:
    """List every source, when it was read and what went wrong last."""
    project = project_of(context)
    house = project.house
    bookmarks = house.store.sources.bookmarks(tuple(house.sources))
    if as_json:
        printing.document([collected.source(source, bookmarks[source.id]) for source in house.sources.values()])
        return
    rows = []
    for source in house.sources.values():
        mark = bookmarks[source.id]
        times = (printing.minute(mark.last_success), printing.minute(mark.next_visit))
        last = mark.visits[0].note if mark.visits else ""
        said = tell_someone(mark, project.now()) or mark.last_error or last
        rows.append((source.id, source.outlet, source.kind, documents.span(source.every), *times, mark.failures, said))
    columns = ("id", "outlet", "kind", "every", "last success", "next visit", "failures", "what to know")
    printing.table(columns, rows, nothing="no source is configured; add one with [[sources]]")


@sources.command("show")
def show_source(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="ID", help="The source.")],
    as_json: Json = False,
) -> None:
    """Show one source: its plan, what it asks of us, and how the last visits ended."""
    project = project_of(context)
    house = project.house
    told = house.source_called(source)
    mark = house.store.sources.bookmark(told.id)
    whole = collected.whole_source(told, mark, tell_someone(mark, project.now()), _counts(house, told))
    if as_json:
        printing.document(whole)
        return
    apart = ("visits", "asks_for", "recipe", "publications", "move")
    printing.fields({name: value for name, value in whole.items() if name not in apart})
    for name in apart[1:]:
        printing.group(name.replace("_", " "), whole[name])
    printing.line("\nlast visits")
    rows = [
        (printing.minute(visit.at), visit.ended.value, visit.new, visit.note) for visit in mark.visits[:_VISITS_SHOWN]
    ]
    printing.table(("at", "ended", "new", "note"), rows, nothing="never visited yet; run `syndicate collect`")


def _counts(house: House, source: Source) -> Mapping[str, int]:
    """How many publications came through the source, by status (at most 10,000 are counted)."""
    pieces = house.store.publications.find(PublicationFilter(source=source.id, limit=10_000))
    counts = {status.value: sum(1 for piece in pieces if piece.status is status) for status in Status}
    return counts | {"missing": sum(1 for piece in pieces if piece.missing_since)}


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
