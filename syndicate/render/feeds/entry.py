"""Entries: what each format says of one item, worked out once, so that three formats cannot disagree."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import UTC, datetime

from syndicate.domain.feed import FeedState, item_id
from syndicate.domain.item import Item
from syndicate.domain.provenance import UrlKind
from syndicate.render.feeds.text import allowed, home_of, language_tag, one_line, safe_html, web_address, without_tags

_EARLIEST = datetime(1000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The head of a feed document. ``address`` is its own, ``home`` the front page of the site."""

    title: str
    description: str
    publisher: str
    address: str
    home: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whom the text comes from: the ``source`` of RSS and Atom. ``home`` is a page of theirs, never empty."""

    publisher: str
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item, cleaned and ready for any format.

    ``page`` is ours; ``via`` lists where the text was published before, the original first. ``summary`` and
    ``content`` are HTML and end with the credit; ``plain`` is the summary in words.
    """

    id: str
    title: str
    page: str
    via: tuple[str, ...]
    origin: Origin
    outlet: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    published: datetime
    updated: datetime
    credit: str
    summary: str
    content: str
    plain: str
    licence: str
    starts: datetime | None
    until: datetime | None

    @property
    def valid(self) -> str:
        """The time the terms cover, as the DCMI Period that ``dcterms:valid`` takes; empty where they never end."""
        if self.until is None:
            return ""
        start = f"start={self.starts.isoformat()}; " if self.starts else ""
        return f"{start}end={self.until.isoformat()}; scheme=W3C-DTF"


def entries(state: FeedState) -> tuple[Entry, ...]:
    """The entries of a feed, newest first."""
    newest_first = sorted(state.items, key=lambda item: (item.cleared.publication.dated, item.id), reverse=True)
    return tuple(_entry(state, item) for item in newest_first)


def channel(state: FeedState, ending: str) -> Channel:
    """The head of the document that stands at ``/feeds/ID.ending``."""
    site, title = without_tags(state.site.title), without_tags(state.feed.title)
    return Channel(
        title=title or state.feed.id,
        description=", ".join(part for part in (title, site) if part) or state.feed.id,
        publisher=site or state.feed.id,
        address=web_address(state.site.link(f"/feeds/{state.feed.id}.{ending}")),
        home=web_address(state.site.link("/")),
        language=language_tag(state.site.language) or "en",
    )


def moment(time: datetime) -> datetime:
    """``time`` as feeds give it: UTC, whole seconds, a year of four digits."""
    try:
        utc = time.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        utc = time.replace(tzinfo=UTC, microsecond=0)
    return max(utc, _EARLIEST)


def _entry(state: FeedState, item: Item) -> Entry:
    publication, terms = item.cleared.publication, item.cleared.outlet.terms
    origin = _origin(item, state.site.link("/"))
    summary, content, plain = _words(item, state.site.language)
    return Entry(
        id=item_id(state, publication),
        title=without_tags(item.title) or origin.publisher,
        page=web_address(item.page) or item.page,
        via=_distinct(web_address(item.credit.link), web_address(item.source_link)),
        origin=origin,
        outlet=without_tags(item.cleared.outlet.name),
        authors=_authors(item) or (origin.publisher,),
        topics=_distinct(*map(without_tags, publication.topics)),
        language=language_tag(publication.language),
        published=moment(publication.dated),
        updated=moment(publication.changed),
        credit=one_line(item.credit.text),
        summary=summary,
        content=content,
        plain=plain,
        licence=web_address(publication.provenance.permission),
        starts=moment(terms.starts) if terms.starts else None,
        until=moment(item.cleared.valid_until) if item.cleared.valid_until else None,
    )


def _words(item: Item, tongue: str) -> tuple[str, str, str]:
    """Summary and content as HTML, and the summary in words; the credit closes each of them, in its own language."""
    text, link = one_line(item.credit.text), web_address(item.credit.link)
    foreign = language_tag(tongue) if tongue != item.cleared.publication.language else ""
    credit = f'<p lang="{foreign}">' if foreign else "<p>"
    credit += f"{_credit_html(item, text, link)}</p>"
    plain_credit = f"{text} ({link})" if link else text
    if item.excerpt is None:
        return credit, credit, plain_credit
    lead = " ".join(allowed(item.excerpt.text).strip().split("\n\n")[0].split())
    content = safe_html(item.excerpt.html, pictures=item.cleared.images) + credit
    return f"<p>{html.escape(lead, quote=False)}</p>{credit}", content, f"{lead} {plain_credit}".strip()


def _credit_html(item: Item, text: str, link: str) -> str:
    """The credit as the credit room wrote it; where cleaning it took the link out, the words linked as a whole."""
    written = safe_html(item.credit.html, pictures=False)
    if not link or "<a href=" in written:
        return written
    return f'<a href="{html.escape(link, quote=True)}">{html.escape(text, quote=False)}</a>'


def _origin(item: Item, ours: str) -> Origin:
    """Whom to name as source, with the best page of theirs that is known; ours only where nothing is."""
    provenance, outlet = item.cleared.publication.provenance, item.cleared.outlet
    publisher = without_tags(item.credit.publisher) or without_tags(outlet.name) or "the outlet"
    credited, read_at = web_address(item.credit.link), web_address(item.source_link)
    candidates = (
        web_address(outlet.url) if publisher == without_tags(outlet.name) else "",
        web_address(provenance.url) if provenance.url_kind is UrlKind.HOME else "",
        home_of(credited) if credited and credited != read_at else "",
        read_at,
        web_address(outlet.url),
        ours,
    )
    return Origin(publisher=publisher, home=next(address for address in candidates if address))


def _authors(item: Item) -> tuple[str, ...]:
    """The byline; where the page has none, the author whom the provenance names."""
    publication = item.cleared.publication
    byline = [author.name for author in publication.authors] or [publication.provenance.author or ""]
    return _distinct(*map(without_tags, byline))


def _distinct(*values: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
