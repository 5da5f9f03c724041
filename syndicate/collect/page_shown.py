"""A text that machines are given and people are not yet shown, put where a reader of pages looks for it.

Apps draw their article from a script, and some pages put theirs into JSON-LD alone. Such a text becomes an article of
the page before anything reads it, so that provenance, figures and related pieces are found in it like in any other.
"""

from __future__ import annotations

from html import escape

from lxml import html

from syndicate.collect.page_marks import Marks
from syndicate.collect.page_state import as_html
from syndicate.markup.page import Page, parse_page

_LEAST = 250
_SAMPLE = 60


def shown(page: Page, marks: Marks) -> None:
    """Add the text of the app's state, or of JSON-LD, to the page's body where its words are not there already."""
    text = marks.story.text if marks.story else ""
    related = marks.story.related if marks.story else ""
    if not text:
        told = next((values[0] for place, values in marks.texts("articleBody") if place.startswith("JSON-LD")), "")
        text = as_html(_lines(marks) or told) if len(told) >= _LEAST else ""
    if not text:
        return
    article = next(
        parse_page(f"<main><article>{_heading(marks)}{text}</article>{related}</main>", page.url).root.iter("main")
    )
    body = next(iter(page.root.iter("body")), None)
    if body is not None and not _is_there(body, article):
        body.append(article)


def _heading(marks: Marks) -> str:
    title = next((values[0] for _, values in marks.texts("headline")), "")
    return f"<h1>{escape(title)}</h1>" if title else ""


def _lines(marks: Marks) -> str:
    """The text of JSON-LD as it was written, with its line breaks."""
    for place, node in marks.nodes:
        told = node.get("articleBody")
        if place == "JSON-LD" and isinstance(told, str):
            return told
    return ""


def _is_there(body: html.HtmlElement, article: html.HtmlElement) -> bool:
    """Whether a sample from the middle of the text stands in the page's visible words."""
    wanted = "".join(str(article.text_content()).split())
    sample = wanted[len(wanted) // 2 :][:_SAMPLE]
    seen = "".join(
        text
        for text in body.xpath(
            ".//text()[not(parent::script or parent::style or parent::noscript or parent::template)]"
        )
    )
    return sample in "".join(seen.split())
