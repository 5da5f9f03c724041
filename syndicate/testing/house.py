"""A whole house in a folder: real rooms on a SQLite file, an outbox for mail, a clock that a test moves by hand.

Nothing here collects; publications come in through ``house.store``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from syndicate.credit.editor import CreditEditor
from syndicate.deliver.mailers import load as load_mailer
from syndicate.deliver.mime import mime
from syndicate.deliver.options import OutboxOptions
from syndicate.domain.collecting import Visit, VisitResult
from syndicate.domain.tokens import keyed_hash
from syndicate.flows.house import House
from syndicate.render.feeds import FORMATS
from syndicate.render.letters import LetterPress
from syndicate.store import open_store, upgrade
from syndicate.testing.builders import NOON, a_digest, a_feed, a_mail_policy, a_site, a_source, an_outlet

SECRET = "a secret that only tests know"  # noqa: S105 - it guards nothing


class HandClock:
    """Stands still until told otherwise; sleeping moves it on, so no test waits."""

    def __init__(self, now: datetime = NOON) -> None:
        """Begin at ``now``."""
        self.now = now

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Move on by ``seconds``."""
        self.now += timedelta(seconds=seconds)


class NoSources:
    """A collector with nothing to visit."""

    def visit_all(self, visits: Sequence[Visit], now: datetime) -> Iterator[tuple[Visit, VisitResult] | None]:
        """Nothing comes of any visit."""
        assert not visits, f"nothing is collected here at {now}, but {len(visits)} visits were asked for"
        return iter(())


def a_house(folder: Path, clock: HandClock | None = None, **changes: Any) -> House:
    """One outlet, one source, one feed and one digest, unless ``changes`` say otherwise; the store is empty."""
    url = f"sqlite:///{folder / 'syndicate.db'}"
    upgrade(url)
    ticking = clock or HandClock()
    site = changes.get("site", a_site())
    outlet, source, feed, digest = an_outlet(), a_source(), a_feed(), a_digest()
    house = House(
        site=site,
        secret=SECRET,
        outlets={outlet.id: outlet},
        sources={source.id: source},
        feeds={feed.id: feed},
        digests={digest.id: digest},
        mail=a_mail_policy(),
        store=open_store(url, hash_address=lambda address: keyed_hash(SECRET, address)),
        collector=NoSources(),
        editor=CreditEditor(),
        letters=LetterPress(site),
        formats=FORMATS,
        mailer=load_mailer("outbox", OutboxOptions(path=folder / "outbox")),
        mime=mime,
        clock=ticking,
        sleep=ticking.sleep,
        private_network=True,
    )
    return replace(house, **changes)
