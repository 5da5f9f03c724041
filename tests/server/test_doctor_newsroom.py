"""The shared sample site, read by what the source doctor wrote for it: no recipe here is by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.collect import CollectOptions, build_collector
from syndicate.domain.collecting import Found
from syndicate.domain.identity import keys_of
from syndicate.domain.outlet import Recipe
from syndicate.domain.publication import Reading
from syndicate.domain.survey import Survey
from tests.server.collecting import NOW, a_source, a_visit, collect
from tests.server.loopback import Loopback

READER = "syndicate.credit.detect:read_page"
MAIN = "Maximizing Engagement with North Korea"
FIVE = {
    MAIN,
    "Increasing Information Access for the North Korean People",
    "It’s Time to Resolve the Korean War",
    "Three Conditions for Successful Engagement with North Korea",
    "Building Trust through Health Cooperation with North Korea",
}
WAYS = ("feed", "listing", "sitemap")

pytestmark = pytest.mark.world


@pytest.fixture(scope="module")
def newsroom(world: Path) -> Iterator[Loopback]:
    with Loopback() as server:
        for path in (world / "newsroom").rglob("*.*"):
            body = path.read_bytes().replace(b"http://127.0.0.1:8765", server.root.encode())
            server.says("/" + path.relative_to(world / "newsroom").as_posix(), body)
        server.pages["/"] = server.pages["/index.html"]
        yield server


@pytest.fixture(scope="module")
def survey(newsroom: Loopback) -> Survey:
    options = CollectOptions(private_addresses=True, timeout=timedelta(seconds=5), spacing=timedelta(0))
    return build_collector(options, READER).survey(newsroom.root + "/", "", NOW)


@pytest.fixture(scope="module")
def passes(survey: Survey) -> dict[str, Found]:
    """One pass over the sources as they were written."""
    visits = []
    for way in survey.ways:
        (told,) = tomllib.loads(way.toml)["sources"]
        recipe = Recipe(**told["recipe"]) if "recipe" in told else None
        visits.append(a_visit(a_source(told["kind"], told["url"], id=told["kind"], recipe=recipe)))
    results = collect(visits, page_reader=READER, spacing=timedelta(0))
    return {source: result for source, result in results if isinstance(result, Found)}


def test_the_doctor_finds_the_three_ways_and_ranks_them(survey: Survey) -> None:
    assert sorted(way.kind for way in survey.ways) == sorted(WAYS)
    assert [way.kind for way in survey.ways][-1] == "sitemap"
    assert {way.found for way in survey.ways} == {5}
    assert all(way.missed == () for way in survey.ways)
    assert survey.name == "The Newsroom"
    assert survey.asked <= 40


def test_the_recipe_reads_every_field_that_a_card_shows(survey: Survey) -> None:
    (listing,) = (way for way in survey.ways if way.kind == "listing")

    shares = [listing.has(name) for name in ("title", "date", "byline", "summary", "type", "topics")]

    assert shares == [1.0] * 6
    assert listing.recipe is not None
    assert "nth" not in str(listing.recipe)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_finds_the_same_five(passes: dict[str, Found], way: str) -> None:
    assert {reading.title for reading in passes[way].readings} == FIVE
    assert (passes[way].seen, passes[way].spoiled, passes[way].drift) == (5, (), "")


def test_the_ways_share_the_keys_that_make_them_one(passes: dict[str, Found]) -> None:
    keys = [{keys_of(reading, way)[0] for reading in passes[way].readings} for way in WAYS]

    assert keys[0] == keys[1] == keys[2]


@pytest.mark.parametrize("way", WAYS)
def test_whichever_way_it_came_the_article_is_the_same(passes: dict[str, Found], way: str) -> None:
    def shown(name: str) -> Reading:
        return next(reading for reading in passes[name].readings if reading.title == MAIN)

    one, first = shown(way), shown("feed")

    assert [author.name for author in one.authors] == ["Daniel Jasper"]
    assert (one.type, one.topics) == ("Analysis", ("Global Policy",))
    assert (one.body_html, one.related, one.provenance) == (first.body_html, first.related, first.provenance)
    assert one.provenance.publisher == "38 North"


def test_the_written_file_is_one_outlet_with_its_sources(survey: Survey) -> None:
    told = tomllib.loads(survey.toml)

    assert [outlet["name"] for outlet in told["outlets"]] == ["The Newsroom"]
    assert {source["outlet"] for source in told["sources"]} == {told["outlets"][0]["id"]}
    assert told["sources"][0]["kind"] == survey.ways[0].kind
