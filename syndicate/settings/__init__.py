"""TOML and the environment into frozen options, one per room. The one place that reads the environment.

``load`` raises ``ConfigurationError`` with file, line, key and what to write instead, whatever is wrong;
``problems`` lists everything that is. Called by the command line, the demonstration and tests.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from syndicate.domain.errors import ConfigurationError
from syndicate.settings.complaints import complaints
from syndicate.settings.crosscheck import contradictions
from syndicate.settings.models import Configuration
from syndicate.settings.values import MailerOptions, Settings, WebOptions, settings_of
from syndicate.settings.written import Written

__all__ = ["DEFAULT", "MailerOptions", "Settings", "WebOptions", "chosen_file", "load", "problems"]

DEFAULT = Path("config/syndicate.toml")


def chosen_file(option: Path | None) -> Path:
    """The configuration file: the option, else ``$SYNDICATE_CONFIG``, else ``config/syndicate.toml``."""
    return option or Path(os.environ.get("SYNDICATE_CONFIG") or DEFAULT)


def load(file: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read ``file`` and the outlet files beside it; raises the first ``ConfigurationError`` there is.

    ``environment`` stands in for that of the process: tests and demonstrations have their own.
    """
    found = _understood(file, environment)
    if isinstance(found, Settings):
        return found
    raise found[0]


def problems(file: Path, environment: Mapping[str, str] | None = None) -> tuple[ConfigurationError, ...]:
    """All that is wrong with the configuration, unknown keys first; empty where ``load`` would succeed."""
    try:
        found = _understood(file, environment)
    except ConfigurationError as unreadable:
        return (unreadable,)
    return () if isinstance(found, Settings) else found


def _understood(
    file: Path, environment: Mapping[str, str] | None
) -> Settings | tuple[ConfigurationError, *tuple[ConfigurationError, ...]]:
    """The settings, or what is wrong; raises where a file cannot be read at all."""
    written = Written.read(file, os.environ if environment is None else environment)
    if written.unset:
        return written.unset[0], *written.unset[1:]
    try:
        configuration = Configuration.model_validate(written.told)
    except ValidationError as refused:
        first, *more = complaints(refused, written)
        return first, *more
    against = contradictions(configuration, written)
    if against:
        return against[0], *against[1:]
    try:
        return settings_of(configuration, file.absolute())
    except ValueError as refused:
        return (written.wrong(("mail", configuration.mail.provider), str(refused)),)
