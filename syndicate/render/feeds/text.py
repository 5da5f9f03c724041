"""What may stand in a feed: characters XML allows, HTML without anything active, web addresses that are absolute.

A single forbidden character makes a whole XML document unreadable, so every value of every entry passes here.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

import nh3

_FORBIDDEN = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\U0001fffe\U0001ffff]"
)
_REORDERING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*>")
_OPENING = re.compile(r"<(?=[!/?a-zA-Z])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_LONGEST_ADDRESS = 2000
_LONGEST_LINE = 2000
_LEFT_ALONE = "/:?#[]@!$&'()*+,;=%-._~"

_TAGS = frozenset(
    "a b blockquote br cite code em figcaption figure h2 h3 h4 h5 h6 hr i li ol p pre q strong sub sup ul".split()  # noqa: SIM905 - words read better as words
)
_DROPPED_WITH_CONTENT = {"script", "style", "noscript", "template", "iframe", "object", "textarea", "select", "title"}


def _cleaner(tags: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        attributes={"a": {"href"}, "img": {"src", "alt"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel=None,
    )


_WORDS_ONLY = _cleaner(_TAGS)
_WITH_PICTURES = _cleaner(_TAGS | {"img"})


def allowed(text: str) -> str:
    """``text`` without what XML 1.0 section 2.2 forbids or discourages: controls, surrogates, noncharacters."""
    return _FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """``text`` on one line, with nothing that reorders its letters; at most 2,000 characters."""
    return " ".join(_REORDERING.sub("", allowed(text[:_LONGEST_LINE])).split())


def without_tags(text: str) -> str:
    """``text`` as a title or a name: one line, and no mark-up even where an outlet put some in."""
    before, line = "", one_line(text)
    while before != line:  # taking a tag out may put another together
        before, line = line, _TAG.sub("", line)
    return " ".join(_OPENING.sub("", line).split())


def safe_html(html: str, *, pictures: bool) -> str:
    """``html`` with nothing that runs, styles, hides or points to a relative address; every element closed."""
    cleaner = _WITH_PICTURES if pictures else _WORDS_ONLY
    return allowed(cleaner.clean(allowed(html)))


def web_address(url: str | None) -> str:
    """``url`` as an absolute web address in ASCII (RFC 3986), or empty where it is none."""
    if not url or len(url) > _LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(allowed(url).strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", host) or parts.username:
        return ""
    host = f"[{host}]" if ":" in host else host
    path, query, fragment = (quote(part, safe=_LEFT_ALONE) for part in (parts.path or "/", parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host + port, path, query, fragment))


def home_of(address: str) -> str:
    """The front page of the site that a ``web_address`` belongs to."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"


def language_tag(tag: str) -> str:
    """``tag`` where it has the form of a language tag (RFC 5646 section 2.1), else empty."""
    return tag if _LANGUAGE.fullmatch(tag) else ""
