"""Values for the letter tests: one site, one digest, items of invented outlets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from syndicate.domain.credit import Credit, Excerpt
from syndicate.domain.digest import Digest, Edition, EditionState, Every, Schedule
from syndicate.domain.gate import Cleared, Exit, rule
from syndicate.domain.item import Item
from syndicate.domain.outlet import Outlet, Terms, Use
from syndicate.domain.provenance import Kind, Provenance, UrlKind, original
from syndicate.domain.publication import Author, Lead, Moment, Publication, Status
from syndicate.domain.site import Site

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SITE = Site(
    title="Lantern Syndicate",
    url="https://lantern.example",
    contact="letters@lantern.example",
    postal_address="7 Quay Street, 20457 Harbourtown",
)
DIGEST = Digest(
    id="morning",
    title="The Morning Lantern",
    language="en",
    schedule=Schedule(every=Every.DAY, at="07:00", timezone="Europe/Berlin"),
)


def an_edition(*items: Item, number: int = 9) -> Edition:
    return Edition(
        id=number,
        digest=DIGEST.id,
        cadence="daily",
        nominal=datetime(2026, 3, 2, 6, 0, tzinfo=UTC),
        state=EditionState.COMPOSED,
        items=tuple(item.id for item in items),
    )


def a_publication(number: int = 1, **changes: object) -> Publication:
    made = Publication(
        id=number,
        slug=f"piece-{number}",
        outlet="tide",
        source="tide-feed",
        status=Status.LIVE,
        revision=1,
        first_seen=NOON,
        changed=NOON,
        url=f"https://tide.example/pieces/{number}",
        title=f"What the tide brings, part {number}",
        provenance=original("Tide Quarterly"),
        authors=(Author(name="The Ferries Desk"),),
        published=Moment(raw="2026-03-01T09:30Z", parsed=datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        type="Essay",
        topics=("Harbours",),
        language="en",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def cleared(publication: Publication, outlet: Outlet) -> Cleared:
    ruling = rule(publication, outlet, Exit.LETTER, NOON)
    assert isinstance(ruling, Cleared)
    return ruling


def adapted_from(publisher: str, link: str | None) -> Credit:
    """What the credit room writes for an adapted excerpt."""
    said = f"This is an adapted excerpt from an article originally published by {publisher}."
    shown = f'<a href="{escape(link)}">{escape(publisher)}</a>' if link else escape(publisher)
    html = f"This is an adapted excerpt from an article originally published by {shown}."
    return Credit(text=said, html=html, publisher=publisher, link=link)


def published_by(outlet: Outlet, link: str) -> Credit:
    """What the credit room writes for an outlet's own piece."""
    html = f'Published by <a href="{escape(link)}">{escape(outlet.name)}</a>.'
    return Credit(text=f"Published by {outlet.name}.", html=html, publisher=outlet.name, link=link)


TIDE = Outlet(id="tide", name="Tide Quarterly", url="https://tide.example")
TITLES_ONLY = replace(TIDE, id="ledger", name="The Salt Ledger", terms=Terms(use=Use.TITLE))


def an_item(
    number: int = 1,
    *,
    html: str = "<p>Every harbour keeps two ledgers: one for the ships, one for the water.</p>",
    text: str = "Every harbour keeps two ledgers: one for the ships, one for the water.",
    publisher: str = "Inland Review",
    link: str | None = "https://inland.example/ledgers",
    credit: Credit | None = None,
    **changes: object,
) -> Item:
    """An adapted excerpt: its publisher is not its outlet."""
    provenance = Provenance(
        kind=Kind.ADAPTED_EXCERPT, publisher=publisher, url=link, url_kind=UrlKind.ARTICLE if link else None
    )
    publication = a_publication(number, provenance=provenance, **changes)
    said = credit or adapted_from(publisher, link)
    excerpt = Excerpt(provenance=provenance, credit=said, text=text, html=html, words=len(text.split()), whole=False)
    page = f"https://lantern.example/publications/piece-{number}"
    return Item(cleared=cleared(publication, TIDE), credit=said, excerpt=excerpt, page=page)


def a_title(number: int = 2, **changes: object) -> Item:
    """An item of an outlet that lets us show titles only."""
    publication = a_publication(number, provenance=original(TITLES_ONLY.name), **changes)
    credit = published_by(TITLES_ONLY, publication.url)
    page = f"https://lantern.example/publications/piece-{number}"
    return Item(cleared=cleared(publication, TITLES_ONLY), credit=credit, excerpt=None, page=page)


def an_own_piece(number: int = 3, **changes: object) -> Item:
    """An outlet's own piece with an excerpt and related reading."""
    related = (
        Lead(title="The clerk who counted waves", url="https://tide.example/pieces/waves"),
        Lead(title="Two hundred years of low water"),
    )
    publication = a_publication(number, related=related, **changes)
    credit = published_by(TIDE, publication.url)
    text = "A lock is a promise made of timber.\nIt is kept twice a day, by people nobody elected."
    html = "<p>A lock is a promise made of timber.</p><p>It is kept <em>twice a day</em>, by people nobody elected.</p>"
    excerpt = Excerpt(provenance=publication.provenance, credit=credit, text=text, html=html, words=17, whole=False)
    page = f"https://lantern.example/publications/piece-{number}"
    return Item(cleared=cleared(publication, TIDE), credit=credit, excerpt=excerpt, page=page)
