"""Whether a text that was read quickly is one that readers of pages would leave as it is.

Called by ``quick``. What has a head, a foot, a list of related pieces or a note on its author is a page, in short form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from syndicate.collect.fragment import Fragment
from syndicate.collect.labels import byline_in, labelled
from syndicate.collect.page_blocks import PROSE, is_prose, says_facts
from syndicate.collect.page_related import says_related

_LAST_LINES = 12
_FEWEST_REPEATED = 30
_LONGEST_CAPTION = 400
_LONGEST_LABEL = 250
_LABEL_WITHIN = 40
_DIGIT = re.compile(r"\d")


def speaks_of_itself(text: str) -> bool:
    """Whether a text in small letters names a licence or asks for consent, which readers of pages look for."""
    return "creativecommons.org" in text or "cookie" in text


def is_plain(text: Fragment, names: Sequence[str]) -> bool:
    """Whether a text has no head, no foot, no related list and no note on its author that would be taken out."""
    lines, headings, whole = text.lines, text.headings, not text.broken  # where it is whole, a line is a block
    last, folded = lines[-_LAST_LINES:], [name.casefold() for name in names]
    if any(says_related(heading) for heading in headings):
        return False
    if len(lines) <= 1:
        return all(_running(line, whole=whole) and not _on_somebody(line, folded) for line in lines)
    return (
        lines[0] not in headings
        and _running(lines[0], whole=whole)
        and _running(lines[-1], whole=whole)
        and not any(_on_somebody(line, folded) for line in last)
        and not any(_seems_a_caption(line) for line in lines)
        and not any(_dates_it(line) for line in _at_the_edges(lines))
        and not (text.quoted and _repeats(lines))
    )


def _at_the_edges(lines: Sequence[str]) -> Iterator[str]:
    """The lines before the first paragraph that is one without doubt, and those after the last."""
    for row in (lines, reversed(lines)):
        yield from takewhile(lambda line: len(line) <= _LONGEST_LABEL, row)


def _dates_it(line: str) -> bool:
    """Whether a short line with a number in it seems to say when the text was published."""
    return len(line) <= _LONGEST_LABEL and bool(_DIGIT.search(line)) and says_facts(line)


def _repeats(lines: Sequence[str]) -> bool:
    """Whether a line stands again in the text, as one that was pulled out of it does."""
    words = "\n\n".join(lines)
    return any(len(line) >= _FEWEST_REPEATED and words.count(line) > 1 for line in lines)


def _seems_a_caption(line: str) -> bool:
    """Whether a line ends with a bracket, as captions with a credit do."""
    return len(line) <= _LONGEST_CAPTION and line[-3:].rstrip(".,;!? ")[-1:] in (")", "]")


def _running(line: str, *, whole: bool) -> bool:
    """Whether a line is running text and labels nothing."""
    if len(line) <= _LONGEST_LABEL and (labelled(line) or byline_in(line) or ":" in line[:_LABEL_WITHIN]):
        return False
    return len(line) >= PROSE or (whole and is_prose(line))


def _on_somebody(line: str, names: Sequence[str]) -> bool:
    """Whether a line begins with an author, in small letters, or, where none is named, with what may be a name."""
    if names:
        return any(line[: len(name)].casefold().startswith(name) for name in names)
    first, _, rest = line.partition(" ")
    return first[:1].isupper() and rest[:1].isupper()
