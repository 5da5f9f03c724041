"""Japanese. There are no blanks between words, so the rules hold the name themselves."""
# ruff: noqa: RUF001 - Japanese letters and punctuation are the language

from __future__ import annotations

from syndicate.credit.languages.grammar import Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:(?:本|この|当該?|以下の|こちらの)(?:記事|稿|文|文章|論考|コラム|投稿|"
    r"インタビュー|エントリー?)|本稿|本文|本コラム)"
)
_IS = r"[はもが]、?\s?"
_NAME = r"(?P<name>[^、。\n（）]{2,40}?)"
_DAY = r"(?:\s?[でにが、]?\s?\d{4}年\d{1,2}月(?:\d{1,2}日)?に?\s?)?"
_PRINTED = r"(?:掲載|公開|発表|投稿|寄稿|配信|執筆)"
_WORK = r"(?:記事|論考|論文|コラム|文章|投稿|エッセイ|ブログ)"

JAPANESE = Language(
    code="ja",
    cues=("転載", "掲載", "抄訳", "翻訳", "抜粋", "配信", "初出", "出典", "提供", "寄稿", "公開された"),
    rules=(
        sentence(
            Kind.ADAPTED_EXCERPT,
            rf"(?:{_PIECE}{_IS})?{_NAME}(?:の{_WORK}|から|より)を?(?:抜粋|抄録)(?:・|し、?)(?:編集|再構成|加筆)",
        ),
        sentence(
            Kind.TRANSLATED,
            rf"(?:{_PIECE}{_IS})?「?{_NAME}」?{_DAY}(?:[にで]{_PRINTED}(?:された|した)|の)\s?(?:{_WORK})?の?(?:抄訳|翻訳|邦訳|全訳|和訳)",
        ),
        sentence(Kind.EXCERPT, rf"(?:{_PIECE}{_IS})?{_NAME}(?:から|より|の)(?:の)?(?:抜粋|抄録)"),
        sentence(
            Kind.REPUBLISHED,
            rf"(?:{_PIECE}{_IS})?{_NAME}{_DAY}(?:[でにが]{_PRINTED}(?:した|された)(?:{_WORK})?)?\s?(?:から|"
            rf"より)の?(?:許可を得て)?(?:の)?転載",
        ),
        fragment(Kind.REPUBLISHED, r"転載元\s?[:：]\s?(?P<name>[^、。\n（）]{2,40})"),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_PIECE}{_IS}(?:もともと|当初|最初に|元々)?、?{_DAY}{_NAME}{_DAY}(?:[でに](?:最初に|初めて|先に)?)(?:{_PRINTED})(?:された|した|"
            rf"されました|しました)",
        ),
        fragment(Kind.ORIGINALLY_PUBLISHED, r"初出\s?[:：]\s?(?P<name>[^、。\n（）]{2,40})"),
        fragment(
            Kind.COURTESY,
            r"(?P<name>[^、。\n（）\d/|｜]{2,30}?)\s?(?:\d{4}[年/])?\d{1,2}[月/]\d{1,2}日?(?:[(（][月火水木金土日][)）])?\s?\d"
            r"{0,2}:?\d{0,2}\s?配信",
            alone=True,
        ),
        fragment(Kind.COURTESY, r"(?:提供|出典)\s?[:：]\s?(?P<name>[^、。\n（）]{2,30})", alone=True),
    ),
    ends=exact(r"\s?(?:誌)?[でに]$|[（(]"),
    veto=words(r"無断|禁じ|禁止|写真|画像|転載を(?:希望|ご希望)|転載(?:は|の際)"),
    generic=words(r"(?:本|この|当|自分の|以前|こちら|元の?記事|私の)"),
    before_name=(exact(r"^(?:雑誌|ブログ|媒体)?「"),),
    after_name=(exact(r"」$"), exact(r"の(?:ブログ|サイト|公式サイト)$")),
    rights=words(r"許可を(?:得て|いただ)|転載"),
    translated=words(r"(?:抄訳|翻訳|邦訳|和訳)(?:です|し)"),
)
