"""Walls against machines: pages that ask for a browser or a human instead of showing what was asked for.

Called by ``collect`` with each answer. A wall is named and told to a person, who may ask the outlet for access; it is
never evaded. Signs are those the makers of the walls document, or put into every page of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from syndicate.net.answer import Answer

_LOOKED_AT = 20 * 1024
_LONGEST_WALL = 48 * 1024
_REAL_TEXT = 600
"""A page with so many letters to read shows something, whatever scripts against machines it carries."""
_REFUSALS = frozenset({401, 403, 405, 406, 418, 429, 503})
_ACCEPTED = 202
_BLANK = b"\xef\xbb\xbf \t\r\n"
_CHALLENGES = frozenset({200, _ACCEPTED})
_DOCUMENT = re.compile(rb"<(?:\?xml|rss|feed|rdf:|urlset|sitemapindex)\b|[\[{]", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|noscript|template|svg)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SCRIPTS = re.compile(r"<(script|style|svg)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class _Wall:
    """One maker. ``header`` are fields that alone prove a wall (name, pattern of the value), ``marks`` of its pages."""

    name: str
    marks: re.Pattern[str]
    header: tuple[tuple[str, str], ...] = ()
    server: str = ""


def _marks(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_WALLS = (
    _Wall(
        "Cloudflare",
        _marks(
            r"_cf_chl_opt",
            r"/cdn-cgi/challenge-platform/\S{0,40}orchestrate",
            r"cf-browser-verification",
            r"id=[\"']challenge-(?:form|error-text|running)",
            r"<title>\s*(?:just a moment|attention required! \| cloudflare)",
        ),
        (("cf-mitigated", "challenge"),),
    ),
    _Wall(
        "Akamai",
        _marks(r"/_sec/cp_challenge/", r"sec-if-cpt-container", r"[?&]bm-verify=", r"errors\.edgesuite\.net"),
        server="akamaighost",
    ),
    _Wall("DataDome", _marks(r"captcha-delivery\.com", r"var dd\s*=\s*\{"), (("x-dd-b", r"\d"),), server="datadome"),
    _Wall("HUMAN (PerimeterX)", _marks(r"px-captcha", r"_pxBlockedUrl", r"window\._pxUuid", r"captcha\.px-cdn\.net")),
    _Wall("Imperva", _marks(r"_incapsula_resource", r"incapsula incident id", r"imperva_captcha")),
    _Wall(
        "AWS WAF",
        _marks(r"awswafcookiedomainlist", r"window\.gokuprops", r"awswafintegration"),
        (("x-amzn-waf-action", "challenge|captcha"),),
    ),
    _Wall("Sucuri", _marks(r"sucuri website firewall\s*-\s*access denied", r"sucuri_cloudproxy_js")),
    _Wall("Vercel", _marks(r"vercel security checkpoint"), (("x-vercel-mitigated", "challenge|deny"),)),
    _Wall("Kasada", _marks(r"ips\.js\?\S{0,40}kpsdk"), (("x-kpsdk-ct", r"\S"),)),
    _Wall("Anubis", _marks(r"anubis_challenge", r"/\.within\.website/x/cmd/anubis")),
)
_INTERSTITIAL = _marks(
    r"(?:enable|turn on|requires?|needs?)\s+(?:\w+\s+){0,2}(?:javascript|js)\s+and\s+(?:\w+\s+)?cookies",
    r"(?:verify|confirm|prove|mak(?:e|ing) sure|verifying)\s+(?:that\s+)?you(?:\Wre|\s+are)\s+(?:\w+\s+)?"
    r"(?:not\s+a\s+(?:ro)?bot|human)",
    r"checking (?:if the site connection is secure|your browser before)",
    r"complete (?:the|this) captcha",
    r"unusual traffic from your (?:computer )?network",
    r"(?:automated|bot) (?:requests|traffic|access) (?:has|have|was|were) (?:been )?(?:detected|blocked)",
)
GENERIC = "a page that asks for a browser or a captcha"


def wall_of(answer: Answer) -> str:
    """The name of the wall that stands where the asked for page should be, or empty.

    A page that can be read is none, even if it carries a maker's script or speaks of captchas.
    """
    refused = answer.status in _REFUSALS
    if refused or answer.status == _ACCEPTED:
        proved = next((wall.name for wall in _WALLS if _proved(wall, answer.headers)), "")
        if proved:
            return proved
    if not refused and not _short_page(answer):
        return ""
    start = answer.body[:_LOOKED_AT].decode("latin-1")
    server = answer.headers.get("server", "").strip().lower() if refused else ""
    for wall in _WALLS:
        if wall.marks.search(start) or (wall.server and wall.server == server):
            return wall.name
    said = _words(_SCRIPTS, start)
    return GENERIC if len(said) < 2 * _REAL_TEXT and _INTERSTITIAL.search(said) else ""


def _proved(wall: _Wall, headers: Mapping[str, str]) -> bool:
    return any(name in headers and re.search(value, headers[name], re.IGNORECASE) for name, value in wall.header)


def _short_page(answer: Answer) -> bool:
    """Whether an answer that is no refusal is a page with hardly a word on it."""
    if answer.status not in _CHALLENGES or not 0 < len(answer.body) <= _LONGEST_WALL:
        return False
    if _DOCUMENT.match(answer.body.lstrip(_BLANK)):
        return False
    return len(_words(_HIDDEN, answer.body.decode("latin-1"))) < _REAL_TEXT


def _words(hidden: re.Pattern[str], page: str) -> str:
    """What there is to read on a page, roughly: enough to tell a wall from an article."""
    return " ".join(unescape(_TAG.sub(" ", hidden.sub(" ", page))).split())
