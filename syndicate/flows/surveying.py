"""Looking for the ways into a site before it is a source, and asking for access where there is a wall.

Called by ``cli``. It needs no store and no configuration: it is given the collector and, for the letter, the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from syndicate.domain.site import Site
from syndicate.domain.survey import Survey, request_for_access


class Surveyor(Protocol):
    """Tries every way into a site: the ``collect`` room."""

    def survey(self, url: str, example: str, now: datetime) -> Survey:
        """What was found. Whatever the site does is told in the survey; nothing raises."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A survey, and the letter that asks for access where a wall stands (else empty)."""

    survey: Survey
    letter: str


def survey(surveyor: Surveyor, site: Site, url: str, example: str, now: datetime) -> Report:
    """Survey the site of ``url``; an address without a scheme is taken for https."""
    found = surveyor.survey(url if "://" in url else f"https://{url}", example, now)
    shut_out = found.wall or (not found.ways and any(closed.refused for closed in found.closed))
    return Report(survey=found, letter=request_for_access(found, site) if shut_out else "")
