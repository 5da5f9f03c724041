"""Asking, confirming and leaving as a browser, a mail scanner and a mailbox provider do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2 as httpx
import pytest
from lxml import html

from syndicate.domain.subscriber import Standing
from syndicate.domain.tokens import keyed_hash
from syndicate.flows.house import House
from syndicate.flows.subscribing import LETTERS_A_DAY, leave_link
from syndicate.testing.builders import NOON, a_digest
from syndicate.testing.house import SECRET, a_house
from syndicate.web.subscribe import consent_words
from tests.server.visiting import path_of, visiting

ADDRESS = "reader@example.org"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return a_house(tmp_path, digests={"weekly": a_digest(), "morning": a_digest(id="morning", title="Morning Tide")})


@pytest.fixture
def browser(house: House) -> Iterator[httpx.Client]:
    with visiting(house) as client:
        yield client


def asks(browser: httpx.Client, address: str = ADDRESS, **fields: object) -> httpx.Response:
    return browser.post("/subscribe", data={"email": address, "name": "", "digest": "weekly", **fields})


def letters(house: House) -> list[str]:
    return [house.store.notices.get(n).text for n in house.store.notices.due(house.clock(), 100)]


def confirm_path(house: House) -> str:
    found = re.search(r"https://\S+/confirm/\S+", letters(house)[-1])
    assert found
    return path_of(house, found[0])


def standing(house: House, digest: str = "weekly") -> Standing:
    person = house.store.subscribers.by_address(ADDRESS)
    return next(s.standing for s in person.subscriptions if s.digest == digest)


def confirmed(house: House, browser: httpx.Client) -> str:
    """A confirmed reader; returns the path of their link to leave."""
    asks(browser)
    assert browser.post(confirm_path(house)).status_code == 200
    subscriber = house.store.subscribers.by_address(ADDRESS).subscriber
    return path_of(house, leave_link(house, subscriber.id, "weekly"))


def heading(page: httpx.Response) -> str:
    (found,) = html.fromstring(page.text).cssselect("h1")
    return str(found.text_content())


def alert(page: httpx.Response) -> str:
    (found,) = html.fromstring(page.text).cssselect("[role=alert]")
    return str(found.text_content())


def test_the_form_ticks_nothing_and_says_what_is_agreed_to(house: House, browser: httpx.Client) -> None:
    """A box that is ticked already is no consent."""
    root = html.fromstring(browser.get("/subscribe").text)
    boxes = root.cssselect("input[type=checkbox]")
    assert [box.get("value") for box in boxes] == ["weekly", "morning"]
    assert not [box for box in boxes if "checked" in box.attrib]
    assert consent_words(house.site) in root.text_content()
    assert root.cssselect("form[method=post] button[type=submit]")


def test_one_digest_needs_no_box(tmp_path: Path) -> None:
    with visiting(a_house(tmp_path)) as browser:
        root = html.fromstring(browser.get("/subscribe").text)
    assert not root.cssselect("input[type=checkbox]")
    (hidden,) = root.cssselect("input[type=hidden]")
    assert hidden.get("value") == "weekly"


def test_no_digest_at_all_is_said(tmp_path: Path) -> None:
    with visiting(a_house(tmp_path, digests={})) as browser:
        page = browser.get("/subscribe")
    assert "no newsletter" in page.text
    assert "<form" not in page.text


def test_the_whole_way_in_and_out(house: House, browser: httpx.Client) -> None:
    page = asks(browser, digest=["weekly", "morning"])
    assert (page.status_code, heading(page)) == (200, "Please look into your inbox")
    path = confirm_path(house)
    assert "r…r@example.org" in browser.get(path).text
    page = browser.post(path)
    assert (page.status_code, heading(page)) == (200, "You are subscribed")
    assert standing(house) is Standing.CONFIRMED
    subscriber = house.store.subscribers.by_address(ADDRESS).subscriber
    out = path_of(house, leave_link(house, subscriber.id, "weekly"))
    assert "Leave The Week on the Water?" in browser.get(out).text
    page = browser.post(out)
    assert (page.status_code, heading(page)) == (200, "You have left")
    assert (standing(house), standing(house, "morning")) == (Standing.LEFT, Standing.CONFIRMED)
    assert heading(browser.get(out)) == "You have left already"


def test_the_ledger_keeps_the_words_on_the_page(house: House, browser: httpx.Client) -> None:
    asks(browser)
    (entry,) = house.store.subscribers.by_address(ADDRESS).consents
    assert entry.words == consent_words(house.site)
    assert entry.where == "/subscribe"


def test_opening_a_link_to_confirm_confirms_nothing(house: House, browser: httpx.Client) -> None:
    """Mail scanners open every link in a letter."""
    asks(browser)
    for _ in range(3):
        assert browser.get(confirm_path(house)).status_code == 200
        assert browser.head(confirm_path(house)).status_code == 200
    assert standing(house) is Standing.PENDING


def test_opening_a_link_to_leave_ends_nothing(house: House, browser: httpx.Client) -> None:
    out = confirmed(house, browser)
    for _ in range(3):
        assert browser.get(out).status_code == 200
        assert browser.head(out).status_code == 200
    assert standing(house) is Standing.CONFIRMED


@pytest.mark.parametrize("encoding", ["urlencoded", "multipart", "none"])
def test_one_click_leaves_without_cookie_redirect_or_question(
    house: House, browser: httpx.Client, encoding: str
) -> None:
    """RFC 8058: one POST in either encoding, and a 200."""
    out = confirmed(house, browser)
    match encoding:
        case "urlencoded":
            page = browser.post(out, data={"List-Unsubscribe": "One-Click"})
        case "multipart":
            page = browser.post(out, files={"List-Unsubscribe": (None, "One-Click")})
        case _:
            page = browser.post(out)
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    assert standing(house) is Standing.LEFT
    where = house.store.subscribers.by_address(ADDRESS).consents[-1].where
    assert where == ("/unsubscribe" if encoding == "none" else "one-click")


def test_one_click_again_and_again_is_200(house: House, browser: httpx.Client) -> None:
    out = confirmed(house, browser)
    answers = [browser.post(out, data={"List-Unsubscribe": "One-Click"}).status_code for _ in range(3)]
    assert answers == [200, 200, 200]


@pytest.mark.parametrize("token", ["x", "MQ.AAAA", "%00", "x" * 3000, "%F0%9F%8C%8A"])
def test_a_link_to_leave_that_is_not_ours_is_200_and_honest(browser: httpx.Client, token: str) -> None:
    for page in (browser.get(f"/unsubscribe/{token}"), browser.post(f"/unsubscribe/{token}")):
        assert page.status_code == 200
        assert heading(page) == "There is nothing to end here"


@pytest.mark.parametrize("token", ["x", "MQ.AAAA", "%00", "x" * 3000])
def test_a_link_to_confirm_that_is_not_ours_offers_another(browser: httpx.Client, token: str) -> None:
    for page in (browser.get(f"/confirm/{token}"), browser.post(f"/confirm/{token}")):
        assert page.status_code == 404
        assert "/subscribe" in page.text


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("reader@example.org\r\nBcc: victim@example.org", "line break"),
        ("reader@example.org\n", "line break"),
        ("", "needed"),
        ("nobody", "not an e-mail address"),
        ("jürgen@example.org", "before the @"),
        ('"><script>alert(1)</script>@example.org', "not an e-mail address"),
    ],
)
def test_a_bad_address_gets_one_clear_line_beside_its_field(
    house: House, browser: httpx.Client, address: str, says: str
) -> None:
    page = asks(browser, address)
    assert page.status_code == 422
    assert says in alert(page)
    assert "\n" not in alert(page).strip()
    field = html.fromstring(page.text).get_element_by_id("email")
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "address-problem"
    assert "<script>" not in page.text
    assert letters(house) == []


def test_what_was_filled_in_is_still_there_after_a_mistake(browser: httpx.Client) -> None:
    root = html.fromstring(asks(browser, "nobody", name="A & B", digest="morning").text)
    assert root.get_element_by_id("email").get("value") == "nobody"
    assert root.get_element_by_id("name").get("value") == "A & B"
    assert [box.get("value") for box in root.cssselect("input[checked]")] == ["morning"]


def test_choosing_nothing_is_said(browser: httpx.Client) -> None:
    page = browser.post("/subscribe", data={"email": ADDRESS})
    assert page.status_code == 422
    assert alert(page) == "Please choose at least one newsletter."


def test_known_unknown_and_suppressed_get_the_very_same_answer(house: House, browser: httpx.Client) -> None:
    """Nobody learns from the form who reads what."""

    def answer() -> tuple[int, bytes, dict[str, str]]:
        page = asks(browser)
        return page.status_code, page.content, {k: v for k, v in page.headers.items() if k != "date"}

    unknown = answer()
    pending = answer()
    browser.post(confirm_path(house))
    known = answer()
    house.store.subscribers.suppress(keyed_hash(SECRET, ADDRESS), "complaint", NOON)
    assert unknown == pending == known == answer()


def test_many_at_once_do_not_outrun_the_limit(house: House, browser: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _: asks(browser).status_code, range(12)))
    assert pages == [200] * 12
    assert len(letters(house)) == LETTERS_A_DAY


def test_pages_of_one_person_are_kept_and_indexed_by_nobody(house: House, browser: httpx.Client) -> None:
    out = confirmed(house, browser)
    for page in (browser.get(out), browser.get(confirm_path(house)), browser.get("/confirm/x"), asks(browser)):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in page.headers["x-robots-tag"]


def test_no_token_and_no_address_reaches_a_log(
    house: House, browser: httpx.Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level("INFO"):
        out = confirmed(house, browser)
        browser.get(out)
        browser.post(out)
    ours = [r for r in caplog.records if not r.name.startswith("http")]  # the client of this test logs its own calls
    written = " ".join(r.getMessage() for r in ours) + "".join(capfd.readouterr())
    assert out.rpartition("/")[2] not in written
    assert ADDRESS not in written


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"email=%ff%fe%00&digest=weekly", "application/x-www-form-urlencoded"),
        (b"&&&==&%%%", "application/x-www-form-urlencoded"),
        (b"\x00\xff" * 1000, "application/x-www-form-urlencoded"),
        (b"digest=weekly&" * 4000, "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b'{"email": "reader@example.org"}', "application/json"),
        (
            b'--x\r\nContent-Disposition: form-data; name="email"; filename="a"\r\n\r\nz\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_whatever_is_posted_is_answered_with_a_page(
    house: House, browser: httpx.Client, content: bytes, content_type: str
) -> None:
    page = browser.post("/subscribe", content=content, headers={"Content-Type": content_type})
    assert page.status_code in (400, 422)
    assert heading(page)
    assert letters(house) == []
