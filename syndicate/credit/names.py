"""From the words after a preposition to the name of a publisher, or to nothing where they name none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from syndicate.credit import dates
from syndicate.credit.languages.grammar import Language, unquoted

_WINDOW = 160
_LONGEST = 90
_MOST_WORDS = 12
_TRIES = 5
_ISSUE_FREE = frozenset({"360", "365", "24", "21"})
_WEB = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,5}[a-zA-Z]{2,24}(?::\d{1,5})?(?:/\S{0,500})?", re.ASCII)
_QUOTED = re.compile(r"[\"“„«「『《]\s?([^\"“”„«»「」『』《》\n]{2,80}?)\s?[\"”“»」』》]")
_STOP = re.compile(
    r"[;|\n\]]|\s[(\uff08]|[:\uff1a](?:\s|$)|\s[\u2013\u2014]\s|[.!?\u2026][\"\u201d\u2019)*_]{0,2}(?:\s|"
    r"$)|[\u3002\uff0c\uff09)]|"
    r",\s(?![A-ZÀ-Þ][\w.]{1,20}\s(?:and|&|y|et|und)\s)|,\s(?=[a-z])|,$"
)
_TRAILING = re.compile(r"[\s,.:;!?*_\"'\u2019\u201d\u201c\u00bb\u300d\uff0c\u3002)\]/-]+$")
_LEADING_NUMBER = re.compile(r"\s(?:no\.?\s|nr\.?\s|#|n\u00ba\s|n\u00b0\s)?\d{1,4}(?:/\d{2,4})?$", re.IGNORECASE)
_YEAR_AFTER = re.compile(r",?\s(?:in|im|en|em|nel|w|\u0432)\s(?:19|20)\d\d\b.*$")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Name:
    """A publisher's name and where it stands in the text."""

    text: str
    start: int
    end: int
    author: str | None = None
    link: str | None = None


def after(text: str, start: int, end: int, language: Language) -> Name | None:
    """The first name that a preposition leads to between ``start`` and ``end``; an outlet beats a person before it."""
    found: Name | None = None
    for hit in islice(language.prepositions.finditer(text, start, end), _TRIES):
        if found and hit.start() > found.end + 1:
            break
        leads = hit.group().strip().lower()
        person = language.person.match(text, hit.end(), end)
        name = trimmed(text, person.end() if person else hit.end(), end, language, printed=leads in ("in", "im"))
        if name is None or (found and name.start < found.end):
            continue
        author = person["author"] if person else found.text if found else None
        if author:
            return replace(name, author=author)
        if leads != "by":
            return name
        found = name
    return found


def trimmed(text: str, start: int, end: int, language: Language, *, printed: bool = False) -> Name | None:
    """The name that begins at ``start``, cut where it ends, or None where what stands there is no name."""
    window = text[start : min(end, start + _WINDOW)]
    if language.generic.match(window.lstrip()) or dates.begins_with_time(window):
        return None
    small = not re.search(r"[A-ZÀ-Þ]", text[:end])
    window = _peeled(window, language)
    core = _core(window, language, printed=printed)
    if not plausible(core, language, small_letters=small):
        return None
    at = text.find(core, start)
    if core.startswith(("http://", "https://")):
        return Name(host_of(core), at, at + len(core), link=core)
    return Name(core, at, at + len(core))


def host_of(url: str) -> str:
    """The host of ``url`` as it was written, or ``url`` itself where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2] or url
    except ValueError:
        return url


def plausible(name: str, language: Language, *, small_letters: bool = False) -> bool:
    """Whether ``name`` can be a name: short, with a capital (or a script without them), no date, no plain noun."""
    if not name or len(name) > _LONGEST or len(name.split()) > _MOST_WORDS or not _LETTERS.search(name):
        return bool(_WEB.fullmatch(name)) if name else False
    if language.generic.match(name) or dates.begins_with_time(name):
        return False
    return small_letters or _capital(name) or bool(_WEB.fullmatch(name)) or _kind_of_outlet(name, language)


def _capital(name: str) -> bool:
    """Whether a name begins like one: a capital early in its first word ("eLife"), a number and a word ("8th Lamp")."""
    words = name.split()
    first = words[0].lstrip("\"'(")
    if first.isdigit():
        return len(words) > 1 and _capital(" ".join(words[1:]))
    return bool(first) and first[0].isalnum() and (first[0].isdigit() or not first[:2].islower())


def _kind_of_outlet(name: str, language: Language) -> bool:
    """Whether ``name`` is a noun for an outlet with a name inside ("blog de ...")."""
    noun = language.outlets.match(name)
    return noun is not None and any(_capital(word) for word in re.split(r"[\s'\u2019]", name[noun.end() :]) if word)


def _peeled(window: str, language: Language) -> str:
    """``window`` without articles, nouns and issue phrases in front of the name."""
    rest = window.lstrip()
    for _ in range(3):
        before = rest
        for pattern in language.before_name:
            rest = pattern.sub("", rest, count=1).lstrip()
        if rest == before:
            break
    return rest


def _core(window: str, language: Language, *, printed: bool) -> str:
    """``window`` up to where the name ends."""
    web = _WEB.match(window)
    if web and (web.group().startswith("http") or _ends_after(window, web.end(), language)):
        return web.group().rstrip(".,;:)/") if not web.group().startswith("http") else web.group().rstrip(".,;)")
    quoted = _QUOTED.match(window)
    if quoted:
        return quoted.group(1).strip()
    window = dates.before(window)
    cut = len(window)
    for pattern in (language.ends, _STOP):
        hit = pattern.search(window)
        if hit:
            cut = min(cut, hit.start())
    name = _TRAILING.sub("", _YEAR_AFTER.sub("", window[:cut]))
    for pattern in language.after_name:
        name = pattern.sub("", name)
    if printed:
        name = _without_issue(name)
    return unquoted(name) if name[:1] in '"“„«「『《*_' else name.strip()


def _ends_after(window: str, end: int, language: Language) -> bool:
    rest = window[end:]
    return (
        not rest.strip(" .")
        or not re.match(r"\s[\w]", rest)
        or bool(language.ends.match(rest))
        or (dates.begins_with_time(re.sub(r"^\s\w{1,3}\s", "", rest)))
    )


def _without_issue(name: str) -> str:
    """``name`` without the number of an issue: "in The Paper 56"; some names end in a number of their own."""
    hit = _LEADING_NUMBER.search(name)
    if hit and hit.group().strip() not in _ISSUE_FREE:
        return name[: hit.start()]
    return name
