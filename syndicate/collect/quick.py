"""An entry of a feed, read from the text it carries, without the machinery that finds an article on a page.

Called by the worker for whole lists. An entry is a fragment: most have no furniture, no head and no foot, so one look
at the tree is enough. What is not that plain (furniture, a borrowed text, a note on the author, a text that opens or
ends with short lines) is read by ``piece`` as a page of its own; for plain entries both give the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from lxml import etree, html

from syndicate.collect.clean import picture_address, safe_html, words_of
from syndicate.collect.entries import Entry, ReadPiece, Unreadable
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.page_blocks import PROSE, is_prose
from syndicate.collect.page_marks import Marks
from syndicate.collect.page_related import says_related
from syndicate.collect.said import same_set
from syndicate.collect.words import names_in, one_line, title_of
from syndicate.domain.provenance import Provenance
from syndicate.domain.publication import Author, Evidence, Figure, Reading
from syndicate.markup.page import Page, parse_page

PageReader = Callable[[Page, str], Provenance]
_LONGEST_SUMMARY = 2000
_LONGEST_RAW = 500
_LAST_LINES = 12
_FEW = 2
_FIGURES_NOTED = 5
_FEWEST_REPEATED = 30
_LONGEST_CAPTION = 400
_PIXEL = re.compile(r"^\s*[01](?:px)?\s*$")
_LONGEST_LABEL = 250
_LABEL_WITHIN = 40
_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$", re.IGNORECASE)
_ODD_TAGS = frozenset(
    """
    html head body main article header footer nav aside form fieldset dialog menu h1 title meta link base picture
    address time center details summary legend hgroup caption table
    """.split()  # noqa: SIM905 - words read better as words
)
_UNSEEN = re.compile(r"display|visibility", re.IGNORECASE)
_ODD_ATTRIBUTES = frozenset({"hidden", "aria-hidden", "itemprop", "property", "role"})
_HOLDERS = frozenset({"ul", "ol", "dl", "div", "section", "p", "blockquote"})
_NAMING = ("class", "id", "rel")
_BOXES = frozenset({"article", "div", "section"})
_PARTING = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "figure", *_BOXES}
)
_IN_LINES = _PARTING | frozenset("html body figcaption img br a em strong b i u s span small sub sup q cite".split())  # noqa: SIM905 - words read better as words
_TELLING = re.compile(
    r"shar|social|newsletter|sign|subscri|comment|respon|disqus|cookie|crumb|promo|adv|ads|sponsor|sidebar|toolbar|pagi|"
    r"pager|recommend|trend|popular|most|read|more|also|skip|print|only|hidden|screen|popup|modal|paywall|donat|related|"
    r"author|byline|date|meta|credit|bio|tag|categor|licen[cs]e|source|orig|teaser|card|nav|menu|"
    r"copyright|photo|right|attrib|quote|highlight|note|info|detail|fact|about|head|title|"
    r"(?<!wp-element-)caption",
    re.IGNORECASE,
)
"""Parts of class names that any reader of pages might take for a sign of furniture, and some more."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What the tree gave."""

    safe: str
    words: str
    headings: tuple[str, ...]
    figures: tuple[Figure, ...]


def read_entry(entry: Entry, outlet: str, page_reader: PageReader, now: datetime) -> Reading | Unreadable:
    """The reading of ``entry`` from the text it carries."""
    reading = _quickly(entry, outlet, page_reader)
    if reading is not None:
        return reading
    from syndicate.collect.piece import read_piece  # noqa: PLC0415 - only where an entry is like a page

    return read_piece(ReadPiece(entry=entry, outlet=outlet, now=now.timestamp()), page_reader, now)


def _quickly(entry: Entry, outlet: str, page_reader: PageReader) -> Reading | None:
    """The reading of a plain entry, or None where it takes a closer look."""
    title = title_of(entry.title)
    text = entry.html or f"<p>{escape(entry.summary)}</p>"
    if not title or _speaks_of_itself(text.lower()):
        return None
    page = parse_page(f"<html><body><article>{text}</article></body></html>", entry.link)
    alive = list(page.root.iter())  # lxml makes an object for each element anew unless somebody holds it
    article = _only_article(page.root)
    if article is None or _is_linked(article) or any(_is_odd(element) for element in alive[3:]):
        return None
    own = None if _in_lines(alive) else page_reader(page, outlet)
    if own and own.borrowed:
        return None
    if "<!" in text or "<?" in text:
        etree.strip_tags(article, etree.Comment, etree.ProcessingInstruction)
    figures = _figures(page, article) if "<img" in text or "<fig" in text else ()
    safe = safe_html(page, article)
    del alive
    words, headings = words_of(safe)
    names = _names(entry, outlet)
    if not _plain(words, headings, names, whole="<br" not in safe, quotes="<blockquote" in safe):
        return None
    own = own or page_reader(replace(page, lines=tuple(words.split("\n\n"))), outlet)
    return None if own.borrowed else _reading(entry, title, names, own, _Text(safe, words, headings, figures))


