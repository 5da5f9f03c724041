"""The command line as a whole: options before the command, and every command by name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from syndicate import __version__
from syndicate.cli import collecting, database, digests, publications, readers, roles, starting
from syndicate.cli.project import Project

app = typer.Typer(
    name="syndicate",
    help="Carries publications from the outlets that wrote them to inboxes and feed readers, with their credit.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"syndicate {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(help="The configuration file; by default $SYNDICATE_CONFIG, then config/syndicate.toml."),
    ] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    del version
    context.obj = Project(config)


starting.add_to(app)
app.add_typer(database.app)
collecting.add_to(app)
app.add_typer(publications.app)
app.add_typer(publications.feeds)
app.add_typer(digests.app)
app.add_typer(digests.delivery)
app.add_typer(readers.app)
roles.add_to(app)
