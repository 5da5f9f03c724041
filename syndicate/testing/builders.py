"""Builders: each gives one sensible, fictional domain value, with whatever a test cares about changed.

Every test of the house may call these, and so may tests of whoever builds on it. Nothing here is random: equal calls
give equal values.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from syndicate.domain.digest import Digest, Every, Schedule
from syndicate.domain.feed import Feed
from syndicate.domain.gate import Cleared, Exit, rule
from syndicate.domain.mail import MailPolicy
from syndicate.domain.outlet import Outlet, Source, Terms
from syndicate.domain.provenance import Kind, Provenance, UrlKind, original
from syndicate.domain.publication import Author, Moment, Publication, Reading, Status
from syndicate.domain.site import Site
from syndicate.domain.subscriber import Subscriber

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""The moment most tests happen at: a Monday at noon."""

_PARAGRAPHS = (
    "The ferry to the outer islands used to leave when the tide allowed it, and nobody in the harbour owned a clock.",
    "Since the timetable came, the council has counted every crossing, and every crossing that did not take place.",
    "What the numbers show is not that the boats are late. They show which islands are asked to wait for the others.",
)


def a_site(**changes: Any) -> Site:
    """An installation at ``https://letters.example.org``."""
    values: dict[str, Any] = {
        "title": "The Estuary Letter",
        "url": "https://letters.example.org",
        "language": "en",
        "timezone": "UTC",
        "contact": "desk@letters.example.org",
        "postal_address": "The Estuary Letter, 1 Quay Street, Port Example",
    }
    return Site(**(values | changes))


def an_outlet(**changes: Any) -> Outlet:
    """An outlet that grants excerpts of 80 words."""
    values: dict[str, Any] = {
        "id": "harbour",
        "name": "The Harbour Review",
        "url": "https://harbour.example.net/",
        "contact": "rights@harbour.example.net",
        "terms": Terms(),
    }
    return Outlet(**(values | changes))


def a_source(**changes: Any) -> Source:
    """The feed of the outlet that ``an_outlet`` gives."""
    values: dict[str, Any] = {
        "id": "harbour-feed",
        "outlet": "harbour",
        "kind": "feed",
        "url": "https://harbour.example.net/feed.xml",
    }
    return Source(**(values | changes))


def a_borrowed_provenance(**changes: Any) -> Provenance:
    """An adapted excerpt from another outlet, with the link to the original."""
    values: dict[str, Any] = {
        "kind": Kind.ADAPTED_EXCERPT,
        "publisher": "Lantern Quarterly",
        "url": "https://lantern.example.com/islands-that-wait",
        "url_kind": UrlKind.ARTICLE,
        "evidence": "This is an adapted excerpt from an article originally published by Lantern Quarterly.",
    }
    return Provenance(**(values | changes))


def a_moment(when: datetime = NOON - timedelta(days=1)) -> Moment:
    """A date that was given in full and could be trusted."""
    return Moment(raw=when.isoformat(), parsed=when)


def a_reading(**changes: Any) -> Reading:
    """What one visit showed: an outlet's own piece of three paragraphs, published the day before ``NOON``."""
    return Reading(**(_read() | changes))


def a_publication(**changes: Any) -> Publication:
    """A stored, live piece. Changing ``id`` alone changes slug, address and title with it, so many may be made."""
    number = changes.get("id", 1)
    stored: dict[str, Any] = {
        "id": number,
        "slug": f"the-islands-that-wait-{number}",
        "outlet": "harbour",
        "source": "harbour-feed",
        "status": Status.LIVE,
        "revision": 1,
        "first_seen": NOON - timedelta(hours=2),
        "changed": NOON - timedelta(hours=2),
    }
    return Publication(**(_read(number) | stored | changes))


def stored(reading: Reading, **changes: Any) -> Publication:
    """The publication that a store would make of ``reading``."""
    read = {field.name: getattr(reading, field.name) for field in fields(Reading)}
    return a_publication(**(read | changes))


def a_feed(**changes: Any) -> Feed:
    """A feed of everything."""
    return Feed(**({"id": "all", "title": "Everything we carry"} | changes))


def a_digest(**changes: Any) -> Digest:
    """A weekly digest of everything, due on Mondays at seven."""
    values: dict[str, Any] = {
        "id": "weekly",
        "title": "The Week on the Water",
        "language": "en",
        "schedule": Schedule(every=Every.WEEK, on="mon", at="07:00", timezone="UTC"),
    }
    return Digest(**(values | changes))


def a_subscriber(**changes: Any) -> Subscriber:
    """A reader at ``example.org``; changing ``id`` alone changes the address with it."""
    number = changes.get("id", 1)
    values: dict[str, Any] = {"id": number, "address": f"reader{number}@example.org", "domain": "example.org"}
    return Subscriber(**(values | changes))


def a_mail_policy(**changes: Any) -> MailPolicy:
    """Mail from the desk into the outbox, without a limit."""
    return MailPolicy(**({"mailer": "outbox", "sender": "The Estuary Letter <desk@letters.example.org>"} | changes))


def cleared(
    publication: Publication | None = None, outlet: Outlet | None = None, way: Exit = Exit.LETTER, now: datetime = NOON
) -> Cleared:
    """What the gate says of a publication that may go out; fails loudly where the gate says no."""
    ruling = rule(publication or a_publication(), outlet or an_outlet(), way, now)
    assert isinstance(ruling, Cleared), f"the gate withholds this: {ruling.why}"
    return ruling


def _read(number: int = 1) -> dict[str, Any]:
    address = f"https://harbour.example.net/2026/islands-that-wait-{number}"
    return {
        "url": address,
        "canonical": address,
        "guid": f"harbour-{number}",
        "title": "The Islands That Wait" if number == 1 else f"The Islands That Wait, Part {number}",
        "provenance": original("The Harbour Review"),
        "authors": (Author(name="The Pilots Desk", bio="The Pilots Desk counts boats for The Harbour Review."),),
        "published": a_moment(),
        "type": "Analysis",
        "topics": ("Coast",),
        "language": "en",
        "summary": "What a ferry timetable says about who is asked to wait.",
        "body_html": "".join(f"<p>{paragraph}</p>" for paragraph in _PARAGRAPHS),
        "body_text": "\n\n".join(_PARAGRAPHS),
    }
