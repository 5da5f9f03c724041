"""What a site puts around and into an article for its own sake: menus, sharing, letters to sign up for, adverts.

Judged by what an element is, by the words that sites everywhere use for classes, by its links, and by what its words
ask for. Used by ``page_parts``.
"""

# ruff: noqa: RUF001 - signs of all scripts and dashes of all lengths stand on pages

from __future__ import annotations

import re

from lxml import html

from syndicate.collect.page_blocks import Block, drop, said_by, vocabulary

_FURNITURE = frozenset(
    """
    script style noscript template iframe object embed nav aside form button select textarea input svg canvas dialog
    menu audio video
    """.split()  # noqa: SIM905 - words read better as words
)
_NO_BOXES = _FURNITURE - {"aside"}
_ROLES = frozenset({"navigation", "search", "dialog", "alert", "alertdialog", "contentinfo", "menu", "menubar"})
_FURNISHED = vocabulary(
    r"share|sharing|social|newsletter|sign-?up|subscribe|subscription|comments?|respond|disqus|cookies?|consent|gdpr|"
    r"breadcrumbs?|promos?|adverts?|advertisement|ads?|sponsored|sidebar|toolbar|pagination|pager|recommended|"
    r"recommendations?|trending|popular|most-read|read-?more|more-from|you-may|skip-link|print-only|sr-only|navigation|"
    r"visually-hidden|screen-reader-text|popup|modal|paywall|donate|donation|navbar|nav|menu|colophon|site-footer|"
    r"pull-?quote|audio-?player|listen"
)
_ABOUT = vocabulary(
    r"bios?|biograph(?:y|ie)|about-(?:the-)?authors?|author(?:s|-\w+)?|contributors?|byline|meta|metadata|info|details|"
    r"facts|editors?-?note|note|licen[sc]e|dateline|published"
)
_COMMENT = vocabulary(r"(?:div-)?comments?|reply|trackback|pingback")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_COOKIES = re.compile(
    r"\b(?:we|this (?:site|website)|wir|diese (?:seite|website)|nous|ce site|utilizamos|usamos|este sitio)\b"
    r".{0,60}\bcookies?\b|"
    r"\bcookies?\b.{0,80}\b(?:accept|agree|consent|akzeptieren|accepter|aceptar)",
    re.IGNORECASE,
)
_ROOTS = frozenset({"html", "body", "main"})
_MOSTLY = 10
_LONGEST_BOX = 4000
_LINKED_SHARE = 0.7
_FEWEST_LINKS = 4
_LONGEST_ASKING = 600
_PARTS_OF_ASKING = 4
_AROUND_FORMS = frozenset({"div", "section", "aside", "p", "td", "li", "fieldset", "header", "center"})
_ASKING = re.compile(
    r"\b(?:e-?mail|newsletter|inbox|subscri(?:be|ption)|sign\s?up|our\s+letter|search|abonni|abonnez|suscr|assine|"
    r"anmelden|inscri)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^\W*(?:advertise?ment|advertisement\s*[-–—].{0,40}|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|"
    r"(?:story|article)\s+continues\s+(?:below|after).{0,40}|continue\s+reading.{0,30}|scroll\s+to\s+continue|"
    r"share(?:\s+this(?:\s+\w+)?)?|teilen|partager|compartir|print(?:\s+this)?(?:\s+(?:page|article))?|drucken|imprimer|"
    r"listen(?:\s+to\s+this\s+\w+)?|back\s+to\s+top|table\s+of\s+contents|skip\s+to\s+\w+(?:\s+content)?|"
    r"download\s+(?:the\s+)?pdf|enlarge(?:\s+this)?(?:\s+image)?|view\s+(?:larger|gallery)|"
    r"\d{1,3}\s*(?:min(?:ute)?s?(?:\s+read)?|min\.\s+lesezeit|minuten))\W*$",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"^\W*(?:share|teilen|partager|compartir|follow)\b.{0,20}[:：].*\b(?:facebook|twitter|linkedin|e-?mail|whatsapp)\b",
    re.IGNORECASE,
)
_LONGEST_LINE = 160


