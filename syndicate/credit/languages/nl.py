"""Dutch."""

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:artikel|stuk|verhaal|blog|blogpost|column|opiniestuk|interview|analyse|essay|bijdrage|tekst|"
    r"recensie|reportage|commentaar)"
)
_SUBJECT = rf"(?:(?:dit|deze|het|de)\s(?:[\w-]{{3,16}}\s)?{_PIECE})"
_FIRST = r"(?:eerder|eerst|oorspronkelijk|voor\shet\seerst|origineel|aanvankelijk)"
_OUT = r"(?:gepubliceerd|verschenen|geplaatst|afgedrukt)"
_PERMISSION = r"met\s(?:vriendelijke\s|uitdrukkelijke\s)?(?:toestemming|goedkeuring)"

DUTCH = Language(
    code="nl",
    cues=(
        "verscheen",
        "verschenen",
        "gepubliceerd",
        "fragment",
        "overgenomen",
        "toestemming",
        "vertaal",
        "vertaling",
        "bewerk",
        "geplaatst",
        "versie",
    ),
    rules=(
        sentence(Kind.ADAPTED_EXCERPT, r"(?:dit\sis\s)?(?:een\s)?(?:bewerkt|aangepast)\s(?:fragment|uittreksel)\b"),
        sentence(
            Kind.EXCERPT,
            r"(?:dit\s(?:is\s)?)(?:een\s)?(?:(?:artikel|verhaal)\sis\seen\s)?(?:fragment|uittreksel|"
            r"voorpublicatie)\b",
        ),
        fragment(Kind.EXCERPT, r"(?:fragment(?:en)?|uittreksel|voorpublicatie)\b(?=\suit\s)"),
        sentence(
            Kind.VERSION_OF,
            rf"een\s(?:[\w-]{{3,16}}\s)?versie\svan\s(?:dit|deze|een|het)\s{GAP}(?:verscheen|{_OUT}|(?=werd|is)\w+)",
        ),
        sentence(Kind.ADAPTED, rf"{_SUBJECT}\sis\s(?:een\sbewerking\svan|bewerkt\snaar|gebaseerd\sop\seen\s{_PIECE})"),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_SUBJECT}\s(?:is|werd)\s(?:gepubliceerd\s)?in\ssamenwerking(?=\smet\s[^.\n]{{2,100}}{_OUT})",
        ),
        sentence(
            Kind.TRANSLATED, rf"(?:{_SUBJECT}\s(?:is|werd)\s)?(?:vertaald|(?:een\s)?vertaling)\b(?=\s(?:uit|van|naar))"
        ),
        sentence(Kind.REPUBLISHED, rf"{_SUBJECT}\s(?:is|werd|wordt)\s{GAP}(?:overgenomen|herpubliceerd)\b"),
        fragment(Kind.REPUBLISHED, r"(?:overgenomen|herpublicatie)\b(?=\s(?:van|uit|met))"),
        fragment(Kind.CROSS_POST, r"cross-?post(?:ed)?\b(?=\s(?:van|from))"),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:verscheen|(?:is|werd)\s(?={GAP}(?:{_OUT})))\s?{GAP}{_FIRST}\b",
            nameless=True,
        ),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"{_SUBJECT}\sverscheen\b(?=\s(?:op|in|bij)\s(?:het\s|de\s)?[A-Z])"),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST}|{_FIRST}\sverschenen)\b"),
    ),
    prepositions=words(r"\b(?:op|in|bij|door|van|uit|met)\s|:\s(?=http)"),
    ends=exact(
        r"\sen\s(?:is|werd|wordt|hier|verscheen|met)\b|\s(?:gepubliceerd|verschenen|geplaatst|overgenomen|"
        r"afgedrukt)\b|\sonder\s|\smet\s(?:toestemming|vriendelijke|de|dank)\b|"
        r"\s(?:hier|waar|toen|die|dat)\b|\sdoor\s(?=[A-Z])|\sop\s(?=\d)|\sin\s(?:het\s)?(?:Engels|Nederlands|"
        r"Frans|Duits)\b"
    ),
    veto=words(
        r"^\W{0,3}(?:foto|beeld|afbeelding|video|illustratie)\b|\bverboden\b|\broman\b|\bnieuwsbrief\b|"
        r"\bpakket\b|\book\sop\b"
    ),
    generic=words(
        r"(?:onze|ons|zijn|haar|hun|mijn|deze|dit|een|het\s(?:engels|nederlands|frans|duits)|engels|"
        r"nederlands|papier|de\sauteur|samenwerking|editoriaal)\b"
    ),
    outlets=words(r"(?:blog|website|site|tijdschrift|krant|magazine|pagina)\b"),
    before_name=(
        exact(r"^(?:de|het|een)\s(?=\S)"),
        exact(r"^(?:nummer|editie)\s[\w/]{0,12}\svan\s(?:de\s|het\s)?"),
        exact(r"^(?:blog|website|site|tijdschrift|krant|weekblad|magazine|dagblad|vakblad|platform)\s(?=[A-Z\d“\"])"),
    ),
    rights=words(rf"\b(?:overgenomen|gereproduceerd|herpubliceerd)\b|{_PERMISSION}"),
    translated=words(r"\b(?:is|werd)\svertaald\b|\bvertaald\s(?:uit|door)|\bvertaling\s(?:van|uit)\b"),
    grantor=words(rf"{_PERMISSION}\svan\s"),
)
