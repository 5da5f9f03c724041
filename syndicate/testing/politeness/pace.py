"""Coming back when the server and the feed say so: freshness, the feed's own words, and being told to wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

from syndicate.testing.politeness.conditional import unchanging
from syndicate.testing.politeness.server import Host, Reply, Request
from syndicate.testing.politeness.stage import DAY, HOUR, Behaviour, Stage, expect_asked, rss
from syndicate.testing.politeness.subjects import Need

_TIME = frozenset({Need.TIME})
_OFTEN = timedelta(minutes=30)
_SATURDAY = 5
_FIRST_HOUR = 12
_TEN_YEARS = "315360000"


def gaps(requests: Sequence[Request]) -> list[timedelta]:
    """How long it was left in peace between one request and the next."""
    times = [request.at for request in requests]
    return [later - earlier for earlier, later in pairwise(times)]


def _first_gap(host: Host, least: timedelta) -> str:
    gap = gaps(expect_asked(host.requests("/feed"), 2))[0]
    return "" if gap >= least else f"came back after {gap}, not after {least}"


def _max_age(stage: Stage) -> str:
    feed = (host := stage.host()).says("/feed", rss("Low water"), Cache_Control="public, max-age=43200")
    stage.look(feed)
    stage.looks(feed, every=_OFTEN, until=40 * HOUR)
    return _first_gap(host, 12 * HOUR)


def _age(stage: Stage) -> str:
    host = stage.host()
    feed = host.says("/feed", rss("Low water"), Cache_Control="max-age=72000", Age="68400")
    stage.look(feed)
    host.says("/feed", rss("Low water"), Cache_Control="max-age=72000", Age="0")
    stage.looks(feed, every=_OFTEN, until=60 * HOUR)
    old, young = gaps(expect_asked(host.requests("/feed"), 3))[:2]
    if old > 12 * HOUR:
        return f"waited {old} for an answer that was fresh for one more hour"
    return "" if young >= 20 * HOUR else f"came back after {young} to an answer that was fresh for 20 hours"


def _expires(stage: Stage) -> str:
    behind = -2 * DAY

    def answer(request: Request) -> Reply:
        expires = format_datetime(request.at + behind + 10 * HOUR, usegmt=True)
        return Reply(body=rss("Low water").encode(), headers={"Expires": expires}, clock=behind)

    feed = (host := stage.host()).page("/feed", answer)
    stage.look(feed)
    stage.looks(feed, every=_OFTEN, until=40 * HOUR)
    return _first_gap(host, 10 * HOUR)


def _expires_zero(stage: Stage) -> str:
    told = {"Expires": "0", "Cache_Control": "no-cache", "ETag": '"v1"'}
    feed = (host := stage.host()).page("/feed", unchanging(rss("Low water"), **told))
    stage.look(feed)
    stage.looks(feed, every=6 * HOUR, until=2 * DAY)
    requests = expect_asked(host.requests("/feed"), 2)
    if gaps(requests)[0] > DAY:
        return f"took it for fresh: came back after {gaps(requests)[0]}"
    return "" if requests[1].says("if-none-match") else "asked without the validator it had been given"


def _ttl(stage: Stage) -> str:
    feed = (host := stage.host()).says("/feed", rss("Low water", channel="<ttl>720</ttl>"))
    stage.look(feed)
    stage.looks(feed, every=_OFTEN, until=40 * HOUR)
    return _first_gap(host, 12 * HOUR)


def _skip(stage: Stage) -> str:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(_FIRST_HOUR))
    days = "<day>Saturday</day><day>Sunday</day>"
    words = f"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>"
    feed = (host := stage.host()).page("/feed", unchanging(rss("Low water", channel=words), ETag='"v1"'))
    stage.look(feed)
    stage.looks(feed, every=3 * HOUR, until=8 * DAY)
    later = expect_asked(host.requests("/feed"), 4)[1:]
    bad = [r.at for r in later if r.at.hour < _FIRST_HOUR or r.at.weekday() >= _SATURDAY]
    return f"came on {bad[0]:%A at %H:%M} GMT, and {len(bad)} times in all, when it was asked not to" if bad else ""


def _update_period(stage: Stage) -> str:
    words = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
    feed = (host := stage.host()).says("/feed", rss("Low water", channel=words))
    stage.look(feed)
    stage.looks(feed, every=_OFTEN, until=40 * HOUR)
    return _first_gap(host, 12 * HOUR)


def _busy_seconds(stage: Stage) -> str:
    feed = (host := stage.host()).says("/feed", "busy", 429, Retry_After="21600")
    stage.look(feed)
    stage.looks(feed, every=_OFTEN, until=40 * HOUR)
    return _first_gap(host, 6 * HOUR)


def _busy_date(stage: Stage) -> str:
    def answer(request: Request) -> Reply:
        return Reply(
            status=503, headers={"Retry-After": format_datetime(request.at + 6 * HOUR, usegmt=True)}, body=b"busy"
        )

    feed = (host := stage.host()).page("/feed", answer)
    stage.look(feed)
    stage.looks(feed, every=_OFTEN, until=40 * HOUR)
    return _first_gap(host, 6 * HOUR)


def _busy_long(stage: Stage) -> str:
    feed = (host := stage.host()).says("/feed", "busy", 429, Retry_After=_TEN_YEARS)
    stage.look(feed)
    stage.looks(feed, every=DAY, until=70 * DAY)
    requests = host.requests("/feed")
    if len(requests) < 2:  # noqa: PLR2004 - the first, and one more
        return "was silenced for 70 days by a server that said ten years"
    return _first_gap(host, 7 * DAY)


def _busy_alone(stage: Stage) -> str:
    busy, idle = stage.host(), stage.host()
    feeds = (
        busy.says("/feed", "busy", 429, Retry_After="86400"),
        idle.page("/feed", unchanging(rss("Low water"), ETag='"v1"')),
    )
    stage.look(*feeds)
    stage.looks(*feeds, every=2 * HOUR, until=12 * HOUR)
    expect_asked(busy.requests("/feed"))
    if len(busy.requests("/feed")) > 1:
        return "came back to the busy host before it wanted"
    return "" if len(idle.requests("/feed")) > 1 else "let another host wait for the busy one"


PACE = (
    Behaviour(name="max-age", asks="waits for max-age", source="RFC 9111, 5.2.2.1", play=_max_age, needs=_TIME),
    Behaviour(
        name="age",
        asks="subtracts the Age of an answer from its freshness",
        source="RFC 9111, 4.2.3",
        play=_age,
        needs=_TIME,
    ),
    Behaviour(
        name="expires",
        asks="reads Expires by the server's clock, not by its own",
        source="RFC 9111, 4.2.1",
        play=_expires,
        needs=_TIME,
    ),
    Behaviour(
        name="expires-zero",
        asks="takes Expires: 0 and no-cache for stale: asks again, and conditionally",
        source="RFC 9111, 5.3 and 5.2.2.4",
        play=_expires_zero,
        needs=_TIME,
    ),
    Behaviour(name="ttl", asks="waits for the feed's ttl", source="RSS 2.0, ttl", play=_ttl, needs=_TIME),
    Behaviour(
        name="skip",
        asks="stays away in skipHours and on skipDays",
        source="RSS 2.0, skipHours and skipDays",
        play=_skip,
        needs=_TIME,
    ),
    Behaviour(
        name="update-period",
        asks="waits for updatePeriod / updateFrequency",
        source="RSS 1.0, syndication module",
        play=_update_period,
        needs=_TIME,
    ),
    Behaviour(
        name="busy-seconds",
        asks="waits as long as a 429 says in seconds",
        source="RFC 6585, 4; RFC 9110, 10.2.3",
        play=_busy_seconds,
        needs=_TIME,
    ),
    Behaviour(
        name="busy-date",
        asks="waits until the date that a 503 says",
        source="RFC 9110, 10.2.3 and 15.6.4",
        play=_busy_date,
        needs=_TIME,
    ),
    Behaviour(
        name="busy-long",
        asks="waits long for a long Retry-After, but is not silenced for ever by an absurd one",
        source="RFC 9110, 10.2.3",
        play=_busy_long,
        needs=_TIME,
    ),
    Behaviour(
        name="busy-alone",
        asks="lets no other host wait because one is busy",
        source="RFC 6585, 4",
        play=_busy_alone,
        needs=frozenset({Need.TIME, Need.MANY}),
    ),
)
