"""What is wrong with a configuration, in words for the person who wrote it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from syndicate.domain.errors import ConfigurationError
from syndicate.settings.locate import Key
from syndicate.settings.models import Configuration
from syndicate.settings.written import Written


def complaints(refused: ValidationError, written: Written) -> list[ConfigurationError]:
    """Every problem, unknown keys first; a key is not also missing where it was only misspelt."""
    found = sorted(refused.errors(include_url=False), key=lambda error: error["type"] != "extra_forbidden")
    meant = {_meant(error["loc"]) for error in found if error["type"] == "extra_forbidden"}
    told = [error for error in found if error["type"] != "missing" or error["loc"] not in meant]
    return [_complaint(dict(error), written) for error in told]


def _complaint(error: dict[str, Any], written: Written) -> ConfigurationError:
    where: Key = tuple(error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return written.wrong(where, "is not a known key", _nearest(where))
        case "missing":
            return written.wrong(where, "is missing", f"add {_to_add(where)}")
        case "literal_error":
            problem = f"must be one of {error['ctx']['expected'].replace(' or ', ', ')}"
        case "value_error":
            problem = str(error["ctx"]["error"])
        case _:
            problem = error["msg"][0].lower() + error["msg"][1:]
    shown = written.shown(where)
    return written.wrong(where, f"{problem} (found {shown})" if shown else problem)


def _nearest(where: Key) -> str:
    """What to write: the known key that was probably meant, or the choice where none is like it."""
    meant = _meant(where)
    if meant:
        return f"the nearest known key is {meant[-1]}"
    return f"known here: {', '.join(_fields(_model_at(where[:-1])))}"


def _meant(where: Key) -> Key | None:
    """The place of the known key that an unknown one is most like; None where none is like it."""
    known = _fields(_model_at(where[:-1]))
    near = get_close_matches(str(where[-1]).lower(), known, n=1, cutoff=0.5)
    return (*where[:-1], near[0]) if near else None


def _to_add(where: Key) -> str:
    """What to write where a key is missing: a line, or a table."""
    name = str(where[-1])
    is_table = _model_of(_model_at(where[:-1]), name) is not None
    return f"a [{name}] table" if is_table else f"{name} = ..."


def _model_at(where: Key) -> type[BaseModel]:
    """The table that stands at this place."""
    model: type[BaseModel] = Configuration
    for name in where:
        if isinstance(name, str):
            model = _model_of(model, name) or model
    return model


def _model_of(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The table that a key holds, one or many of them; None where it holds a plain value."""
    seen = [field.annotation for known, field in model.model_fields.items() if name in (known, field.alias)]
    while seen:
        kind: Any = seen.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        seen.extend(getattr(kind, "__args__", ()))
    return None


def _fields(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
