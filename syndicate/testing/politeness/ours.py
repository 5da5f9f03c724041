"""syndicate itself as a candidate: the flow that collects, on a real store, at whatever time it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from syndicate.collect import CollectOptions, build_collector
from syndicate.collect.options import USER_AGENT
from syndicate.domain.outlet import Outlet, Source
from syndicate.domain.publication import PublicationFilter
from syndicate.flows.pipeline import collect_due
from syndicate.testing.house import a_house
from syndicate.testing.politeness.subjects import Ask, Candidate, Held, Need

_OUTLET = Outlet(id="tides", name="The Tides", url="https://tides.example/")
_OPTIONS = CollectOptions(
    private_addresses=True,
    timeout=timedelta(seconds=5),
    user_agent=f"{USER_AGENT[:-1]}; https://letters.example.org)",
    readers=1,
)
"""As ``settings`` makes them, but for loopback and with less patience, so that a score does not take minutes."""
_PAGE_READER = "syndicate.credit.detect:read_page"
_ONE_AT_A_TIME = Lock()
"""Alembic knows one migration at a time in a process."""
_FAILED = frozenset({"failed", "gone"})


class HouseSubject:
    """One house in a folder. Its sources are those it was last asked for."""

    def __init__(self, folder: Path) -> None:
        self._collector = build_collector(_OPTIONS, _PAGE_READER)
        with _ONE_AT_A_TIME:
            house = a_house(folder, outlets={_OUTLET.id: _OUTLET}, sources={}, collector=self._collector)
        # Loopback is to be treated as the publishers that it plays, not as the operator's own network.
        self._house = replace(house, private_network=False)

    def look(self, asks: Sequence[Ask], now: datetime) -> Held:
        """One pass of the flow over what is due; the titles are those of the stored publications."""
        sources = {ask.url: _source(ask) for ask in asks}
        house = replace(self._house, sources=sources)
        failed = {report.source for report in collect_due(house, now) if report.status in _FAILED}
        return {url: None if url in failed else self._titles(url) for url in sources}

    def _titles(self, source: str) -> list[str]:
        found = self._house.store.publications.find(PublicationFilter(source=source))
        return [publication.title for publication in found]

    def close(self) -> None:
        """End its workers and give its file back."""
        self._collector.close()
        self._house.store.close()


def _source(ask: Ask) -> Source:
    return Source(
        id=ask.url,
        outlet=_OUTLET.id,
        kind="feed",
        url=ask.url,
        article="page" if ask.pages else "entry",
        baseline=False,
    )


OURS = Candidate(name="syndicate", make=HouseSubject, can=frozenset(Need))
"""All of the suite can be measured on it."""
