"""Everything that is read word by word: dates, names, labels, headers, robots.txt, Markdown, recipes."""

from __future__ import annotations

from hypothesis import strategies as st
from protego import Protego

from syndicate.collect import dates, labels, words
from syndicate.collect.entries import Document, ReadList
from syndicate.collect.markdown import entry_of_markdown
from syndicate.collect.recipes.inferring import infer
from syndicate.collect.recipes.reading import found_by, read_cards
from syndicate.collect.sources import parser_of
from syndicate.credit.detect import read_page
from syndicate.domain.outlet import Recipe
from syndicate.domain.provenance import Provenance
from syndicate.markup.page import parse_page
from syndicate.net import headers
from syndicate.net.unpack import TooMuch, Unpackable, Unpacker
from tests.fuzz import samples
from tests.fuzz.budget import fuzz
from tests.fuzz.inputs import octets_like, text_like
from tests.fuzz.judging import NOW, judge, judge_entry, judge_moment, one_line

_DATES = (
    "Sun, 01 Mar 2026 09:00:00 +0100",
    "2026-03-01T09:00:00Z",
    "Monday, March 2, 2026",
    "2. März 2026",
    "3 hours ago",
)
_LINES = (
    "By: Ann Example and Bob Example, with Cy Example",
    "Type: Analysis",
    "Published 1 March 2026",
    "(Photo: Cy/The Tides)",
)
_FIELDS = (
    "max-age=60, stale-while-revalidate=5",
    'no-cache="a", s-maxage=7',
    "Sun, 01 Mar 2026 09:00:00 GMT",
    "120",
    "-1",
)


def test_dates_are_believed_or_doubted_and_never_raise() -> None:
    def read(raw: str) -> None:
        judge_moment(dates.moment(raw, NOW))
        judge_moment(dates.day_in(raw, NOW))

    fuzz(text_like(*_DATES), read, tries=200)


def test_lines_are_labels_or_names_or_nothing() -> None:
    def read(line: str) -> None:
        for name in words.names_in(line):
            one_line(name)
            assert name.strip() == name != ""
        one_line(words.title_of(line))
        labels.byline_in(line)
        labels.labelled(line)
        labels.label_alone(line)
        labels.dated_as(line)

    fuzz(text_like(*_LINES), read, tries=200)


def test_headers_say_times_that_can_be_waited_for() -> None:
    def read(told: tuple[str, str, str, str, str]) -> None:
        named = dict(zip(("cache-control", "expires", "date", "age", "retry-after"), told, strict=True))
        pace = headers.pace_of(named, NOW)
        wait = headers.wait_of(named, NOW)
        assert pace.fresh_for >= 0
        assert wait is None or wait >= 0
        headers.http_date(told[1])

    field = text_like(*_FIELDS)
    fuzz(st.tuples(field, field, field, field, field), read)


def test_header_fields_are_lower_case_and_one_line() -> None:
    def read(raw: list[tuple[bytes, bytes]]) -> None:
        for name, value in headers.fields(raw).items():
            assert name == name.lower()
            value.encode("utf-8", "surrogateescape")

    octets = st.binary(max_size=30)
    fuzz(st.lists(st.tuples(octets, octets), max_size=8), read)


def test_robots_txt_is_parsed_whatever_it_is() -> None:
    def read(octets: bytes) -> None:
        rules = Protego.parse(octets.decode("utf-8", "replace"))
        assert rules.can_fetch("https://tides.example/private/x?y#z", "syndicate") in (True, False)
        rules.crawl_delay("syndicate")

    fuzz(octets_like(samples.ROBOTS), read)


def test_packed_bodies_unpack_within_bounds_or_are_refused() -> None:
    def read(told: tuple[str, list[bytes]]) -> None:
        coding, parts = told
        try:
            unpacker = Unpacker(coding, 1000)
            for part in parts:
                unpacker.feed(part)
        except (TooMuch, Unpackable):
            return
        assert len(unpacker.body) <= 1000

    codings = st.sampled_from(("", "gzip", "deflate", "gzip, deflate", "br", "x-gzip,,identity", ", , ,"))
    fuzz(st.tuples(codings, st.lists(octets_like(samples.RSS, b"\x1f\x8b\x08\x00" + bytes(20)), max_size=4)), read)


def test_markdown_is_an_entry() -> None:
    def read(octets: bytes) -> None:
        judge_entry(entry_of_markdown(octets.decode("utf-8", "replace"), NOW))

    fuzz(octets_like(samples.MARKDOWN), read)


def test_provenance_is_read_from_any_page() -> None:
    def read(octets: bytes) -> None:
        assert isinstance(read_page(parse_page(octets, "https://tides.example/low"), "The Tides"), Provenance)

    fuzz(octets_like(samples.PAGE, samples.TEXT), read)


def test_a_recipe_is_found_or_not_and_reads_what_it_was_found_on() -> None:
    def read(told: tuple[bytes, str]) -> None:
        octets, example = told
        page = parse_page(octets, "https://tides.example/list")
        recipe = infer(page, example, NOW)
        if recipe is not None:
            for entry in read_cards(page, found_by(page.root, recipe.card), recipe, NOW):
                judge_entry(entry)

    examples = text_like("Low water", "Low water\n1 March 2026\nBy Ann Example") | st.just("")
    fuzz(st.tuples(octets_like(samples.LISTING, samples.PAGE), examples), read)


def test_selectors_that_somebody_wrote_find_something_or_say_what_is_wrong() -> None:
    def read(selector: str) -> None:
        for recipe in (Recipe(card="div.card", title="h3", date=selector), Recipe(card=selector, title=selector)):
            document = Document(url="https://tides.example/list", body=samples.LISTING)
            judge(parser_of("listing")(ReadList(kind="listing", document=document, recipe=recipe, most=9, now=0.0)))

    fuzz(text_like("div.card > h3 a", ".by", "time[datetime]", "li:nth-child(2)", ":is(a, b)", "a::attr(href)"), read)
