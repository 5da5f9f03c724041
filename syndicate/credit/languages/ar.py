"""Arabic. Vowel marks may or may not be written."""
# ruff: noqa: RUF001 - Arabic letters are the language

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_V = r"[\u064b-\u0652]{0,2}"
_PIECE = r"(?:المقال(?:ة)?|المادة|النص|التقرير|الموضوع|التحليل|الحوار|التدوينة|القصة)"
_THIS = rf"(?:هذا|هذه)\s{_PIECE}"
_FIRST = rf"(?:أولا{_V}|أولاً|أصلا{_V}|أصلاً|في\sالأصل|لأول\sمرة|للمرة\sالأولى|سابقا{_V}|بداية{_V})"
_OUT = rf"(?:ن{_V}ش{_V}ر{_V}ت?{_V}|صدر{_V}ت?|ظهر{_V}ت?)"

ARABIC = Language(
    code="ar",
    cues=("شر", "ترجم", "مقتطف", "المصدر", "بإذن", "الأصل"),
    rules=(
        sentence(Kind.EXCERPT, rf"(?:{_THIS}\s|هذا\s)مقتطف\s"),
        sentence(Kind.REPUBLISHED, rf"(?:ي{_V}عاد|تعاد|أعيد|أ{_V}عيد)\sنشر\s{_THIS}\b"),
        sentence(Kind.REPUBLISHED, rf"{_THIS}\s(?:معاد|أعيد|يعاد)\sنشر\w{{0,2}}\b"),
        sentence(Kind.TRANSLATED, rf"(?:{_THIS}\s)?(?:مترجمة?|ترجمة)\s(?=عن|من|ل)"),
        fragment(Kind.COURTESY, r"المصدر\s?:\s(?P<name>[^\n]{2,60})", alone=True),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"{_OUT}\s{_THIS}\s{GAP}{_FIRST}"),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"{_THIS}\s(?:{_OUT}|منشورة?)\s{GAP}{_FIRST}"),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"{_OUT}\s{_FIRST}(?=\s(?:في|على|لدى))"),
    ),
    prepositions=words(r"(?:^|(?<=\s))(?:في|على|لدى|عن|من|مع)\s"),
    ends=exact(
        r"\sو(?=\S{3})|\sب(?:إذن|موافقة|تصريح|ترخيص|تاريخ|الإنجليزية|الفرنسية|العربية|الصينية|اللغة|موجب)|"
        r"\s(?:يوم|عام|تحت|هنا|بعنوان)\b"
    ),
    veto=words(r"^\W{0,3}(?:صورة|الصورة|تصوير)\b|\bيمنع\b|\bيحظر\b|\bجميع\sالحقوق\b|\bأيضا"),
    generic=words(
        r"(?:الأصل|الأول|مرة|عام|يوم|شهر|الإنجليزية|الفرنسية|الصينية|العربية|قبل|موقعنا|مدونتي|مدونته)(?:$|\W)"
    ),
    outlets=words(r"(?:موقع|مجلة|صحيفة|مدونة)\b"),
    before_name=(exact(r"^(?:موقع|مجلة|صحيفة|جريدة|مدونة|منصة|مؤسسة|شبكة|وكالة)\s"),),
    rights=words(r"\b(?:بإذن|بموافقة|بتصريح|بالاتفاق)\b|\bأعيد\sنشر"),
    translated=words(r"\bت{0,1}رجم(?:ه|ها|ة|ته)\b|\bترجمة\b"),
)
