"""What APIs and sitemaps say, read as entries, whatever types their values turn out to have."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.collect.entries import Document, Entry, Listing, ReadList, Unreadable
from syndicate.collect.markdown import entry_of_markdown
from syndicate.collect.sources import drupal, sitemap, wordpress

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITE = "https://quay.example"
POSTS = SITE + "/wp-json/wp/v2/posts?per_page=2&_embed=1"
NODES = SITE + "/en/jsonapi/node/brief?sort=-created&page[limit]=50&include=field_people"


def task(kind: str, body: Any, url: str = SITE) -> ReadList:
    octets = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    return ReadList(kind=kind, document=Document(url=url, body=octets), recipe=None, most=50, now=NOW.timestamp())


def only(result: Listing | Unreadable) -> Entry:
    assert isinstance(result, Listing), result
    (entry,) = result.entries
    return entry


POST: dict[str, Any] = {
    "id": 7,
    "guid": {"rendered": SITE + "/?p=7"},
    "date": "2026-02-02T10:00:00",
    "date_gmt": "2026-02-02T09:00:00",
    "modified": "2026-02-03T10:00:00",
    "modified_gmt": "2026-02-03T09:00:00",
    "link": SITE + "/salt/",
    "title": {"rendered": "Salt &#038; Sand &#8211; a love story"},
    "content": {"rendered": "<p>All the words.</p>"},
    "excerpt": {"rendered": "<p>Some words [&hellip;]</p>"},
    "_embedded": {
        "author": [{"id": 1, "name": "Mara Quill"}],
        "wp:featuredmedia": [
            {"media_type": "image", "source_url": SITE + "/up/salt-scaled.jpg", "alt_text": "Salt",
             "caption": {"rendered": "<p>White gold. (Ines Falk)</p>"}}
        ],
        "wp:term": [
            [{"taxonomy": "category", "name": "Ports &amp; Ships"}, {"taxonomy": "category", "name": "Uncategorized"}],
            [{"taxonomy": "post_tag", "name": "salt"}],
            [{"taxonomy": "publication_type", "name": "Essay"}],
        ],
    },
}  # fmt: skip


def test_a_post_gives_every_field() -> None:
    entry = only(wordpress.parse(task("wordpress", [POST], POSTS)))

    assert (entry.title, entry.link, entry.guid) == ("Salt & Sand – a love story", SITE + "/salt/", SITE + "/?p=7")
    assert (entry.authors, entry.topics, entry.tags, entry.type) == (
        ("Mara Quill",),
        ("Ports & Ships",),
        ("salt",),
        "Essay",
    )
    assert entry.summary == "Some words"
    assert "<figcaption>White gold. (Ines Falk)</figcaption>" in entry.html
    assert entry.html.endswith("<p>All the words.</p>")


def test_the_universal_time_is_in_utc_and_the_local_one_in_no_known_zone() -> None:
    universal = only(wordpress.parse(task("wordpress", [POST], POSTS)))
    local = only(wordpress.parse(task("wordpress", [POST | {"date_gmt": None}], POSTS)))

    assert universal.published is not None
    assert (universal.published.parsed, universal.published.zone_known) == (datetime(2026, 2, 2, 9, tzinfo=UTC), True)
    assert local.published is not None
    assert (local.published.raw, local.published.zone_known) == ("2026-02-02T10:00:00", False)


def test_a_picture_that_the_text_shows_is_not_put_before_it_again() -> None:
    shown = POST | {"content": {"rendered": '<img src="/up/salt-1024x768.jpg"><p>Words.</p>'}}

    assert "<figure>" not in only(wordpress.parse(task("wordpress", [shown], POSTS))).html


def test_closed_users_leave_the_rest_alone() -> None:
    closed = {"code": "rest_user_invalid_id", "message": "Invalid user ID."}
    post = POST | {"_embedded": {"author": [closed | {"name": "admin"}]}}

    assert only(wordpress.parse(task("wordpress", [post], POSTS))).authors == ()


def test_a_closed_api_is_said_in_its_own_words() -> None:
    said = {"code": "rest_disabled", "message": "The REST API is <b>disabled</b>.", "data": {"status": 401}}

    result = wordpress.parse(task("wordpress", said, POSTS))

    assert isinstance(result, Unreadable)
    assert "The REST API is disabled." in result.problem


def test_notices_before_the_document_are_passed_over() -> None:
    noisy = b"<br />\n<b>Notice</b>: Undefined index [x] in plugin.php\n" + json.dumps([POST]).encode()

    assert only(wordpress.parse(task("wordpress", noisy, POSTS))).title.startswith("Salt")


def test_only_a_full_page_has_a_next_one() -> None:
    full = wordpress.parse(task("wordpress", [POST, POST | {"link": SITE + "/sand/"}], POSTS))
    last = wordpress.parse(task("wordpress", [POST], POSTS + "&page=4"))

    assert isinstance(full, Listing)
    assert full.more == (POSTS + "&page=2",)
    assert isinstance(last, Listing)
    assert last.more == ()


@pytest.mark.parametrize(
    ("address", "posts"),
    [
        (SITE, SITE + "/wp-json/wp/v2/posts?"),
        (SITE + "/blog/", SITE + "/blog/wp-json/wp/v2/posts?"),
        (SITE + "/wp-json", SITE + "/wp-json/wp/v2/posts?"),
        (SITE + "/wp-json/wp/v2/", SITE + "/wp-json/wp/v2/posts?"),
        (SITE + "/wp-json/wp/v2/analysis?lang=en", SITE + "/wp-json/wp/v2/analysis?"),
    ],
)
def test_home_root_and_collection_lead_to_the_posts(address: str, posts: str) -> None:
    asked = wordpress.posts_address(address, whole=True)

    assert asked.startswith(posts)
    assert ("lang=en" in asked) == ("lang=en" in address)
    assert wordpress.posts_address(asked, whole=True) == asked


PERSON = {"type": "node--person", "id": "p1", "attributes": {"title": "Mara Quill"}}
TERM = {"type": "taxonomy_term--themes", "id": "t1", "attributes": {"name": "Ports"}}
KIND = {"type": "taxonomy_term--publication_type", "id": "k1", "attributes": {"name": "Policy Brief"}}
FILE = {"type": "file--file", "id": "f1", "attributes": {"uri": {"url": "/sites/default/files/salt.jpg"}}}
MEDIA = {
    "type": "media--image",
    "id": "m1",
    "attributes": {"field_photo_caption": "White gold."},
    "relationships": {"thumbnail": {"data": {"type": "file--file", "id": "f1", "meta": {"alt": "Salt"}}}},
}
NODE: dict[str, Any] = {
    "type": "node--brief",
    "id": "6f1c",
    "attributes": {
        "drupal_internal__nid": 12,
        "title": "Salt and Sand",
        "created": "2026-02-02T10:00:00+01:00",
        "changed": "2026-02-03T10:00:00+01:00",
        "langcode": "en",
        "path": {"alias": "/briefs/salt"},
        "field_text": {"processed": "<p>All the words of the brief.</p>"},
        "field_teaser": {"processed": "<p>Some words.</p>"},
    },
    "relationships": {
        "uid": {"data": {"type": "user--user", "id": "u1"}},
        "field_people": {"data": [{"type": "node--person", "id": "p1"}]},
        "field_x": {"data": [{"type": "taxonomy_term--themes", "id": "t1"}]},
        "field_y": {"data": {"type": "taxonomy_term--publication_type", "id": "k1"}},
        "field_hero": {"data": {"type": "media--image", "id": "m1"}},
    },
}
INCLUDED = [
    PERSON,
    TERM,
    KIND,
    FILE,
    MEDIA,
    {"type": "user--user", "id": "u1", "attributes": {"display_name": "editor3"}},
]


def test_a_node_is_read_by_what_its_fields_hold() -> None:
    entry = only(drupal.parse(task("drupal", {"data": [NODE], "included": INCLUDED}, NODES)))

    assert (entry.title, entry.link, entry.guid) == ("Salt and Sand", SITE + "/en/briefs/salt", "6f1c")
    assert (entry.authors, entry.topics, entry.type, entry.language) == (
        ("Mara Quill",),
        ("Ports",),
        "Policy Brief",
        "en",
    )
    assert entry.published is not None
    assert entry.published.parsed == datetime(2026, 2, 2, 9, tzinfo=UTC)
    assert entry.summary == "Some words."
    assert "All the words of the brief." in entry.html
    assert f'src="{SITE}/sites/default/files/salt.jpg" alt="Salt"' in entry.html
    assert "<figcaption>White gold.</figcaption>" in entry.html


def test_who_typed_it_in_is_not_who_wrote_it() -> None:
    alone = NODE | {"relationships": {"uid": NODE["relationships"]["uid"]}}

    assert only(drupal.parse(task("drupal", {"data": [alone], "included": INCLUDED}, NODES))).authors == ()


def test_a_date_named_for_publication_comes_before_the_day_of_typing() -> None:
    dated = NODE | {"attributes": NODE["attributes"] | {"field_publication_date": "2026-01-15"}}
    entry = only(drupal.parse(task("drupal", {"data": [dated]}, NODES)))

    assert entry.published is not None
    assert entry.published.raw == "2026-01-15"


def test_the_first_few_nodes_tell_what_to_ask_for() -> None:
    result = drupal.parse(task("drupal", {"data": [NODE]}, SITE + "/jsonapi/node/brief?sort=-created&page[limit]=10"))

    assert isinstance(result, Listing)
    assert result.entries == ()
    assert result.more == (
        SITE
        + "/jsonapi/node/brief?sort=-created&page[limit]=50&include="
        + "field_people,field_x,field_y,field_hero,field_hero.thumbnail",
    )


def test_an_index_leads_to_what_sounds_like_pieces() -> None:
    kinds = ("node--page", "node--webform", "node--landing", "node--zebra", "node--report", "user--user", "node--brief")
    links = {kind: {"href": f"{SITE}/jsonapi/node/{kind[6:]}"} for kind in kinds}

    result = drupal.parse(task("drupal", {"data": [], "links": links}, SITE + "/jsonapi"))

    assert isinstance(result, Listing)
    assert [address.partition("?")[0] for address in result.more] == [
        SITE + "/jsonapi/node/brief",
        SITE + "/jsonapi/node/report",
    ]
    assert "zebra" in result.notes[0]


@pytest.mark.parametrize(
    "where", ["https://elsewhere.example/next", "http://169.254.169.254/", "javascript:x", [7], None]
)
def test_the_next_page_is_on_the_same_host_or_there_is_none(where: Any) -> None:
    result = drupal.parse(task("drupal", {"data": [NODE], "links": {"next": {"href": where}}}, NODES))

    assert isinstance(result, Listing)
    assert result.more == ()


def test_a_refusing_drupal_says_why() -> None:
    result = drupal.parse(task("drupal", {"errors": [{"title": "Forbidden", "detail": "Not for you."}]}, NODES))

    assert isinstance(result, Unreadable)
    assert "Not for you." in result.problem


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=120, deadline=None)
@given(told=st.data())
def test_values_of_any_type_raise_nothing(told: st.DataObject) -> None:
    """Every field of a post and of a node may be anything."""
    post = {key: told.draw(st.just(value) | ANY) for key, value in POST.items()}
    node = {
        "type": told.draw(st.just("node--brief") | ANY),
        "id": told.draw(ANY),
        "attributes": told.draw(ANY | st.fixed_dictionaries(dict.fromkeys(NODE["attributes"], ANY))),
        "relationships": told.draw(ANY | st.fixed_dictionaries(dict.fromkeys(NODE["relationships"], ANY))),
    }

    assert isinstance(wordpress.parse(task("wordpress", [post, told.draw(ANY)], POSTS)), Listing | Unreadable)
    document = {"data": [node], "included": told.draw(ANY), "links": told.draw(ANY)}
    assert isinstance(drupal.parse(task("drupal", document, NODES)), Listing | Unreadable)


def a_map(*urls: str) -> str:
    inner = "".join(f"<url><loc>{SITE}/{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'


def test_an_index_is_read_newest_first_and_news_before_the_rest() -> None:
    listed = (
        ("post-1", "2024-01-01"),
        ("image-sitemap", "2026-03-01"),
        ("post-2", "2026-02-01"),
        ("author-sitemap", "2026-03-02"),
        ("news", "2026-01-01"),
    )
    inner = "".join(f"<sitemap><loc>{SITE}/{n}.xml</loc><lastmod>{day}</lastmod></sitemap>" for n, day in listed)

    result = sitemap.parse(task("sitemap", f"<sitemapindex>{inner}</sitemapindex>"))

    assert isinstance(result, Listing)
    assert [address.rpartition("/")[2][:-4] for address in result.more] == [
        "news",
        "post-2",
        "post-1",
        "author-sitemap",
        "image-sitemap",
    ]


def test_an_index_without_end_is_bounded() -> None:
    inner = "".join(f"<sitemap><loc>{SITE}/{n}.xml</loc></sitemap>" for n in range(3000))

    result = sitemap.parse(task("sitemap", f"<sitemapindex>{inner}</sitemapindex>"))

    assert isinstance(result, Listing)
    assert len(result.more) == 100
    assert result.more[0] == SITE + "/2999.xml"


def test_pictures_and_films_in_a_sitemap_are_left_alone() -> None:
    octets = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><image:image><image:loc>{SITE}/a.jpg</image:loc>
      <image:title>No title</image:title></image:image><loc>{SITE}/salt</loc></url></urlset>"""

    entry = only(sitemap.parse(task("sitemap", octets)))

    assert (entry.link, entry.title) == (SITE + "/salt", "")


