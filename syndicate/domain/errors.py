"""The errors a person may meet, and what each tells them to do.

SyndicateError
├── ConfigurationError      the configuration is wrong: file, line, key, what to write instead
├── NotFound                an id that names nothing
├── NotAllowed              a step that the state forbids, and what allows it
├── SealRefused             a finished document that lacks what it must carry
├── Tampered                stored sealed parts that no longer match their digest
├── StoreInUse              a second process wants to deliver from the same file
└── StoreOutdated           the schema is older or newer than this code

Expected failures of sources and providers are values, not exceptions; see ``collecting`` and ``delivery``.
"""

from __future__ import annotations

from dataclasses import dataclass


class SyndicateError(Exception):
    """What every error that is meant for a person has in common."""


@dataclass(eq=False)
class ConfigurationError(SyndicateError):
    """The configuration is wrong; ``line`` is 0 where no single line is to blame."""

    file: str
    line: int
    key: str
    problem: str
    instead: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        advice = f"; {self.instead}" if self.instead else ""
        return f"{where}: {self.key}: {self.problem}{advice}"


@dataclass(eq=False)
class NotFound(SyndicateError):
    """Nothing has this id; ``known`` lists what does."""

    what: str
    name: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        hint = f"; known: {', '.join(self.known)}" if self.known else ""
        return f"no {self.what} is called {self.name!r}{hint}"


@dataclass(eq=False)
class NotAllowed(SyndicateError):
    """The state forbids this step; ``instead`` says what would allow it."""

    what: str
    because: str
    instead: str = ""

    def __str__(self) -> str:
        advice = f"; {self.instead}" if self.instead else ""
        return f"{self.what}: {self.because}{advice}"


@dataclass(eq=False)
class SealRefused(SyndicateError):
    """The seal re-read the finished bytes and something that must be there is not."""

    document: str
    findings: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.document} is not sealed: " + "; ".join(self.findings)


@dataclass(eq=False)
class Tampered(SyndicateError):
    """Sealed parts read back from the store differ from what was sealed."""

    edition: int

    def __str__(self) -> str:
        return (
            f"edition {self.edition}: the stored parts do not match their seal, so nothing is sent; "
            "restore the database from a backup or compose a new edition"
        )


@dataclass(eq=False)
class StoreInUse(SyndicateError):
    """Another process delivers from this SQLite file."""

    path: str
    holder: str

    def __str__(self) -> str:
        return (
            f"{self.path} is being delivered from by another process ({self.holder}); "
            "stop it first, or use PostgreSQL for several workers"
        )


@dataclass(eq=False)
class CopiedDatabase(SyndicateError):
    """The database stands elsewhere than where it was made, and nobody has said yet that it is the real one."""

    where: str

    def __str__(self) -> str:
        return (
            f"{self.where} was copied or moved here; the one it comes from may have mailed readers since, so nothing "
            "is delivered from it. Make sure that the other one is at rest, then run `syndicate db confirm`"
        )


@dataclass(eq=False)
class StoreOutdated(SyndicateError):
    """The schema in the database is not the one this version works with."""

    found: str
    wanted: str

    def __str__(self) -> str:
        return f"the database schema is at {self.found}, this version needs {self.wanted}; run `syndicate db upgrade`"
