"""``db``: the schema brought up, and the whole database audited."""

from __future__ import annotations

import typer

from syndicate.cli import printing
from syndicate.cli.project import Json, project_of
from syndicate.store import audit
from syndicate.wiring import upgrade

app = typer.Typer(name="db", help="The database: its schema, and whether it adds up.", no_args_is_help=True)


@app.command("upgrade")
def bring_up(context: typer.Context, as_json: Json = False) -> None:
    """Make the database, or bring it up to date.

    Done already, it changes nothing.
    """
    revision = upgrade(project_of(context).settings)
    if as_json:
        printing.document({"revision": revision})
    else:
        printing.line(f"the database is at revision {revision}")


@app.command("confirm")
def confirm(context: typer.Context, as_json: Json = False) -> None:
    """Say that this database, moved or copied here, is the one to go on with.

    Until then nothing is delivered from it, and what is collected counts as already published. Make sure that no other
    copy delivers any more.
    """
    store = project_of(context).house.store
    copied = store.copied()
    store.confirm()
    if as_json:
        printing.document({"copied": copied})
    else:
        said = "from now on letters go out from here" if copied else "this database was at home here already"
        printing.line(said)


@app.command("check")
def check(context: typer.Context, as_json: Json = False) -> None:
    """Audit the whole database.

    Deliveries add up, nobody is mailed twice, seals are whole. Changes nothing; exits 1 with findings.
    """
    findings = audit(project_of(context).settings.store_url)
    if as_json:
        printing.document({"ok": not findings, "findings": list(findings)})
    else:
        for finding in findings:
            printing.line(finding)
        printing.remark(f"{len(findings)} findings" if findings else "everything adds up")
    raise typer.Exit(1 if findings else 0)
