"""Whatever a source writes, each letter carries every credit or is refused: never a silent loss."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html

from syndicate.domain.errors import SealRefused
from syndicate.domain.item import Item
from syndicate.domain.letter import ADDRESS, LEAVE, SealedEdition
from syndicate.render.letters import LetterPress
from tests.unit.render.builders import DIGEST, SITE, adapted_from, an_edition, an_item

PRESS = LetterPress(SITE)
PIECES = st.sampled_from(
    [
        "<div>" * 260,
        "<blockquote>" * 260,
        "<p>open",
        "</td></table>",
        "</tr></tbody></table></div></body></html>",
        "<style>.credit{display:none}</style>",
        "<style>",
        "<!--item 2-->",
        "<!--/item 1-->",
        "<!--",
        "-->",
        "<!DOCTYPE x>",
        "<?php ?>",
        "<![CDATA[",
        "<plaintext>",
        "<xmp>",
        "<textarea>",
        "<title>",
        "<select>",
        "<svg><desc>",
        "<math><mtext><table><mglyph><style>",
        "<noscript><p title='</noscript><style>*{display:none}'>",
        "<template>",
        "<iframe srcdoc='x'>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content=0>",
        "<form><input type=image>",
        "<p style='display:none' class=credit id=item-2>",
        "<a href='https://evil.example/\"><b'>",
        "<a href='javascript:1'>",
        LEAVE,
        ADDRESS,
        "xq-address&#45;qx",
        "https://merge.invalid/xq-",
        "\u202e\u2066\u200f",
        "&#x202e;&#0;&#29;&#133;",
        "\x00\x1d\x0c\x85\u2028",
        "\n\n    Inland Review\n    https://inland.example/ledgers\n\n",
        "\n-- \n",
        "\n>From here\n",
        "{{ items }}{% raw %}",
        "&amp;lt;script&gt;",
        "w" * 300,
        "\U0001f3f3\ufe0f\u200d\U0001f308",
        "\ud800",
    ]
)
HOSTILE = st.lists(PIECES | st.text(max_size=12), max_size=6).map("".join)
URLS = st.none() | st.builds(
    "https://{}/{}".format, st.sampled_from(["inland.example", "bücher.example:81"]), st.text(max_size=12)
)


def same(words: str) -> str:
    return "".join(words.split())


def carries(sealed: SealedEdition, item: Item) -> None:
    """Looked for by other means than the seal's: the box by id, the sentence as written by ``credit``."""
    excerpt = item.excerpt
    assert excerpt is not None
    (segment,) = [segment for segment in sealed.segments if segment.item == item.id]
    alone = sealed.html([item.id])
    box = html.document_fromstring(alone).get_element_by_id(f"item-{item.id}")
    credit = [same(element.text_content()) for element in box.find_class("credit")]
    assert credit == [same(excerpt.credit.text)]
    assert same(excerpt.credit.text) in same(segment.text)
    assert alone.count(LEAVE) == alone.count(ADDRESS) == 1
    assert sealed.text([item.id]).count(LEAVE) == 1


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mark_up=HOSTILE, text=HOSTILE, title=HOSTILE)
@example(mark_up="w" * 100_000, text="w" * 100_000, title="w" * 100_000)
def test_no_excerpt_or_title_costs_another_item_its_credit(mark_up: str, text: str, title: str) -> None:
    items = (an_item(1), an_item(2, html=mark_up, text=text, title=title), an_item(3))
    try:
        sealed = PRESS.seal(an_edition(*items), DIGEST, items)
    except SealRefused as refusal:
        assert re.search(r"item 2|octets", str(refusal))  # noqa: PT017 - sealed or refused, and this says which
        return

    for item in items:
        carries(sealed, item)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(publisher=HOSTILE.filter(str.strip), link=URLS)
def test_a_hostile_name_or_link_in_a_credit_is_refused_or_shown(publisher: str, link: str | None) -> None:
    """The credit room writes what pages say; the seal does not take its word for it."""
    items = (an_item(1), an_item(2, publisher=publisher, link=link, credit=adapted_from(publisher, link)))
    try:
        sealed = PRESS.seal(an_edition(*items), DIGEST, items)
    except SealRefused as refusal:
        assert "item 2" in str(refusal)  # noqa: PT017
        return

    carries(sealed, items[0])
    assert [segment.item for segment in sealed.segments] == [1, 2]
