"""What a page or a text says of its origin: always one provenance for a page.

Order of evidence: a sentence with a link to the article, a canonical address on another site, a sentence without a
link, an agency mark. Claims that name different publishers make the verdict unsure. Called by the reading worker in
``collect`` on the full page, and by the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from syndicate.credit import links, reading, wire
from syndicate.credit.blocks import Block, blocks
from syndicate.credit.claim import Claim
from syndicate.credit.clean import clean, folded, safe_link, same_name
from syndicate.credit.cues import Cues, Spoken
from syndicate.domain.provenance import Kind, Provenance, UrlKind, Verdict, original
from syndicate.markup.page import Page

_MOST_EVIDENCE = 500
_MOST_CLAIMS = 50
_DATELINE_BLOCKS = 4
_SHORTEST_PROSE = 20
_SHORTEST_SITE = 4
"""Characters before the last dot: "co.uk" is no site."""


def read_page(page: Page, outlet: str) -> Provenance:
    """The provenance of ``page`` as ``outlet`` shows it; kind original, naming the outlet, where nothing is found."""
    claim = best_claim(page, outlet)
    if claim is None:
        return original(outlet)
    return provenance(claim, outlet) or original(outlet)


def read_text(text: str, links: Sequence[tuple[str, str]] = (), outlet: str = "") -> Provenance | None:
    """The provenance that ``text`` claims, or None. ``links`` are (words, address) pairs found in it."""
    claim = text_claim(text, links, outlet)
    return provenance(claim, outlet) if claim else None


def best_claim(page: Page, outlet: str) -> Claim | None:
    """The strongest claim of ``page``, weighed against the others, or None."""
    if page.lines is not None:  # nothing else is on it, so no head and no links
        own = links.host(page.url)
        return _weighed(_page_claims(page, tuple(name for name in (outlet, own) if name), own), None)
    own = links.host(_linked(page, "og:url") or page.url)
    names = tuple(name for name in (outlet, _content(page, "og:site_name"), own) if name)
    said = _page_claims(page, names, own)
    moved = _moved(page, own)
    return _weighed(said, moved)


def text_claim(text: str, given: Sequence[tuple[str, str]] = (), outlet: str = "") -> Claim | None:
    """The strongest claim of ``text``, paragraph by paragraph, or None."""
    found: list[Claim] = []
    for paragraph in text.split("\n"):
        placed = [(at, at + len(words), url) for words, url in given if words and (at := paragraph.find(words)) >= 0]
        names = (outlet,) if outlet else ()
        found += _block_claims(paragraph, partial(list, placed), names, "", Cues(paragraph).spoken())
        if len(found) >= _MOST_CLAIMS:
            break
    return _weighed(found, None)


def provenance(claim: Claim, outlet: str) -> Provenance | None:
    """``claim`` as a provenance; where it names nobody, the host it links to or ``outlet`` stands in, unsure."""
    named = clean(claim.publisher)
    publisher = named or links.host(claim.url) or outlet
    if not publisher.strip():
        return None
    return Provenance(
        kind=claim.kind,
        publisher=publisher,
        verdict=Verdict.ASSERTED if claim.sure and named else Verdict.UNSURE,
        author=claim.author,
        url=claim.url,
        url_kind=claim.url_kind,
        date=claim.date,
        evidence=claim.evidence[:_MOST_EVIDENCE],
        work=claim.work,
        permission=claim.permission,
    )


def _page_claims(page: Page, names: Sequence[str], own: str) -> list[Claim]:
    all_blocks = list(blocks(page)) if page.lines is None else [Block(line) for line in page.lines]
    cues = Cues("\n".join(block.text for block in all_blocks))
    found: list[Claim] = []
    prose = 0
    for block in all_blocks:
        prose += len(block.text) > _SHORTEST_PROSE
        spoken = cues.spoken_in(block.text)
        if not spoken and not wire.may_be_marked(block.text):
            continue
        placed = partial(_absolute, page, block.links)
        for claim in _block_claims(block.text, placed, names, own, spoken):
            if claim.kind is Kind.WIRE and claim.start == 0 and prose > _DATELINE_BLOCKS:
                continue
            found.append(claim)
        if len(found) >= _MOST_CLAIMS:
            break
    return found


def _absolute(page: Page, placed: Sequence[links.Link]) -> list[links.Link]:
    """The links of a block as absolute addresses; done for blocks with a claim alone, and those are few."""
    return [(start, end, page.absolute(url)) for start, end, url in placed]


def _block_claims(
    text: str,
    placed: Callable[[], Sequence[links.Link]],
    names: Sequence[str],
    own: str,
    languages: Sequence[Spoken],
) -> list[Claim]:
    found = []
    for claim in reading.claims(text, languages):
        if any(_is(name, claim.publisher) for name in names):
            continue
        url = links.of_claim(claim, text, placed(), own) or safe_link(claim.url)
        found.append(replace(claim, url=url, url_kind=links.kind_of(url) if url else None))
    return found


def _is(own: str, publisher: str) -> bool:
    """Whether ``publisher`` is the page's own outlet: a self reference is no lineage."""
    return same_name(own, publisher) or same_name(own, publisher.partition(",")[0])


