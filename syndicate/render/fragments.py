"""What a source's own words may bring into a letter: a few plain tags, closed, shallow, without styles.

Excerpts arrive safe from the ``credit`` room. This is the second lock, made for mail: mark-up from outside can
neither close our tables nor reach out of its box, hide what stands beside it, forge a mark, or load an image.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

import idna
import nh3
from markupsafe import Markup, escape

_TEXT_TAGS = {"a", "b", "strong", "i", "em", "cite", "q", "sub", "sup", "code", "br", "bdi", "span"}
_BLOCK_TAGS = {"p", "blockquote", "ul", "ol", "li", "h3", "h4", "pre"}
_DROPPED_WHOLE = {"script", "style", "title", "noscript", "template", "textarea", "iframe", "svg", "math", "select"}
_ATTRIBUTES = {"a": {"href"}, "*": {"lang", "dir"}}
_HEADING = re.compile(r"<(/?)h[1-6](?=[\s>/])", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_UNTOUCHED = "%/:=&?~+!$,;'@()*"
_HOST = re.compile(r"[A-Za-z0-9.\-_:@\[\]%~+]+")
_DEEPEST = 32
_ENDS_A_LINE = {"\u2028", "\u2029", "\x85", "\x0b", "\x0c"}
_TURNS_TEXT = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


def plain(text: str) -> str:
    """``text`` on one line, without controls and without marks that turn the direction of what follows."""
    return " ".join(plain_lines(text).split())


def plain_lines(text: str) -> str:
    """``text`` with its lines kept, without controls and without marks that turn the direction of what follows."""
    return "".join(kept for kept in map(_kept, text) if kept)


def _kept(letter: str) -> str:
    if letter in _ENDS_A_LINE:
        return "\n"
    if letter in "\n\t":
        return letter
    return "" if letter in _TURNS_TEXT or unicodedata.category(letter) in ("Cc", "Cs") else letter


def excerpt_markup(html: str, text: str) -> Markup:
    """An excerpt's mark-up, fit for its box in a letter; its plain ``text`` where the mark-up is nested past sense.

    The letter owns ``h1`` and ``h2``, so headings inside an excerpt become ``h3``.
    """
    lowered = _HEADING.sub(r"<\1h3", html)
    cleaned = _cleaned(lowered, _TEXT_TAGS | _BLOCK_TAGS)
    if _depth(cleaned) <= _DEEPEST:
        return Markup(cleaned)  # noqa: S704 - nh3 wrote it
    paragraphs = (Markup("<p>{}</p>").format(plain(line)) for line in text.splitlines() if line.strip())
    return Markup("").join(paragraphs)


def credit_markup(html: str, text: str) -> Markup:
    """A credit's mark-up, words and links only; its plain ``text`` where the mark-up is nested past sense."""
    cleaned = _cleaned(html, _TEXT_TAGS)
    return Markup(cleaned) if _depth(cleaned) <= _DEEPEST else escape(plain(text))  # noqa: S704 - nh3 wrote it


def web_link(url: str) -> str:
    """``url`` as a reader's client can open it, else an empty string: http and https only.

    In ASCII throughout (RFC 3987 section 3.1), so that no later step has a reason to write it another way.
    """
    bare = url.strip()
    if not bare.isprintable():
        return ""
    try:
        parts = urlsplit(bare)
        host = parts.netloc if parts.netloc.isascii() else _ascii_host(parts.netloc)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or not _HOST.fullmatch(host):
        return ""
    rest = [quote(part, safe=_UNTOUCHED) for part in (parts.path, parts.query, parts.fragment)]
    return urlunsplit((parts.scheme, host, *rest))


def _ascii_host(place: str) -> str:
    """The host as an A-label (IDNA 2008, UTS 46), its port kept; raises ``ValueError`` where it has none."""
    host, colon, port = place.partition(":")
    return idna.encode(host, uts46=True).decode("ascii") + colon + port


def _cleaned(html: str, tags: set[str]) -> str:
    """Cleaned, rid of controls, and cleaned again: a control written as a character reference could hide a scheme."""
    html = plain_lines(html)
    for _ in range(2):
        html = plain_lines(
            nh3.clean(
                html,
                tags=tags,
                clean_content_tags=_DROPPED_WHOLE,
                attributes=_ATTRIBUTES,
                attribute_filter=_fit_attribute,
                link_rel=None,
                strip_comments=True,
            )
        )
    return html


def _fit_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return web_link(value) or None
    return value if value.replace("-", "").isalnum() else None


def _depth(cleaned: str) -> int:
    """How deep elements nest, counted on nh3's output, which closes all it opens."""
    deepest = now = 0
    for closing, tag in _TAG.findall(cleaned):
        if tag != "br":
            now += -1 if closing else 1
            deepest = max(deepest, now)
    return deepest
