"""What a person sees of a part of a finished letter: its visible words and links, and why the rest is not seen.

The seal asks this of every credit, under every condition a style sheet knows. Strict on purpose: what might be
unseen counts as unseen. Positioned, transformed, clipped and filtered text has no place in a credit, and a colour
that cannot be read here is not trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import html

from syndicate.render.colour import BLACK, WHITE, Colour, contrast, read_colour
from syndicate.render.stylesheet import Declarations, Styles

SMALLEST_PIXELS = 9.0
LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3: what small text needs."""

_ROOT_PIXELS = 16.0
_FAR = 50.0
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|ex|ch|%|vw|vh|)")
_SIZE_IN_FONT = re.compile(r"(?<![\w#.-])(\d*\.?\d+(?:px|pt|em|rem|%))")
_PIXELS_PER = {"px": 1.0, "pt": 4 / 3, "": 1.0, "vw": 3.75, "vh": 6.0, "rem": _ROOT_PIXELS}
_SIZE_WORDS = {"medium": 16.0, "large": 18.0, "x-large": 24.0, "small": 13.0, "x-small": 10.0, "xx-small": 9.0}
_BREAKING_TAGS = frozenset({"br", "p", "div", "td", "li", "h1", "h2", "h3", "h4", "blockquote"})
_UNSEEN_TAGS = frozenset({"style", "script", "head", "title", "template", "noscript", "textarea", "select", "option"})


@dataclass(frozen=True, slots=True)
class Seen:
    """The visible words of an element, its links that carry visible words, and the reasons why others are unseen."""

    words: str
    links: frozenset[str]
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Light:
    """What an element hands down to what stands in it."""

    hidden: str = ""
    invisible: bool = False
    ink: Colour | None = BLACK
    ground: Colour | None = WHITE
    pixels: float = _ROOT_PIXELS
    link: str = ""

    def trouble(self) -> str:
        """Why text standing here is unseen, or an empty string."""
        if self.hidden:
            return self.hidden
        if self.invisible:
            return "visibility"
        if self.pixels < SMALLEST_PIXELS:
            return f"font-size {self.pixels:g}px"
        if self.ink is None or self.ground is None:
            return "a colour or background other than opaque #rrggbb"
        ratio = contrast(self.ink, self.ground)
        return f"contrast {ratio:.1f}:1" if ratio < LEAST_CONTRAST else ""


class Sight:
    """One letter under one set of conditions."""

    def __init__(self, styles: Styles, conditions: frozenset[str]) -> None:
        """What ancestors hand down is worked out once for each."""
        self._styles = styles
        self._conditions = conditions
        self._lights: dict[html.HtmlElement, _Light] = {}

    def look(self, element: html.HtmlElement, leaving_out: str | None = None) -> Seen:
        """What is seen of ``element`` where it stands, but for elements whose id begins with ``leaving_out``."""
        words: list[str] = []
        links: set[str] = set()
        unseen: list[str] = []
        for text, light in self._texts(element, leaving_out):
            trouble = light.trouble() if text.strip() else ""
            if trouble:
                unseen.append(trouble)
                continue
            words.append(text)
            if light.link and text.strip():
                links.add(light.link)
        return Seen(words=" ".join("".join(words).split()), links=frozenset(links), unseen=tuple(dict.fromkeys(unseen)))

    def _texts(self, element: html.HtmlElement, leaving_out: str | None) -> Iterator[tuple[str, _Light]]:
        """Every text below ``element`` with the light it stands in, in reading order; comments are passed over."""
        if not isinstance(element.tag, str) or element.tag in _UNSEEN_TAGS:
            return
        if leaving_out and element.get("id", "").startswith(leaving_out):
            return
        light = self._light(element)
        yield " " if element.tag in _BREAKING_TAGS else "", light
        yield element.text or "", light
        for child in element:
            yield from self._texts(child, leaving_out)
            yield child.tail or "", light

    def _light(self, element: html.HtmlElement) -> _Light:
        if element not in self._lights:
            parent = element.getparent()
            outer = _Light() if parent is None else self._light(parent)
            self._lights[element] = _under(outer, element, self._styles.of(element, self._conditions))
        return self._lights[element]


def _under(light: _Light, element: html.HtmlElement, style: Declarations) -> _Light:
    pixels = _font_pixels(style, light.pixels)
    ink = style.get("-webkit-text-fill-color", style.get("color", "inherit"))
    link = element.get("href") if element.tag == "a" else None
    return replace(
        light,
        hidden=light.hidden or _hidden_by_attribute(element) or _hidden_by_style(style, pixels),
        invisible=_invisible(style, light),
        ink=light.ink if ink in ("inherit", "currentcolor") else read_colour(ink),
        ground=_ground(style, light),
        pixels=pixels,
        link=link if link is not None else light.link,
    )


