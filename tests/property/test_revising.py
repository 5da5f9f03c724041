"""What is a change, what is loud, and what a person reads of it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.domain.provenance import Verdict
from syndicate.domain.publication import Author, Change, Figure, Lead, Part, Reading
from syndicate.domain.revising import LONGEST, SMALL, changes, edited, readable, settled
from syndicate.testing.builders import NOON, a_borrowed_provenance, a_moment, a_reading

BODY = a_reading().body_text
COUNTERS = [
    "1,204 views",
    "12 comments",
    "Comments (12)",
    "5 min read",
    "3 hours ago",
    "14:05",
    "2:05 p.m. GMT",
    "1.204 Aufrufe · 12 Kommentare",
    "vor 3 Stunden",
    "5 Min. Lesezeit",
    "il y a 2 heures",
    "1 204 vues",
    "hace 5 minutos",
    "4 min de lectura",
    "12 visualizzazioni",
    "3 ore fa",
    "há 2 dias",
    "7 comentários",
    "3 uur geleden",
    "12 reacties",
    "2 godziny temu",
    "15 komentarzy",
    "3 часа назад",
    "120 просмотров",
    "منذ 3 ساعات",
    "3 小时前",
    "1204 次阅读",
    "3時間前",
    "1204 回視聴",
    "3시간 전",
    "댓글 12",
]
NOTES = [
    "Correction: the ferry has two boats.",
    "CORRECTION (3 March 2026): the ferry has two boats.",
    "Editor\u2019s note: the ferry has two boats.",
    "Clarification \u2014 the ferry has two boats.",
    "An earlier version of this article said that the ferry has one boat.",
    "This article was corrected on 3 March.",
    "Korrektur: Die Fähre hat zwei Boote.",
    "In einer früheren Version dieses Artikels stand eine andere Zahl.",
    "Anmerkung der Redaktion: Die Fähre hat zwei Boote.",
    "Correction : le ferry a deux bateaux.",
    "Une version antérieure de cet article donnait un autre chiffre.",
    "Fe de erratas: el ferry tiene dos barcos.",
    "Una versión anterior de este artículo decía otra cosa.",
    "Errata corrige: il traghetto ha due barche.",
    "Correção: a balsa tem dois barcos.",
    "Rectificatie: de veerboot heeft twee boten.",
    "Sprostowanie: prom ma dwie łodzie.",
    "Исправление: у парома две лодки.",
    "В предыдущей версии статьи было указано другое число.",
    "تصحيح: للعبارة قاربان.",
    "更正：渡船有两艘。",
    "訂正：渡し船は二隻です。",
    "정정: 연락선은 두 척입니다.",
]
SILENT_NOISE: dict[str, dict[str, object]] = {
    "guid": {"guid": "another"},
    "updated": {"updated": a_moment(NOON + timedelta(days=3))},
    "evidence": {"evidence": ()},
    "tracking": {"url": a_reading().url + "?utm_source=feed", "canonical": a_reading().canonical + "?utm_medium=rss"},
    "mark-up": {"body_html": a_reading().body_html.replace("<p>", "<div>").replace("</p>", "</div>")},
    "quotes": {"title": "The Islands That Wait "},
}


def parts(before: Reading, after: Reading) -> list[tuple[Part, bool]]:
    return [(change.part, change.loud) for change in changes(before, after)]


@given(st.text(max_size=300), st.text(max_size=80))
def test_nothing_differs_from_itself(body: str, title: str) -> None:
    reading = a_reading(body_text=body, title=title)

    assert changes(reading, replace(reading)) == ()
    assert edited(body, body) == 0


@pytest.mark.parametrize("counter", COUNTERS)
def test_what_changes_by_itself_is_no_change(counter: str) -> None:
    before, after = f"{BODY}\n\n{counter}", f"{BODY}\n\n{counter.translate(str.maketrans('25', '34'))}"

    assert changes(a_reading(body_text=before), a_reading(body_text=after)) == ()
    assert changes(a_reading(body_text=BODY), a_reading(body_text=after)) == ()


@pytest.mark.parametrize("noise", SILENT_NOISE)
def test_what_says_nothing_is_no_change(noise: str) -> None:
    assert changes(a_reading(), a_reading(**SILENT_NOISE[noise])) == ()


def test_cache_busting_parameters_are_no_change() -> None:
    def shown(version: str) -> Reading:
        picture = f'<img src="https://h.example/a.jpg?itok={version}&amp;h=2">'
        html = f'{a_reading().body_html}{picture}<a href="/b?v={version}">'
        return a_reading(body_html=html, figures=(Figure(src=f"https://h.example/a.jpg?v={version}"),))

    assert changes(shown("1"), shown("2")) == ()


def test_another_picture_and_another_target_are_silent_changes() -> None:
    before = a_reading(body_html='<p><a href="https://h.example/a">x</a><img src="https://h.example/a.jpg"></p>')
    after = replace(before, body_html=before.body_html.replace("/a", "/b"))

    (change,) = changes(before, after)

    assert (change.part, change.loud) == (Part.OTHER, False)
    assert change.after == "h.example/b h.example/b.jpg"


def test_numbers_in_prose_are_statements() -> None:
    before = f"{BODY} The council read 1,204 comments of people who live on the islands, and answered none of them."

    assert parts(a_reading(body_text=before), a_reading(body_text=before.replace("1,204", "1,304"))) == [
        (Part.BODY, False)
    ]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_of_correction_is_loud(note: str) -> None:
    found = parts(a_reading(), a_reading(body_text=f"{BODY}\n\n{note}"))

    assert found[0] == (Part.NOTE, True)
    assert (Part.BODY, False) in found


@pytest.mark.parametrize(
    "words", ["Corrections officers met.", "The correction of the channel took years.", "Korrekturen kosten Geld."]
)
def test_a_sentence_about_corrections_is_no_note(words: str) -> None:
    assert parts(a_reading(), a_reading(body_text=f"{BODY}\n\n{words}")) == [(Part.BODY, False)]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (Part.TITLE, {"title": "The Islands That Waited"}),
        (Part.AUTHORS, {"authors": (Author(name="The Night Desk"),)}),
        (Part.AUTHORS, {"authors": ()}),
        (Part.PROVENANCE, {"provenance": a_borrowed_provenance()}),
        (Part.PROVENANCE, {"provenance": replace(a_reading().provenance, verdict=Verdict.UNSURE)}),
    ],
)
def test_headline_byline_and_origin_are_loud(part: Part, change: dict[str, object]) -> None:
    assert parts(a_reading(), a_reading(**change)) == [(part, True)]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (Part.BODY, {"body_text": BODY.replace("harbour", "port")}),
        (Part.BODY, {"body_text": "Something else entirely."}),
        (Part.DATE, {"published": a_moment(NOON)}),
        (Part.DATE, {"published": None}),
        (Part.OTHER, {"summary": "Other words."}),
        (Part.OTHER, {"authors": (replace(a_reading().authors[0], bio="Counts ferries."),)}),
        (Part.OTHER, {"licence": "CC BY 4.0"}),
        (Part.OTHER, {"related": (Lead(title="More"),)}),
        (Part.OTHER, {"url": "https://harbour.example.net/moved"}),
    ],
)
def test_everything_else_is_kept_and_silent(part: Part, change: dict[str, object]) -> None:
    assert parts(a_reading(), a_reading(**change)) == [(part, False)]


def test_a_small_edit_is_told_from_a_larger_one() -> None:
    text = " ".join(f"word{n}" for n in range(1000))

    assert 0 < edited(text, text.replace("word7 ", "ward7 ")) < SMALL
    assert edited(text, text.replace("word1", "ward1")) > SMALL


def test_a_change_is_readable() -> None:
    (change,) = changes(a_reading(), a_reading(title="The Islands That Waited Long"))
    (body,) = changes(a_reading(), a_reading(body_text=BODY.replace("council", "city")))

    assert readable(change) == "title: The Islands That [-Wait-] {+Waited Long+}"
    assert "[-council-] {+city+}" in readable(body)
    assert body.before == BODY.split("\n\n")[1]


def test_sentences_that_only_moved_are_told() -> None:
    moved = "\n\n".join(reversed(BODY.split("\n\n")))

    (change,) = changes(a_reading(), a_reading(body_text=moved))

    assert (change.part, change.before) == (Part.BODY, BODY.split("\n\n")[0])


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_change_is_readable(before: str, after: str) -> None:
    told = readable(Change(part=Part.BODY, before=before, after=after, loud=False))

    assert told.startswith("body: ")
    assert all(word in told for word in set(after.split()) - set(before.split()))


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(["1,", "1 ", "a", "1:", "12:30 ", "Correction ", "x. ", "\n", "5 min ago "]), st.integers(1, 2))
def test_the_cost_of_long_hostile_texts_is_bounded(bit: str, factor: int) -> None:
    text = bit * (factor * 250_000 // len(bit))
    begun = time.process_time()

    found = changes(a_reading(), a_reading(body_text=text, title=text[:1000]))

    assert all(len(change.before) <= LONGEST and len(change.after) <= LONGEST for change in found)
    assert all(len(readable(change)) < 4 * LONGEST for change in found)
    assert time.process_time() - begun < 10


def test_the_difference_of_two_texts_of_a_megabyte_is_bounded() -> None:
    one, other = (" ".join(f"w{n * n % modulus}" for n in range(200_000)) for modulus in (7919, 7907))
    begun = time.process_time()

    (change,) = changes(a_reading(body_text=one), a_reading(body_text=other))
    readable(change)
    readable(Change(part=Part.BODY, before=one, after=other, loud=False))

    assert time.process_time() - begun < 10
    assert settled("") == []
