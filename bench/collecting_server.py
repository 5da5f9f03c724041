"""Many invented outlets on loopback, each at its own address (127.1.x.y): ``python -m bench.collecting_server N``.

One process, one event loop, octets prepared beforehand, so that what is measured is whoever asks. It prints its port
when it is ready and ends when its input does.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import socket
import sys
from collections.abc import Iterator

ENTRIES = 10
"""What most content systems put into a feed unless told otherwise."""
_PARAGRAPHS = 6
_SUBJECTS = (
    *("the harbour board", "a ferry captain", "the tide office", "every third keeper", "the salt council"),
    *("an old dredger", "the pilot of the second boat", "nobody in the lower town", "the clerk who keeps the ledgers"),
)
_VERBS = (
    *("measured", "doubted", "counted", "defended", "ignored", "described", "sold", "mended", "rented", "asked for"),
    *(
        "remembered",
        "weighed",
        "forgot",
        "financed",
        "praised",
        "inherited",
        "closed",
        "opened",
        "painted",
        "published",
    ),
)
_OBJECTS = (
    *("the depth of the channel", "a ledger of lost moorings", "the price of a berth", "its own minutes", "an anchor"),
    *(
        "the long winter list",
        "forty metres of chain",
        "the public slipway",
        "a boat without papers",
        "the northern lock",
    ),
    *("what was left of the mole", "a rope walk", "the lamp above the gate", "two hundred sacks of lime", "the toll"),
)
_WHEN = (
    *("before the silt came back", "in the wet spring", "after the second flood", "while the ferries were laid up"),
    *("on a Tuesday in November", "long past midnight", "at the lowest water of the year", "under the old statute"),
    *("against the advice of the pilots", "for less than it had cost", "without a word to the inspector"),
)


def address(number: int) -> str:
    """The loopback address of the outlet with this number."""
    return f"127.1.{number // 256}.{number % 256}"


def host(number: int) -> str:
    """The name that the outlet's links carry."""
    return f"outlet-{number}.example"


def feed(number: int, entries: int = ENTRIES) -> bytes:
    """The RSS feed of one outlet: some 34 KB, ten articles with headings, links, quotes, lists and a picture."""
    words = random.Random(number)
    items = "".join(_item(number, entry, words) for entry in range(entries))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">\n<channel>\n'
        f"<title>Outlet {number}</title>\n<link>https://{host(number)}/</link>\n<description>Tides.</description>\n"
        "<language>en-GB</language>\n<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
        f"\n{items}</channel>\n</rss>\n"
    ).encode()


def sentence(words: random.Random) -> str:
    """One sentence, made of parts by chance."""
    told = [f"{words.choice(_SUBJECTS)} {words.choice(_VERBS)} {words.choice(_OBJECTS)}", words.choice(_WHEN)]
    words.shuffle(told)
    return ", ".join(told).capitalize() + f", {words.randrange(1700, 2020)}."


def paragraph(words: random.Random, link: str) -> str:
    """Four sentences with a link and an emphasis in them."""
    told = [sentence(words) for _ in range(4)]
    return f'{told[0]} {told[1]} <a href="{link}">{told[2]}</a> <em>{told[3]}</em>'


def _item(number: int, entry: int, words: random.Random) -> str:
    link = f"https://{host(number)}/2026/03/entry-{entry}/"
    text = [f"<p>{paragraph(words, f'/notes/{part}')}</p>" for part in range(_PARAGRAPHS)]
    text.insert(
        1,
        f'<figure><img src="/p/{entry}.jpg" alt="A quay" width="800" height="600" />'
        "<figcaption>The quay at low tide. (Harbour Archive/Quay Photo)</figcaption></figure>",
    )
    text.insert(
        3, f"<h2>What the {words.choice(_OBJECTS)} says</h2>\n<blockquote><p>{sentence(words)}</p></blockquote>"
    )
    text.insert(5, f"<ul><li>{sentence(words)}</li><li>{sentence(words)}</li></ul>")
    return (
        f"<item>\n<title>Entry {entry} of outlet {number}: {words.choice(_OBJECTS)}</title>\n<link>{link}</link>\n"
        f"<dc:creator><![CDATA[Writer {words.randrange(9)}]]></dc:creator>\n"
        f"<pubDate>Sun, 01 Mar 2026 {entry % 24:02}:30:00 +0000</pubDate>\n<category><![CDATA[Ports]]></category>\n"
        f'<guid isPermaLink="false">https://{host(number)}/?p={entry}</guid>\n'
        f"<description><![CDATA[<p>{sentence(words)} {sentence(words)} [&#8230;]</p>]]></description>\n"
        f"<content:encoded><![CDATA[{chr(10).join(text)}]]></content:encoded>\n</item>\n"
    )


class _Outlets(asyncio.Protocol):
    """Answers ``GET /feed`` by the address it was asked at; 304 where the validator is ours."""

    def __init__(self, answers: list[bytes], tags: list[bytes]) -> None:
        self._answers = answers
        self._tags = tags
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        parts = transport.get_extra_info("sockname")[0].split(".")
        self._number = int(parts[2]) * 256 + int(parts[3])
        if parts[0] != "127" or self._number >= len(self._answers):
            transport.abort()

    def data_received(self, data: bytes) -> None:
        self._asked += data
        while b"\r\n\r\n" in self._asked:
            head, _, self._asked = self._asked.partition(b"\r\n\r\n")
            self._transport.write(b"".join(self._answer(head)))

    def _answer(self, head: bytes) -> Iterator[bytes]:
        tag = self._tags[self._number]
        if not head.startswith(b"GET /feed "):
            yield b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        elif tag in head:
            yield b"HTTP/1.1 304 Not Modified\r\nETag: %b\r\n\r\n" % tag
        else:
            yield self._answers[self._number]


def _answers(count: int) -> tuple[list[bytes], list[bytes]]:
    tags = [b'"edition-%d"' % number for number in range(count)]
    answers = []
    for number in range(count):
        body = gzip.compress(feed(number), 6, mtime=0)
        answers.append(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=UTF-8\r\nContent-Encoding: gzip\r\n"
            b"ETag: %b\r\nContent-Length: %d\r\n\r\n%b" % (tags[number], len(body), body)
        )
    return answers, tags


async def _serve(count: int) -> None:
    answers, tags = _answers(count)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("0.0.0.0", 0))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Outlets(answers, tags), sock=listening, backlog=1024)
    print(listening.getsockname()[1], flush=True)
    async with server:
        await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
