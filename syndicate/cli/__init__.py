"""Floor 8: what people type. Each command reads options, calls one flow and prints what came of it.

Exit codes: 0 done; 1 something failed and is named; 2 the command or the configuration is wrong. With ``--json`` one
JSON document goes to standard output and everything else to standard error.
"""

from __future__ import annotations

import sys

from syndicate.cli.app import app
from syndicate.cli.printing import complain
from syndicate.domain.errors import ConfigurationError, NotFound, SyndicateError

__all__ = ["main"]

_CONFIGURED = ("source", "digest", "feed", "feed format", "mailer")
"""What is named by the configuration: naming another is a wrong command, not a failure."""


def main() -> None:
    """Run the command line and end the process with its exit code; an expected error is one line, not a traceback."""
    try:
        app()
    except SyndicateError as error:
        complain(str(error))
        sys.exit(exit_code(error))
    except OSError as error:
        if error.filename is None:
            raise
        complain(f"{error.filename}: {error.strerror}")
        sys.exit(1)


def exit_code(error: SyndicateError) -> int:
    """2 where the person has to write something else, 1 where something failed."""
    named = isinstance(error, NotFound) and error.what in _CONFIGURED
    return 2 if named or isinstance(error, ConfigurationError) else 1
