"""What no single key shows: ids are unique, and every name names something."""

from __future__ import annotations

from collections.abc import Iterator

from syndicate.domain.errors import ConfigurationError
from syndicate.settings.models import Configuration
from syndicate.settings.written import Written

_WITH_IDS = ("outlets", "sources", "feeds", "digests")


def contradictions(told: Configuration, written: Written) -> list[ConfigurationError]:
    """Every id that is taken twice and every outlet that is named and not there."""
    return [*_twice(told, written), *_unknown_outlets(told, written), *_no_postal_address(told, written)]


def _no_postal_address(told: Configuration, written: Written) -> Iterator[ConfigurationError]:
    """The seal refuses a letter without one; say so before the first letter is due."""
    if told.digests and not told.site.postal_address.strip():
        instead = "write where you can be reached by post; many countries ask for it in every letter"
        yield written.wrong(("site", "postal_address"), "is missing, and there are digests", instead)


def _twice(told: Configuration, written: Written) -> Iterator[ConfigurationError]:
    for table in _WITH_IDS:
        ids: list[str] = [row.id for row in getattr(told, table)]
        for index, name in enumerate(ids):
            first = ids.index(name)
            if first < index:
                file, line = written.place((table, first, "id"))
                problem = f"{name!r} is taken already, at {file}:{line}"
                yield written.wrong((table, index, "id"), problem, "give each its own id")


def _unknown_outlets(told: Configuration, written: Written) -> Iterator[ConfigurationError]:
    known = [outlet.id for outlet in told.outlets]
    instead = f"known outlets: {', '.join(known)}" if known else "add one with [[outlets]]"
    for index, source in enumerate(told.sources):
        if source.outlet not in known:
            yield written.wrong(("sources", index, "outlet"), f"no outlet is called {source.outlet!r}", instead)
    for table in ("feeds", "digests"):
        for index, row in enumerate(getattr(told, table)):
            for outlet in row.select.outlets:
                if outlet not in known:
                    where = (table, index, "select", "outlets")
                    yield written.wrong(where, f"no outlet is called {outlet!r}", instead)
