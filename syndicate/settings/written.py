"""The configuration as it was written: the files, put together, with the environment filled in.

What is merged here still knows which file and line each key came from, because people have to be told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from syndicate.domain.errors import ConfigurationError
from syndicate.settings.locate import Key, line_of

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MERGED = ("outlets", "sources")
_NEVER_SHOWN = ("secret", "token")


@dataclass
class Written:
    """All files as one tree. ``told`` has the environment in it, ``raw`` has not; ``unset`` names what it lacked."""

    file: Path
    environment: Mapping[str, str]
    told: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    unset: list[ConfigurationError] = field(default_factory=list)
    texts: dict[Path, str] = field(default_factory=dict)
    origins: dict[tuple[str, int], tuple[Path, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path, environment: Mapping[str, str]) -> Written:
        """The main file and one file per outlet beside it; ``ConfigurationError`` where one cannot be read."""
        written = cls(file, environment)
        written._take(file)
        for extra in sorted((file.parent / "outlets").glob("*.toml")):
            written._take(extra)
        return written

    def wrong(self, where: Key, problem: str, instead: str = "") -> ConfigurationError:
        """An error about a key of the merged tree, placed in the file it came from."""
        file, line = self.place(where)
        return ConfigurationError(str(file), line, dotted(where), problem, instead)

    def place(self, where: Key) -> tuple[Path, int]:
        """The file and line of a key of the merged tree; line 0 where it cannot be told."""
        file = self.file
        if len(where) > 1 and isinstance(where[0], str) and isinstance(where[1], int):
            origin = self.origins.get((where[0], where[1]))
            if origin:
                file, where = origin[0], (where[0], origin[1], *where[2:])
        return file, line_of(self.texts[file], where)

    def shown(self, where: Key) -> str:
        """The value at a key as it stands in the file, short, or nothing where it may be a secret."""
        if where[:1] == ("store",) or where[-1] in _NEVER_SHOWN:
            return ""
        value: Any = self.raw
        for part in where:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return ""
        return repr(value)[:60] if isinstance(value, str | int | float) else ""

    def _take(self, file: Path) -> None:
        text = _text(file)
        self.texts[file] = text
        for name, value in _parsed(file, text).items():
            if name in _MERGED:
                self._add_rows(file, name, value)
            elif file == self.file:
                self.raw[name] = value
                self.told[name] = self._filled(value, (name,))
            else:
                instead = "an outlet file holds [[outlets]] and [[sources]]; move the rest to the main file"
                raise ConfigurationError(str(file), line_of(text, (name,)), name, "does not belong here", instead)

    def _add_rows(self, file: Path, name: str, rows: Any) -> None:
        if not isinstance(rows, list):
            line = line_of(self.texts[file], (name,))
            raise ConfigurationError(str(file), line, name, "is one table, but there may be many", f"write [[{name}]]")
        raw, told = self.raw.setdefault(name, []), self.told.setdefault(name, [])
        for index, row in enumerate(rows):
            self.origins[name, len(raw)] = (file, index)
            raw.append(row)
            told.append(self._filled(row, (name, len(raw) - 1)))

    def _filled(self, value: Any, where: Key) -> Any:
        """The value with every ``${NAME}`` from the environment put in; what is not there is noted in ``unset``."""
        if isinstance(value, dict):
            return {name: self._filled(inner, (*where, name)) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner, (*where, index)) for index, inner in enumerate(value)]
        return _NAME.sub(lambda found: self._variable(found[1], where), value) if isinstance(value, str) else value

    def _variable(self, name: str, where: Key) -> str:
        if name not in self.environment:
            instead = f"set the variable {name}, or write the value in its place"
            self.unset.append(self.wrong(where, f"${{{name}}} is not in the environment", instead))
        return self.environment.get(name, "")


def dotted(where: Key) -> str:
    """A key as a person would say it, entries of a list counted from 1: ``sources[2].url``."""
    text = ""
    for part in where:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "file"


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        instead = "run `syndicate init` to write one, or name yours with --config"
        raise ConfigurationError(str(file), 0, "file", "does not exist", instead) from None
    except OSError as error:
        raise ConfigurationError(str(file), 0, "file", f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(str(file), 0, "file", "is not UTF-8", "save it as UTF-8") from None


def _parsed(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        problem, line = (told[1], int(told[2] or text.count("\n") + 1)) if told else (str(error), 0)
        problem = problem[:1].lower() + problem[1:]
        raise ConfigurationError(str(file), line, "TOML", f"cannot be understood: {problem}") from None
