"""Short texts as they come from outside: titles and bylines, cleaned of mark-up, controls and what is no name."""

# ruff: noqa: RUF001 - dashes of all lengths stand between titles and sites

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import html as lxml_html

LONGEST_TITLE = 500
_LONGEST_BYLINE = 600
_LONGEST_NAME = 80
_MOST_ESCAPES = 2
_MOST_NAME_WORDS = 7
_MOST_AUTHORS = 50
_LONGEST_ACRONYM = 5
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_BY = re.compile(
    r"^\W{0,3}(?:(?:written|posted|reported|published|submitted|story|text|words|article|analysis|opinion|commentary|"
    r"a\s+conversation)\s+(?:by|with)|by|authors?|(?:ein\s+)?(?:beitrag|text|kommentar)\s+von|von|par|por|di|door|av|"
    r"geschrieben\s+von|écrit\s+par|escrito\s+por|scritto\s+da|autor(?:en|in|es|innen)?|auteure?s?|autor[ae]s?|autore|"
    r"autori|автор(?:ы)?|текст|بقلم|الكاتب|מאת|文|著者|글)(?!\w)\s*[:：]?\s*",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"[\s,;|/]*\b(?:photo(?:graph)?(?:s|y)?|illustrations?|graphics?|video|pictures?|images?|translated|translation|"
    r"edited|fotos?|bilder|illustration(?:en)?|übersetzt|traduit|traducido)\s+(?:by|von|par|por|from)\b.*$",
    re.IGNORECASE,
)
_GLOSS = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]")
_BETWEEN = re.compile(
    r"\s*(?P<comma>[;,،、])\s*(?:(?P<also>and|und|et|y|e|en|&|with|sowie)\s)?|"
    r"\s+(?P<and>&|and|und|et|y|e|en|with|sowie|и|و|as\s+told\s+to)\s+|\s*(?P<bar>[/|•·]|\s[–—-]\s)\s*",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:institut\w*|cent(?:er|re|rum)|zentrum|council|foundation|stiftung|fondation|universit\w+|college|school|"
    r"department|ministry|ministère|office|team|staff|desk|newsroom|editors?|board|committee|agency|agence|agentur|"
    r"press|network|society|association|group|project|service|bureau|program(?:me)?|media|news|redaktion|"
    r"rédaction|redacción|redazione|redactie|observatory|academy|laboratory|lab|initiative|union|alliance|"
    r"organi[sz]ation|commission|forum|review|quarterly|journal|correspondents|contributors)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:fellow|professor|director|directrice|directeur|editor|correspondent|analyst|researcher|reporter|writer|columnist|"
    r"ambassador|president|chair|lecturer|expert|advis[eo]r|manager|officer|student|economist|historian|journalist|"
    r"scholar|founder|head|contributor|specialist|scientist|coordinator|associate|co-?founder|secretary|member|"
    r"minister|partner|strategist|attorney|counsel|editor-in-chief|redakteur(?:in)?|leiter(?:in)?|chercheu(?:r|se)|"
    r"professeure?|wissenschaftler(?:in)?|special(?=\s+to\b))\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\s+(?:for|of|at|from|in|für|aus|bei|de\s+l['’]|à)\s+(?=(?:the\s+|der\s+|die\s+)?\w)", re.IGNORECASE
)
_SUFFIX = re.compile(r"^(?:Jr|Sr|Ph\.?\s?D|M\.?D|M\.?A|MBA|J\.?D|Esq|II|III|IV|CFA|OBE|MBE|MP)\.?$", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"^\s*[^\s@()]{1,100}@[^\s@()]{1,100}\s*\(([^()]{1,100})\)\s*$")
_NAME_AND_MAIL = re.compile(r"\s*<?\b[\w.+-]{1,64}@[\w.-]{1,100}\b>?")
_NO_NAME = re.compile(
    r"[\d@/\\{}<>|]|https?:|\b(?:min(?:ute)?s?\s+read|read\s+more|follow|updated|published|special\s+to)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"admin", "administrator", "author", "editor", "guest", "user", "webmaster", "by", "root", "unknown"}
)
_PARTICLES = frozenset(
    "de da di du del della der den dos das van von la le ten ter zu zur bin ibn al el y e".split()  # noqa: SIM905 - as words
)
_NUMERAL = re.compile(r"^(?:II|III|IV)$")
_INVERTED = re.compile(r"^\s*([^\W\d_][\w'’-]+)\s*,\s*([^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*)?)\s*$")


