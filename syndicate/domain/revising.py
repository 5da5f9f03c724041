"""How a piece differs from what it was, and whether anybody should hear of it: pure rules over two readings.

Normalised content decides. Counters, clock times, "3 hours ago", tracking and cache-busting parameters change by
themselves and are no change; neither are another guid, other related leads, the outlet's own "updated" time alone or
other mark-up around the same words. Where nothing is left there is no revision.

Loud, so that readers and editors should hear of it: headline, byline, a correction note, the origin. Silent, but kept
with its difference: everything else. A body edit is never loud by its size, because its size does not say whether it
matters: an edit under ``SMALL`` of the words is not even told in the log.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from difflib import SequenceMatcher
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from syndicate.domain.identity import bare_link
from syndicate.domain.provenance import Provenance
from syndicate.domain.publication import Change, Lead, Moment, Part, Reading
from syndicate.domain.telltales import AGO, CLOCK, COUNTER, LINK, NOTE

SMALL = 0.01
"""A body edit of less than this part of the words is small."""
LONGEST = 4000
"""So many characters of a change are kept, before and after: the passages that differ, not the whole text."""
_VERY_LONG = 300_000
_SHORT_LINE = 12
_LEFT_OF_A_COUNTER = 2
_MOST_WORDS = 600
_CONTEXT = 8
_NOTE_LENGTH = 1000
_ELLIPSIS = " \u2026 "
_QUOTES = str.maketrans("\u2018\u2019\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb", '\'\'\'""""""')
_SENTENCE_END = re.compile(r"(?<=[.!?\u2026])\s+|(?<=[\u3002\uff01\uff1f])")
_TELLING = re.compile(r"\d|\bago\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"""\b(href|src|poster)\s*=\s*"([^"]*)\"""")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|mp4|mp3)$", re.IGNORECASE)
_BUSTER = re.compile(
    r"^(?:v|ver|version|rev|t|ts|cb|_|timestamp|time|cache\w*|nocache|bust\w*|hash|itok|sig|signature|expires?|token|x-amz-.*)$",
    re.IGNORECASE,
)


def changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """How ``after`` differs from ``before``, the loud ones first; empty where it is the same piece as it was."""
    found = [*_said(before, after), *_text(before, after), *_others(before, after)]
    return tuple(sorted(found, key=lambda change: not change.loud))


def edited(before: str, after: str) -> float:
    """Which part of the words of a text changed, 0 to 1. A word that only moved did not."""
    first, second = settled(before), settled(after)
    one, other = Counter(first), Counter(second)
    differ = max((one - other).total(), (other - one).total())
    return differ / max(len(first), len(second), 1)


def settled(text: str) -> list[str]:
    """The words of ``text`` without what changes by itself; of a very long one simply its words."""
    if len(text) > _VERY_LONG:
        return text.split()
    lines = unicodedata.normalize("NFKC", text).translate(_QUOTES).splitlines()
    return [word for line in lines for word in _steady(line).split()]


def readable(change: Change) -> str:
    """One line for a person: what was taken out as ``[-old-]`` and put in as ``{+new+}``, with words around it.

    The cost is bounded whatever the texts: of long ones that share little, only the beginnings are shown.
    """
    before, after = change.before.split(), change.after.split()
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    told = [_lead_in(before[:start]), *_marked(old, new), _lead_out(before[len(before) - end :])]
    return f"{change.part.value}: " + " ".join(part for part in told if part)


def _said(before: Reading, after: Reading) -> Iterator[Change]:
    """Headline, byline and origin: what readers were told by name."""
    if _differ(before.title, after.title):
        yield _change(Part.TITLE, before.title, after.title, loud=True)
    names, now = _names(before), _names(after)
    if names != now and [_plain(name) for name in names] != [_plain(name) for name in now]:
        yield _change(Part.AUTHORS, "; ".join(names), "; ".join(now), loud=True)
    was, is_now = before.provenance, after.provenance
    if _origin(was) != _origin(is_now):
        yield _change(Part.PROVENANCE, _told_origin(was), _told_origin(is_now), loud=True)
    elif _differ(was.evidence or "", is_now.evidence or ""):
        yield _change(Part.PROVENANCE, was.evidence or "", is_now.evidence or "", loud=False)


def _text(before: Reading, after: Reading) -> Iterator[Change]:
    """The body, and any note of a correction that came into it or into the summary."""
    if (before.body_text, before.summary) == (after.body_text, after.summary):
        return
    known = {_plain(note) for note in _notes(before)}
    for note in _notes(after):
        if _plain(note) not in known:
            yield _change(Part.NOTE, "", note, loud=True)
    if _differ(before.body_text, after.body_text):
        yield _change(Part.BODY, *_passages(before.body_text, after.body_text), loud=False)


def _others(before: Reading, after: Reading) -> Iterator[Change]:
    if _instant(before.published) != _instant(after.published):
        yield _change(Part.DATE, _raw(before.published), _raw(after.published), loud=False)
    rest = zip((*_rest(before), _bios(before, after)), (*_rest(after), _bios(after, before)), strict=True)
    for was, is_now in rest:
        if was != is_now and (settled(was) or was.split()) != (settled(is_now) or is_now.split()):
            yield _change(Part.OTHER, was, is_now, loud=False)
    same_html = before.body_html == after.body_html
    missing, there = ([], []) if same_html else (_addresses(before.body_html), _addresses(after.body_html))
    if missing != there and not _differ(before.body_text, after.body_text):
        yield _change(Part.OTHER, _only(missing, there), _only(there, missing), loud=False)
    if not before.related and after.related:
        yield _change(Part.OTHER, "", "; ".join(_lead(lead) for lead in after.related), loud=False)


def _rest(reading: Reading) -> tuple[str, ...]:
    """What is compared as text beside the body, in a fixed order."""
    return (
        reading.summary,
        reading.type,
        ", ".join(sorted(reading.topics)),
        reading.language,
        reading.licence,
        bare_link(reading.url),
        bare_link(reading.canonical),
        "; ".join(f"{_picture(f.src)} {f.alt} {f.caption} {f.credit}".strip() for f in reading.figures),
    )


def _bios(reading: Reading, other: Reading) -> str:
    """What is said of those who are in both bylines."""
    both = {author.name for author in reading.authors} & {author.name for author in other.authors}
    return "; ".join(f"{author.name}: {author.bio or ''}" for author in reading.authors if author.name in both)


def _differ(before: str, after: str) -> bool:
    return before != after and settled(before) != settled(after)


def _steady(line: str) -> str:
    """A line without links, clocks and counters; most lines have no digit, and so none of these."""
    if "://" in line:
        line = LINK.sub("", line)
    if not _TELLING.search(line):
        return line
    rest = _without_counters(CLOCK.sub("", AGO.sub("", line)))
    return rest if _WORD.search(rest) else ""


def _without_counters(line: str) -> str:
    """Counters go from short lines and from sentences that hold little else; in prose a number is a statement."""
    if not COUNTER.search(line):
        return line
    if len(line.split()) <= _SHORT_LINE:
        return _rest_of(line)
    kept = []
    for sentence in _SENTENCE_END.split(line):
        rest = _rest_of(sentence)
        kept.append(sentence if len(_WORD.findall(rest)) > _LEFT_OF_A_COUNTER else rest)
    return " ".join(kept)


def _rest_of(text: str) -> str:
    """What is left without counters; the dots and bars between them are nothing."""
    rest = COUNTER.sub("", text)
    return rest if _WORD.search(rest) else ""


def _passages(before: str, after: str) -> tuple[str, str]:
    """The sentences that only one of two texts has; where they differ in order alone, the first that moved."""
    first, second = _sentences(before), _sentences(after)
    gone, come = _left(first, second), _left(second, first)
    if not gone and not come:
        return next((pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]), ("", ""))
    return _ELLIPSIS.join(gone), _ELLIPSIS.join(come)


def _sentences(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in (s.strip() for s in _SENTENCE_END.split(line)) if part]


def _left(some: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those of ``some`` that are not among ``others``, in their order, repeats counted, normalised."""
    both = Counter(some) & Counter(others)
    there = Counter(_plain(other) for other in (Counter(others) - both).elements())
    found = []
    for one in some:
        if both[one]:
            both[one] -= 1
            continue
        plain = _plain(one)
        if there[plain]:
            there[plain] -= 1
        elif plain:
            found.append(one)
    return found


