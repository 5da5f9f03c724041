"""The cards of a page: elements that stand beside their like, each with one title that leads somewhere.

From one example (a title, a link, or a card as it was copied from the screen) the cards around it; without one, the
group that looks most like a list of pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import html

from syndicate.collect.dates import day_in
from syndicate.collect.page_related import related_sections
from syndicate.collect.recipes.reading import address_of, link_of, said
from syndicate.collect.recipes.selecting import lasting_classes
from syndicate.domain.identity import bare_link
from syndicate.markup.page import Page, visible_text

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CHROME = frozenset({"nav", "footer", "form", "dialog", "menu", "select"})
_TOPS = frozenset({"html", "body", "main"})
_LEAST_TITLE = 12
_LONG_TITLE = 25
_MOST_TITLES = 600
_MOST_COUNTED = 20
_MOST_PEERS = 500
_LEAST_OVERLAP = 12
_LEAST_CARDS = 3
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cards and, in the same order, the title of each."""

    cards: tuple[html.HtmlElement, ...]
    titles: tuple[html.HtmlElement, ...]


def group_of(page: Page, example: str, now: datetime) -> Group | None:
    """The cards around an example, or the likeliest of the page without one; None where there are none."""
    if example.strip():
        looked: _Looked = {}
        groups = [group for title in _titles_like(page, example) if (group := _around(page, title, looked)) is not None]
        return max(groups, key=lambda group: len(group.cards), default=None)
    groups = list(_all_groups(page))
    return max(groups, key=lambda group: _likelihood(group, now), default=None)


def shows(page: Page, example: str) -> bool:
    """Whether the page has a title or link like the example at all."""
    return next(_titles_like(page, example), None) is not None


def _titles_like(page: Page, example: str) -> Iterator[html.HtmlElement]:
    """Titles that an example means: by the address, by a whole line, then by a line that holds or is held."""
    plain = example.strip()
    titles = list(_titles(page, all_places=True))
    if re.match(r"https?://\S+$", plain):
        yield from (title for title in titles if bare_link(link_of(page, title, title)) == bare_link(plain))
        return
    lines = [_folded(line) for line in [*plain.splitlines(), plain] if line.strip()]
    for line in dict.fromkeys(lines):
        found = [title for title in titles if _folded(said(title)) == line]
        if found:
            yield from found
            return
    for line in (line for line in lines if len(line) >= _LEAST_OVERLAP):
        found = [title for title in titles if _overlap(_folded(said(title)), line)]
        if found:
            yield from found[:3]
            return


def _folded(text: str) -> str:
    """For comparing what was typed with what was printed."""
    return " ".join(re.sub(r"[^\w\s]", "", text).split()).casefold()


def _overlap(one: str, other: str) -> bool:
    return len(one) >= _LEAST_OVERLAP and (one in other or other in one)


def _titles(page: Page, *, all_places: bool = False) -> Iterator[html.HtmlElement]:
    """Headings that lead somewhere, then links that are long enough to be titles; each link once."""
    foreign = () if all_places else tuple(related_sections(page.root))
    headings = [h for h in page.root.iter(*HEADINGS[1:]) if _linked(h) is not None]
    inside = {link for heading in headings for link in (*heading.iter("a"), *heading.iterancestors("a"))}
    links = [a for a in page.root.iter("a") if a not in inside and address_of(page, a) and said(a)]
    for count, title in enumerate((*headings, *links)):
        if count >= _MOST_TITLES:
            return
        if not all_places and title.tag == "a" and len(said(title)) < _LEAST_TITLE:
            continue
        if all_places or not any(up.tag in _CHROME or up in foreign for up in title.iterancestors()):
            yield title


def _linked(heading: html.HtmlElement) -> html.HtmlElement | None:
    """The link in a heading or around it."""
    return next((a for a in heading.iter("a") if a.get("href")), next(heading.iterancestors("a"), None))


