"""A sample edition of invented outlets: what the golden letter and the pictures in the docs are made of.

Run as a program it writes the letter with a reader's values in, ready for a browser: ``letter_sample.py FILE``.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from syndicate.domain.credit import Credit, Excerpt
from syndicate.domain.digest import Digest, Edition, EditionState, Every, Schedule
from syndicate.domain.gate import Cleared, Exit, rule
from syndicate.domain.item import Item
from syndicate.domain.letter import ADDRESS, LEAVE, SealedEdition, personal_html
from syndicate.domain.outlet import Outlet, Terms, Use
from syndicate.domain.provenance import Kind, Provenance, UrlKind, original
from syndicate.domain.publication import Author, Lead, Moment, Precision, Publication, Status
from syndicate.domain.site import Site
from syndicate.render.letters import LetterPress

NOW = datetime(2026, 5, 11, 5, 0, tzinfo=UTC)
SITE = Site(
    title="Lantern Syndicate",
    url="https://lantern.example",
    contact="letters@lantern.example",
    postal_address="7 Quay Street, Harbourtown HB1 4LS",
)
DIGEST = Digest(
    id="monday",
    title="The Monday Lantern",
    language="en",
    schedule=Schedule(every=Every.WEEK, on="mon", at="07:00", timezone="Europe/Berlin"),
)
VALUES = {LEAVE: "https://lantern.example/unsubscribe/c2FtcGxl", ADDRESS: "r…r@inbox.example"}

TIDE = Outlet(id="tide", name="Tide Quarterly", url="https://tide.example")
COMMONS = Outlet(id="commons", name="The Commons Desk", url="https://commons.example")
LEDGER = Outlet(id="ledger", name="The Salt Ledger", url="https://ledger.example", terms=Terms(use=Use.TITLE))


def edition() -> Edition:
    return Edition(
        id=12,
        digest=DIGEST.id,
        cadence="weekly",
        nominal=NOW,
        state=EditionState.COMPOSED,
        items=tuple(item.id for item in items()),
    )


def items() -> tuple[Item, ...]:
    return (_adapted(), _own(), _title_only())


def letter() -> SealedEdition:
    return LetterPress(SITE).seal(edition(), DIGEST, items())


def _adapted() -> Item:
    link = "https://inland.example/essays/who-owns-the-flood-plain"
    provenance = Provenance(kind=Kind.ADAPTED_EXCERPT, publisher="Inland Review", url=link, url_kind=UrlKind.ARTICLE)
    said = "This is an adapted excerpt from an article originally published by {}."
    credit = Credit(
        text=said.format("Inland Review"),
        html=said.format(f'<a href="{link}">Inland Review</a>'),
        publisher="Inland Review",
        link=link,
    )
    paragraphs = (
        (
            "When the river took the lower fields for the third winter running, the parish did something no parish "
            "here had done before: it asked the river’s engineers to leave the breach open."
        ),
        (
            "What grew in its place was not a marsh, at first, but a register. Every household wrote down what it had "
            "lost and what it would accept in return, and the lists turned out to be shorter than the lawyers’."
        ),
    )
    piece = _publication(
        41,
        outlet="commons",
        title="Who owns the flood plain when the river comes back?",
        url="https://commons.example/analysis/who-owns-the-flood-plain",
        provenance=provenance,
        authors=(Author(name="The Rivers Desk"), Author(name="The Parish Desk")),
        published=Moment(raw="2026-05-09T08:30:00+02:00", parsed=datetime(2026, 5, 9, 6, 30, tzinfo=UTC)),
        type="Analysis",
        topics=("Water rights",),
    )
    return _item(piece, COMMONS, credit, paragraphs)


def _own() -> Item:
    link = "https://tide.example/letters/the-lock-keepers-arithmetic"
    credit = Credit(
        text="Published by Tide Quarterly.",
        html=f'Published by <a href="{link}">Tide Quarterly</a>.',
        publisher="Tide Quarterly",
        link=link,
    )
    paragraphs = (
        (
            "A lock is a promise made of timber. It is kept twice a day, by people nobody elected, and the town below "
            "has long since stopped asking how."
        ),
    )
    piece = _publication(
        42,
        outlet="tide",
        title="The lock keepers’ arithmetic",
        url=link,
        provenance=original("Tide Quarterly"),
        authors=(Author(name="The Locks Desk"),),
        published=Moment(raw="2026-05-08", parsed=datetime(2026, 5, 8, tzinfo=UTC), precision=Precision.DAY),
        type="Essay",
        topics=("Harbours", "Work"),
        related=(
            Lead(title="The clerk who counted waves", url="https://tide.example/letters/the-clerk-who-counted-waves"),
            Lead(title="Two hundred years of low water", url="https://tide.example/data/low-water"),
        ),
    )
    return _item(piece, TIDE, credit, paragraphs)


def _title_only() -> Item:
    link = "https://ledger.example/2026/harbour-dues"
    credit = Credit(
        text="Published by The Salt Ledger.",
        html=f'Published by <a href="{link}">The Salt Ledger</a>.',
        publisher="The Salt Ledger",
        link=link,
    )
    piece = _publication(
        43,
        outlet="ledger",
        title="Harbour dues: a rise that was promised to nobody",
        url=link,
        provenance=original("The Salt Ledger"),
        published=Moment(raw="2026-05-07T16:05:00+02:00", parsed=datetime(2026, 5, 7, 14, 5, tzinfo=UTC)),
        type="News",
    )
    return _item(piece, LEDGER, credit, ())


def _publication(number: int, **fields: object) -> Publication:
    empty = Publication(
        id=number,
        slug=f"piece-{number}",
        outlet="",
        source="",
        status=Status.LIVE,
        revision=1,
        first_seen=NOW,
        changed=NOW,
        url="",
        title="",
        provenance=original("nobody"),
        language="en",
    )
    return replace(empty, **fields)  # type: ignore[arg-type]


def _item(piece: Publication, outlet: Outlet, credit: Credit, paragraphs: tuple[str, ...]) -> Item:
    cleared = rule(piece, outlet, Exit.LETTER, NOW)
    assert isinstance(cleared, Cleared)
    excerpt = Excerpt(
        provenance=piece.provenance,
        credit=credit,
        text="\n".join(paragraphs),
        html="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
        words=sum(len(paragraph.split()) for paragraph in paragraphs),
        whole=False,
    )
    page = SITE.link(f"/publications/{piece.slug}")
    return Item(cleared=cleared, credit=credit, excerpt=excerpt if paragraphs else None, page=page)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(personal_html(letter().html([41, 42, 43]), VALUES), "utf-8")
