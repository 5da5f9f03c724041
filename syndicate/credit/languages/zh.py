"""Chinese. There are no blanks between words, so the rules hold the name themselves."""
# ruff: noqa: RUF001 - Chinese letters and punctuation are the language

from __future__ import annotations

from syndicate.credit.languages.grammar import Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:本文|此文|该文|本篇(?:文章)?|这篇(?:文章|访谈|博客|报道|评论)?|本报道|"
    r"这则?(?:文章|报道)|文章|原文|本譯文|這篇文章)"
)
_ON = r"[于於在]"
_NAME = r"[:：]?\s?(?P<name>[^，。；,;\n（）()]{2,40}?)"
_STOP = r"(?=\s?(?:网站|官网)?上?(?:，|。|；|,|;|\n|（|\(|$|并经|并获|经授权|授权))"

CHINESE = Language(
    code="zh",
    cues=(
        "转载",
        "轉載",
        "首发",
        "首發",
        "原载",
        "原載",
        "来源",
        "來源",
        "发表",
        "發表",
        "刊登",
        "译自",
        "譯自",
        "摘自",
        "节选",
        "節選",
        "改编",
        "出处",
        "刊于",
        "发布于",
        "载于",
        "转自",
    ),
    rules=(
        sentence(Kind.ADAPTED_EXCERPT, rf"{_PIECE}(?:改编|編輯|编辑)?(?:节选|節選|摘编)自?{_NAME}{_STOP}"),
        sentence(Kind.EXCERPT, rf"{_PIECE}?(?:摘自|节选自|節選自|摘录自){_NAME}{_STOP}"),
        sentence(Kind.ADAPTED, rf"{_PIECE}(?:改编|改編|改写)自{_NAME}{_STOP}"),
        sentence(Kind.TRANSLATED, rf"{_PIECE}?(?:编译|翻译|编譯|译|譯)自{_NAME}{_STOP}"),
        sentence(Kind.REPUBLISHED, rf"{_PIECE}?(?:经授权|经许可|已获授权)?(?:转载|轉載|转)自{_NAME}{_STOP}"),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_PIECE}(?:[^。\n]{{0,60}}?[，,]?\s?)?(?:最初|最早|首先|首次|原)?(?:首发|首發|原载|原載|发表|發表|刊登|刊发|发布|刊载|刊|"
            rf"载){_ON}{_NAME}{_STOP}",
        ),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:首发|首發|原载|原載|原刊){_ON}{_NAME}{_STOP}"),
        fragment(
            Kind.COURTESY,
            r"(?:\d{4}[年/-]\d{1,2}[月/-]\d{1,2}日?\s?[\d:：]{0,8}\s?[|｜]?\s?)?(?:文章|稿件|新闻|消息)?(?:来源|來源|"
            r"出处)\s?[:：]\s?(?P<name>[^，。；,;\n（）()|｜\s]{2,24})",
            alone=True,
        ),
    ),
    ends=exact(r"网站上?$|上$|\s?(?:杂志|网站)的"),
    veto=words(r"(?:请|須|须|应|需)[^。\n]{0,10}(?:注明|標明|标明|联系)|不得|禁止|严禁|未经|图片|圖片|图源|摄影"),
    generic=words(r"(?:本站|本网|本報|本报|网络|互联网|網絡|作者|我的|个人|原创|综合)"),
    before_name=(
        exact(r"^(?:原?作者的?)?(?:个人|官方)?(?:博客|网站|公众号|微信公众号|專欄)[:：]?\s(?=[A-Za-z「《“])"),
        exact(r"^(?:微信公众号|公众号)[:：]?\s?(?=\S)"),
        exact(r"^\s?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?的?"),
    ),
    after_name=(exact(r"\s?(?:网站|官网)?上$"), exact(r"\s?杂志$")),
    rights=words(r"经[^。\n]{0,8}(?:许可|授权|同意)|(?:获得?|获得了|取得)[^。\n]{0,6}(?:许可|授权)|授权转载|許可|授權"),
    translated=words(r"由[^。\n]{1,20}(?:翻译|編譯|编译)"),
)