def one_line(text: str) -> str:
    """``text`` without controls, blanks folded."""
    if text.isprintable():  # what is unseen is not
        return " ".join(text.split())
    return " ".join(_UNSEEN.sub(" ", text).split())


def title_of(raw: str) -> str:
    """A title as plain text: mark-up gone, entities resolved, one line, at most 500 characters."""
    if "<" not in raw and "&" not in raw:
        return one_line(raw[: LONGEST_TITLE * 20])[:LONGEST_TITLE]
    plain = _UNSEEN.sub(" ", raw[: LONGEST_TITLE * 20])
    if _TAG.search(plain):
        plain = str(lxml_html.fromstring(f"<div>{plain}</div>").text_content())
    for _ in range(_MOST_ESCAPES):
        plain = html.unescape(plain) if _ENTITY.search(plain) else plain
    return one_line(_TAG.sub("", plain))[:LONGEST_TITLE]  # mark-up that was escaped twice


def without_site(title: str, names: tuple[str, ...]) -> str:
    """``title`` without the site's own name at its end or beginning, as browsers' title bars have it."""
    for name in names:
        for edge in ("|", "-", "–", "—", "·", "•", ":", "»"):
            tail, head = f" {edge} {name}".casefold(), f"{name}{'' if edge == ':' else ' '}{edge} ".casefold()
            folded = title.casefold()
            if folded.endswith(tail) and len(title) > len(tail):
                return title[: -len(tail)].rstrip()
            if folded.startswith(head) and len(title) > len(head):
                return title[len(head) :].lstrip()
    return title


def names_in(byline: str) -> tuple[str, ...]:
    """The people a byline names, in order: "By: A. One, B. Two and C. Three" are three.

    Roles, affiliations, photographers and translators are left out; a desk or an organisation stays one name.
    """
    return _names_in(byline[:_LONGEST_BYLINE])


@lru_cache(maxsize=2048)
def _names_in(byline: str) -> tuple[str, ...]:
    plain = title_of(byline)
    mailed = _MAIL_AND_NAME.match(plain)
    plain = _NAME_AND_MAIL.sub("", mailed[1] if mailed else plain)
    plain = _GLOSS.sub("", _ASIDE.sub("", plain))
    if "://" in plain:
        return ()
    told = _BY.sub("", plain).split(";")
    return _people(_rejoined([part for one in told for part in _parts(_upright(one))]))


def _people(parts: list[tuple[str, str]]) -> tuple[str, ...]:
    found: list[str] = []
    for joint, part in parts:
        if found and _SUFFIX.match(part):
            found[-1] = f"{found[-1]}, {part}"
            continue
        name = _unplaced(part)
        apposed = bool(found) and joint in ("comma", "bar") and not _HOUSE.search(found[-1])
        if not _is_name(name) or _is_role(name) or (apposed and _HOUSE.search(name)):
            continue
        name = in_small_letters(name)
        if name.casefold() not in {known.casefold() for known in found}:
            found.append(name)
    return tuple(found[:_MOST_AUTHORS])


def _upright(text: str) -> str:
    """A name that begins with the family's ("Quill, Mara") the other way round; a list of agencies is none."""
    turned = _INVERTED.match(text)
    if turned is None or _SUFFIX.match(turned[2].strip()) or any(_is_acronym(group) for group in turned.groups()):
        return text
    return text if _ROLE.search(turned[2]) or _HOUSE.search(text) else f"{turned[2]} {turned[1]}"


