"""The hostile table, row by row."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from bench.hostile_inputs import (
    GIBI,
    MEBI,
    Case,
    a_drip,
    a_page,
    a_pdf,
    a_zip,
    an_endless_body,
    an_entry,
    an_external_entity,
    an_rss,
    brotli_zeros,
    cards,
    empty_members,
    feeding,
    filing,
    gzipped_zeros,
    lying_feed,
    lying_nodes,
    lying_posts,
    many_fields,
    many_laughs,
    one_long_field,
    paging,
    quadratic_laughs,
    saying,
    strange_dates,
    zstd_zeros,
)
from bench.hostile_net import PUBLIC
from syndicate.testing.politeness.server import Host, Reply

PRIVATE_SPELLINGS = (
    *("127.0.0.1", "localhost", "127.1", "127.0.1", "0x7f000001", "0x7f.1", "2130706433", "017700000001", "0177.0.0.1"),
    *("0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1"),
    *(
        "192.0.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
    ),
    *(
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:db8::1]",
    ),
    *(
        "[2001:0:7f00:1::]",
        "[fe80::1]",
        "[fc00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[::ffff:0:7f00:1]",
        "127.0.0.1.",
        "①②⑦.⓪.⓪.①",
    ),
)
NO_REDIRECTS = (
    *("http://127.0.0.1:{port}/secret", "http://[::ffff:127.0.0.1]:{port}/secret", "http://0x7f000001:{port}/secret"),
    *("//localhost:{port}/secret", "file:///etc/passwd", "gopher://front.example/", "http://["),
)
NO_WEB_ADDRESSES = (
    *(
        "file:///etc/passwd",
        "ftp://{address}/",
        "data:text/xml,x",
        "gopher://{address}/",
        "javascript:1",
        "/etc/passwd",
    ),
    *("http://", "http://[", "http://u:p@{address}/", "http://{address}:0/", "http://{address}:65536/", "http://a b/"),
    *(f"http://{{address}}:{port}/" for port in (22, 25, 110, 587, 2049, 5432, 6379, 11211)),
)
_TEXT = "<p>The tide tables are printed a year ahead, and nobody asked the people who row the boats about them.</p>"
_BAIT = {
    "bylines": "By Ann Example and Bob Example, with Cy Example and " * 6_000,
    "almost bylines": "By " + "A" * 200_000 + " " + "A. " * 60_000,
    "blanks": "By" + " " * 300_000 + "x" + "\t \n" * 100_000,
    "dates": "Published 1/1/1/1/ " * 12_000 + "Monday, Monday, March, 32 March 20266, " * 6_000,
    "digits": "Published: " + "1" * 300_000 + "-" + "1" * 300_000,
    "credits": "(Photo/" * 40_000 + "(Ann Example/" * 20_000,
    "brackets": "(" * 200_000 + "[" * 100_000,
    "provenance": "This is an adapted excerpt from an article originally published by " * 8_000,
    "almost provenance": "originally " * 40_000 + "republished with the with the permission of of " * 8_000,
    "labels": "Type: " * 30_000 + "Topic: Topic: By: Date: Published: Updated: " * 8_000,
    "quotes": "\u201c\u201e\"'" * 100_000,
    "one word": "a" * 1_000_000,
}


def _loop(host: Host, _: Path) -> list[str]:
    host.says("/there", status=302, Location="/list")
    return [host.says("/list", status=302, Location="/there")]


def _chain(host: Host, _: Path) -> list[str]:
    for number in range(50):
        host.says(f"/{number}", status=301, Location=f"/{number + 1}")
    return [host.root + "/0"]


def _index_of_itself(host: Host, _: Path) -> list[str]:
    entries = "".join(f"<sitemap><loc>{host.root}/list?{n}</loc></sitemap>" for n in range(50_000))
    body = f"<sitemapindex><sitemap><loc>{host.root}/list</loc></sitemap>{entries}</sitemapindex>".encode()
    return [host.page("/list", Reply(body=body))]


def _drupal_of_itself(host: Host, _: Path) -> list[str]:
    told = {"links": {f"node--article{n}": {"href": f"{host.root}/jsonapi/node/article{n}"} for n in range(20_000)}}
    return [host.says("/jsonapi", json.dumps(told))]


def _spelled(host: Host, _: Path) -> list[str]:
    return [f"http://{spelling}:{host.port}/list" for spelling in PRIVATE_SPELLINGS]


def _no_web(host: Host, _: Path) -> list[str]:
    return [url.format(address=host.address) for url in NO_WEB_ADDRESSES]


def _redirecting(host: Host, _: Path) -> list[str]:
    for number, where in enumerate(NO_REDIRECTS):
        host.says(f"/{number}", status=302, Location=where.format(port=host.port))
    return [f"http://front.example:{host.port}/{number}" for number, _ in enumerate(NO_REDIRECTS)]


def _named(name: str, *answers: str) -> Case:
    def arrange(host: Host, _: Path) -> list[str]:
        host.says("/list", an_rss(an_entry(1)))
        return [f"http://front.example:{host.port}/list"]

    return Case(name=name, arrange=arrange, guarded=True, names=(("front.example", answers),))


HTTP = (
    feeding("gzip bomb, 1 GiB", lambda: gzipped_zeros(GIBI), Content_Encoding="gzip"),
    feeding("gzip in gzip bomb, 1 GiB", lambda: gzipped_zeros(GIBI, layers=2), Content_Encoding="gzip, gzip"),
    feeding("gzip in gzip, of empty members, 200 MiB", empty_members, Content_Encoding="gzip, gzip"),
    feeding("brotli bomb, 1 GiB", brotli_zeros, Content_Encoding="br"),
    feeding("zstd bomb, 1 GiB", zstd_zeros, Content_Encoding="zstd"),
    feeding("not the gzip it claims to be", lambda: b"no gzip" * 1000, Content_Encoding="gzip"),
    saying("200,000 header fields", many_fields),
    saying("a header field of 20 MiB", one_long_field),
    saying("no HTTP at all", lambda: Reply(bare=True, body=b"220 mail.example ESMTP\r\n" * 1000)),
    saying("one octet every quarter second", lambda: Reply(pieces=a_drip, pause=0.25)),
    saying("a body without end", lambda: Reply(pieces=an_endless_body)),
    Case(name="redirects in a circle", arrange=_loop),
    Case(name="a chain of 50 redirects", arrange=_chain),
)


def _bait_page(text: str) -> str:
    return a_page(f"<p>{text}</p>{_TEXT}")


def _bait_text(text: str) -> str:
    return f"A title\n\n{text}\n\nA sentence.\n"


_FRONT = (("front.example", (PUBLIC,)),)
ADDRESSES = (
    Case(name=f"private addresses, {len(PRIVATE_SPELLINGS)} spellings", arrange=_spelled, guarded=True),
    Case(name=f"redirects to {len(NO_REDIRECTS)} of them", arrange=_redirecting, guarded=True, names=_FRONT),
    _named("a name that leads to 127.0.0.1", "127.0.0.1"),
    _named("a name that leads to a public and a private address", f"{PUBLIC} 10.0.0.1"),
    _named("a name that rebinds after its first answer", PUBLIC, "127.0.0.1"),
    Case(name=f"{len(NO_WEB_ADDRESSES)} schemes, ports and broken addresses", arrange=_no_web),
)
LISTS = (
    feeding("XML entity bomb", many_laughs),
    feeding("XML entity bomb, flat", quadratic_laughs),
    feeding("external entity, a file", lambda: an_external_entity("file:///etc/passwd")),
    feeding("external entity, an address", lambda: an_external_entity("http://127.0.0.1:9/x")),
    feeding("200,000 attributes", lambda: "<rss " + " ".join(f'a{n}="1"' for n in range(200_000)) + "></rss>"),
    feeding(
        "60,000 attributes, several tags", lambda: ("<rss " + " ".join(f'a{n}="1"' for n in range(6_000)) + ">") * 10
    ),
    feeding(
        "one attribute of 5 MiB", lambda: f'<rss version="{"2" * 5 * MEBI}"><channel>{an_entry(1)}</channel></rss>'
    ),
    feeding("120,000 elements deep", lambda: an_rss(an_entry(1) + "<a>" * 120_000)),
    feeding("an entry 120,000 elements deep", lambda: an_rss(an_entry(1, "&lt;div&gt;" * 120_000 + "deep"))),
    feeding("300,000 entries", lambda: an_rss("<item><title>a</title></item>" * 300_000)),
    feeding(
        "wrong charset, declared twice",
        lambda: an_rss(an_entry(1, "Flut für Åland")).encode("cp1252"),
        Content_Type="text/xml; charset=utf-16",
    ),
    feeding("UTF-7 and friends", lambda: b"+ADw-script+AD4-" * 1000, Content_Type="text/xml; charset=utf-7"),
    feeding("control characters", lambda: an_rss(an_entry(1, "".join(map(chr, range(32))) + "\x85\u202e\ufffe\x00"))),
    feeding("truncated XML", lambda: an_rss("".join(map(an_entry, range(50))))[:3_000]),
    feeding("strange dates", strange_dates),
    feeding("a title of 5 MiB", lambda: an_rss(f"<item><title>{'tide ' * MEBI}</title></item>")),
    feeding("JSON 100,000 deep", lambda: "[" * 100_000),
    feeding(
        "JSON feed 100,000 deep inside",
        lambda: '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 100_000 + "]" * 100_000 + "}",
    ),
    feeding("JSON feed whose types lie", lying_feed, Content_Type="application/feed+json"),
    feeding(
        "JSON with a number of a million digits",
        lambda: '{"version":"https://jsonfeed.org/version/1","items":[{"id":' + "9" * 1_000_000 + "}]}",
    ),
    feeding("WordPress whose types lie", lying_posts, kind="wordpress", path="/wp-json/wp/v2/posts"),
    feeding("Drupal whose types lie", lying_nodes, kind="drupal", path="/jsonapi/node/article"),
    Case(name="Drupal with 20,000 collections", arrange=_drupal_of_itself, kind="drupal"),
    Case(name="sitemap index of itself", arrange=_index_of_itself, kind="sitemap"),
    feeding("sitemap, gzip file of 1 GiB", lambda: gzipped_zeros(GIBI), kind="sitemap"),
    feeding(
        "sitemap, 50,000 entries",
        lambda: (
            "<urlset>"
            + "".join(f"<url><loc>https://tides.example/{n}</loc></url>" for n in range(50_000))
            + "</urlset>"
        ),
        kind="sitemap",
    ),
    feeding("listing of 30,000 cards", lambda: cards(30_000), kind="listing"),
    feeding("listing 120,000 elements deep", lambda: '<div class="card">' * 120_000, kind="listing"),
)
PAGES = (
    paging("page 120,000 elements deep", lambda: a_page("<div>" * 120_000 + _TEXT)),
    paging("page 120,000 quotes deep", lambda: a_page("<blockquote>" * 120_000 + _TEXT)),
    paging("page of 9.9 MiB", lambda: a_page(_TEXT * (99 * MEBI // 10 // len(_TEXT)))),
    paging("page of 100,000 tiny elements", lambda: a_page("<i>a</i>" * 100_000)),
    paging("page, one line of 1 MB", lambda: a_page("<p>" + "tide " * 200_000 + "</p>")),
    paging(
        "page, an attribute of 5 MiB", lambda: a_page(f'<img src="data:image/png;base64,{"A" * 5 * MEBI}">' + _TEXT)
    ),
    paging("page, 50,000 open comments", lambda: a_page("<!-- " * 50_000 + _TEXT)),
    paging("page, 50,000 nested tables", lambda: a_page("<table><tr><td>" * 50_000 + _TEXT)),
    paging(
        "page, JSON-LD 100,000 deep",
        lambda: a_page(_TEXT, f'<script type="application/ld+json">{"[" * 100_000}</script>'),
    ),
    paging(
        "page, JSON-LD that lies", lambda: a_page(_TEXT, f'<script type="application/ld+json">{lying_feed()}</script>')
    ),
    paging("a ZIP file as a page", a_zip),
    paging("a PDF file as a page", a_pdf),
    paging("random octets as a page", lambda: bytes(n * n % 251 for n in range(500_000))),
    *(paging(f"bait on a page: {name}", partial(_bait_page, text)) for name, text in _BAIT.items()),
    *(filing(f"bait in a text: {name}", "piece.txt", partial(_bait_text, text)) for name, text in _BAIT.items()),
    filing(
        "Markdown of 200,000 brackets",
        "piece.md",
        lambda: "# A title\n\n" + "[" * 200_000 + "*" * 200_000 + "`" * 100_000,
    ),
    filing("Markdown with 100,000 quotes deep", "piece.md", lambda: "# A title\n\n" + ">" * 100_000 + " deep\n"),
)
CASES: tuple[Case, ...] = (*HTTP, *ADDRESSES, *LISTS, *PAGES)
