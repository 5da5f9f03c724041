"""Somebody's HTML as plain paragraphs, and paragraphs as safe HTML: nothing of the source's mark-up passes unread.

What comes out holds only p, em, strong, a, blockquote, ul, ol, li, and where a piece goes out in full h2, h3, h4 and
img, whatever went in. Nesting is at most five deep.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement

from syndicate.credit.clean import clean, safe_link, without_marks, without_unseen
from syndicate.markup.page import Page, parse_page

_UNSEEN = frozenset(
    """
    script style noscript template head title svg math iframe object embed textarea select form button nav
    figcaption audio video canvas map
    """.split()  # noqa: SIM905 - words read better as words
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body br caption center dd details div dl dt fieldset figure footer header h1 h2
    h3 h4 h5 h6 hr li main ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - words read better as words
)
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_AROUND = frozenset({"ul", "ol", "blockquote"})
_STRESSED = {"em": "em", "i": "em", "cite": "em", "strong": "strong", "b": "strong"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one paragraph with one look."""

    words: str
    em: bool = False
    strong: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block. ``shape`` is p, li (in ``around`` ul or ol), h2 to h4, or img. For a picture ``runs``
    hold its description and ``credit`` names who made it.
    """

    runs: tuple[Run, ...]
    shape: str = "p"
    around: str = ""
    src: str = ""
    credit: str = ""

    @property
    def text(self) -> str:
        """The words without their look."""
        return "".join(run.words for run in self.runs)

    def upto(self, stop: int, ending: str) -> Paragraph:
        """The first ``stop`` characters, with ``ending`` after them."""
        kept: list[Run] = []
        for run in self.runs:
            if stop <= 0:
                break
            kept.append(replace(run, words=run.words[:stop]))
            stop -= len(run.words)
        if ending:
            kept.append(Run(ending))
        return replace(self, runs=tuple(kept))


def paragraphs(source: str, address: str) -> tuple[Paragraph, ...]:
    """The paragraphs of ``source``, HTML of whatever quality; relative links are resolved against ``address``."""
    return tuple(_Reader(address).read(source))


def plain(source: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a plain text, parted by blank lines."""
    parts = (clean(part) for part in source.replace("\r\n", "\n").split("\n\n"))
    return tuple(Paragraph((Run(part),)) for part in parts if part)


def html_of(given: Sequence[Paragraph]) -> str:
    """Safe HTML of paragraphs; every opened element is closed."""
    parts: list[str] = []
    around = ""
    for paragraph in given:
        if paragraph.around != around:
            parts.append((f"</{around}>" if around else "") + (f"<{paragraph.around}>" if paragraph.around else ""))
            around = paragraph.around
        parts.append(_block(paragraph))
    return "".join(parts) + (f"</{around}>" if around else "")


def text_of(given: Iterable[Paragraph]) -> str:
    """The plain twin: paragraphs parted by a blank line; pictures have none."""
    return "\n\n".join(paragraph.text for paragraph in given if paragraph.shape != "img")


def _block(paragraph: Paragraph) -> str:
    if paragraph.shape == "img":
        src, alt = (html.escape(value, quote=True) for value in (paragraph.src, paragraph.text))
        credit = f"<p><em>{html.escape(paragraph.credit, quote=False)}</em></p>" if paragraph.credit else ""
        return f'<p><img src="{src}" alt="{alt}"></p>{credit}'
    return f"<{paragraph.shape}>" + "".join(_run(run) for run in paragraph.runs) + f"</{paragraph.shape}>"


def _run(run: Run) -> str:
    words = html.escape(run.words, quote=False)
    if run.em:
        words = f"<em>{words}</em>"
    if run.strong:
        words = f"<strong>{words}</strong>"
    return f'<a href="{html.escape(run.link, quote=True)}">{words}</a>' if run.link else words