def _parts(plain: str) -> Iterator[tuple[str, str]]:
    """(what stood before it, part) for every part of a byline."""
    joint, start = "", 0
    for between in _BETWEEN.finditer(plain):
        yield joint, _trimmed(plain[start : between.start()])
        kind = between.lastgroup or ""
        joint, start = "and" if kind == "also" else kind, between.end()
        joint = "y" if between.group().strip() == "y" else joint
    yield joint, _trimmed(plain[start:])


def _trimmed(part: str) -> str:
    bare = part.strip(" .,;:–—-/|\u00a0")
    return bare + ("." if re.search(r"\b(?:[A-Z]|Jr|Sr|Ph\.D|M\.D)\.$", part.strip()) else "")


def _rejoined(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Parts with the name of one organisation put together again: "Institute for Tides" "and" "Boats"."""
    whole: list[tuple[str, str]] = []
    for joint, part in parts:
        before = whole[-1][1] if whole else ""
        open_house = _HOUSE.search(before) and _PLACE.search(f" {before}") and not _HOUSE.search(part)
        if joint == "and" and open_house and " " not in part:
            whole[-1] = (whole[-1][0], f"{before} and {part}")
        elif joint == "y" and before and " " not in part:  # one Spanish name of two families
            whole[-1] = (whole[-1][0], f"{before} y {part}")
        elif part:
            whole.append((joint, part))
    return whole


def _unplaced(part: str) -> str:
    """A name without where its bearer writes for: "Mara Quill for the Lantern"."""
    place = _PLACE.search(part)
    if place is None:
        return part
    name = part[: place.start()]
    return name if len(name.split()) > 1 and not _HOUSE.search(name) and not _ROLE.search(name) else part


def _is_role(part: str) -> bool:
    """Whether a part says what somebody is and not who: "senior fellow", "Professor of Tides"."""
    role = _ROLE.search(part)
    if role is None or (_HOUSE.search(part) and part.casefold().startswith("the ")):
        return False
    words = part.split()
    telling = [word for word in words if not _ROLE.search(word) and word[:1].isupper()]
    return len(telling) < len(words) - 1 or len(telling) < 2 or bool(_PLACE.search(part))  # noqa: PLR2004 - two names


def in_small_letters(name: str) -> str:
    """A name set in capitals as it is written elsewhere; acronyms, initials and numerals stay."""
    words = name.split()
    if len(words) < 2 or name != name.upper() or name == name.lower() or _HOUSE.search(name):  # noqa: PLR2004 - as above
        return name
    return " ".join(_small(word, first=not at) for at, word in enumerate(words))


def _small(word: str, *, first: bool) -> str:
    letters = word.strip(".,")
    if len(letters) == 1 or "." in letters or _NUMERAL.match(letters):
        return word
    if not first and letters.lower() in _PARTICLES:
        return word.lower()
    shown = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"\bMc([a-z])", lambda part: f"Mc{part[1].upper()}", shown)


def _is_acronym(word: str) -> bool:
    return len(word) <= _LONGEST_ACRONYM and word == word.upper()


def _is_name(text: str) -> bool:
    return bool(
        text
        and len(text) <= _LONGEST_NAME
        and len(text.split()) <= _MOST_NAME_WORDS
        and not _NO_NAME.search(text)
        and text.casefold() not in _NOBODY
        and any(letter.isalpha() for letter in text)
    )


def seems_a_person(text: str) -> bool:
    """Whether a line that nothing labels can be a name: two to five words, capital letters, no full stop at the end."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not _is_name(text) or _ROLE.search(text):  # noqa: PLR2004 - as the docstring says
        return False
    return all(word[:1].isupper() or word.lower() in _PARTICLES for word in words) and not text.endswith(
        (":", "!", "?")
    )
