"""What the form says of a digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from syndicate.domain.digest import Every, Schedule
from syndicate.domain.feed import Select
from syndicate.testing.builders import a_digest, an_outlet
from syndicate.testing.house import a_house
from syndicate.web.subscribe import how_often, offers


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (None, "Now and then"),
        (Schedule(every=Every.DAY, at="06:30", timezone="Europe/Berlin"), "Every day at 06:30 Berlin time"),
        (Schedule(every=Every.WEEK, on="fri", at="07:00", timezone="UTC"), "Every Friday at 07:00 UTC"),
        (
            Schedule(every=Every.MONTH, on="1", at="09:00", timezone="America/New_York"),
            "Every month on day 1 at 09:00 New York time",
        ),
    ],
)
def test_how_often_a_digest_comes(schedule: Schedule | None, words: str) -> None:
    assert how_often(a_digest(schedule=schedule)) == words


def test_what_is_in_a_digest(tmp_path: Path) -> None:
    harbour = an_outlet()
    lantern = an_outlet(id="lantern", name="Lantern Quarterly")
    every = a_digest()
    chosen = a_digest(id="coast", select=Select(outlets=frozenset({"lantern"}), topics=frozenset({"Coast"})), items=5)
    house = a_house(
        tmp_path, outlets={"harbour": harbour, "lantern": lantern}, digests={"weekly": every, "coast": chosen}
    )
    assert [offer.what for offer in offers(house)] == [
        "Up to 12 pieces from The Harbour Review and Lantern Quarterly",
        "Up to 5 pieces on Coast from Lantern Quarterly",
    ]
