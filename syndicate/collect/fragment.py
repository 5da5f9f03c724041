"""An entry's mark-up where it is plain, read from left to right without a tree.

Content systems write most entries in one small grammar: paragraphs, headings, lists, quotes and figures side by side,
words with links and emphasis in them. That much is read here and written anew, tag by tag, with nothing in it that was
not understood. Everything else (boxes, tables, loose words, tags that are not closed, attributes that say something)
is ``Odd`` and read as a tree (``fragment_tree``) or as a page of its own (``piece``); for what is plain all three give
the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.entities import name2codepoint

from syndicate.collect.clean import sanitised
from syndicate.collect.fragment_attributes import NAME, Odd, picture, speaks, target
from syndicate.collect.page_figures import caption_and_credit, said_once
from syndicate.collect.words import one_line
from syndicate.domain.publication import Figure

_TAG = re.compile(rf'<(/?)([a-z][a-z0-9]*)((?: {NAME}(?:="[^"<>]*")?)*) ?/?>')
_COMMENT = re.compile(r"<!--[^<>]*?-->")
_REFERENCE = re.compile(r"&(#?\w*)(;?)")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HEADINGS = {"h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_INLINE = {
    name: (f"<{kept}>", f"</{kept}>") if kept else ("", "")
    for name, kept in {
        "em": "em",
        "i": "em",
        "strong": "strong",
        "b": "strong",
        "s": "del",
        "small": "small",
        "sub": "sub",
        "sup": "sup",
        "q": "q",
        "cite": "cite",
        "span": "",
        "u": "",
    }.items()
}
"""What stands within a line, and the tags it is written with; where there are none, its words stay."""
_STRONG = frozenset({"strong", "b"})
_DEEPEST = 20
_NO_CONTROL = 0xA0
_SIGNS = frozenset("!#$%()*+,.:;?@[]{|}~'&<>\"")
"""ASCII that stands for itself wherever it is, and is no part of a tag's own grammar."""
_KEPT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
"""Signs that stay references, so that they are no mark-up."""


@dataclass(slots=True)
class Fragment:
    """What a plain text holds. ``lines`` are its blocks and the lines within them, figures left out.

    ``safe`` is the text as safe HTML, ``broken`` whether it breaks lines within a block, ``quoted`` whether it sets
    quotes apart.
    """

    safe: str = ""
    lines: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    broken: bool = False
    quoted: bool = False


def fragment_of(text: str, url: str) -> Fragment:
    """``text``, which stands at ``url``, read; raises ``Odd``."""
    if "<!" in text:
        text = _COMMENT.sub("", text)
    if "&" in text:
        text = _REFERENCE.sub(_resolved, text)
    text = _in_one_row(text)
    if not text.isprintable() and _UNFIT.search(text):
        raise Odd
    pieces = _TAG.split(text)
    if "\u00a0" in text:  # no blank between attributes, but one between words
        pieces = [_in_one_row(piece.replace("\u00a0", " ")) for piece in pieces]
    tags = len(pieces) // 4
    if text.count("<") != tags or text.count(">") != tags:
        raise Odd
    reader = _Reader(pieces, url)
    reader.read()
    fragment = reader.fragment
    fragment.safe = sanitised("".join(reader.written)).strip()
    return fragment


