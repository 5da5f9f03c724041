"""Which addresses may be asked for at all: links a stranger wrote, and the IP addresses they lead to.

Called by the guard at the moment of connecting, and by everybody who stores a link that came from outside.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

SCHEMES = frozenset({"http", "https"})
_LONGEST_LINK = 2000
_LONGEST_SHOWN = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ENCODED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in ' <>"\\^`{|}'})
_EMBEDDING = (
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64, RFC 6052
    ipaddress.ip_network("64:ff9b:1::/48"),  # NAT64 for local use, RFC 8215
    ipaddress.ip_network("2002::/16"),  # 6to4, RFC 3056
    ipaddress.ip_network("2001::/32"),  # Teredo, RFC 4380
    ipaddress.ip_network("::/96"),  # IPv4-compatible, RFC 4291
    ipaddress.ip_network("::ffff:0:0:0/96"),  # IPv4-translated, RFC 2765
)
"""IPv6 ranges that carry an IPv4 address inside, so that a private one could hide there."""
_NOT_WEB_PORTS = frozenset(
    {
        *(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109),
        *(110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445, 465, 512, 513, 514, 515, 526),
        *(530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659),
        *(4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
        *(1433, 1521, 2375, 3306, 3389, 5432, 5900, 6379, 9200, 11211, 27017),
    }
)
"""Ports that browsers refuse (WHATWG Fetch, "bad ports"), and those of databases and remote desks, which often take
half a line of HTTP for a command."""


def is_public(address: str) -> bool:
    """Whether ``address`` (an IP literal, with or without a zone) is one that anybody on the Internet may ask.

    ``ipaddress`` knows the registries of RFC 6890; it calls multicast, NAT64 and 6to4 global, which are refused here.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return is_public(str(parsed.ipv4_mapped))
        if parsed.is_site_local or any(parsed in network for network in _EMBEDDING):
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def web_address(link: str) -> str:
    """``link`` without fragment and edge blanks if it is an absolute http(s) address that others can rely on, else "".

    Refused are other schemes, names without a host, user names and passwords, ports that are none, controls, and
    anything longer than 2,000 characters. Blanks and brackets inside are percent-encoded, as browsers do.
    """
    bare = _without_fragment(link.strip()).translate(_ENCODED)
    if not bare or len(bare) > _LONGEST_LINK or _CONTROL.search(bare):
        return ""
    try:
        parts = urlsplit(bare)
        usable = parts.scheme.lower() in SCHEMES and parts.hostname and parts.port != 0 and parts.username is None
    except ValueError:
        return ""
    return bare if usable else ""


def shown(link: str) -> str:
    """``link`` as it may stand in a message: one line, no password, at most 200 characters."""
    plain = _CONTROL.sub(" ", link)
    plain = re.sub(r"//[^/@]*@", "//", plain, count=1)
    return plain if len(plain) <= _LONGEST_SHOWN else plain[:_LONGEST_SHOWN] + "…"


def host_of(link: str) -> str:
    """``host:port`` of a web address, lower case, the port always there."""
    parts = urlsplit(link)
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    return f"{(parts.hostname or '').lower()}:{port}"


def port_refused(link: str) -> int:
    """The port of a web address where it is one that belongs to another protocol, else 0."""
    port = urlsplit(link).port or 0
    return port if port in _NOT_WEB_PORTS else 0


def site_of(link: str) -> str:
    """The site a web address belongs to, whose hosts are taken to be one machine when it comes to politeness.

    The registrable domain (Public Suffix List, the copy in the package: no network is asked); an IP literal or a name
    without a public suffix is, with its port, a site of its own.
    """
    return _site(host_of(link))


@lru_cache(maxsize=16_384)
def _site(host: str) -> str:
    name, _, _ = host.rpartition(":")
    if ":" in name or _is_ip_literal(name):
        return host
    return _suffixes().privatesuffix(name.rstrip(".")) or host


def _is_ip_literal(name: str) -> bool:
    try:
        ipaddress.IPv4Address(name)
    except ValueError:
        # 127.1, 0x7f000001 and 2130706433 are addresses to a resolver; a top-level domain is never a number.
        return name.rpartition(".")[2][:1].isdigit()
    return True


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - read where a site is named, not by every command

    return PublicSuffixList()


def _without_fragment(link: str) -> str:
    try:
        return urldefrag(link).url
    except ValueError:
        return ""
