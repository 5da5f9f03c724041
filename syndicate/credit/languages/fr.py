"""French."""
# ruff: noqa: RUF001 - typographic quotes and dashes are what these patterns are about

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:article|billet|texte|post|papier|tribune|analyse|chronique|entretien|interview|reportage|essai|"
    r"commentaire|éditorial|note)"
)
_SUBJECT = rf"(?:(?:cet?|cette|l[’'])\s?(?:[\w-]{{3,16}}\s)?{_PIECE}|{_PIECE})"
_FIRST = (
    r"(?:initialement|originellement|originalement|d[’']abord|à\sl[’']origine|pour\sla\spremière\sfois|"
    r"précédemment|en\spremier)"
)
_OUT = r"(?:publiée?|parue?|postée?|diffusée?|mise?\sen\sligne)"
_PERMISSION = r"avec\s(?:l[’'](?:aimable\s)?(?:autorisation|accord|permission)|la\spermission)"

FRENCH = Language(
    code="fr",
    cues=(
        "publié",
        "paru",
        "extrait",
        "adapt",
        "tradu",
        "reproduit",
        "courtoisie",
        "autorisation",
        "posté",
        "version",
        "repris",
    ),
    rules=(
        sentence(
            Kind.ADAPTED_EXCERPT, rf"(?:{_SUBJECT}\sest\s|ceci\sest\s)?(?:un\s)?extrait\s(?:adapté|remanié|édité)\b"
        ),
        sentence(
            Kind.EXCERPT,
            rf"(?:{_SUBJECT}|ceci|ce\squi\ssuit)\sest\s(?:un\s)?(?:extrait|tiré)e?s?\b(?=\s(?:de|d[’']|du|des))",
        ),
        fragment(Kind.EXCERPT, r"(?:extraits?|tiré)\b(?=\s(?:de|d[’']|du|des)\s)", alone=True),
        sentence(
            Kind.VERSION_OF,
            rf"une\s(?:(?:première|autre|précédente)\s)?version\s(?:[\w-]{{3,16}}\s)?(?:de\scet(?:te)?|d[’']une?|"
            rf"du)\s?{GAP}{_OUT}\b",
        ),
        sentence(Kind.VERSION_OF, rf"{_SUBJECT}\sest\sune\sversion\s"),
        sentence(Kind.ADAPTED, rf"(?:{_SUBJECT}\sest\s)(?:adaptée?|une\sadaptation|inspirée?)\b(?=\s(?:de|d[’']|du))"),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_SUBJECT}\s(?:est|a\sété)\s(?:co-?publiée?|publiée?\sen\s(?:partenariat|collaboration))(?=\savec)",
        ),
        fragment(Kind.CO_PUBLISHED, r"(?:co-?publiée?|publiée?\sen\s(?:partenariat|collaboration))(?=\savec)"),
        sentence(Kind.TRANSLATED, rf"(?:{_SUBJECT}\s(?:est|a\sété)\s)(?:une\straduction|traduite?)\b"),
        fragment(Kind.TRANSLATED, r"(?:traduite?|traduction)\s(?=(?:de\s|du\s|d[’']))"),
        sentence(Kind.REPUBLISHED, rf"{_SUBJECT}\s(?:est|a\sété)\s(?:republiée?|reproduite?|reprise?|rediffusée?)\b"),
        fragment(
            Kind.REPUBLISHED, r"(?:republiée?|reproduite?|reprise?|repris)\b(?=\s(?:de|du|depuis|à\spartir|avec|d[’']))"
        ),
        sentence(Kind.REPUBLISHED, r"nous\s(?:republions|reproduisons|reprenons)\b"),
        fragment(Kind.CROSS_POST, r"cross-?post(?:é|ed)?\b(?=\s(?:de|depuis|du|from))"),
        fragment(Kind.COURTESY, r"(?:avec\sl[’']aimable\sautorisation|fournie?\spar)\s(?=de|du|d[’']|\w)", alone=True),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:a\s(?:{_FIRST}\s)?(?:été\s)?|est\s|fut\s)?(?:{_FIRST}\s{_OUT}|{_OUT}(?:\s{GAP}{_FIRST})?)(?=\s|$)",
            nameless=True,
        ),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST}|première\spublication)(?=\s|:)"),
    ),
    prepositions=words(r"\b(?:sur|dans|par|chez|de|du|depuis|avec|en|à\spartir\sde)\s|\bd[’']|:\s(?=http)"),
    ends=exact(
        r"\set\s(?:est|a|été|re\w+|traduit|écrit|adapté|nous)\b|\ssous\s|\savec\sl|\savec\sla\s|"
        r"\spar\s(?=[A-Z])|\s(?:ici|puis|qui|où|lors|"
        r"en\s(?:anglais|partenariat|français|allemand|espagnol|collaboration))\b|\sle\s(?=\d)|\s(?:traduit|écrit)\b"
    ),
    veto=words(
        r"^\W{0,3}(?:photo|image|crédit|illustration|vidéo|carte)\b|\binterdite?\b|\bnewsletter\b|"
        r"\binfolettre\b|\broman\b|\blivre\sa\sété\b"
        r"|\bégalement\s(?:paru|publié)|\blibre\sde\b"
    ),
    generic=words(
        r"(?:notre|nos|son|sa|ses|leur|mon\s(?!livre)|cette?|ce|l[’']auteure?|l[’']original|l[’'](?:anglais|"
        r"allemand|espagnol|italien|"
        r"arabe)|anglais|français|le\scadre|partenariat|la\sversion|le\sblog\sde\sl[’']auteur|partir|une?|"
        r"des\s)(?:\b|$)"
    ),
    outlets=words(r"(?:blog|site(?:\sweb)?|revue|magazine|journal|page)\b"),
    before_name=(
        exact(r"^(?:le|la|les|l[’'])\s?(?=\S)"),
        exact(r"^(?:mon|son)\slivre\s(?=[A-Z«])"),
        exact(r"^(?:n(?:uméro|°)|édition)\s(?:de\s)?[\w/]{0,12}\s(?:de|du)\s(?:la\s|l[’'])?"),
        exact(
            r"^(?:blog|site(?:\sweb)?|revue|magazine|journal|quotidien|hebdomadaire|mensuel|média|portail|"
            r"livre)\s(?=[A-ZÀ-Ý\d«“\"])"
        ),
    ),
    rights=words(rf"\b(?:republiée?|reproduite?|reprise?)\s(?:ici\s)?(?:avec|sous|par)|{_PERMISSION}"),
    translated=words(r"\b(?:a\sété|est)\straduite?\b|\btraduite?\s(?:de\sl|du|par)|\btraduction\b"),
    grantor=words(rf"{_PERMISSION}\s(?:de\s(?:la\s)?|du\s|des\s|d[’'])"),
    author=exact(r"\b(?:écrite?|rédigée?)\spar\s(?P<author>(?:[A-ZÀ-Ý][\w.’'-]{0,20}\s?){2,4})"),
)
