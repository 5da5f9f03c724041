"""E-mail addresses as people type them: what we accept, and how two of them are compared.

The domain becomes an A-label (RFC 5890) and everything lower case. RFC 5321 section 2.4 lets a server tell ``Reader@``
from ``reader@``; none of note does, and it discourages doing so. Taking them for two people would write to one person
twice and let a stranger send six letters where three are allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from syndicate.domain import tokens
from syndicate.domain.subscriber import Subscriber, carries_control
from syndicate.flows.house import House

_LONGEST_ADDRESS = 254
_LONGEST_NAME = 120
_MARKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadAddress:
    """An address that cannot be mailed; ``reason`` is one sentence for the person who typed it."""

    reason: str


def normalised(raw: str) -> Subscriber | BadAddress:
    """The subscriber (``id`` 0) that ``raw`` names, or why it names none. Asks no server anything.

    An address that goes on after a line break is refused: it could forge a header. Letters beyond ASCII before the
    @ are refused, because a server on the way may not speak SMTPUTF8 (RFC 6531) and the letter would be lost.
    """
    typed = raw.strip(" \u00a0")
    if not typed:
        return BadAddress(reason="An e-mail address is needed.")
    if carries_control(typed):
        return BadAddress(
            reason="The address contains a line break or another control character; write it on one line."
        )
    if len(typed) > _LONGEST_ADDRESS:
        return BadAddress(
            reason=f"The address is longer than {_LONGEST_ADDRESS} characters, which no mail server takes."
        )
    local = typed.rpartition("@")[0]
    if "@" in typed and not local.isascii():
        return BadAddress(
            reason="The part before the @ has letters that not every mail server can carry; take one without them."
        )
    try:
        # `.test` (RFC 6761) is let through: it reaches nobody, and rehearsals need addresses that reach nobody.
        seen = validate_email(typed, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as error:
        return BadAddress(reason=f"This is not an e-mail address that can be written to. {_one_line(str(error))}")
    domain = seen.ascii_domain.lower()
    return Subscriber(id=0, address=f"{seen.local_part.lower()}@{domain}", domain=domain)


def address_suppressed(house: House, address: str) -> bool:
    """Whether this normalised address must never be mailed again."""
    return house.store.subscribers.suppressed(tokens.keyed_hash(house.secret, address))


def plain_name(raw: str) -> str:
    """A name fit for a header and a page: one line, no control or direction marks, at most 120 characters."""
    return _MARKS.sub(" ", raw[: 4 * _LONGEST_NAME]).strip()[:_LONGEST_NAME]


def _one_line(text: str) -> str:
    return _MARKS.sub(" ", text)[:200]
