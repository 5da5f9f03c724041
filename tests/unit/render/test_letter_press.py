"""The letter as its reader gets it: what stands where, in both parts, and the notice that asks for consent."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from syndicate.domain.errors import SealRefused
from syndicate.domain.letter import ADDRESS, LEAVE, SealedEdition, personal_html
from syndicate.domain.notice import NoticeKind
from syndicate.domain.publication import Author, Lead, Moment, Precision
from syndicate.domain.subscriber import Subscriber
from syndicate.flows.house import LetterRoom
from syndicate.render.letters import LetterPress
from tests.unit.render.builders import (
    DIGEST,
    SITE,
    a_title,
    adapted_from,
    an_edition,
    an_item,
    an_own_piece,
)

READER = Subscriber(
    id=4, address="reader@inbox.example", domain="inbox.example", name="BUY <b>NOW</b> https://spam.example"
)
LINK = "https://lantern.example/confirm/c3Vi.c2ln"
ROOM: LetterRoom = LetterPress(SITE)


def sealed() -> SealedEdition:
    shown = (an_item(1), a_title(2), an_own_piece(3))
    return ROOM.seal(an_edition(*shown), DIGEST, shown)


def parsed(letter: SealedEdition, *items: int) -> html.HtmlElement:
    return html.document_fromstring(letter.html(items).encode(), parser=html.HTMLParser(encoding="utf-8"))


def test_outline_and_roles() -> None:
    """One h1, one h2 an item, layout tables that say so, language and direction twice."""
    root = parsed(sealed(), 1, 2, 3)

    assert [len(root.findall(f".//{tag}")) for tag in ("h1", "h2")] == [1, 3]
    assert {table.get("role") for table in root.iter("table")} == {"presentation"}
    article = root.find(".//div[@role='article']")
    assert article is not None
    assert (article.get("lang"), article.get("dir"), root.get("lang"), root.get("dir")) == ("en", "ltr", "en", "ltr")
    assert article.get("aria-roledescription") == "email"
    assert root.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]


def test_links_make_sense_alone() -> None:
    root = parsed(sealed(), 2)

    assert [(link.text_content(), link.get("href")) for link in root.iter("a")] == [
        ("What the tide brings, part 2", "https://tide.example/pieces/2"),
        ("The Salt Ledger", "https://tide.example/pieces/2"),
        ("Read the full piece at The Salt Ledger", "https://tide.example/pieces/2"),
        ("Unsubscribe from The Morning Lantern", LEAVE),
        ("Read this edition on the web", "https://lantern.example/editions/morning/2026-03-02T0600Z"),
    ]


def test_subject_and_preheader_carry_titles_only() -> None:
    frame = sealed().frame

    assert frame.subject == "What the tide brings, part 1, and 2 more: The Morning Lantern"
    assert frame.preheader == "What the tide brings, part 2 · What the tide brings, part 3"


def test_a_letter_of_one_item_has_a_preheader_too() -> None:
    """Its words are the digest's title, never the excerpt's."""
    letter = ROOM.seal(an_edition(an_item(1)), DIGEST, [an_item(1)])

    assert (letter.frame.subject, letter.frame.preheader) == (
        "What the tide brings, part 1: The Morning Lantern",
        "The Morning Lantern",
    )


def test_every_variant_stands_by_itself() -> None:
    """Any choice of items, in any order, is a whole document with its credits and its way out."""
    letter = sealed()

    for chosen in ([3, 1], [2], [2, 3, 1]):
        root = parsed(letter, *chosen)
        assert [box.get("id") for box in root.xpath("//table[starts-with(@id,'item-')]")] == [
            f"item-{i}" for i in chosen
        ]
        assert root.xpath(f"count(//a[@href='{LEAVE}'])") == 1
        assert letter.text(chosen).endswith("letters@lantern.example\n")


def test_no_mark_is_left_and_tokens_are_replaced() -> None:
    letter = sealed()
    whole = personal_html(
        letter.html([1, 2, 3]), {LEAVE: "https://lantern.example/u?a=1&b=2", ADDRESS: "r…r@inbox.example"}
    )

    assert "<!--item" not in whole
    assert "xq-" not in whole
    assert 'href="https://lantern.example/u?a=1&amp;b=2"' in whole


def test_text_lines_fit_and_links_stand_alone() -> None:
    text = sealed().text([1, 2, 3])

    assert [line for line in text.split("\n") if len(line) > 72] == []
    assert {line.strip().count(" ") for line in text.split("\n") if "://" in line} == {0}


def test_a_day_without_an_hour_keeps_its_day() -> None:
    """Midnight of a date without a zone must not slip to the day before or after."""
    given = Moment(raw="2026-02-28", parsed=datetime(2026, 2, 28, tzinfo=UTC), precision=Precision.DAY)
    late = Moment(raw="x", parsed=datetime(2026, 2, 27, 23, 30, tzinfo=UTC))
    items = (an_item(1, published=given), an_item(2, published=late))
    days = parsed(ROOM.seal(an_edition(*items), DIGEST, items), 1, 2).xpath("//table[@class='item']//time/@datetime")

    assert days == ["2026-02-28", "2026-02-28"]


def test_a_piece_without_author_link_type_or_topic() -> None:
    """What is missing leaves no empty line, no empty link, no stray comma."""
    bare = an_item(1, authors=(), url="", canonical="", type="", topics=(), published=None, link=None)
    bare = replace(bare, page="")
    letter = ROOM.seal(an_edition(bare), DIGEST, [bare])

    assert "Tide Quarterly, 2 March 2026\n" in letter.segments[0].text
    assert "\n\n\n" not in letter.segments[0].text
    assert parsed(letter, 1).xpath("//table[@class='item']//a") == []


def test_many_authors_and_at_most_three_related() -> None:
    item = an_item(
        1,
        authors=tuple(Author(name=name) for name in ("Ada", "", "Bo", "Cy")),
        related=tuple(
            Lead(title=f"Lead {n}", url="javascript:x" if n == 1 else f"https://tide.example/{n}") for n in range(5)
        ),
    )
    text = ROOM.seal(an_edition(item), DIGEST, [item]).segments[0].text

    assert "By Ada, Bo and Cy, Tide Quarterly" in text
    assert [f"Lead {n}" in text for n in range(5)] == [True, True, True, False, False]
    assert "javascript" not in text


def test_german_and_arabic_digests() -> None:
    """Our words and dates follow the digest; direction follows the language, the item's its own."""
    item = an_item(1)
    german = ROOM.seal(an_edition(item), replace(DIGEST, language="de"), [item])
    arabic = ROOM.seal(an_edition(item), replace(DIGEST, language="ar"), [item])

    assert "Den ganzen Text bei Tide Quarterly lesen" in german.segments[0].html
    assert "1. März 2026" in german.segments[0].text
    root = parsed(arabic, 1)
    assert root.get("dir") == "rtl"
    assert root.xpath("//h2/@dir") == ["ltr"]
    assert "border-right:3px" in arabic.segments[0].html


