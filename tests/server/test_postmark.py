"""Postmark over HTTP, against a mail API that lies: what is doubt, what is a refusal, and what may be believed."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from syndicate.deliver.mailers.postmark import MOST_OCTETS, Postmark, build
from syndicate.deliver.options import PostmarkOptions
from syndicate.domain.delivery import (
    Absent,
    Accepted,
    Answer,
    Busy,
    Fate,
    InDoubt,
    Located,
    Refused,
    Submission,
    Unanswered,
)
from syndicate.domain.letter import Letter
from syndicate.testing.letters import a_letter, a_recipient, a_submission
from syndicate.testing.mail_api import MailApi


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailApi]:
    with MailApi(tmp_path_factory.mktemp("mail-api")) as api:
        yield api


@pytest.fixture
def api(running: MailApi) -> MailApi:
    """The double, telling the truth until a test says otherwise."""
    running.set_script({})
    return running


def postmark(api: MailApi, timeout: float = 5.0, token: str = "") -> Postmark:
    return build(
        PostmarkOptions(
            token=token or api.token,
            base_url=api.url,
            timeout=timedelta(seconds=timeout),
            settle=timedelta(0),
        )
    )


def sent(mailer: Postmark, submission: Submission) -> Answer:
    return mailer.submit(mailer.compile(submission))


def schema(world: Path, name: str) -> jsonschema.Draft202012Validator:
    file = world.parent / "providers" / "postmark.derived.openapi.json"
    if not file.is_file():
        pytest.skip(f"SKIPPED FOR WANT OF THE PROVIDER'S CONTRACT: {file} does not exist")
    document = json.loads(file.read_text("utf-8"))
    contract = {"components": document["components"], "$ref": f"#/components/schemas/{name}"}
    return jsonschema.Draft202012Validator(contract)


@pytest.mark.world
@pytest.mark.parametrize("letter", [a_letter(), a_letter(reply_to="", tag="", headers=())])
def test_every_message_is_what_the_provider_documents(world: Path, api: MailApi, letter: Letter) -> None:
    (body,) = postmark(api).compile(a_submission(3, letter=letter)).parts

    messages = json.loads(body)
    email = schema(world, "Email")

    assert len(messages) == 3
    for message in messages:
        email.validate(message)
        assert set(message) <= set(email.schema["components"]["schemas"]["Email"]["properties"])
        assert all(len(name) <= 20 and len(value) <= 80 for name, value in message["Metadata"].items())


def test_a_message_carries_the_stamp_and_tracks_nobody(api: MailApi) -> None:
    submission = a_submission(1)

    (message,) = json.loads(postmark(api).compile(submission).parts[0])

    assert message["Metadata"] == {"key": submission.key, "delivery": submission.key.split("/")[1], "entry": "1"}
    assert (message["TrackOpens"], message["TrackLinks"]) == (False, "None")
    assert message["MessageStream"] == "broadcast"
    assert message["To"] == '"Reader 1" <reader1@example.org>'
    assert [header["Name"] for header in message["Headers"]] == ["List-Id", "List-Unsubscribe-Post", "List-Unsubscribe"]


TAKEN_BUT_UNSAID = ["accept_drop", "accept_error", "accept_garble", "accept_short"]
NEVER_TAKEN = [{"do": "hang_up"}, {"do": "refuse", "status": 500}, {"do": "refuse", "status": 503}, {"do": "html"}]


@pytest.mark.parametrize("lie", TAKEN_BUT_UNSAID)
def test_a_call_that_was_taken_without_a_word_is_in_doubt_until_it_is_found(api: MailApi, lie: str) -> None:
    mailer, submission = postmark(api), a_submission()
    api.set_script({"send": [{"do": lie}]})

    answer = sent(mailer, submission)
    finding = mailer.find(submission)

    assert isinstance(answer, InDoubt)
    assert isinstance(finding, Located)
    assert finding.missing == ()


@pytest.mark.parametrize("fault", NEVER_TAKEN, ids=lambda fault: f"{fault['do']}-{fault.get('status', '')}")
def test_a_call_that_broke_is_in_doubt_until_a_search_shows_nothing(api: MailApi, fault: dict[str, Any]) -> None:
    """A 5xx in the provider's own form proves nothing: the letters may have been taken before it."""
    mailer, submission = postmark(api), a_submission()
    api.set_script({"send": [fault]})

    assert isinstance(sent(mailer, submission), InDoubt)
    assert mailer.find(submission) == Absent()