def _invisible(style: Declarations, light: _Light) -> bool:
    value = style.get("visibility", "inherit")
    return light.invisible if value == "inherit" else value != "visible"


def _ground(style: Declarations, light: _Light) -> Colour | None:
    if style.get("background-image", "none") != "none":
        return None
    value = style.get("background-color") or style.get("background") or "transparent"
    return light.ground if value in ("transparent", "none", "inherit", "initial") else read_colour(value)


def _font_pixels(style: Declarations, inherited: float) -> float:
    """The size of the font; of ``font`` and ``font-size`` the smaller, and 0 where a size cannot be read."""
    given = [style["font-size"]] if "font-size" in style else []
    if "font" in style and style["font"] != "inherit":
        shorthand = _SIZE_IN_FONT.search(style["font"])
        given.append(shorthand[1] if shorthand else "?")
    return min((_one_size(value, inherited) for value in given), default=inherited)


def _one_size(value: str, inherited: float) -> float:
    if value == "inherit":
        return inherited
    if value in _SIZE_WORDS:
        return _SIZE_WORDS[value]
    return _pixels(value, inherited) or 0.0


def _pixels(value: str, pixels: float) -> float | None:
    """A length in pixels at a font of ``pixels``; None where it is none. ``%`` counts against the font."""
    found = _LENGTH.fullmatch(value)
    if not found:
        return None
    number, unit = float(found[1]), found[2]
    if unit == "%":
        return number * pixels / 100
    return number * _PIXELS_PER.get(unit, pixels if unit == "em" else pixels / 2)


def _hidden_by_attribute(element: html.HtmlElement) -> str:
    if "hidden" in element.attrib:
        return "hidden"
    if element.get("aria-hidden", "").strip().lower() == "true":
        return "aria-hidden"
    shrunk = [name for name in ("width", "height") if element.get(name, "").strip() in ("0", "1", "0px", "1px", "0%")]
    return f"{shrunk[0]}={element.get(shrunk[0])}" if shrunk else ""


def _hidden_by_style(style: Declarations, pixels: float) -> str:
    for test in _TESTS:
        if reason := test(style, pixels):
            return reason
    return ""


def _by_keyword(style: Declarations, _pixels_here: float) -> str:
    for name, harmless in _HARMLESS.items():
        if name in style and style[name] not in harmless:
            return f"{name}:{style[name]}"
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return "display:none"
    return "mso-hide" if style.get("mso-hide", "none") != "none" else ""


def _by_opacity(style: Declarations, _pixels_here: float) -> str:
    value = style.get("opacity", "1")
    found = _LENGTH.fullmatch(value)
    share = float(found[1]) / (100 if value.endswith("%") else 1) if found else 0.0
    return f"opacity:{value}" if share < _LEAST_OPACITY else ""


def _by_small_box(style: Declarations, pixels: float) -> str:
    for name in ("height", "max-height", "width", "max-width", "line-height"):
        value = style.get(name, "auto")
        size = _pixels(value + "em" if name == "line-height" and _BARE.fullmatch(value) else value, pixels)
        if size is not None and size < SMALLEST_PIXELS and not (value.endswith("%") and size > 0):
            return f"{name}:{value}"
    return ""


def _by_place(style: Declarations, pixels: float) -> str:
    for name, value in style.items():
        if name in _MOVING or name.startswith("margin"):
            sizes = [_pixels(part, pixels) for part in value.split()]
            if any(size is not None and (size < -_NEAR or abs(size) > _FAR * _ROOT_PIXELS) for size in sizes):
                return f"{name}:{value}"
    return ""


_LEAST_OPACITY = 0.9
_BARE = re.compile(r"\d*\.?\d+")
_NEAR = 2.0
_MOVING = ("left", "right", "top", "bottom", "text-indent", "letter-spacing", "word-spacing", "padding-left", "padding")
_HARMLESS = {
    "position": ("static", "relative", "initial"),
    "clip": ("auto",),
    "clip-path": ("none",),
    "transform": ("none",),
    "filter": ("none",),
    "mask": ("none",),
    "mask-image": ("none",),
    "zoom": ("1", "normal", "100%"),
    "mix-blend-mode": ("normal",),
}
_TESTS: tuple[Callable[[Declarations, float], str], ...] = (_by_keyword, _by_opacity, _by_small_box, _by_place)
"""Each says how it hides, or nothing."""
