"""``digest`` and ``delivery``: editions composed, looked at, explained, sent, and accounted for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli import documents, printing
from syndicate.cli.project import Json, project_of, stop_on_signals
from syndicate.cli.watching import watching
from syndicate.domain.digest import Choice
from syndicate.flows.composing import consider, digest_called
from syndicate.flows.delivering import Status
from syndicate.flows.delivering import send as send_edition
from syndicate.flows.delivering import status as status_of
from syndicate.flows.house import House
from syndicate.flows.pipeline import compose as compose_edition
from syndicate.flows.previewing import preview as preview_of

app = typer.Typer(name="digest", help="Digests and their editions.", no_args_is_help=True)
delivery = typer.Typer(name="delivery", help="Where an edition stands on its way out.", no_args_is_help=True)

DigestId = Annotated[str, typer.Argument(metavar="ID", help="The id of a digest.")]
EditionId = Annotated[int, typer.Argument(metavar="EDITION", min=1, help="The number of an edition.")]
_NEWEST = 10


@app.command("list")
def list_digests(context: typer.Context, as_json: Json = False) -> None:
    """List digests and their newest editions."""
    house = project_of(context).house
    shown = [(digest, house.store.editions.find(digest.id, _NEWEST)) for digest in house.digests.values()]
    if as_json:
        printing.document([documents.digest(digest, editions) for digest, editions in shown])
        return
    rows: list[Sequence[object]] = []
    for digest, editions in shown:
        rows += [(digest.id, e.id, documents.time(e.nominal), e.state, len(e.items)) for e in editions]
        if not editions:
            rows.append((digest.id, "", "", "no edition yet", ""))
    nothing = "no digest is configured; add one with [[digests]]"
    printing.table(("digest", "edition", "nominal", "state", "items"), rows, nothing=nothing)


@app.command("preview")
def preview(
    context: typer.Context,
    digest: DigestId,
    out: Annotated[Path, typer.Option(help="The folder to write into.", file_okay=False)],
    as_json: Json = False,
) -> None:
    """Write the letter as it would be now.

    Into letter.html, letter.txt, letter.eml and seal.json. Stores nothing.
    """
    project = project_of(context)
    seen = preview_of(project.house, digest, project.now())
    out.mkdir(parents=True, exist_ok=True)
    parts = {
        "letter.html": seen.html.encode(),
        "letter.txt": seen.text.encode(),
        "letter.eml": seen.eml,
        "seal.json": (json.dumps(dict(seen.seal), ensure_ascii=False, indent=2) + "\n").encode(),
    }
    for name, octets in parts.items():
        (out / name).write_bytes(octets)
    if as_json:
        printing.document(dict(seen.seal) | {"files": [str(out / name) for name in parts]})
        return
    for name in parts:
        printing.line(str(out / name))


@app.command("compose")
def compose(context: typer.Context, digest: DigestId, as_json: Json = False) -> None:
    """Compose an edition now.

    Asked twice within a minute, it is one edition.
    """
    project = project_of(context)
    edition = compose_edition(project.house, digest, project.now())
    document = documents.edition(edition)
    if as_json:
        printing.document(document)
        return
    printing.fields(document)
    if not edition.skipped_because:
        printing.remark(f"send it with `syndicate digest send {edition.id}`")


@app.command("why")
def why(
    context: typer.Context,
    digest: Annotated[str, typer.Argument(metavar="ID", help="A digest, or the number of an edition.")],
    as_json: Json = False,
) -> None:
    """Say why each publication is in, or is not.

    In an edition that exists, or in what a digest would hold now.
    """
    project = project_of(context)
    if digest.isascii() and digest.isdigit():
        house = project.house
        choices = house.store.editions.choices(house.store.editions.get(int(digest)).id)
    else:
        choices = consider(project.house, digest_called(project.house, digest), project.now()).choices
    if as_json:
        printing.document([documents.choice(choice) for choice in choices])
        return
    printing.table(("publication", "taken", "why", "title"), _rows(choices), nothing="nothing was considered")


def _rows(choices: Sequence[Choice]) -> list[Sequence[object]]:
    return [(choice.publication, choice.taken, choice.why, choice.title) for choice in choices]


@app.command("send")
def send(context: typer.Context, edition: EditionId, as_json: Json = False) -> None:
    """Deliver an edition.

    Seals, prepares, and returns when every batch has its end.
    Run again after a crash it goes on where it was. Exits 1 where somebody could not be reached.
    """
    house = project_of(context).house
    house.store.editions.get(edition)
    stop = stop_on_signals()
    with watching(house, edition):
        standing = send_edition(house, edition, stop)
    _report(standing, as_json)
    if stop.is_set() and standing.waiting:
        printing.complain(f"stopped; `syndicate digest send {edition}` goes on where it was")
    raise typer.Exit(0 if _all_well(standing) else 1)


@delivery.command("status")
def show_status(context: typer.Context, edition: EditionId, as_json: Json = False) -> None:
    """Count who was reached and who was not.

    Waiting, sent, rejected, suppressed, held and unknown add up to what was planned.
    """
    _report(_status(project_of(context).house, edition), as_json)


def _status(house: House, edition: int) -> Status:
    return status_of(house, house.store.editions.get(edition).id)


def _report(standing: Status, as_json: bool) -> None:
    document = documents.status(standing)
    if as_json:
        printing.document(document)
        return
    printing.fields({name: value for name, value in document.items() if name != "batches"})
    printing.fields({"batches": [f"{count} {state}" for state, count in standing.batches.items() if count]})


def _all_well(standing: Status) -> bool:
    return standing.planned == standing.sent + standing.suppressed
