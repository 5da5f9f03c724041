"""The example configuration says everything there is to say, and nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from syndicate.settings import load, problems
from syndicate.settings.models import Configuration

CONFIG = Path(__file__).resolve().parents[3] / "config"
ENVIRONMENT = {"SYNDICATE_SECRET": "sixteen or longer", "POSTMARK_TOKEN": "a-token"}


def uncommented(text: str) -> str:
    """The file with every example setting set: lines that begin with # and no blank."""
    return re.sub(r"(?m)^#(?=[\[a-z\"])", "", text)


def known_keys(model: type[BaseModel], where: str = "") -> set[str]:
    """Every key of the models, dotted."""
    keys = set()
    for name, field in model.model_fields.items():
        key = f"{where}{field.alias or name}"
        tables = [k for k in kinds(field.annotation) if isinstance(k, type) and issubclass(k, BaseModel)]
        keys.add(key)
        for table in tables:
            keys |= known_keys(table, f"{key}.")
    return keys


def kinds(annotation: Any) -> list[Any]:
    return [annotation, *(inner for part in getattr(annotation, "__args__", ()) for inner in kinds(part))]


def told_keys(value: Any, where: str = "") -> set[str]:
    if isinstance(value, list):
        return {key for entry in value for key in told_keys(entry, where)}
    if not isinstance(value, dict):
        return set()
    return {f"{where}{k}" for k in value} | {key for k, v in value.items() for key in told_keys(v, f"{where}{k}.")}


def test_every_setting_is_explained_and_every_explained_setting_exists() -> None:
    told: set[str] = set()
    for file in (CONFIG / "syndicate.toml", CONFIG / "outlets" / "example.toml"):
        told |= told_keys(tomllib.loads(uncommented(file.read_text("utf-8"))))

    assert told == known_keys(Configuration)


def test_the_example_is_right_as_it_stands() -> None:
    settings = load(CONFIG / "syndicate.toml", ENVIRONMENT)

    assert list(settings.outlets) == ["example"]
    assert list(settings.digests) == ["weekly"]


def test_the_example_is_right_with_everything_set(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    for name in ("syndicate.toml", "outlets/example.toml"):
        (tmp_path / name).write_text(uncommented((CONFIG / name).read_text("utf-8")), "utf-8")

    assert [str(problem) for problem in problems(tmp_path / "syndicate.toml", ENVIRONMENT)] == []


def defaults(model: type[BaseModel], where: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = f"{where}{field.alias or name}"
        if isinstance(field.default, BaseModel):
            found |= defaults(type(field.default), f"{key}.")
        elif isinstance(field.default, str | int | float) and field.default not in ("", None):
            found[key] = field.default
    return found


@pytest.mark.parametrize("table", ["web", "collect", "mail", "mail.postmark"])
def test_a_setting_shown_at_its_default_is(table: str) -> None:
    model: type[BaseModel] = Configuration
    told: Any = tomllib.loads(uncommented((CONFIG / "syndicate.toml").read_text("utf-8")))
    for part in table.split("."):
        model = next(
            k for k in kinds(model.model_fields[part].annotation) if isinstance(k, type) and issubclass(k, BaseModel)
        )
        told = told[part]

    assert {name: told[name] for name in defaults(model) if "." not in name} == {
        name: value for name, value in defaults(model).items() if "." not in name
    }
