"""Promise 11, attacked: whatever makes five hundred old pieces look new at once, nobody is mailed; news is mailed.

The pieces go the whole way: a scripted collector shows them, the pass stores them on SQLite and on PostgreSQL, and an
edition is composed of what is there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from syndicate.domain.collecting import Found, Visit, VisitResult
from syndicate.domain.errors import CopiedDatabase
from syndicate.domain.outlet import Source
from syndicate.domain.publication import Moment, PublicationFilter, Reading, Status
from syndicate.flows.collected import Collected
from syndicate.flows.house import House
from syndicate.flows.pipeline import collect_due, compose
from syndicate.store import open_store
from syndicate.testing.builders import NOON, a_moment, a_source
from syndicate.testing.house import HandClock, a_house
from syndicate.testing.stocking import a_harvest, a_piece
from tests.contract.conftest import empty_file, fresh_url, hash_address, kind, store_url

__all__ = ["empty_file", "fresh_url", "kind", "store_url"]

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MANY = 500


@dataclass
class Script:
    """A collector that shows what the test put there."""

    shows: list[Reading] = field(default_factory=list)

    def visit_all(self, visits: Sequence[Visit], now: datetime) -> Iterator[tuple[Visit, VisitResult] | None]:
        """Every source shows the same list."""
        assert now.tzinfo is not None
        for visit in visits:
            yield visit, Found(readings=tuple(self.shows), seen=len(self.shows))


@dataclass
class Newsroom:
    """A house whose one source shows what it is told to, visited when the test says so."""

    house: House
    script: Script
    clock: HandClock

    def visit(self, shows: Sequence[Reading], source: Source | None = None) -> Collected:
        """One pass, a day later than the one before."""
        self.clock.now += DAY
        self.script.shows = list(shows)
        if source is not None:
            self.house = replace(self.house, sources={source.id: source})
        (report,) = collect_due(self.house, self.clock.now, list(self.house.sources))
        assert report.status == "ok", report.error
        return report

    def mailed(self) -> list[str]:
        """The titles that an edition composed now carries."""
        self.clock.now += MINUTE
        edition = compose(self.house, "weekly", self.clock.now)
        return sorted(piece.title for piece in self.house.store.publications.many(edition.items))

    def stored(self) -> int:
        """How many publications there are."""
        return len(self.house.store.publications.find(PublicationFilter(limit=10 * MANY)))

    def caught_up(self, shows: Sequence[Reading]) -> None:
        """The source is known, and nothing of it is waiting to be mailed."""
        self.visit(shows)
        assert self.mailed() == []


@pytest.fixture
def newsroom(store_url: str, tmp_path: Path) -> Iterator[Newsroom]:
    script, clock = Script(), HandClock(NOON)
    store = open_store(store_url, hash_address=hash_address)
    house = a_house(tmp_path, clock, collector=script, store=store)
    house = replace(house, digests={"weekly": replace(house.digests["weekly"], items=MANY)})
    yield Newsroom(house, script, clock)
    store.close()


def old(count: int = MANY, first: int = 1) -> list[Reading]:
    """Pieces from before the first visit, one a day."""
    return [a_piece(number) for number in range(first, first + count)]


def elsewhere(piece: Reading) -> Reading:
    """The same piece after its outlet moved to another host, with other guids."""
    number = piece.guid.rsplit("-", 1)[1]
    address = f"https://quay.example.org/articles/{number}"
    return replace(piece, url=address, canonical=address, guid=f"urn:quay:{number}")


def news(count: int, day: int = 2) -> list[Reading]:
    """Pieces that appeared since the visit before, hours apart."""
    return [
        replace(
            a_piece(900 + n), title=f"Only Today {n}", published=a_moment(NOON + day * DAY - n * timedelta(hours=2))
        )
        for n in range(count)
    ]


def test_a_new_source_mails_nobody(newsroom: Newsroom) -> None:
    report = newsroom.visit(old())

    assert (report.new, report.baseline) == (MANY, MANY)
    assert newsroom.mailed() == []


def test_a_new_source_that_is_said_to_be_news_is_news(newsroom: Newsroom) -> None:
    newsroom.visit(old(20), source=a_source(baseline=False))

    assert len(newsroom.mailed()) == 20


def test_a_feed_that_moved_to_another_host_mails_nobody(newsroom: Newsroom) -> None:
    newsroom.caught_up(old())

    report = newsroom.visit([elsewhere(piece) for piece in old()])

    assert report.new == 0
    assert newsroom.stored() == MANY
    assert newsroom.mailed() == []
    known = newsroom.house.store.publications.known(
        ["link:quay.example.org/articles/7", "guid:harbour-feed:urn:quay:7"]
    )
    assert len(known) == 2


def test_news_in_a_feed_that_moved_is_mailed(newsroom: Newsroom) -> None:
    newsroom.caught_up(old(100))

    newsroom.visit([*news(3), *map(elsewhere, old(100))])

    assert newsroom.mailed() == ["Only Today 0", "Only Today 1", "Only Today 2"]


def test_a_source_that_is_pointed_at_another_list_mails_nobody(newsroom: Newsroom) -> None:
    newsroom.caught_up(old(20))

    newsroom.visit(old(MANY, first=100), source=a_source(url="https://harbour.example.net/other.xml"))

    assert newsroom.mailed() == []


@pytest.mark.parametrize("links_too", [False, True], ids=["guids", "guids and links"])
def test_changed_guids_mail_nobody(newsroom: Newsroom, *, links_too: bool) -> None:
    newsroom.caught_up(old())
    renamed = [replace(piece, guid=f"new-{piece.guid}") for piece in old()]
    shown = [replace(p, url=p.url + "-a", canonical=p.canonical + "-a") if links_too else p for p in renamed]

    assert newsroom.visit(shown).new == 0
    assert newsroom.mailed() == []


@pytest.mark.parametrize("moved_too", [False, True], ids=["dates", "dates and links and guids"])
def test_dates_that_all_moved_to_today_mail_nobody(newsroom: Newsroom, *, moved_too: bool) -> None:
    newsroom.caught_up(old())
    now = newsroom.clock.now + DAY
    shown = [replace(elsewhere(p) if moved_too else p, published=a_moment(now)) for p in old()]

    assert newsroom.visit(shown).new == 0
    assert newsroom.mailed() == []
    dated = {p.dated for p in newsroom.house.store.publications.find(PublicationFilter(limit=MANY))}
    assert max(dated) <= NOON


def test_everything_changed_at_once_mails_nobody(newsroom: Newsroom) -> None:
    """Other host, other guids, other titles, and every date the hour of the import."""
    newsroom.caught_up(old())
    now = newsroom.clock.now + DAY
    shown = [
        replace(elsewhere(piece), title=f"Harbour: {piece.title}", published=a_moment(now + n * timedelta(seconds=5)))
        for n, piece in enumerate(old())
    ]

    report = newsroom.visit(shown)

    assert report.baseline == report.new == MANY
    assert newsroom.mailed() == []


@pytest.mark.parametrize("dates", [True, False], ids=["dated", "undated"])
def test_a_list_that_opens_its_archive_mails_nobody(newsroom: Newsroom, *, dates: bool) -> None:
    def shown(pieces: list[Reading]) -> list[Reading]:
        return pieces if dates else [replace(piece, published=None) for piece in pieces]

    newsroom.caught_up(shown(old(20)))

    newsroom.visit(shown(old()))

    assert newsroom.mailed() == []


def test_an_archive_that_comes_in_small_portions_mails_nobody(newsroom: Newsroom) -> None:
    newsroom.caught_up(old(100))

    for first in range(101, 161, 12):
        newsroom.visit([*old(100), *old(12, first=first)])

    assert newsroom.mailed() == []


def test_a_database_that_was_restored_elsewhere_mails_nobody_until_somebody_says_so(newsroom: Newsroom) -> None:
    newsroom.caught_up(old(20))
    harvest = a_harvest(*news(10), before=newsroom.house.store.sources.bookmark("harbour-feed"), hold=True)

    (kept,) = newsroom.house.store.publications.gather([harvest], newsroom.clock.now)

    assert kept is not None
    assert kept.baseline == kept.new
    assert len(kept.new) == 10
    assert newsroom.mailed() == []


def test_a_list_that_lost_its_bookmark_mails_nobody(newsroom: Newsroom) -> None:
    newsroom.caught_up(old(100))
    newsroom.house.store.sources.note("harbour-feed", replace(a_harvest().before))

    newsroom.visit(old(200))

    assert newsroom.mailed() == []


@pytest.mark.parametrize("listed", [10, 12, 20, 200])
def test_ten_new_pieces_after_a_quiet_week_are_news(newsroom: Newsroom, listed: int) -> None:
    newsroom.caught_up(old(listed))
    newsroom.clock.now += 6 * DAY

    report = newsroom.visit([*news(10, day=8), *old(listed)][:listed])

    assert (report.new, report.baseline) == (10, 0)
    assert len(newsroom.mailed()) == 10


def test_ten_new_pieces_without_a_date_in_a_longer_list_are_news(newsroom: Newsroom) -> None:
    newsroom.caught_up(old(20))

    newsroom.visit([*(replace(piece, published=None) for piece in news(10)), *old(15)])

    assert len(newsroom.mailed()) == 10


def test_six_pieces_published_in_the_same_minute_are_news_while_the_list_is_the_one_we_know(newsroom: Newsroom) -> None:
    newsroom.caught_up(old(10))
    noon = Moment(raw="today", parsed=NOON + 2 * DAY)

    newsroom.visit([*(replace(piece, published=noon) for piece in news(6)), *old(4)])

    assert len(newsroom.mailed()) == 6


def test_one_piece_is_let_out_by_name(newsroom: Newsroom) -> None:
    newsroom.caught_up(old(20))
    (third,) = [p for p in newsroom.house.store.publications.find(PublicationFilter()) if p.title.endswith("Part 3")]
    assert third.status is Status.BASELINE

    newsroom.house.store.publications.release(third.id, newsroom.clock.now)

    assert newsroom.mailed() == [third.title]
    assert newsroom.mailed() == []


def test_a_database_restored_elsewhere_mails_nobody_until_a_person_says_so(tmp_path: Path) -> None:
    """What the outlets published since the backup may have been mailed by the one it was taken from."""
    script, clock = Script(), HandClock(NOON)
    (tmp_path / "there").mkdir()
    there = a_house(tmp_path / "there", clock, collector=script)
    Newsroom(there, script, clock).caught_up(old(100))
    there.store.close()
    shutil.copytree(tmp_path / "there", tmp_path / "here")

    store = open_store(f"sqlite:///{tmp_path / 'here' / 'syndicate.db'}", hash_address=hash_address)
    newsroom = Newsroom(replace(there, store=store), script, clock)
    report = newsroom.visit([*news(3), *old(MANY)], source=a_source(baseline=False))

    assert (report.new, report.baseline) == (MANY - 100 + 3, MANY - 100 + 3)
    assert newsroom.mailed() == []
    with pytest.raises(CopiedDatabase), store.delivering():
        pytest.fail("delivered from a copy")
    store.confirm()
    newsroom.visit([*news(2, day=4), *news(3), *old(MANY)])
    newsroom.clock.now += DAY
    fresh = [
        replace(
            piece, guid=f"later-{n}", url=f"https://harbour.example.net/later-{n}", canonical="", title=f"Later {n}"
        )
        for n, piece in enumerate(news(2, day=6))
    ]
    newsroom.visit([*fresh, *news(3), *old(MANY)])
    assert {"Later 0", "Later 1"} <= set(newsroom.mailed())
    store.close()
