"""What ``check`` looks at: configuration, database, mailer, templates. Sends nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jinja2 import TemplateSyntaxError

from syndicate.cli import printing
from syndicate.deliver.options import OutboxOptions
from syndicate.domain.errors import CopiedDatabase, SyndicateError
from syndicate.render.environment import environment
from syndicate.settings import Settings, load, problems
from syndicate.wiring import build


class Weight(StrEnum):
    """How much a finding matters: wrong things end ``check`` with a failure, advice does not."""

    FINE = "fine"
    ADVICE = "advice"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    about: str
    weight: Weight
    says: str


def examine(file: Path) -> tuple[Finding, ...]:
    """Everything that can be said of the installation; of a wrong configuration nothing else can be."""
    wrong = problems(file)
    if wrong:
        return tuple(_wrong("configuration", str(problem)) for problem in wrong)
    settings = load(file)
    counted = ", ".join(
        printing.many(len(rows), name)
        for name, rows in (
            ("outlet", settings.outlets),
            ("source", settings.sources),
            ("feed", settings.feeds),
            ("digest", settings.digests),
        )
    )
    configured = Finding(about="configuration", weight=Weight.FINE, says=f"{file}: {counted}")
    return configured, *_advice(settings), *_database(settings), *_mail(settings), *_templates(settings)


def _advice(settings: Settings) -> Iterator[Finding]:
    """What is allowed and hardly meant."""
    if not settings.sources:
        yield _advise("configuration", "no source is read; add one with [[sources]]")
    if not settings.digests and not settings.feeds:
        yield _advise("configuration", "nothing goes out; add [[digests]] or [[feeds]]")
    if settings.digests and not settings.site.postal_address:
        yield _advise("configuration", "letters need a postal address in many countries; write site.postal_address")
    read = {source.outlet for source in settings.sources.values()}
    for outlet in settings.outlets:
        if outlet not in read:
            yield _advise("configuration", f"no source reads outlet {outlet}")
    if settings.site.url.startswith("http://") and settings.mail.mailer != "outbox":
        yield _advise("configuration", "site.url is http; one-click unsubscribing (RFC 8058) needs https")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        store = build(settings).store
        store.ready()
        copied = store.copied()
    except SyndicateError as error:
        yield _wrong("database", str(error))
        return
    if copied:
        yield _wrong("database", str(CopiedDatabase("it")))
    else:
        yield Finding(about="database", weight=Weight.FINE, says="reached, and its schema is this version's")


def _mail(settings: Settings) -> Iterator[Finding]:
    """Whether there is what the mailer needs; whether a provider takes it, only a letter can show."""
    if isinstance(settings.mailer, OutboxOptions):
        folder = settings.mailer.path
        there = next(each for each in (folder, *folder.parents) if each.exists())
        if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
            yield _wrong("mail", f"{there} cannot be written to; name another folder in mail.outbox.path")
            return
        yield Finding(about="mail", weight=Weight.FINE, says=f"letters are written to {folder}; nobody is mailed")
    else:
        yield Finding(about="mail", weight=Weight.FINE, says=f"through {settings.mail.mailer}; a token is present")


def _templates(settings: Settings) -> Iterator[Finding]:
    templates = environment(settings.templates)
    shipped = set(environment(None).list_templates())
    names = [name for name in templates.list_templates() if name.endswith(".j2")]
    broken = False
    for name in names:
        try:
            templates.get_template(name)
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            broken = True
            line = f":{error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
            yield _wrong("templates", f"{name}{line}: {error}")
        if name not in shipped:
            yield _advise("templates", f"{name} takes the place of nothing; is its name right?")
    if not broken:
        yield Finding(about="templates", weight=Weight.FINE, says=f"{len(names)} can be read")


def _wrong(about: str, says: str) -> Finding:
    return Finding(about=about, weight=Weight.WRONG, says=says)


def _advise(about: str, says: str) -> Finding:
    return Finding(about=about, weight=Weight.ADVICE, says=says)
