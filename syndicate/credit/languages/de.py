"""German. The verb may stand at the end, so heads look ahead for it."""

from __future__ import annotations

from syndicate.credit.languages.grammar import GAP, Language, exact, fragment, sentence, words
from syndicate.domain.provenance import Kind

_PIECE = (
    r"(?:artikel|beitrag|text|kommentar|essay|aufsatz|gastbeitrag|blogbeitrag|blogpost|bericht|analyse|interview|"
    r"kolumne|gastkommentar|reportage|geschichte|rezension|gespräch)s?"
)
_SUBJECT = (
    rf"(?:(?:der\s|das\s|die\s)?(?:dieser|dieses|diese|der|das|die|nachfolgende[rs]?|folgende[rs]?|"
    rf"vorliegende[rs]?)\s(?:[\w-]{{3,16}}\s)?{_PIECE}|(?:er|sie)\b)"
)
_REST = r"(?:[^.\n]|\.(?=\w)|(?<=\d)\.){2,140}?"
"""Words up to a verb at the end; the full stop of an ordinal ends no sentence."""
_FIRST = r"(?:zuerst|zunächst|ursprünglich|erstmals|original|im\soriginal|bereits)"
_OUT = r"(?:erschienen|veröffentlicht|publiziert|gedruckt|abgedruckt)"
_PERMISSION = r"mit\s(?:freundlicher\s|ausdrücklicher\s)?(?:genehmigung|erlaubnis|zustimmung)"

