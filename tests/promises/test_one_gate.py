"""Promise 5: one gate. Whatever it withholds comes out nowhere; whoever adds an exit has to add it here."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.domain.errors import NotAllowed
from syndicate.domain.gate import Exit
from syndicate.domain.item import Item
from syndicate.domain.outlet import Terms, Unsure, Use
from syndicate.domain.provenance import Verdict
from syndicate.domain.publication import Reading, Status
from syndicate.flows.house import House
from syndicate.flows.pipeline import compose, seal
from syndicate.flows.previewing import preview
from syndicate.flows.publishing import build_feeds
from syndicate.flows.reading import feed_document, front, page, web_copy
from syndicate.testing.builders import NOON, a_borrowed_provenance, a_digest, a_moment, a_reading, an_outlet
from tests.unit.feeds.samples import a_house, keep, set_status

SOURCE = Path(__file__).resolve().parents[2] / "syndicate"
HOUR = timedelta(hours=1)
SECRET = "Quicksilver"
"""Stands in title, summary, body and byline of the piece that may not leave."""

LATER = NOON + HOUR
SHUT = an_outlet(id="shut", name="The Shut Review")


def feeds(house: House, _: Path) -> str:
    return "".join(feed_document(house, "all", ending, LATER).body.decode() for ending in house.formats)


def static_tree(house: House, folder: Path) -> str:
    return "".join(built.path.read_text("utf-8") for built in build_feeds(house, folder / "out", LATER))


def pages(house: House, _: Path) -> str:
    """Every archive page there is."""
    publications = house.store.publications.many([1, 2])
    shown = [page(house, publication.slug, LATER) for publication in publications]
    return "".join(repr(asdict(item)) for item in shown if isinstance(item, Item))


def front_page(house: House, _: Path) -> str:
    return repr([asdict(item) for item in front(house, LATER)])


def new_letter(house: House, _: Path) -> str:
    """An edition composed and sealed now."""
    parts = seal(house, compose(house, "fresh", LATER).id, LATER)
    return repr(asdict(parts.frame)) + "".join(map(repr, parts.segments))


def previewed_letter(house: House, _: Path) -> str:
    shown = preview(house, "fresh", LATER)
    return shown.html + shown.text + shown.eml.decode() + repr(shown.seal)


def web_copy_of_what_was_sealed(house: House, _: Path) -> str:
    """The copy of an edition that was sealed while both pieces could leave."""
    return web_copy(house, "weekly", NOON, LATER)


EXITS: dict[Exit, tuple[Callable[[House, Path], str], ...]] = {
    Exit.FEED: (feeds, static_tree),
    Exit.PAGE: (pages, front_page),
    Exit.LETTER: (new_letter, previewed_letter),
    Exit.WEB_COPY: (web_copy_of_what_was_sealed,),
}
WAYS_OUT = [way_out for ways in EXITS.values() for way_out in ways]


def with_terms(terms: Terms) -> Callable[[House], House]:
    return lambda house: replace(house, outlets={**house.outlets, "shut": replace(SHUT, terms=terms)})


def withdrawn(house: House) -> House:
    set_status(house, house.store.publications.by_slug("quicksilver-in-the-harbour").id, Status.WITHDRAWN)
    return house


def without_its_outlet(house: House) -> House:
    return replace(house, outlets={"harbour": house.outlets["harbour"]})


OBSTACLES: dict[str, Callable[[House], House]] = {
    "withdrawn": withdrawn,
    "under embargo": with_terms(Terms(embargo=9 * HOUR)),
    "terms not begun": with_terms(Terms(starts=LATER + HOUR)),
    "terms ended": with_terms(Terms(until=LATER)),
    "terms grant nothing": with_terms(Terms(use=Use.NONE)),
    "origin unsure, held": with_terms(Terms(unsure=Unsure.HOLD)),
    "outlet not configured": without_its_outlet,
}


def secret_piece() -> Reading:
    return a_reading(
        url="https://shut.example.net/1",
        canonical="",
        guid="shut-1",
        title=f"{SECRET} in the Harbour",
        summary=f"{SECRET} was found.",
        body_html=f"<p>{SECRET} was found in the harbour by the crew of the first boat.</p>",
        body_text=f"{SECRET} was found in the harbour by the crew of the first boat.",
        provenance=a_borrowed_provenance(publisher=f"{SECRET} Weekly", verdict=Verdict.UNSURE, evidence=None),
        published=a_moment(NOON - HOUR),
    )


def a_house_with_both(folder: Path) -> House:
    """An open piece and the secret one, both in a sealed edition of noon; everything could leave until now."""
    house = a_house(folder, outlets=(an_outlet(), replace(SHUT, terms=Terms(unsure=Unsure.ALLOW))))
    house = replace(house, digests={name: a_digest(id=name) for name in ("weekly", "fresh")})
    keep(house, a_reading(title="Plain Sailing"))
    keep(house, secret_piece(), outlet="shut")
    seal(house, compose(house, "weekly", NOON).id, NOON)
    return house


def test_every_exit_of_the_gate_is_tried_here() -> None:
    assert set(EXITS) == set(Exit)


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_what_the_gate_clears_comes_out(tmp_path: Path, way_out: Callable[[House, Path], str]) -> None:
    """Without this, every absence below would prove nothing."""
    shown = way_out(a_house_with_both(tmp_path), tmp_path)

    assert "Plain Sailing" in shown
    assert SECRET in shown


@pytest.mark.parametrize("obstacle", OBSTACLES)
@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_what_the_gate_withholds_comes_out_nowhere(
    tmp_path: Path, way_out: Callable[[House, Path], str], obstacle: str
) -> None:
    """Caches filled and editions sealed while it was still free are no way round."""
    house = a_house_with_both(tmp_path)
    feeds(house, tmp_path)

    shown = way_out(OBSTACLES[obstacle](house), tmp_path)

    assert "Plain Sailing" in shown
    assert SECRET.casefold() not in shown.casefold()


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_an_edition_composed_before_the_gate_closed_is_not_sealed(tmp_path: Path, obstacle: str) -> None:
    house = a_house_with_both(tmp_path)
    edition = compose(house, "fresh", NOON)
    closed = OBSTACLES[obstacle](house)

    with pytest.raises(NotAllowed, match="may not go out any more"):
        seal(closed, edition.id, LATER)


@pytest.mark.parametrize("way_out", WAYS_OUT)
def test_what_may_show_its_title_only_shows_none_of_its_text(
    tmp_path: Path, way_out: Callable[[House, Path], str]
) -> None:
    house = with_terms(Terms(use=Use.TITLE))(a_house_with_both(tmp_path))
    shown = way_out(house, tmp_path)
    if way_out in (pages, front_page):
        piece = page(house, "quicksilver-in-the-harbour", LATER)
        assert isinstance(piece, Item)
        assert piece.excerpt is None
        return

    assert f"{SECRET} in the Harbour" in shown
    assert "was found" not in shown


@pytest.mark.parametrize("way_out", [*EXITS[Exit.FEED], *EXITS[Exit.PAGE]])
def test_a_baseline_piece_is_shown_but_not_mailed(tmp_path: Path, way_out: Callable[[House, Path], str]) -> None:
    house = a_house_with_both(tmp_path)
    set_status(house, house.store.publications.by_slug("quicksilver-in-the-harbour").id, Status.BASELINE)

    assert SECRET in way_out(house, tmp_path)
    assert SECRET not in new_letter(house, tmp_path)


def names_of(path: Path) -> set[str]:
    """Every ``Exit.X`` that a module names, and ``Item`` where it makes one."""
    tree = ast.parse(path.read_text("utf-8"))
    named = {
        f"Exit.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Exit"
    }
    made = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Item", "Cleared")
    }
    return named | made


def test_no_module_is_an_exit_that_this_suite_does_not_know() -> None:
    """A module that asks the gate, or makes what only the gate may allow, is listed; a new one needs its test above."""
    found = {
        str(path.relative_to(SOURCE)): names
        for path in SOURCE.rglob("*.py")
        if "testing" not in path.parts and (names := names_of(path))
    }

    assert found == {
        "domain/gate.py": {"Exit.LETTER", "Cleared"},
        "flows/composing.py": {"Exit.LETTER"},
        "flows/delivering.py": {"Exit.LETTER"},
        "flows/pipeline.py": {"Exit.LETTER"},
        "flows/reading.py": {"Exit.FEED", "Exit.PAGE", "Exit.WEB_COPY", "Item"},
    }


def test_rooms_and_the_web_never_take_publications_past_the_flows() -> None:
    """Outside the flows only the operator's own commands read publications from the store."""
    readers = {
        str(path.relative_to(SOURCE).parent)
        for path in SOURCE.rglob("*.py")
        if "house.store.publications" in path.read_text("utf-8")
    }

    assert readers <= {"flows", "cli", "testing", "testing/politeness", "demo"}
