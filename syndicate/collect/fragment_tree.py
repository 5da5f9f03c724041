"""An entry's mark-up that has to be mended or tidied first, read as a tree; for what is not plain but is no page.

Called by ``quick`` where ``fragment`` gave up. An entry is a fragment: most have no furniture, no head and no foot, so
one look at the tree is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree, html

from syndicate.collect.clean import is_pixel, picture_address, safe_html, words_of
from syndicate.collect.fragment import Fragment
from syndicate.collect.fragment_attributes import tells
from syndicate.collect.page_figures import caption_and_credit, figures_of, said_once
from syndicate.collect.page_marks import Marks
from syndicate.collect.words import one_line
from syndicate.domain.provenance import Provenance
from syndicate.domain.publication import Figure
from syndicate.markup.page import Page, parse_page

_FEW = 2
_ODD_TAGS = frozenset(
    """
    html head body main article header footer nav aside form fieldset dialog menu h1 title meta link base picture
    address time center details summary legend hgroup caption table
    """.split()  # noqa: SIM905 - words read better as words
)
_ODD_ATTRIBUTES = frozenset({"hidden", "aria-hidden", "itemprop", "property", "role"})
_HOLDERS = frozenset({"ul", "ol", "dl", "div", "section", "p", "blockquote"})
_BOXES = frozenset({"article", "div", "section"})
_PARTING = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "figure", *_BOXES}
)
_IN_LINES = _PARTING | frozenset("html body figcaption img br a em strong b i u s span small sub sup q cite".split())  # noqa: SIM905 - words read better as words


def tree_of(text: str, url: str, credit: Callable[[Page], Provenance]) -> tuple[Fragment, Provenance | None] | None:
    """``text``, which stands at ``url``, tidied; None where it is like a page.

    Its provenance stands beside it where ``credit`` has to see the tree, which is not kept.
    """
    page = parse_page(f"<html><body><article>{text}</article></body></html>", url)
    alive = list(page.root.iter())  # lxml makes an object for each element anew unless somebody holds it
    article = _only_article(page.root)
    if article is None or _is_linked(article) or any(_is_odd(element) for element in alive[3:]):
        return None
    own = None if _in_lines(alive) else credit(page)
    if "<!" in text or "<?" in text:
        etree.strip_tags(article, etree.Comment, etree.ProcessingInstruction)
    figures = _figures(page, article) if "<img" in text or "<fig" in text else ()
    safe = safe_html(page, article)
    del alive
    words, headings = words_of(safe)
    found = Fragment(
        safe=safe,
        lines=words.split("\n\n") if words else [],
        headings=list(headings),
        figures=list(figures),
        broken="<br" in safe,
        quoted="<blockquote" in safe,
    )
    return found, own


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
    return any(name in _ODD_ATTRIBUTES or tells(name, value) for name, value in element.items())


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


def _figures(page: Page, article: html.HtmlElement) -> tuple[Figure, ...]:
    """The pictures with caption and credit apart; those that are not plainly marked are left to the rules for pages."""
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
    odd = is_pixel(picture) or any(name.startswith("data-") for name in map(str, picture.attrib))
    inside = "".join(str(frame.text_content()).split()) == "".join(text.split())
    return (picture, text) if text and inside and not odd and text == said_once(text) else (None, "")
