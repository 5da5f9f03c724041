"""``python -m syndicate.testing.politeness``: print how polite a collector is.

Without ``--command`` it is syndicate's own. Ends with 0 where everything that could be measured was kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from syndicate.testing.politeness.score import BEHAVIOURS, Mark, score
from syndicate.testing.politeness.subjects import Candidate, of_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, and say by the exit code whether anything was broken."""
    parser = _parser()
    options = parser.parse_args(arguments)
    known = {behaviour.name: behaviour for behaviour in BEHAVIOURS}
    unknown = [name for name in options.only if name not in known]
    if unknown:
        parser.error(f"there is no behaviour called {unknown[0]!r}; there are {', '.join(known)}")
    chosen = [known[name] for name in options.only] or BEHAVIOURS
    scored = score(_candidate(options), _now, behaviours=chosen, at_once=options.at_once)
    sys.stdout.write(scored.document() if options.json else scored.table())
    return 1 if any(marked.mark is Mark.BROKEN for marked in scored.marks) else 0


def _candidate(options: argparse.Namespace) -> Candidate:
    if options.command:
        return of_command(options.command, pages=options.pages)
    from syndicate.testing.politeness.ours import OURS  # noqa: PLC0415 - another's collector needs none of ours

    return OURS


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a candidate that cannot be given a time lives in ours


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m syndicate.testing.politeness", description="How polite is a collector of feeds?"
    )
    parser.add_argument("only", nargs="*", metavar="BEHAVIOUR", help="these alone (default: all)")
    parser.add_argument(
        "--command",
        help="the collector; {url} or {urls} is what to read, {folder} where its memory may stand, {now} the time if "
        "it can be given one. It prints the titles it holds, one a line",
    )
    parser.add_argument("--pages", action="store_true", help="the command follows a feed to its pages")
    parser.add_argument("--at-once", type=int, default=4, metavar="N", help="behaviours played at a time (default: 4)")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
