"""``db check``: what is wrong in a database is named in one sentence each, and a sound one gives none."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from syndicate.domain.delivery import (
    Accepted,
    Entry,
    Fate,
)
from syndicate.domain.errors import StoreOutdated
from syndicate.domain.settling import after_answer
from syndicate.store import SqlStore, audit
from syndicate.testing.builders import NOON
from syndicate.testing.stocking import (
    a_delivery,
    an_edition,
    batches_of,
    begin,
    parts_of,
    publications,
    readers,
)


def spoil(store: SqlStore, *statements: str) -> None:
    """Change rows behind the store's back, references included."""
    with store.database.writing() as connection:
        if store.database.is_sqlite:
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def busy(sql_store: SqlStore) -> SqlStore:
    """A store in the middle of everything: one edition sealed, a delivery with a child, one batch in a call."""
    edition = an_edition(sql_store, publications(sql_store, 2), digest="sealed")
    sql_store.editions.keep_sealed(parts_of(edition), NOON)
    ids = readers(sql_store, 6)
    delivery = a_delivery(sql_store, ids, 2)
    batch = begin(sql_store, delivery.id, 1)
    later = Accepted(reference="r", entries=(Entry(subscriber=ids[0], fate=Fate.LATER),))
    sql_store.deliveries.close(batch.fence, after_answer(batch, later, NOON))
    begin(sql_store, delivery.id, 2)
    return sql_store


def test_a_sound_database_gives_no_finding(busy: SqlStore, store_url: str) -> None:
    assert audit(busy) == ()
    assert audit(store_url) == ()


def test_an_outdated_one_is_not_audited(fresh_url: str) -> None:
    with pytest.raises(StoreOutdated):
        audit(fresh_url)


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE deliveries SET planned = 7", "does not add up: planned 7, but waiting 3, sent 1"),
        ("UPDATE batches SET size = 9 WHERE number = 3", "says that it holds 9 subscribers, but it holds 2"),
        ("DELETE FROM batches WHERE number = 4", "does not add up"),
        ("UPDATE batches SET state = 'lost' WHERE number = 3", "cannot be counted: 'lost'"),
        ("UPDATE deliveries SET state = 'done'", "is called done, but 3 of its batches are not"),
        ("UPDATE outcomes SET subscriber = 99", "outcomes of subscribers who are not in it: 99"),
        ("DELETE FROM outcomes", "goes to the same subscribers twice: 1"),
        ("UPDATE sealed_editions SET digest = 'x'", "is not what was sealed"),
    ],
)
def test_what_does_not_fit_is_named(busy: SqlStore, statement: str, finding: str) -> None:
    spoil(busy, statement)

    found = audit(busy)

    assert any(finding in sentence for sentence in found), found
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in found)


def test_broken_bytes_are_named_and_the_rest_is_still_looked_at(busy: SqlStore) -> None:
    octets = "x'80'" if busy.database.is_sqlite else "'\\x80'"
    spoil(busy, f"UPDATE batches SET ids = {octets} WHERE number = 3", f"UPDATE sealed_editions SET parts = {octets}")

    found = audit(busy)

    assert any("cannot be read: packed ids end in the middle" in sentence for sentence in found), found
    assert any(sentence.startswith("The sealed edition") for sentence in found), found


def test_two_outcomes_of_one_subscriber_are_named(busy: SqlStore) -> None:
    spoil(busy, "INSERT INTO outcomes SELECT delivery, number, subscriber, 'rejected', '' FROM outcomes")

    assert any("two outcomes for the same subscribers: 1" in sentence for sentence in audit(busy))


def test_a_second_version_that_serves_somebody_again_is_named(busy: SqlStore) -> None:
    """Whoever is held in a cancelled version may be in the next one; whoever was served may not."""
    (delivery,) = [d for e in busy.editions.find("weekly") for d in busy.deliveries.of_edition(e.id)]
    spoil(busy, f"UPDATE deliveries SET state = 'cancelled' WHERE id = {delivery.id}")

    busy.deliveries.prepare(delivery.edition, 2, "outbox", batches_of((5, 6), 2), {1: []}, NOON)
    assert audit(busy) == ()
    busy.deliveries.prepare(delivery.edition, 3, "outbox", batches_of((2, 3), 2), {1: []}, NOON)

    assert audit(busy) == (f"Edition {delivery.edition} goes to the same subscribers twice: 2, 3.",)


def test_a_publication_in_two_editions_is_named(busy: SqlStore) -> None:
    spoil(busy, "UPDATE editions SET items = '[1, 2]', digest = 'sealed', cadence = 'daily' WHERE digest = 'weekly'")

    found = audit(busy)

    assert sum("is carried by several editions of sealed" in sentence for sentence in found) == 2


def test_rows_that_point_nowhere_are_named_where_they_can_be_at_all(busy: SqlStore) -> None:
    """PostgreSQL refuses them; a SQLite file may have been edited by something that did not ask."""
    if not busy.database.is_sqlite:
        with pytest.raises(IntegrityError):
            spoil(busy, "DELETE FROM subscribers WHERE id = 1")
        return
    busy.close()
    with busy.database._engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("DELETE FROM subscribers WHERE id = 1")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql("BEGIN")

    found = audit(busy)

    assert any("point to subscribers that do not exist" in sentence for sentence in found), found
