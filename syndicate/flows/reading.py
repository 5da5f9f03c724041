"""What readers see: feed documents, pages, the front and web copies, each behind the gate.

``item_of`` is the one way from a publication to something shown; letters use it too. The web, ``feeds build`` and
the letters call this module; nothing here writes but finished documents into their cache.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

from syndicate import __version__
from syndicate.domain.digest import Digest, Edition, EditionState
from syndicate.domain.errors import NotFound
from syndicate.domain.feed import Feed, FeedDocument, FeedState
from syndicate.domain.gate import Cleared, Exit, Ruling, Withheld, rule
from syndicate.domain.item import Item
from syndicate.domain.letter import ADDRESS, LEAVE, SealedEdition, Segment
from syndicate.domain.outlet import Outlet, Use
from syndicate.domain.publication import Publication, PublicationFilter, Status
from syndicate.flows.composing import digest_called
from syndicate.flows.house import House

RENDERER_VERSION = f"{__version__}/1"
"""Part of every cache key: raise the last number when a feed renderer or the editor gives other bytes."""

CONSIDERED = 1000
"""How many of the newest publications (of each outlet, where a feed names outlets) a feed looks at."""

AS_THE_TERMS_ALLOW = 0
"""What the editor takes for an excerpt that only the terms bound."""

FRONT_WORDS = 60
"""How much of each publication the front shows at most."""

ANYBODY = "…@…"
"""What stands for the reader's address in a web copy: in no language, as masked addresses are."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed that never held anything: a constant, so that its bytes do not move."""

_OPENING_WORDS = 6


def item_of(
    house: House, publication: Publication, way: Exit, words: int | None, now: datetime, language: str = ""
) -> Item | Withheld:
    """``publication`` as it may leave through ``way`` at ``now``: the gate's ruling, then cut and credited.

    ``words`` is how many words this exit would show at most: 0 for the title alone, None for as many as the terms
    allow. The credit is in ``language``, by default that of the site.
    """
    ruling = _ruling(house, publication, way, now)
    return ruling if isinstance(ruling, Withheld) else _shown(house, ruling, words, language or house.site.language)


def feed_state(house: House, feed: Feed, now: datetime) -> FeedState:
    """All that the documents of ``feed`` are a function of, as it stands at ``now``.

    ``valid_until`` is the next moment at which time alone would change it: an expiry of something shown or the
    end of an embargo on something that is not.
    """
    rulings = [_ruling(house, publication, Exit.FEED, now) for publication in _meant(house, feed)]
    cleared = [ruling for ruling in rulings if isinstance(ruling, Cleared)][: feed.items]
    withheld = [ruling for ruling in rulings if isinstance(ruling, Withheld)]
    gone = [_gone_since(w, house.outlets.get(w.publication.outlet), now) for w in withheld]
    turns = [*map(_shown_since, cleared), *(moment for moment in gone if moment)]
    words = _feed_words(feed)
    return FeedState(
        feed=feed,
        site=house.site,
        items=tuple(_shown(house, ruling, words, house.site.language) for ruling in cleared),
        updated=max(turns, default=NEVER),
        valid_until=_next_boundary(cleared, withheld),
    )


def feed_document(house: House, feed_id: str, format: str, now: datetime) -> FeedDocument:  # noqa: A002 - the glossary's word
    """The finished document, from the cache where the state it was made of still holds.

    Raises ``NotFound`` for a feed or a format that there is not.
    """
    if feed_id not in house.feeds:
        raise NotFound("feed", feed_id, tuple(house.feeds))
    if format not in house.formats:
        raise NotFound("feed format", format, tuple(house.formats))
    feed = house.feeds[feed_id]
    name, state = f"{feed_id}.{format}", _state_key(house, feed)
    kept = house.store.documents.load(name, state)
    if kept is not None and (kept.valid_until is None or now < kept.valid_until):
        return kept
    document = house.formats[format](feed_state(house, feed, now))
    house.store.documents.keep(name, state, document)
    return document


def page(house: House, slug: str, now: datetime) -> Item | Withheld:
    """The archive page of one publication, with as much text as the terms allow; ``NotFound`` for an unknown slug."""
    return item_of(house, house.store.publications.by_slug(slug), Exit.PAGE, None, now)


def front(house: House, now: datetime, limit: int = 30) -> tuple[Item, ...]:
    """The newest publications that have a page now, newest first, at most ``limit``."""
    items: list[Item] = []
    for publication in house.store.publications.find(PublicationFilter(limit=CONSIDERED)):
        outcome = item_of(house, publication, Exit.PAGE, FRONT_WORDS, now)
        if isinstance(outcome, Item):
            items.append(outcome)
        if len(items) == limit:
            break
    return tuple(items)


def web_copy(house: House, digest_id: str, nominal: datetime, now: datetime) -> str:
    """The HTML of a sealed edition for everybody: no reader's links, no address, nothing that may not be shown now.

    As long as the terms still grant it, these are the very parts that were mailed. Raises ``NotFound`` where there
    is no such edition, it is not sealed, or nothing of it may be shown any more.
    """
    digest = digest_called(house, digest_id)
    edition = house.store.editions.at(digest_id, nominal)
    if edition.state is not EditionState.SEALED:
        raise NotFound("sealed edition", f"{digest_id} of {nominal.isoformat()}")
    parts = house.store.editions.sealed(edition.id, digest.language)
    publications = house.store.publications.many([segment.item for segment in parts.segments])
    rulings = {p.id: _ruling(house, p, Exit.WEB_COPY, now) for p in publications}
    if not all(_as_sealed(segment, rulings.get(segment.item), digest) for segment in parts.segments):
        parts = _sealed_again(house, edition, digest, rulings.values())
    copy = parts.html([segment.item for segment in parts.segments])
    return copy.replace(LEAVE, html.escape(house.site.link("/subscribe"), quote=True)).replace(ADDRESS, ANYBODY)


