"""Which declarations hold for an element of a finished letter: its style attribute, its old attributes, ``<style>``.

Read by ``sight``. A letter looks different on a telephone, in a dark room and in clients that mark the body, so each
condition (``@media ...``, an attribute a client sets) is kept apart and can be looked at alone or with all others.
This reads the small CSS that letters are written in; where it cannot follow a selector it takes it to match
everything, which makes the seal stricter and never milder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import cssselect
from lxml import etree, html

ALWAYS = ""
"""The condition of rules outside any ``@media``."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SEMICOLON = re.compile(r";(?![^(]*\))")
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_CLIENT = re.compile(r"\[(data-ogs[cb])\]\s*")
_PSEUDO = re.compile(r"::?(?!not\()[a-z-]+(\([^)]*\))?", re.IGNORECASE)
_UNCONDITIONAL_MEDIA = ("", "all", "screen")

Declarations = Mapping[str, str]
Weight = tuple[bool, tuple[int, int, int], int]


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations and the condition it stands under."""

    condition: str
    selector: str
    declarations: tuple[tuple[str, str, bool], ...]


@lru_cache(maxsize=4096)
def declarations(style: str) -> tuple[tuple[str, str, bool], ...]:
    """(name, value, whether important) of each declaration, lower case, in order."""
    found = []
    for part in _SEMICOLON.split(style):
        name, colon, value = part.partition(":")
        if colon:
            bare, mark, _ = value.lower().partition("!")
            found.append((name.strip().lower(), " ".join(bare.split()), bool(mark)))
    return tuple(found)


def rules(sheet: str) -> Iterator[Rule]:
    """The rules of a style sheet with their conditions, nested ones joined."""
    yield from _rules(_COMMENT.sub("", sheet), ALWAYS)


def _rules(sheet: str, condition: str) -> Iterator[Rule]:
    for head, body in _blocks(sheet):
        if head.startswith(("@media", "@supports", "@layer", "@container")):
            yield from _rules(body, _joined(condition, head))
        elif not head.startswith("@"):
            for selector in _COMMA.split(head):
                client = _CLIENT.search(selector)
                under = _joined(condition, client[1]) if client else condition
                yield Rule(under, _CLIENT.sub("", selector).strip(), declarations(body))


def _joined(condition: str, head: str) -> str:
    bare = " ".join(head.split())
    if bare.removeprefix("@media").strip() in _UNCONDITIONAL_MEDIA and bare.startswith("@media"):
        return condition
    return f"{condition} {bare}".strip()


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """(what stands before a brace, what stands within) of each outermost block."""
    depth, start, head = 0, 0, ""
    for place, letter in enumerate(sheet):
        if letter == "{":
            if depth == 0:
                head, start = sheet[start:place].rpartition(";")[2].strip(), place + 1
            depth += 1
        elif letter == "}" and depth:
            depth -= 1
            if depth == 0:
                yield head, sheet[start:place]
                start = place + 1


class Styles:
    """The style sheets of one parsed letter, ready to be asked about its elements."""

    def __init__(self, root: html.HtmlElement) -> None:
        """Match every rule once. Keeps the tree, so that elements stay the same objects."""
        self._elements = [element for element in root.iter() if isinstance(element.tag, str)]
        self._matched: dict[html.HtmlElement, list[tuple[Rule, Weight]]] = {}
        self.conditions: list[str] = []
        sheets = [rule for style in root.iter("style") for rule in rules(style.text or "")]
        for order, rule in enumerate(sheets):
            if rule.condition and rule.condition not in self.conditions:
                self.conditions.append(rule.condition)
            specificity, found = _match(root, rule.selector)
            for element in self._elements if found is None else found:
                self._matched.setdefault(element, []).append((rule, (False, specificity, order)))

    def of(self, element: html.HtmlElement, conditions: frozenset[str]) -> Declarations:
        """The declarations that hold for ``element`` where all of ``conditions`` are met."""
        weighed: dict[str, tuple[Weight, str]] = {}
        for name, value in _old_attributes(element):
            weighed[name] = ((False, (-1, 0, 0), 0), value)
        for rule, (_, specificity, order) in self._matched.get(element, ()):
            if rule.condition == ALWAYS or rule.condition in conditions:
                _weigh(weighed, rule.declarations, specificity, order)
        _weigh(weighed, declarations(element.get("style", "")), (1000, 0, 0), 0)
        return {name: value for name, (_, value) in weighed.items()}


def _weigh(
    weighed: dict[str, tuple[Weight, str]],
    found: tuple[tuple[str, str, bool], ...],
    specificity: tuple[int, int, int],
    order: int,
) -> None:
    for name, value, important in found:
        weight = (important, specificity, order)
        if name not in weighed or weighed[name][0] <= weight:
            weighed[name] = (weight, value)


def _old_attributes(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    if "bgcolor" in element.attrib:
        yield "background-color", element.get("bgcolor", "").lower()
    if element.tag == "font" and "color" in element.attrib:
        yield "color", element.get("color", "").lower()


@lru_cache(maxsize=512)
def _compiled(selector: str) -> tuple[tuple[int, int, int], etree.XPath] | None:
    try:
        (parsed,) = cssselect.parse(_PSEUDO.sub("", selector).strip() or "*")
        xpath = cssselect.HTMLTranslator().selector_to_xpath(parsed)
        return parsed.specificity(), etree.XPath(xpath)
    except (cssselect.SelectorError, etree.XPathError, ValueError):
        return None


def _match(root: html.HtmlElement, selector: str) -> tuple[tuple[int, int, int], list[html.HtmlElement] | None]:
    """The elements a selector means, without its pseudo-classes; None for all, where it cannot be read."""
    compiled = _compiled(selector)
    if compiled is None:
        return (1000, 0, 0), None
    specificity, xpath = compiled
    found = xpath(root)
    return specificity, [element for element in found if isinstance(element, html.HtmlElement)] if isinstance(
        found, list
    ) else []
