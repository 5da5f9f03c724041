"""What the letter templates see: every value finished, cleaned and in the reader's language.

Templates place these values and decide nothing. Titles, names and links come from sources, so all pass through
``fragments``; dates are the day at the digest's own place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from syndicate.domain.credit import Credit, Excerpt
from syndicate.domain.digest import Digest, Edition
from syndicate.domain.item import Item
from syndicate.domain.publication import Precision, Publication
from syndicate.domain.site import Site
from syndicate.render.fragments import credit_markup, excerpt_markup, plain, plain_lines, web_link
from syndicate.render.words import Words, direction, words_for

_MOST_RELATED = 3
_LONGEST_SUBJECT = 150
_LONGEST_PREHEADER = 180
_LONGEST_DIGEST_TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditView:
    """The words of a credit and where its link leads; ``link`` may be empty."""

    html: Markup
    text: str
    publisher: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptView:
    """The text of an excerpt, fit for its box."""

    html: Markup
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """One related piece: its title, and its link, which may be empty."""

    title: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item of a letter. ``link`` leads to the piece at its outlet; ``kicker`` is its type and first topic."""

    id: int
    title: str
    link: str
    kicker: str
    byline: str
    outlet: str
    day: date
    language: str
    direction: str
    excerpt: ExcerptView | None
    credit: CreditView
    read_on: str
    related: tuple[RelatedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """What stands around the items."""

    subject: str
    preheader: str
    title: str
    site: str
    day: date
    language: str
    direction: str
    web_copy: str
    postal_address: str
    contact: str


def letter_view(edition: Edition, digest: Digest, items: Sequence[Item], site: Site) -> LetterView:
    """The frame of ``edition``. Subject and preheader carry titles only."""
    titles = [plain(item.title) for item in items]
    return LetterView(
        subject=subject_line(titles, plain(digest.title), words_for(digest.language)),
        preheader=_shortened(" · ".join(titles[1:]) or plain(digest.title), _LONGEST_PREHEADER),
        title=plain(digest.title),
        site=plain(site.title),
        day=edition.nominal.astimezone(_zone(digest, site)).date(),
        language=digest.language,
        direction=direction(digest.language),
        web_copy=site.link(f"/editions/{digest.id}/{edition.nominal.astimezone(UTC):%Y-%m-%dT%H%MZ}"),
        postal_address=plain(site.postal_address),
        contact=plain(site.contact),
    )


def item_view(item: Item, digest: Digest, site: Site) -> ItemView:
    """One item; with an excerpt its credit is the excerpt's own."""
    publication = item.cleared.publication
    words, outlet = words_for(digest.language), plain(item.cleared.outlet.name)
    language = publication.language or digest.language
    excerpt = item.excerpt
    return ItemView(
        id=item.id,
        title=plain(item.title),
        link=web_link(item.source_link) or web_link(item.page),
        kicker=" · ".join(plain(part) for part in (publication.type, *publication.topics[:1]) if plain(part)),
        byline=_byline(publication, words),
        outlet=outlet,
        day=_day(publication, _zone(digest, site)),
        language=language,
        direction=direction(language),
        excerpt=_excerpt(excerpt) if excerpt else None,
        credit=_credit(excerpt.credit if excerpt else item.credit),
        read_on=words.read_on.format(outlet=outlet),
        related=_related(publication),
    )


def subject_line(titles: Sequence[str], digest: str, words: Words) -> str:
    """The lead item's title, how many more, and the digest: at most 150 characters, the lead shortened first."""
    lead, count, digest = titles[0], len(titles) - 1, _shortened(digest, _LONGEST_DIGEST_TITLE)
    form = words.subject_one
    if count:
        form = words.subject_more_after_stop if lead.endswith(("?", "!", ".", "…")) else words.subject_more
    room = _LONGEST_SUBJECT - len(form.format(lead="", count=count, digest=digest))
    if len(lead) > room:
        lead, form = _shortened(lead, room), words.subject_more if count else form
    return form.format(lead=lead, count=count, digest=digest)


def _shortened(text: str, length: int) -> str:
    """At most ``length`` characters, cut between words where that loses little, with an ellipsis where cut."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    between = head.rpartition(" ")[0]
    return (between if len(between) > length // 2 else head).rstrip(" ,;:·-\N{EN DASH}") + "…"


def _byline(publication: Publication, words: Words) -> str:
    names = [plain(author.name) for author in publication.authors if plain(author.name)]
    if not names:
        return ""
    joined = f" {words.conjunction} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    return words.byline.format(authors=joined)


def _excerpt(excerpt: Excerpt) -> ExcerptView:
    return ExcerptView(html=excerpt_markup(excerpt.html, excerpt.text), text=plain_lines(excerpt.text))


def _credit(credit: Credit) -> CreditView:
    return CreditView(
        html=credit_markup(credit.html, credit.text),
        text=plain(credit.text),
        publisher=plain(credit.publisher),
        link=web_link(credit.link or ""),
    )


def _related(publication: Publication) -> tuple[RelatedView, ...]:
    titled = [lead for lead in publication.related if plain(lead.title)]
    return tuple(RelatedView(title=plain(lead.title), link=web_link(lead.url)) for lead in titled[:_MOST_RELATED])


def _zone(digest: Digest, site: Site) -> ZoneInfo:
    return ZoneInfo(digest.schedule.timezone if digest.schedule else site.timezone)


def _day(publication: Publication, zone: ZoneInfo) -> date:
    """The day to print: as given where only a day was given, else the day it was at ``zone``."""
    given = publication.published
    if given and given.parsed and given.precision is Precision.DAY:
        return given.parsed.date()
    moment: datetime = publication.dated
    return moment.astimezone(zone).date()