def _ruling(house: House, publication: Publication, way: Exit, now: datetime) -> Ruling:
    outlet = house.outlets.get(publication.outlet)
    if outlet is None:
        why = f"its outlet {publication.outlet!r} is not in the configuration any more"
        return Withheld(publication=publication, why=why, opens=None)
    return rule(publication, outlet, way, now)


def _shown(house: House, cleared: Cleared, words: int | None, language: str) -> Item:
    title_only = words == 0
    excerpt = None if title_only else house.editor.excerpt(cleared, words or AS_THE_TERMS_ALLOW, language)
    credit = excerpt.credit if excerpt else house.editor.credit(cleared, language, cut=False)
    page = house.site.link(f"/publications/{cleared.publication.slug}")
    return Item(cleared=cleared, credit=credit, excerpt=excerpt, page=page)


def _feed_words(feed: Feed) -> int | None:
    """How much ``feed`` wants to show of each publication."""
    match feed.content:
        case Use.FULL:
            return None
        case Use.EXCERPT:
            return feed.words
        case Use.TITLE | Use.NONE:
            return 0


def _meant(house: House, feed: Feed) -> list[Publication]:
    """The publications that ``feed`` selects, newest first."""
    outlets: Iterable[str | None] = sorted(feed.select.outlets) or [None]
    found = [
        publication
        for outlet in outlets
        for publication in house.store.publications.find(PublicationFilter(outlet=outlet, limit=CONSIDERED))
        if feed.select.takes(publication)
    ]
    return sorted(found, key=lambda p: (p.dated, p.id), reverse=True)


def _shown_since(cleared: Cleared) -> datetime:
    """When what is shown of a publication last changed: its own change, or the gate opening later than that."""
    publication, terms = cleared.publication, cleared.outlet.terms
    moments = [publication.changed, publication.dated + terms.embargo if terms.embargo else None, terms.starts]
    return max(moment for moment in moments if moment)


def _gone_since(withheld: Withheld, outlet: Outlet | None, now: datetime) -> datetime | None:
    """When a publication left for good, or None where it was never shown: what is still to come gives no sign."""
    publication = withheld.publication
    if publication.status is Status.WITHDRAWN:
        return publication.changed
    until = outlet.terms.until if outlet else None
    return until if until and until <= now else None


def _next_boundary(cleared: Iterable[Cleared], withheld: Iterable[Withheld]) -> datetime | None:
    ends = [ruling.valid_until for ruling in cleared]
    opens = [publication.opens for publication in withheld]
    return min((moment for moment in (*ends, *opens) if moment), default=None)


def _state_key(house: House, feed: Feed) -> str:
    """What a document of ``feed`` was made of, short. Read before the publications, so a race only costs a miss."""
    number = house.store.publications.state()
    configured = {
        "feed": asdict(feed),
        "site": asdict(house.site),
        "outlets": [asdict(outlet) for outlet in house.outlets.values()],
    }
    packed = json.dumps(configured, sort_keys=True, default=_plain).encode()
    return f"{number}:{hashlib.sha256(packed).hexdigest()[:16]}:{RENDERER_VERSION}"


def _plain(value: object) -> object:
    """Configuration values that JSON does not know, in a form that is equal in every process."""
    if isinstance(value, frozenset):
        return sorted(str(member) for member in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    msg = f"no plain form for {type(value).__name__}"
    raise TypeError(msg)


def _as_sealed(segment: Segment, ruling: Ruling | None, digest: Digest) -> bool:
    """Whether a segment may be shown as it was sealed: it may leave, and the terms still grant as much of it."""
    if not isinstance(ruling, Cleared):
        return False
    if ruling.use is Use.TITLE:
        return not _holds_text(segment, ruling.publication)
    return ruling.use is Use.FULL or ruling.words >= digest.words


def _sealed_again(house: House, edition: Edition, digest: Digest, rulings: Iterable[Ruling]) -> SealedEdition:
    """The edition of what is left. Made anew, for subject and preheader name pieces too; nothing of it is stored."""
    left = [_shown(house, r, digest.words, digest.language) for r in rulings if isinstance(r, Cleared)]
    if not left:
        raise NotFound("edition that may still be shown", f"{digest.id} of {edition.nominal.isoformat()}")
    return house.letters.seal(replace(edition, items=tuple(item.id for item in left)), digest, left)


def _holds_text(segment: Segment, publication: Publication) -> bool:
    """Whether the segment opens with the publication's words; excerpts are cut from the front, so that is enough."""
    shown = " ".join(re.findall(r"\w+", segment.text)).casefold()
    openings = (re.findall(r"\w+", text)[:_OPENING_WORDS] for text in (publication.body_text, publication.summary))
    return any(" ".join(words).casefold() in shown for words in openings if words)
