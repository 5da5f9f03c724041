"""``subscribers``: bringing them over from elsewhere, and what is kept of one."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli import documents, printing
from syndicate.cli.project import Json, project_of
from syndicate.domain.errors import NotAllowed
from syndicate.flows.importing import COLUMNS
from syndicate.flows.subscribing import BadAddress, RowResult, RowStatus, import_rows, normalised

app = typer.Typer(name="subscribers", help="Who gets letters.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True, help="CSV, UTF-8.")]

_CALLED = f"its first line names the columns: {', '.join(COLUMNS)}"


@app.command("import")
def bring_over(
    context: typer.Context,
    file: File,
    as_json: Json = False,
) -> None:
    """Take subscribers over from a CSV file.

    With the consent they gave elsewhere. Exits 1 if a row was rejected.

    Columns: email, name, language, timezone, digests, topics, cadence, consent_basis, consent_at; lists are separated
    by semicolons. A row that is wrong is named and the others go in. Nobody who left comes back by an import.
    """
    project = project_of(context)
    house = project.house
    with _rows(file) as rows, printing.under_way(f"importing {file}"):
        results = import_rows(house, rows, project.now())
    if as_json:
        printing.document([documents.row(result) for result in results])
    else:
        _show(results)
    raise typer.Exit(1 if any(result.status is RowStatus.REJECTED for result in results) else 0)


@contextmanager
def _rows(file: Path) -> Iterator[Iterator[dict[str, str]]]:
    """The rows of the file, read as they are taken; ``NotAllowed`` says what is wrong with the file as a whole."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            named = {name.strip().lower() for name in reader.fieldnames or ()}
            missing = [name for name in ("email", "digests", "consent_basis") if name not in named]
            if missing:
                raise NotAllowed(f"{file}", f"has no column {', '.join(missing)}", _CALLED)
            yield iter(reader)
    except UnicodeDecodeError as error:
        raise NotAllowed(f"{file}", "is not UTF-8", "save it as CSV UTF-8; rows before the fault are in") from error
    except csv.Error as error:
        raise NotAllowed(f"{file}", f"is not CSV: {error}", "rows before the fault are in") from error


def _show(results: Sequence[RowResult]) -> None:
    rows = [(result.row, result.status, result.email, result.why) for result in results if result.why]
    if rows:
        printing.table(("row", "status", "email", "why"), rows, nothing="")
    counts = Counter(result.status for result in results)
    printing.line(", ".join(f"{counts[status]} {status}" for status in RowStatus))


@app.command("show")
def show(
    context: typer.Context,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address.")],
    as_json: Json = False,
) -> None:
    """Show all that is kept of one subscriber."""
    meant = normalised(email)
    if isinstance(meant, BadAddress):
        raise typer.BadParameter(meant.reason)
    known = documents.person(project_of(context).house.store.subscribers.by_address(meant.address))
    if as_json:
        printing.document(known)
        return
    listed = ("subscriptions", "consents")
    printing.fields({name: value for name, value in known.items() if name not in listed})
    for name in listed:
        entries = known[name]
        assert isinstance(entries, list)
        for entry in entries:
            printing.line(f"{name.removesuffix('s')}: " + ", ".join(printing.plain(v) for v in entry.values() if v))
