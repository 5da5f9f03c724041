"""Asking whether anything changed: validators go back as they came, to where they came from."""

from __future__ import annotations

import gzip
from datetime import timedelta

from syndicate.testing.politeness.server import Answering, Reply, Request
from syndicate.testing.politeness.stage import Behaviour, Stage, expect_asked, rss

LATER = timedelta(days=2)
"""Long enough for any collector to want to ask again."""
_SUNDAY = "Sun, 01 Mar 2026 09:00:00 GMT"
_MONDAY = "Mon, 02 Mar 2026 09:00:00 GMT"
_ODD_TAG = "W/\"2,a=b;'x'--gzip\\\""
_ODD_DATE = "Sun, 1 Mar 2026 09:00:00 +0000"


def unchanging(body: str, **headers: str) -> Answering:
    """Answers with ``body``, and with 304 to whoever sends its ``ETag`` or its ``Last_Modified`` back."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(request: Request) -> Reply:
        tag, since = request.says("if-none-match"), request.says("if-modified-since")
        known = tag == headers.get("ETag") if tag else bool(since) and since == headers.get("Last_Modified")
        return Reply(status=304, headers=named) if known else Reply(body=body.encode(), headers=named)

    return answer


def _etag(stage: Stage) -> str:
    feed = (host := stage.host()).page("/feed", unchanging(rss("Low water"), ETag='"v1"'))
    stage.look(feed)
    stage.look(feed, after=LATER)
    sent = expect_asked(host.requests("/feed"), 2)[1].says("if-none-match")
    return "" if sent == '"v1"' else f'sent If-None-Match {sent or "not at all"} for ETag "v1"'


def _last_modified(stage: Stage) -> str:
    feed = (host := stage.host()).page("/feed", unchanging(rss("Low water"), Last_Modified=_SUNDAY))
    stage.look(feed)
    stage.look(feed, after=LATER)
    sent = expect_asked(host.requests("/feed"), 2)[1].says("if-modified-since")
    return "" if sent == _SUNDAY else f"sent If-Modified-Since {sent or 'not at all'}"


def _octets(stage: Stage) -> str:
    feed = (host := stage.host()).says("/feed", rss("Low water"), ETag=_ODD_TAG, Last_Modified=_ODD_DATE)
    stage.look(feed)
    stage.look(feed, after=LATER)
    second = expect_asked(host.requests("/feed"), 2)[1]
    sent = (second.says("if-none-match"), second.says("if-modified-since"))
    return "" if sent == (_ODD_TAG, _ODD_DATE) else f"sent back {sent[0] or 'no tag'} and {sent[1] or 'no date'}"


def _not_modified(stage: Stage) -> str:
    host = stage.host()
    feed = host.says("/feed", rss("Low water"), ETag='"v1"', Last_Modified=_SUNDAY)
    stage.look(feed)
    host.says("/feed", status=304)
    stage.look(feed, after=LATER)
    host.says("/feed", status=304, ETag='"v1"', Last_Modified=_MONDAY)
    stage.look(feed, after=LATER)
    stage.look(feed, after=LATER)
    third, fourth = expect_asked(host.requests("/feed"), 4)[2:4]
    if third.says("if-none-match") != '"v1"':
        return "forgot its ETag over a 304 that did not repeat it"
    sent = fourth.says("if-modified-since")
    return "" if sent == _MONDAY else f"sent {sent or 'no date'} after a 304 that said {_MONDAY}"


def _dropped(stage: Stage) -> str:
    host = stage.host()
    feed = host.says("/feed", rss("Low water", "High water"), ETag='"v1"', Last_Modified=_SUNDAY)
    stage.look(feed)
    host.says("/feed", rss("Low water", "High water"))
    stage.look(feed, after=LATER)
    held = stage.look(feed, after=LATER)[feed]
    _, second, third = expect_asked(host.requests("/feed"), 3)[:3]
    if not second.says("if-none-match"):
        return "sent no validator when it had one"
    if third.says("if-none-match") or third.says("if-modified-since"):
        return "sent validators of an answer that a later one without any had replaced"
    return "" if sorted(held or ()) == ["High water", "Low water"] else f"holds {held} after two pieces came thrice"


def _foreign(stage: Stage) -> str:
    front, first, second = stage.host(), stage.host(), stage.host()
    feed = front.says("/feed", status=302, Location=first.says("/one", rss("Low water"), ETag='"one"'))
    stage.look(feed)
    front.says("/feed", status=302, Location=second.says("/two", rss("Low water"), ETag='"two"'))
    stage.look(feed, after=LATER)
    stage.look(feed, after=LATER)
    foreign, own = (request.says("if-none-match") for request in expect_asked(second.requests("/two"), 2)[:2])
    if foreign:
        return f"sent the validator {foreign} of another address"
    return "" if own == '"two"' else "sent no validator to the address that had given one"


def _negotiation(stage: Stage) -> str:
    body = gzip.compress(rss("Low water").encode())
    told = {"Content-Encoding": "gzip", "Vary": "Accept, Accept-Encoding, Accept-Language, User-Agent"}
    feed = (host := stage.host()).page("/feed", Reply(body=body, headers=told | {"ETag": '"v1-gzip"'}))
    stage.look(feed)
    stage.look(feed, after=LATER)
    first, second = expect_asked(host.requests("/feed"), 2)[:2]
    if "gzip" not in first.says("accept-encoding").lower():
        return f"asks for Accept-Encoding {first.says('accept-encoding') or 'nothing'}"
    names = ("accept", "accept-encoding", "accept-language", "user-agent")
    moved = [name for name in names if first.says(name) != second.says(name)]
    return f"changed {' and '.join(moved)}, which the answer varies by" if moved else ""


def _stale(stage: Stage) -> str:
    host = stage.host()
    feed = host.says("/feed", rss("Low water"), ETag='"v1"')
    stage.look(feed)
    host.says("/feed", rss("High water", "Low water"), ETag='"v1"')
    stage.look(feed, after=LATER)
    host.says("/feed", rss("Spring tide", "High water", "Low water"), ETag='"v3"')
    held = stage.look(feed, after=LATER)[feed]
    expect_asked(host.requests("/feed"), 3)
    lost = {"Low water", "High water", "Spring tide"} - set(held or ())
    return f"missed {' and '.join(sorted(lost))}" if lost else ""


CONDITIONAL = (
    Behaviour(name="etag", asks="sends an ETag back", source="RFC 9110, 13.1.2", play=_etag),
    Behaviour(name="last-modified", asks="sends Last-Modified back", source="RFC 9110, 13.1.3", play=_last_modified),
    Behaviour(
        name="octet-for-octet",
        asks="sends both back, weak and odd ones, octet for octet",
        source="RFC 9110, 8.8.3 and 13.1.3",
        play=_octets,
    ),
    Behaviour(
        name="not-modified",
        asks="keeps the validators that a 304 does not repeat, and takes those it brings",
        source="RFC 9110, 15.4.5; RFC 9111, 3.2",
        play=_not_modified,
    ),
    Behaviour(
        name="dropped",
        asks="drops validators when an answer has none, and takes the same body for no news",
        source="RFC 9110, 8.8",
        play=_dropped,
    ),
    Behaviour(
        name="foreign",
        asks="sends no validator to another address than it came from",
        source="RFC 9110, 8.8.1",
        play=_foreign,
    ),
    Behaviour(
        name="negotiation",
        asks="asks for gzip, and for the same representation each time",
        source="RFC 9110, 12.5.3; RFC 9111, 4.1",
        play=_negotiation,
    ),
    Behaviour(
        name="stale-etag",
        asks="takes a new body although the server forgot to change its ETag",
        source="RFC 9110, 13.2.2",
        play=_stale,
    ),
)
