"""Letters as messages."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from syndicate.deliver.mime import message_id, messages, mime, quoted_printable
from syndicate.domain.delivery import Submission
from syndicate.testing.letters import a_letter, a_recipient, a_submission

LINK = "https://letters.example.org/unsubscribe/1-" + "t" * 90


def a_named(name: str) -> Submission:
    return Submission(key="home/1/1/1", letter=a_letter(), recipients=(a_recipient(1, name=name),))


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=SMTP)


def test_text_comes_first_and_html_last() -> None:
    """RFC 2046 section 5.1.4: the last part is the one a client prefers."""
    parts = list(read(mime(a_submission())).iter_parts())

    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]


def test_a_list_unsubscribe_longer_than_a_line_is_neither_folded_nor_encoded() -> None:
    """Encoded, one-click leaving would be dead without a word."""
    raw = mime(a_submission())

    assert f"\r\nList-Unsubscribe: <{LINK}?a=1&b=2>\r\n".encode() in raw


def test_values_are_escaped_for_html_and_left_alone_in_text() -> None:
    message = read(mime(a_submission()))
    text, html = (str(part.get_content()) for part in message.iter_parts())

    assert f'href="{LINK}?a=1&amp;b=2"' in html
    assert f"\r\n{LINK}?a=1&b=2\r\n" in text


@pytest.mark.parametrize(
    "subject",
    ["plain", "Überfahrt nach Föhr", "long " * 40, "=?utf-8?q?not_encoded?=", "emoji 😀 " * 20, "x" * 400],
)
def test_a_subject_reads_back_as_it_was(subject: str) -> None:
    raw = mime(a_submission(letter=a_letter(subject=subject)))

    assert read(raw)["Subject"] == subject.strip()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", ['Doe, "J" \\ <x>', "Jörg", "=?utf-8?q?x?=", "قارئ", "a@example.com"])
def test_a_name_stays_a_name(name: str) -> None:
    to = read(mime(a_named(name)))["To"].addresses

    assert [(one.display_name, one.addr_spec) for one in to] == [(name, "reader1@example.org")]


def test_a_message_id_is_the_same_for_every_attempt_and_batch_and_for_nobody_else() -> None:
    made, again, other = (a_submission(2, key) for key in ("home/1/1/1", "home/1/4/2", "home/2/1/1"))
    first, second = made.recipients

    assert message_id(made, first) == message_id(again, first)
    assert len({message_id(submission, reader) for submission in (made, other) for reader in (first, second)}) == 4
    assert message_id(made, first).endswith("@letters.example.org>")


def test_two_notices_to_one_reader_have_two_message_ids() -> None:
    made, again, other = (a_submission(1, f"home/notice/{rest}") for rest in ("1/1", "1/2", "2/1"))
    reader = a_recipient()

    assert message_id(made, reader) == message_id(again, reader)
    assert message_id(made, reader) != message_id(other, reader)


def test_a_sender_without_an_address_is_named() -> None:
    with pytest.raises(ValueError, match="sender 'nobody' holds no address"):
        mime(a_submission(letter=a_letter(sender="nobody")))


def test_a_letter_for_nobody_cannot_be_shown() -> None:
    nobody = replace(a_submission(), recipients=())

    assert messages(nobody) == ()
    with pytest.raises(ValueError, match="no letter to show"):
        mime(nobody)


def test_a_header_longer_than_a_line_may_be_is_refused() -> None:
    with pytest.raises(ValueError, match="998"):
        mime(a_submission(letter=a_letter(headers=(("List-Archive", "<" + "x" * 1000 + ">"),))))


def test_quoted_printable_pieces_end_at_the_start_of_a_line() -> None:
    assert quoted_printable("") == b""
    assert quoted_printable("a \nb=") == b"a=20\r\nb=3D=\r\n"
    assert quoted_printable("done\r\n") == b"done\r\n"


@pytest.mark.parametrize("end", ["x", "é", "=", " ", " \n", "\t\nb"])
def test_no_line_is_longer_than_it_may_be(end: str) -> None:
    """RFC 2045 section 6.7 (5): 76 characters with the sign that breaks the line."""
    lengths = {len(line) for n in range(60, 90) for line in quoted_printable("a" * n + end).split(b"\r\n")}

    assert max(lengths) == 76
