"""Addresses, names and header lines that cannot forge another one.

Two kinds of text meet here. What people typed (a reader's name, a title) is cleaned: nobody goes without their letter
because of it. What the program itself made (header names and values, sender, tag) is only ever wrong by a bug, so a
control character there raises ``ValueError`` before anything has left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import idna

from syndicate.domain.delivery import Entry, Fate, Submission
from syndicate.domain.letter import Recipient
from syndicate.domain.subscriber import carries_control

LONGEST_NAME = 100
WRITTEN_BY_US = frozenset({"from", "to", "cc", "bcc", "reply-to", "subject", "message-id", "mime-version"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_REORDERING = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff]+")
_SPECIAL = r"[^\s<>()\[\]\\,;:\"@]"
_MAILBOX = re.compile(rf"{_SPECIAL}{{1,64}}@{_SPECIAL}{{1,253}}")
_FIELD_NAME = re.compile(r"[!-9;-~]{1,76}")


def sound(text: str) -> str:
    """``text`` with lone surrogates, which no encoding can carry, as U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def one_line(text: str) -> str:
    """Text a person typed, fit for a header: controls become spaces, runs of spaces one, and nothing turns around."""
    return " ".join(_REORDERING.sub("", _CONTROLS.sub(" ", sound(text))).split())


def display_name(name: str) -> str:
    """A reader's name as it may stand before their address; empty where nothing is left of it."""
    return one_line(name)[:LONGEST_NAME].strip()


def quoted(name: str) -> str:
    r"""A display name as a quoted-string (RFC 5322 section 3.2.4): ``Doe, "J"`` is ``"Doe, \"J\""``."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def postable(address: str) -> str | None:
    """The address as it may stand in a header, its domain as an A-label (RFC 5890); None where it cannot be written.

    Quoted local parts and address literals are not written: nobody subscribes with one, and they carry forgeries.
    """
    if carries_control(address) or not _MAILBOX.fullmatch(address) or address != sound(address):
        return None
    local, _, host = address.rpartition("@")
    if host.isascii():
        return address
    try:
        return f"{local}@{idna.encode(host, uts46=True).decode('ascii')}"
    except idna.IDNAError:
        return None


def posted(submission: Submission) -> tuple[tuple[Recipient, str], ...]:
    """The recipients a call is made for, in order, each with the address as it is written."""
    pairs = ((recipient, postable(recipient.address)) for recipient in submission.recipients)
    return tuple((recipient, address) for recipient, address in pairs if address is not None)


def unposted(submission: Submission) -> tuple[Entry, ...]:
    """The recipients a call leaves out because their address cannot be written: rejected, and nobody else with them."""
    return tuple(
        Entry(subscriber=r.subscriber, fate=Fate.REJECTED, detail="the address cannot be written in a letter")
        for r in submission.recipients
        if postable(r.address) is None
    )


def checked(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Header lines as given; raises ``ValueError`` for one that would forge, or repeat what the mailer writes."""
    lines = tuple(headers)
    for name, value in lines:
        if not _FIELD_NAME.fullmatch(name) or name.lower() in WRITTEN_BY_US or name.lower().startswith("content-"):
            msg = f"{name!r} cannot be the name of an additional header"
            raise ValueError(msg)
        plain(value, f"header {name}")
    return lines


def plain(value: str, what: str) -> str:
    """``value`` itself; raises ``ValueError`` where it carries a control character."""
    if carries_control(value):
        msg = f"{what} carries a control character: {value!r}"
        raise ValueError(msg)
    return value
