"""Signed links: confirm, leave. A token names a purpose and a subject and cannot be made without the secret.

The form is ``SUBJECT.SIGNATURE``, both base64url (RFC 4648 section 5) without padding; the signature is HMAC-SHA256
over purpose and subject. Tokens of one-click links do not expire (RFC 8058 section 4 wants them to work later).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

_BYTES = 18
_LONGEST = 512


def sign(secret: str, purpose: str, *subject: str) -> str:
    """A token for ``purpose`` about ``subject``; equal arguments give equal tokens."""
    body = "\x1f".join(subject).encode()
    return f"{_text(body)}.{_text(_signature(secret, purpose, body))}"


def read(secret: str, purpose: str, token: str) -> tuple[str, ...] | None:
    """The subject of a genuine token for ``purpose``, else None. Compares in constant time; never raises."""
    head, dot, tail = token.partition(".")
    if not dot or len(token) > _LONGEST or not token.isascii():
        return None
    try:
        body, given = _bytes(head), _bytes(tail)
    except (binascii.Error, ValueError):
        return None
    # Unused bits at the end of base64 would give one subject several tokens (RFC 4648 section 3.5).
    if token != f"{_text(body)}.{_text(given)}" or not hmac.compare_digest(given, _signature(secret, purpose, body)):
        return None
    return tuple(body.decode("utf-8", "replace").split("\x1f"))


def keyed_hash(secret: str, value: str) -> str:
    """A hash of personal data that only this installation can compute: what outlives an erased subscriber."""
    return hmac.new(secret.encode(), b"suppress\x1f" + value.encode(), hashlib.sha256).hexdigest()


def _signature(secret: str, purpose: str, body: bytes) -> bytes:
    return hmac.new(secret.encode(), purpose.encode() + b"\x1e" + body, hashlib.sha256).digest()[:_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
