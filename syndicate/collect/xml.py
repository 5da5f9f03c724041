"""XML lists, mended and read without entities, networks or depth without end. Shared by feeds and sitemaps."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_PROLOGUE = 64 * 1024
_ROOT = re.compile(
    rb"(?:<\?[^<>]*\?>|<!--.*?-->|<!DOCTYPE[^<>]*>|\s)*<((?:[A-Za-z][\w.-]{0,20}:)?(?:rss|feed|RDF|urlset|sitemapindex))(?=[\s>])",
    re.DOTALL,
)
_EMPTY = re.compile(rb"[^<>]*/>\s*\Z")
_OPENING = 4096
_BOM = b"\xef\xbb\xbf"
_ITEM = re.compile(rb"<(/?)(?:[A-Za-z][\w.-]{0,20}:)?(?:item|entry|url|sitemap)(?=[\s>]|\Z)")
_HALF = re.compile(rb"&#(?:[xX]0{0,20}([dD][89a-fA-F][0-9a-fA-F]{2})|0{0,20}(5[5-7]\d{3}));")
_GZIP = b"\x1f\x8b"
_MOST_INFLATED = 50 * 1024 * 1024


def declares_entities(octets: bytes) -> bool:
    """Whether a document brings entities of its own (billion laughs, file://): no list needs them."""
    return bool(_DECLARES.search(octets[:_PROLOGUE]))


def breaks_off(body: bytes) -> bool:
    """Whether a list in XML ends before its root element does. What is packed, or something else, is not judged."""
    begun = _ROOT.match(body[:_OPENING].removeprefix(_BOM))
    if begun is None or _EMPTY.match(body, begun.end() + len(_BOM) * body.startswith(_BOM)):
        return False
    return body.rfind(b"</" + begun[1]) < 0


def half_listed(body: bytes) -> int:
    """Which item of a list that breaks off is cut in two, counted from 1; 0 where none is."""
    if not breaks_off(body):
        return 0
    ends = [bool(tag[1]) for tag in _ITEM.finditer(body)]
    return 0 if not ends or ends[-1] else len(ends) - sum(ends)


def parse_xml(octets: bytes) -> etree._Element | None:
    """The root of a document, mended where it is broken; None where there is nothing to mend."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: etree._Element | None = etree.fromstring(octets.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _whole(reference: re.Match[bytes]) -> bytes:
    """What stands for a reference: half a pair of surrogates is no character, and would make text that is none."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return b"&#xFFFD;" if 0xD800 <= number <= 0xDFFF else reference[0]  # noqa: PLR2004 - as Unicode numbers them


def local(element: etree._Element) -> str:
    """The tag without its namespace, lower case; empty for comments, and where the namespace is no text."""
    try:
        tag = element.tag
    except UnicodeDecodeError:
        return ""
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Child elements of these local names, whatever their namespace."""
    return (child for child in element if local(child) in names)


def text_in(element: etree._Element, *names: str) -> str:
    """The text of the first child of these local names that has any."""
    for child in children(element, *names):
        text = text_of(child)
        if text:
            return text
    return ""


def text_of(element: etree._Element) -> str:
    """All the text in an element, without blanks at its edges; empty where it is none (see ``unpacked``)."""
    try:
        if not len(element):
            return (element.text or "").strip()
        return "".join(str(part) for part in element.itertext()).strip()
    except UnicodeDecodeError:
        return ""


def unpacked(octets: bytes) -> bytes:
    """A list as parsers can read it: what a gzip file holds, at most 50 MiB, for sitemaps are often kept compressed.

    libxml2 takes references to halves of surrogate pairs, and no Python can read the text that comes of it; they are
    replaced, except in UTF-16, where nobody writes any.
    """
    return _HALF.sub(_whole, _inflated(octets))


def _inflated(octets: bytes) -> bytes:
    if not octets.startswith(_GZIP):
        return octets
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(octets, _MOST_INFLATED)
    except zlib.error:
        return octets
