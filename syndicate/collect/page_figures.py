"""Pictures with caption and credit apart, however a page puts the words under a picture.

They may stand in a ``figcaption``, in a box with a telling class, in attributes, in a plain paragraph after the
picture, or in what the page tells machines. What is found becomes a ``figure`` of the text and is no paragraph of it.
"""

# ruff: noqa: RUF001 - signs of all scripts and dashes of all lengths stand on pages

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from lxml import html

from syndicate.collect.clean import picture_address
from syndicate.collect.page_blocks import HEADINGS, Block, blocks_of, drop, said_by, vocabulary, words_in
from syndicate.collect.page_marks import Marks
from syndicate.collect.words import one_line
from syndicate.domain.publication import Figure
from syndicate.markup.page import Page, visible_text

_MOST_FIGURES = 100
_LONGEST_CAPTION = 600
_LONGEST_NEXT = 400
_LONGEST_CREDIT = 150
_CREDIT_GROUP = re.compile(r"[(\[]([^()\[\]]{2,150})[)\]]\W*$")
_CREDIT_SIGN = re.compile(
    r"/|©|(?i:\b(?:photo(?:graph)?|image|picture|courtesy|credits?|foto|bild|crédits?|illustration|graphic|source|quelle)\b)|"
    r"\b(?:via|AP|AFP|Reuters|Getty|EPA|dpa|Shutterstock|iStock|Flickr|Unsplash|Wikimedia|CC BY(?:-\w+)*)\b"
)
_STRONG_GROUP = re.compile(
    r"[(\[](?:(?:photo|image|foto|bild|picture|illustration|courtesy|credit|crédit)\b[^()\[\]]{2,120}|"
    r"[A-Z][\w.'’-]+(?:\s[\w.'’-]+){0,5}\s?/\s?[A-Z][^()\[\]]{1,80})[)\]]\W*$",
    re.IGNORECASE,
)
_CREDIT_LABEL = re.compile(
    r"(?:^|(?<=[.!?\s|,;:–—-]))(?:(?:photo|image|picture|foto|bild)?\s?(?:credits?|nachweis|rechte)|photo(?:graph(?:y|ie)?|s)?|image|foto(?:grafie)?|"
    r"bild|picture|illustration|graphic|crédits?\s?(?:photos?)?|source|quelle|фото|صورة|الصورة|写真)\s*"
    r"(?:[:：]|\b(?:by|von|par|de|courtesy\s+of)\b)\s*(\S.{1,120})$|[©]\s*(\S.{1,120})$|\b((?:photo\s+)?courtesy\s+of\s+\S.{1,120})$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:©|\(c\))?\s*(?:19|20)\d\d\s+")
_CAPTION = vocabulary(
    r"(?:wp-)?captions?|caption-?text|legend|figcaption|image-?text|photo-?text|img-?desc(?:ription)?|bu|bildunterschrift|légende"
)
_CREDIT = vocabulary(
    r"(?:image-?|photo-?)?credits?|credit-?text|copyright|photographer|image-?source|rights|attribution"
)
_CREDIT_ATTRIBUTES = ("data-credit", "data-copyright", "data-photographer", "data-source", "data-attribution")
_FRAMES = vocabulary(r"figure|image|picture|photo|media|wp-caption|img|foto|bild|illustration|hero")


def figures_of(page: Page, body: html.HtmlElement, marks: Marks) -> tuple[Figure, ...]:
    """The article's pictures, each once. Changes ``body``: captions outside figures move into one, doubles go."""
    blocks = blocks_of(body)
    for picture in list(body.iter("img"))[:_MOST_FIGURES]:
        if _shown(page, picture):
            _frame(picture, body, blocks)
    _frame_lone_captions(body, blocks)
    told = list(_told(page, marks))
    found = [figure for frame in list(body.iter("figure", "img")) for figure in _read(page, frame, told)]
    known = {_file(figure.src) for figure in found}
    more = (figure for figure in told if figure.caption and _file(figure.src) not in known and not _said(found, figure))
    return tuple(dict.fromkeys((*found, *more)))[:_MOST_FIGURES]


