"""Spanish."""
# ruff: noqa: RUF001 - typographic quotes and dashes are what these patterns are about

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:artículo|texto|análisis|columna|nota|entrada|post|ensayo|entrevista|reportaje|crónica|comentario|"
    r"pieza|tribuna|historia)"
)
_SUBJECT = rf"(?:(?:este|esta|el|la|el\spresente|la\spresente|el\ssiguiente)\s{_PIECE}|{_PIECE})"
_FIRST = r"(?:originalmente|inicialmente|originariamente|por\sprimera\svez|primero|previamente|en\sprimer\slugar)"
_OUT = r"(?:publicad[oa]|aparecid[oa]|difundid[oa])"
_DID = r"(?:se\spublicó|apareció|salió|se\sdifundió|fue\spublicad[oa]|ha\ssido\spublicad[oa]|fue|ha\ssido)"
_PERMISSION = (
    r"con\s(?:el\s|la\s|su\s)?(?:debid[oa]\s|amable\s|expres[oa]\s)?(?:permiso|autorización|licencia|"
    r"consentimiento)"
)

SPANISH = Language(
    code="es",
    cues=(
        "publica",
        "publicó",
        "extracto",
        "fragmento",
        "adapta",
        "traduc",
        "reprodu",
        "cortesía",
        "apareci",
        "fuente:",
        "versión",
    ),
    rules=(
        sentence(
            Kind.ADAPTED_EXCERPT,
            rf"(?:(?:{_SUBJECT}|est[eo])\ses\s)?(?:un\s)?(?:extracto|fragmento)\s(?:adaptado|editado)\b",
        ),
        sentence(Kind.EXCERPT, rf"(?:{_SUBJECT}|est[eo]|lo\sque\ssigue)\ses\s(?:un\s)?(?:extracto|fragmento)\b"),
        fragment(Kind.EXCERPT, r"(?:extracto|fragmento|extraído)\b(?=\s(?:de|del)\s)", alone=True),
        sentence(
            Kind.VERSION_OF,
            rf"una?\s(?:primera\s)?versión\s(?:[\w-]{{3,16}}(?:\sy\s[\w-]{{3,16}})?\s)?(?:de\seste|de\sesta|"
            rf"del?)\s{GAP}(?:{_DID}|{_OUT})\b",
        ),
        sentence(Kind.VERSION_OF, rf"{_SUBJECT}\ses\suna\sversión\s"),
        sentence(Kind.ADAPTED, rf"{_SUBJECT}\s(?:es|está|ha\ssido|fue)\s(?:una\sadaptación|adaptad[oa])\b"),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_SUBJECT}\s(?:es|fue|se|ha\ssido)\s(?:co-?publicad[oa]|publica|publicad[oa])\s(?:en\s(?:alianza|"
            rf"colaboración|conjunto)|conjuntamente)(?=\scon)",
        ),
        sentence(Kind.TRANSLATED, rf"{_SUBJECT}\s(?:es|fue|ha\ssido)\s(?:una\straducción|traducid[oa])\b"),
        fragment(Kind.TRANSLATED, r"(?:traducid[oa]|traducción)\s(?=del?\b)"),
        sentence(
            Kind.REPUBLISHED, rf"{_SUBJECT}\s(?:se|es|fue|ha\ssido)\s(?:republica(?:d[oa])?|reproduce|reproducid[oa])\b"
        ),
        fragment(Kind.REPUBLISHED, r"(?:republicad[oa]|reproducid[oa]|tomado)\b(?=\s(?:de|del|con)\b)"),
        fragment(Kind.CROSS_POST, r"cross-?post(?:ed|eado)?\b(?=\s(?:de|desde|from))"),
        fragment(Kind.COURTESY, r"(?:cortesía\sde(?:l)?|fuente:)\s(?P<name>[^\n]{2,80})", alone=True),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:{_DID}\s)?(?:{_FIRST}(?:\s{_OUT})?|{_OUT}\s{GAP}{_FIRST})\b",
            nameless=True,
        ),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:se\spublicó|apareció)\s(?:{GAP}{_FIRST}\b|(?=en\s))",
            nameless=True,
        ),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST})\b(?=\s|:)"),
    ),
    prepositions=words(r"\b(?:en|por|de|del|con|desde)\s|:\s(?=http)"),
    ends=exact(
        r"\s[ye]\s(?:fue|es|ha|se|escrit|traducid|re\w+|está|cuenta)\w*\b|\s(?:bajo|aquí|cuando|donde|que|"
        r"según)\b|\scon\s(?:permiso|autorización|la|el|su|el\stítulo)\b|"
        r"\spor\s(?:cortesía|[A-Z])|\sel\s(?=\d)|\sen\s(?:inglés|español|francés|alianza|colaboración|\d{4})\b"
    ),
    veto=words(
        r"^\W{0,3}(?:foto|imagen|vídeo|video|gráfico|ilustración|mapa)\b|\bprohibid[oa]\b|\blibro\b|"
        r"\bnovela\b|\bpelícula\b|\bpor\sfavor\b|"
        r"\bboletín\b|\btambién\s(?:se\spublicó|apareció)\b"
    ),
    generic=words(
        r"(?:nuestr[oa]s?|su|sus|mi|este|esta|est[eo]s|un|una|papel|inglés|español|francés|el\sautor|"
        r"la\sautora|la\sredacción|el\smarco|"
        r"elaboración|propia|el\soriginal|la\slicencia|permiso|autorización|alianza|colaboración|cortesía|"
        r"primera|l[oa]s?\s(?:datos|web)\b)\b"
    ),
    outlets=words(r"(?:blog|sitio(?:\sweb)?|página|revista|diario|periódico|medio|portal|web)\b"),
    before_name=(
        exact(r"^(?:el|la|los|las)\s(?=\S)"),
        exact(r"^(?:la\s)?(?:edición|número)\s[^,.\n]{0,30}?\s?(?:de|del)\s(?:la\s|el\s)?"),
        exact(
            r"^(?:blog|sitio(?:\sweb)?|página(?:\sweb)?|revista|diario|periódico|medio|portal|semanario|"
            r"web)\s(?:(?:digital|semanal)\s)?(?=[A-ZÁÉÍÓÚÑ\d“\"«])"
        ),
    ),
    rights=words(rf"\b(?:republica|reprodu)\w{{1,6}}\s(?:aquí\s)?(?:con|bajo|por)|{_PERMISSION}"),
    translated=words(r"\b(?:fue|ha\ssido)\straducid[oa]\b|\btraducid[oa]\s(?:del|por)|\btraducción\s(?:de|del)\b"),
    reshaped=words(r"\ben\suna\sversión\b"),
    grantor=words(rf"{_PERMISSION}\s(?:de\s(?:la\s)?|del\s)"),
    author=exact(r"\bescrit[oa]\spor\s(?P<author>(?:[A-ZÁÉÍÓÚÑ][\w.’'-]{0,20}\s?){2,4})"),
)
