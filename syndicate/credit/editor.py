"""The editor: writes every credit and cuts every excerpt. Flows call it with what the gate has cleared.

One function writes the words, so no exit can word them differently and none can leave them out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from syndicate.credit import cut as cutting
from syndicate.credit import phrase, prose
from syndicate.credit.clean import clean, safe_link, same_name
from syndicate.credit.phrase import Phrase, Span
from syndicate.credit.prose import Paragraph
from syndicate.credit.wording import Wording, wording
from syndicate.domain.credit import Credit, Excerpt
from syndicate.domain.gate import Cleared
from syndicate.domain.outlet import Use
from syndicate.domain.provenance import Kind, Provenance, UrlKind, Verdict

_LONGEST_SENTENCE = 300
_FEWEST_WORDS = 4
_FEWEST_LETTERS = 8
_MARKS_ONLY = frozenset({Kind.WIRE, Kind.COURTESY, Kind.ORIGINAL})
_AROUND = re.compile(r"^[\s*_(\[\uff08\u3010\u2014\u2013-]+|[\s*_)\]\uff09\u3011]+$")
_STOPPED = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u061f][\"\u201d\u2019\u00bb\u300d)]*$")
_UNNAMED = "the outlet"


class CreditEditor:
    """The ``Editor`` of the house; holds nothing, so one serves every thread."""

    def credit(self, cleared: Cleared, language: str, *, cut: bool) -> Credit:
        """The credit of a piece in ``language``; ``cut`` says that we show less than the outlet did."""
        words = wording(language)
        provenance, outlet = cleared.publication.provenance, _outlet(cleared)
        page = safe_link(cleared.publication.canonical) or safe_link(cleared.publication.url)
        through = (Span(outlet, page),)
        if provenance.verdict in (Verdict.UNSURE, Verdict.CONTRADICTED):
            return _credit(phrase.filled(words.source, outlet=through), outlet, page)
        if not provenance.borrowed:
            return _credit(phrase.filled(words.own_cut if cut else words.own, outlet=through), outlet, page)
        publisher = clean(provenance.publisher) or outlet
        link = safe_link(provenance.url) if provenance.url_kind is UrlKind.ARTICLE else None
        same = same_name(publisher, outlet)
        said = _borrowed(provenance, publisher, link or (page if same else None), words)
        tail = _tail(words, through, same=same, cut=cut)
        return _credit((*said, *tail), publisher, link or page)

    def excerpt(self, cleared: Cleared, words: int, language: str) -> Excerpt | None:
        """At most ``words`` words (0: as many as the terms allow); None where only the title may go out.

        Words are counted as ``cut.count`` does. The body is preferred; the outlet's summary stands in for it.
        """
        if cleared.use not in (Use.FULL, Use.EXCERPT):
            return None
        most = _most(cleared, words)
        if most is not None and most <= 0:
            return None
        body, from_body = _body(cleared)
        cut = cutting.shorten(body, most) if most is not None else cutting.Cut(body, whole=True)
        text = prose.text_of(cut.kept)
        if not text:
            return None
        whole = cut.whole and from_body
        return Excerpt(
            provenance=cleared.publication.provenance,
            credit=self.credit(cleared, language, cut=not whole),
            text=text,
            html=prose.html_of(cut.kept),
            words=cutting.count(text),
            whole=whole,
        )


def _outlet(cleared: Cleared) -> str:
    return clean(cleared.outlet.name) or clean(cleared.outlet.id) or _UNNAMED


def _credit(words: Phrase, publisher: str, link: str | None) -> Credit:
    return Credit(text=phrase.text_of(words), html=phrase.html_of(words), publisher=publisher, link=link)


def _borrowed(provenance: Provenance, publisher: str, link: str | None, words: Wording) -> Phrase:
    """The page's own sentence where it is one, else ours."""
    own = own_sentence(provenance, publisher)
    if own:
        return phrase.linked(own, publisher, link)
    return phrase.filled(words.borrowed[provenance.kind], publisher=(Span(publisher, link),))


def own_sentence(provenance: Provenance, publisher: str) -> str | None:
    """The sentence the page itself says it with, closed by a full stop; None where the evidence is no such sentence."""
    given = provenance.evidence or ""
    said = _AROUND.sub("", clean(given)) if provenance.kind not in _MARKS_ONLY else ""
    long_enough = len(said.split()) >= _FEWEST_WORDS or (not said.isascii() and len(said) >= _FEWEST_LETTERS)
    if "<" in said or "://" in said or publisher not in said or len(said) > _LONGEST_SENTENCE or not long_enough:
        return None
    return said if _STOPPED.search(said) else said + "."


def _tail(words: Wording, through: Phrase, *, same: bool, cut: bool) -> Phrase:
    """Through whom we have it and what we did to it: each step once."""
    if same:
        return (Span(" " + words.cut),) if cut else ()
    return (Span(" "), *phrase.filled(words.via_cut if cut else words.via, outlet=through))


def _most(cleared: Cleared, words: int) -> int | None:
    """How many words may be shown, or None for all."""
    if cleared.use is Use.FULL:
        return words or None
    return min(words, cleared.words) if words else cleared.words


def _body(cleared: Cleared) -> tuple[tuple[Paragraph, ...], bool]:
    """The paragraphs to cut from, and whether they are the body."""
    publication = cleared.publication
    full = cleared.use is Use.FULL
    body = prose.paragraphs(publication.body_html, publication.url) if publication.body_html.strip() else ()
    allowed = tuple(_credited(part, cleared) for part in body if _allowed(part, full=full, images=cleared.images))
    if not prose.text_of(allowed):
        allowed = prose.plain(publication.body_text)
    if prose.text_of(allowed):
        return allowed, True
    return prose.plain(publication.summary), False


def _credited(paragraph: Paragraph, cleared: Cleared) -> Paragraph:
    """A picture with the name of who made it: its credit is not the text's."""
    credit = next((clean(f.credit) for f in cleared.publication.figures if f.src == paragraph.src), "")
    return replace(paragraph, credit=credit) if paragraph.shape == "img" else paragraph


def _allowed(paragraph: Paragraph, *, full: bool, images: bool) -> bool:
    if paragraph.shape == "img":
        return full and images
    return full or paragraph.shape in ("p", "li")
