"""Polish."""

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = r"(?:artykuł|tekst|wpis|esej|wywiad|felieton|komentarz|reportaż|analiza|historia|recenzja|opracowanie)"
_SUBJECT = rf"(?:(?:ten|ta|niniejszy|niniejsza|poniższy|powyższy)\s{_PIECE}|{_PIECE})"
_FIRST = r"(?:pierwotnie|po\sraz\spierwszy|oryginalnie|najpierw|wcześniej)"
_OUT = r"(?:opublikowan[yae]|zamieszczon[yae]|wydrukowan[yae])"
_PERMISSION = r"za\s(?:uprzejmą\s)?(?:zgodą|pozwoleniem)"

POLISH = Language(
    code="pl",
    cues=("opublikowan", "ukazał", "źródło:", "tłumacz", "przekład", "przedruk", "fragment", "zgodą", "zamieszczon"),
    rules=(
        sentence(Kind.EXCERPT, r"(?:to\s|poniżej\s|publikujemy\s)(?:jest\s)?fragment\s"),
        sentence(
            Kind.TRANSLATED,
            r"(?:tłumaczenie|przekład)\s\w{3,16},\s(?:który|która|które)\s(?:[\w-]{2,14}\s){0,4}(?:wydał|"
            r"opublikował|zamieścił)[ao]?\s(?:serwis\s|portal\s|dziennik\s|tygodnik\s|"
            r"magazyn\s)?(?P<name>[^\n]{2,80})",
        ),
        sentence(
            Kind.TRANSLATED,
            rf"(?:{_SUBJECT}\s(?:jest\s)?)?(?:tłumaczenie|przekład|tłumaczeniem|przekładem)\s(?=artykułu|tekstu|"
            rf"eseju|wpisu|z\s)",
        ),
        sentence(Kind.REPUBLISHED, rf"(?:{_SUBJECT}\s)?przedruk(?:owan[yae])?\s(?=z|za)"),
        fragment(Kind.COURTESY, r"źródło:\s(?P<name>[^\n]{2,80})", alone=True),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:(?:został[ao]?|był[ao]?)\s)?(?:{_FIRST}\s(?:{_OUT}|ukazał[ao]?\ssię)|(?:{_OUT}|"
            rf"ukazał[ao]?\ssię)\s{GAP}{_FIRST})\b",
            nameless=True,
        ),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"{_SUBJECT}\sukazał[ao]?\ssię\b(?=\s(?:w|na)\s)"),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST})\b"),
    ),
    prepositions=words(r"\b(?:w|we|na|przez|z|ze|za)\s"),
    ends=exact(
        r"\si\s(?:jest|został|zosta\w+)\b|\sza\szgodą|\s(?:tutaj|który|która|gdzie|dnia|roku|pod)\b|"
        r"\sprzez\s(?=[A-Z])|\sw\s(?:języku|dniu)\b|\spo\s(?:angielsku|polsku)\b"
    ),
    veto=words(r"^\W{0,3}(?:zdjęcie|foto|fot\.|grafika|film)|\bzabronion|\bzakaz|\bpakiet\b|\bpowieść\b|\bksiążk"),
    generic=words(
        r"(?:nasz\w{0,3}|jego|jej|swoi\w{1,3}|t(?:ym|ej)|angielsk\w+|polsk\w+|pierwszym|zakresie|ramach|"
        r"opracowanie|własne)\b"
    ),
    outlets=words(r"(?:blogu|stronie|magazynie|serwisie|portalu|czasopiśmie|gazecie|[\w ]{0,24}magazynie)\b"),
    before_name=(
        exact(r"^(?:numerze|wydaniu)\s[\w/]{1,12}\s"),
        exact(
            r"^(?:[a-ząćęłńóśźż]{4,18}\s)?(?:blogu|stronie(?:\sinternetowej)?|magazynie|serwisie|portalu|"
            r"czasopiśmie|gazecie|tygodniku|dzienniku|miesięczniku|kwartalniku|piśmie)\s(?=[A-ZĄĆĘŁŃÓŚŹŻ\d„\"«])"
        ),
    ),
    rights=words(rf"\bprzedruk\w*\b|{_PERMISSION}"),
    translated=words(r"\bprzetłumaczon|\btłumaczenie\b|\bprzekład\b"),
    grantor=words(rf"{_PERMISSION}\s"),
)
