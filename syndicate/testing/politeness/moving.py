"""What moves and what fails: redirects are believed slowly, and backing off never becomes giving up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from syndicate.testing.politeness.conditional import LATER, unchanging
from syndicate.testing.politeness.pace import gaps
from syndicate.testing.politeness.server import Host, Request
from syndicate.testing.politeness.stage import DAY, HOUR, Behaviour, Stage, expect_asked, rss
from syndicate.testing.politeness.subjects import Need

_TIME = frozenset({Need.TIME})
_FORTNIGHT = 14
_MOST_OF_A_LOOP = 25
_MOST_OF_A_MONTH = 80
_MOST_OF_410 = 3


def _moved(stage: Stage, status: int) -> tuple[str, Host, Host]:
    old, new = stage.host(), stage.host()
    there = new.page("/moved", unchanging(rss("Low water"), ETag='"v1"'))
    return old.says("/feed", status=status, Location=there), old, new


def _moved_a_day(stage: Stage) -> str:
    feed, old, new = _moved(stage, 301)
    held = stage.look(feed)[feed]
    stage.look(feed, after=LATER)
    expect_asked(new.requests("/moved"), 2)
    if list(held or ()) != ["Low water"]:
        return f"did not follow it: holds {held}"
    return "" if len(old.requests("/feed")) > 1 else "forgot the old address over one answer"


def _moved_a_week(stage: Stage) -> str:
    feed, old, new = _moved(stage, 301)
    stage.look(feed)
    stage.looks(feed, every=DAY, until=_FORTNIGHT * DAY)
    asked = (len(old.requests("/feed")), len(new.requests("/moved")))
    stage.looks(feed, every=DAY, until=3 * DAY)
    expect_asked(new.requests("/moved"), asked[1] + 1)
    return "" if len(old.requests("/feed")) == asked[0] else "still asks the old address after a fortnight"


def _loop(stage: Stage) -> str:
    host = stage.host()
    feed = host.says("/feed", status=308, Location="/again")
    host.says("/again", status=308, Location="/feed")
    held = stage.look(feed)[feed]
    expect_asked(host.requests("/feed"))
    if len(host.requests()) > _MOST_OF_A_LOOP:
        return f"went round {len(host.requests())} times"
    return "" if not held else f"holds {held}, which nobody said"


def _found_elsewhere(stage: Stage) -> str:
    feed, old, new = _moved(stage, 302)
    stage.look(feed)
    stage.looks(feed, every=LATER, until=_FORTNIGHT * DAY)
    expect_asked(new.requests("/moved"), 5)
    same = len(old.requests("/feed")) == len(new.requests("/moved"))
    return "" if same else "went straight to where a temporary redirect had led"


def _month_of(stage: Stage, feed: str) -> None:
    stage.look(feed)
    stage.looks(feed, every=HOUR, until=3 * DAY)
    stage.looks(feed, every=8 * HOUR, until=27 * DAY)


def _backing_off(requests: Sequence[Request]) -> str:
    """Whether the gaps grow, within what jitter and the passes' own grain allow."""
    between = gaps(expect_asked(requests, 3))
    if len(requests) > _MOST_OF_A_MONTH:
        return f"asked {len(requests)} times in a month"
    shrank = [b for a, b in pairwise(between) if b < a * 0.6]
    if shrank:
        return f"came back sooner, after {shrank[0]}, although it went on failing"
    grown = between[-1] >= 2 * between[0]
    return "" if grown else f"waits {between[-1]} after a month of failures, and {between[0]} after the first"


def _not_found(stage: Stage) -> str:
    host = stage.host()
    _month_of(stage, host.root + "/feed")
    requests = host.requests("/feed")
    if requests and stage.now - requests[-1].at > 10 * DAY:
        return f"gave up: asked last {stage.now - requests[-1].at} ago"
    return _backing_off(requests)


def _server_error(stage: Stage) -> str:
    host = stage.host()
    feed = host.says("/feed", "broken", 500)
    _month_of(stage, feed)
    failing = len(host.requests("/feed"))
    host.page("/feed", unchanging(rss("Low water"), ETag='"v1"'))
    held = stage.looks(feed, every=6 * HOUR, until=12 * DAY)[feed]
    if list(held or ()) != ["Low water"]:
        return "did not come back when the server was well again"
    calm = gaps(host.requests("/feed")[failing:])
    if not calm or calm[0] > 2 * DAY:
        return "went on as slowly when the server was well again"
    return _backing_off(host.requests("/feed")[:failing])


def _gone(stage: Stage) -> str:
    feed = (host := stage.host()).says("/feed", "gone", 410)
    stage.look(feed)
    stage.looks(feed, every=6 * HOUR, until=40 * DAY)
    requests = expect_asked(host.requests("/feed"))
    if len(requests) > _MOST_OF_410:
        return f"asked {len(requests)} times in 40 days"
    if len(requests) > 1 and gaps(requests)[0] < timedelta(hours=20):
        return f"made sure after {gaps(requests)[0]}, where a day is decent"
    return "" if stage.now - requests[-1].at > 30 * DAY else "still asks after a month"


def _offline(stage: Stage) -> str:
    hosts = [stage.host() for _ in range(3)]
    feeds = [host.page("/feed", unchanging(rss("Low water"), ETag='"v1"')) for host in hosts]
    stage.look(*feeds)
    for host in hosts:
        host.down()
    stage.looks(*feeds, every=HOUR, until=2 * DAY)
    for host in hosts:
        host.up()
    stage.looks(*feeds, every=timedelta(minutes=30), until=3 * HOUR)
    late = [host for host in hosts if len(expect_asked(host.requests("/feed"))) < 2]  # noqa: PLR2004 - before, after
    return f"{len(late)} of 3 sources pay for two days without a network" if late else ""


MOVING = (
    Behaviour(
        name="moved-a-day",
        asks="follows a 301 at once, but still asks the old address the next time",
        source="RFC 9110, 15.4.2; a maintenance page may redirect for a day",
        play=_moved_a_day,
    ),
    Behaviour(
        name="moved-a-week",
        asks="asks the new address alone once a 301 has held for a fortnight",
        source="RFC 9110, 15.4.2",
        play=_moved_a_week,
        needs=_TIME,
    ),
    Behaviour(name="loop", asks="leaves a loop of 308s soon", source="RFC 9110, 15.4", play=_loop),
    Behaviour(
        name="found-elsewhere",
        asks="never stores where a 302 leads",
        source="RFC 9110, 15.4.3",
        play=_found_elsewhere,
    ),
    Behaviour(
        name="not-found",
        asks="asks ever less often after 404, but never stops",
        source="good manners; some hosts answer 404 for hours",
        play=_not_found,
        needs=_TIME,
    ),
    Behaviour(
        name="server-error",
        asks="asks ever less often after 500, and as often as before when it is over",
        source="good manners",
        play=_server_error,
        needs=_TIME,
    ),
    Behaviour(
        name="gone",
        asks="makes sure of a 410 a day later, then stops",
        source="RFC 9110, 15.5.11",
        play=_gone,
        needs=_TIME,
    ),
    Behaviour(
        name="offline",
        asks="blames no source for a network that was down",
        source="good manners",
        play=_offline,
        needs=frozenset({Need.TIME, Need.MANY}),
    ),
)