def caption_and_credit(text: str) -> tuple[str, str]:
    """The words under a picture, taken apart: the photographer's credit is the last bracket or follows a label."""
    group = _CREDIT_GROUP.search(text)
    if group and _CREDIT_SIGN.search(group[1]):
        return text[: group.start()].strip(), _credit(group[1])
    label = _CREDIT_LABEL.search(text)
    if label:
        return text[: label.start()].strip(" |\u2013\u2014-(["), _credit(next(part for part in label.groups() if part))
    return text.strip(), ""


def _credit(text: str) -> str:
    """A credit without its label, year and brackets; "Photo by" stays where it was all that the bracket held."""
    bare = _YEAR.sub("", text.strip(" ()[]|")).strip()
    label = re.match(
        r"^(?:(?:photo|image|picture)?\s?credits?|photo|image|foto|bild|credit)\s*[:：]\s*(\S.*)$", bare, re.IGNORECASE
    )
    return (label[1] if label else bare).lstrip("© ").strip()


def _shown(page: Page, picture: html.HtmlElement) -> bool:
    pixel = picture.get("width") in ("0", "1") or picture.get("height") in ("0", "1")
    return bool(picture_address(page, picture)) and not pixel


def _frame(picture: html.HtmlElement, body: html.HtmlElement, blocks: Sequence[Block]) -> None:
    """See to it that a picture stands in a figure with its caption."""
    figure = next(picture.iterancestors("figure"), None)
    if figure is not None:
        if next(figure.iter("figcaption"), None) is None and not _words(figure):
            _take_next(figure, body, blocks)
        return
    box = picture_box(picture, body)
    box = _shared_paragraph(picture) if box is None else box
    if box is not None:
        box.tag = "figure"
        return
    holder = picture
    around = holder.getparent()
    while around is not None and around is not body and not _words(around):
        if len(list(around.iter("img"))) > 1:
            break
        holder, around = around, around.getparent()
    figure = html.Element("figure")
    figure.tail, holder.tail = holder.tail, None
    if holder.getparent() is None or holder is body:
        return
    holder.addprevious(figure)
    figure.append(holder)
    _take_next(figure, body, blocks)


def picture_box(picture: html.HtmlElement, body: html.HtmlElement) -> html.HtmlElement | None:
    """The box around a picture and its caption, if a class says that it is one."""
    for box in picture.iterancestors("div", "span", "p", "td", "a", "section"):
        if box is body:
            return None
        words = _words(box)
        if len(words) > _LONGEST_CAPTION or next(box.iter(*HEADINGS), None) is not None:
            return None
        named = any(
            isinstance(n.tag, str) and (_CAPTION.search(said_by(n)) or _CREDIT.search(said_by(n))) for n in box.iter()
        )
        if words and (named or (_FRAMES.search(said_by(box)) and box.tag != "section")):
            return box
    return None


def _shared_paragraph(picture: html.HtmlElement) -> html.HtmlElement | None:
    """A paragraph that begins with a picture and goes on with what is said of it, down to the credit."""
    holder = next(picture.iterancestors("p"), None)
    if holder is None or (holder.text or "").strip() or len(list(holder.iter("img"))) > 1:
        return None
    words = _words(holder).replace("\n", " ")
    before = next((node for node in holder.iter() if node is picture or (node is not holder and node.text)), None)
    return holder if before is picture and words and _reads_as_caption(words) else None


def _reads_as_caption(text: str) -> bool:
    """Whether a text ends with a photographer's credit."""
    label = _CREDIT_LABEL.search(text)
    credited = _STRONG_GROUP.search(text) or (label and len(text) - label.start() <= _LONGEST_CREDIT)
    return len(text) <= _LONGEST_NEXT and bool(credited)


