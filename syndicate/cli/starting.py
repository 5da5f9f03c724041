"""``init``, ``check`` and ``demo``: the first three things a newcomer types."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

import syndicate
from syndicate.cli import printing
from syndicate.cli.project import Json, project_of, stop_on_signals
from syndicate.domain.errors import NotAllowed

_SHIPPED = (
    Path(syndicate.__file__).parent / "_config",
    Path(syndicate.__file__).parent.parent / "config",
)
"""The example configuration: in the wheel, and in a checkout."""

_TEMPLATES = """\
Templates of your own. A file here is taken instead of the one of the same name that ships with syndicate: copy one,
change it, and `syndicate check` says whether it can be read. Delete it to go back. The names:

"""
_IGNORED = ".env\nvar/\n"


def add_to(app: typer.Typer) -> None:
    """Put these commands where people find them."""
    app.command("init")(init)
    app.command("check")(check)
    app.command("demo")(demo)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False, help="Where to write it.")] = Path(),
) -> None:
    """Write a starter project.

    It has a configuration explained line by line, an outlet, a folder for templates of yours and a secret of its own.
    Nothing is overwritten.
    """
    files = _starter()
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise NotAllowed(f"{folder / taken[0]}", "is there already", "name an empty folder: `syndicate init DIR`")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600 if name == ".env" else 0o644)
        path.write_text(text, "utf-8")
        printing.line(str(path))
    if folder != Path():
        printing.remark(f"next: cd {folder}")
    printing.remark("next: set -a; . ./.env; set +a     the secret, into the environment")
    printing.remark("next: syndicate db upgrade         make the database")
    printing.remark("next: syndicate check              what is still to be done")


def _starter() -> dict[str, str]:
    """Every file of a starter project by its name within it."""
    shipped = next(folder for folder in _SHIPPED if folder.is_dir())
    files = {f"config/{path.relative_to(shipped)}": path.read_text("utf-8") for path in sorted(shipped.rglob("*.toml"))}
    return files | {
        "templates/README.txt": _TEMPLATES + "\n".join(_template_names()) + "\n",
        ".env": f"SYNDICATE_SECRET={secrets.token_urlsafe(32)}\n",
        ".gitignore": _IGNORED,
    }


def _template_names() -> list[str]:
    # Loaded here alone: most commands render nothing.
    from syndicate.render.environment import environment  # noqa: PLC0415

    return environment(None).list_templates()


def check(context: typer.Context, as_json: Json = False) -> None:
    """Say what is wrong and what to do.

    Looks at configuration, database, credentials and templates.
    Exits 2 where the configuration is wrong and 1 where anything else is.
    """
    # Loaded here alone: it looks at rooms that other commands do without.
    from syndicate.cli.examining import Weight, examine  # noqa: PLC0415

    findings = examine(project_of(context).file)
    if as_json:
        printing.document([{"about": f.about, "weight": f.weight.value, "says": f.says} for f in findings])
    else:
        for finding in findings:
            printing.line(f"{finding.weight.value:<7} {finding.about}: {finding.says}")
    weights = {finding.weight for finding in findings}
    wrong_configuration = any(f.weight is Weight.WRONG and f.about == "configuration" for f in findings)
    raise typer.Exit(2 if wrong_configuration else 1 if Weight.WRONG in weights else 0)


def demo(
    once: Annotated[bool, typer.Option("--once", help="End when the letters are out, instead of serving.")] = False,
    folder: Annotated[Path, typer.Option("--dir", file_okay=False, help="Where to work; begun afresh.")] = Path("demo"),
) -> None:
    """Run the whole line on a sample newsroom.

    Everything happens on this machine, and mail goes into a folder. Says where to look.
    """
    from syndicate.demo import run  # noqa: PLC0415 - loads the web, which other commands do without

    run(folder.absolute(), once=once, say=printing.line, stop=stop_on_signals())
