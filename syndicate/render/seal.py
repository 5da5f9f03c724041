"""The seal: nothing leaves without its credit. It re-reads the finished bytes and trusts nobody who made them.

``letters`` calls ``close`` with the cut parts and, for each item, who must be named and where the link must lead.
From that alone, and by parsing again, it decides whether a person who opens the letter, in HTML or in plain text, on
a telephone or in the dark, sees each credit in its own item's box, can leave, and learns who writes. Whatever does
not hold is reported, all of it at once, in one ``SealRefused``; only then is ``domain.letter.sealed`` called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree, html

from syndicate.domain.errors import SealRefused
from syndicate.domain.letter import ADDRESS, LEAVE, Frame, SealedEdition, Segment, sealed
from syndicate.domain.subscriber import carries_control
from syndicate.render.anatomy import foreign, unbalanced
from syndicate.render.sight import Seen, Sight
from syndicate.render.stylesheet import Styles

BUDGET = 90_000
"""Octets of one HTML part with its values in; Gmail clips at about 102 KB, and with the clip goes the footer."""

_VALUES = 1_000
"""What the values of one reader may add."""

_LONGEST_SUBJECT = 150
_DECLARED = {LEAVE: 1, ADDRESS: 1}
_INDENT = "    "
_SIGNATURE = "-- "


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What one item owes: ``publisher`` named and, where one is known, ``link`` leading to the original."""

    item: int
    publisher: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A finished letter before it is sealed, and who writes it."""

    edition: int
    language: str
    frame: Frame
    segments: tuple[Segment, ...]
    postal_address: str


def close(parts: Parts, expected: Sequence[Expected]) -> SealedEdition:
    """Seal ``parts`` if they carry what they must, all items together and each alone; else raise ``SealRefused``."""
    findings = tuple(dict.fromkeys(_findings(parts, expected)))
    if findings:
        raise SealRefused(f"edition {parts.edition} ({parts.language})", findings)
    return sealed(parts.edition, parts.language, parts.frame, parts.segments)


def _findings(parts: Parts, expected: Sequence[Expected]) -> Iterator[str]:
    items = [segment.item for segment in parts.segments]
    if not items or items != [one.item for one in expected] or len(set(items)) != len(items):
        yield "the segments are not the items that were to go in"
        return
    yield from _in_headers(parts.frame)
    yield from _in_pieces(parts)
    yield from _in_html(parts, expected)
    yield from _in_text(_text(parts.frame, parts.segments), parts)
    for segment, one in zip(parts.segments, expected, strict=True):
        yield from _in_text_item(segment.text, one)


def _html(frame: Frame, chosen: Sequence[Segment]) -> str:
    return frame.html_before + "".join(segment.html for segment in chosen) + frame.html_after


def _text(frame: Frame, chosen: Sequence[Segment]) -> str:
    return frame.text_before + "".join(segment.text for segment in chosen) + frame.text_after


def _in_headers(frame: Frame) -> Iterator[str]:
    if not frame.subject.strip() or len(frame.subject) > _LONGEST_SUBJECT or carries_control(frame.subject):
        yield f"the subject is empty, longer than {_LONGEST_SUBJECT} characters, or carries control characters"
    if any(token in frame.subject + frame.preheader for token in _DECLARED):
        yield "a token stands in the subject or preheader"


def _in_pieces(parts: Parts) -> Iterator[str]:
    """Each piece must be whole by itself, or a variant made of some of them would not be."""
    if unbalanced(parts.frame.html_before + parts.frame.html_after):
        yield f"the frame is not closed: {unbalanced(parts.frame.html_before + parts.frame.html_after)}"
    for segment in parts.segments:
        if trouble := unbalanced(segment.html):
            yield f"item {segment.item}: its box is not closed: {trouble}"
        size = len(segment.html.encode())
        if size > BUDGET // 2:
            yield f"item {segment.item}: takes {size} octets of the {BUDGET} a letter may have; give it fewer words"
        if any(token in segment.html or token in segment.text for token in _DECLARED):
            yield f"item {segment.item}: carries a token that stands for a reader's value"


def _in_html(parts: Parts, expected: Sequence[Expected]) -> Iterator[str]:
    document = _html(parts.frame, parts.segments)
    if not document.startswith("<!DOCTYPE html"):
        yield "the letter does not begin with <!DOCTYPE html> in upper case, so some clients misread its layout"
    if (size := len(document.encode())) + _VALUES > BUDGET:
        yield f"the letter has {size} octets, more than {BUDGET - _VALUES}; give it fewer items or fewer words"
    yield from _tokens(document, "HTML")
    root = _parsed(document)
    troubles = list(foreign(root))
    yield from troubles
    if troubles:
        return
    yield from _in_sight(root, expected, parts.postal_address)
    yield from _alone(root, parts)


def _in_sight(root: html.HtmlElement, expected: Sequence[Expected], postal: str) -> Iterator[str]:
    """Look under every condition; a credit that is missing under one is not looked for under the next."""
    styles, sought = Styles(root), list(expected)
    for conditions in _views(styles):
        sight = Sight(styles, conditions)
        for one in tuple(sought):
            troubles = list(_credit(root, sight, one, conditions))
            yield from troubles
            if troubles:
                sought.remove(one)
        yield from _footer(root, sight, postal)


def _alone(whole: html.HtmlElement, parts: Parts) -> Iterator[str]:
    """A variant may hold any choice of items: each box must be the same by itself as in company, the frame too."""
    frame = _parsed(_html(parts.frame, ())).text_content().split()
    for segment in parts.segments:
        root = _parsed(_html(parts.frame, (segment,)))
        boxes = [_boxes(tree, segment.item) for tree in (whole, root)]
        if [len(found) for found in boxes] != [1, 1]:
            continue  # reported where its credit is looked for
        alike = etree.tostring(boxes[0][0], with_tail=False) == etree.tostring(boxes[1][0], with_tail=False)
        boxes[1][0].drop_tree()
        if not alike or root.text_content().split() != frame:
            yield f"item {segment.item}: it reads otherwise alone than among the others, or stands outside its box"


def _parsed(document: str) -> html.HtmlElement:
    """The bytes as they leave, read again; ``huge_tree``, or libxml2 drops what is nested deeper than 255."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    return html.document_fromstring(document.encode(), parser=parser)