def unfurnished(root: html.HtmlElement) -> list[html.HtmlElement]:
    """Remove what is never the article, wherever it stands; what may tell of the article is given back."""
    aside: list[html.HtmlElement] = []
    for form in list(root.iter("form")):
        if _wraps_the_article(form):
            form.tag = "div"  # some systems put the whole page into one
        elif (box := _asking_box(form)) is not None:
            drop(box)
    for element in list(root.iter()):
        if element is root or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or element.tag in _FURNITURE or _is_furniture(element):
            if isinstance(element.tag, str) and _may_tell(element):
                aside.append(element)
            drop(element)
    return aside


def _asking_box(form: html.HtmlElement) -> html.HtmlElement | None:
    """The box around a form that asks for an address or a search, with the words that ask for it."""
    own = len(str(form.text_content()).strip())
    for box in form.iterancestors():
        words = str(box.text_content()).strip()
        parts = sum(1 for _ in zip(box, range(_PARTS_OF_ASKING + 1), strict=False))
        if box.tag not in _AROUND_FORMS or len(words) > _LONGEST_ASKING or _wraps_the_article(box):
            return None
        if len(words) > own:
            return box if parts <= _PARTS_OF_ASKING and _ASKING.search(f"{words} {_hints(form)}") else None
    return None


def _hints(form: html.HtmlElement) -> str:
    """What the fields of a form say that they are for."""
    fields = form.iter("input", "button")
    return " ".join(field.get(name) or "" for field in fields for name in ("type", "placeholder", "value", "name"))


def _may_tell(element: html.HtmlElement) -> bool:
    """Whether a box that is not part of the text may say who wrote it, when, and of what type it is."""
    if element.tag in _NO_BOXES or len(element.text_content()) > _LONGEST_BOX:
        return False
    if any(True for _ in element.iterancestors("nav", "footer", "form")):
        return False
    return element.tag == "aside" or bool(_ABOUT.search(said_by(element)))


def _is_furniture(element: html.HtmlElement) -> bool:
    if element.tag in _ROOTS:
        return False
    if element.tag == "footer":
        return not any(True for _ in element.iterancestors("article", "main", "section"))
    if "hidden" in element.attrib or element.get("aria-hidden") == "true" or _UNSEEN.search(element.get("style") or ""):
        return True
    if element.get("role") in _ROLES:
        return not _wraps_the_article(element)
    if element.tag in ("ul", "ol", "div", "section", "p", "header") and _links_only(element):
        return True
    said = said_by(element).strip()
    return bool(said and _FURNISHED.search(said)) and not _wraps_the_article(element)


def _links_only(element: html.HtmlElement) -> bool:
    """Whether a box is a menu: several links, and hardly a word besides."""
    links = [link for link, _ in zip(element.iter("a"), range(400), strict=False)]
    if len(links) < _FEWEST_LINKS or next(element.iter("h1", "article", "time"), None) is not None:
        return False
    linked = sum(len(str(link.text_content()).strip()) for link in links)
    return linked >= _LINKED_SHARE * len("".join(str(element.text_content()).split())) and linked > 0


def _wraps_the_article(element: html.HtmlElement) -> bool:
    """Whether an element with a telling class holds everything all the same (``<div class="has-sidebar">``)."""
    if element.tag == "article" or next(element.iter("h1", "main"), None) is not None:
        return True
    if any(not _COMMENT.search(said_by(article)) for article in element.iter("article")):
        return True
    return sum(1 for _ in zip(element.iter("p"), range(_MOSTLY + 1), strict=False)) > _MOSTLY


def without_notices(blocks: list[Block]) -> list[Block]:
    """Blocks without those that ask about cookies, and without lines that only serve the site."""
    asking = [block for block in blocks if not block.framed and is_notice(block.text)]
    for block in asking:
        if block.node.getparent() is not None:
            drop(block.node)
    gone = set(asking)
    return [block for block in blocks if block not in gone]


def is_notice(text: str) -> bool:
    """Whether a line or a paragraph only serves the site: an advert's label, sharing, a question about cookies."""
    if len(text) <= _LONGEST_LINE and (_ALONE.match(text) or _SHARING.match(text)):
        return True
    return len(text) < _LONGEST_ASKING and bool(_COOKIES.search(text))