_Looked = dict[tuple[object, ...], Group | None]
"""Groups by where they stand and how their titles are built: from whichever card one comes, they are the same."""


def _around(page: Page, title: html.HtmlElement, looked: _Looked) -> Group | None:
    """The most cards that stand side by side and each hold one title like this; of equally many the outermost."""
    best: Group | None = None
    for card in (title, *title.iterancestors()):
        parent = card.getparent()
        if parent is None or card.tag in _TOPS:
            break
        built = (parent, card.tag, lasting_classes(card), title.tag, lasting_classes(title), card is title)
        if built not in looked:
            looked[built] = _side_by_side(page, card, parent, title)
        group = looked[built]
        if group and card in group.cards and (best is None or len(group.cards) >= len(best.cards)):
            best = group
    return best


def _side_by_side(
    page: Page, card: html.HtmlElement, parent: html.HtmlElement, title: html.HtmlElement
) -> Group | None:
    """The card and those beside it that hold a title of their own; None where these lead to the same places."""
    alike = _alike(card, parent, title)
    peers = [(peer, held) for peer in alike if (held := _title_in(page, peer, title)) is not None]
    addresses = {bare_link(link_of(page, peer, held)) for peer, held in peers}
    if len(addresses) < len(peers) or len(peers) < _FEWEST:
        return None
    return Group(cards=tuple(peer for peer, _ in peers), titles=tuple(held for _, held in peers))


def _alike(card: html.HtmlElement, parent: html.HtmlElement, title: html.HtmlElement) -> Sequence[html.HtmlElement]:
    """Siblings of the same tag; where no heading makes cards of them, those that share a lasting class."""
    own = set(lasting_classes(card)) if title.tag not in HEADINGS else set()
    peers = [peer for peer in parent if peer.tag == card.tag and (not own or own & set(lasting_classes(peer)))]
    return peers[:_MOST_PEERS]


def _title_in(page: Page, peer: html.HtmlElement, like: html.HtmlElement) -> html.HtmlElement | None:
    """The one title in ``peer`` that is built like the example's; None where there is none or more than one."""
    if like.tag in HEADINGS:
        found = [heading for heading in peer.iter(str(like.tag)) if _linked(heading) is not None]
        return found[0] if len(found) == 1 else None
    own = set(lasting_classes(like))
    links = [a for a in peer.iter("a") if address_of(page, a) and (not own or own & set(lasting_classes(a)))]
    long = [link for link in links if len(said(link)) >= _LEAST_TITLE]
    addresses = {address_of(page, link) for link in long}
    return max(long, key=lambda link: len(said(link))) if long and (len(addresses) == 1 or peer is not like) else None


def _all_groups(page: Page) -> Iterator[Group]:
    """Every group on the page, each once."""
    seen: set[html.HtmlElement] = set()
    looked: _Looked = {}
    for title in _titles(page):
        if title in seen:
            continue
        group = _around(page, title, looked)
        if group is not None and len(group.cards) >= _LEAST_CARDS:
            seen.update(group.titles)
            yield group


def _likelihood(group: Group, now: datetime) -> float:
    """How much a group looks like a list of pieces: many, dated, with words of their own, below headings."""
    texts = [visible_text(card) for card in group.cards[:_MOST_COUNTED]]
    dated = sum(1 for text in texts if any(day_in(line, now) for line in text.split("\n")[:12] if len(line) < 80))  # noqa: PLR2004 - a line with a day is short
    long = sum(1 for title in group.titles[:_MOST_COUNTED] if len(said(title)) >= _LONG_TITLE)
    words = sum(min(len(text), 300) for text in texts) / len(texts) / 100
    headed = 2.0 if group.titles[0].tag in HEADINGS else 1.0
    timed = 2.0 if next(group.cards[0].iter("time"), None) is not None else 1.0
    return (len(texts) + 2 * dated + long) * headed * timed * (0.5 + words)
