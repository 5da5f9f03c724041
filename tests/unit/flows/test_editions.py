"""From composing to a sealed edition: once for each time, and one that cannot go stands in no other's way."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.domain.digest import Edition, EditionState
from syndicate.domain.errors import NotAllowed
from syndicate.flows.delivering import send
from syndicate.flows.house import House
from syndicate.flows.pipeline import advance, compose, compose_due, seal
from syndicate.testing.builders import NOON, a_reading
from syndicate.testing.stocking import publications
from tests.unit.flows.told import SECONDS, Told, says


def test_an_edition_without_readers_is_done_at_once(house: House) -> None:
    publications(house.store, 1)
    edition = compose(house, "weekly", NOON)

    standing = send(house, edition.id)

    assert (standing.state, standing.planned) == ("done", 0)


def test_an_edition_without_items_is_skipped_and_says_why(house: House, five: tuple[int, ...]) -> None:
    edition = compose(house, "weekly", NOON)

    assert edition.state is EditionState.SKIPPED
    assert edition.skipped_because == "nothing was collected that this digest could carry"
    with pytest.raises(NotAllowed, match="nothing was collected"):
        send(house, edition.id)


def test_composing_twice_in_a_minute_gives_one_edition(house: House) -> None:
    publications(house.store, 1)
    first = compose(house, "weekly", NOON)
    publications(house.store, 1, first=5)

    assert compose(house, "weekly", NOON + 59 * SECONDS) == first
    assert compose(house, "weekly", NOON + 60 * SECONDS).items != first.items


def test_clocks_beside_each_other_compose_one_edition(house: House, tmp_path: Path) -> None:
    publications(house.store, 1)
    compose_due(house, NOON)
    due = NOON + timedelta(days=7)
    made: list[Sequence[Edition]] = []
    threads = [threading.Thread(target=lambda: made.append(compose_due(house, due))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(house.store.editions.find("weekly")) == 1
    assert {edition.id for some in made for edition in some} == {house.store.editions.find("weekly")[0].id}


def test_a_stale_fire_is_held_until_somebody_sends_it(house: House, mailer: Told, five: tuple[int, ...]) -> None:
    publications(house.store, 1)
    compose_due(house, NOON)
    late = NOON + timedelta(days=7)  # due at seven, useful for six hours at most, and it is past one
    house.sleep((late - NOON).total_seconds() + 7200)

    (edition,) = compose_due(house, house.clock())
    assert advance(house, house.clock()) == ()
    assert edition.state is EditionState.HELD
    assert edition.held_because.startswith("stale")

    says(send(house, edition.id), sent=5)
    assert len(mailer.mailed) == 5


def test_an_edition_sealed_meanwhile_by_another_is_sent_as_that_one_sealed_it(
    house: House, mailer: Told, edition: Edition
) -> None:
    """It was held after it was sealed, and a piece was revised since: sending goes on with what was sealed."""
    parts = seal(house, edition.id, NOON)
    house.store.editions.set_state(edition.id, EditionState.HELD, held_because="the digest was not configured")
    revised = a_reading(title="Another Title", guid="harbour-1", body_text="Other words.", body_html="<p>Other.</p>")
    house.store.publications.keep("harbour-feed", "harbour", [revised], baseline=False, now=NOON)

    says(send(house, edition.id), sent=5)

    assert house.store.editions.sealed(edition.id, "en") == parts