class _Reader:
    """Goes through the pieces of a split text: words, then stroke, name and attributes of a tag, and again."""

    def __init__(self, pieces: list[str], url: str) -> None:
        self.fragment = Fragment()
        self.written: list[str] = []
        self._end = len(pieces)
        self._pieces = [*pieces, "/", "", "", ""]
        self._at = 0
        self._url = url
        self._words = self._linked = self._depth = 0

    def read(self) -> None:
        """All blocks."""
        while self._at + 1 < self._end:
            self._block()
        self._blank()
        if self._linked * 2 > self._words:
            raise Odd

    def _blank(self) -> None:
        """There is nothing but blanks before the next tag."""
        between = self._pieces[self._at]
        if between and between != " ":
            raise Odd
        if between and self.written and self.written[-1] != " ":
            self.written.append(between)

    def _next(self) -> tuple[str, str, str]:
        """The next tag; one without a name stands at the end."""
        at = self._at
        self._at = at + 4
        stroke, name, attributes = self._pieces[at + 1 : at + 4]
        return stroke, name, attributes

    def _opened(self) -> str:
        """The name of the next tag, one that opens, says nothing and stands behind blanks."""
        self._blank()
        stroke, name, attributes = self._next()
        if stroke or (attributes and speaks(attributes)):
            raise Odd
        return name

    def _block(self) -> None:
        name = self._opened()
        if name == "p":
            self._paragraph()
        elif name in _HEADINGS:
            line = self._line(name, _HEADINGS[name])
            self.fragment.headings.append(line.replace("\n", " "))
        elif name in ("ul", "ol"):
            self._row(name, "li")
        elif name == "blockquote":
            self.fragment.quoted = True
            self._row(name, "p")
        elif name == "figure":
            self._figure()
        else:
            raise Odd

    def _paragraph(self) -> None:
        """A line, or one that was left empty and is left out."""
        if self._pieces[self._at + 1 : self._at + 3] == ["/", "p"] and not self._pieces[self._at].strip():
            self._next()
        else:
            self._line("p", "p", holds=True)

    def _row(self, name: str, inner: str) -> None:
        """Lines of one kind, one or more, in a block."""
        words, linked = self._words, self._linked
        self.written.append(f"<{name}>")
        while self._pieces[self._at + 1 : self._at + 3] != ["/", name]:
            if self._opened() != inner:
                raise Odd
            self._line(inner, inner, holds=inner == "p")
        self._blank()
        self._next()
        self.written.append(f"</{name}>")
        if words == self._words or (self._linked - linked) * 2 > self._words - words:
            raise Odd

    def _line(self, name: str, renamed: str, *, holds: bool = False) -> str:
        """The words of a block up to its closing tag, added to the lines. One that ``holds`` may not be all links."""
        linked = self._linked
        self.written.append(f"<{renamed}>")
        words = self._within(name)
        self.written.append(f"</{renamed}>")
        self._words += len(words)
        line = _tidy(words)
        if not line or (holds and (self._linked - linked) * 2 > len(words)):
            raise Odd
        if "\n" in line:
            self.fragment.lines += line.split("\n")
        else:
            self.fragment.lines.append(line)
        return line

    def _within(self, name: str, *, linked: bool = False) -> str:
        """What stands before the closing tag of the element that was opened last, its words in a row."""
        pieces, written = self._pieces, self.written
        first = pieces[self._at]
        said = [first]
        written.append(first)
        while True:
            stroke, inner, attributes = self._next()
            if stroke:
                if inner != name:
                    raise Odd
                return "".join(said) if len(said) > 1 else first
            said.append(self._inline(inner, attributes, linked=linked))
            after = pieces[self._at]
            if inner in _STRONG and not (first.strip() or after.strip()):
                raise Odd
            written.append(after)
            said.append(after)

    def _inline(self, name: str, attributes: str, *, linked: bool) -> str:
        """One element within a line, its words in a row."""
        if name == "br":
            return self._break(attributes)
        if name == "a" and not linked:
            opened, closed = f'<a href="{target(attributes, self._url)}">', "</a>"
        elif name in _INLINE and not (attributes and speaks(attributes)):
            opened, closed = _INLINE[name]
        else:
            raise Odd
        self.written.append(opened)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Odd
        words = self._within(name, linked=linked or name == "a")
        self._depth -= 1
        self.written.append(closed)
        if not words.strip():
            raise Odd
        if name == "a":
            self._linked += len(words)
        return words

    def _break(self, attributes: str) -> str:
        """A line break; two in a row make paragraphs of what is none."""
        following = self._pieces[self._at : self._at + 3]
        if attributes or (following[2:] == ["br"] and not following[0].strip()):
            raise Odd
        self.fragment.broken = True
        self.written.append("<br>")
        return "\n"

    def _figure(self) -> None:
        """One picture and its caption, and nothing else."""
        self._blank()
        stroke, name, attributes = self._next()
        if stroke or name != "img":
            raise Odd
        src, alt, shown = picture(attributes, self._url)
        self.written.append(f"<figure><img {shown}>")
        if self._opened() != "figcaption":
            raise Odd
        self.written.append("<figcaption>")
        words = self._within("figcaption")
        self._words += len(words)
        caption = " ".join(words.split())
        self.written.append("</figcaption>")
        self._blank()
        if self._next()[:2] != ("/", "figure"):
            raise Odd
        self.written.append("</figure>")
        if not caption or caption != said_once(caption):
            raise Odd
        told, credit = caption_and_credit(_read(caption))
        self.fragment.figures.append(Figure(src=src, alt=one_line(_read(alt)), caption=told, credit=credit))


def _resolved(found: re.Match[str]) -> str:
    """What a character reference stands for, where all parsers agree on it."""
    told, ends = found.groups()
    if not told and not ends:
        return "&amp;"
    if not told.startswith("#"):
        code = name2codepoint.get(told, 0)
    else:
        code = int(told[1:]) if told[1:].isascii() and told[1:].isdigit() and len(told) < len("#1114112") else 0
    sign = chr(code)
    if not ends or (code < _NO_CONTROL and sign not in _SIGNS):
        raise Odd
    return _KEPT.get(sign, sign)


def _in_one_row(text: str) -> str:
    """``text`` with every run of blanks as one blank; not all parsers call other signs blanks."""
    for blank in "\n\t\r":
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _tidy(words: str) -> str:
    """The lines of a block, each without needless blanks."""
    if "\n" in words:
        return "\n".join(line for part in words.split("\n") if (line := _tidy(part)))
    return _read(_in_one_row(words).strip())


def _read(text: str) -> str:
    return unescape(text) if "&" in text else text
