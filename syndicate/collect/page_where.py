"""Which address, language and licence a page claims for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html

from syndicate.collect.page_fields import Sight
from syndicate.collect.page_lines import labelled_values
from syndicate.collect.said import Said
from syndicate.collect.words import one_line
from syndicate.net.address import web_address

_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$", re.IGNORECASE)
_LISTS = frozenset(
    """
    news blog articles article publications publication archive archives category topics latest stories posts analysis
    commentary insights research reports actualites aktuelles nachrichten noticias artikel beitraege en de fr es it pt
    """.split()  # noqa: SIM905 - words read better as words
)
_ANOTHER_FORM = re.compile(
    r"^(?:amp|print|printable|\d{1,3}|index\.\w+|view|full|single|page|[\w-]*\.(?:amp|print))$", re.IGNORECASE
)
_CC = re.compile(
    r"^(?:https?:)?//(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z-]+)(?:/(\d\.\d))?(?:/([a-z]{2}))?(?:/|$)",
    re.IGNORECASE,
)
_CC_NAME = re.compile(
    r"\b(?:CC|Creative\s+Commons)[\s-]*(?:licen[sc]e\s*)?[-,:]?\s*(BY|Attribution|Namensnennung)((?:[\s-]*(?:NC|ND|SA|Non-?\s?Commercial|No-?\s?Deriv(?:ative)?s?(?:\s?Works)?|"
    r"Share-?\s?Alike)){0,2})(?![\w])\s*(?:v(?:ersion)?\s*)?(\d\.\d)?",
    re.IGNORECASE,
)
_CC_ZERO = re.compile(r"\bCC[\s-]?0\b(?:\s*(?:v(?:ersion)?\s*)?1\.0)?", re.IGNORECASE)
_PARTS = (
    ("nc", re.compile(r"NC|Non", re.IGNORECASE)),
    ("nd", re.compile(r"ND|No-?\s?Deriv", re.IGNORECASE)),
    ("sa", re.compile(r"SA|Share", re.IGNORECASE)),
)
_LICENSED = re.compile(r"licen[sc]|lizenz|licencia|licença|licenza|лиценз|ترخيص|republish|reus", re.IGNORECASE)
_LONGEST_NAME = 120
_LONGEST_BOX = 400
_RESERVED = re.compile(r"all\s+rights\s+reserved|alle\s+rechte|tous\s+droits|©|\(c\)|copyright", re.IGNORECASE)


def language_of_page(sight: Sight) -> Said[str] | None:
    root, body = sight.page.root, next(iter(sight.page.root.iter("body")), None)
    told = root.get("lang") or root.get("xml:lang") or (body.get("lang") if body is not None else "") or ""
    return _language(told, "html lang")


def language_in_marks(sight: Sight) -> Said[str] | None:
    for place, values in sight.marks.texts("inLanguage"):
        return _language(values[0], place)
    found = sight.marks.first("og:locale", "content-language", "dc.language", "dcterms.language", "language")
    return _language(found[1], f"meta {found[0]}") if found else None


def language_of_article(sight: Sight) -> Said[str] | None:
    for box in (sight.parts.body, *sight.parts.body.iterancestors()):
        if box.get("lang"):
            return _language(box.get("lang") or "", "lang around the text")
    return None


def language_in_entry(sight: Sight) -> Said[str] | None:
    return _language(sight.entry.language, sight.entry.place)


def _language(raw: str, place: str) -> Said[str] | None:
    tag = raw.strip().replace("_", "-")
    return Said(value=tag, place=place, raw=raw) if _LANGUAGE.match(tag) else None


LANGUAGE = (language_of_page, language_in_marks, language_of_article, language_in_entry)


def same_language(one: str, other: str) -> bool:
    """Whether two tags name one language: "en-US" says no other than "en"."""
    return one.lower().partition("-")[0] == other.lower().partition("-")[0]


def _links(sight: Sight, relation: str) -> Iterator[html.HtmlElement]:
    for link in sight.page.root.iter("link", "a"):
        if relation in (link.get("rel") or "").lower().split():
            yield link


def canonical_link(sight: Sight) -> Said[str] | None:
    """The page's own word on its address; one that names a home page or a list for its pieces is not believed."""
    for link in _links(sight, "canonical"):
        address = web_address(sight.page.absolute(link.get("href") or ""))
        if link.tag == "link" and address and _may_be_a_piece(address, sight.page.url):
            return Said(value=address, place="link rel=canonical", raw=link.get("href") or "")
    return None


def address_in_marks(sight: Sight) -> Said[str] | None:
    """Open Graph's address, where it leads to the same site: elsewhere it may be what is shared, not what is read."""
    found = sight.marks.first("og:url")
    address = web_address(sight.page.absolute(found[1])) if found else ""
    if (
        not found
        or not address
        or not _may_be_a_piece(address, sight.page.url)
        or not _same_host(address, sight.page.url)
    ):
        return None
    return Said(value=address, place="meta og:url", raw=found[1])


