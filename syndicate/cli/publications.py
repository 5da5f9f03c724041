"""``publications`` and ``feeds``: what was collected, with evidence, and the files made of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli import collected, documents, printing, showing
from syndicate.cli.project import Json, project_of
from syndicate.domain.publication import Publication, PublicationFilter, Status
from syndicate.flows.house import House
from syndicate.flows.publishing import build_feeds

app = typer.Typer(name="publications", help="What was collected, with evidence.", no_args_is_help=True)
feeds = typer.Typer(name="feeds", help="Feeds as plain files.", no_args_is_help=True)


@app.command("list")
def list_publications(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
    source: Annotated[str | None, typer.Option(help="Only those first seen at this source.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only those that stand so.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Only those from this time on (UTC).")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="Only those that their outlet no longer shows.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 1000,
    as_json: Json = False,
) -> None:
    """List publications, newest first."""
    house = project_of(context).house
    wanted = PublicationFilter(
        outlet=outlet,
        source=source,
        status=status.value if status else None,
        since=since.replace(tzinfo=UTC) if since else None,
        missing=missing,
        limit=limit,
    )
    shown = [collected.publication(piece) for piece in house.store.publications.find(wanted)]
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
        showing.publication(whole)


@app.command("release")
def release(
    context: typer.Context,
    publication: Annotated[str, typer.Argument(metavar="ID", help="Its number, or its slug.")],
    as_json: Json = False,
) -> None:
    """Let a baseline piece out.

    It was taken as published before we came; from now on feeds and the next digests treat it as news.
    """
    project = project_of(context)
    house = project.house
    piece = house.store.publications.release(_found(house, publication).id, project.now())
    if as_json:
        printing.document(collected.publication(piece))
    else:
        printing.line(f"publication {piece.id} is {piece.status.value}: {piece.title}")


def _found(house: House, name: str) -> Publication:
    by_number = name.isascii() and name.isdigit()
    return house.store.publications.get(int(name)) if by_number else house.store.publications.by_slug(name)


def _whole(house: House, piece: Publication) -> documents.Document:
    return collected.whole_publication(
        piece,
        house.outlets.get(piece.outlet),
        house.store.publications.revisions(piece.id),
        house.store.publications.appearances(piece.id),
    )


@feeds.command("build")
def build(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The folder to write into.", file_okay=False)],
    as_json: Json = False,
) -> None:
    """Write every feed in every format; files that would not change are left alone."""
    project = project_of(context)
    house = project.house
    with printing.under_way(f"building {printing.many(len(house.feeds), 'feed')}"):
        files = build_feeds(house, out, project.now())
    if as_json:
        printing.document([documents.built(file) for file in files])
        return
    rows = [(file.path, file.octets, "written" if file.written else "as it was") for file in files]
    printing.table(("file", "bytes", ""), rows, nothing="no feed is configured; add one with [[feeds]]")
