"""Italian."""
# ruff: noqa: RUF001 - typographic quotes and dashes are what these patterns are about

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:articolo|testo|post|pezzo|saggio|commento|editoriale|intervista|analisi|reportage|contributo|"
    r"recensione|racconto)"
)
_SUBJECT = rf"(?:(?:quest[oa’']|il\spresente|l[’']|il)\s?(?:presente\s)?{_PIECE}|{_PIECE})"
_FIRST = r"(?:originariamente|originalmente|inizialmente|per\sla\sprima\svolta|in\sorigine|per\sprimo|precedentemente)"
_OUT = r"(?:pubblicat[oa]|apparso|apparsa|uscit[oa])"
_PERMISSION = (
    r"(?:per\sgentile\sconcessione|con\s(?:l[’'])?(?:autorizzazione|il\spermesso|il\sconsenso)|" r"su\sautorizzazione)"
)

ITALIAN = Language(
    code="it",
    cues=(
        "pubblica",
        "appars",
        "estratto",
        "adattat",
        "tradott",
        "traduzione",
        "concessione",
        "tratto",
        "ripubblic",
        "riprodo",
        "uscit",
    ),
    rules=(
        sentence(
            Kind.ADAPTED_EXCERPT, rf"(?:(?:{_SUBJECT}|questo)\sè\s)?(?:un\s)?estratto\s(?:adattato|rielaborato)\b"
        ),
        sentence(Kind.EXCERPT, rf"(?:{_SUBJECT}|questo)\sè\s(?:un\s)?(?:estratto|tratto|brano\stratto)\b"),
        fragment(Kind.EXCERPT, r"(?:estratto|tratto)\b(?=\s(?:da|dal|dalla|dall[’']|di)\b)", alone=True),
        sentence(
            Kind.VERSION_OF,
            rf"una\s(?:prima\s)?versione\s(?:[\w-]{{3,16}}\s)?(?:di\squest\w|dell[’']|del)\s?{GAP}{_OUT}\b",
        ),
        sentence(Kind.ADAPTED, rf"{_SUBJECT}\sè\s(?:stato\s)?(?:un\sadattamento|adattat[oa])\b"),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_SUBJECT}\sè\s(?:stato\s)?(?:co-?pubblicat[oa]|pubblicat[oa]\sin\scollaborazione)(?=\scon)",
        ),
        sentence(
            Kind.TRANSLATED,
            rf"(?:{_SUBJECT}\s(?:è\s(?:stato\s)?)?)?(?:tradott[oa]|(?:una\s)?traduzione)\b(?=\s(?:da|dal|dall|di|"
            rf"del))",
        ),
        sentence(Kind.REPUBLISHED, rf"(?:ripubblichiamo|riproduciamo|pubblichiamo)\b{GAP}{_PIECE}\s(?:{_OUT}|di)\b"),
        sentence(Kind.REPUBLISHED, rf"{_SUBJECT}\s(?:è|viene)\s(?:stato\s)?(?:ripubblicat[oa]|riprodott[oa])\b"),
        fragment(
            Kind.REPUBLISHED,
            rf"(?:(?:ripubblicat[oa]|riprodott[oa])\b(?=\s(?:da|dal|con|per|su))|{_PERMISSION}\s(?=di|de))",
        ),
        fragment(Kind.CROSS_POST, r"cross-?post(?:ed|ato)?\b(?=\s(?:da|dal|from))"),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:è\s(?:stat[oa]\s)?|era\s(?:stat[oa]\s)?)?(?:{_FIRST}\s{_OUT}|{_OUT}\s{GAP}{_FIRST})\b",
            nameless=True,
        ),
        sentence(
            Kind.ORIGINALLY_PUBLISHED, rf"{_SUBJECT}\sè\s(?:stat[oa]\s)?{_OUT}\b(?=\s(?:su|sul|sulla|in|nel|nella)\b)"
        ),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST})\b(?=\s|:)"),
    ),
    prepositions=words(
        r"\b(?:su|sul|sulla|sullo|in|nel|nella|da|dal|dalla|dallo|di|del|della|con)\s|\b(?:sull|nell|dall|"
        r"dell)[’']|:\s(?=http)"
    ),
    ends=exact(
        r"\se\s(?:è|viene|ri\w+|tradott\w+|scritt\w+)\b|\s(?:sotto|qui|quando|dove|che)\b|\sin\s(?:lingua|"
        r"inglese|italiano|francese|collaborazione)\b|\scon\s(?:l|il|la|licenza)\b|"
        r"\sper\s(?:gentile|la\sprima)|\sil\s(?=\d)|\sa\scura\b"
    ),
    veto=words(
        r"^\W{0,3}(?:foto|immagine|video|grafico|illustrazione)\b|\bvietat[oa]\b|\bromanzo\b|\blibro\b|"
        r"\bfilm\b|\bnewsletter\b|\banche\s(?:su|pubblicat)"
    ),
    generic=words(
        r"(?:nostr[oa]|suo|sua|mio|mia|quest[oa]|un[oa]?|inglese|italiano|francese|redazione|autore|autrice|"
        r"occasione|collaborazione|voce|originale|"
        r"l[’'](?:autore|originale|inglese))\b"
    ),
    outlets=words(r"(?:blog|sito(?:\sweb)?|pagina|rivista|giornale|portale|quotidiano|team)\b"),
    before_name=(
        exact(r"^(?:il|lo|la|i|gli|le|l[’'])\s?(?=[A-Z\d]|blog|sito|rivista|giornale|quotidiano|sett|mens)"),
        exact(r"^numero\s[^,.\n]{0,30}?\s?d[ei]l?l?a?\s"),
        exact(
            r"^(?:blog|sito(?:\sweb)?|rivista|giornale|quotidiano|settimanale|mensile|portale|"
            r"magazine)\s(?=[A-ZÀÈÉÌÒÙ\d“\"«])"
        ),
    ),
    rights=words(rf"\b(?:ripubblicat|riprodott)[oa]\s(?:qui\s)?(?:con|sotto|su|per)|{_PERMISSION}"),
    translated=words(r"\bè\sstat[oa]\stradott[oa]\b|\btradott[oa]\s(?:da|dall)|\btraduzione\s(?:di|a\scura)"),
    grantor=words(rf"{_PERMISSION}\s(?:di\s|del\s|della\s|dell[’'])"),
    author=exact(r"\bscritt[oa]\sda\s(?P<author>(?:[A-ZÀÈÉÌÒÙ][\w.’'-]{0,20}\s?){2,4})"),
)
