"""What each feed format carries, read back strictly."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest

from syndicate.domain.credit import Credit
from syndicate.domain.feed import FeedState
from syndicate.domain.item import Item
from syndicate.domain.outlet import Terms, Use
from syndicate.domain.publication import Author, Moment
from syndicate.render.feeds import FORMATS
from syndicate.testing.builders import NOON, a_borrowed_provenance, a_publication, a_site, an_outlet
from tests.unit.feeds.reading_back import ATOM, DCTERMS, Shown, complaints, links, read, strictly, words
from tests.unit.feeds.samples import CREDIT, ORIGINAL, a_state, an_item, three_kinds

ENDINGS = tuple(FORMATS)
every_format = pytest.mark.parametrize("ending", ENDINGS)


def shown(ending: str, state: FeedState) -> list[Shown]:
    body = FORMATS[ending](state).body
    assert complaints(ending, body) == []
    return read(ending, body)


@every_format
def test_a_feed_of_every_kind_of_item_is_valid_and_newest_first(ending: str) -> None:
    assert [entry.id[-1] for entry in shown(ending, three_kinds())] == ["3", "2", "1"]


@every_format
def test_the_renderer_orders_by_date_whatever_order_it_is_given(ending: str) -> None:
    dated = [
        an_item(a_publication(id=n, published=Moment(raw="", parsed=NOON - timedelta(days=d))))
        for n, d in ((1, 5), (2, 1), (3, 3))
    ]

    assert [entry.id[-1] for entry in shown(ending, a_state(*dated))] == ["2", "3", "1"]


@every_format
def test_an_empty_feed_is_valid(ending: str) -> None:
    assert shown(ending, a_state()) == []


@every_format
def test_the_credit_stands_in_summary_and_content_with_its_link(ending: str) -> None:
    borrowed = shown(ending, a_state(an_item(a_publication(provenance=a_borrowed_provenance()))))[0]

    assert CREDIT in words(borrowed.content)
    assert CREDIT in borrowed.summary
    assert ORIGINAL in links(borrowed.content)


@every_format
def test_the_credit_is_there_for_machines_too(ending: str) -> None:
    borrowed = shown(ending, a_state(an_item(a_publication(provenance=a_borrowed_provenance()))))[0]

    assert borrowed.via == (ORIGINAL, "https://harbour.example.net/2026/islands-that-wait-1")
    assert borrowed.source == ("Lantern Quarterly", "https://lantern.example.com/")


@every_format
def test_a_piece_that_may_show_its_title_only_shows_title_link_and_credit(ending: str) -> None:
    item = an_item(outlet=an_outlet(terms=Terms(use=Use.TITLE)))

    entry = shown(ending, a_state(item))[0]

    assert words(entry.content) == entry.summary == "Originally published by The Harbour Review."
    assert entry.page == "https://letters.example.org/publications/the-islands-that-wait-1"


@every_format
def test_a_publisher_without_a_known_page_is_named_with_the_page_we_read(ending: str) -> None:
    unlinked = a_borrowed_provenance(url=None, url_kind=None)

    entry = shown(ending, a_state(an_item(a_publication(provenance=unlinked))))[0]

    assert entry.source == ("Lantern Quarterly", "https://harbour.example.net/2026/islands-that-wait-1")


@every_format
def test_a_title_loses_mark_up_and_control_characters_and_nothing_else(ending: str) -> None:
    item = an_item(a_publication(title="<b>Bold</b> & \x08 ‘1 < 2’\n\ud800 <scr<i>ipt>tail <img src=x"))

    assert shown(ending, a_state(item))[0].title == "Bold & ‘1 < 2’ tail img src=x"


@every_format
def test_a_piece_without_a_title_is_named_after_its_publisher(ending: str) -> None:
    assert shown(ending, a_state(an_item(a_publication(title=" \x00<br>"))))[0].title == "The Harbour Review"


@every_format
def test_a_piece_without_a_byline_names_its_publisher_as_author_not_us(ending: str) -> None:
    assert shown(ending, a_state(an_item(a_publication(authors=()))))[0].authors == ("The Harbour Review",)


@every_format
def test_one_hostile_item_leaves_the_others_readable(ending: str) -> None:
    hostile = a_publication(
        id=2,
        title="]]><\x00\ufffe",
        url="javascript:alert(1)",
        canonical="http://[broken",
        authors=(Author(name="<x>\ud800"),),
        topics=("\x01", "a\nb<!-- "),
        language='en" onload="x',
        body_html="<p>fine\x0b<script>x</script></p>",
        provenance=a_borrowed_provenance(url="http://a b/\x07", evidence="\x02"),
        published=Moment(raw="", parsed=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
    )

    found = {entry.id[-1]: entry for entry in shown(ending, a_state(an_item(a_publication(id=1)), an_item(hostile)))}

    assert found["1"].title == "The Islands That Wait"
    assert found["2"].title == "]]><"
    assert found["2"].topics == ("a b!--",)
    assert found["2"].language == ""


@every_format
def test_content_holds_nothing_that_runs_styles_or_is_relative(ending: str) -> None:
    plain = an_item()
    assert plain.excerpt is not None
    html = (
        '<p style="x" onclick="y">a<a href="/relative">b</a><a href="javascript:x">c</a>'
        '<script>d</script><img src="https://pixel.example.org/1.gif"></p><div hidden><template>e</template>'
    )
    excerpt = type(plain.excerpt)(
        provenance=plain.excerpt.provenance, credit=plain.credit, text="abc", html=html, words=1, whole=False
    )
    item = Item(cleared=plain.cleared, credit=plain.credit, excerpt=excerpt, page=plain.page)

    content = shown(ending, a_state(item))[0].content

    assert content.startswith("<p>a<a>b</a><a>c</a></p>")
    assert words(content).endswith(plain.credit.text)


@every_format
def test_a_credit_whose_own_link_is_unsafe_is_still_linked(ending: str) -> None:
    plain = an_item()
    credit = Credit(text="By <them>.", html='<a href="data:x">By &lt;them&gt;.</a>', publisher="Them", link=ORIGINAL)
    item = Item(cleared=plain.cleared, credit=credit, excerpt=None, page=plain.page)

    entry = shown(ending, a_state(item))[0]

    assert links(entry.content) == [ORIGINAL]
    assert words(entry.content) == entry.summary == "By <them>."


@every_format
def test_terms_that_end_are_told_and_bound_the_document(ending: str) -> None:
    state = three_kinds()

    entry = shown(ending, state)[1]

    assert entry.valid == "start=2026-02-21T12:00:00+00:00; end=2026-03-05T12:00:00+00:00; scheme=W3C-DTF"
    assert FORMATS[ending](state).valid_until == NOON + timedelta(days=3)


@every_format
def test_times_are_those_of_the_state_never_the_present(ending: str) -> None:
    entry = shown(ending, a_state(an_item()))[0]

    assert entry.published == NOON - timedelta(days=1)
    assert entry.updated == NOON - timedelta(hours=2)
    assert FORMATS[ending](a_state()).updated == NOON


@every_format
def test_the_credit_beside_a_text_in_another_language_says_which_it_is_in(ending: str) -> None:
    entry = shown(ending, a_state(an_item(a_publication(language="fr"))))[0]

    assert entry.language == "fr"
    assert '<p lang="en">Excerpt of an article' in entry.content


@every_format
def test_ids_belong_to_feed_and_publication_never_to_content(ending: str) -> None:
    first = shown(ending, a_state(an_item(a_publication())))[0]
    changed = shown(ending, a_state(an_item(a_publication(title="Another", body_html="<p>Other words here.</p>"))))[0]

    assert first.id == changed.id == "tag:letters.example.org,2026-03-02:all/1"


def test_the_self_link_is_the_address_of_the_document_itself() -> None:
    rss, atom, feed = (FORMATS[ending](a_state()).body for ending in ENDINGS)

    assert strictly(rss).find(f"channel/{ATOM}link").get("href") == "https://letters.example.org/feeds/all.rss"
    assert strictly(atom).find(f"{ATOM}link[@rel='self']").get("href") == "https://letters.example.org/feeds/all.atom"
    assert json.loads(feed)["feed_url"] == "https://letters.example.org/feeds/all.json"
    assert strictly(rss).findtext("channel/link") == "https://letters.example.org/"


def test_readers_that_know_no_via_get_the_original_as_related_link() -> None:
    state = a_state(an_item(a_publication(provenance=a_borrowed_provenance())))

    entry = strictly(FORMATS["atom"](state).body).find(f"{ATOM}entry")
    item = json.loads(FORMATS["json"](state).body)["items"][0]

    assert entry.find(f"{ATOM}link[@rel='related']").get("href") == ORIGINAL
    assert entry.findtext(f"{DCTERMS}isVersionOf") == ORIGINAL
    assert item["external_url"] == ORIGINAL


def test_a_licence_that_is_an_address_becomes_a_link() -> None:
    licence = "https://licences.example.org/by/4.0/"

    state = three_kinds()

    assert strictly(FORMATS["atom"](state).body).find(f".//{ATOM}link[@rel='license']").get("href") == licence
    assert strictly(FORMATS["rss"](state).body).find(f".//{ATOM}link[@rel='license']").get("href") == licence
    assert json.loads(FORMATS["json"](state).body)["items"][0]["_syndicate"]["licence"] == licence


def test_pictures_pass_only_where_the_terms_grant_them() -> None:
    picture = '<p><img src="https://harbour.example.net/quay.jpg" alt="The quay"></p>'
    piece = a_publication(body_html=f"<p>A quay, at low tide, seen from the boat.</p>{picture}")

    bodies = [
        FORMATS["json"](a_state(an_item(piece, an_outlet(terms=Terms(use=Use.FULL, images=granted))))).body
        for granted in (True, False)
    ]

    assert [b"quay.jpg" in body for body in bodies] == [True, False]


@every_format
def test_a_site_with_a_port_and_odd_names_still_gives_valid_feeds(ending: str) -> None:
    site = a_site(url="http://127.0.0.1:8765", title="R & <D>", language="not a tag")

    assert shown(ending, a_state(an_item(), site=site))[0].id.startswith("tag:127.0.0.1,")


def test_threads_that_render_at_once_give_equal_bytes() -> None:
    """feedgen flips the locale of the process; under the lock nobody meets it half-way."""
    state = three_kinds()
    wanted = {ending: FORMATS[ending](state).body for ending in ENDINGS}

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda ending: (ending, FORMATS[ending](state).body), ENDINGS * 20))

    assert all(body == wanted[ending] for ending, body in found)


def test_etags_follow_the_bytes() -> None:
    assert FORMATS["rss"](a_state()).etag == FORMATS["rss"](a_state()).etag
    assert FORMATS["rss"](a_state()).etag != FORMATS["rss"](a_state(updated=datetime(2026, 1, 1, tzinfo=UTC))).etag