def _take_next(figure: html.HtmlElement, body: html.HtmlElement, blocks: Sequence[Block]) -> None:
    """Take the block after a picture as its caption where it reads like one, and the next as its credit."""
    following = _blocks_after(figure, blocks)
    for block in following[:2]:
        if block.framed or not _is_caption(block) or block.node is body or block.node.getparent() is None:
            return
        _move(block, figure)
        if caption_and_credit(block.text)[1]:
            return


def _blocks_after(figure: html.HtmlElement, blocks: Sequence[Block]) -> list[Block]:
    """The blocks after a picture; the row was made before the figure was, so places are looked up in the tree."""
    following: list[Block] = []
    known = {block.node: block for block in blocks}
    for node in _after(figure):
        if node in known:
            following.append(known[node])
        elif node.tag in ("img", "figure"):
            break
        if len(following) > 1:
            break
    return following


def _after(node: html.HtmlElement) -> Iterator[html.HtmlElement]:
    current: html.HtmlElement | None = node
    while current is not None:
        following = current.getnext()
        while following is not None:
            yield from following.iter()
            following = following.getnext()
        current = current.getparent()


def _is_caption(block: Block) -> bool:
    text = block.text
    if block.node.tag in HEADINGS or len(text) > _LONGEST_NEXT:
        return False
    said = " ".join(said_by(node) for node in (block.node, *block.node.iterchildren()) if isinstance(node.tag, str))
    if _CAPTION.search(said) or _CREDIT.search(said):
        return True
    if _reads_as_caption(text):
        return True
    return _all_in(block.node, "em", "i", "small") and len(text) <= _LONGEST_NEXT // 2


def _all_in(node: html.HtmlElement, *tags: str) -> bool:
    """Whether all words of a block stand in one inline element."""
    return len(node) == 1 and node[0].tag in tags and not (node.text or "").strip() and not (node[0].tail or "").strip()


def _move(block: Block, figure: html.HtmlElement) -> None:
    """Put a block into a figure, as its caption."""
    caption = next(iter(figure.iter("figcaption")), None)
    if caption is None:
        caption = html.Element("figcaption")
        figure.append(caption)
        caption.text = block.text
    else:
        caption.text = f"{words_in(caption)} {block.text}"
    drop(block.node)


def _frame_lone_captions(body: html.HtmlElement, blocks: Sequence[Block]) -> None:
    """A paragraph that is a caption by its credit, its picture left out; and a caption that stands twice."""
    seen = {words_in(caption) for caption in body.iter("figcaption")}
    for block in blocks:
        node = block.node
        if block.framed or node is body or node.getparent() is None or node.tag not in ("p", "div", "span", "em"):
            continue
        if next(node.iterancestors("figure"), None) is not None:
            continue
        if block.text in seen and len(block.text) <= _LONGEST_CAPTION:
            drop(node)
        elif len(block.text) <= _LONGEST_NEXT and (_STRONG_GROUP.search(block.text) or _CAPTION.search(said_by(node))):
            figure = html.Element("figure")
            node.addprevious(figure)
            _move(block, figure)
            seen.add(block.text)


def _words(box: html.HtmlElement) -> str:
    return " ".join(visible_text(box).split())


def _read(page: Page, frame: html.HtmlElement, told: Sequence[Figure]) -> Iterator[Figure]:
    """A figure with its one picture or several; a bare picture is one too."""
    if frame.tag == "img":
        if next(frame.iterancestors("figure"), None) is None and _shown(page, frame):
            yield _described(page, frame, "", "", told)
        return
    if next(frame.iterancestors("figure"), None) is not None:
        return
    caption, credit = _texts(frame)
    pictures = [picture for picture in frame.iter("img") if _shown(page, picture)]
    if pictures:
        for picture in pictures:
            yield _described(page, picture, caption, credit, told)
    elif (caption or credit) and next(frame.iter("table", "blockquote", "pre"), None) is None:
        yield Figure(src="", caption=caption, credit=credit)


