"""``publications`` and ``feeds``: what was collected, with evidence, and the files made of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli import documents, printing
from syndicate.cli.project import Json, project_of
from syndicate.domain.publication import Publication, PublicationFilter, Status
from syndicate.flows.house import House
from syndicate.flows.publishing import build_feeds

app = typer.Typer(name="publications", help="What was collected, with evidence.", no_args_is_help=True)
feeds = typer.Typer(name="feeds", help="Feeds as plain files.", no_args_is_help=True)


@app.command("list")
def list_publications(
    context: typer.Context,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
    source: Annotated[str | None, typer.Option(help="Only those first seen at this source.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only those that stand so.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Only those from this time on (UTC).")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    as_json: Json = False,
) -> None:
    """List publications, newest first."""
    wanted = PublicationFilter(
        outlet=outlet,
        source=source,
        status=status.value if status else None,
        since=since.replace(tzinfo=UTC) if since else None,
        limit=limit,
    )
    shown = [documents.publication(piece) for piece in project_of(context).house.store.publications.find(wanted)]
    if as_json:
        printing.document(shown)
        return
    rows = [_row(document) for document in shown]
    columns = ("id", "published", "outlet", "title", "status", "originally by")
    printing.table(columns, rows, nothing="nothing was collected yet; run `syndicate collect`")


def _row(document: documents.Document) -> tuple[object, ...]:
    origin = document["provenance"]
    by = origin.get("publisher") if isinstance(origin, dict) else None
    published = str(document["published"] or "")[:10]
    return document["id"], published, document["outlet"], document["title"], document["status"], by


@app.command("show")
def show(
    context: typer.Context,
    publication: Annotated[str, typer.Argument(metavar="ID", help="Its number, or its slug.")],
    as_json: Json = False,
) -> None:
    """Show all that is known of one."""
    house = project_of(context).house
    whole = _whole(house, _found(house, publication))
    if as_json:
        printing.document(whole)
    else:
        _print(whole)


def _found(house: House, name: str) -> Publication:
    by_number = name.isascii() and name.isdigit()
    return house.store.publications.get(int(name)) if by_number else house.store.publications.by_slug(name)


def _whole(house: House, piece: Publication) -> documents.Document:
    return documents.whole_publication(
        piece,
        house.outlets.get(piece.outlet),
        house.store.publications.revisions(piece.id),
        house.store.publications.appearances(piece.id),
    )


def _print(whole: documents.Document) -> None:
    """The short fields, one a line; then the lists; then the text."""
    apart = ("body_html", "body_text", "evidence", "dates")
    told = {name: value for name, value in whole.items() if name not in apart}
    groups = {name: value for name, value in told.items() if _is_group(value)}
    printing.fields({name: value for name, value in told.items() if name not in groups})
    for name, value in groups.items():
        printing.line(f"\n{name}")
        if isinstance(value, dict):
            printing.fields({f"  {inner}": each for inner, each in value.items()})
        elif isinstance(value, list):
            for entry in value:
                printing.line("  " + "; ".join(printing.plain(each) for each in entry.values() if each))
    printing.line(f"\n{whole['body_text']}")


def _is_group(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(entry, dict) for entry in value))


@feeds.command("build")
def build(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The folder to write into.", file_okay=False)],
    as_json: Json = False,
) -> None:
    """Write every feed in every format; files that would not change are left alone."""
    project = project_of(context)
    house = project.house
    with printing.under_way(f"building {len(house.feeds)} feeds"):
        files = build_feeds(house, out, project.now())
    if as_json:
        printing.document([documents.built(file) for file in files])
        return
    rows = [(file.path, file.octets, "written" if file.written else "as it was") for file in files]
    printing.table(("file", "bytes", ""), rows, nothing="no feed is configured; add one with [[feeds]]")
