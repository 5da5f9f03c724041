"""English."""
# ruff: noqa: RUF001 - typographic quotes and dashes are what these patterns are about

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:(?:[\w’'-]{2,20}\s){0,2}(?:article|story|post|piece|commentary|essay|analysis|interview|column|op-?ed|entry|"
    r"editorial|review|feature|opinion|text|transcript|tutorial|blog|brief(?:ing)?|explainer|investigation|q&a|"
    r"content\son\sthis\spage))"
)
_SUBJECT = (
    rf"(?:(?:this|the\sfollowing|the\s(?:above|original|preceding))\s(?:is\s)?{_PIECE}|the\s{_PIECE}|"
    rf"(?:the\sbulk|(?:large\s)?parts?|portions?|most|much)\sof\sthis\s{_PIECE})"
)
_WHAT = rf"(?:{_SUBJECT}|this|the\sfollowing|what\sfollows|the\sabove)"
_FIRST = r"(?:originally|orginally|first|initially|previously)"
_OUT = r"(?:published|posted|appeared|printed|ran|featured|released|written|aired|issued)"
_AGAIN = r"(?:re-?published|re-?printed|re-?posted|reproduced|syndicated)"
_BE = r"(?:(?:was|were|is|has\sbeen|had\sbeen|has)\s)"
_VERSION = (
    r"(?:(?:an?|the)\s(?:[\w-]{3,14}(?:,|\sand)?\s){0,3}(?:version|adaptation)\sof\s"
    rf"(?:this|an?|the)\s{_PIECE}|(?:an?\s)?(?:updated|edited|shortened|abridged|revised|longer|shorter|earlier)\s"
    rf"version\sof\s(?:this|an?|the)\s{_PIECE})"
)
_PERMISSION = r"(?:(?:kind\s)?(?:permission|consent)|authori[sz]ation)"

ENGLISH = Language(
    code="en",
    cues=(
        "publish",
        "publicat",
        "appear",
        "print",
        "posted",
        "posting",
        "post from",
        "excerpt",
        "extract",
        "adapt",
        "version of",
        "courtesy",
        "provided by",
        "via ",
        "reproduced",
        "syndicated",
        "translat",
        "ran ",
        "written",
    ),
    rules=(
        sentence(
            Kind.ADAPTED_EXCERPT,
            rf"(?:{_WHAT}\s(?:is|was|has\sbeen)\s)?(?:an\s)?(?:adapted|edited)\s(?:excerpt|extract)\b",
        ),
        sentence(
            Kind.ADAPTED_EXCERPT,
            rf"{_WHAT}\s(?:is|was|has\sbeen)\s(?:excerpted\sand\sadapted|adapted\sand\sexcerpted)\b",
        ),
        fragment(Kind.ADAPTED_EXCERPT, r"(?:excerpted\sand\sadapted|adapted\sand\sexcerpted)\b"),
        sentence(
            Kind.EXCERPT,
            rf"{_WHAT}\s(?:is|was|has\sbeen)\s(?:(?:an|a\s\w{{3,12}})\s(?:excerpt|extract)|(?:excerpted|"
            rf"extracted))\b",
        ),
        fragment(Kind.EXCERPT, r"(?:(?:an\s)?(?:excerpt|extract)\s(?=from|of)|(?:excerpted|extracted)\b)"),
        sentence(Kind.VERSION_OF, rf"(?:{_WHAT}\s(?:is|was)\s)?{_VERSION}{GAP}\b{_OUT}\b"),
        sentence(
            Kind.ADAPTED,
            rf"{_WHAT}\s(?:is|was|has\sbeen)\s(?:adapted|based\son\s(?=an?\s{_PIECE})|condensed|an\sadaptation)\b",
        ),
        fragment(Kind.ADAPTED, r"adapted\b(?:\swith\spermission)?(?=\sfrom)"),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_WHAT}\s(?:is|was)\sa\sjoint\spublication\sof\s(?:(?P<first>[^.\n]{{2,60}}?)\sand\s"
            rf")?(?P<name>[^\n]{{2,160}})",
        ),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_WHAT}\s{_BE}?(?:co-?published|jointly\spublished|published\sin\s(?:partnership|"
            rf"collaboration))\b(?=\s(?:with|by))",
        ),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_WHAT}\s{_BE}(?:produced|reported|published)\sin\s(?:partnership|collaboration)(?=\swith)",
        ),
        fragment(Kind.CO_PUBLISHED, r"(?:co-?published|published\sin\s(?:partnership|collaboration))\b(?=\swith)"),
        sentence(Kind.CROSS_POST, rf"{_WHAT}\s{GAP}(?:is\sa\s)?cross-?post(?:ed)?\b(?=\s(?:from|with|at|on|by))"),
        fragment(
            Kind.CROSS_POST, r"(?:this\sis\sa\s)?cross-?post(?:ed)?\b(?:\s(?=from|with)|\s?:\s?(?P<name>[^\n]{2,160}))"
        ),
        sentence(Kind.TRANSLATED, rf"{_WHAT}\s(?:is|was|has\sbeen)\s(?:a\stranslation\sof|translated\sfrom)\b"),
        fragment(Kind.TRANSLATED, r"(?:this\sis\sa\s)?(?:translat(?:ed|ion)\b)(?=\s(?:from|of))"),
        sentence(
            Kind.REPUBLISHED,
            rf"{_WHAT}\s(?:is|was|has\sbeen|appears)\s(?:here\s)?{_AGAIN}\b(?:\shere)?(?=\s(?:from|with|by|"
            rf"courtesy|under))",
        ),
        fragment(Kind.REPUBLISHED, rf"{_AGAIN}\b(?:\shere)?(?=\s(?:from|with|by|courtesy))"),
        sentence(
            Kind.REPUBLISHED,
            r"(?:this|the\sfollowing)\sis\sa\s(?:partner|guest|syndicated)\s(?:post|article|story|"
            r"piece)\b(?=\sfrom)",
        ),
        sentence(
            Kind.COURTESY,
            rf"{_SUBJECT}\s(?:is|was|appears|comes)\s(?:to\s(?:you|us)\s)?(?:here\s)?(?:courtesy|provided|"
            rf"supplied)\b",
        ),
        fragment(Kind.COURTESY, r"(?:courtesy\sof|provided\sby|supplied\sby|via)\s(?P<name>[^\n]{2,120})", alone=True),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s{GAP}(?:{_BE}?{_FIRST}\s{_OUT}|{_BE}?{_OUT}\s{_FIRST})\b(?=\s)",
            nameless=True,
        ),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:comes|is\staken|is)\s(?=from\s(?:the\s)?[\w ]{{0,40}}\bissue\sof)",
        ),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"{_SUBJECT}\s(?:has\s)?(?:first|originally)\sran\b(?=\s(?:in|on|at))"),
        fragment(Kind.ORIGINALLY_PUBLISHED, rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST})\b(?=\s(?:on|in|at|by|as))"),
    ),
    prepositions=words(
        r"\b(?:by|in|on|at|from|with|via|of|as)\s(?:an?\spost\son\s|an?\sarticle\s(?:in|on)\s)?|" r"\bat:?\s(?=http)"
    ),
    ends=exact(
        r"\s(?:and|but)\s(?:is|was|has|have|are|were|it|then|later|re-?[pu]\w+|updated|written|adapted|"
        r"translated|can|will|"
        r"may|appears?|used|reproduced|originally|first)\b|\sunder\s|\swith\s(?:the(?:ir)?|kind|full|"
        r"permission|thanks|a)\b|"
        r"\sby\s(?:permission|kind|[A-Z])|\s(?:here|today|earlier|last|this|yesterday|recently)\b|\sas\s(?:part|an?)\b|"
        r"\s(?:where|which|who|that|when|before|after|while|because)\b|\sin\s(?:partnership|collaboration|"
        r"cooperation|early|late|"
        r"its|their|full|print|English|French|German|Spanish)\b|\sfor\s(?:free|the\sfirst)\b|\s(?:post|"
        r"article|piece|column)\b|"
        r"\s(?:is|was|has|are|were)\s|,\s(?:with|under|where|which|who|and\s(?:is|was|has|re))\b"
    ),
    veto=words(
        r"^\W{0,3}(?:photo|image|picture|video|graphic|illustration|map|chart|caption|figure|data)\b|"
        r"\b(?:first|originally)\sreported\sby\b|\balso\s(?:ran|appeared|published|appears)\b|\bappears\sin\sprint\b|"
        r"\b(?:available|free|welcome|happy)\b.{0,40}\b(?:re-?publish|reprint)|\bmust\s(?:be|not|include)\b|\bplease\b|"
        r"\bmention\sthat\b|\bautomatically\b|\b(?:movie|film|album|novel(?:la)?|video\sgame|painting)\b|"
        r",\s(?:an?|our|[\w’']{2,20}’?s)\s(?:[\w’'-]{2,20}\s){0,2}newsletter\b|\bre-?printed\s(?:on|in)\b"
    ),
    generic=words(
        r"(?:print|part\s|parts\s|his|her|their|our|its|my|this|that|these|those|it|the\s(?:author|media|same|"
        r"web|internet|past|"
        r"public|original|permission|kind|full)|an?\s|early|late|full|permission|kind|partnership|"
        r"collaboration|cooperation|"
        r"(?:(?:the\s)?(?:english|french|german|spanish|italian|russian|chinese|japanese|korean|arabic|"
        r"portuguese|dutch|polish|"
        r"ukrainian|turkish|persian|hebrew|hindi)(?:\soriginal|\slanguage)?(?:$|[;,.]|\s(?:by|and)\b))|page\s|"
        r"the\s(?:first|series)|"
        r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)"
    ),
    outlets=words(r"(?:blog|website|site|magazine|newspaper|journal|newsletter|page)\b"),
    before_name=(
        exact(r"^(?:[^,.\n]{2,60}?\s)?(?:issue|edition|pages?|section|column|number|volume)\s(?:\d{1,4}\s)?of\s"),
        exact(r"^(?:the|a|an|our)\s(?!$)"),
        exact(
            r"^(?:an?|the)\s(?:[\w-]{3,16}\s){0,2}(?:article|essay|piece|post|story|chapter|interview)\s(?:by|in|"
            r"on|from)\s"
        ),
        exact(
            r"^(?:[A-Z]?[\w-]{2,16}\s)?(?:magazine|newspaper|journal|website|site|daily|weekly|outlet|newsletter|"
            r"blog|book|think\stank)\s(?=[A-Z\d“\"])"
        ),
        exact(
            r"^(?:[\w.’'-]{1,20}\s){1,4}?(?:[\w.-]{1,20}[’']s\s)(?:new\s|latest\s|forthcoming\s)?(?:book|novel|"
            r"memoir|study),?\s(?=[A-Z“\"])"
        ),
        exact(r"^[^,\n]{2,40},\s(?=The\s[A-Z])"),
    ),
    after_name=(
        exact(r"[’']s?\s(?:blog|website|site|newsletter)$"),
        exact(r"(?<=\w\s)(?<=[\w]{3}\s)(?:magazine|newspaper|website|newsletter)$"),
        exact(r"\s(?:dev|engineering|company|team)\sblog$"),
    ),
    rights=words(
        rf"\b{_AGAIN}\b(?:\shere)?[^.\n]{{0,30}}?\b(?:with|by|under|as\spart|courtesy|in\spartnership|"
        rf"thanks)\b[^.\n]{{0,60}}|"
        rf"\b{_AGAIN}\shere\b|\b(?:used|reproduced)\s(?:with|by)\s[^.\n]{{0,20}}\b{_PERMISSION}"
    ),
    translated=words(r"\b(?:was|is|has\sbeen)\stranslated\b|\btranslated\s(?:from|by|into)\b"),
    grantor=words(rf"\b(?:used|{_AGAIN})\s(?:here\s)?(?:with|by)\s(?:the\s)?{_PERMISSION}\s(?:of|from)\s"),
    author=exact(
        r"\b(?:[Ww]ritten|authored|[Cc]opyright\s(?:©\s)?(?:\d{4}\s)?|©\s\d{4}|\bpost from [\w.]{2,40})\s?by\s"
        r"(?P<author>(?:[A-Z][\w.’'-]{0,20}\s?){2,4})"
    ),
    person=exact(
        r"(?<=by\s)(?P<author>(?:[A-Z][\w.’'-]{0,20}\s){1,2}[A-Z][\w.’'-]{0,20})\s"
        r"(?<!Council\s)(?<!Center\s)(?<!Centre\s)(?<!Committee\s)(?<!Institute\s)(?<!Commission\s)(?<!Program\s)"
        r"(?<!Project\s)(?<!Forum\s)(?<!Initiative\s)(?<!Coalition\s)(?<!Network\s)(?<!Board\s)(?<!House\s)"
        r"(?:on|in|for|at)\s(?=(?:the\s)?[A-Z])(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    ),
)
