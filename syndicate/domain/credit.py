"""The values that carry credit: an excerpt cannot be built without its provenance.

The words are written in one place, the ``credit`` room; these are what it fills and everybody else carries.
"""

from __future__ import annotations

from dataclasses import dataclass

from syndicate.domain.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Provenance in words. ``html`` is safe and says the same as ``text``, with the link where one is known."""

    text: str
    html: str
    publisher: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Text that is not ours, with where it was born. ``words`` counts ``text``; ``whole`` says nothing was cut."""

    provenance: Provenance
    credit: Credit
    text: str
    html: str
    words: int
    whole: bool