GERMAN = Language(
    code="de",
    cues=(
        "erschien",
        "veröffentlich",
        "publiziert",
        "crosspost",
        "cross-post",
        "auszug",
        "genehmigung",
        "übernommen",
        "stammt",
        "original",
        "übersetz",
        "nachdruck",
        "gekürzt",
        "bearbeitet",
        "erlaubnis",
        "abgedruckt",
        "fassung",
        "kooperation",
    ),
    rules=(
        sentence(
            Kind.ADAPTED_EXCERPT,
            rf"(?:(?:dieser|der\sfolgende|dies\sist|es\shandelt\ssich\sum)\s{GAP})?(?:ein(?:en)?\s"
            rf")?(?:bearbeitete[rn]?|überarbeitete[rn]?|angepasste[rn]?|redigierte[rn]?)\s(?:text)?auszug\b",
        ),
        sentence(
            Kind.EXCERPT,
            rf"(?:(?:dieser|der\sfolgende|dies\sist|es\shandelt\ssich\sum)\s{GAP})(?:ein(?:en)?\s|"
            rf"im\s)?(?:gekürzte[rn]?\s|leicht\s)?(?:text|vor)?(?:auszug|abdruck)\b",
        ),
        fragment(Kind.EXCERPT, r"(?:gekürzter\s)?(?:text)?auszug\b(?=\s(?:aus|von))"),
        sentence(
            Kind.VERSION_OF,
            rf"(?:dies\sist\s)?(?:eine|die)\s(?:[\w-]{{3,16}}\s){{0,2}}(?:fassung|version)\s(?:dieses|des|eines|"
            rf"dieser|von)\s{GAP}(?:erschien|{_OUT}|(?=wurde|ist)\w+)",
        ),
        sentence(Kind.VERSION_OF, rf"{_SUBJECT}\sist\seine\s(?:[\w-]{{3,16}}\s){{1,2}}(?:fassung|version)\s"),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_SUBJECT}\s{GAP}in\s(?:kooperation|zusammenarbeit|partnerschaft)(?=\smit\s[^.\n]{{2,100}}{_OUT})",
        ),
        sentence(
            Kind.CO_PUBLISHED,
            rf"{_SUBJECT}\s(?:erscheint|erschien)\s(?:gemeinsam|zeitgleich|parallel|in\skooperation)\b",
        ),
        sentence(
            Kind.TRANSLATED,
            rf"(?:{_SUBJECT}\s(?:wurde|ist)\s{GAP})?(?:aus\sdem\s\w{{3,20}}\sübersetzt|"
            rf"(?:eine\s)?übersetzung\s(?:eines|des|aus))",
        ),
        sentence(
            Kind.TRANSLATED,
            r"(?:lest?|lesen\ssie|hier)\s(?:\w{2,8}\s){0,2}(?:den\s|der\s|geht\ses\szum\s)?original(?:artikel|"
            r"beitrag|text)?s?\s(?:auf|in)\s(?:englisch|französisch|spanisch|italienisch)\w{0,3}\b",
            nameless=True,
        ),
        sentence(
            Kind.REPUBLISHED,
            rf"{_SUBJECT}\s(?:wurde|wird|ist|erscheint)\s{GAP}{_PERMISSION}(?=\s(?:von|vom|der|des|aus))",
        ),
        sentence(Kind.REPUBLISHED, rf"{_SUBJECT}\s{GAP}(?:übernommen|nachgedruckt)\b"),
        fragment(
            Kind.REPUBLISHED,
            rf"(?:(?:wieder)?veröffentlichung|(?:nach|ab|zweit)druck|wiedergabe|übernahme)\s{_PERMISSION}\b",
        ),
        fragment(Kind.REPUBLISHED, r"(?:übernommen|nachdruck|nachgedruckt)\b(?=\s(?:aus|von))"),
        fragment(Kind.REPUBLISHED, rf"{_PERMISSION}(?=\s(?:von|der|des|aus)\s)", alone=True),
        fragment(Kind.CROSS_POST, r"cross-?post(?:ing|ed)?\b(?::\s?(?P<name>[^\n]{2,160})|(?=\s(?:von|aus|vom)))"),
        fragment(
            Kind.ORIGINALLY_PUBLISHED,
            r"original(?:artikel|beitrag|publikation|text|veröffentlichung):\s(?:[^()\n]{2,60}\s)?\((?P<date>\d"
            r"{4})\):?\s(?P<work>[^\n.]{2,120})\.\s(?:in:\s)?(?P<name>[^\d\n,.]{2,60}?)(?=\s\d|,|\.)",
        ),
        fragment(
            Kind.ORIGINALLY_PUBLISHED,
            r"original(?:artikel|beitrag|publikation|text|veröffentlichung)\b:?(?=\s(?:in|auf|bei|aus)\b)",
        ),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\serschien\s(?:{GAP}{_FIRST}\b|(?=(?:am\s[\d.]+\s|im\s\w+\s\d{{4}}\s)?(?:in|im|auf|"
            rf"bei)\s(?:der|dem|den)?\b))",
            nameless=True,
        ),
        sentence(
            Kind.ORIGINALLY_PUBLISHED,
            rf"{_SUBJECT}\s(?:wurde|ist)\s{GAP}{_FIRST}\b(?={_REST}{_OUT})",
            nameless=True,
        ),
        sentence(
            Kind.ORIGINALLY_PUBLISHED, rf"{_SUBJECT}\sist\s(?={GAP}(?:in|im|auf|bei)\s[^.\n]{{2,100}}\serschienen)"
        ),
        sentence(Kind.ORIGINALLY_PUBLISHED, rf"{_SUBJECT}\s(?:stammt|ist\sentnommen)\b(?=\s(?:aus|von|vom))"),
        fragment(
            Kind.ORIGINALLY_PUBLISHED,
            rf"(?:{_FIRST}\s{_OUT}|{_OUT}\s{_FIRST}|erstveröffentlichung|erstmals\s{_OUT}|erschien\s{_FIRST})\b",
        ),
    ),
    prepositions=words(r"\b(?:in|im|auf|bei|beim|von|vom|aus|durch|mit|der|des):?\s"),
    ends=exact(
        r"\s(?:und|aber)\s(?:ist|wurde|wird|hier|erscheint|mit|steht|auch)\b|\s(?:veröffentlicht|erschienen|"
        r"publiziert|gedruckt|"
        r"abgedruckt|entnommen|übernommen|übersetzt|bearbeitet|nachgedruckt|entstanden|erschien)\b|\sunter\s|"
        r"\smit\s(?:freundlicher|Genehmigung|dem\sTitel|"
        r"Erlaubnis)\b|\s(?:sowie|wo|als|am|vom|und\sdort)\s|\sunter\b"
    ),
    veto=words(
        r"^\W{0,3}(?:bild|foto|grafik|video|titelbild|illustration|karte|quelle)\b|\bverboten\b|\buntersagt\b|"
        r"\bnewsletters?\b"
        r"|\bzuerst\s(?:berichtete|berichtet)\b|\bauch\s(?:auf|in|bei)\b[^.\n]{2,40}\berschienen\b|"
        r"\bentstanden\b|\bnicht\sgestattet\b"
    ),
    generic=words(
        r"(?:dem|der|den|die|das)?\s?(?:englisch\w*|deutsch\w*|französisch\w*|spanisch\w*|italienisch\w*|russisch\w*|"
        r"rahmen|zusammenhang|zuge|jahr|druck|form|print|kooperation|zusammenarbeit|genehmigung|unser\w*|"
        r"diese\w*|sein\w*|ihr\w*|"
        r"mein\w*|eine\w?|autor\w*|verfasser\w*|original\w*|internet|netz|redaktion|reihe|serie|hand|welt|"
        r"fassung|sprache|"
        r"redaktionell\w*|anfang|mitte|ende|frühjahr|sommer|herbst|winter|montag|dienstag|mittwoch|donnerstag|"
        r"freitag|samstag|"
        r"sonntag|feder)\b(?!-)"
    ),
    outlets=words(r"(?:blog|website|webseite|internetseite|seite|portal|magazin|zeitung|zeitschrift)\b"),
    before_name=(
        exact(r"^(?:der|die|das|dem|den|des)\s"),
        exact(r"^(?:(?:[\w.-]{2,16}\s)?[Aa]usgabe|Heft|Nummer|Nr\.)\s(?:Nr\.\s)?[\w./-]{1,12}\s(?:der|des|von|vom)\s"),
        exact(
            r"^(?:[a-zäöüß][\w-]{3,20}\s)?(?:Magazin|Zeitschrift|Zeitung|Tageszeitung|Wochenzeitung|"
            r"Fachzeitschrift|Blog|Portal|Online-Magazin|Website|Webseite|Seite|Plattform|"
            r"Newsletter)\s(?=[A-ZÄÖÜ\d„\"»])"
        ),
        exact(r"^(?:[A-ZÄÖÜ]\w{2,16}-)?(?:Blog|Website|Seite|Webseite)\s(?:von|der|des|vom)\s"),
    ),
    rights=words(
        rf"{_PERMISSION}|\bwird\shier\s[^.\n]{{0,40}}(?:wieder)?veröffentlicht\b|"
        rf"\bunter\s(?:der\s)?(?:einer\s)?(?:creative|cc)\b"
    ),
    translated=words(
        r"\baus\sdem\s\w{3,20}\sübersetzt\b|\bübersetzung\b|\bübersetzt\svon\b|\bins\sdeutsche\sübersetzt\b"
    ),
    reshaped=words(
        r"\b(?:kürzerer|gekürzter|längerer|ausführlicherer|anderer|ähnlicher|"
        r"leicht\s\w{4,14})(?:[,\s]{1,2}\w{3,20}){0,3}\s(?:form|fassung|version)\b"
    ),
    grantor=words(rf"{_PERMISSION}\s(?:des|der|von|vom)\s"),
)