def _texts(frame: html.HtmlElement) -> tuple[str, str]:
    """Caption and credit: the credit has an element or an attribute of its own, or is told by its form."""
    marked = [
        node
        for node in frame.iter()
        if isinstance(node.tag, str) and node is not frame and _CREDIT.search(said_by(node))
    ]
    credit = next((words for node in marked if (words := _words(node)) and len(words) <= _LONGEST_CREDIT), "")
    text = " ".join(words for inner in frame.iter("figcaption") if (words := _words(inner))) or _words(frame)
    if credit and credit in text:
        text = " ".join(text.replace(credit, " ", 1).split()).strip(" ()[]|/\u2013\u2014-")
        split = caption_and_credit(credit)
        return said_once(text), split[1] or _credit(credit)
    caption, found = caption_and_credit(said_once(text))
    if not found and next(frame.iter("figcaption"), None) is not None:
        found = _beside_caption(frame)
    given = next(
        (
            v
            for node in frame.iter()
            for name in _CREDIT_ATTRIBUTES
            if isinstance(node.tag, str) and (v := node.get(name))
        ),
        "",
    )
    return caption, _credit(credit) or found or _credit(one_line(given))


def _beside_caption(frame: html.HtmlElement) -> str:
    """A credit that stands in the figure but not in its caption."""
    told = {line for caption in frame.iter("figcaption") for line in visible_text(caption).split("\n")}
    rest = [line for line in visible_text(frame).split("\n") if line not in told]
    return next((_credit(line) for line in rest if len(line) <= _LONGEST_CREDIT and _CREDIT_SIGN.search(line)), "")


def said_once(text: str) -> str:
    """A caption that stands twice in a row, once."""
    middle = len(text) // 2
    return text[:middle].strip() if text[:middle].strip() and text[:middle].strip() == text[middle:].strip() else text


def _described(page: Page, picture: html.HtmlElement, caption: str, credit: str, told: Sequence[Figure]) -> Figure:
    """A picture with what stands under it, completed by its attributes and by what machines are told."""
    src = picture_address(page, picture)
    machine = next((figure for figure in told if _file(figure.src) == _file(src)), Figure(src=src))
    given = next((value for name in _CREDIT_ATTRIBUTES if (value := picture.get(name))), "")
    caption = caption or one_line(picture.get("data-caption") or "")
    return Figure(
        src=src,
        alt=one_line(picture.get("alt") or "") or machine.alt,
        caption=caption or machine.caption,
        credit=credit or _credit(one_line(given)) or machine.credit,
    )


def _told(page: Page, marks: Marks) -> Iterator[Figure]:
    """What machines are told of the article's pictures (schema.org ImageObject)."""
    for key in ("image", "associatedMedia", "primaryImageOfPage"):
        for _, node in marks.things(key):
            texts = {
                name: _text(node.get(name)) for name in ("contentUrl", "url", "caption", "creditText", "alternateName")
            }
            caption, credit = caption_and_credit(one_line(texts["caption"]))
            src = page.absolute(texts["contentUrl"] or texts["url"])
            given = _credit(
                one_line(texts["creditText"] or _text(node.get("author")) or _text(node.get("copyrightHolder")))
            )
            yield Figure(src=src, alt=one_line(texts["alternateName"]), caption=caption, credit=given or credit)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or ""
    return value if isinstance(value, str) else ""


def _file(src: str) -> str:
    """A picture by its file's name: the same one comes in several sizes from several hosts."""
    name = unquote(urlsplit(src).path).rpartition("/")[2].lower()
    return re.sub(r"[-_]?\d{2,5}x\d{2,5}(?=\.)|(?:-scaled|@2x)(?=\.)", "", name)


def _said(found: Sequence[Figure], figure: Figure) -> bool:
    return any(figure.caption == other.caption for other in found)