def test_links_in_other_scripts_are_found_again() -> None:
    """The HTML writer would percent-encode them on its own; the credit's link must still be the one looked for."""
    link = "https://bücher.example/größe?q=ä&b=<c>|d"
    item = an_item(1, link=link, credit=adapted_from("Größe & Söhne <Press>", link))

    assert (
        "xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4&amp;b=%3Cc%3E%7Cd"
        in ROOM.seal(an_edition(item), DIGEST, [item]).segments[0].html
    )


@pytest.mark.parametrize("token", [LEAVE, ADDRESS, "see xq-address&#45;qx"])
def test_a_source_that_writes_a_token_is_named(token: str) -> None:
    item = an_item(5, html=f"<p>{token}</p>")

    with pytest.raises(SealRefused, match="item 5: its text carries"):
        ROOM.seal(an_edition(item), DIGEST, [item])


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((), "it has no items"),
        ((an_item(1), an_item(1)), "the segments are not the items"),
        (
            (an_item(7, credit=replace(adapted_from("Inland Review", None), html="By somebody.")),),
            "item 7: the credit to Inland",
        ),
        (
            (an_item(7, credit=replace(adapted_from("Inland Review", None), link="javascript:x")),),
            "item 7: the credit to Inland",
        ),
        ((an_item(7, html="<p>" + "word " * 20_000 + "</p>"),), "item 7: takes"),
        (tuple(an_item(n, html="<p>" + "word " * 2_000 + "</p>") for n in range(1, 13)), "octets, more than"),
    ],
    ids=[
        "no items",
        "an item twice",
        "a credit without its publisher",
        "a credit's link that runs",
        "one too long",
        "all too long",
    ],
)
def test_what_the_seal_refuses_in_the_items(items: tuple[object, ...], said: str) -> None:
    with pytest.raises(SealRefused, match=said):
        ROOM.seal(an_edition(*items), DIGEST, items)  # type: ignore[arg-type]


