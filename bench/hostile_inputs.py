"""What a hostile source may send: every input of the table, built by us, each on a host of its own.

``feeding`` are answers to the request for a list, ``paging`` pages that a tame feed leads to, ``filing`` files in a
folder. Each gives a ``Case``; what the collector makes of it is measured in ``bench.hostile``.
"""

from __future__ import annotations

import gzip
import io
import itertools
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from syndicate.testing.politeness.server import Host, Reply

MEBI = 1 << 20
GIBI = 1 << 30
Arrange = Callable[[Host, Path], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One input. ``arrange`` puts it on a host (or into a folder) and returns the addresses of its sources.

    ``guarded`` keeps the guard against private addresses up; ``names`` are what its names lead to, one answer after
    the other.
    """

    name: str
    arrange: Arrange
    kind: str = "feed"
    article: str = "entry"
    guarded: bool = False
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()


def an_rss(entries: str, opening: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{opening}<rss version="2.0"><channel><title>Tides</title>{entries}</channel></rss>'


def an_entry(number: int, body: str = "Low water at noon.", more: str = "") -> str:
    return (
        f"<item><title>Tide {number}</title><link>https://tides.example/{number}</link><guid>t{number}</guid>{more}"
        f"<description>{body}</description></item>"
    )


def feeding(
    name: str, body: Callable[[], bytes | str], kind: str = "feed", path: str = "/list", **headers: str
) -> Case:
    """A list that is this body."""

    def arrange(host: Host, _: Path) -> list[str]:
        return [host.says(path, body(), 200, **headers)]

    return Case(name=name, arrange=arrange, kind=kind)


def paging(name: str, body: Callable[[], bytes | str], kind: str = "text/html; charset=utf-8") -> Case:
    """A tame feed that leads to a page that is this body."""

    def arrange(host: Host, _: Path) -> list[str]:
        host.says("/page", body(), Content_Type=kind)
        feed = an_rss(f"<item><title>A page</title><link>{host.root}/page</link></item>")
        return [host.says("/feed", feed)]

    return Case(name=name, arrange=arrange, article="page")


def filing(name: str, file: str, body: Callable[[], str]) -> Case:
    """A folder with one file that is this text."""

    def arrange(_: Host, folder: Path) -> list[str]:
        top = folder / name.replace(" ", "-").replace(",", "").replace(":", "")
        top.mkdir()
        (top / file).write_text(body(), "utf-8")
        return [top.as_uri()]

    return Case(name=name, arrange=arrange, kind="folder", article="page")


def saying(name: str, reply: Callable[[], Reply]) -> Case:
    """A list that is answered so."""

    def arrange(host: Host, _: Path) -> list[str]:
        return [host.page("/list", reply())]

    return Case(name=name, arrange=arrange)


def repeated(octets: bytes, times: int) -> bytes:
    """``octets`` so many times, as gzip would pack them; made without packing all of it. The end is missing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    return head + (packer.compress(octets) + packer.flush(zlib.Z_FULL_FLUSH)) * times


def gzipped_zeros(octets: int, *, layers: int = 1) -> bytes:
    """Zeros, packed so many times over."""
    told = repeated(bytes(MEBI), octets // MEBI)
    return told if layers == 1 else gzip.compress(told, mtime=0)


def empty_members() -> bytes:
    """gzip in gzip; the inner one is 200 MiB of members with nothing in them."""
    one = gzip.compress(b"", mtime=0)
    return repeated(one * (MEBI // len(one)), 200)


def brotli_zeros() -> bytes:
    """1 GiB of zeros in 841 octets, as the reference encoder writes them."""
    unit = (
        "00ddfb7ffeffffc33f0110870500baf7fffcffff877f02200e0b0074effff9ffff0fff04401c1600e8defff3ffff1ffe0980382c00d0bd"
        "ffe7ffff3ffc1300715800a07bffcfffff7ff82700e2b00040f7fe9ffffffff04f00c4610180eefd3fffffffe19f0088c302"
    )
    head = "cfffff7ff82700e2b14020f7fe9ffffffff04f00c4610180eefd3fffffffe19f0088c322"
    tail = (
        "00ddfb7ffeffffc33f0110870500baf7fffcffff877f02200e0b0074effff9ffff0fff04401c1600e8defff3ffff1ffe0980382c00d0bd"
        "ffe7ffff3ffc1300715800a07bff3f"
    )
    return bytes.fromhex(head + unit * 7 + tail)


def zstd_zeros() -> bytes:
    """1 GiB of zeros as run-length blocks of 128 KiB (RFC 8878 section 3.1.1.2)."""
    size = 128 * 1024
    block = struct.pack("<I", size << 3 | 1 << 1)[:3] + b"\0"
    last = struct.pack("<I", size << 3 | 1 << 1 | 1)[:3] + b"\0"
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * (GIBI // size - 1) + last


def many_laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return an_rss(an_entry(1, "&l9;"), f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{entities}]>')


def quadratic_laughs() -> str:
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l "{"lol" * 20_000}">]>'
    return an_rss(an_entry(1, "&l;" * 20_000), head)


def an_external_entity(where: str) -> str:
    return an_rss(an_entry(1, "&x;"), f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{where}">]>')


def strange_dates() -> str:
    dates = (
        *("Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2124 00:00:00 GMT"),
        *(
            "0000-00-00T00:00:00Z",
            "9999-12-31T23:59:59-23:59",
            "Wed, 32 Feb 2026 25:61:61 +9999",
            "yesterday",
            "1" * 9999,
        ),
        *(
            "2026-02-30",
            "12026-01-01",
            "-1",
            "NaN",
            "0001-01-01T00:00:00+14:00",
            "Sun, 06 Nov 94 08:49:37 XYZ",
            "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0661",
        ),
    )
    return an_rss("".join(an_entry(n, more=f"<pubDate>{date}</pubDate>") for n, date in enumerate(dates)))


def lying_feed() -> str:
    strange: list[object] = [None, 7, True, "text", [], {}, [[[]]], {"a": {"b": 1}}, 1e308, -1]
    names = ("id", "url", "title", "content_html", "content_text", "date_published", "authors", "tags")
    items = [dict.fromkeys(names, value) for value in strange]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": 7, "items": [*items, *strange]})


def lying_posts() -> str:
    strange: list[object] = [None, 7, True, "text", [], {}, [[[]]], {"rendered": 7}, {"rendered": None}]
    names = (
        "id",
        "guid",
        "date",
        "date_gmt",
        "modified_gmt",
        "link",
        "title",
        "excerpt",
        "content",
        "_links",
        "_embedded",
    )
    return json.dumps([dict.fromkeys(names, value) for value in strange])


def lying_nodes() -> str:
    strange: list[object] = [None, 7, True, "text", [], {}, [[[]]], {"related": {"href": 7}}]
    names = ("type", "id", "attributes", "relationships", "links")
    told = [dict.fromkeys(names, value) for value in strange]
    return json.dumps({"data": [*told, *strange], "included": [*told, *strange], "links": {"next": {"href": []}}})


def a_page(body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>A page</title>{head}</head>'
        f"<body><article><h1>A page</h1>{body}</article></body></html>"
    )


def cards(count: int) -> str:
    card = (
        '<div class="card"><h3><a href="/{n}">Tide {n}</a></h3><time>1 March 2026</time>'
        '<p class="by">By Ann Example</p></div>'
    )
    return a_page("".join(card.format(n=n) for n in range(count)))


def a_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("page.html", bytes(50 * MEBI))
    return packed.getvalue()


def a_pdf() -> bytes:
    return b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj<</Length 9>>stream\n\x80\xff\x00\nendstream endobj\n" % n for n in range(20_000)
    )


def many_fields() -> Reply:
    fields = b"".join(b"X-Field-%d: tide\r\n" % n for n in range(200_000))
    return Reply(bare=True, body=b"HTTP/1.1 200 OK\r\n" + fields + b"Content-Length: 0\r\n\r\n")


def one_long_field() -> Reply:
    return Reply(bare=True, body=b"HTTP/1.1 200 OK\r\nX-Field: " + b"a" * (20 * MEBI) + b"\r\n\r\n")


def a_drip() -> Iterator[bytes]:
    return itertools.repeat(b" ", 400)


def an_endless_body() -> Iterator[bytes]:
    return itertools.repeat(b"<item>" * 10_000, 3_000)
