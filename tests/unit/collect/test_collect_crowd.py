"""Who is visited when: sites in turn, slow ones in nobody's way, results as they come, workers kept."""

from __future__ import annotations

import asyncio
import gc
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.collect import CollectOptions, build_collector
from syndicate.collect.collector import interleaved
from syndicate.collect.entries import Document, Entry, Listing, ReadList, ReadPiece, Unreadable
from syndicate.collect.worker import Bounds
from syndicate.collect.workers import Readers, Worker, WorkerStock
from syndicate.domain.collecting import Cause, Found, Trouble, Visit
from syndicate.domain.publication import Reading
from tests.server.collecting import NOW, PAGE_READER, a_feed, a_source, a_visit
from tests.server.loopback import Loopback, Said

BOUNDS = Bounds(page_reader=PAGE_READER, seconds=10, octets=2**31)
OPTIONS = CollectOptions(private_addresses=True, timeout=timedelta(seconds=3), spacing=timedelta(0))
HANGING = Bounds(page_reader="tests.server.page_readers:busy", seconds=1, octets=2**31)


def visits(*urls: str) -> list[Visit]:
    return [a_visit(a_source("feed", url)) for url in urls]


def test_sites_are_asked_in_turn() -> None:
    row = visits(*(f"https://a.example/{n}" for n in range(3)), "https://b.example/", "https://sub.a.example/")

    order = [visit.source.url for visit in interleaved(row)]

    assert order[:2] == ["https://a.example/0", "https://b.example/"]
    assert sorted(order) == sorted(visit.source.url for visit in row)
    assert [url for url in order if "a.example/" in url][-1] == "https://sub.a.example/"


def test_an_address_that_is_none_is_interleaved_too() -> None:
    assert len(interleaved(visits("https://[", "https://a.example:99999999/", "file:///x"))) == 3


def test_a_moment_without_news_is_told_once_and_only_after_news() -> None:
    with Loopback() as quick, Loopback() as slow:
        hanging = slow.root + "/feed"
        slow.pages["/feed"] = Said(hang=True)
        collector = build_collector(OPTIONS, PAGE_READER)
        told = list(collector.visit_all(visits(quick.says("/feed", a_feed(quick.root, "one")), hanging), NOW))
        collector.close()

    assert [None if ended is None else type(ended[1]) for ended in told] == [Found, None, Trouble]


def test_leaving_a_pass_early_ends_it_and_the_next_one_works() -> None:
    with Loopback() as site:
        urls = [site.says(f"/{n}", a_feed(site.root, f"piece-{n}")) for n in range(12)]
        collector = build_collector(
            CollectOptions(private_addresses=True, spacing=timedelta(0), concurrency=1), PAGE_READER
        )
        first = collector.visit_all(visits(*urls), NOW)
        assert next(first) is not None
        first.close()  # type: ignore[attr-defined]
        again = [ended for ended in collector.visit_all(visits(*urls), NOW) if ended]
        collector.close()

    assert Counter(type(result) for _, result in again) == {Found: 12}


def test_the_reading_process_is_kept_for_the_next_pass_and_ends_with_the_collector() -> None:
    with Loopback() as site:
        url = site.says("/feed", a_feed(site.root, "one"))
        collector = build_collector(OPTIONS, PAGE_READER)
        pids = []
        for _ in range(2):
            assert [ended for ended in collector.visit_all(visits(url), NOW) if ended]
            (worker,) = collector._stock._idle
            running = worker._running
            assert running is not None
            pids.append(running.pid)
            last = running
        collector.close()

    assert pids[0] == pids[1]
    assert last.returncode is not None


def test_a_kind_nobody_knows_is_our_fault_and_told() -> None:
    collector = build_collector(OPTIONS, PAGE_READER)
    ((_, result),) = (
        ended for ended in collector.visit_all([a_visit(a_source("gopher", "https://a.example/"))], NOW) if ended
    )

    assert isinstance(result, Trouble)
    assert result.cause is Cause.OURS


