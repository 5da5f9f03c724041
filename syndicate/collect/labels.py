"""Lines that say what they are: "By: ...", "Publication Type: ...", "Topics: ...", "Published on ...".

In the languages that outlets we know write in. A label may also stand alone, its value in the next line or cell.
"""

# ruff: noqa: RUF001 - labels are matched in their own scripts

from __future__ import annotations

import re

_BYLINE = re.compile(
    r"(?:^|[/|•·]\s*|(?<=\d{4})\s+)(?:(?:written|posted|story|text|words|reported|analysis|commentary)\s+by|by|von|par|por|di|"
    r"door|av|"
    r"text\s+von|écrit\s+par|escrito\s+por|بقلم|מאת|автор)\s*:?\s+(\S.{1,200})$",
    re.IGNORECASE,
)
_BYLINE_COLON = re.compile(
    r"(?:^|[/|•·]\s*)(?:authors?|autor(?:en|in|es|innen|i)?|autor[ae]s?|autore|auteure?s?|by|par|por|von|author\(s\)|"
    r"автор(?:ы)?|الكاتب|المؤلف|作者|著者|글)\s*[:：]\s*(\S.{1,200})$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*[/|•·]\s*")
_AFTER_NAMES = re.compile(
    r"\s*(?:,|\bon\b|\bam\b|\ble\b)?\s*(?=(?:published|posted|updated|veröffentlicht|publié|"
    r"\d{1,2}[./]\d{1,2}[./]\d{4}|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.?\s+[^\W\d_]{3,10}\.?,?\s+\d{4}|\b[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|"
    r"th)?,\s+\d{4})).*$",
    re.IGNORECASE,
)
_NAMES: dict[str, str] = {
    "type": r"(?:(?:publication|article|content|document|resource|post|product)\s+)?type|format|kind|textart|"
    r"textsorte|art\s+des\s+textes|"
    r"art\s+der\s+(?:publikation|veröffentlichung)|publikationstyp|publikationsart|beitragsart|"
    r"type\s+de\s+(?:publication|document|contenu|texte)|tipo(?:\s+de\s+(?:publicación|documento|"
    r"publicação|contenido)|\s+di\s+(?:pubblicazione|documento))?|publicatietype|soort|тип(?:\s+публикации)?|"
    r"نوع(?:\s+المنشور)?|النوع|类型|種類",
    "topics": r"topics?|issues?|issue\s+areas?|subjects?|themes?|filed\s+(?:under|in)|posted\s+in|categor(?:y|ies)|"
    r"tags?|"
    r"themen?|thema|schlagworte?|schlagwörter|rubrik(?:en)?|kategorien?|sujets?|thèmes?|thématiques?|catégories?|"
    r"rubriques?|mots[\s-]clés|temas?|"
    r"categorías?|etiquetas?|assuntos?|categorias?|temi|argomenti|categorie|onderwerpen|trefwoorden|темы?|рубрика|"
    r"المواضيع|الموضوع|الموضوعات|主题|テーマ|주제",
    "authors": r"by|authors?|author\(s\)|written\s+by|von|autor(?:en|in|innen|es)?|autor[ae]s?|par|auteure?s?|por|"
    r"autor[ei]|"
    r"di|door|автор(?:ы)?|بقلم|الكاتب|المؤلف|作者|著者",
    "published": r"(?:first\s+)?published(?:\s+on)?|date(?:\s+published)?|publication\s+date|posted(?:\s+on)?|"
    r"released|"
    r"veröffentlicht(?:\s+am)?|datum|erschienen(?:\s+am)?|publié(?:e)?(?:\s+le)?|date\s+de\s+publication|"
    r"publicado(?:\s+(?:el|em))?|fecha|pubblicato(?:\s+il)?|gepubliceerd(?:\s+op)?|опубликовано|дата|"
    r"تاريخ\s+النشر|نُ?شر(?:\s+في)?|发布(?:时间|日期)?|公開日|게시일",
    "updated": r"(?:last\s+)?(?:updated|modified|revised|changed)(?:\s+on)?|(?:zuletzt\s+)?(?:aktualisiert|"
    r"geändert)(?:\s+am)?|"
    r"(?:mis(?:e)?\s+à\s+jour|modifié(?:e)?|actualisé(?:e)?)(?:\s+le)?|dernière\s+mise\s+à\s+jour|"
    r"(?:última\s+)?actuali[sz]a(?:do|ción)(?:\s+el)?|atualizado(?:\s+em)?|aggiornato(?:\s+il)?|bijgewerkt(?:\s+op)?|"
    r"обновлено|آخر\s+تحديث|更新(?:时间|日)?|수정",
    "licence": r"licen[sc]e[ds]?|lizenz|licencia|licença|licenza|licentie|лицензия|الترخيص|rights|copyright",
}
_LABELS = tuple(
    (name, re.compile(rf"^(?:{words})\s*[:：]\s*(\S.{{0,250}})$", re.IGNORECASE)) for name, words in _NAMES.items()
)
_ALONE = tuple((name, re.compile(rf"^(?:{words})\s*[:：]?$", re.IGNORECASE)) for name, words in _NAMES.items())
_DATED = tuple(
    (name, re.compile(rf"(?:^|[\s(|/•·,])(?:{_NAMES[name]})\b\s*[:：]?\s*(\S.{{3,80}})$", re.IGNORECASE))
    for name in ("updated", "published")
)
_KINDS = re.compile(
    r"^(?:(?:policy|research|issue|security|data|news|expert|special|working|discussion|white|guest|short|long)\s+)?"
    r"(?:analysis|brief(?:ing)?|report|commentary|essay|op-?ed|opinion|interview|paper|q&a|explainer|review|backgrounder|"
    r"press\s+release|testimony|podcast|fact\s?sheet|editorial|feature|memo|analyse|bericht|kommentar|interview|"
    r"hintergrund|gastbeitrag|studie|rapport|tribune|note|entretien|essai|análisis|informe|comentario|ensayo|entrevista)$",
    re.IGNORECASE,
)
_LONGEST = 250
_LONGEST_ALONE = 40


def byline_in(line: str) -> str:
    """The names part of a line such as "Monday, 5 May / By: A. One", or empty."""
    if len(line) > _LONGEST:
        return ""
    found = _BYLINE.search(line) or _BYLINE_COLON.search(line)
    if found is None:
        return ""
    names = _AFTER_NAMES.sub("", _AFTER.split(found[1])[0]).strip(" ,;")
    return names if any(letter.isalpha() for letter in names) else ""


def labelled(line: str) -> tuple[str, str] | None:
    """(which field, what the line says of it), or None for a line without such a label.

    The fields are type, topics, authors, published, updated and licence.
    """
    if len(line) > _LONGEST or not (":" in line or "：" in line):
        return None
    for name, pattern in _LABELS:
        found = pattern.match(line)
        if found:
            return name, found[1].strip()
    return None


def label_alone(line: str) -> str:
    """The field whose label a line is, with nothing after it: "Publication Type"; else empty."""
    if len(line) > _LONGEST_ALONE:
        return ""
    return next((name for name, pattern in _ALONE if pattern.match(line)), "")


def dated_as(line: str) -> str:
    """Whether a line with a day in it says that it is that of a change ("updated") or of publication; else empty."""
    if len(line) > _LONGEST:
        return ""
    return next((name for name, pattern in _DATED if pattern.search(line)), "")


def names_a_kind(line: str) -> bool:
    """Whether a line without a label is nothing but the name of a type that outlets use: "Policy Brief"."""
    return len(line) <= _LONGEST_ALONE and bool(_KINDS.match(line.strip()))
