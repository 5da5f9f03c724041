"""Words with links in them, written once and read twice: as text and as HTML that says the same."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words; ``link`` is a safe web address or None."""

    words: str
    link: str | None = None


Phrase = tuple[Span, ...]


def text_of(phrase: Phrase) -> str:
    """The words."""
    return "".join(span.words for span in phrase)


def html_of(phrase: Phrase) -> str:
    """The words as HTML: everything escaped, links where there are any."""
    return "".join(_html(span) for span in phrase)


def linked(words: str, part: str, link: str | None) -> Phrase:
    """``words`` with the first ``part`` of them linked; without link or part, plain."""
    name = re.escape(part)
    at = re.search(rf"(?<!\w){name}(?!\w)", words) or re.search(name, words)
    if not link or not part or at is None:
        return (Span(words),)
    spans = (Span(words[: at.start()]), Span(part, link), Span(words[at.end() :]))
    return tuple(span for span in spans if span.words)


def filled(template: str, **parts: Phrase) -> Phrase:
    """``template`` with its ``{names}`` replaced by phrases, in the order they stand there."""
    spans: list[Span] = []
    rest = template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        spans += [Span(before)] if before else []
        spans += parts[name]
    return (*spans, Span(rest)) if rest else tuple(spans)


def _html(span: Span) -> str:
    words = html.escape(span.words, quote=False)
    return f'<a href="{html.escape(span.link, quote=True)}">{words}</a>' if span.link else words
