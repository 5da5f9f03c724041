"""premailer, wrapped once: a letter's style rules are copied into style attributes, and nothing else changes.

Called by ``letters`` once per edition and language. premailer and the CSS parser below it have traps (a document cut
short at 253 levels of nesting, ``@import`` fetched although the network is off, ``!important`` lost from media
queries, width attributes rewritten); the options, the pinned fetcher and the comparison of words and links before
and after close them. premailer is not promised to be thread-safe, so one lock stands around it.
"""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import dataclass, field
from html.parser import HTMLParser

import cssutils
import cssutils.util
from premailer import Premailer

from syndicate.domain.errors import SealRefused

_LOCK = threading.Lock()
_FETCHING = re.compile(r"@import|<link\b", re.IGNORECASE)


def _fetch_nothing(_url: str) -> None:
    """What the CSS parser calls for ``@import``."""


cssutils.util._defaultFetcher = _fetch_nothing  # noqa: SLF001 - it has no public setting, and its own one opens sockets
cssutils.log.setLevel(logging.CRITICAL)


def inline(html: str, document: str) -> str:
    """``html`` with its styles inlined; raises ``SealRefused`` naming ``document`` where more than styles changed."""
    if _FETCHING.search(html):
        raise SealRefused(document, ("a template loads a style sheet; put the rules into letter/letter.css.j2",))
    before = _words_and_links(html)
    with _LOCK:
        styled: str = Premailer(
            html,
            keep_style_tags=True,
            strip_important=False,
            remove_classes=False,
            disable_link_rewrites=True,
            disable_basic_attributes=["width", "height", "bgcolor", "align", "valign"],
            align_floating_images=False,
            disable_validation=True,
            cssutils_logging_level=logging.CRITICAL,
            allow_network=False,
            allow_loading_external_files=False,
        ).transform(pretty_print=False)
    if _words_and_links(styled) != before:
        raise SealRefused(
            document, ("inlining the styles lost or changed words or links; is mark-up nested too deep?",)
        )
    return styled


@dataclass
class _Reader(HTMLParser):
    """Words and links by another parser than premailer's, so both cannot lose the same thing unseen."""

    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _words_and_links(html: str) -> tuple[str, list[str]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join("".join(reader.words).split()), reader.links
