"""Selectors that last: what an element is and what its classes mean, before where it stands.

A class that a build step made up, that counts, or that tells a passing state, will be another one next month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

_PLAIN = re.compile(r"^[A-Za-z][A-Za-z_-]{1,48}$")
_MADE_UP = re.compile(r"^(?:css|sc|jsx|jss|svelte|chakra|mui|styled|astro|tw)-|__(?=[A-Za-z]*[A-Z])[A-Za-z]{5,8}$")
_PASSING = re.compile(
    r"^(?:is|has|js|no|was|u|mt|mb|ml|mr|mx|my|pt|pb|pl|pr|px|py|w|h|text|bg|font|flex|grid|col|row|gap|order)-|"
    r"^wp-(?:container|elements|image|theme)|^(?:category|tag|author|format|status)-|"
    r"^(?:active|current|selected|open|opened|closed|hidden|visible|show|shown|first|last|odd|even|new|loaded|lazy|"
    r"lazyload(?:ed)?|clearfix|row|col|columns?|grid|flex|block|inline|container|wrapper|inner|outer|left|right|center|"
    r"animated|sticky|hentry|post|status-publish|format-standard|type-post|has-post-thumbnail|d-flex|small|bold)$|"
    r"(?:^|[_-])(?:active|current|first|last|odd|even|hover|visited|loading|loaded)$",
    re.IGNORECASE,
)
_RANDOM = re.compile(r"[a-z][A-Z].*[a-z][A-Z]|[bcdfghjklmnpqrstvwxz]{6}", re.ASCII)
_TELLING = re.compile(
    r"card|teaser|item|entry|article|story|result|publication|title|headline|heading|date|time|author|byline|summary|"
    r"excerpt|dek|topic|tag|categor|type|kicker|label|next",
    re.IGNORECASE,
)
_TAG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_MARKED = ("itemprop", "rel", "property")
_VALUE = re.compile(r"^[A-Za-z][A-Za-z:_-]{1,40}$")
_SPEAKING = frozenset({"article", "time", "h1", "h2", "h3", "h4", "h5", "h6", "address", "figcaption", "main"})
_MOST_CLASSES = 12


def lasting_classes(element: html.HtmlElement) -> tuple[str, ...]:
    """The classes that can be relied upon, those whose name tells something first."""
    names = (element.get("class") or "").split()[: 4 * _MOST_CLASSES]
    kept = dict.fromkeys(name for name in names if _lasts(name))
    return tuple(sorted(kept, key=lambda name: not _TELLING.search(name)))[:_MOST_CLASSES]


def _lasts(name: str) -> bool:
    return bool(
        _PLAIN.match(name) and not _MADE_UP.search(name) and not _PASSING.search(name) and not _RANDOM.search(name)
    )


def _tag_of(element: html.HtmlElement) -> str:
    """The tag as a selector names it; broken mark-up makes tags of what no selector takes."""
    tag = element.tag
    return tag if isinstance(tag, str) and _TAG.fullmatch(tag) else "*"


def own_selectors(element: html.HtmlElement) -> Iterator[str]:
    """Selectors by what the element itself says: its classes, its marks, then its tag where that speaks."""
    tag = _tag_of(element)
    for name in lasting_classes(element):
        yield f".{name}"
        yield f"{tag}.{name}"
    for mark in _MARKED:
        value = (element.get(mark) or "").strip()
        if _VALUE.match(value):
            yield f'{tag}[{mark}="{value}"]'
    if tag in _SPEAKING:
        yield tag


def selectors_inside(element: html.HtmlElement, card: html.HtmlElement) -> Iterator[str]:
    """Ways to find ``element`` inside ``card``, the most lasting first; the place among its like comes last."""
    yield from own_selectors(element)
    tag = _tag_of(element)
    for around in _between(element, card):
        for outer in own_selectors(around):
            yield f"{outer} {tag}"
    yield tag
    parent = element.getparent()
    if parent is not None and parent is not card:
        yield f"{_tag_of(parent)} > {tag}"
    yield _numbered(element, card)


def _between(element: html.HtmlElement, card: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for around in element.iterancestors():
        if around is card:
            return
        yield around


def selectors_of_cards(card: html.HtmlElement) -> Iterator[str]:
    """Ways to find ``card`` and its like on the whole page, the most lasting first."""
    tag = _tag_of(card)
    for name in lasting_classes(card):
        yield f"{tag}.{name}"
    if tag in _SPEAKING and tag != "article":
        yield tag
    steps = tag
    for around in list(card.iterancestors())[:5]:
        if around.tag in ("body", "html"):
            break
        for outer in _outer(around):
            yield f"{outer} > {steps}"
        steps = f"{_tag_of(around)} > {steps}"
    if tag == "article":
        yield tag
    yield f"main {tag}"
    yield steps


def _outer(element: html.HtmlElement) -> Iterator[str]:
    yield from (f".{name}" for name in lasting_classes(element))
    name = element.get("id") or ""
    if _lasts(name):
        yield f"#{name}"
    if element.tag == "main":
        yield "main"


def _numbered(element: html.HtmlElement, card: html.HtmlElement) -> str:
    """The path by place, for want of anything better."""
    steps: list[str] = []
    for step in (element, *_between(element, card)):
        parent = step.getparent()
        same = [each for each in parent if each.tag == step.tag] if parent is not None else [step]
        place = f":nth-of-type({same.index(step) + 1})" if len(same) > 1 else ""
        steps.append(f"{_tag_of(step)}{place}")
    return " > ".join(reversed(steps))
