"""Colours as style rules write them, and how well one is read upon another (WCAG 2.2, relative luminance)."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)

_NAMED = {"black": BLACK, "white": WHITE}
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_SHORT = 3


def read_colour(value: str) -> Colour | None:
    """The colour that ``value`` names, or None for one this page does not know: opaque hex and rgb, black, white."""
    word = value.strip().lower()
    if word in _NAMED:
        return _NAMED[word]
    if found := _HEX.fullmatch(word):
        digits = found[1]
        pairs = [d * 2 for d in digits] if len(digits) == _SHORT else [digits[i : i + 2] for i in (0, 2, 4)]
        return int(pairs[0], 16), int(pairs[1], 16), int(pairs[2], 16)
    if found := _RGB.fullmatch(word):
        return min(int(found[1]), 255), min(int(found[2]), 255), min(int(found[3]), 255)
    return None


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 (equal) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own constants
