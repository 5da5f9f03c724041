"""Feed states for tests, made through the gate and the real editor, and a house on a real database."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import update

from syndicate.credit.editor import CreditEditor
from syndicate.domain.feed import Feed, FeedState
from syndicate.domain.gate import Exit
from syndicate.domain.item import Item
from syndicate.domain.outlet import Outlet, Terms, Use
from syndicate.domain.publication import Publication, Reading, Status
from syndicate.flows.house import House
from syndicate.settings import load
from syndicate.store import SqlStore, tables, upgrade
from syndicate.testing.builders import (
    NOON,
    a_borrowed_provenance,
    a_digest,
    a_feed,
    a_publication,
    a_site,
    an_outlet,
    cleared,
)
from syndicate.wiring import build
from tests.homeless import homeless

CREDIT = "This is an adapted excerpt from an article originally published by Lantern Quarterly."
ORIGINAL = "https://lantern.example.com/islands-that-wait"

_CONFIG = """
[site]
title = "The Estuary Letter"
url = "https://letters.example.org"
contact = "desk@letters.example.org"
postal_address = "The Estuary Letter, 1 Quay Street, Port Example"

[store]
url = "sqlite:///syndicate.db"

[web]
secret = "not a secret, a test"

[mail]
provider = "outbox"
from = "The Estuary Letter <desk@letters.example.org>"

[mail.outbox]
path = "outbox"
"""


def an_item(publication: Publication | None = None, outlet: Outlet | None = None, words: int = 40) -> Item:
    """A publication as a feed shows it."""
    ruling = cleared(publication, outlet, Exit.FEED)
    editor = CreditEditor()
    excerpt = editor.excerpt(ruling, words, "en")
    credit = excerpt.credit if excerpt else editor.credit(ruling, "en", cut=False)
    page = a_site().link(f"/publications/{ruling.publication.slug}")
    return Item(cleared=ruling, credit=credit, excerpt=excerpt, page=page)


def a_state(*items: Item, **changes: Any) -> FeedState:
    """A feed of ``items``."""
    values: dict[str, Any] = {"feed": a_feed(), "site": a_site(), "items": items, "updated": NOON, "valid_until": None}
    return FeedState(**(values | changes))


def three_kinds() -> FeedState:
    """A borrowed piece, one in another language whose terms end, and one that may show its title only."""
    ending = an_outlet(terms=Terms(starts=NOON - timedelta(days=9), until=NOON + timedelta(days=3)))
    licence = "https://licences.example.org/by/4.0/"
    return a_state(
        an_item(a_publication(id=3, provenance=a_borrowed_provenance(permission=licence))),
        an_item(a_publication(id=2, language="fr", topics=("Côte", "Mer & temps")), ending),
        an_item(a_publication(id=1, title="Tide < time & “ferry”"), an_outlet(terms=Terms(use=Use.TITLE))),
        valid_until=NOON + timedelta(days=3),
    )


@cache
def _empty_database() -> Path:
    path = Path(mkdtemp(prefix="syndicate-feeds-")) / "empty.db"
    upgrade(f"sqlite:///{path}")
    homeless(f"sqlite:///{path}")
    return path


def a_config(folder: Path) -> Path:
    """A project in ``folder`` with an empty, current database."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_empty_database(), folder / "syndicate.db")
    config = folder / "syndicate.toml"
    config.write_text(_CONFIG, "utf-8")
    return config


def a_house(folder: Path, *, outlets: Sequence[Outlet] = (), feeds: Sequence[Feed] = ()) -> House:
    """A house on a fresh SQLite file; by default one outlet, one feed of everything and a weekly digest."""
    house = build(load(a_config(folder)))
    return replace(
        house,
        outlets={outlet.id: outlet for outlet in outlets or (an_outlet(),)},
        feeds={feed.id: feed for feed in feeds or (a_feed(),)},
        digests={"weekly": a_digest()},
    )


def keep(house: House, *readings: Reading, outlet: str = "harbour", when: Any = NOON) -> tuple[int, ...]:
    """Store readings as new, live pieces; their ids."""
    return house.store.publications.keep(f"{outlet}-feed", outlet, readings, baseline=False, now=when).new


def set_status(house: House, publication: int, status: Status) -> None:
    """What an editor's command will do: mark a stored piece, and let the state number rise."""
    store = house.store
    assert isinstance(store, SqlStore)
    with store.database.writing() as connection:
        rows = tables.publications
        connection.execute(update(rows).where(rows.c.id == publication).values(status=status.value))
        counted = tables.counters
        rise = update(counted).where(counted.c.name == "publications").values(value=counted.c.value + 1)
        connection.execute(rise)
