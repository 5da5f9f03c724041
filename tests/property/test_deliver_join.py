"""Joining pre-cut segments is the same as replacing tokens in every copy, in every form a letter goes out in."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP
from quopri import decodestring
from typing import cast

import orjson
from hypothesis import given
from hypothesis import strategies as st

from syndicate.deliver.mailers.postmark import build
from syndicate.deliver.mime import mime, quoted_printable
from syndicate.deliver.options import PostmarkOptions
from syndicate.deliver.segments import cut_at
from syndicate.domain.delivery import Submission
from syndicate.domain.letter import ADDRESS, LEAVE, TOKENS, Letter, Recipient, personal_html, personal_text

POSTMARK = build(PostmarkOptions(token="a-token", base_url="http://127.0.0.1:1"))
words = st.text(max_size=40)
parts = st.lists(words | st.sampled_from((*TOKENS, "<p>", "\r\n", " \n", "=", ".", "é", "xq-"))).map("".join)
values = words.filter(lambda value: not any(token in value or value in token for token in TOKENS) or not value)
everything = st.text(st.characters(), max_size=60)  # lone surrogates and controls, too


def a_submission(html: str, text: str, leave: str, address: str, name: str = "", subject: str = "x") -> Submission:
    letter = Letter(
        sender="Desk <desk@example.org>", reply_to="", subject=subject, html=html, text=text, headers=(), tag=""
    )
    reader = Recipient(subscriber=7, address="reader@example.org", name=name, values={LEAVE: leave, ADDRESS: address})
    return Submission(key="home/1/1/1", letter=letter, recipients=(reader,))


def unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(parts, parts, values, values)
def test_a_joined_body_equals_the_letter_with_its_tokens_replaced(html: str, text: str, leave: str, own: str) -> None:
    submission = a_submission(html, text, leave, own)
    chosen = submission.recipients[0].values

    message = orjson.loads(POSTMARK.compile(submission).parts[0])[0]

    assert message["HtmlBody"] == personal_html(html, chosen)
    assert message["TextBody"] == personal_text(text, chosen)


@given(parts, parts, values, values)
def test_a_joined_message_equals_the_letter_with_its_tokens_replaced(
    html: str, text: str, leave: str, own: str
) -> None:
    submission = a_submission(html, text, leave, own)
    chosen = submission.recipients[0].values

    raw = mime(submission)
    message = message_from_bytes(raw, policy=SMTP)
    text_part, html_part = (cast("bytes", part.get_payload(decode=True)).decode() for part in message.iter_parts())

    assert unix(html_part) == unix(personal_html(html, chosen))
    assert unix(text_part) == unix(personal_text(text, chosen))
    assert all(
        len(line) <= 76 for line in raw.partition(b"\r\n\r\n")[2].split(b"\r\n") if not line.startswith(b"Conte")
    )


@given(parts)
def test_cut_pieces_are_the_whole(part: str) -> None:
    segments = cut_at(part, TOKENS, str.encode)

    assert b"".join(segments.filled({})) == part.encode()


@given(words, words)
def test_quoted_printable_of_two_pieces_decodes_to_the_pieces_joined(one: str, two: str) -> None:
    decoded = decodestring(quoted_printable(unix(one)) + quoted_printable(unix(two))).decode()

    assert unix(decoded) == unix(one) + unix(two)


@given(everything, everything)
def test_no_name_and_no_subject_adds_a_header_or_a_recipient(name: str, subject: str) -> None:
    submission = a_submission("<p>x</p>", "x", "", "", name=name, subject=subject)

    message = message_from_bytes(mime(submission), policy=SMTP)

    assert [title for title, _ in message.items()] == [
        *("From", "Subject", "To", "Message-ID", "MIME-Version", "Content-Type"),
    ]
    assert [address.addr_spec for address in message["To"].addresses] == ["reader@example.org"]


@given(everything, everything)
def test_no_name_and_no_subject_breaks_the_call(name: str, subject: str) -> None:
    submission = a_submission("<p>x</p>", "x", "", "", name=name, subject=subject)

    (message,) = orjson.loads(POSTMARK.compile(submission).parts[0])

    assert message["To"].endswith("reader@example.org") or message["To"].endswith(" <reader@example.org>")
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in message["To"] + message["Subject"])


@given(everything, everything)
def test_equal_submissions_give_equal_bytes(html: str, name: str) -> None:
    assert POSTMARK.compile(a_submission(html, "x", "", "", name)) == POSTMARK.compile(
        a_submission(html, "x", "", "", name)
    )
