"""What is asked often costs the same however much is stored: no statement walks a whole table.

SQLite says how it would answer; a planner without statistics once walked every subscription for every batch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.domain.publication import How, PublicationFilter
from syndicate.store import SqlStore, open_store, upgrade
from syndicate.testing.builders import NOON
from syndicate.testing.stocking import a_delivery, a_harvest, a_piece, begin, pieces, publications, readers

ALLOWED = {
    "SCAN subscribers USING COVERING INDEX ix_subscribers_address_hash",
    "SCAN sqlite_sequence",
    "SCAN anon_1",
    "SCAN anon_2",
}
"""An audience is frozen once an edition, and looks at everybody anyway; SQLite notes the highest id of each of a few
tables; and what questions joined into one have found is gone through."""

Plans = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    upgrade(url)
    opened = open_store(url, hash_address=str)
    yield opened
    opened.close()


@pytest.fixture
def plans(store: SqlStore) -> Plans:
    """The plan of every statement that a call sends."""
    seen: list[str] = []
    store.database.watch(seen.append)

    def of(call: Callable[[], object]) -> list[str]:
        seen.clear()
        call()
        sent = [statement for statement in seen if statement.lstrip().startswith(("SELECT", "UPDATE"))]
        found = []
        with store.database.reading() as connection:
            for statement in sent:
                nothing = (None,) * len(re.findall(r"\?", statement))
                found += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", nothing)]
        return found

    return of


def test_no_frequent_question_walks_a_table(store: SqlStore, plans: Plans) -> None:
    ids = readers(store, 3)
    number, other = publications(store, 2)
    harvest = a_harvest(*pieces(8))
    again = replace(harvest, before=harvest.after, readings=(*pieces(7, 2), replace(a_piece(1), title="Changed")))
    delivery = a_delivery(store, ids, 2)

    def open_one() -> None:
        with store.deliveries.opening(delivery.id, 2) as opening:
            opening.recipients()

    questions: dict[str, Callable[[], object]] = {
        "opening": open_one,
        "begin": lambda: begin(store, delivery.id, 1),
        "due": lambda: store.deliveries.due(NOON, 10),
        "next_due": store.deliveries.next_due,
        "sums": lambda: store.deliveries.sums(delivery.id),
        "audience": lambda: list(store.deliveries.audience("weekly")),
        "notices due": lambda: store.notices.due(NOON, 10),
        "notices next": store.notices.next_due,
        "known": lambda: store.publications.known(["link:example.org/a"]),
        "find": lambda: store.publications.find(PublicationFilter(limit=10)),
        "find of an outlet": lambda: store.publications.find(PublicationFilter(outlet="harbour", limit=10)),
        "sources due": lambda: store.sources.due(NOON),
        "bookmarks": lambda: store.sources.bookmarks(["harbour-feed"]),
        "enter": lambda: store.sources.enter({"harbour-feed": "https://harbour.example.net/feed.xml"}),
        "sites": lambda: store.sources.sites(["example.net"]),
        "watched": lambda: store.publications.watched(["harbour-feed", "another"], NOON, 10),
        "missing": lambda: store.publications.find(PublicationFilter(missing=True, limit=10)),
        "unread": lambda: store.publications.unread(10),
        "near": lambda: store.publications.near(number, 7, timedelta(days=14)),
        "gather": lambda: store.publications.gather([harvest, again], NOON),
        "mark read": lambda: store.publications.mark_read(number, 7, other, How.NEAR_COPY),
        "release": lambda: store.publications.release(number, NOON),
        "piece": lambda: store.publications.get(number),
        "by address": lambda: store.subscribers.by_address("weekly1@example.org"),
    }
    walks = {
        name: [step for step in plans(ask) if step.startswith("SCAN") and step not in ALLOWED]
        for name, ask in questions.items()
    }

    assert {name: steps for name, steps in walks.items() if steps} == {}


def test_the_recipients_of_a_batch_are_looked_up_one_by_one(store: SqlStore, plans: Plans) -> None:
    """Not among everybody who takes the digest."""
    delivery = a_delivery(store, readers(store, 2))

    def open_one() -> None:
        with store.deliveries.opening(delivery.id, 1) as opening:
            opening.recipients()

    assert [step for step in plans(open_one) if "ix_subscriptions_digest" in step] == []
