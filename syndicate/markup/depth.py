"""Mark-up that is nested deeper than a parser follows, made shallower before it is parsed, so that no word is lost.

libxml2 stops at 256 open elements and drops what follows. Here the tags of boxes that would be opened beyond a bound
are left out, in one look from beginning to end: their words stay, in the box that is open already.
"""

from __future__ import annotations

import re

DEPTHS = (150, 40, 0)
"""How many boxes may be open at once, tried in turn: each may open a few elements more whose end was left out."""

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
_UNCOUNTED = frozenset(
    b"""
    html head body p li dd dt tr td th thead tbody tfoot option optgroup colgroup col rt rp area base br embed hr img
    input link meta param source track wbr script style title textarea
    """.split()
)
"""Elements without an end, and those whose end may be left out (HTML, section 13.1.2.4): they are not boxes here."""

_KEPT = frozenset(b"html head body script style title textarea meta link br".split())


def flattened(octets: bytes, most: int) -> bytes:
    """``octets`` with the tags of all but the outermost ``most`` open boxes replaced by a blank; without any at 0."""
    kept: list[bytes] = []
    depth, end = 0, 0
    for tag in _TAG.finditer(octets):
        if most and tag[2].lower() in _UNCOUNTED:
            continue
        if not most and tag[2].lower() in _KEPT:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth + bool(tag[1]) > most:
            kept += (octets[end : tag.start()], b" ")
            end = tag.end()
    kept.append(octets[end:])
    return b"".join(kept)
