"""Octets to text, whatever the server and the page say of their own encoding.

What is valid UTF-8 is UTF-8: other encodings hit it by accident only where they hold no letters beyond ASCII. Else
the HTTP header and the page's own declaration are believed in that order, as the WHATWG Encoding standard has it.
"""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_PRESCAN = 4096
_ESCAPE = b"\x1b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WINDOWS = frozenset({"ascii", "iso8859-1", "latin-1", "us-ascii"})
"""Names under which Windows-1252 goes on the web (WHATWG Encoding, section 4.2)."""
_NEVER = frozenset({"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
"""Codecs that are no encodings of pages; some turn plain text into mark-up."""


def decoded(raw: bytes, charset: str = "") -> str:
    """The text of ``raw``. ``charset`` is what the HTTP header says, or empty; nothing raises."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    if _ESCAPE not in raw:  # ISO-2022-JP looks like ASCII but for its escapes
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    name = _known(charset) or _known(_declared(raw)) or "utf-8"
    if name == "utf-8":
        name = "utf-8" if _mostly_utf8(raw) else "cp1252"
    return raw.decode(name, "replace")


def _declared(raw: bytes) -> str:
    found = _DECLARED_XML.search(raw[:_PRESCAN]) or _DECLARED.search(raw[:_PRESCAN])
    return found[1].decode("ascii") if found else ""


def _known(charset: str) -> str:
    """The codec for a declared name, or empty where there is none to trust."""
    try:
        found = codecs.lookup(charset.strip("\"' "))
    except (LookupError, ValueError):
        return ""
    if found.name in _NEVER or not found._is_text_encoding:  # noqa: SLF001 - no public way
        return ""
    return "cp1252" if found.name in _WINDOWS else found.name


def _mostly_utf8(raw: bytes) -> bool:
    """Whether only a few octets spoil UTF-8, as where a page was cut or one comment pasted in."""
    text = raw.decode("utf-8", "replace")
    spoiled = text.count("\ufffd")
    beyond_ascii = sum(1 for sign in text if sign > "\x7f")
    return spoiled * 4 < beyond_ascii
