"""Whatever a source sends costs bounded time, gets one clear line, and spoils nothing else."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.domain.collecting import Bookmark, Found, Trouble, VisitResult
from tests.server.collecting import NOW, a_feed, a_source, a_visit, all_known, an_article, collect, collect_one, found
from tests.server.loopback import Asked, Loopback, Said


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def problem(result: VisitResult) -> str:
    """The one line of a failed visit."""
    assert isinstance(result, Trouble), result
    assert "\n" not in result.problem
    return result.problem


def feed_problem(url: str, **changes: object) -> str:
    return problem(collect_one(a_visit(a_source("feed", url)), **changes))


def test_a_web_page_is_no_feed(site: Loopback) -> None:
    url = site.says("/feed", an_article("Not a feed"))

    assert feed_problem(url) == (
        f"{url} is a web page and no feed; look on it for the address of its feed, or read it as a listing"
    )


def test_plain_text_and_nothing_are_no_feeds(site: Loopback) -> None:
    text, empty = site.says("/text", "hello"), site.says("/empty", "")

    results = dict(collect([a_visit(a_source("feed", text)), a_visit(a_source("feed", empty))]))

    assert problem(results[text]) == f"{text} is not a feed (neither RSS nor Atom nor JSON Feed); check the address"
    assert problem(results[empty]) == f"{empty} is empty and no feed; check the address"


def test_a_missing_list_is_named_and_tried_again(site: Loopback) -> None:
    assert feed_problem(site.root + "/no") == (
        f"{site.root}/no answers 404: nothing is there; check the address, it is tried again later"
    )


def test_gone_is_marked_as_gone(site: Loopback) -> None:
    site.pages["/feed"] = Said(status=410)

    result = collect_one(a_visit(a_source("feed", site.root + "/feed")))

    assert isinstance(result, Trouble)
    assert result.gone


@pytest.mark.parametrize(
    ("value", "seconds"), [("120", 120.0), ("Mon, 02 Mar 2026 12:10:00 GMT", 600.0), ("soon", None)]
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_heard_in_seconds_and_as_a_date(
    site: Loopback, status: int, value: str, seconds: float | None
) -> None:
    site.pages["/feed"] = Said(status=status, headers={"Retry-After": value})

    result = collect_one(a_visit(a_source("feed", site.root + "/feed")))

    assert isinstance(result, Trouble)
    assert result.retry_after == seconds


def test_a_server_that_never_answers_is_given_up_in_time(site: Loopback) -> None:
    site.pages["/feed"] = Said(hang=True)
    begun = time.monotonic()

    assert feed_problem(site.root + "/feed", timeout=timedelta(seconds=0.3)) == (
        f"{site.root}/feed: no complete answer within 0.3 s; it is tried again later"
    )
    assert time.monotonic() - begun < 5


def test_a_source_that_hangs_delays_no_other(site: Loopback) -> None:
    site.pages["/hangs"] = Said(hang=True)
    with Loopback() as other:
        other.says("/feed", a_feed(other.root))
        visits = [a_visit(a_source("feed", site.root + "/hangs")), a_visit(a_source("feed", other.root + "/feed"))]

        results = collect(visits, timeout=timedelta(seconds=1.5))

    assert [source for source, _ in results] == [other.root + "/feed", site.root + "/hangs"]
    assert isinstance(results[0][1], Found)
    assert isinstance(results[1][1], Trouble)


def test_nobody_at_the_port_is_one_line() -> None:
    with Loopback() as closed:
        url = closed.root + "/feed"

    assert feed_problem(url) == f"{url}: nobody answers there; check host and port, or wait until the server is back"


def test_a_name_that_is_not_known_is_one_line() -> None:
    url = "http://no-such-host.invalid/feed"

    assert feed_problem(url).startswith(f"{url}: the name no-such-host.invalid is not known; check the address")


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/feed", "http://", "file:///etc/passwd", "http://[", "http://a:b@127.0.0.1/"]
)
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    assert "is not a web address; write http:// or https:// and a host" in feed_problem(url)


def test_a_body_over_the_limit_is_not_read_to_its_end(site: Loopback) -> None:
    url = site.says("/feed", b"x" * 300_000)

    assert feed_problem(url, octets=200_000).startswith(f"{url}: larger than 0.191 MiB")


def test_a_bomb_bursts_at_the_limit(site: Loopback) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(200)) + packer.flush()
    url = site.says("/feed", bomb, Content_Encoding="gzip")

    assert feed_problem(url).startswith(f"{url}: larger than 10 MiB")


def test_a_bomb_in_a_file_is_as_harmless(site: Loopback) -> None:
    url = site.says("/map.xml.gz", gzip.compress(b"<urlset>" + b" " * 80_000_000))

    assert isinstance(collect_one(a_visit(a_source("sitemap", url))), Found | Trouble)


def test_an_answer_that_breaks_off_is_one_line(site: Loopback) -> None:
    url = site.says("/feed", b"not gzip", Content_Encoding="gzip")

    assert feed_problem(url) == f"{url}: not packed the way its header says; it is tried again later"


def test_redirects_that_never_end_are_given_up(site: Loopback) -> None:
    site.pages["/a"] = Said(status=302, headers={"Location": "/b"})
    site.pages["/b"] = Said(status=302, headers={"Location": "/a"})

    assert feed_problem(site.root + "/a").startswith(f"{site.root}/a redirects in a circle")
    assert len(site.paths()) == 2


def test_redirects_that_lead_further_and_further_are_given_up(site: Loopback) -> None:
    for number in range(9):
        site.pages[f"/{number}"] = Said(status=302, headers={"Location": f"/{number + 1}"})

    assert feed_problem(site.root + "/0").startswith(f"{site.root}/0 redirects more than 5 times")
    assert len(site.paths()) == 6


def test_a_redirect_out_of_the_web_is_not_followed(site: Loopback) -> None:
    site.pages["/a"] = Said(status=302, headers={"Location": "file:///etc/passwd"})

    assert feed_problem(site.root + "/a") == (f"{site.root}/a redirects to file:///etc/passwd, which is no web address")


def test_private_addresses_are_not_asked_unless_allowed(site: Loopback) -> None:
    url = site.says("/feed", a_feed(site.root))

    said = feed_problem(url, private_addresses=False)

    assert said.startswith(f"{url}: 127.0.0.1 leads to 127.0.0.1, which is not a public address, so it is not asked")
    assert 'private_addresses = "allow"' in said
    assert site.asked == []


def test_a_feed_with_a_thousand_million_laughs_is_not_read(site: Loopback) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    url = site.says("/feed", f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{entities}]><rss>&l9;</rss>')

    assert "declares entities of its own" in feed_problem(url)


@pytest.mark.parametrize("kind", ["feed", "listing", "sitemap"])
def test_two_hundred_thousand_attributes_are_not_parsed(site: Loopback, kind: str) -> None:
    url = site.says("/list", "<rss " + " ".join(f'a{n}="1"' for n in range(200_000)) + "></rss>")

    assert (
        problem(collect_one(a_visit(a_source(kind, url)))) == f"{url} has a tag longer than 64 KiB, so it is not read"
    )


def test_deep_nesting_costs_nothing(site: Loopback) -> None:
    site.says("/deep", an_article("Deep", body="<div>" * 100_000 + "<p>bottom</p>"))
    site.says("/feed", a_feed(site.root, "deep"))

    (reading,) = found(a_visit(a_source("feed", site.root + "/feed"))).readings

    assert reading.title == "Deep"


def test_what_takes_too_long_to_read_is_given_up_and_the_next_is_read(site: Loopback) -> None:
    for name in ("slow", "quick"):
        site.says("/" + name, an_article(name))
    site.says("/feed", a_feed(site.root, "slow", "quick"))

    result = found(
        a_visit(a_source("feed", site.root + "/feed")), parse_seconds=1, page_reader="tests.server.page_readers:busy"
    )

    assert [reading.title for reading in result.readings] == ["quick"]
    assert [spoiled.problem for spoiled in result.spoiled] == [
        f"{site.root}/slow takes more than 1 s to read, so it was given up"
    ]


def test_a_reader_that_dies_or_raises_spoils_one_page(site: Loopback) -> None:
    for name in ("dies", "raises", "eats", "quick"):
        site.says("/" + name, an_article(name))
    site.says("/feed", a_feed(site.root, "dies", "raises", "eats", "quick"))

    result = found(a_visit(a_source("feed", site.root + "/feed")), page_reader="tests.server.page_readers:fragile")

    assert [reading.title for reading in result.readings] == ["quick"]
    assert [spoiled.problem.removeprefix(site.root) for spoiled in result.spoiled] == [
        "/dies ended the process that was reading it (code 7), so it was given up; please report this page",
        "/raises cannot be read (ValueError: no); please report this page",
        "/eats takes more memory to read than is allowed",
    ]


def test_an_article_without_title_author_or_date_is_kept(site: Loopback) -> None:
    site.says("/bare", "<p>" + "Only words stand here, and nothing says what they are called or who wrote them. " * 5)
    site.says("/feed", f"<rss><channel><item><link>{site.root}/bare</link></item></channel></rss>")

    (reading,) = found(a_visit(a_source("feed", site.root + "/feed"))).readings

    assert reading.title == "Only words stand here, and nothing says what they are called or…"
    assert (reading.authors, reading.published) == ((), None)
    assert reading.body_text.startswith("Only words stand here")


@pytest.mark.parametrize(
    ("octets", "header"),
    [
        ("Überfahrt nach Åland".encode(), "text/html; charset=iso-8859-1"),
        ("Überfahrt nach Åland".encode("cp1252"), "text/html; charset=utf-8"),
        ("Überfahrt nach Åland".encode("utf-16"), "text/html"),
        ("Überfahrt nach Åland".encode("cp1252"), "text/html; charset=utf-7"),
    ],
)
def test_a_wrong_charset_spoils_no_letter(site: Loopback, octets: bytes, header: str) -> None:
    wrap = "<html><h1>%s</h1></html>"
    encoding = "utf-16" if octets[:2] == b"\xff\xfe" else "ascii"
    before, after = wrap.split("%s")
    page = (
        (wrap % "Überfahrt nach Åland").encode("utf-16")
        if encoding == "utf-16"
        else (before.encode() + octets + after.encode())
    )
    site.says("/page", page, Content_Type=header)
    site.says("/feed", f"<rss><channel><item><link>{site.root}/page</link></item></channel></rss>")

    (reading,) = found(a_visit(a_source("feed", site.root + "/feed"))).readings

    assert reading.title == "Überfahrt nach Åland"


def test_one_bad_article_spoils_only_itself(site: Loopback) -> None:
    site.says("/good", an_article("Good"))
    site.says("/file", b"%PDF-1.7 ...")
    site.pages["/broken"] = Said(status=500)
    site.says("/feed", a_feed(site.root, "missing", "file", "broken", "good"), ETag='"1"')

    result = found(a_visit(a_source("feed", site.root + "/feed")))

    assert [reading.title for reading in result.readings] == ["Good"]
    assert [spoiled.problem.removeprefix(site.root) for spoiled in result.spoiled] == [
        "/missing answers 404",
        "/file is no page of text but a file of another kind, which is not read",
        "/broken answers 500",
    ]
    assert result.etag == ""  # the broken page may be well next time, so the list is asked for in full


def test_hostile_links_are_left_out(site: Loopback) -> None:
    links = ("javascript:alert(1)", "http://[", "http://a:99999/", "http://user:pass@host/", "data:text/html,x")
    items = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in links)
    site.says("/feed", f"<rss><channel>{items}</channel></rss>")

    result = found(a_visit(a_source("feed", site.root + "/feed"), known=all_known))

    assert result.readings == ()


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    url = (tmp_path / "nowhere").as_uri()

    assert problem(collect_one(a_visit(a_source("folder", url)))) == (
        f"{tmp_path / 'nowhere'} is not a folder; create it or mend the source's path"
    )


def test_a_recipe_that_finds_nothing_says_so(site: Loopback) -> None:
    url = site.says("/list", an_article("No cards"))

    assert problem(collect_one(a_visit(a_source("listing", url)))).startswith(
        f"{url} shows nothing that the recipe's card selector 'div.card' finds; mend the recipe"
    )


def test_an_unknown_kind_is_one_line() -> None:
    assert "there is no kind of source called 'pigeon'" in problem(
        collect_one(a_visit(a_source("pigeon", "http://a/")))
    )


def test_a_page_closed_by_robots_is_not_asked(site: Loopback) -> None:
    site.says("/robots.txt", "\ufeffUser-agent: *\nDisallow: /closed\n")
    site.says("/open", an_article("Open"))
    site.says("/feed", a_feed(site.root, "closed", "open"))

    result = found(a_visit(a_source("feed", site.root + "/feed")))

    assert site.paths() == ["/feed", "/open"]
    assert "is closed to us by" in result.spoiled[0].problem


def test_while_robots_answers_5xx_no_page_is_asked(site: Loopback) -> None:
    site.pages["/robots.txt"] = Said(status=503)
    site.says("/one", an_article("One"))
    site.says("/feed", a_feed(site.root, "one"), ETag='"1"')

    result = found(a_visit(a_source("feed", site.root + "/feed")))

    assert site.paths() == ["/feed"]
    assert (result.readings, result.etag) == ((), "")


def test_a_new_source_whose_pages_cannot_be_read_yet_is_no_flood_later(site: Loopback) -> None:
    """What a source lists at its first visit is its baseline, even where the page fails for now."""
    site.pages["/one"] = Said(status=500)
    site.says("/feed", a_feed(site.root, "one"))

    result = found(a_visit(a_source("feed", site.root + "/feed", baseline=True)))
    later = found(a_visit(a_source("feed", site.root + "/feed", baseline=True), bookmark=Bookmark(last_success=NOW)))

    assert [reading.title for reading in result.readings] == ["About one"]
    assert later.readings == ()


def test_validators_go_back_as_they_came(site: Loopback) -> None:
    def answer(asked: Asked) -> Said:
        if asked.headers.get("if-none-match") == 'W/"odd"' and asked.headers.get("if-modified-since") == "yesterday":
            return Said(status=304)
        return Said(body=a_feed(site.root).encode())

    site.pages["/feed"] = answer
    bookmark = Bookmark(etag='W/"odd"', last_modified="yesterday")

    result = collect_one(a_visit(a_source("feed", site.root + "/feed"), bookmark=bookmark))

    assert type(result).__name__ == "Unchanged"