def _views(styles: Styles) -> list[frozenset[str]]:
    """Plain, each condition alone, and all together."""
    alone = [frozenset({condition}) for condition in styles.conditions]
    together = [frozenset(styles.conditions)] if len(alone) > 1 else []
    return [frozenset(), *alone, *together]


def _boxes(root: html.HtmlElement, item: int) -> list[html.HtmlElement]:
    found = root.xpath("//*[@id=$id]", id=f"item-{item}")
    return [element for element in found if isinstance(element, html.HtmlElement)] if isinstance(found, list) else []


def _credit(root: html.HtmlElement, sight: Sight, one: Expected, conditions: frozenset[str]) -> Iterator[str]:
    boxes = _boxes(root, one.item)
    if len(boxes) != 1:
        yield f"item {one.item}: the letter must hold one element with id item-{one.item}, it holds {len(boxes)}"
        return
    seen = [sight.look(element) for element in boxes[0].iter("*") if "credit" in element.get("class", "").split()]
    if not any(_pays(credit, one) for credit in seen):
        why = ", ".join(reason for credit in seen for reason in credit.unseen)
        yield _absent(one, "HTML", why, conditions)


def _pays(credit: Seen, one: Expected) -> bool:
    """All of it must be seen: half a credit says something else."""
    return not credit.unseen and _names(one.publisher, credit.words) and one.link in (None, *credit.links)


def _names(publisher: str, words: str) -> bool:
    return _folded(publisher) in _folded(words)


def _folded(words: str) -> str:
    return " ".join(words.split())


def _absent(one: Expected, part: str, why: str, conditions: frozenset[str] = frozenset()) -> str:
    lead = f" with its link {one.link}" if one.link else ""
    reason = f" ({why})" if why else ""
    view = f" under {' and '.join(sorted(conditions))}" if conditions else ""
    return f"item {one.item}: the credit to {one.publisher}{lead} is not visible in its own box in {part}{view}{reason}"


def _footer(root: html.HtmlElement, sight: Sight, postal: str) -> Iterator[str]:
    """Looked for where it may stand: anywhere in the body outside the items."""
    around, place = sight.look(root, leaving_out="item-"), _folded(postal)
    if LEAVE not in around.links:
        yield "no visible unsubscribe link in HTML"
    if ADDRESS not in around.words:
        yield "the reader's own address is not visible in HTML"
    if not place:
        yield "there is no postal address; write one at [site] postal_address"
    elif place not in around.words:
        yield "the postal address is not visible in HTML"


def _tokens(document: str, part: str) -> Iterator[str]:
    for token, declared in _DECLARED.items():
        if document.count(token) != declared:
            yield f"{token} stands {document.count(token)} times in {part}, declared {declared}"


def _in_text(document: str, parts: Parts) -> Iterator[str]:
    yield from _tokens(document, "text")
    lines = document.split("\n")
    if lines.count(_SIGNATURE) != 1:
        yield "the text needs one line '-- ' before its footer, and no other: what follows it is shown folded"
        return
    footer = lines[lines.index(_SIGNATURE) :]
    if LEAVE not in footer:
        yield "the unsubscribe link does not stand alone on a line of the text's footer"
    if _folded(parts.postal_address) not in _folded(" ".join(footer)):
        yield "the postal address is not in the text's footer"


def _in_text_item(text: str, one: Expected) -> Iterator[str]:
    """In plain text a credit is a block indented by four blanks, which no source can bring."""
    for block in text.split("\n\n"):
        lines = [line.removeprefix(_INDENT) for line in block.split("\n") if line.startswith(_INDENT)]
        if _names(one.publisher, " ".join(lines)) and one.link in (None, *lines):
            return
    yield _absent(one, "text", "")
