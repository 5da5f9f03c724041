"""Words by which a text tells that it was corrected, and words that change by themselves: counters and clocks.

Tables only, in the languages that credit is read in; ``revising`` asks. A note is recognised by its first words or by
what it says of an earlier version; a counter by its number and its noun.
"""

from __future__ import annotations

import re

_HEADS = (
    r"corrections?|corrected|clarifications?|erratum|errata|retraction"
    r"|editor['\u2019]?s['\u2019]? notes?|editorial notes?"
    r"|korrektur|berichtigung|richtigstellung|anmerkung der redaktion|hinweis der redaktion|anm\. ?d\. ?red\."
    r"|rectificatif|rectification|note de la rédaction|ndlr"
    r"|corrección|rectificación|aclaración|fe de erratas|fe de errores"
    r"|nota del editor|nota de la redacción"
    r"|correzione|rettifica|errata corrige|nota della redazione|nota dell['\u2019]editore"
    r"|correc?ção|retificação|nota do editor|nota da redação"
    r"|correctie|rectificatie|noot van de redactie"
    r"|sprostowanie|korekta|od redakcji|uwaga redakcji"
    r"|исправление|поправка|уточнение|от редакции|примечание редакции|опровержение"
    r"|تصحيح|تصويب|توضيح|ملاحظة المحرر|ملاحظة من المحرر"
    r"|更正|更正说明|更正啟事|勘误|勘誤|编者按|編者按|编者注|編者註"
    r"|訂正|お詫びと訂正|編集部注|編集部より|정정|바로잡습니다|정정합니다|편집자 ?주"
)
_SAYINGS = (
    r"an earlier version of this|a previous version of this"
    r"|(?:article|story|piece|post|report) (?:has been|was) (?:corrected|amended)"
    r"|has been (?:updated|amended|edited) to correct"
    r"|in einer früheren (?:version|fassung)|in einer ersten fassung"
    r"|une version (?:antérieure|précédente) d|dans une version (?:antérieure|précédente)"
    r"|una versión anterior de|una versione precedente d|uma versão anterior d"
    r"|in een eerdere versie van|(?:we wcześniejszej|w poprzedniej) wersji"
    r"|в (?:предыдущей|более ранней|первоначальной|прежней) версии"
    r"|في نسخة سابقة|نسخة سابقة من"
    r"|(?:此前|早前|先前|之前)的?版本|以前の(?:版|記事)|이전 (?:버전|기사)"
)
NOTE = re.compile(
    rf"^\W{{0,3}}(?:{_HEADS})(?:[^\n.:\uff1a]{{0,40}}[:\uff1a\u2014\u2013\]\u3011]|\s+-|\s*$)|\b(?:{_SAYINGS})",
    re.IGNORECASE,
)
"""Matches at the beginning of a paragraph (or anywhere in it, for a saying) that tells of a correction."""

_COUNTED = (
    r"views?|comments?|shares?|likes?|reads?|replies|reactions?|claps?|min(?:ute)?s?\.? read(?:ing time)?"
    r"|aufrufe?|kommentare?|ansichten|min(?:uten)?\.? lesezeit"
    r"|vues?|commentaires?|partages?|min(?:utes)?\.? de lecture"
    r"|vistas|visitas|comentarios?|compartidos|min(?:utos)?\.? de lectura"
    r"|visualizzazioni|comment[oi]|condivisioni|min(?:uti)? di lettura"
    r"|visualizações|comentários?|partilhas|compartilhamentos|min(?:utos)?\.? de leitura"
    r"|weergaven|reacties|keer gelezen|min(?:uten)?\.? leestijd"
    r"|wyświetleń|komentarz[ey]?|udostępnień|min(?:ut)?\.? czytania"
    r"|просмотр\w*|комментари\w*|мин\w*\.? чтения"
    r"|مشاهدات?|مشاهدة|تعليقات?|تعليق"
    r"|次(?:阅读|閱讀|浏览|瀏覽|播放)|(?:条|則|个)评论|則評論|回(?:視聴|閲覧)|件のコメント|개의? 댓글|회 조회"
)
_NUMBER = r"(?<![\w.,])\d[\d.,'\u2019\u00a0\u202f]{0,20}(?:\s\d{3}){0,4}\s?[kKmM万萬]?\+?"
COUNTER = re.compile(
    rf"{_NUMBER}\s?(?:{_COUNTED})(?!\w)"
    rf"|(?<!\w)(?:views|comments|shares|likes|aufrufe|kommentare|vues|commentaires|visitas|comentarios|commenti"
    rf"|comentários|reacties|komentarze|просмотры|комментарии|阅读|浏览|评论|조회수?|댓글)\s?[:\uff1a(]?\s?{_NUMBER}\)?",
    re.IGNORECASE,
)
"""How often something was read, shared or commented on, and how long it takes."""

AGO = re.compile(
    r"\b(?:\d{1,4}|an?|one)\s{1,3}(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?\s{1,3}ago\b"
    r"|\bvor\s{1,3}\d{1,4}\s{1,3}(?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)\b"
    r"|\bil y a\s{1,3}\d{1,4}\s{1,3}(?:secondes?|minutes?|min|heures?|h|jours?|semaines?|mois|ans?)\b"
    r"|\bhace\s{1,3}\d{1,4}\s{1,3}(?:segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?)\b"
    r"|\b\d{1,4}\s{1,3}(?:second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi])\s{1,3}fa\b"
    r"|\bhá\s{1,3}\d{1,4}\s{1,3}(?:segundos?|minutos?|horas?|dias?|semanas?|mês|meses|anos?)\b"
    r"|\b\d{1,4}\s{1,3}(?:seconden?|minu(?:ut|ten)|uur|uren|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar)\s{1,3}geleden\b"
    r"|\b\d{1,4}\s{1,3}(?:sekund\w*|minut\w*|godzin\w*|dni|dzień|tygod\w*|miesi\w*|lat\w*|rok)\s{1,3}temu\b"
    r"|\b\d{1,4}\s{1,3}(?:секунд\w*|минут\w*|час\w*|дн\w*|день|недел\w*|месяц\w*|год\w*|лет)\s{1,3}назад\b"
    r"|(?:منذ|قبل)\s{1,3}\d{1,4}\s{1,3}(?:ثوان\w*|ثانية|دقائق|دقيقة|ساعات|ساعة|أيام|يوم\w*|أسابيع|أسبوع\w*|أشهر|شهر\w*)"
    r"|\d{1,4}\s?(?:秒|分钟|分鐘|分|小时|小時|時間|天|日|周|週間?|个月|個月|[かヶ]月|年)\s?(?:之?前)"
    r"|\d{1,4}\s?(?:초|분|시간|일|주|개월|년)\s?전",
    re.IGNORECASE,
)
"""How long ago something was, counted from a now that is over."""

CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3])(?::[0-5]\d){1,2}(?![\d:])"
    r"(?:\s?(?:[ap]\.?m\b\.?|uhr\b|h\b|z\b|(?:gmt|utc)(?:[+-]\d+)?|[a-z]{1,3}st\b|[a-z]{1,3}dt\b|cet\b|bst\b)){0,3}"
    r"|(?<![\d:.])(?:0?\d|1[0-2])(?:[.:][0-5]\d)?\s?[ap]\.?m\b\.?"
    r"|(?<![\d:.])(?:[01]?\d|2[0-3])(?:\.[0-5]\d\s?uhr\b|\s?h\s?[0-5]\d\b)",
    re.IGNORECASE,
)
"""A time of the day."""
LINK = re.compile(r"\bhttps?://\S+", re.IGNORECASE)
"""An address written out."""