def _moved(page: Page, own: str) -> Claim | None:
    """What a canonical address on another site than the page's own says: a republished piece."""
    node = next(
        (link for link in page.root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()), None
    )
    href = safe_link(page.absolute(node.get("href") or "")) if node is not None else None
    there = links.host(href)
    if not href or not own or links.related_hosts(there, own) or _one_site(there, own):
        return None
    if _unnamed(there) or _unnamed(own) or links.kind_of(href) is UrlKind.HOME:
        return None
    return Claim(
        kind=Kind.REPUBLISHED,
        publisher=there,
        evidence=f'<link rel="canonical" href="{href}">',
        url=href,
        url_kind=UrlKind.ARTICLE,
    )


def _one_site(one: str, other: str) -> bool:
    """Whether two hosts share their last two labels, as far as these name a site and no country's second level."""
    site = one.split(".")[-2:]
    return site == other.split(".")[-2:] and len(site[0]) >= _SHORTEST_SITE


def _unnamed(host: str) -> bool:
    """Whether ``host`` is a number or a bare name: a machine to try things on, which says nothing of a site."""
    return "." not in host or ":" in host or host.replace(".", "").isdigit()


def _weighed(said: Sequence[Claim], moved: Claim | None) -> Claim | None:
    """The strongest of all claims; unsure where another one names somebody else."""
    sentences = [claim for claim in said if claim.kind is not Kind.WIRE]
    linked = [claim for claim in sentences if claim.url_kind is UrlKind.ARTICLE]
    named = [claim for claim in sentences if claim.publisher]
    order: Iterable[Claim | None] = (*linked, *named, *sentences, *(claim for claim in said if claim.kind is Kind.WIRE))
    best = next((claim for claim in order if claim), None)
    if moved is None:
        return best and _unless_contested(best, sentences)
    if best is None or best.kind is Kind.WIRE:
        return moved
    if best.url_kind is not UrlKind.ARTICLE:
        fits = not best.publisher or links.matches(moved.url or "", best.publisher)
        best = replace(best, url=moved.url, url_kind=UrlKind.ARTICLE, sure=best.sure and fits)
    elif not links.related_hosts(links.host(best.url), links.host(moved.url)):
        best = replace(best, sure=False)
    return _unless_contested(best, sentences)


def _unless_contested(best: Claim, others: Sequence[Claim]) -> Claim:
    rivals = [claim for claim in others if claim.publisher and not _agree(claim.publisher, best.publisher)]
    return replace(best, sure=False) if rivals and best.publisher else best


def _agree(one: str, other: str) -> bool:
    first, second = folded(one), folded(other)
    return first in second or second in first


def _content(page: Page, name: str) -> str:
    for node in page.root.iter("meta"):
        if name in (node.get("property"), node.get("name")):
            return clean(node.get("content") or "")
    return ""


def _linked(page: Page, name: str) -> str:
    content = _content(page, name)
    return page.absolute(content) if content else ""