def _notes(reading: Reading) -> list[str]:
    """Paragraphs of the text and the summary that tell of a correction."""
    lines = [*reading.body_text.splitlines(), *reading.summary.splitlines()]
    return [line.strip()[:_NOTE_LENGTH] for line in lines if line.strip() and NOTE.search(line.strip())]


def _names(reading: Reading) -> list[str]:
    return [author.name for author in reading.authors]


def _origin(origin: Provenance) -> tuple[object, ...]:
    link = bare_link(origin.url or "")
    said = (origin.publisher, origin.author, origin.work, origin.permission)
    return origin.kind, origin.verdict, link, origin.date, *(_plain(words or "") for words in said)


def _told_origin(origin: Provenance) -> str:
    said = (origin.kind.value, origin.publisher, origin.author, origin.url, origin.date, origin.verdict.value)
    return ", ".join(str(part) for part in said if part)


def _instant(moment: Moment | None) -> object:
    if moment is None or moment.parsed is None:
        return _plain(moment.raw) if moment else None
    return _utc(moment.parsed)


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment


def _raw(moment: Moment | None) -> str:
    if moment is None:
        return ""
    return moment.parsed.isoformat() if moment.parsed else moment.raw


def _addresses(html: str) -> list[str]:
    """Where links and pictures lead, without what does not change that."""
    return [bare_link(_picture(address)) for _, address in _ADDRESS.findall(html)]


