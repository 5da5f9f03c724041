"""An entry read quickly is an entry read thoroughly: same words, same mark-up, same fields, same evidence."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from lxml import html

from syndicate.collect.entries import Entry, ReadPiece
from syndicate.collect.piece import read_piece
from syndicate.collect.quick import _quickly, read_entry
from syndicate.credit.detect import read_page
from syndicate.domain.provenance import Provenance, original
from syndicate.domain.publication import Moment, Reading
from syndicate.markup.page import Page
from tests.property.test_collect_safe import MARKUP

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINK = "https://quay.example/2026/salt"
OUTLET = "The Quay Review"
SENTENCES = st.sampled_from(
    [
        "The harbour board measured the depth of the channel before the silt came back.",
        "A ferry captain sold forty metres of chain, against the advice of the pilots.",
        "Nobody in the lower town remembered who had paid for the lamp above the gate.",
        "Salt &amp; sand were weighed in the wet spring of 1811, and again a year later.",
        "Im Herbst wurde der Deich geschlossen, als die Flut längst abgelaufen war.",
    ]
)
INLINE = st.sampled_from(
    ["{}", "<em>{}</em>", '<a href="/notes/1">{}</a>', '<a href="https://other.example/x?y=1#z" rel="noopener">{}</a>']
)
RUNS = st.lists(st.tuples(SENTENCES, INLINE), min_size=2, max_size=4).map(
    lambda told: " ".join(shape.format(words) for words, shape in told)
)
PARAGRAPHS = RUNS.map("<p>{}</p>".format)
BLOCKS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS.map(lambda text: text.replace("<p>", '<p class="wp-block-paragraph has-text-align-left">')),
    RUNS.map("<blockquote><p>{}</p></blockquote>".format),
    RUNS.map(lambda text: f"<ul>\n<li>{text}</li>\n<li>{text} Twice.</li>\n</ul>"),
    st.sampled_from(
        ["<h2>What the river brings</h2>\n", "<h3>The <em>northern</em> lock</h3>", "<hr>", "<p>&nbsp;</p>"]
    ),
    st.sampled_from(["<script>x()</script>", "<!-- wp -->", '<img src="/pixel.gif" width="1" height="1">']),
    st.integers(0, 9).map(
        lambda n: (
            f'<figure class="wp-block-image"><img src="/p/{n}.jpg" alt="A quay" width="800">'
            f"<figcaption>The quay at low tide, seen {n} times. (Harbour Archive/Quay Photo)</figcaption></figure>"
        )
    ),
    st.integers(0, 9).map(lambda n: f'<p><img src="https://cdn.example/{n}.png" alt=""></p>'),
)
TEXTS = st.tuples(PARAGRAPHS, st.lists(BLOCKS, max_size=6), PARAGRAPHS).map(
    lambda parts: "\n".join((parts[0], *parts[1], parts[2]))
)
DATES = st.sampled_from(
    [None, Moment(raw="Sun, 01 Mar 2026 09:00:00 GMT", parsed=NOW), Moment(raw="soon", parsed=None, doubt="is no date")]
)
ENTRIES = st.builds(
    Entry,
    link=st.sampled_from([LINK, ""]),
    place=st.just("feed entry"),
    title=st.sampled_from(["Salt", "What the tide &amp; the board bring", "<i>Salt</i>: a ledger"]),
    guid=st.sampled_from(["", "tag:1"]),
    authors=st.sampled_from([(), ("Mara Quill",), ("By Mara Quill and Otto Reed", OUTLET)]),
    published=DATES,
    updated=DATES,
    type=st.sampled_from(["", "Report"]),
    topics=st.sampled_from([(), ("Ports", "report")]),
    tags=st.sampled_from([(), ("Tides", "Ports", "Tides")]),
    language=st.sampled_from(["", "en-GB", "en_GB", "nonsense!"]),
    summary=st.sampled_from(["", "A short account of what the tide brings and of who has to take it out again."]),
    html=TEXTS,
)


def own(page: Page, outlet: str) -> Provenance:
    return original(outlet)


def thoroughly(entry: Entry) -> Reading:
    read = read_piece(ReadPiece(entry=entry, outlet=OUTLET, now=NOW.timestamp()), read_page, NOW)
    assert isinstance(read, Reading)
    return read


def differences(one: Reading, other: Reading) -> dict[str, tuple[object, object]]:
    """Field by field; by which rule the text was found is the one thing that may differ."""
    one, other = (
        replace(read, evidence=tuple(replace(e, rule="") if e.field == "body" else e for e in read.evidence))
        for read in (one, other)
    )
    pairs = {each.name: (getattr(one, each.name), getattr(other, each.name)) for each in fields(Reading)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@given(ENTRIES)
@settings(max_examples=150, deadline=None)
def test_a_plain_entry_is_read_quickly_as_it_would_be_thoroughly(entry: Entry) -> None:
    quick = _quickly(entry, OUTLET, read_page)

    assume(quick is not None)  # a quotation that repeats the text, by chance
    assert quick is not None
    assert differences(quick, thoroughly(entry)) == {}


@given(MARKUP)
@example("<p>a<figcaption>b</figcaption></p>")
@settings(max_examples=150, deadline=None)
def test_whatever_the_mark_up_what_goes_out_is_safe(source: str) -> None:
    read = read_entry(Entry(link=LINK, place="x", title="t", html=source), OUTLET, own, NOW)

    assert isinstance(read, Reading)
    for element in html.fromstring(f"<div>{read.body_html}</div>").iter():
        assert element.tag not in ("script", "style", "svg", "iframe", "form", "math")
        for name, value in element.attrib.items():
            assert name in ("href", "src", "width", "alt", "title"), name
            assert name not in ("href", "src") or value.startswith(("https://", "http://"))


@given(ENTRIES, st.sampled_from(["first", "last"]))
@settings(max_examples=40, deadline=None)
def test_a_borrowed_entry_keeps_its_credit(entry: Entry, where: str) -> None:
    note = "<p><em>This is an adapted excerpt from an article originally published by The Meridian Review.</em></p>"
    text = note + entry.html if where == "first" else entry.html + note

    read = read_entry(replace(entry, html=text), OUTLET, read_page, NOW)

    assert isinstance(read, Reading)
    assert read.provenance.publisher == "The Meridian Review"
    assert read == thoroughly(replace(entry, html=text))
