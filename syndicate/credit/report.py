"""What ``syndicate provenance FILE`` prints: the origin that a page or a text claims, with its evidence."""

from __future__ import annotations

import re

from syndicate.credit import links
from syndicate.credit.claim import Claim
from syndicate.credit.clean import clean
from syndicate.credit.detect import best_claim, provenance, text_claim
from syndicate.domain.provenance import Kind, Provenance, Verdict
from syndicate.markup.page import Page, parse_page

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|p|div|article|section|main|h[1-6]|em|i|b|strong|a|span|ul|ol|table|br)\b",
    re.IGNORECASE,
)
_WINDOW = 100_000


def provenance_document(source: str, *, url: str = "") -> dict[str, object]:
    """What ``source``, HTML or plain text, says of its origin, as one JSON-ready document.

    ``url`` is where a page was read, so that its own name is known. Kind is "original" and publisher null where nothing
    was found; a claim that names nobody has publisher null and verdict "unsure".
    """
    if _MARKUP.search(source, 0, _WINDOW):
        page = parse_page(source, url)
        return _document(best_claim(page, _site(page)))
    return _document(text_claim(source))


def _site(page: Page) -> str:
    for node in page.root.iter("meta"):
        if node.get("property") == "og:site_name" and clean(node.get("content") or ""):
            return clean(node.get("content") or "")
    return links.host(page.url)


def _document(claim: Claim | None) -> dict[str, object]:
    if claim is None:
        nothing = Provenance(kind=Kind.ORIGINAL, publisher="-", verdict=Verdict.ASSERTED)
        return _fields(nothing, publisher=None)
    known = provenance(claim, "-")
    assert known is not None  # a stand-in name was given
    return _fields(known, publisher=known.publisher if known.publisher != "-" else None)


def _fields(known: Provenance, publisher: str | None) -> dict[str, object]:
    return {
        "kind": known.kind.value,
        "publisher": publisher,
        "author": known.author,
        "url": known.url,
        "url_kind": known.url_kind.value if known.url_kind else None,
        "date": known.date.isoformat() if known.date else None,
        "verdict": known.verdict.value,
        "evidence": known.evidence,
        "work": known.work,
        "permission": known.permission,
        "chain": [],
    }
