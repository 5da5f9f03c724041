"""Credit, for every name and claim: the publisher is always said, visibly, in both parts, and nothing breaks out."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from syndicate.credit.clean import clean, safe_link
from syndicate.credit.detect import read_page, read_text
from syndicate.credit.editor import CreditEditor
from syndicate.credit.wording import WORDINGS
from syndicate.domain.credit import Credit
from syndicate.domain.outlet import Terms, Unsure
from syndicate.domain.provenance import Kind, Provenance, UrlKind, Verdict
from syndicate.markup.page import parse_page
from syndicate.testing.builders import a_publication, an_outlet, cleared

NAMES = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        [
            "</a><script>x()</script>",
            "A & B",
            '"Quoted"',
            "{publisher}",
            "{outlet}",
            "Har\u202ebour",
            "x\r\nBcc: y",
            "<b>",
            "é" * 40,
        ]
    ),
).filter(lambda name: bool(name.strip()))
LINKS = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.sampled_from(["https://a.example/x?a=1&b='\"<>", "javascript:x()", "https://[", "//x"]),
)
EVIDENCE = st.one_of(
    st.none(),
    st.text(max_size=200),
    NAMES.map(lambda name: f"This essay first appeared in {name}."),
    st.sampled_from(["<link rel=canonical>", "</p><p>This essay first appeared in <b>."]),
)
CLAIMS = st.builds(
    Provenance,
    kind=st.sampled_from(Kind),
    publisher=NAMES,
    verdict=st.sampled_from(Verdict),
    url=LINKS,
    url_kind=st.sampled_from([None, *UrlKind]),
    evidence=EVIDENCE,
)


PIECES = (
    "<p>", "</p>", "<article>", "<a href='//[x'>", "</a>", "This article was originally published by ", "Deep Water",
    ". ",
    "<h2>Related</h2>", "<nav>", "</nav>", "<!--", "-->", "<footer>", "\x00", "<link rel=canonical href='http://[/'>",
)  # fmt: skip


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))


def written(claim: Provenance, name: str, link: str | None, language: str, *, cut: bool) -> Credit:
    publication = a_publication(provenance=claim, canonical="", url=link or "https://harbour.example.net/x")
    ready = cleared(publication, an_outlet(name=name, terms=Terms(unsure=Unsure.ALLOW)))
    return CreditEditor().credit(ready, language, cut=cut)


@given(claim=CLAIMS, name=NAMES, link=LINKS, language=st.sampled_from([*WORDINGS, "", "zz"]), cut=st.booleans())
def test_the_publisher_is_said_in_both_parts_and_they_say_the_same(
    claim: Provenance, name: str, link: str | None, language: str, *, cut: bool
) -> None:
    told = written(claim, name, link, language, cut=cut)

    assert told.publisher.strip()
    assert told.publisher in told.text
    assert unescape(re.sub(r"<[^>]*>", "", told.html)) == told.text


@given(claim=CLAIMS, name=NAMES, link=LINKS, cut=st.booleans())
def test_only_links_to_the_web_come_out_and_the_named_link_is_among_them(
    claim: Provenance, name: str, link: str | None, *, cut: bool
) -> None:
    told = written(claim, name, link, "en", cut=cut)
    reader = _Tags()
    reader.feed(told.html)

    assert all(tag == "a" and list(found) == ["href"] for tag, found in reader.opened)
    hrefs = [found["href"] for _, found in reader.opened]
    assert all(safe_link(href) for href in hrefs)
    assert told.link is None or told.link in hrefs


@given(claim=CLAIMS, name=NAMES, cut=st.booleans())
def test_a_borrowed_piece_also_says_through_whom_we_have_it(claim: Provenance, name: str, *, cut: bool) -> None:
    told = written(claim, name, None, "en", cut=cut)

    if clean(name):
        assert clean(name).casefold() in told.text.casefold() or told.publisher.casefold() in told.text.casefold()
    assert told.text.count("Shortened here") + told.text.count("shortened here") <= max(
        1, (claim.evidence or "").lower().count("shortened here") + 1
    )


@given(st.text(max_size=400), st.text(max_size=20))
def test_reading_any_text_never_fails(text: str, outlet: str) -> None:
    found = read_text(text, [(text[:5], "https://a.example/")], outlet)

    assert found is None or found.publisher.strip()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_reading_any_page_gives_one_provenance(markup: str) -> None:
    found = read_page(parse_page(markup, "https://harbour.example.net/x"), "The Harbour Review")

    assert found.publisher.strip()
    assert found.kind is Kind.ORIGINAL or found.evidence