def a_list(*titles: str, whole: bool = True) -> ReadList:
    items = "".join(
        f"<item><title>{title}</title><link>https://a.example/{title}</link>"
        f"<description>What {title} says.</description></item>"
        for title in titles
    )
    body = f"<rss><channel>{items}</channel></rss>".encode()
    return ReadList(
        kind="feed",
        document=Document(url="https://a.example/feed", body=body),
        recipe=None,
        most=100,
        now=NOW.timestamp(),
        outlet="Quay",
        whole=whole,
    )


def read(task: ReadList, bounds: Bounds = BOUNDS) -> Listing | Unreadable | Reading:
    async def go() -> Listing | Unreadable | Reading:
        readers = Readers(bounds, 1)
        try:
            return await readers.read(task)
        finally:
            readers.close()

    return asyncio.run(go())


def test_a_whole_list_brings_a_reading_for_each_entry_in_its_order() -> None:
    listing = read(a_list("one", "two"))

    assert isinstance(listing, Listing)
    assert [reading.title for reading in listing.readings if isinstance(reading, Reading)] == ["one", "two"]
    assert [entry.title for entry in listing.entries] == ["one", "two"]
    unasked = read(a_list("one", whole=False))
    assert isinstance(unasked, Listing)
    assert unasked.readings == ()


def test_an_entry_that_ends_its_reader_spoils_only_itself() -> None:
    listing = read(a_list("one", "slow", "two"), HANGING)

    assert isinstance(listing, Listing)
    assert [isinstance(reading, Reading) for reading in listing.readings] == [True, False, True]
    assert "more than 1 s" in getattr(listing.readings[1], "problem", "")


def test_a_worker_whose_answer_nobody_waits_for_answers_nobody_else() -> None:
    async def go() -> list[object]:
        worker = Worker(HANGING)
        piece = ReadPiece(entry=Entry(link="https://a.example/slow", place="x", title="slow"), outlet="Quay", now=0.0)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(worker.ask(piece), 0.3)
        try:
            return [await worker.ask(a_list("one"))]
        finally:
            worker.close()

    (answer,) = asyncio.run(go())

    assert isinstance(answer, Listing)


def test_workers_end_with_a_stock_that_is_forgotten() -> None:
    stock = WorkerStock(BOUNDS, 1)
    worker = stock.take()
    asyncio.run(worker.ask(a_list("one")))
    running = worker._running
    assert running is not None
    stock.give(worker)
    del stock, worker
    gc.collect()

    assert running.poll() is not None


def test_a_worker_is_not_blamed_for_the_memory_of_who_started_it() -> None:
    held = bytearray(b"x") * (600 * 1024 * 1024)
    stock = WorkerStock(BOUNDS, 1)
    worker = stock.take()
    asyncio.run(worker.ask(a_list("one")))
    kept = worker._running is not None
    worker.close()

    assert len(held)
    assert kept


def test_a_closed_stock_keeps_no_worker() -> None:
    stock = WorkerStock(BOUNDS, 1)
    worker = stock.take()
    stock.close()
    stock.give(worker)

    assert stock._idle == []


def test_one_that_hangs_delays_no_other_however_many_hang() -> None:
    with Loopback() as quick, Loopback() as slow:
        slow.pages = {f"/{n}": Said(hang=True) for n in range(30)}
        hanging = [f"{slow.root}/{n}" for n in range(30)]
        fine = quick.says("/feed", a_feed(quick.root, "one"))
        options = CollectOptions(
            private_addresses=True, timeout=timedelta(seconds=3), spacing=timedelta(0), concurrency=2
        )
        collector = build_collector(options, PAGE_READER)
        began = time.monotonic()
        running = collector.visit_all(visits(*hanging, fine), datetime(2026, 3, 2, tzinfo=UTC))
        first = next(ended for ended in running if ended)
        took = time.monotonic() - began
        running.close()  # type: ignore[attr-defined]
        collector.close()

    assert isinstance(first[1], Found)
    assert took < 3
