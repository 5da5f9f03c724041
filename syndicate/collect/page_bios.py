"""The notes on the people who wrote a piece: one for each, found wherever pages put them.

A note says who somebody is ("Mara Quill is a fellow at ..."), stands under a heading such as "About the authors", or in
a box with the name. One paragraph may hold the notes of several. A note that is taken is no part of the text.
"""

# ruff: noqa: RUF001 - signs of all scripts and dashes of all lengths stand on pages

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from syndicate.collect.page_blocks import HEADINGS, Block, said_by, vocabulary
from syndicate.collect.words import one_line, seems_a_person

_LONGEST_BIO = 900
_LONGEST_HEAD = 60
_LAST_BLOCKS = 10
_LEAST_BIO = 12
IS = (
    r"(?:is|are|was|were|serves?|served|works?|worked|teaches|teach|writes?|leads?|directs?|holds?|has|have|covers?|"
    r"reports?|heads?|studies|"
    r"runs?|edits?|joined|founded|co-founded|lives|spent|currently|specializes?|specialises?|researches|focuses|"
    r"chairs?|manages|advises|"
    r"ist|sind|war|arbeitet|leitet|lehrt|schreibt|forscht|studiert|est|sont|était|travaille|enseigne|dirige|écrit|"
    r"couvre|"
    r"es|son|era|trabaja|enseña|escribe|é|è|foi|trabalha|lavora|insegna|scrive|werkt|schrijft|является|работает|هو|"
    r"هي|يعمل|تعمل)"
)
_TITLES = r"(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame|ambassador|gen|col|rev)\.?\s+)*"
_UNNAMED = re.compile(
    rf"^([A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){{1,3}})\s{IS}\s(?:an?|the|(?:\w+\s)?(?:director|professor|fellow))\b"
)
_THE_AUTHOR = re.compile(
    rf"^(?:about the author:?\s*)?(?:the\s+(?:author|writer)s?|(?:der|die)\s+(?:autor(?:in)?|verfasser(?:in)?)|"
    rf"l['’]\s?auteure?|"
    rf"la\s+autora|el\s+autor|o\s+autor|a\s+autora|l['’]autor(?:e|ice)|de\s+auteur|الكاتب|автор)\s+{IS}\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^\W{0,3}(?:about\s+(?:the\s+)?(?:authors?|writers?|contributors?)|(?:the\s+)?authors?|contributors?|"
    r"(?:author\s+)?bio(?:graph(?:y|ies))?s?|"
    r"(?:zum|zur|zu den|über\s+(?:den|die|das))\s+autor\w*|(?:die\s+)?autor(?:en|innen|in)|"
    r"à\s+propos\s+(?:de\s+l['’]|des\s+|du\s+)auteure?s?|"
    r"(?:les?\s+)?auteure?s?|sobre\s+(?:el|la|los|las|o|a|os|as)\s+autor\w*|sull?['’]?\s?autor\w*|gli\s+autori|"
    r"over\s+de\s+auteurs?|об\s+авторах?|عن\s+(?:الكاتب|المؤلف)\w*|"
    r"著者|作者|关于作者)\W{0,3}$",
    re.IGNORECASE,
)
_BIO = vocabulary(
    r"bios?|biography|author-?(?:bio|note|info|box|card|description|about|details|profile)|"
    r"about-?(?:the-?)?authors?|p-note|contributors?"
)
_ROLE = vocabulary(r"social|links?|follow|more|image|avatar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bios:
    """The note on each author by name, the raw text, and the blocks that are no part of the article for it."""

    by_name: dict[str, str]
    taken: tuple[Block, ...]

    @property
    def raw(self) -> str:
        """All notes as they stood, one after the other."""
        return " ".join(dict.fromkeys(block.text for block in self.taken))


def bios_in(text: Sequence[Block], around: Sequence[Block], authors: Sequence[str]) -> Bios:
    """The notes on ``authors`` at the end of the text, at its beginning, and in the blocks around it.

    Where nobody is named as an author, a note at the end of the text names one.
    """
    found = Bios(by_name={}, taken=())
    taken: list[Block] = []
    for block in _places(text, around):
        told = _notes(block.text, authors, marked=_marked(block))
        new = {name: note for name, note in told.items() if name not in found.by_name}
        if told and (new or _repeats(block.text, found)):
            found.by_name.update(new)
            taken.append(block)
    _under_heads(text, around, authors, found.by_name, taken)
    if not authors:
        _unnamed(text, found.by_name, taken)
    return Bios(by_name=found.by_name, taken=tuple(taken))


def _places(text: Sequence[Block], around: Sequence[Block]) -> list[Block]:
    """Where notes may stand: the end of the text, boxes with a telling class in it, its very first block, around it."""
    unframed = [block for block in text if not block.framed and block.node.tag not in HEADINGS]
    marked = [block for block in unframed[:-_LAST_BLOCKS] if _marked(block)]
    first = [block for block in unframed[:1] if len(unframed) > _LAST_BLOCKS // 2]
    return [*unframed[-_LAST_BLOCKS:], *marked, *first, *around]


def _marked(block: Block) -> bool:
    boxes = [block.node, *list(block.node.iterancestors())[:3]]
    return any(_BIO.search(said_by(box)) and len(str(box.text_content())) <= 4 * _LONGEST_BIO for box in boxes)


def _repeats(text: str, found: Bios) -> bool:
    return any(text == note or note in text for note in found.by_name.values())


def _notes(text: str, authors: Sequence[str], *, marked: bool) -> dict[str, str]:
    """The notes that one block holds, by name; a block in a box for notes needs no verb."""
    if len(text) > _LONGEST_BIO * 2:
        return {}
    starts = sorted((at, name) for name in authors for at in _beginnings(text, name, loose=marked)[:1])
    if not starts or starts[0][0] > _lead(text):
        if len(authors) == 1 and len(text) <= _LONGEST_BIO and _THE_AUTHOR.match(text):
            return {authors[0]: text}
        return {}
    joint = _joint(text, starts)
    ends = [*(at for at, _ in starts[1:]), len(text)]
    notes = {name: text[at:end].strip(" ;|•·") for (at, name), end in zip(starts, ends, strict=True)}
    notes = {name: text if joint else note for name, note in notes.items()}
    return {name: note for name, note in notes.items() if len(name) + _LEAST_BIO <= len(note) <= _LONGEST_BIO}


def _lead(text: str) -> int:
    """How far into a block a note may begin: after "About the author:" and the like."""
    head = re.match(
        r"^\W{0,3}(?:about the authors?|the authors?|zum autor|à propos de l['’]auteur)\s*[:.–—-]\s*",
        text,
        re.IGNORECASE,
    )
    return head.end() + 1 if head else 3


def _beginnings(text: str, name: str, *, loose: bool) -> list[int]:
    """Where a sentence begins with ``name`` and goes on to say who that is."""
    verb = rf"(?:\W{{0,3}}(?:\([^)]{{1,80}}\)|,[^.]{{1,120}},)?\s*(?:\((?:@|https?:)[^)]{{1,80}}\)\s*)?{IS}\b)"
    joined = rf"(?:,?\s+(?:and|und|et|y|e|en|&)\s+|,\s+)(?:[A-Z][\w.'’-]+\s){{1,4}}(?:\W|\w){{0,60}}?{IS}\b"
    after = rf"(?:{verb}|{joined}|\s*[,:–—(-]\s*\S)" if loose else rf"(?:{verb}|{joined})"
    pattern = rf"(?:^|(?<=[.!?;|•·\n])\s*|(?<=\band)\s+|\W{{1,3}}){_TITLES}{re.escape(name)}(?={after})"
    places = (found.end() - len(name) for found in re.finditer(pattern, text, re.IGNORECASE))
    return [at for at in places if _opens(text[:at])]


def _opens(head: str) -> bool:
    """Whether a sentence may begin after ``head``; a title before the name belongs to it."""
    before = re.sub(rf"\b{_TITLES}$", "", head, flags=re.IGNORECASE).rstrip()
    return not before or before[-1] in '.!?;|•·:"”)' or before.endswith((" and", " und", " et", " y"))


def _joint(text: str, starts: Sequence[tuple[int, str]]) -> bool:
    """Whether one sentence speaks of all of them: "A. One and B. Two are fellows at ..."."""
    if len(starts) < 2:  # noqa: PLR2004 - of one there is nothing to join
        return False
    between = text[starts[0][0] + len(starts[0][1]) : starts[1][0]]
    return bool(re.fullmatch(r"\s*(?:,|,?\s*(?:and|und|et|y|e|en|&))\s*", between))


def _under_heads(
    text: Sequence[Block], around: Sequence[Block], authors: Sequence[str], by_name: dict[str, str], taken: list[Block]
) -> None:
    """What stands under "About the authors", with the name as a line of its own or with no name for a sole author."""
    rows = [[block for block in text if not block.framed][-4 * _LAST_BLOCKS :], list(around)]
    for row in rows:
        opened: list[Block] = []
        current, about = "", False
        for block in row:
            named = _named(block.text, authors)
            if len(block.text) <= _LONGEST_HEAD and _ABOUT.match(block.text):
                opened, about, current = [block], True, authors[0] if len(authors) == 1 else ""
            elif named:
                about = about or _marked(block)
                opened, current = [*(opened if about else ()), block], named
            elif block in taken:
                taken += opened
                opened = []
            elif about and current and _is_note(block):
                by_name.setdefault(current, one_line(block.text))
                taken += (*opened, block)
                opened, current = [], ""
            elif block.node.tag in HEADINGS:
                about = False


def _named(text: str, authors: Sequence[str]) -> str:
    """The author whose name a block is, with hardly a word besides."""
    bare = re.sub(rf"^{_TITLES}", "", text.strip(" :"), flags=re.IGNORECASE)
    return next((name for name in authors if bare.casefold() == name.casefold()), "")


def _is_note(block: Block) -> bool:
    return (
        _LEAST_BIO <= len(block.text) <= _LONGEST_BIO
        and block.node.tag not in HEADINGS
        and not _ROLE.search(said_by(block.node))
    )


def _unnamed(text: Sequence[Block], by_name: dict[str, str], taken: list[Block]) -> None:
    for block in [block for block in text if not block.framed][-_LAST_BLOCKS:]:
        named = _UNNAMED.match(block.text)
        if named and len(block.text) <= _LONGEST_BIO and seems_a_person(named[1]) and not by_name:
            by_name[named[1]] = block.text
            taken.append(block)