def where_it_led(sight: Sight) -> Said[str] | None:
    """The address that redirects ended at, where it is not the one listed."""
    address = web_address(sight.page.url)
    if not address or address == sight.entry.link or _is_home(address, sight.entry.link):
        return None
    return Said(value=address, place="redirect", raw=address)


CANONICAL = (canonical_link, address_in_marks, where_it_led)


def refused_canonical(sight: Sight) -> str:
    """A canonical address that was not believed, or empty."""
    told = [link.get("href") or "" for link in _links(sight, "canonical") if link.tag == "link"]
    given = [web_address(sight.page.absolute(href)) for href in told]
    return next((address for address in given if address and not _may_be_a_piece(address, sight.page.url)), "")


def same_address(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing but scheme, "www." and a slash at the end."""
    return _plain(one) == _plain(other)


def _plain(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/").lower()


def _same_host(one: str, other: str) -> bool:
    return _plain(one).partition("/")[0] == _plain(other).partition("/")[0]


def _is_home(address: str, url: str) -> bool:
    return urlsplit(address).path in ("", "/") and not urlsplit(address).query and urlsplit(url).path not in ("", "/")


def _may_be_a_piece(address: str, url: str) -> bool:
    """Whether ``address`` can be that of the piece at ``url``: no home page, no section that the piece stands in."""
    if _is_home(address, url):
        return False
    there = [part for part in urlsplit(address).path.lower().split("/") if part]
    here = [part for part in urlsplit(url).path.lower().split("/") if part]
    if there == here or urlsplit(address).query:
        return True
    if len(there) == 1 and there[0].partition(".")[0] in _LISTS:
        return False
    above = len(there) < len(here) and here[: len(there)] == there and _same_host(address, url)
    return not above or all(_ANOTHER_FORM.match(part) for part in here[len(there) :])


def licence_by_recipe(sight: Sight) -> Said[str] | None:
    told = sight.site.get("licence", ())
    return _licence(told[0], "page recipe licence", told[0]) if told else None


def licence_link(sight: Sight) -> Said[str] | None:
    """``rel=license`` (HTML, section 4.6.8.8), but not that of a picture."""
    for link in _links(sight, "license"):
        if not any(True for _ in link.iterancestors("figure", "figcaption")):
            said = _licence(
                sight.page.absolute(link.get("href") or ""), f"{link.tag!s} rel=license", link.get("href") or ""
            )
            if said:
                return said
    return None


def licence_in_marks(sight: Sight) -> Said[str] | None:
    for place, values in sight.marks.texts("license"):
        said = _licence(values[0], place, values[0])
        if said:
            return said
    found = sight.marks.first(
        "dcterms.license", "dc.rights", "dcterms.rights", "dc.rights.license", "rights", "copyright"
    )
    return _licence(found[1], f"meta {found[0]}", found[1]) if found else None


def licence_box(sight: Sight) -> Said[str] | None:
    """A Creative Commons licence that a line or a link names, outside the captions."""
    for link in sight.page.root.iter("a"):
        href = link.get("href") or ""
        if "creativecommons.org/" in href.lower() and not any(True for _ in link.iterancestors("figure", "figcaption")):
            said = _licence(sight.page.absolute(href), "link to a licence", href)
            if said:
                return said
    for told in labelled_values(sight.lines, "licence"):
        said = _licence(told.value, told.place, told.raw)
        if said:
            return said
    for block in (*sight.parts.below, *sight.parts.boxes, *sight.parts.above):
        named = _CC_NAME.search(block.text) or _CC_ZERO.search(block.text)
        if (
            named
            and len(block.text) <= _LONGEST_BOX
            and (_LICENSED.search(block.text) or len(block.text) < _LONGEST_NAME)
        ):
            return _licence(named[0], "line beside the text", block.text)
    return None


LICENCE = (licence_in_marks, licence_link, licence_by_recipe, licence_box)


def _licence(told: str, place: str, raw: str) -> Said[str] | None:
    value = licence_of(told)
    return Said(value=value, place=place, raw=raw) if value else None


def licence_of(told: str) -> str:
    """A licence as its address, Creative Commons' in the one form, or its short name; empty where none is given."""
    plain = one_line(told)
    deed = _CC.match(plain)
    if deed:
        kind, name, version, country = deed.groups()
        parts = (kind.lower(), name.lower(), version, (country or "").lower())
        return "https://creativecommons.org/" + "/".join(part for part in parts if part) + "/"
    named = _CC_NAME.search(plain)
    if named:
        terms = ("by", *(name for name, pattern in _PARTS if pattern.search(named[2] or "")))
        return _deed("-".join(terms), named[3])
    if _CC_ZERO.search(plain):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if web_address(plain):
        return web_address(plain)
    return plain if plain and len(plain) <= _LONGEST_NAME and not _RESERVED.search(plain) and "://" not in plain else ""


def _deed(name: str, version: str | None) -> str:
    return f"https://creativecommons.org/licenses/{name}/{version}/" if version else f"CC {name.upper()}"