class _Reader:
    """Reads by events; neither depth nor brokenness costs more than length."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._runs: list[Run] = []
        self._shape = "p"
        self._around: list[str] = []
        self._em = self._strong = self._hidden = 0
        self._links: list[str | None] = []

    def read(self, source: str) -> Iterator[Paragraph]:
        """Yield the paragraphs that hold words, and pictures."""
        page = parse_page(_readable(source), self._address)
        for event, node in etree.iterwalk(page.root, events=("start", "end", "comment", "pi")):
            tag = node.tag if isinstance(node.tag, str) else ""
            if tag in _BLOCKS and not self._hidden:
                yield from self._flush()
            if event == "start":
                self._begin(node, tag, page)
                if tag == "img" and not self._hidden:
                    yield from self._picture(node, page)
                self._add(node.text)
                continue
            if event == "end":
                self._end(node, tag)
            self._add(node.tail if node is not page.root else None)
        yield from self._flush()

    def _begin(self, node: HtmlElement, tag: str, page: Page) -> None:
        self._hidden += _unseen(node, tag)
        if self._hidden:
            return
        if tag in _BLOCKS:
            self._shape = _HEADINGS.get(tag, "li" if tag == "li" else "p")
        if tag in _AROUND:
            self._around.append(tag)
        if tag == "a":
            self._links.append(safe_link(page.absolute(node.get("href") or "")))
        self._stress(tag, 1)

    def _end(self, node: HtmlElement, tag: str) -> None:
        if self._hidden:
            self._hidden -= _unseen(node, tag)
            return
        if tag in _BLOCKS:
            self._shape = "p"
        if tag in _AROUND:
            self._around.pop()
        if tag == "a":
            self._links.pop()
        self._stress(tag, -1)

    def _stress(self, tag: str, step: int) -> None:
        self._em += step * (_STRESSED.get(tag) == "em")
        self._strong += step * (_STRESSED.get(tag) == "strong")

    def _picture(self, node: HtmlElement, page: Page) -> Iterator[Paragraph]:
        src = safe_link(page.absolute(node.get("src") or ""))
        if src:
            yield from self._flush()
            yield Paragraph((Run(clean(node.get("alt") or "")),), "img", "", src)

    def _add(self, text: str | None) -> None:
        if text and not self._hidden:
            link = self._links[-1] if self._links else None
            self._runs.append(Run(text, self._em > 0, self._strong > 0, link))

    def _flush(self) -> Iterator[Paragraph]:
        runs = _tidy(self._runs)
        self._runs = []
        if not runs:
            return
        around = self._around[-1] if self._around else ""
        if self._shape.startswith("h"):
            yield Paragraph(runs, self._shape)
        else:
            yield Paragraph(runs, "li" if around in ("ul", "ol") else "p", around)


def _unseen(node: HtmlElement, tag: str) -> bool:
    """Whether an element holds nothing to read: code, controls, captions, and the marks of footnotes."""
    return tag in _UNSEEN or (tag == "sup" and node.find(".//a") is not None)


def _readable(source: str) -> str:
    """``source`` as the parser takes it: no lone surrogates, no controls but the ends of lines."""
    return "\n".join(without_unseen(line) for line in source.split("\n"))


def _tidy(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs of one paragraph with blanks folded across them, unseen characters and token marks gone."""
    kept: list[Run] = []
    open_blank = True
    for run in runs:
        words = " ".join(without_unseen(run.words).split(" "))
        words = _folded(words)
        if open_blank:
            words = words.lstrip(" ")
        if words:
            kept.append(replace(run, words=words))
            open_blank = words.endswith(" ")
    while kept and not kept[-1].words.rstrip(" "):
        kept.pop()
    if not kept:
        return ()
    kept[-1] = replace(kept[-1], words=kept[-1].words.rstrip(" "))
    whole = "".join(run.words for run in kept)
    if without_marks(whole) != whole:
        rest = clean(whole)
        return (Run(rest),) if rest else ()
    return tuple(kept)


def _folded(words: str) -> str:
    """Every stretch of blanks as one blank; those at the edges stay one."""
    folded = " ".join(words.split())
    if not folded:
        return " " if words else ""
    return (" " if words[0].isspace() else "") + folded + (" " if words[-1].isspace() else "")
