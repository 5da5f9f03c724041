"""What a JSON document says, taken with care: strangers wrote it, and types lie.

Called by the kinds of source that read APIs, inside the parsing worker. Nothing raises; what is of another type than
hoped for is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson

from syndicate.net.address import host_of, web_address

_BLANK = b"\xef\xbb\xbf \t\r\n"
_LONGEST_NOISE = 8192


def parsed(octets: bytes) -> Any:
    """The document, or None where there is none. Notices that a broken plugin prints before it are passed over."""
    plain = octets.lstrip(_BLANK)
    for start in _starts(plain):
        try:
            return orjson.loads(plain[start:])
        except orjson.JSONDecodeError:
            continue
    return None


def _starts(plain: bytes) -> Sequence[int]:
    """Where a document may begin: at once, or after noise at the first bracket that opens one."""
    opened = [at for sign in (b"[{", b'{"') if (at := plain.find(sign, 0, _LONGEST_NOISE)) > 0]
    return (0, *sorted(opened))


def text(value: object) -> str:
    """A string as it is, a whole number as its digits, anything else as nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def table(value: object) -> Mapping[str, Any]:
    """An object; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def tables(value: object) -> list[Mapping[str, Any]]:
    """The objects of an array; a single object counts as an array of one."""
    if isinstance(value, dict):
        return [value]
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def inside(value: object, *keys: str) -> Any:
    """What stands under ``keys``, one inside the other, or None."""
    for key in keys:
        value = table(value).get(key)
    return value


def beside(url: str, link: str) -> str:
    """``link`` as an absolute address if it leads on at the host of ``url``, else "": an API goes on where it began."""
    try:
        address = web_address(urljoin(url, link)) if link.strip() else ""
        return address if address and host_of(address) == host_of(url) else ""
    except ValueError:
        return ""


def root_of(url: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def figure(source: str, alt: str, caption: str) -> str:
    """A picture that stands beside the text in an API, as HTML that can be put before it."""
    shown = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(source)}" alt="{escape(alt)}">{shown}</figure>'