def _in_lines(elements: Sequence[html.HtmlElement]) -> bool:
    """Whether the lines of the clean text are the blocks that credit would find on the page, so it may read those.

    Nothing is left out of them but figures, and nothing that parted words is gone: a figure or an empty block parts
    them only where something else does as well.
    """
    return _IN_LINES.issuperset(element.tag for element in elements if isinstance(element.tag, str)) and not any(
        _parts_words(element) for element in elements if element.tag in _PARTING
    )


def _parts_words(element: html.HtmlElement) -> bool:
    """Whether words may run on from before to after this element, in one of two ways to look at it."""
    around = element.getparent()
    if around is None or around.tag in _BOXES:
        following = element.getnext()
        alone = not (element.tail or "").strip() and (following is None or following.tag in _PARTING)
        return element.tag == "figure" and not alone
    return element.tag == "figure" or not str(element.text_content()).strip()


def _speaks_of_itself(text: str) -> bool:
    """Whether a text in small letters names a licence or asks for consent, which readers of pages look for."""
    return "creativecommons.org" in text or "cookie" in text


def _is_odd(element: html.HtmlElement) -> bool:
    """Whether an element means something on a page beyond its words, or might be furniture or a heading in disguise."""
    tag = element.tag
    if not isinstance(tag, str):
        return False
    if tag in _ODD_TAGS or "-" in tag or ":" in tag:
        return True
    if tag in _HOLDERS and _is_linked(element):
        return True
    if tag == "br":
        following = element.getnext()
        return following is not None and following.tag == "br" and not (element.tail or "").strip()
    if tag in ("b", "strong") and not (element.tail or "").strip():
        around = element.getparent()
        return around is not None and len(around) <= _FEW and not (around.text or "").strip()
    return _says_oddly(element)


def _says_oddly(element: html.HtmlElement) -> bool:
    """Whether the attributes of an element hide it, mark it or call it something that readers of pages know."""
    names = element.keys()
    if not names:
        return False
    told = " ".join(element.get(name) or "" for name in _NAMING if name in names)
    hides = "style" in names and _UNSEEN.search(element.get("style") or "")
    return bool(hides or not _ODD_ATTRIBUTES.isdisjoint(names) or (told and _TELLING.search(told)))


def _is_linked(element: html.HtmlElement) -> bool:
    """Whether much of a box is words of links: a list of other pieces, perhaps."""
    links = list(element.iter("a"))
    if not links:
        return False
    linked = sum(len(str(link.text_content())) for link in links)
    return linked * 2 > len(str(element.text_content()))


def _only_article(root: html.HtmlElement) -> html.HtmlElement | None:
    """The article, unless broken mark-up in it let something slip out."""
    body = root.find("body")
    if body is None or len(body) != 1 or body[0].tag != "article":
        return None
    return None if (body.text or "").strip() or (body[0].tail or "").strip() else body[0]


def _plain(words: str, headings: Sequence[str], names: Sequence[str], *, whole: bool, quotes: bool) -> bool:
    """Whether a text has no head, no foot, no related list and no note on its author that would be taken out.

    ``whole`` says that a line is a block, so that a short one may be judged; ``quotes`` that some are set apart, which
    might repeat the text.
    """
    lines = words.split("\n\n") if words else []
    if any(says_related(heading) for heading in headings):
        return False
    if len(lines) <= 1:
        return all(_running(line, whole=whole) for line in lines)
    last = lines[-_LAST_LINES:]
    return (
        lines[0] not in headings
        and _running(lines[0], whole=whole)
        and _running(lines[-1], whole=whole)
        and not any(_on_somebody(line, names) for line in last)
        and not any(_seems_a_caption(line) for line in lines)
        and not (quotes and any(len(line) >= _FEWEST_REPEATED and words.count(line) > 1 for line in lines))
    )


def _seems_a_caption(line: str) -> bool:
    """Whether a line ends with a bracket, as captions with a credit do."""
    return len(line) <= _LONGEST_CAPTION and line[-3:].rstrip(".,;!? ")[-1:] in (")", "]")


def _running(line: str, *, whole: bool) -> bool:
    """Whether a line is running text and labels nothing."""
    if len(line) <= _LONGEST_LABEL and (labelled(line) or byline_in(line) or ":" in line[:_LABEL_WITHIN]):
        return False
    return len(line) >= PROSE or (whole and is_prose(line))


def _on_somebody(line: str, names: Sequence[str]) -> bool:
    """Whether a line begins with an author or, where none is named, with what may be a name."""
    folded = line.casefold()
    if names:
        return any(folded.startswith(name.casefold()) for name in names)
    first, _, rest = line.partition(" ")
    return first[:1].isupper() and rest[:1].isupper()


