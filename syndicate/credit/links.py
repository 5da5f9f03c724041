"""Which link beside an attribution leads to the original, and whether it leads to the piece or to a home page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from syndicate.credit.claim import Claim
from syndicate.credit.clean import folded, safe_link
from syndicate.domain.provenance import UrlKind

Link = tuple[int, int, str]
_HOME = re.compile(r"^/?(?:index\.\w{3,5}|home/?|[a-z]{2}(?:-[a-z]{2})?/?|blog/?|news/?)?$", re.IGNORECASE)
_PIECE = re.compile(
    r"\b(?:articles?|original|here|story|post|piece|version|essay|commentary|read|artikel\w*|beitrag|hier|"
    r"texte|billet|ici|"
    r"art[ií]culo|aqu[ií]|artigo|articolo|qui|stuk)\b|原文|此处|記事|こちら|원문|여기|стать|здесь|مقال|هنا",
    re.IGNORECASE,
)


def host(url: str | None) -> str:
    """The host of ``url`` in small letters without ``www.``, with its port where that is unusual; empty for none."""
    try:
        parts = urlsplit(url or "")
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").lower().removeprefix("www.")
    return name if port in (None, 80, 443) else f"{name}:{port}"


def kind_of(url: str) -> UrlKind:
    """Home page or article, by the path alone."""
    parts = urlsplit(url)
    return UrlKind.HOME if _HOME.match(parts.path) and not parts.query else UrlKind.ARTICLE


def related_hosts(one: str, other: str) -> bool:
    """Whether one host is the other or a part of it."""
    return bool(one) and bool(other) and (one == other or one.endswith("." + other) or other.endswith("." + one))


def of_claim(claim: Claim, text: str, links: Sequence[Link], own: str) -> str | None:
    """The link of ``claim``: on the piece first, then on the name; links of the page's own site never count."""
    ranked = sorted(
        (rank, start, url)
        for start, end, url in links
        if safe_link(url)
        and not related_hosts(host(url), own)
        and (rank := _rank(claim, text, start, end, url)) is not None
    )
    return ranked[0][2] if ranked else None


def _rank(claim: Claim, text: str, start: int, end: int, url: str) -> int | None:
    """Smaller is better; None where the link says something else (a person, a licence, another note)."""
    if end <= claim.start or start >= claim.end + 160:  # "Read the original article." follows in a sentence of its own
        return None
    said = text[start:end]
    article = kind_of(url) is UrlKind.ARTICLE
    on_name = claim.name_start >= 0 and start < claim.name_end and end > claim.name_start
    if on_name or (_PIECE.search(said) and (start < claim.end or _speaks_of(url, claim.publisher))):
        return 0 if article else 2
    if _PIECE.search(said) and article and "creativecommons" not in url:
        return 1
    inside = claim.start <= start and end <= claim.end
    if inside and not claim.publisher:
        return 1 if article else 3
    if inside and (_speaks_of(url, claim.publisher) or said.strip().startswith(("http://", "https://"))):
        return 1 if article else 3
    return None


def _speaks_of(url: str, publisher: str) -> bool:
    """Whether the host of ``url`` is spelt like ``publisher``."""
    place, name = folded(host(url)), folded(publisher)
    return len(name) > 2 and (name in place or (len(place) > 3 and place in name))  # noqa: PLR2004 - two letters are in many names


def matches(url: str, publisher: str) -> bool:
    """Whether ``url`` may be ``publisher``'s own, as far as letters tell: by its host, or by initials."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]\w*", publisher)).casefold()
    label = host(url).split(".")[0]
    return _speaks_of(url, publisher) or (len(initials) > 1 and label == initials)
