"""One suite over every mailer: whatever keeps these is a mailer.

A new mailer joins by one line of the ``way`` fixture: how it is built, and how its letters are read from outside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

import orjson
import pytest

from syndicate.deliver.mailers import MAILERS, load
from syndicate.deliver.options import OutboxOptions, PostmarkOptions
from syndicate.domain.delivery import Absent, Accepted, Answer, Fate, Located, Submission
from syndicate.domain.errors import NotFound
from syndicate.domain.letter import ADDRESS, Letter, Recipient
from syndicate.flows.house import Mailer
from syndicate.testing.letters import INSTALL, a_key, a_letter, a_recipient, a_submission
from syndicate.testing.mail_api import MailApi

HOSTILE_NAMES = [
    "<b>%recipient.x%{{y}}</b>",
    "Reader\r\nBcc: everybody@example.com",
    'a" <everybody@example.com>, "b',
    "Doe, Jane; (comment) \\",
    "😀👩‍👩‍👧 emoji",
    "\u202egnitide\u202c قارئ",
    "=?utf-8?q?=0ABcc:x?=",
    "{{{ pm:unsubscribe }}} ${name} *|NAME|*",
    "\x00\x85\u2028",
    "x" * 5000,
]


@dataclass(frozen=True)
class Seen:
    """One letter as it arrived."""

    address: str
    subscriber: int


@dataclass(frozen=True)
class Way:
    """A mailer, and how to read from outside what it has sent under a key."""

    mailer: Mailer
    arrived: Callable[[str], list[Seen]]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailApi]:
    with MailApi(tmp_path_factory.mktemp("mail-api")) as running:
        yield running


@pytest.fixture(params=sorted(MAILERS))
def way(request: pytest.FixtureRequest, tmp_path: Path, api: MailApi) -> Way:
    """Each mailer of the table; one that stands there and not here fails every test."""
    ways: dict[str, Callable[[], Way]] = {
        "outbox": lambda: an_outbox(tmp_path / "out box"),
        "postmark": lambda: a_postmark(api),
    }
    return ways[request.param]()


def an_outbox(folder: Path) -> Way:
    def arrived(key: str) -> list[Seen]:
        install, delivery, *_ = key.split("/")
        return [_seen(file) for file in sorted((folder / f"{install}-{delivery}").glob("*.eml"))]

    return Way(mailer=load("outbox", OutboxOptions(path=folder)), arrived=arrived)


def _seen(file: Path) -> Seen:
    (to,) = message_from_bytes(file.read_bytes(), policy=SMTP)["To"].addresses
    return Seen(to.addr_spec, int(file.stem.rpartition("-")[2]))


def a_postmark(api: MailApi) -> Way:
    options = PostmarkOptions(token=api.token, base_url=api.url, settle=timedelta(0))

    def arrived(key: str) -> list[Seen]:
        return [Seen(message.to, int(message.entry)) for message in api.inbox() if message.key == key]

    return Way(mailer=load("postmark", options), arrived=arrived)


def sent(mailer: Mailer, submission: Submission) -> Answer:
    return mailer.submit(mailer.compile(submission))


def test_a_mailer_goes_by_the_name_it_is_configured_with(way: Way) -> None:
    assert way.mailer.name in MAILERS


def test_a_mailer_says_what_one_call_may_hold(way: Way) -> None:
    limits = way.mailer.limits

    assert limits.count >= 1
    assert limits.octets >= 1_000_000
    assert min(limits.timeout, limits.settle) >= timedelta(0)


def test_compiling_twice_gives_the_same_bytes(way: Way) -> None:
    submission = a_submission()

    assert way.mailer.compile(submission) == way.mailer.compile(submission)


def test_compiling_sends_nothing(way: Way) -> None:
    submission = a_submission()

    way.mailer.compile(submission)

    assert way.arrived(submission.key) == []


def test_the_body_hash_is_that_of_the_parts(way: Way) -> None:
    """The ledger keeps it to prove what went out."""
    compiled = way.mailer.compile(a_submission())

    assert compiled.body_hash == hashlib.sha256(b"".join(compiled.parts)).hexdigest()


def test_what_was_never_sent_is_absent(way: Way) -> None:
    assert way.mailer.find(a_submission()) == Absent()


def test_what_was_accepted_arrived_once_for_each_and_is_found_whole(way: Way) -> None:
    submission = a_submission(7)

    answer = sent(way.mailer, submission)
    finding = way.mailer.find(submission)

    assert isinstance(answer, Accepted)
    assert answer.entries == ()
    assert sorted(way.arrived(submission.key), key=lambda seen: seen.subscriber) == [
        Seen(f"reader{number}@example.org", number) for number in range(1, 8)
    ]
    assert isinstance(finding, Located)
    assert (finding.missing, finding.entries) == ((), ())


def test_a_reader_who_was_not_in_the_call_is_missing_from_it(way: Way) -> None:
    submission = a_submission(3)
    sent(way.mailer, replace(submission, recipients=submission.recipients[:2]))

    finding = way.mailer.find(submission)

    assert isinstance(finding, Located)
    assert finding.missing == (3,)


def test_a_call_is_found_by_key_and_ids_when_letter_and_addresses_are_gone(way: Way) -> None:
    """Somebody may have been erased since; the question must still have an answer."""
    submission = a_submission(2)
    sent(way.mailer, submission)
    forgotten = tuple(Recipient(subscriber=r.subscriber, address="", name="", values={}) for r in submission.recipients)
    nothing = Letter(sender="", reply_to="", subject="", html="", text="", headers=(), tag="")

    finding = way.mailer.find(Submission(key=submission.key, letter=nothing, recipients=forgotten))

    assert isinstance(finding, Located)
    assert finding.missing == ()


def test_another_delivery_is_not_mistaken_for_this_one(way: Way) -> None:
    sent(way.mailer, a_submission())

    assert way.mailer.find(a_submission()) == Absent()


def test_a_notice_is_sent_and_found_under_its_own_key(way: Way) -> None:
    number = int(a_key().split("/")[1])
    notice = a_submission(1, key=f"{INSTALL}/notice/{number}/1")
    another = a_submission(1, key=f"{INSTALL}/notice/{number + 100_000}/1")

    answer = sent(way.mailer, notice)

    assert isinstance(answer, Accepted)
    assert isinstance(way.mailer.find(notice), Located)
    assert way.mailer.find(another) == Absent()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_harmless(way: Way, name: str) -> None:
    submission = replace(a_submission(), recipients=(a_recipient(1, name=name),))

    answer = sent(way.mailer, submission)

    assert isinstance(answer, Accepted)
    assert answer.entries == ()
    assert way.arrived(submission.key) == [Seen("reader1@example.org", 1)]


def test_an_address_that_cannot_be_written_is_rejected_and_nobody_else(way: Way) -> None:
    forged = a_recipient(2, address="reader2@example.org\r\nBcc: everybody@example.com")
    submission = replace(a_submission(), recipients=(a_recipient(1), forged, a_recipient(3)))

    answer = sent(way.mailer, submission)

    assert isinstance(answer, Accepted)
    assert [(entry.subscriber, entry.fate) for entry in answer.entries] == [(2, Fate.REJECTED)]
    assert [seen.subscriber for seen in way.arrived(submission.key)] == [1, 3]


def test_a_call_for_nobody_who_can_be_written_to_is_not_made(way: Way) -> None:
    submission = replace(a_submission(), recipients=(a_recipient(1, address="nobody"),))

    answer = sent(way.mailer, submission)

    assert isinstance(answer, Accepted)
    assert [entry.fate for entry in answer.entries] == [Fate.REJECTED]
    assert way.arrived(submission.key) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "desk@example.org\r\nBcc: everybody@example.com"},
        {"reply_to": "desk@example.org\nBcc: everybody@example.com"},
        {"headers": (("List-Id", "x\r\nBcc: everybody@example.com"),)},
        {"headers": (("Bcc", "everybody@example.com"),)},
    ],
)
def test_a_header_that_would_forge_never_leaves(way: Way, changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"control character|additional header"):
        way.mailer.compile(a_submission(letter=a_letter(**changes)))


def test_a_subject_with_a_line_break_stays_one_line(way: Way) -> None:
    submission = a_submission(1, letter=a_letter(subject="One\r\nBcc: everybody@example.com"))

    assert isinstance(sent(way.mailer, submission), Accepted)
    assert way.arrived(submission.key) == [Seen("reader1@example.org", 1)]


def test_a_letter_with_a_dead_link_to_leave_by_never_leaves(way: Way) -> None:
    submission = replace(a_submission(), recipients=(a_recipient(1), a_recipient(2, values={ADDRESS: "x"})))

    with pytest.raises(ValueError, match="subscriber 2 has no value"):
        way.mailer.compile(submission)


def test_an_unknown_mailer_is_named_beside_those_there_are() -> None:
    with pytest.raises(NotFound, match=r"no mailer is called 'pigeon'; known: outbox, postmark"):
        load("pigeon", None)


def test_every_mailer_says_the_same_to_a_reader(tmp_path: Path, api: MailApi) -> None:
    """Changing the provider changes who carries the letter, not the letter."""
    submission = a_submission(1)
    (raw,) = an_outbox(tmp_path).mailer.compile(submission).parts
    (message,) = orjson.loads(a_postmark(api).mailer.compile(submission).parts[0])

    text, html = (
        part.get_content().replace("\r\n", "\n") for part in message_from_bytes(raw, policy=SMTP).iter_parts()
    )

    assert (text, html) == (message["TextBody"], message["HtmlBody"])