def _figures(page: Page, article: html.HtmlElement) -> tuple[Figure, ...]:
    """The pictures with caption and credit apart; those that are not plainly marked are left to the rules for pages."""
    from syndicate.collect.page_figures import caption_and_credit, figures_of  # noqa: PLC0415 - only where needed

    found = []
    for frame in article.iter("figure", "img"):
        if frame.tag == "img" and next(frame.iterancestors("figure"), None) is not None:
            continue
        picture, text = _plain_figure(frame)
        src = picture_address(page, picture) if picture is not None else ""
        if picture is None or not src:
            return figures_of(page, article, Marks(meta={}, nodes=(), named={}))
        caption, credit = caption_and_credit(text)
        found.append(Figure(src=src, alt=one_line(picture.get("alt") or ""), caption=caption, credit=credit))
    return tuple(dict.fromkeys(found))


def _plain_figure(frame: html.HtmlElement) -> tuple[html.HtmlElement | None, str]:
    """The picture and the words of a figure that holds one of each and nothing else; (None, "") for any other."""
    parts = list(frame.iter("img", "figcaption"))
    if frame.tag != "figure" or [part.tag for part in parts] != ["img", "figcaption"]:
        return None, ""
    picture, caption = parts
    text = " ".join(str(caption.text_content()).split())
    odd = any(
        name.startswith("data-") or (name in ("width", "height") and bool(_PIXEL.match(picture.get(name) or "")))
        for name in map(str, picture.attrib)
    )
    twice = text[: len(text) // 2].strip() == text[len(text) // 2 :].strip()
    inside = "".join(str(frame.text_content()).split()) == "".join(text.split())
    return (picture, text) if text and inside and not odd and not twice else (None, "")


def _names(entry: Entry, outlet: str) -> tuple[str, ...]:
    """The people of the byline; the outlet is none."""
    names = (name for told in entry.authors for name in names_in(told))
    return tuple(dict.fromkeys(name for name in names if name.casefold() != outlet.casefold()))


def _reading(entry: Entry, title: str, names: Sequence[str], provenance: Provenance, text: _Text) -> Reading:
    told = entry.topics or entry.tags
    kind = title_of(entry.type)
    summary = one_line(entry.summary)[:_LONGEST_SUMMARY]
    return Reading(
        url=entry.link,
        title=title,
        provenance=provenance,
        guid=entry.guid,
        authors=tuple(Author(name=name) for name in names),
        published=entry.published,
        updated=entry.updated if entry.updated and entry.updated.parsed else None,
        type=kind,
        topics=tuple(dict.fromkeys(topic for topic in told if topic.casefold() != kind.casefold())),
        language=_language(entry),
        summary=summary,
        body_html=text.safe,
        body_text=text.words,
        headings=text.headings,
        figures=text.figures,
        evidence=tuple(_evidence(entry, names, summary, text.words, text.figures)),
    )


def _language(entry: Entry) -> str:
    """The language tag of the list (BCP 47), as far as it looks like one."""
    tag = entry.language.strip().replace("_", "-")
    return tag if _LANGUAGE.match(tag) else ""


def _evidence(
    entry: Entry, names: Sequence[str], summary: str, words: str, figures: Sequence[Figure]
) -> Iterator[Evidence]:
    """Which rule set each field, in the words of the rules for pages."""
    date = entry.published
    tags = "" if entry.topics and same_set(entry.topics, entry.tags) else ", ".join(entry.tags)
    told = (
        ("title", "title in entry", entry.title),
        ("authors", "authors in entry", ", ".join(entry.authors) if names else ""),
        (
            "published",
            "published in entry" if date and date.parsed else "date not understood",
            date.raw if date else "",
        ),
        ("updated", "updated in entry", entry.updated.raw if entry.updated and entry.updated.parsed else ""),
        ("type", "type in entry", entry.type),
        ("topics", "topics in entry", ", ".join(entry.topics)),
        ("topics", "tags of entry", tags),
        ("summary", "summary in entry", summary),
        ("language", "language in entry", entry.language if _language(entry) else ""),
    )
    for field, rule, raw in told:
        if raw:
            used = not (entry.topics and rule == "tags of entry")
            yield Evidence(field=field, rule=rule, place=entry.place, raw=one_line(raw)[:_LONGEST_RAW], used=used)
    yield Evidence(field="body", rule="marked article", place="page", raw=one_line(words[:200]))
    for figure in figures[:_FIGURES_NOTED]:
        told_of_it = one_line(f"{figure.caption} {figure.credit}")[:_LONGEST_RAW]
        yield Evidence(field="figures", rule="picture", place="text", raw=told_of_it)
