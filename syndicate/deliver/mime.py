"""A letter as an RFC 5322 message: multipart/alternative, text first, in quoted-printable.

Written by hand because ``email.message`` builds 100 such messages a second and encodes a List-Unsubscribe longer
than 78 characters (RFC 2047), which kills one-click leaving without a word. Pure: equal submissions give equal bytes.
The outbox keeps what this makes, and previews show it.
"""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Iterable
from email.header import Header
from email.utils import parseaddr

from syndicate.deliver.headers import checked, display_name, one_line, plain, posted, quoted
from syndicate.deliver.segments import CutLetter, cut_letter
from syndicate.domain.delivery import Submission
from syndicate.domain.letter import Letter, Recipient

_LONGEST_LINE = 998
_FOLD_AT = 76
_BREAK = b"\r\n"


def mime(submission: Submission) -> bytes:
    """The first letter of a submission as one message: what a preview shows.

    Raises ``ValueError`` where there is no recipient whose address can be written.
    """
    letters = messages(submission)
    if not letters:
        msg = "a submission without a recipient that can be written to has no letter to show"
        raise ValueError(msg)
    return letters[0]


def messages(submission: Submission) -> tuple[bytes, ...]:
    """One message for each recipient that can be written to (``headers.posted``), in order."""
    cut = cut_letter(submission, quoted_printable)
    head = _common_head(submission.letter)
    boundary = "=_" + _digest(submission.key)
    return tuple(
        _message(submission, cut, head, boundary, recipient, address) for recipient, address in posted(submission)
    )


def message_id(submission: Submission, recipient: Recipient) -> str:
    """Stable for a reader and a delivery over all attempts, not to be guessed, at the sender's domain.

    The install id in the key is not public; number and generation stay out, so that a receiver recognises a repeat.
    """
    origin = "/".join(submission.key.split("/")[:-1]) if "/notice/" in submission.key else _delivery(submission.key)
    host = parseaddr(submission.letter.sender)[1].rpartition("@")[2] or "localhost"
    return f"<{_digest(f'{origin}#{recipient.subscriber}')}@{host}>"


def quoted_printable(text: str) -> bytes:
    """Text in quoted-printable (RFC 2045 section 6.7), CRLF line ends, ending at the start of a line.

    A soft break closes an unfinished line, so the encodings of two pieces joined decode to the pieces joined.
    """
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    encoded = binascii.b2a_qp(unix.encode("utf-8", "replace"), istext=True, quotetabs=False)
    lines = encoded.split(b"\n")
    if lines[-1]:
        lines[-1] += b"="
        lines.append(b"")
    return _BREAK.join(line if len(line) <= _FOLD_AT else _broken(line) for line in lines)


def _broken(line: bytes) -> bytes:
    """A line that a soft break or an encoded last blank made too long, broken before its last character."""
    body, mark = (line[:-1], b"=") if line.endswith(b"=") else (line, b"")
    last = -3 if body[-3:-2] == b"=" else -1
    return body[:last] + b"=" + _BREAK + body[last:] + mark


def _message(
    submission: Submission, cut: CutLetter, head: list[bytes], boundary: str, recipient: Recipient, address: str
) -> bytes:
    in_html, in_text = cut.for_reader(recipient.values)
    own = [
        _line("To", _mailbox(display_name(recipient.name), address)),
        _line("Message-ID", message_id(submission, recipient)),
        *_additional(recipient.headers),
        _line("MIME-Version", "1.0"),
        _line("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
        _BREAK,
    ]
    mark = f"--{boundary}".encode()
    parts = [
        *(mark, _BREAK, _part_head("plain"), *in_text, _BREAK),
        *(mark, _BREAK, _part_head("html"), *in_html, _BREAK),
        *(mark, b"--", _BREAK),
    ]
    return b"".join([*head, *own, *parts])


def _common_head(letter: Letter) -> list[bytes]:
    lines = [_line("From", _as_mailbox(letter.sender, "the sender"))]
    if letter.reply_to:
        lines.append(_line("Reply-To", _as_mailbox(letter.reply_to, "reply_to")))
    lines.append(_line("Subject", _words(one_line(letter.subject), len("Subject: "))))
    return [*lines, *_additional(letter.headers)]


def _additional(headers: Iterable[tuple[str, str]]) -> list[bytes]:
    """Header lines as given: never folded, and encoded only where they are not ASCII."""
    return [_line(name, value if value.isascii() else _words(value, len(name) + 2)) for name, value in checked(headers)]


def _as_mailbox(written: str, what: str) -> str:
    name, address = parseaddr(plain(written, what))
    if "@" not in address:
        msg = f"{what} {written!r} holds no address"
        raise ValueError(msg)
    return _mailbox(name, address)


def _mailbox(name: str, address: str) -> str:
    if not name:
        return address
    safe = name.isascii() and "=?" not in name
    return f"{quoted(name) if safe else _words(name, len('Reply-To: '))} <{address}>"


def _words(text: str, taken: int) -> str:
    """Free text in a header: as it is where that is safe and short, else as encoded words (RFC 2047)."""
    if text.isascii() and "=?" not in text and taken + len(text) <= _FOLD_AT:
        return text
    return Header(text, "utf-8", maxlinelen=_FOLD_AT - taken % _FOLD_AT).encode(linesep="\r\n", splitchars="")


def _line(name: str, value: str) -> bytes:
    line = f"{name}: {value}".encode()
    if max(map(len, line.split(_BREAK))) > _LONGEST_LINE:
        msg = f"header {name} is longer than a line may be (RFC 5322 section 2.1.1: {_LONGEST_LINE})"
        raise ValueError(msg)
    return line + _BREAK


def _part_head(kind: str) -> bytes:
    return f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".encode()


def _delivery(key: str) -> str:
    return "/".join(key.split("/")[:2])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