def _picture(address: str) -> str:
    """An address without parameters that only defeat caches; a picture file has no other ones."""
    try:
        parts = urlsplit(address.replace("&amp;", "&"))
    except ValueError:
        return address
    if not parts.query:
        return address
    pairs = [] if _PICTURE.search(parts.path) else parse_qsl(parts.query, keep_blank_values=True)
    return urlunsplit(parts._replace(query=urlencode([pair for pair in pairs if not _BUSTER.match(pair[0])])))


def _only(some: Iterable[str], others: Iterable[str]) -> str:
    return " ".join((Counter(some) - Counter(others)).keys())


def _lead(lead: Lead) -> str:
    return lead.title or lead.url


def _plain(text: str) -> str:
    return " ".join(settled(text))


def _change(part: Part, before: str, after: str, *, loud: bool) -> Change:
    return Change(part=part, before=_cut(before), after=_cut(after), loud=loud)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"


def _shared(some: list[str], others: list[str]) -> int:
    """How many words two lists begin with alike."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count


def _lead_in(words: list[str]) -> str:
    return " ".join(words if len(words) <= _CONTEXT else ["\u2026", *words[-_CONTEXT:]])


def _lead_out(words: list[str]) -> str:
    return " ".join(words if len(words) <= _CONTEXT else [*words[:_CONTEXT], "\u2026"])


def _marked(old: list[str], new: list[str]) -> Iterator[str]:
    if max(len(old), len(new)) > _MOST_WORDS:
        yield from _pair([*old[:_MOST_WORDS], "\u2026"], [*new[:_MOST_WORDS], "\u2026"])
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            same = old[a:b]
            short = len(same) <= 2 * _CONTEXT
            yield " ".join(same if short else [*same[:_CONTEXT], "\u2026", *same[-_CONTEXT:]])
        else:
            yield from _pair(old[a:b], new[c:d])


def _pair(old: list[str], new: list[str]) -> Iterator[str]:
    if old:
        yield f"[-{' '.join(old)}-]"
    if new:
        yield f"{{+{' '.join(new)}+}}"
