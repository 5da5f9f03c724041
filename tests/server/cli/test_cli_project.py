"""Beginning: ``init``, ``check``, ``db``, and what is said of wrong commands and wrong configurations."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from syndicate import __version__

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ENVIRONMENT = {"SYNDICATE_SECRET": "sixteen or longer"}


def test_a_newcomer_gets_from_nothing_to_a_checked_project(run: Run, tmp_path: Path) -> None:
    assert run("init").returncode == 0
    assert run("db", "upgrade", more=ENVIRONMENT).returncode == 0

    checked = run("check", "--json", more=ENVIRONMENT)

    assert checked.returncode == 0
    assert {finding["weight"] for finding in json.loads(checked.stdout)} == {"fine"}
    assert stat.S_IMODE((tmp_path / "a project" / ".env").stat().st_mode) == 0o600


def test_init_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    config = tmp_path / "a project" / "mine" / "config" / "syndicate.toml"
    config.write_text("# mine", "utf-8")

    again = run("init", "mine")

    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert config.read_text("utf-8") == "# mine"


def test_check_says_that_the_database_is_missing_and_what_to_do(run: Run) -> None:
    run("init")

    checked = run("check", more=ENVIRONMENT)

    assert checked.returncode == 1
    assert "run `syndicate db upgrade`" in checked.stdout


def test_check_names_every_mistake_and_ends_with_2(run: Run, project: Path) -> None:
    config = project / "config" / "syndicate.toml"
    config.write_text(config.read_text("utf-8").replace("postal_address", "postal_adress").replace("batch", "bach"))

    checked = run("check")

    assert checked.returncode == 2
    assert checked.stdout.splitlines() == [
        f"wrong   configuration: config/syndicate.toml:{key}: is not a known key; the nearest known key is {known}"
        for key, known in (("4: site.postal_adress", "postal_address"), ("46: mail.bach", "batch"))
    ]


def test_check_finds_a_template_that_cannot_be_read(run: Run, project: Path) -> None:
    (project / "templates" / "letter").mkdir(parents=True)
    (project / "templates" / "letter" / "item.txt.j2").write_text("{% if %}", "utf-8")
    (project / "templates" / "leter.j2").write_text("", "utf-8")

    checked = run("check")

    assert checked.returncode == 1
    assert "wrong   templates: letter/item.txt.j2:1: " in checked.stdout
    assert "advice  templates: leter.j2 takes the place of nothing" in checked.stdout


def test_a_wrong_configuration_is_one_line_and_2_for_every_command(run: Run, project: Path) -> None:
    config = project / "config" / "syndicate.toml"
    config.write_text(config.read_text("utf-8").replace("[store]", "[stor]"))

    for command in (["sources", "list", "--json"], ["db", "check"], ["run"]):
        ended = run(*command)
        assert (ended.returncode, ended.stdout) == (2, ""), command
        assert ended.stderr == (
            "syndicate: config/syndicate.toml:6: stor: is not a known key; the nearest known key is store\n"
        )


def test_the_configuration_is_named_by_option_or_environment(run: Run, project: Path) -> None:
    moved = project / "config" / "elsewhere.toml"
    (project / "config" / "syndicate.toml").rename(moved)

    assert run("sources", "list").returncode == 2
    assert run("--config", str(moved), "sources", "list").returncode == 0
    assert run("sources", "list", more={"SYNDICATE_CONFIG": str(moved)}).returncode == 0


def test_a_database_of_another_version_says_what_to_run(run: Run, project: Path) -> None:
    (project / "var" / "syndicate.db").unlink()

    ended = run("publications", "list", "--json")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "run `syndicate db upgrade`" in ended.stderr


def test_db_upgrade_is_idempotent_and_db_check_finds_nothing(run: Run, project: Path) -> None:
    first = json.loads(run("db", "upgrade", "--json").stdout)
    second = json.loads(run("db", "upgrade", "--json").stdout)

    assert first == second == {"revision": first["revision"]}
    audit = run("db", "check", "--json")
    assert (audit.returncode, json.loads(audit.stdout)) == (0, {"ok": True, "findings": []})


def test_what_a_later_version_brings_is_an_unknown_command(run: Run) -> None:
    for command in ("partners", "rehearse"):
        assert run(command).returncode == 2, command


def test_it_says_its_version(run: Run) -> None:
    assert run("--version").stdout == f"syndicate {__version__}\n"


def test_a_worker_loads_neither_the_extractor_nor_the_web(run: Run, project: Path) -> None:
    drained = run("worker", "--drain")
    assert drained.returncode == 0

    loaded = _modules_of_a_worker(project)

    assert loaded & {"trafilatura", "fastapi", "uvicorn", "feedgen", "apscheduler", "alembic", "premailer"} == set()


def _modules_of_a_worker(project: Path) -> set[str]:
    script = (
        "import sys; sys.argv = ['syndicate', 'worker', '--drain']\n"
        "from syndicate.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


def test_a_database_that_was_moved_keeps_still_until_it_is_confirmed(run: Run, project: Path) -> None:
    assert run("db", "confirm").stdout == "this database was at home here already\n"
    (project / "var").rename(project / "elsewhere")
    config = project / "config" / "syndicate.toml"
    config.write_text(config.read_text("utf-8").replace("var/", "elsewhere/"), "utf-8")

    checked, started = run("check"), run("worker")

    assert checked.returncode == 1
    assert "was copied or moved here" in " ".join(checked.stdout.split())
    assert started.returncode != 0
    assert "syndicate db confirm" in started.stderr
    assert run("db", "confirm").stdout == "from now on letters go out from here\n"
    assert run("check").returncode == 0