def test_a_site_without_a_postal_address_cannot_write_letters() -> None:
    with pytest.raises(SealRefused, match="postal_address"):
        LetterPress(replace(SITE, postal_address=" ")).seal(an_edition(an_item(1)), DIGEST, [an_item(1)])


PROGRAM = """
from tests.unit.render.builders import *
from syndicate.render.letters import LetterPress
items = (an_item(1), a_title(2), an_own_piece(3))
print(LetterPress(SITE).seal(an_edition(*items), DIGEST, items).digest)
"""


def test_same_values_same_bytes_in_other_processes() -> None:
    """Whatever the time zone, the locale and the hash seed."""
    root = Path(__file__).resolve().parents[3]
    digests = {sealed().digest}
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "de_DE.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": locale, "LC_ALL": locale}
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=root, env=environment, capture_output=True, text=True, check=True
        )
        digests.add(run.stdout.strip())

    assert len(digests) == 1


def test_the_notice_asks_plainly_and_has_one_link() -> None:
    """In both parts, in the reader's language, with nothing in it that whoever asked could have written."""
    draft = ROOM.notice(NoticeKind.CONFIRM, DIGEST, READER, LINK)
    root = html.document_fromstring(draft.html)

    assert (draft.subject, draft.address, draft.subscriber) == (
        "Please confirm: The Morning Lantern",
        READER.address,
        4,
    )
    assert root.xpath("//a/@href") == [LINK]
    assert LINK in draft.text.split("\n")
    for part in (root.text_content(), draft.text):
        said = " ".join(part.split())
        assert (
            "Somebody, most likely you, asked Lantern Syndicate to send The Morning Lantern to reader@inbox.example."
            in said
        )
        assert "do nothing and you will hear nothing more" in said
        assert "7 days" in said
        assert "BUY" not in said
    assert "Bitte bestätigen" in ROOM.notice(NoticeKind.CONFIRM, DIGEST, replace(READER, language="de"), LINK).subject


@pytest.mark.parametrize(
    "changes",
    [
        ("{{ link }}", "https://other.example"),
        ('<a class="button-link" ', '<a class="button-link" style="display:none" '),
    ],
)
def test_a_notice_without_its_link_is_refused(tmp_path: Path, changes: tuple[str, str]) -> None:
    templates = Path(__file__).resolve().parents[3] / "templates" / "notice"
    (tmp_path / "notice").mkdir()
    (tmp_path / "notice" / "confirm.html.j2").write_text((templates / "confirm.html.j2").read_text().replace(*changes))

    with pytest.raises(SealRefused, match="link is not visible"):
        LetterPress(SITE, tmp_path).notice(NoticeKind.CONFIRM, DIGEST, READER, LINK)


@pytest.mark.parametrize(
    ("link", "address"), [("javascript:x", "a@b.example"), (LINK, "a@b.example\r\nBcc: c@d.example")]
)
def test_a_notice_with_a_bad_link_or_address_is_refused(link: str, address: str) -> None:
    with pytest.raises(SealRefused):
        ROOM.notice(NoticeKind.CONFIRM, DIGEST, replace(READER, address=address), link)
