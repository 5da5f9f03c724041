"""Korean. Particles follow the name, so the rules hold the name themselves."""
# ruff: noqa: RUF001 - Korean letters are the language

from __future__ import annotations

from syndicate.credit.languages.grammar import Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = r"(?:이|본|위|해당|아래)\s?(?:글|기사|칼럼|기고문|인터뷰|포스트|원고|논평|게시물|에세이)"
_IS = r"[은는이가]\s"
_DAY = r"(?:(?:\d{4}년\s?\d{1,2}월(?:\s?\d{1,2}일)?)(?:자)?\s)?"
_NAME = r"(?P<name>[^,.\n()]{2,40}?)"
_FIRST = r"(?:먼저|처음|최초로|원래|앞서)"

KOREAN = Language(
    code="ko",
    cues=("실렸", "실린", "게재", "기고", "번역", "전재", "발췌", "출처", "제공", "옮겨", "발행된", "재게재"),
    rules=(
        sentence(Kind.EXCERPT, rf"(?:{_PIECE}{_IS})?{_DAY}{_NAME}\s?에서\s(?:일부\s)?발췌"),
        sentence(
            Kind.TRANSLATED,
            rf"(?:{_PIECE}{_IS})?{_DAY}{_NAME}\s?(?:의|에\s(?:실린|게재된))\s(?:[^.\n]{{0,20}}?\s?)(?:을|를)?\s?번역(?:한|하였|했|"
            rf"본)",
        ),
        sentence(
            Kind.REPUBLISHED,
            rf"(?:{_PIECE}{_IS})?{_DAY}{_NAME}\s?(?:에서|의|에\s(?:실린|게재된))\s(?:[^.\n]{{0,30}}?\s?)(?:전재|재게재|옮겨)",
        ),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_PIECE}{_IS}{_DAY}(?:[^.\n]{{0,24}}?(?:있는|있던|하는)\s)?{_NAME}\s?에\s{_DAY}(?:{_FIRST}\s)?(?:실렸|실린|게재|"
            rf"기고|발표|공개|발행)",
        ),
        fragment(Kind.COURTESY, r"(?:출처|제공)\s?[:：=]\s?(?P<name>[^,.\n()]{2,30})", alone=True),
    ),
    ends=exact(r"\s?(?:홈페이지|누리집)$|\s(?:\d{4}년)"),
    veto=words(r"무단\s?전재|금지|사진|이미지|재배포"),
    generic=words(r"(?:우리|저희|본지|이|그|제|필자)\s"),
    before_name=(exact(r"^(?:신문|잡지|매체)\s(?=\S)"),),
    rights=words(r"(?:허락|허가|동의|승인)(?:을|를)?\s?(?:받아|얻어|하에)|전재"),
    translated=words(r"번역(?:한|했|하였)"),
)
