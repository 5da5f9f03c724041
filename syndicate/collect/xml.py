"""XML lists, mended and read without entities, networks or depth without end. Shared by feeds and sitemaps."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from lxml import etree

_DECLARES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_PROLOGUE = 64 * 1024
_GZIP = b"\x1f\x8b"
_MOST_INFLATED = 50 * 1024 * 1024


def declares_entities(octets: bytes) -> bool:
    """Whether a document brings entities of its own (billion laughs, file://): no list needs them."""
    return bool(_DECLARES.search(octets[:_PROLOGUE]))


def parse_xml(octets: bytes) -> etree._Element | None:
    """The root of a document, mended where it is broken; None where there is nothing to mend."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: etree._Element | None = etree.fromstring(octets.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def local(element: etree._Element) -> str:
    """The tag without its namespace, lower case; empty for comments."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Child elements of these local names, whatever their namespace."""
    return (child for child in element if local(child) in names)


def text_in(element: etree._Element, *names: str) -> str:
    """The text of the first child of these local names that has any."""
    for child in children(element, *names):
        text = "".join(str(part) for part in child.itertext()).strip()
        if text:
            return text
    return ""


def inflated(octets: bytes) -> bytes:
    """A gzip file's content, at most 50 MiB of it; other octets as they are. Sitemaps are often kept compressed."""
    if not octets.startswith(_GZIP):
        return octets
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(octets, _MOST_INFLATED)
    except zlib.error:
        return octets
