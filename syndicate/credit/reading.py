"""Reading one note: does a sentence of it say where the text was born?

Sentences are tried one by one in the languages whose cues they carry. A sentence longer than ``LONGEST`` is no note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from syndicate.credit import dates, names, sentences, wire
from syndicate.credit.claim import Claim
from syndicate.credit.cues import Spoken, spoken
from syndicate.credit.languages.grammar import LEAD, Language, Rule, unquoted
from syndicate.domain.provenance import Kind

LONGEST = 500
_FOLLOWING = 2
_LONGEST_FOLLOWING = 200
_YEAR_NEAR = 12
_ALONE = 160
_MARGIN = 3
_FULL_STOPS = ".!?"
"""No head reaches over one of these and the blank after it, so the cue has to stand before it."""
_ASIDE_WORDS = 4
_COPYRIGHT = re.compile(r"(?:©|\bCopyright)\s{0,2}(?:©\s)?(?=(?:19|20)\d\d)", re.IGNORECASE)
_MORE = re.compile(
    r"^[\s.!?,;:)\]*_\"\u201d\u00bb\u2026\uff09\u3002'\u2019-]{0,6}$|^\s?[.;(,:\u2013\u2014\uff08-]|"
    r"^[\"\u201d\u00bb)]"
)
_SECOND_CLAUSE = re.compile(r"^[\"\u201d]?,\s(?:the|he|she|they|it|we|der|die|das|le|la|el|il|o|a)\s", re.IGNORECASE)


def claims(text: str, languages: Sequence[Spoken]) -> Iterator[Claim]:
    """Every claim in ``text``, one block of prose, in the order they stand there, in the languages it has cues of."""
    marked = wire.claim(text)
    if marked:
        yield marked
    if not languages:
        return
    spans = list(sentences.spans(text))
    for number, (start, end) in enumerate(spans):
        if end - start > LONGEST:
            continue
        last = _note_end(spans, number)
        found = _by_language(text, start, end, last, languages)
        if found:
            yield found


def _note_end(spans: Sequence[tuple[int, int]], number: int) -> int:
    """Where the note that begins with this sentence ends: two more sentences at most, if they are short."""
    last = spans[number][1]
    for start, end in spans[number + 1 : number + 1 + _FOLLOWING]:
        if end - start > _LONGEST_FOLLOWING:
            break
        last = end
    return last


def _by_language(text: str, start: int, end: int, last: int, languages: Sequence[Spoken]) -> Claim | None:
    there = spoken(text[start : end if text[end - 1] in _FULL_STOPS else last], languages)
    if not there:
        return None
    note = text[start:last]
    begin = LEAD.match(text, start, end)
    opens = begin.end() if begin else start
    for language, _ in there:
        if not language.opening.match(note, opens - start) or language.veto.search(text, start, end):
            continue
        whole = start <= _MARGIN and len(text) - end <= _MARGIN and end - start <= _ALONE
        for rule in language.rules:
            claim = _by_rule(note, opens - start, end - start, rule, language) if whole or not rule.alone else None
            if claim:
                return _placed(claim, start)
    return None


def _placed(claim: Claim, start: int) -> Claim:
    """``claim``, read in a note, with its places in the whole text."""
    return replace(
        claim,
        start=start,
        end=start + len(claim.evidence),
        name_start=claim.name_start + start if claim.name_start >= 0 else -1,
        name_end=claim.name_end + start if claim.name_end >= 0 else -1,
    )


def _by_rule(note: str, opens: int, end: int, rule: Rule, language: Language) -> Claim | None:
    head = rule.head.match(note, opens, min(len(note), LONGEST))
    if head is None:
        return None
    given = head.groupdict()
    if given.get("name"):
        name = names.trimmed(note, head.start("name"), head.end("name"), language)
        rest = head.end() if head.end() > head.end("name") else (name.end if name else end)
    else:
        name = names.after(note, head.end(), end, language)
        rest = name.end if name else end
    if name is None and not _nameless(note[head.end() : end], rule, language):
        return None
    if rule.fragment and name and not _closes(note[rest:end], rule, language):
        return None
    return _built(note, end, rule, language, name, given)


def _nameless(tail: str, rule: Rule, language: Language) -> bool:
    """Whether the sentence claims an origin without naming it: "by the author on his blog"."""
    if rule.nameless and rule.kind is Kind.TRANSLATED:
        return True
    return (
        rule.nameless
        and bool(language.outlets.search(tail))
        and not dates.begins_with_time(tail[:40].partition(" ")[2])
    )


def _closes(rest: str, rule: Rule, language: Language) -> bool:
    """Whether nothing but a date, a right or an aside follows the name: else the fragment opened a longer thought."""
    if _SECOND_CLAUSE.match(rest):
        return False
    if rule.alone or _MORE.match(rest):
        return bool(_MORE.match(rest))
    if language.ends.match(rest) or language.prepositions.match(rest.lstrip()):
        return True
    return len(rest.split()) <= _ASIDE_WORDS or dates.find(rest[:60]) is not None


def _built(
    note: str, end: int, rule: Rule, language: Language, name: names.Name | None, given: dict[str, str | None]
) -> Claim:
    kind, evidence_end, permission = _kind(note, end, rule, language, name)
    grantor = _grantor(note, language)
    publisher, work = (name.text if name else ""), given.get("work")
    if grantor and kind in (Kind.EXCERPT, Kind.ADAPTED_EXCERPT, Kind.ADAPTED) and not same(grantor.text, publisher):
        publisher, work, evidence_end = grantor.text, publisher or work, len(note)
    spot = grantor if grantor and publisher == grantor.text else name
    author = language.author.search(note)
    return Claim(
        kind=kind,
        publisher=unquoted(publisher),
        evidence=note[:evidence_end].strip(),
        name_start=spot.start if spot else -1,
        name_end=spot.end if spot else -1,
        author=author["author"].strip(" ,.") if author else (name.author if name else None),
        work=unquoted(work) if work else None,
        permission=permission,
        url=name.link if name else None,
        date=_date(note, end, name, given),
        sure=bool(publisher),
    )


def same(one: str, other: str) -> bool:
    """Whether two names are letter for letter one."""
    return one.casefold() == other.casefold()


def _kind(note: str, end: int, rule: Rule, language: Language, name: names.Name | None) -> tuple[Kind, int, str | None]:
    """The kind, how far the evidence reaches, and the clause of permission, in the light of the rest of the note."""
    rights = language.rights.search(note)
    permission = rights.group().strip(" .,;") if rights else None
    if rule.kind not in (Kind.ORIGINALLY_PUBLISHED, Kind.COURTESY):
        return rule.kind, end, permission
    moved = language.translated.search(note)
    if moved and not language.veto.search(note):
        return Kind.TRANSLATED, max(end, _sentence_end(note, moved.end())), permission
    if rights:
        return Kind.REPUBLISHED, max(end, _sentence_end(note, rights.end())), permission
    if name and language.reshaped.search(note, 0, name.start):
        return Kind.VERSION_OF, end, permission
    return rule.kind, end, permission


def _sentence_end(note: str, place: int) -> int:
    return next((end for _, end in sentences.spans(note) if end >= place), len(note))


def _grantor(note: str, language: Language) -> names.Name | None:
    hit = language.grantor.search(note)
    return names.trimmed(note, hit.end(), len(note), language) if hit else None


def _date(note: str, end: int, name: names.Name | None, given: dict[str, str | None]) -> date | None:
    """The date of the original: a full date or a month in the sentence, a bare year only beside the name or a ©."""
    exact = dates.find(given.get("date") or note[:end])
    if exact:
        return exact.day
    near = note[name.end : min(end, name.end + _YEAR_NEAR)] if name else ""
    claimed = _COPYRIGHT.search(note)
    for place in (given.get("date") or "", near, note[claimed.end() : claimed.end() + 4] if claimed else ""):
        year = dates.find_year(place)
        if year:
            return year.day
    return None
