"""Walls are named, and what can be read is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.net.answer import Answer
from syndicate.net.walls import GENERIC, wall_of

ARTICLE = "<html><head><title>%s</title></head><body><article>" + "<p>The harbour pilots met the council.</p>" * 40


def an_answer(status: int, body: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url="https://a.example/", status=status, headers=named, body=body.encode())


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (an_answer(403, "", cf_mitigated="challenge"), "Cloudflare"),
        (an_answer(503, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"), "Cloudflare"),
        (an_answer(403, "<title>Attention Required! | Cloudflare</title>", server="cloudflare"), "Cloudflare"),
        (an_answer(403, "<h1>Access Denied</h1> Reference #18.2d", server="AkamaiGHost"), "Akamai"),
        (an_answer(200, "<div id='sec-if-cpt-container'></div>"), "Akamai"),
        (an_answer(403, "<script src='https://ct.captcha-delivery.com/c.js'></script>"), "DataDome"),
        (an_answer(403, "<div id='px-captcha'></div>"), "HUMAN (PerimeterX)"),
        (an_answer(200, "<iframe src='/_Incapsula_Resource?x=1'>Incapsula incident ID: 1</iframe>"), "Imperva"),
        (an_answer(202, "", x_amzn_waf_action="challenge"), "AWS WAF"),
        (an_answer(405, "<script>window.gokuProps = {}</script>"), "AWS WAF"),
        (an_answer(429, "", x_vercel_mitigated="challenge"), "Vercel"),
        (an_answer(200, "<title>Making sure you&#39;re not a bot!</title>"), GENERIC),
        (an_answer(200, "<noscript>Please enable JavaScript and cookies to continue</noscript>"), GENERIC),
        (an_answer(403, "<p>Please verify that you are human to go on.</p>"), GENERIC),
        (an_answer(429, "<p>We have seen unusual traffic from your computer network</p>"), GENERIC),
    ],
)
def test_a_wall_is_named(answer: Answer, name: str) -> None:
    assert wall_of(answer) == name


@pytest.mark.parametrize(
    "answer",
    [
        an_answer(200, ARTICLE % "Please verify that you are human: how captchas took over"),
        an_answer(200, ARTICLE % "News" + "<script src='/_Incapsula_Resource?SWJI'></script>"),
        an_answer(200, ARTICLE % "News" + "<script>window._pxUuid='x'</script>"),
        an_answer(200, "<rss><channel><title>Just a moment...</title></channel></rss>"),
        an_answer(200, "\ufeff <?xml version='1.0'?><rss><title>px-captcha</title></rss>"),
        an_answer(200, "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"),
        an_answer(200, "", server="AkamaiGHost", x_dd_b="1"),
        an_answer(304, "", cf_mitigated="challenge"),
        an_answer(403, "<h1>Forbidden</h1>", server="cloudflare"),
        an_answer(404, "<p>Complete the captcha</p>"),
        an_answer(429, "", retry_after="60"),
        an_answer(503, "down for maintenance"),
    ],
)
def test_what_is_no_wall_is_none(answer: Answer) -> None:
    assert wall_of(answer) == ""


@given(st.sampled_from([200, 202, 403, 429, 503]), st.text(max_size=300), st.text(max_size=30))
def test_no_answer_breaks_the_look(status: int, body: str, value: str) -> None:
    answer = Answer(
        url="https://a.example/", status=status, headers={"server": value}, body=body.encode("utf-8", "replace")
    )

    assert isinstance(wall_of(answer), str)


@pytest.mark.parametrize("octets", [b"<" * 48_000, b"<script" * 6000, b" " * 48_000, b"enable a b " * 4000])
@pytest.mark.timeout(5)
def test_looking_takes_no_time_whatever_stands_there(octets: bytes) -> None:
    for status in (200, 403):
        wall_of(Answer(url="https://a.example/", status=status, headers={}, body=octets))
