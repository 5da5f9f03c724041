"""Real input: the shared sample site read three ways, and its article flattened to text. Its own links name port 8765,
so the pages are served with the address of a free port in its place.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.domain.collecting import Found
from syndicate.domain.identity import keys_of
from syndicate.domain.outlet import Recipe
from syndicate.domain.provenance import Kind, Verdict
from syndicate.domain.publication import Author, Precision, Reading
from tests.server.collecting import a_source, a_visit, collect, found
from tests.server.loopback import Loopback

MAIN = "Maximizing Engagement with North Korea"
FIVE = {
    MAIN,
    "Increasing Information Access for the North Korean People",
    "It’s Time to Resolve the Korean War",
    "Three Conditions for Successful Engagement with North Korea",
    "Building Trust through Health Cooperation with North Korea",
}
RECIPE = Recipe(
    card="article.card",
    title=".card__title",
    date=".card__date",
    byline=".card__by",
    summary=".card__summary",
    type=".card__type",
    topic=".card__topics",
)
READER = "syndicate.credit.detect:read_page"
SENTENCE = "This is an adapted excerpt from an article originally published by 38 North."
BIO = "is the Asia public education and advocacy coordinator for the American Friends Service Committee."

pytestmark = pytest.mark.world


@pytest.fixture(scope="module")
def newsroom(world: Path) -> Iterator[Loopback]:
    with Loopback() as server:
        for path in (world / "newsroom").rglob("*.*"):
            body = path.read_bytes().replace(b"http://127.0.0.1:8765", server.root.encode())
            server.says("/" + path.relative_to(world / "newsroom").as_posix(), body)
        yield server


@pytest.fixture(scope="module")
def passes(newsroom: Loopback) -> dict[str, Found]:
    sources = [
        a_source("feed", newsroom.root + "/feed.xml", id="feed"),
        a_source("listing", newsroom.root + "/publications/index.html", id="listing", recipe=RECIPE),
        a_source("sitemap", newsroom.root + "/sitemap-news.xml", id="sitemap"),
    ]
    results = collect([a_visit(source) for source in sources], page_reader=READER)
    return {source: result for source, result in results if isinstance(result, Found)}


@pytest.fixture(scope="module")
def main(passes: dict[str, Found]) -> Reading:
    return next(reading for reading in passes["feed"].readings if reading.title == MAIN)


def test_feed_listing_and_sitemap_each_find_the_same_five(passes: dict[str, Found]) -> None:
    assert {name: {reading.title for reading in result.readings} for name, result in passes.items()} == {
        "feed": FIVE,
        "listing": FIVE,
        "sitemap": FIVE,
    }
    assert {(result.seen, result.spoiled) for result in passes.values()} == {(5, ())}


def test_the_three_ways_share_the_key_that_makes_them_one(passes: dict[str, Found]) -> None:
    keys = {name: {keys_of(reading, name)[0] for reading in result.readings} for name, result in passes.items()}

    assert keys["feed"] == keys["listing"] == keys["sitemap"]
    assert len(keys["feed"]) == 5


@pytest.mark.parametrize("source", ["feed", "listing", "sitemap"])
def test_whichever_way_it_came_the_article_reads_the_same(passes: dict[str, Found], main: Reading, source: str) -> None:
    one = next(reading for reading in passes[source].readings if reading.title == MAIN)

    assert (one.body_html, one.authors, one.published, one.type, one.topics, one.related, one.provenance) == (
        (main.body_html, main.authors, main.published, main.type, main.topics, main.related, main.provenance)
    )


def test_a_second_pass_asks_for_no_article(newsroom: Loopback, passes: dict[str, Found]) -> None:
    stored = {key for reading in passes["feed"].readings for key in keys_of(reading, "feed")}
    asked = len(newsroom.asked)
    visit = a_visit(
        a_source("listing", newsroom.root + "/publications/index.html", recipe=RECIPE),
        known=lambda keys: frozenset(stored & set(keys)),
    )

    result = found(visit)

    assert (result.readings, result.seen) == ((), 5)
    assert [one.path for one in newsroom.asked[asked:]] == ["/robots.txt", "/publications/index.html"]


def test_author_bio_date_type_and_topic_are_fields(main: Reading) -> None:
    assert main.authors == (Author(name="Daniel Jasper", bio=f"Daniel Jasper {BIO}"),)
    assert main.published is not None
    assert main.published.parsed is not None
    assert (main.published.parsed.date().isoformat(), main.published.precision) == ("2021-04-22", Precision.MINUTE)
    assert (main.type, main.topics, main.language) == ("Analysis", ("Global Policy",), "en")


def test_the_body_has_its_headings_and_nothing_else(main: Reading) -> None:
    assert main.headings == ("Enhancing Engagement", "A Role for the U.N.")
    assert main.body_text.startswith("As the Biden administration’s North Korea policy review")
    assert main.body_text.endswith("reinforce risk-taking toward peaceful coexistence.")
    for foreign in ("newsletter", "Facebook", "Related", "Publication Type", "By:", "Jun Michael Park", BIO, SENTENCE):
        assert foreign not in main.body_text
    assert main.body_html.count("<p>") == 10


def test_caption_and_credit_are_apart(newsroom: Loopback, main: Reading) -> None:
    (figure,) = main.figures

    assert figure.src == newsroom.root + "/images/flag.jpg"
    assert figure.caption.endswith("Germany, Sept. 27, 2017. Korea.")
    assert figure.credit == "Jun Michael Park/The New York Times"


def test_four_related_pieces_are_leads(newsroom: Loopback, main: Reading) -> None:
    assert {lead.title for lead in main.related} == FIVE - {MAIN}
    first = main.related[0]
    assert first.url.startswith(newsroom.root + "/publications/2024/04/increasing-information")
    assert first.date is not None
    assert first.date.raw == "Monday, April 15, 2024"
    assert (first.authors, first.type, first.topics) == (("Sokeel Park",), "Analysis", ("Global Policy",))
    assert first.summary.startswith("In recent years, North Korea has become more repressive")


def test_provenance_comes_with_its_sentence(main: Reading) -> None:
    told = main.provenance

    assert (told.kind, told.publisher, told.verdict, told.evidence) == (
        (Kind.ADAPTED_EXCERPT, "38 North", Verdict.ASSERTED, SENTENCE)
    )


def test_every_field_names_the_rule_that_set_it(main: Reading) -> None:
    rules = {evidence.field: evidence.place for evidence in main.evidence}

    assert rules["published"] == "meta article:published_time"
    assert rules["topics"] == "line above the heading"
    assert rules["type"] == "line above the text"


def test_the_article_flattened_to_text_gives_the_same_text(world: Path, main: Reading, tmp_path: Path) -> None:
    folder = tmp_path / "with a space"
    folder.mkdir()
    shutil.copy(world / "seed.txt", folder / "maximizing-engagement.txt")

    (reading,) = found(a_visit(a_source("folder", folder.as_uri())), page_reader=READER).readings

    assert reading.title == "Maximizing engagement"
    assert reading.body_text == main.body_text
    assert reading.headings == main.headings
    assert reading.authors == main.authors
    assert reading.provenance == main.provenance
    assert [(figure.caption, figure.credit) for figure in reading.figures] == [
        (figure.caption, figure.credit) for figure in main.figures
    ]
    assert [(lead.title, lead.authors, lead.type, lead.topics) for lead in reading.related] == [
        (lead.title, lead.authors, lead.type, lead.topics) for lead in main.related
    ]
