"""The languages attribution is read in: one module each, one line here."""

from __future__ import annotations

from syndicate.credit.languages.ar import ARABIC
from syndicate.credit.languages.de import GERMAN
from syndicate.credit.languages.en import ENGLISH
from syndicate.credit.languages.es import SPANISH
from syndicate.credit.languages.fr import FRENCH
from syndicate.credit.languages.grammar import Language
from syndicate.credit.languages.it import ITALIAN
from syndicate.credit.languages.ja import JAPANESE
from syndicate.credit.languages.ko import KOREAN
from syndicate.credit.languages.nl import DUTCH
from syndicate.credit.languages.pl import POLISH
from syndicate.credit.languages.pt import PORTUGUESE
from syndicate.credit.languages.ru import RUSSIAN
from syndicate.credit.languages.zh import CHINESE

LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    PORTUGUESE,
    ITALIAN,
    DUTCH,
    POLISH,
    RUSSIAN,
    ARABIC,
    CHINESE,
    JAPANESE,
    KOREAN,
)
