"""``feeds build``: files with the server's bytes, written whole and only where they change."""

from __future__ import annotations

from pathlib import Path

from syndicate.domain.feed import Select
from syndicate.flows.publishing import build_feeds
from syndicate.flows.reading import feed_document
from syndicate.testing.builders import NOON, a_feed, a_reading
from tests.unit.feeds.samples import a_house, keep

FEEDS = (a_feed(), a_feed(id="essays", title="Essays", select=Select(types=frozenset({"Essay"}))))


def test_every_feed_is_written_in_every_format_with_the_servers_bytes(tmp_path: Path) -> None:
    house = a_house(tmp_path / "project", feeds=FEEDS)
    keep(house, a_reading())

    built = build_feeds(house, tmp_path / "out", NOON)

    names = ["all.atom", "all.json", "all.rss", "essays.atom", "essays.json", "essays.rss"]
    assert sorted(path.name for path in (tmp_path / "out" / "feeds").iterdir()) == names
    for file in built:
        feed, ending = file.path.name.split(".")
        assert file.path.read_bytes() == feed_document(house, feed, ending, NOON).body
        assert file.octets == file.path.stat().st_size
        assert file.written


def test_a_second_build_touches_only_what_changed(tmp_path: Path) -> None:
    house = a_house(tmp_path / "project", feeds=FEEDS)
    build_feeds(house, tmp_path, NOON)
    essays = tmp_path / "feeds" / "essays.rss"
    before = essays.stat().st_mtime_ns

    assert not any(file.written for file in build_feeds(house, tmp_path, NOON))
    keep(house, a_reading())
    again = {file.path.name: file.written for file in build_feeds(house, tmp_path, NOON)}

    assert [name for name, written in again.items() if written] == ["all.rss", "all.atom", "all.json"]
    assert essays.stat().st_mtime_ns == before


def test_a_damaged_file_is_made_good(tmp_path: Path) -> None:
    house = a_house(tmp_path / "project")
    first = build_feeds(house, tmp_path, NOON)[0]
    whole = first.path.read_bytes()
    first.path.write_bytes(whole[:20])

    assert build_feeds(house, tmp_path, NOON)[0].written
    assert first.path.read_bytes() == whole