def test_a_kept_compressed_sitemap_is_inflated() -> None:
    assert only(sitemap.parse(task("sitemap", gzip.compress(a_map("salt").encode())))).link == SITE + "/salt"


def test_a_list_of_addresses_in_plain_text_is_a_sitemap_and_a_page_is_none() -> None:
    result = sitemap.parse(task("sitemap", f"\ufeff{SITE}/salt\r\n{SITE}/sand\r\n\r\n"))

    assert isinstance(result, Listing)
    assert [entry.link for entry in result.entries] == [SITE + "/salt", SITE + "/sand"]
    assert isinstance(sitemap.parse(task("sitemap", "<html><body>Welcome</body></html>")), Unreadable)
    assert isinstance(sitemap.parse(task("sitemap", "")), Unreadable)


YAML = """---
title: "Salt: a love story"
date: 2026-02-02
authors:
  - Mara Quill
  - name: Otto Reed
tags: [salt, 'sea water']
summary: Some words.  # a remark
canonical: https://quay.example/salt
---

It is *white* and [old](/old).
"""
TOML = """+++
title = "Salt: a love story"
date = 2026-02-02
authors = ["Mara Quill", { name = "Otto Reed" }]
tags = ["salt", "sea water"]
summary = "Some words."
canonical = "https://quay.example/salt"
+++

It is *white* and [old](/old).
"""


@pytest.mark.parametrize(
    "text", [YAML, TOML, YAML.replace("\n", "\r\n"), "\ufeff" + YAML], ids=["yaml", "toml", "crlf", "bom"]
)
def test_front_matter_of_either_kind_gives_the_fields(text: str) -> None:
    entry = entry_of_markdown(text, NOW)

    assert (entry.title, entry.link) == ("Salt: a love story", SITE + "/salt")
    assert (entry.authors, entry.tags, entry.summary) == (
        ("Mara Quill", "Otto Reed"),
        ("salt", "sea water"),
        "Some words.",
    )
    assert entry.published is not None
    assert entry.published.raw == "2026-02-02"
    assert entry.html == '<p>It is <em>white</em> and <a href="/old">old</a>.</p>\n'


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    entry = entry_of_markdown("---\n\nJust words, and\n\n---\n\nmore words.", NOW)

    assert (entry.title, entry.html.count("<hr")) == ("", 2)


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="-+\n: [],'\"abc#*_`<>|=", max_size=200))
def test_no_text_is_too_odd_for_markdown(text: str) -> None:
    entry_of_markdown("---\n" + text, NOW)
