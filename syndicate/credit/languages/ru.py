"""Russian."""
# ruff: noqa: RUF001 - Cyrillic letters are the language

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = r"(?:стать[яию]|текст|материал|заметка|колонка|интервью|эссе|пост|публикация|репортаж|рецензия|комментарий)"
_SUBJECT = rf"(?:(?:эт[аои]т?|настоящ\w{{2,3}}|данн\w{{2,3}}|оригинал)\s{_PIECE}|оригинал\sстатьи|{_PIECE})"
_FIRST = r"(?:впервые|первоначально|изначально|сначала|ранее)"
_OUT = r"(?:выш(?:ел|л[аио])|опубликован[аоы]?|был[аоы]?\sопубликован[аоы]?|появил(?:ась|ся|ось)|напечатан[аоы]?)"
_PERMISSION = r"с\s(?:любезного\s)?(?:разрешения|согласия)"

RUSSIAN = Language(
    code="ru",
    cues=(
        "опубликова",
        "вышел",
        "вышла",
        "вышло",
        "перевод",
        "перепечат",
        "источник:",
        "разрешения",
        "появил",
        "отрывок",
    ),
    rules=(
        sentence(Kind.EXCERPT, r"(?:это\s|перед\sвами\s|публикуем\s)отрывок\s"),
        sentence(
            Kind.REPUBLISHED,
            rf"{_PIECE}\s(?P<name>[А-ЯЁA-Z«\"][^\n,;]{{1,50}}?)\sопубликовал[аои]?\b[^.\n]{{0,60}}перепечатыва",
        ),
        sentence(Kind.REPUBLISHED, rf"(?:{_SUBJECT}\s)?(?:перепечат(?:ано|ан|ана|ывается|ываем|ка)|републик\w+)\b"),
        sentence(Kind.REPUBLISHED, rf"(?:публикуется|публикуем|печатается|воспроизводится)\s{_PERMISSION}\s(?=\S)"),
        sentence(
            Kind.TRANSLATED,
            r"(?:это\s)?(?:авторизованный\s)?перевод\s(?:\w{3,16}\s)?(?:стать|текст|пост|материал|эссе|заметк|"
            r"публикаци)\w{0,2}\b",
            nameless=True,
        ),
        fragment(Kind.COURTESY, r"источник:\s(?P<name>[^\n]{2,80})", alone=True),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"{_FIRST}\s(?:эт[аои]т?\s|данн\w{{2,3}}\s)?{_PIECE}\s{_OUT}\b"),
        sentence(
            Kind.ORIGINALLY_PUBLISHED, rf"{_SUBJECT}\s(?:был[аоы]?\s)?(?:{_FIRST}\s{_OUT}|{_OUT}\s{GAP}{_FIRST})\b"
        ),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"(?:оригинал(?:\s{_PIECE})?)\s(?:был\s)?{_OUT}\b"),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST})\b"),
    ),
    prepositions=words(r"\b(?:на|в|во|из|с|со|у)\s|\b(?:разрешения|согласия)\s"),
    ends=exact(
        r"\sи\s(?:был|публикуется|печатается|переведен\w*)\b|\sс\s(?:разрешения|согласия)|\s(?:где|который|"
        r"которая|под|года|здесь)\b|\sна\s(?:английском|русском)\b|\sпо\s(?:лицензии|ссылке)"
    ),
    veto=words(
        r"^\W{0,3}(?:фото|иллюстрация|видео|снимок)\b|\bзапрещ|\bтолько\sс\s|\bуказани\w+\sисточника\b|"
        r"\bроман\b|\bкниг[аи]\b|\bрассылк"
    ),
    generic=words(
        r"(?:наш\w{1,3}|его|её|мо[йея]\w{0,2}|эт[оа]\w{0,2}|свое\w{1,3}|английск\w+|русск\w+|редакции|авторa?|"
        r"правообладател\w+|разрешения|согласия|рамках|перевод\w*|печати|сети|интернете)(?:$|\W)"
    ),
    outlets=words(r"(?:сайте|блоге|журнале|газете|портале)\b"),
    before_name=(
        exact(r"^(?:редакции|издания|издателя)\s(?=[А-ЯЁA-Z«\"])"),
        exact(r"^(?:номере|выпуске|№)\s[\w./]{1,12}\s(?:журнала\s)?"),
        exact(
            r"^(?:официальном\s)?(?:сайте|сайта|блоге|блога|журнале|журнала|газете|газеты|портале|портала|издании|"
            r"канале|проекте)\s(?=[А-ЯЁA-Z\d«\"„])"
        ),
    ),
    rights=words(rf"\bперепечат\w+|{_PERMISSION}|\bпубликуется\sпо\sлицензии"),
    translated=words(r"\bперевод\s(?:с|статьи|выполнен)|\bпереведен[аоы]?\b"),
    grantor=words(rf"{_PERMISSION}\s(?:редакции\s|издательства\s|журнала\s)?"),
)
