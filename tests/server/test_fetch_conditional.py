"""Validators go where they belong, redirects are followed as they were meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from syndicate.net.answer import Answer, Validators
from syndicate.net.fetch import Fetcher
from tests.server.fetching import an_answer, fetching
from tests.server.loopback import Asked, Loopback, Said


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def ask(url: str, validators: Validators, **headers: str) -> Answer:
    """One conditional question."""

    async def asking(fetcher: Fetcher) -> Answer:
        answer = await fetcher.get(url, headers, validators=validators)
        assert isinstance(answer, Answer), answer
        return answer

    return fetching(asking)


def conditions(asked: Asked) -> tuple[str, str]:
    return asked.headers.get("if-none-match", ""), asked.headers.get("if-modified-since", "")


def test_both_validators_go_back_as_they_came(site: Loopback) -> None:
    url = site.says("/feed", "x", ETag='W/"a, b"', Last_Modified="Sonntag")

    ask(url, an_answer(url).validators)

    assert conditions(site.asked[-1]) == ('W/"a, b"', "Sonntag")


def test_a_validator_with_strange_octets_goes_back_octet_by_octet(site: Loopback) -> None:
    url = site.says("/feed", "x", ETag='"\xe4\xff"')

    ask(url, an_answer(url).validators)

    assert conditions(site.asked[-1])[0] == '"\xe4\xff"'


def test_validators_of_where_a_redirect_led_are_sent_there_and_not_before(site: Loopback) -> None:
    site.says("/new", "x", ETag='"1"')
    site.pages["/old"] = Said(status=301, headers={"Location": "/new", "ETag": '"redirect"'})

    ask(site.root + "/old", an_answer(site.root + "/old").validators)

    assert [(asked.path, conditions(asked)[0]) for asked in site.asked[-2:]] == [("/old", ""), ("/new", '"1"')]


def test_another_negotiation_is_another_representation(site: Loopback) -> None:
    url = site.says("/feed", "x", ETag='"1"')
    validators = an_answer(url).validators

    ask(url, validators, accept="application/json")

    assert conditions(site.asked[-1]) == ("", "")


def test_what_the_server_varies_by_counts(site: Loopback) -> None:
    url = site.says("/feed", "x", ETag='"1"', Vary="X-Edition")
    validators = an_answer(url).validators

    ask(url, validators, **{"X-Edition": "2"})
    ask(url, validators)

    assert [conditions(asked)[0] for asked in site.asked[-2:]] == ["", '"1"']


def test_validators_without_a_name_belong_to_the_first_address(site: Loopback) -> None:
    """What was remembered before representations had names."""
    site.pages["/old"] = Said(status=302, headers={"Location": "/new"})
    site.says("/new", "x")

    ask(site.root + "/old", Validators(etag='"1"'))

    assert [conditions(asked)[0] for asked in site.asked] == ['"1"', ""]


def test_an_answer_says_whether_it_was_asked_conditionally(site: Loopback) -> None:
    site.pages["/feed"] = Said(status=304)

    assert ask(site.root + "/feed", Validators(etag='"1"')).conditional
    assert not ask(site.root + "/feed", Validators()).conditional


@pytest.mark.parametrize(
    ("chain", "moved"),
    [
        ((), ""),
        ((301,), "/1"),
        ((308, 301), "/2"),
        ((301, 302), "/1"),
        ((302, 301), ""),
        ((307,), ""),
        ((303, 308), ""),
        ((301, 302, 301), "/1"),
    ],
)
def test_only_what_is_permanent_from_the_beginning_is_a_move(
    site: Loopback, chain: tuple[int, ...], moved: str
) -> None:
    for number, status in enumerate(chain):
        site.pages[f"/{number}"] = Said(status=status, headers={"Location": f"/{number + 1}"})
    site.says(f"/{len(chain)}", "x")

    answer = an_answer(site.root + "/0")

    assert answer.moved == (site.root + moved if moved else "")
    assert answer.url == f"{site.root}/{len(chain)}"
