"""Portuguese."""
# ruff: noqa: RUF001 - typographic quotes and dashes are what these patterns are about

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:artigo|texto|matéria|reportagem|coluna|post|postagem|ensaio|entrevista|análise|crônica|notícia|" r"comentário)"
)
_SUBJECT = rf"(?:(?:est[ea]|ess[ea]|o\spresente|a\spresente|o|a)\s{_PIECE}|{_PIECE})"
_FIRST = r"(?:originalmente|inicialmente|primeiro|primeiramente|pela\sprimeira\svez|originariamente)"
_OUT = r"(?:publicad[oa]|postad[oa]|divulgad[oa]|veiculad[oa])"
_PERMISSION = r"com\s(?:a\s)?(?:devida\s)?(?:permissão|autorização|licença)"

PORTUGUESE = Language(
    code="pt",
    cues=(
        "publica",
        "postad",
        "trecho",
        "extra",
        "adapta",
        "tradu",
        "reprodu",
        "republica",
        "cortesia",
        "fonte:",
        "versão",
        "veiculad",
    ),
    rules=(
        sentence(
            Kind.ADAPTED_EXCERPT,
            rf"(?:(?:{_SUBJECT}|est[ea]|isto)\sé\s)?(?:um\s)?(?:trecho|excerto|extrato)\s(?:adaptado|editado)\b",
        ),
        sentence(Kind.EXCERPT, rf"(?:{_SUBJECT}|est[ea]|isto)\sé\s(?:um\s)?(?:trecho|excerto|extrato)\b"),
        fragment(Kind.EXCERPT, r"(?:trecho|excerto|extraído)\b(?=\s(?:de|do|da)\s)", alone=True),
        sentence(
            Kind.VERSION_OF,
            rf"uma?\s(?:primeira\s)?versão\s(?:[\w-]{{3,16}}\s)?(?:dest[ea]|de\sum|do|da)\s{GAP}(?:{_OUT}|apareceu|"
            rf"saiu)\b",
        ),
        sentence(Kind.ADAPTED, rf"{_SUBJECT}\s(?:é|foi)\s(?:uma\sadaptação|adaptad[oa])\b"),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_SUBJECT}\s(?:é|foi)\s(?:co-?publicad[oa]|publicad[oa]\sem\s(?:parceria|colaboração))(?=\scom)",
        ),
        sentence(Kind.TRANSLATED, rf"{_SUBJECT}\s(?:é|foi)\s(?:uma\stradução|traduzid[oa])\b"),
        fragment(Kind.TRANSLATED, r"(?:traduzid[oa]|tradução)\s(?=d[eoa]\b)"),
        sentence(Kind.REPUBLISHED, rf"{_SUBJECT}\s(?:é|foi)\s(?:republicad[oa]|reproduzid[oa])\b"),
        fragment(Kind.REPUBLISHED, r"(?:republicad[oa]|reproduzid[oa])\b(?=\s(?:d[eoa]|com)\b)"),
        fragment(Kind.CROSS_POST, r"cross-?post(?:ed|ado)?\b(?=\s(?:d[eoa]|from))"),
        fragment(Kind.COURTESY, r"(?:cortesia\sd[eoa]|fonte:)\s(?P<name>[^\n]{2,80})", alone=True),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:foi\s|fora\s|apareceu\s|saiu\s)?(?:{_FIRST}(?:\s{_OUT})?|{_OUT}\s{GAP}{_FIRST})\b",
            nameless=True,
        ),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"{_SUBJECT}\sfoi\s{_OUT}(?=\s(?:no|na|pel[oa])\s)"),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST})\b(?=\s|:)"),
    ),
    prepositions=words(r"\b(?:em|no|na|nos|nas|pelo|pela|por|de|do|da|com)\s|\bn[’']|\bem:\s"),
    ends=exact(
        r"\se\s(?:foi|é|está|re\w+|escrit\w+|traduzid\w+)\b|\s(?:sob|aqui|quando|onde|que)\b|"
        r"\scom\s(?:permissão|a|o|autorização)\b|\spor\s(?=[A-Z])|"
        r"\s(?:em|no\sdia)\s(?=\d)|\sem\s(?:inglês|português|parceria)\b"
    ),
    veto=words(
        r"^\W{0,3}(?:foto|imagem|vídeo|gráfico|ilustração)\b|\bproibid[oa]\b|\blivro\b|\bromance\b|\bfilme\b|"
        r"\bpor\sfavor\b|\bsem\sautorização\b|"
        r"\btambém\s(?:foi\spublicad|saiu)|\bnewsletter\b"
    ),
    generic=words(
        r"(?:noss[oa]s?|seu|sua|meu|minha|est[ea]|ess[ea]|um|uma|papel|inglês|português|espanhol|francês|"
        r"autor|autora|o\sautor|a\sautora|"
        r"elaboração|própria|parceria|permissão|autorização|original)\b"
    ),
    outlets=words(r"(?:blog|site|página|revista|jornal|portal)\b"),
    before_name=(
        exact(r"^(?:o|a|os|as)\s(?=\S)"),
        exact(r"^(?:edição|número)\s[^,.\n]{0,30}?\s?d[eoa]\s"),
        exact(r"^(?:blog|site|página|revista|jornal|portal|periódico|semanário)\s(?=[A-ZÁÉÍÓÚÃÕÂÊÔÇ\d“\"«])"),
    ),
    rights=words(rf"\b(?:republicad|reproduzid)[oa]\s(?:aqui\s)?(?:com|sob|por)|{_PERMISSION}"),
    translated=words(r"\bfoi\straduzid[oa]\b|\btraduzid[oa]\s(?:do|por)|\btradução\sd[eoa]\b"),
    grantor=words(rf"{_PERMISSION}\s(?:d[eoa]\s)"),
    author=exact(r"\bescrit[oa]\spor\s(?P<author>(?:[A-ZÁÉÍÓÚÃÕÂÊÔÇ][\w.’'-]{0,20}\s?){2,4})"),
)