@pytest.mark.parametrize("wait", [{"before_ms": 600}, {"after_ms": 600}])
def test_a_call_that_outlasts_its_time_is_in_doubt(api: MailApi, wait: dict[str, int]) -> None:
    api.set_script({"send": [wait]})

    assert isinstance(sent(postmark(api, timeout=0.2), a_submission()), InDoubt)


def test_a_call_that_was_taken_in_part_is_found_in_part(api: MailApi) -> None:
    mailer, submission = postmark(api), a_submission(5)
    api.set_script({"send": [{"do": "accept_half"}]})

    answer, finding = sent(mailer, submission), mailer.find(submission)

    assert isinstance(answer, InDoubt)
    assert isinstance(finding, Located)
    assert finding.missing == (3, 4, 5)


def test_a_submission_is_one_call_whatever_comes_of_it(api: MailApi) -> None:
    """A client that tries again by itself would mail people twice."""
    before = sum(api.calls().values())
    api.set_script({"send": [{"do": "accept_drop"}]})

    sent(postmark(api), a_submission())

    assert sum(api.calls().values()) - before == 1


def test_where_nobody_listens_nothing_has_left() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    answer = sent(build(PostmarkOptions(token="a-token", base_url=f"http://127.0.0.1:{port}")), a_submission())

    assert isinstance(answer, Busy)
    assert answer.retry_after is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("", None), ("17", 17.0), ("0", 0.0), ("soon", None), ("-3", None), ("Mon, 02 Mar 2020 12:00:00 GMT", 0.0)],
)
def test_a_429_is_busy_for_as_long_as_it_says(api: MailApi, said: str, seconds: float | None) -> None:
    mailer, submission = postmark(api), a_submission()
    api.set_script({"send": [{"do": "refuse", "status": 429, "retry_after": said}]})

    answer = sent(mailer, submission)

    assert isinstance(answer, Busy)
    assert answer.retry_after == seconds
    assert mailer.find(submission) == Absent()


def test_a_date_in_retry_after_counts_from_the_replys_own_clock(api: MailApi) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=2), usegmt=True)
    api.set_script({"send": [{"do": "refuse", "status": 429, "retry_after": later}]})

    answer = sent(postmark(api), a_submission())

    assert isinstance(answer, Busy)
    assert answer.retry_after is not None
    assert 115 <= answer.retry_after <= 121


def test_maintenance_is_busy(api: MailApi) -> None:
    api.set_script({"send": [{"do": "refuse", "status": 422, "error_code": 100}]})

    assert isinstance(sent(postmark(api), a_submission()), Busy)


@pytest.mark.parametrize(
    ("status", "advice"),
    [(403, "support"), (404, "base_url"), (413, "lower batch"), (422, "mend what Postmark names"), (302, "base_url")],
)
def test_a_definite_refusal_says_what_to_do(api: MailApi, status: int, advice: str) -> None:
    mailer, submission = postmark(api), a_submission()
    api.set_script({"send": [{"do": "refuse", "status": status, "error_code": 300}]})

    answer = sent(mailer, submission)

    assert isinstance(answer, Refused)
    assert answer.ours, "the delivery pauses; nobody in the call counts as rejected"
    assert "ErrorCode 300" in answer.reason
    assert advice in answer.reason
    assert mailer.find(submission) == Absent()


def test_a_refusal_by_a_web_page_shows_no_web_page(api: MailApi) -> None:
    api.set_script({"send": [{"do": "html", "status": 403}]})

    answer = sent(postmark(api), a_submission())

    assert isinstance(answer, Refused)
    assert answer.ours, "the delivery pauses; nobody in the call counts as rejected"
    assert "not in Postmark's form" in answer.reason
    assert "<" not in answer.reason


def test_a_wrong_token_says_where_the_right_one_belongs_and_shows_neither(api: MailApi) -> None:
    mailer = postmark(api, token="not-the-right-one")

    answer, finding = sent(mailer, a_submission()), mailer.find(a_submission())

    assert isinstance(answer, Refused)
    assert answer.ours, "the delivery pauses; nobody in the call counts as rejected"
    assert "[mail.postmark] token" in answer.reason
    assert isinstance(finding, Unanswered)
    assert "not-the-right-one" not in answer.reason + finding.reason + repr(mailer)


