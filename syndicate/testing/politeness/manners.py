"""One guest at the door at a time, with a name, who reads what is written on it and leaves when it has enough."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from datetime import timedelta

from syndicate.testing.politeness.conditional import LATER, unchanging
from syndicate.testing.politeness.server import Reply
from syndicate.testing.politeness.stage import HOUR, Behaviour, Stage, expect_asked, page, rss
from syndicate.testing.politeness.subjects import Ask, Need

_MANY = frozenset({Need.MANY})
_PAGES = frozenset({Need.PAGES})
_SECOND = 0.95
"""A second, less what a loaded machine may blur."""
_MEBI = 1 << 20
_BOMB_MEBIS = 512
_DRIPS = 180


def _one_at_a_time(stage: Stage) -> str:
    host = stage.host()
    slow = Reply(body=rss("Low water").encode(), before=0.4)
    stage.look(*(host.page(f"/feed{number}", slow) for number in range(3)))
    expect_asked(host.requests(), 3)
    return "" if host.most_at_once == 1 else f"had {host.most_at_once} requests under way at one host"


def _a_second_apart(stage: Stage) -> str:
    host = stage.host()
    stage.look(*(host.says(f"/feed{number}", rss("Low water")) for number in range(3)))
    starts = [request.began for request in expect_asked(host.requests(), 3)]
    least = min(later - earlier for earlier, later in itertools.pairwise(starts))
    return "" if least >= _SECOND else f"left a host {least:.2f} s between requests"


def _jitter(stage: Stage) -> str:
    hosts = stage.host(), stage.host()
    feeds = [host.page("/feed", unchanging(rss("Low water"), ETag='"v1"')) for host in hosts]
    stage.looks(*feeds, every=timedelta(minutes=1), until=6 * HOUR)
    first, second = ([request.at for request in expect_asked(host.requests("/feed"), 3)] for host in hosts)
    return "came to both sources at the same instants for hours" if first == second else ""


def _disallowed(stage: Stage) -> str:
    host = stage.host()
    host.says("/robots.txt", "User-agent: *\nDisallow: /low\n")
    _pages(stage, "Low water", "High water", root=host.root)
    expect_asked(host.requests("/high-water"))
    return "asked for a page that robots.txt closes" if host.requests("/low-water") else ""


def _robots_broken(stage: Stage) -> str:
    host = stage.host()
    host.says("/robots.txt", "broken", 503)
    _pages(stage, "Low water", root=host.root)
    if host.requests("/low-water"):
        return "asked for a page although robots.txt could not be read"
    host.says("/robots.txt", "User-agent: *\nAllow: /\n")
    stage.look(Ask(url=host.root + "/feed", pages=True), after=LATER)
    return "" if host.requests("/low-water") else "did not come back for the page when robots.txt was there again"


def _robots_missing(stage: Stage) -> str:
    host = stage.host()
    host.says("/robots.txt", "<html>we have no such thing; Disallow: /</html>", 403)
    _pages(stage, "Low water", root=host.root)
    return "" if host.requests("/low-water") else "took an unavailable robots.txt for a prohibition"


def _crawl_delay(stage: Stage) -> str:
    host = stage.host()
    host.says("/robots.txt", "User-agent: *\nCrawl-delay: 2\n")
    _pages(stage, "Low water", "High water", root=host.root)
    pages = sorted(host.requests("/low-water") + host.requests("/high-water"), key=lambda request: request.began)
    apart = expect_asked(pages, 2)[1].began - pages[0].began
    return "" if apart >= 2 * _SECOND else f"left {apart:.2f} s between pages where 2 s were asked for"


def _robots_daily(stage: Stage) -> str:
    host = stage.host()
    host.says("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    titles = ["Low water", "High water", "Spring tide"]
    for number in range(1, 4):
        _pages(stage, *titles[:number], root=host.root, after=4 * HOUR)
    expect_asked(host.requests("/spring-tide"))
    count = len([request for request in host.asked if request.path == "/robots.txt"])
    return "" if count <= 1 else f"asked for robots.txt {count} times in eight hours"


def _pages(stage: Stage, *titles: str, root: str, after: timedelta = timedelta(0)) -> None:
    """One pass over a feed at ``root`` that links to the pages of these pieces, newest first."""
    host = next(host for host in stage.hosts if host.root == root)
    for title in titles:
        host.says("/" + title.lower().replace(" ", "-"), page(title), Content_Type="text/html; charset=utf-8")
    stage.look(Ask(url=host.says("/feed", rss(*reversed(titles), root=root)), pages=True), after=after)


def _name(stage: Stage) -> str:
    feed = (host := stage.host()).says("/feed", rss("Low water"))
    stage.look(feed)
    stage.look(feed, after=LATER)
    names = {request.says("user-agent") for request in expect_asked(host.requests("/feed"), 2)}
    name = min(names)
    if len(names) > 1 or not name or "mozilla" in name.lower():
        return f"goes by {' and '.join(sorted(names)) or 'no name'}"
    return "" if "http" in name or "@" in name else f"{name} does not say whom to write to"


def _bomb(stage: Stage) -> str:
    def zeros() -> Iterator[bytes]:
        packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        for _ in range(_BOMB_MEBIS):
            yield packer.compress(bytes(_MEBI)) + packer.flush(zlib.Z_SYNC_FLUSH)

    reply = Reply(pieces=zeros, pause=0.004, headers={"Content-Encoding": "gzip", "Content-Type": "text/xml"})
    feed = (host := stage.host()).page("/feed", reply)
    stage.look(feed)
    request = expect_asked(host.requests("/feed"))[0]
    return "" if host.left(request) else f"read {_BOMB_MEBIS} MiB out of a few hundred KiB to the end"


def _drip(stage: Stage) -> str:
    slow, quick = stage.host(), stage.host()
    dripping = slow.page("/feed", Reply(pieces=lambda: itertools.repeat(b" ", _DRIPS), pause=0.25))
    feed = quick.says("/feed", rss("Low water"))
    held = stage.look(dripping, feed)
    request = expect_asked(slow.requests("/feed"))[0]
    if not slow.left(request):
        return f"listened to a drip for {_DRIPS / 4:.0f} s"
    late = expect_asked(quick.requests("/feed"))[0].began - request.began
    if late > 5 or list(held[feed] or ()) != ["Low water"]:  # noqa: PLR2004 - seconds
        return f"let another source wait {late:.0f} s for it"
    return ""


def _truncated(stage: Stage) -> str:
    host = stage.host()
    whole = rss("Low water", "High water", "Spring tide")
    feed = host.says("/feed", whole)
    stage.look(feed)
    host.says("/feed", whole[: whole.index("<title>High") + 9])
    second = stage.look(feed, after=LATER)[feed]
    host.says("/feed", whole)
    third = stage.look(feed, after=LATER)[feed]
    expect_asked(host.requests("/feed"), 3)
    three = ["High water", "Low water", "Spring tide"]
    if second is not None and not set(three) <= set(second):
        return f"holds only {', '.join(second) or 'nothing'} after half a feed"
    return "" if sorted(third or ()) == three else f"holds {third} when the feed is whole again"


def _wall(stage: Stage) -> str:
    told = {"Server": "gate", "cf-mitigated": "challenge", "Set-Cookie": "pass=1", "Content-Type": "text/html"}
    words = b"<title>Just a moment...</title>Prove that you are human." * 9
    feed = (host := stage.host()).page("/feed", Reply(status=403, headers=told, body=words))
    stage.look(feed)
    first = len(expect_asked(host.requests()))
    stage.look(feed, after=LATER)
    requests = host.requests()
    if first > 2 or len(requests) - first > 2:  # noqa: PLR2004 - once, and once more by mistake
        return f"knocked {max(first, len(requests) - first)} times in one pass"
    if len({request.says("user-agent") for request in requests}) > 1:
        return "came back under another name"
    return "came back with the wall's cookie" if any(request.says("cookie") for request in requests) else ""


MANNERS = (
    Behaviour(
        name="one-at-a-time",
        asks="has one request under way at a host",
        source="good manners",
        play=_one_at_a_time,
        clocked=True,
        needs=_MANY,
    ),
    Behaviour(
        name="a-second-apart",
        asks="leaves a host a second between requests",
        source="good manners",
        play=_a_second_apart,
        clocked=True,
        needs=_MANY,
    ),
    Behaviour(
        name="jitter",
        asks="does not come to all its sources at the same instant for ever",
        source="good manners",
        play=_jitter,
        needs=frozenset({Need.TIME, Need.MANY}),
    ),
    Behaviour(
        name="disallowed",
        asks="leaves pages alone that robots.txt closes",
        source="RFC 9309, 2.2.2",
        play=_disallowed,
        needs=_PAGES,
    ),
    Behaviour(
        name="robots-broken",
        asks="asks for no page while robots.txt answers 5xx",
        source="RFC 9309, 2.3.1.4",
        play=_robots_broken,
        needs=_PAGES,
    ),
    Behaviour(
        name="robots-missing",
        asks="takes a robots.txt that is not to be had for a permission",
        source="RFC 9309, 2.3.1.3",
        play=_robots_missing,
        needs=_PAGES,
    ),
    Behaviour(
        name="crawl-delay",
        asks="leaves as long between pages as Crawl-delay says",
        source="robots.txt, Crawl-delay (in use, in no standard)",
        play=_crawl_delay,
        clocked=True,
        needs=_PAGES,
    ),
    Behaviour(
        name="robots-daily",
        asks="remembers robots.txt for a day",
        source="RFC 9309, 2.4",
        play=_robots_daily,
        needs=frozenset({Need.TIME, Need.PAGES}),
    ),
    Behaviour(
        name="name",
        asks="has one name, its own, and says whom to write to",
        source="RFC 9110, 10.1.5",
        play=_name,
    ),
    Behaviour(name="bomb", asks="leaves a compressed bomb before it is through", source="RFC 9110, 17", play=_bomb),
    Behaviour(
        name="drip",
        asks="leaves a server that drips, and lets no other source wait for it",
        source="good manners",
        play=_drip,
        clocked=True,
        needs=_MANY,
    ),
    Behaviour(
        name="truncated",
        asks="loses nothing over half a feed, and takes no half of a title for a piece",
        source="RFC 9112, 8",
        play=_truncated,
    ),
    Behaviour(
        name="wall",
        asks="does not try to get past a bot wall",
        source="good manners",
        play=_wall,
    ),
)
