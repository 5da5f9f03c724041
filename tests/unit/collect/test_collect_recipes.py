"""Recipes written from an example, or from none; and what happens when a page is built anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cssselect import SelectorError
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.collect.entries import Document, Entry, Listing, ReadList, Unreadable
from syndicate.collect.recipes.drift import examples_of
from syndicate.collect.recipes.inferring import infer
from syndicate.collect.recipes.reading import found_by, next_page, read_cards
from syndicate.collect.recipes.selecting import lasting_classes, selectors_of_cards
from syndicate.collect.sources import listing
from syndicate.domain.collecting import Example
from syndicate.domain.outlet import Recipe
from syndicate.markup.page import Page, parse_page

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "https://quay.example/analysis/"
PIECES = (
    ("The Ferry That Nobody Ordered", "27 February 2026", "Mara Quill", "Commentary", "Ports"),
    ("Counting Gulls in a Storm", "20 February 2026", "Otto Reed", "Report", "Coast"),
    ("What the Lighthouse Keeper Knew", "13 February 2026", "Ines Falk", "Commentary", "Ports"),
    ("A Breakwater for the Price of Two", "6 February 2026", "Mara Quill and Otto Reed", "Interview", "Money"),
)
SUMMARY = "Nobody on the island remembers who asked for it, and yet it has arrived every morning since the spring: {}."
CHROME_TOP = """<header><nav><ul class="menu"><li><a href="/">Home of the quay</a></li><li><a href="/all">All analysis
we ever wrote</a></li><li><a href="/about">About the people here</a></li><li><a href="/x">Another menu entry</a></li>
</ul></nav></header>"""
CHROME_END = """<aside><h2>Most read</h2><ul><li><a href="/m1">Most read piece number one</a></li><li><a href="/m2">Most
read piece number two</a></li><li><a href="/m3">Most read piece number three</a></li></ul></aside>
<footer><a href="/imprint">Imprint</a></footer>"""


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def drupal(title: str, day: str, by: str, kind: str, topic: str) -> str:
    return f"""<div class="views-row"><div class="node node--teaser clearfix"><div class="field-type">{kind}</div>
    <h3 class="node-title"><a href="/n/{slug(title)}"><span>{title}</span></a></h3>
    <span class="date-display-single">{day}</span> <div class="field-authors">{by}</div>
    <div class="field-teaser"><p>{SUMMARY.format(title)}</p></div>
    <div class="field-topics"><a href="/t">{topic}</a></div></div></div>"""


def wordpress(title: str, day: str, by: str, kind: str, topic: str) -> str:
    return f"""<article id="post-{len(title)}" class="post-{len(title)} post type-post hentry entry">
    <a class="entry-thumb" href="/n/{slug(title)}"><img src="/i.jpg" alt=""></a>
    <span class="cat-links"><a href="/c" rel="tag">{topic}</a></span>
    <h2 class="entry-title"><a href="/n/{slug(title)}" rel="bookmark">{title}</a></h2>
    <p class="entry-meta"><time datetime="{day}">{day}</time> <span class="byline">by <a href="/a">{by}</a></span></p>
    <div class="entry-summary"><p>{SUMMARY.format(title)}</p></div>
    <a class="more-link" href="/n/{slug(title)}">Read more</a></article>"""


def built(title: str, day: str, by: str, kind: str, topic: str) -> str:
    return f"""<li class="css-1x9yz3"><a class="sc-bZkfAO jTrQwe" href="/n/{slug(title)}">
    <h3 class="css-9ab12c">{title}</h3></a><div class="css-77a mt-4"><span>{day}</span> / <span>By: {by}</span></div>
    <p class="css-8bb">{SUMMARY.format(title)}</p></li>"""


def bare(title: str, day: str, by: str, kind: str, topic: str) -> str:
    return f'<li>{day}: <a href="{slug(title)}.html">{title}</a></li>'


def rows(title: str, day: str, by: str, kind: str, topic: str) -> str:
    return (
        f"""<tr><td>{day}</td><td><a href="/n/{slug(title)}">{title}</a></td><td>Publication type: {kind}</td></tr>"""
    )


SHAPES = {"drupal": drupal, "wordpress": wordpress, "built": built, "bare": bare, "rows": rows}
FRAMES = {
    "drupal": '<div class="rows">{}</div><ul><li class="pager__item--next"><a href="?page=1">Next</a></li></ul>',
    "wordpress": '<div id="content">{}</div><nav class="on"><a class="next page-numbers" href="/p/2">Older</a></nav>',
    "built": "<ul>{}</ul><button>Load more</button>",
    "bare": '<ul>{}</ul><p><a href="/p/2" rel="next">»</a></p>',
    "rows": "<table><tbody>{}</tbody></table>",
}


def a_page(shape: str, pieces: tuple[tuple[str, ...], ...] = PIECES) -> Page:
    cards = "".join(SHAPES[shape](*piece) for piece in pieces)
    main = f"<main><h1>Analysis</h1>{FRAMES[shape].format(cards)}</main>"
    return parse_page(f"<html><body>{CHROME_TOP}{main}{CHROME_END}</body></html>", URL)


def read(page: Page, recipe: Recipe | None) -> list[Entry]:
    assert recipe is not None
    return read_cards(page, found_by(page.root, recipe.card), recipe, NOW)


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize(
    "example",
    ["", PIECES[1][0], "\n".join(PIECES[2]), f"https://quay.example/n/{slug(PIECES[0][0])}", PIECES[3][0].upper()],
    ids=["none", "title", "card", "link", "typed"],
)
def test_one_example_or_none_is_enough_for_every_shape(shape: str, example: str) -> None:
    if shape == "bare" and example.startswith("http"):
        example = f"https://quay.example/analysis/{slug(PIECES[0][0])}.html"
    page = a_page(shape)

    entries = read(page, infer(page, example, NOW))

    assert [entry.title for entry in entries] == [piece[0] for piece in PIECES]
    assert all(slug(entry.title) in entry.link for entry in entries)


@pytest.mark.parametrize("shape", ["drupal", "wordpress", "built", "rows"])
def test_the_days_are_found_however_they_stand(shape: str) -> None:
    page = a_page(shape)

    days = [entry.published for entry in read(page, infer(page, PIECES[0][0], NOW))]

    assert [day.parsed.day if day and day.parsed else 0 for day in days] == [27, 20, 13, 6]


@pytest.mark.parametrize("shape", ["drupal", "wordpress", "built"])
def test_the_people_are_found_and_parted(shape: str) -> None:
    page = a_page(shape)

    people = [entry.authors for entry in read(page, infer(page, "", NOW))]

    assert people == [("Mara Quill",), ("Otto Reed",), ("Ines Falk",), ("Mara Quill", "Otto Reed")]


def test_type_topic_and_summary_of_a_card_with_telling_classes() -> None:
    page = a_page("drupal")

    entries = read(page, infer(page, PIECES[0][0], NOW))

    assert [(entry.type, entry.topics) for entry in entries] == [(piece[3], (piece[4],)) for piece in PIECES]
    assert entries[0].summary == SUMMARY.format(PIECES[0][0])


def test_the_words_read_more_are_no_topic() -> None:
    page = a_page("wordpress")

    assert {entry.topics for entry in read(page, infer(page, "", NOW))} == {("Ports",), ("Coast",), ("Money",)}


@pytest.mark.parametrize(("shape", "following"), [("drupal", "?page=1"), ("wordpress", "/p/2"), ("bare", "/p/2")])
def test_the_next_page_is_found_by_what_says_so(shape: str, following: str) -> None:
    page = a_page(shape)
    recipe = infer(page, "", NOW)
    assert recipe is not None

    assert next_page(page, recipe) == page.absolute(following)


def test_selectors_speak_of_meaning_and_not_of_places() -> None:
    page = a_page("wordpress")
    recipe = infer(page, PIECES[0][0], NOW)

    assert recipe is not None
    assert recipe.card == "article.entry"
    assert (recipe.title, recipe.date, recipe.summary) == (".entry-title", "time", ".entry-summary")


def test_made_up_names_are_not_relied_on() -> None:
    page = a_page("built")

    recipe = infer(page, PIECES[0][0], NOW)

    assert recipe is not None
    assert not any(sign in str(recipe) for sign in ("css-", "sc-", "jTrQ", "mt-"))


def test_names_that_count_or_tell_a_state_do_not_last() -> None:
    element = parse_page('<p class="teaser is-active post-12 col-md-4 Card_x__3kLmQ odd first lg:flex">x</p>', URL)

    assert lasting_classes(next(element.root.iter("p"))) == ("teaser",)


def test_a_page_without_repetition_gives_no_recipe() -> None:
    page = parse_page("<html><body><h1>One</h1><p><a href='/a'>A link of some length</a></p></body></html>", URL)

    assert infer(page, "", NOW) is None
    assert infer(page, "A link of some length", NOW) is None


def test_an_example_that_is_not_there_gives_no_recipe() -> None:
    assert infer(a_page("drupal"), "Something Else Altogether", NOW) is None


@settings(max_examples=60, deadline=None)
@given(html=st.text(alphabet="<>/ahlipdiv123 =\"'cs", max_size=300), example=st.text(max_size=60))
def test_nonsense_never_raises(html: str, example: str) -> None:
    infer(parse_page(f"<ul>{html}</ul>", URL), example, NOW)


def a_task(page: str, recipe: Recipe, examples: tuple[Example, ...] = ()) -> ReadList:
    document = Document(url=URL, body=page.encode())
    return ReadList(kind="listing", document=document, recipe=recipe, most=50, now=NOW.timestamp(), examples=examples)


def html_of(shape: str, pieces: tuple[tuple[str, ...], ...] = PIECES) -> str:
    return f"<main>{FRAMES[shape].format(''.join(SHAPES[shape](*piece) for piece in pieces))}</main>"


def first_read(shape: str) -> tuple[Recipe, Listing]:
    recipe = infer(a_page(shape), PIECES[0][0], NOW)
    assert recipe is not None
    result = listing.parse(a_task(html_of(shape), recipe))
    assert isinstance(result, Listing)
    return recipe, result


def test_a_good_visit_keeps_its_cards_as_examples() -> None:
    _, result = first_read("drupal")

    assert [example.title for example in result.examples] == [piece[0] for piece in PIECES]
    assert (result.examples[0].byline, result.examples[0].type, result.examples[0].topic) == (
        ("Mara Quill", "Commentary", "Ports")
    )
    assert (result.recipe, result.drift, result.notes) == (None, "", ())


@pytest.mark.parametrize("shape", ["wordpress", "built", "rows"])
def test_a_redesigned_page_is_read_again_and_a_person_is_told(shape: str) -> None:
    recipe, before = first_read("drupal")

    result = listing.parse(a_task(html_of(shape), recipe, before.examples))

    assert isinstance(result, Listing)
    assert [entry.title for entry in result.entries] == [piece[0] for piece in PIECES]
    assert result.recipe is not None
    assert result.recipe != recipe
    assert repr(recipe.card) in result.notes[0]
    assert repr(result.recipe.card) in result.notes[0]


def test_one_field_that_moved_is_found_again_and_the_rest_is_left_alone() -> None:
    recipe, before = first_read("drupal")
    moved = html_of("drupal").replace("date-display-single", "published-on")

    result = listing.parse(a_task(moved, recipe, before.examples))

    assert isinstance(result, Listing)
    assert result.recipe == replace(recipe, date=".published-on")
    assert result.drift == ""
    assert all(entry.published for entry in result.entries)


def test_a_field_that_is_gone_is_drift_and_the_examples_stay() -> None:
    recipe, before = first_read("drupal")
    gone = html_of("drupal")
    for piece in PIECES:
        gone = gone.replace(piece[1], "")

    result = listing.parse(a_task(gone, recipe, before.examples))

    assert isinstance(result, Listing)
    assert "shows 4 cards but none has a date any more" in result.drift
    assert result.notes == (result.drift,)
    assert result.examples == before.examples


def test_another_page_in_its_place_is_not_taken_for_a_redesign() -> None:
    recipe, before = first_read("drupal")
    others = tuple(
        (f"Harbour Notice Number {n} of the Year", "1 March 2026", "Clerk", "Notice", "Law") for n in range(4)
    )

    result = listing.parse(a_task(html_of("wordpress", others), recipe, before.examples))

    assert isinstance(result, Unreadable)
    assert repr(recipe.card) in result.problem
    assert "nor are the 4 pieces there that it found last" in result.problem


def test_values_that_contradict_the_examples_are_not_accepted() -> None:
    """The same titles with other days: something is wrong, and guessing would store it."""
    recipe, before = first_read("drupal")
    wrong = tuple((piece[0], "1 January 2026", *piece[2:]) for piece in PIECES)

    result = listing.parse(a_task(html_of("wordpress", wrong), recipe, before.examples))

    assert isinstance(result, Unreadable) or not any(entry.published for entry in result.entries)


def test_examples_are_the_fullest_cards_and_at_most_five() -> None:
    entries = [Entry(link=f"https://quay.example/{n}", title=f"Piece {n}", place="x") for n in range(9)]
    entries[7] = replace(entries[7], summary="It says something.")

    kept = examples_of(entries)

    assert len(kept) == 5
    assert "Piece 7" in {example.title for example in kept}


@pytest.mark.parametrize("selector", ["A|A", "\\1", "p:has(", "*|*|*", "p" * 10 + " > " * 5])
def test_a_selector_that_no_page_can_be_asked_for_is_called_so(selector: str) -> None:
    with pytest.raises(SelectorError):
        found_by(parse_page("<p>Low water</p>", "https://tides.example/").root, selector)


def test_tags_that_broken_mark_up_made_are_no_part_of_selectors() -> None:
    broken = '<div class="card"><h3>Low water</h3><t<ime datetime="2026">1 March</time></div>'
    page = parse_page(broken, "https://t.example/")
    for element in page.root.iter():
        for selector in selectors_of_cards(element):
            found_by(page.root, selector)
