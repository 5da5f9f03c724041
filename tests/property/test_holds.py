"""The scope of a wait: polite without evidence, and no wider and no narrower than the evidence says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.holds import LONGEST, MOST, Observation, Scope, SiteMemory, held_until, observed, scope_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EMPTY = SiteMemory(site="example")
ONE, TWO, THREE = (f"https://{host}.example/feed" for host in ("one", "two", "three"))

urls = st.builds("https://{}.example/{}".format, st.sampled_from("abc"), st.sampled_from("xyz"))
steps = st.tuples(urls, st.integers(0, 1800), st.none() | st.integers(1, 40 * 86400))
"""An address, the seconds since the answer before, and the seconds it asks to wait (None: it served)."""


def told(*answers: tuple[str, timedelta, timedelta | None], memory: SiteMemory = EMPTY) -> SiteMemory:
    """The memory after ``answers``: address, time since noon, and the wait asked for (None: it served)."""
    for url, at, wait in answers:
        until = None if wait is None else NOON + at + wait
        memory = observed(memory, Observation(url=url, at=NOON + at, until=until), NOON + at)
    return memory


def played(history: list[tuple[str, int, int | None]]) -> tuple[SiteMemory, datetime]:
    memory, now = EMPTY, NOON
    for url, later, wait in history:
        now += timedelta(seconds=later)
        until = None if wait is None else now + timedelta(seconds=wait)
        memory = observed(memory, Observation(url=url, at=now, until=until), now)
    return memory, now


def ends(memory: SiteMemory, url: str, now: datetime) -> datetime:
    return held_until(memory, url, now) or now


histories = st.lists(steps, max_size=20)


@given(histories, urls, st.integers(1, 86400), histories)
def test_the_address_that_was_refused_is_never_released_before_its_time(
    before: list[tuple[str, int, int | None]], url: str, wait: int, later: list[tuple[str, int, int | None]]
) -> None:
    memory, now = played(before)
    until = now + timedelta(seconds=wait)
    memory = observed(memory, Observation(url=url, at=now, until=until), now)
    for other, step, asked in later:
        assert ends(memory, url, now) >= until or now >= until
        now += timedelta(seconds=step)
        end = None if asked is None else now + timedelta(seconds=asked)
        memory = observed(memory, Observation(url=other, at=now, until=end), now)


@given(histories, urls, urls, st.integers(1, 86400))
def test_another_refusal_shortens_no_wait(
    history: list[tuple[str, int, int | None]], refused: str, url: str, wait: int
) -> None:
    memory, now = played(history)
    wider = observed(memory, Observation(url=refused, at=now, until=now + timedelta(seconds=wait)), now)

    assert ends(wider, url, now) >= ends(memory, url, now)


@given(histories, urls, urls)
def test_being_served_lengthens_no_wait(history: list[tuple[str, int, int | None]], served: str, url: str) -> None:
    memory, now = played(history)
    narrower = observed(memory, Observation(url=served, at=now), now)

    assert ends(narrower, url, now) <= ends(memory, url, now)


@given(st.lists(steps, max_size=120), urls)
def test_a_memory_is_bounded_ordered_and_never_holds_beyond_the_longest_wait(
    history: list[tuple[str, int, int | None]], url: str
) -> None:
    memory, now = played(history)
    times = [one.at for one in memory.observations]

    assert len(times) <= MOST
    assert times == sorted(times, reverse=True)
    assert all(now - at <= LONGEST for at in times)
    assert ends(memory, url, now) <= now + LONGEST
    assert held_until(memory, url, now + LONGEST + DAY) is None


@given(histories, st.text(max_size=30), st.text(max_size=30))
def test_any_text_as_an_address_is_held_or_not_and_never_an_error(
    history: list[tuple[str, int, int | None]], refused: str, url: str
) -> None:
    memory, now = played(history)
    memory = observed(memory, Observation(url=refused, at=now, until=now + HOUR), now)

    assert scope_of(memory, url, now) in Scope
    assert held_until(memory, refused, now) is not None


def test_without_evidence_a_refusal_speaks_for_its_host_alone() -> None:
    memory = told((ONE, 0 * MINUTE, HOUR))

    assert held_until(memory, "https://one.example/other", NOON) == NOON + HOUR
    assert held_until(memory, "https://ONE.example/other", NOON) == NOON + HOUR
    assert held_until(memory, "https://one.example:8080/other", NOON) is None
    assert held_until(memory, TWO, NOON) is None
    assert scope_of(memory, ONE, NOON) is Scope.HOST


def test_freshrss_7870_a_host_of_many_routes_that_refuses_one_keeps_serving_the_others() -> None:
    """One host, many independent routes: a wait of one route stalled all of them."""
    routes = [f"https://routes.example/{number}" for number in range(4)]
    memory = told((routes[0], 0 * MINUTE, 9 * HOUR), (routes[1], MINUTE, None))
    tomorrow = told((routes[2], DAY, HOUR), memory=memory)

    assert scope_of(memory, routes[3], NOON + MINUTE) is Scope.URL
    assert held_until(memory, routes[0], NOON + MINUTE) == NOON + 9 * HOUR
    assert held_until(memory, routes[3], NOON + MINUTE) is None
    assert held_until(tomorrow, routes[3], NOON + DAY) is None, "what was learned holds for later refusals"


def test_freshrss_8925_hosts_of_one_limiter_wait_together() -> None:
    """Many hosts, one budget: a wait kept for each host let every other host run into the same limit."""
    memory = told((ONE, 0 * MINUTE, HOUR), (TWO, 5 * MINUTE, HOUR))

    assert scope_of(memory, THREE, NOON + 5 * MINUTE) is Scope.SITE
    assert held_until(memory, THREE, NOON + 5 * MINUTE) == NOON + 65 * MINUTE


def test_innocent_hosts_of_a_shared_suffix_are_released_by_the_first_that_is_served() -> None:
    memory = told((ONE, 0 * MINUTE, DAY), (TWO, 5 * MINUTE, DAY), (THREE, 6 * MINUTE, None))
    fourth = "https://four.example/feed"

    assert held_until(memory, fourth, NOON + 6 * MINUTE) is None
    assert scope_of(memory, ONE, NOON + 6 * MINUTE) is Scope.HOST
    assert held_until(memory, ONE, NOON + 6 * MINUTE) == NOON + DAY


def test_refusals_with_somebody_served_in_between_or_far_apart_are_not_one() -> None:
    between = told((ONE, 0 * MINUTE, HOUR), (THREE, MINUTE, None), (TWO, 2 * MINUTE, HOUR))
    apart = told((ONE, 0 * MINUTE, HOUR), (TWO, 11 * MINUTE, HOUR))

    assert held_until(between, "https://four.example/", NOON + 2 * MINUTE) is None
    assert held_until(apart, THREE, NOON + 11 * MINUTE) is None


def test_a_site_that_was_split_is_joined_again_by_two_new_refusals() -> None:
    split = told((ONE, 0 * MINUTE, HOUR), (TWO, MINUTE, HOUR), (THREE, 2 * MINUTE, None))
    joined = told((ONE, 3 * MINUTE, HOUR), (THREE, 4 * MINUTE, HOUR), memory=split)

    assert scope_of(joined, "https://four.example/", NOON + 4 * MINUTE) is Scope.SITE


def test_a_host_believed_to_count_addresses_is_held_whole_again_when_two_are_refused_together() -> None:
    one, two, three = (f"https://routes.example/{name}" for name in ("one", "two", "three"))
    learned = told((one, 0 * MINUTE, HOUR), (two, MINUTE, None))
    refuted = told((two, 2 * HOUR, HOUR), (one, 2 * HOUR + MINUTE, HOUR), memory=learned)

    assert scope_of(learned, three, NOON + MINUTE) is Scope.URL
    assert scope_of(refuted, three, NOON + 2 * HOUR + MINUTE) is Scope.HOST


def test_the_order_of_answers_tells_even_within_one_pass_of_one_time() -> None:
    """What was served before the refusal of the same pass is no evidence: the budget may have ended there."""
    routes = [f"https://routes.example/{number}" for number in range(3)]
    zero = 0 * MINUTE
    before = told((routes[0], zero, None), (routes[1], zero, HOUR))
    later = told((routes[1], zero, HOUR), (routes[0], zero, None))

    assert held_until(before, routes[2], NOON) == NOON + HOUR
    assert held_until(later, routes[2], NOON) is None


def test_a_site_that_never_refuses_leaves_no_memory() -> None:
    assert told((ONE, 0 * MINUTE, None), (TWO, MINUTE, None)) is EMPTY


def test_being_served_again_and_again_pushes_no_wait_out_of_memory() -> None:
    memory = told((ONE, 0 * MINUTE, 20 * DAY))
    for minute in range(1, 200):
        memory = told((f"https://two.example/{minute}", minute * MINUTE, None), memory=memory)

    assert held_until(memory, ONE, NOON + DAY) == NOON + 20 * DAY


def test_a_refusal_noted_in_the_future_holds_nothing() -> None:
    """A clock that once stood in another century must not silence a site until then."""
    later = NOON + 40_000 * DAY
    memory = replace(EMPTY, observations=(Observation(url=ONE, at=later, until=later + HOUR),))

    assert held_until(memory, ONE, NOON) is None