@pytest.mark.parametrize(
    ("code", "fate"),
    [(406, Fate.REJECTED), (300, Fate.REJECTED), (100, Fate.LATER), (429, Fate.LATER), (405, Fate.LATER)],
)
def test_a_call_that_was_taken_is_read_letter_by_letter(api: MailApi, code: int, fate: Fate) -> None:
    """200 is not success: each letter has its own result, in the order of the call."""
    submission = a_submission(3)
    api.set_script({"codes": {"reader2@example.org": code}})

    answer = sent(postmark(api), submission)

    assert isinstance(answer, Accepted)
    assert answer.reference
    assert [(entry.subscriber, entry.fate) for entry in answer.entries] == [(2, fate)]
    assert answer.entries[0].detail.startswith(f"{code}: ")


def test_results_are_matched_to_readers_although_one_was_left_out(api: MailApi) -> None:
    recipients = (a_recipient(1, address="nobody"), a_recipient(2), a_recipient(3))
    api.set_script({"codes": {"reader3@example.org": 406}})

    answer = sent(postmark(api), replace(a_submission(), recipients=recipients))

    assert isinstance(answer, Accepted)
    assert {entry.subscriber for entry in answer.entries} == {1, 3}


def test_a_search_that_lags_finds_it_later(api: MailApi) -> None:
    mailer, submission = postmark(api), a_submission()
    api.set_script({"lag_ms": 300})
    sent(mailer, submission)

    at_once = mailer.find(submission)
    while isinstance(finding := mailer.find(submission), Absent):
        pass

    assert at_once == Absent()
    assert isinstance(finding, Located)


@pytest.mark.parametrize(
    "fault",
    [{"do": "cut"}, {"do": "hang_up"}, {"do": "html"}, {"do": "refuse"}, {"do": "refuse", "status": 500}],
    ids=lambda fault: f"{fault['do']}-{fault.get('status', '')}",
)
def test_a_search_that_fails_or_breaks_off_is_no_answer(api: MailApi, fault: dict[str, Any]) -> None:
    """Only a complete listing may say that somebody was not mailed."""
    mailer, submission = postmark(api), a_submission(4)
    sent(mailer, submission)
    api.set_script({"search_weighted": [fault]})

    finding = mailer.find(submission)

    assert isinstance(finding, Unanswered)
    assert not finding.never


def test_a_search_that_outlasts_its_time_is_no_answer(api: MailApi) -> None:
    api.set_script({"search": [{"before_ms": 600}]})

    assert isinstance(postmark(api, timeout=0.2).find(a_submission()), Unanswered)


def test_a_listing_longer_than_a_page_is_read_to_its_end(api: MailApi) -> None:
    mailer, submission = postmark(api), a_submission(300)
    for _ in range(4):
        sent(mailer, submission)

    finding = mailer.find(submission)

    assert isinstance(finding, Located)
    assert finding.missing == ()


def test_a_call_bigger_than_postmark_takes_is_refused_before_it_leaves(api: MailApi) -> None:
    mailer = postmark(api)
    compiled = replace(mailer.compile(a_submission(1)), parts=(b" " * (MOST_OCTETS + 1),))
    before = api.calls()

    answer = mailer.submit(compiled)

    assert isinstance(answer, Refused)
    assert answer.ours, "the delivery pauses; nobody in the call counts as rejected"
    assert "lower batch" in answer.reason
    assert api.calls() == before


def test_a_full_call_of_long_letters_fits(api: MailApi) -> None:
    """As many letters as the limits allow by count and octets stay within what Postmark takes."""
    mailer, letter = postmark(api), a_letter(html=a_letter().html + '<p class="a">"quoted"</p>\n' * 3000)
    readers = min(mailer.limits.count, mailer.limits.octets // (len(letter.html) * 5 // 4))

    (body,) = mailer.compile(a_submission(readers, letter=letter)).parts

    assert len(body) <= MOST_OCTETS


def test_a_key_longer_than_metadata_may_be_is_a_bug(api: MailApi) -> None:
    with pytest.raises(ValueError, match="longer than Postmark's metadata"):
        postmark(api).compile(a_submission(key="x" * 70 + "/1000000/1000/1"))
