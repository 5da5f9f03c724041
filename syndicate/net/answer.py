"""What comes of asking a web server, and which validators belong to what it said.

Made by ``net.fetch``, read by ``collect``. A representation is named by its address, the negotiation that led to it and
its coding: validators are sent back for that one and no other (RFC 9110 section 8.8.3.3, RFC 9111 section 4.1).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from syndicate.domain.collecting import Cause

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_TOKEN = re.compile(r"[\w*!#$%&'+.^`|~-]{1,40}")
_MOST_VARYING = 12
_OURS = frozenset({"accept", "accept-encoding"})
_NOT_NEGOTIATED = frozenset({"if-none-match", "if-modified-since", "host"})
_NOT_MODIFIED = 304
_LONGEST_VALIDATOR = 1024
_SENDABLE = re.compile(r"[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """``etag`` and ``last_modified`` as a server sent them, opaque, and the representation they belong to.

    Without ``representation`` they belong to whatever stands at the address that is asked, before any redirect.
    """

    etag: str = ""
    last_modified: str = ""
    representation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said.

    ``url`` is where the last redirect led, ``moved`` how far redirects that are permanent (301, 308) led from the
    asked address before any other kind, or empty. Header names are lower case. ``cut`` says that the body ended before
    its time, ``conditional`` that validators were sent.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    representation: str = ""
    moved: str = ""
    cut: bool = False
    conditional: bool = False

    @property
    def charset(self) -> str:
        """What the header says of the body's encoding, or empty."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else ""

    @property
    def validators(self) -> Validators:
        """What to send back the next time; none for a body that was cut, and none that could not be sent."""
        if self.cut:
            return Validators()
        return Validators(
            etag=_sendable(self.headers.get("etag", "")),
            last_modified=_sendable(self.headers.get("last-modified", "")),
            representation=self.representation,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """No usable answer. ``passing`` says that trying again later is worth it, ``cause`` what kind of failure it is.

    Where a server asked us to wait, ``wait`` is for how many seconds and ``where`` the address that said so.
    ``endless`` are redirects that lead nowhere.
    """

    problem: str
    passing: bool
    cause: Cause = Cause.UNREADABLE
    wait: float | None = None
    where: str = ""
    endless: bool = False


def validators_after(answer: Answer, sent: Validators) -> Validators:
    """What to send back the next time: a 304 need not repeat its validators (RFC 9110 section 15.4.5)."""
    new = answer.validators
    if answer.status != _NOT_MODIFIED:
        return new
    return Validators(
        etag=new.etag or sent.etag,
        last_modified=new.last_modified or sent.last_modified,
        representation=sent.representation or new.representation,
    )


Permission = Callable[[str], Awaitable[Failed | float]]
"""Asked before each hop: the seconds between two such requests that the site asks for, or why there may be none."""


def representation_of(url: str, sent: Mapping[str, str], answered: Mapping[str, str]) -> str:
    """A name for what was sent back: ``VARYING;DIGEST;CODING URL``. Header names are lower case on both sides."""
    told = (name.strip().lower() for name in answered.get("vary", "").split(","))
    varying = sorted({name for name in told if _TOKEN.fullmatch(name)} - _OURS - _NOT_NEGOTIATED)[:_MOST_VARYING]
    coding = answered.get("content-encoding", "").strip().lower()
    named = coding if _TOKEN.fullmatch(coding) else "identity"
    return f"{','.join(varying)};{_digest(sent, varying)};{named} {url}"


def belongs_to(representation: str, url: str, sent: Mapping[str, str]) -> bool:
    """Whether asking ``url`` with the headers ``sent`` negotiates the representation of that name."""
    head, _, address = representation.partition(" ")
    varying, _, rest = head.partition(";")
    return address == url and rest.partition(";")[0] == _digest(sent, [name for name in varying.split(",") if name])


def _digest(sent: Mapping[str, str], varying: list[str]) -> str:
    lines = "\n".join(f"{name}:{sent.get(name, '')}" for name in (*sorted(_OURS), *varying))
    return blake2b(lines.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _sendable(validator: str) -> str:
    """A validator that may stand in a header; what a server sent and no client may send back is dropped."""
    return validator if len(validator) <= _LONGEST_VALIDATOR and _SENDABLE.fullmatch(validator) else ""
