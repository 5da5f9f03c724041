"""What a request may die of, and the one line that tells a person what to do about it.

Called by ``net.fetch``, which lets none of these escape.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable

import httpcore2
import httpx2 as httpx

from syndicate.domain.collecting import Cause
from syndicate.net.address import shown
from syndicate.net.answer import Failed
from syndicate.net.guard import PrivateAddress, Unreachable
from syndicate.net.unpack import TooMuch, Unpackable

_MEBI = 1024 * 1024

BROKEN = (
    TooMuch,
    Unpackable,
    Unreachable,
    TimeoutError,
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    httpx.InvalidURL,
    OSError,  # TLS errors among them
)
"""All that a request may die of."""


def failure(url: str, error: BaseException, octets: int, seconds: float) -> Failed:
    """Why ``url`` gave no answer, with the bounds of the request where those were broken."""
    tls = _within(error, ssl.SSLError)
    said, cause, passing = _IN_WORDS[_kind(error, tls)](tls or error, octets, seconds)
    return Failed(problem=f"{shown(url)}: {said}", passing=passing, cause=cause)


_Words = tuple[str, Cause, bool]
_Kind = type[BaseException]


def _kind(error: BaseException, tls: BaseException | None) -> _Kind:
    if tls:
        return ssl.SSLError
    return next((kind for kind in _IN_WORDS if isinstance(error, kind)), OSError)


def _too_much(_: BaseException, octets: int, __: float) -> _Words:
    said = f"larger than {octets / _MEBI:.3g} MiB, which is more than is read; ask the outlet for a shorter one"
    return said, Cause.REFUSED, False


def _unpackable(error: BaseException, _: int, __: float) -> _Words:
    return f"{error}; it is tried again later", Cause.UNREADABLE, True


def _private(error: BaseException, _: int, __: float) -> _Words:
    return str(error), Cause.REFUSED, False


def _unreachable(error: BaseException, _: int, __: float) -> _Words:
    return str(error), Cause.UNREACHABLE, True


def _unsafe(tls: BaseException, _: int, __: float) -> _Words:
    reason = getattr(tls, "verify_message", "") or getattr(tls, "reason", "") or str(tls)
    return f"no safe connection ({reason}); ask the outlet to mend its certificate", Cause.REFUSED, True


def _nobody(_: BaseException, __: int, ___: float) -> _Words:
    said = "nobody answers there; check host and port, or wait until the server is back"
    return said, Cause.UNREACHABLE, True


def _too_slow(_: BaseException, __: int, seconds: float) -> _Words:
    return f"no complete answer within {seconds:g} s; it is tried again later", Cause.UNREADABLE, True


def _no_address(_: BaseException, __: int, ___: float) -> _Words:
    return "not a public address, nor a name that can be asked for; check how the host is written", Cause.REFUSED, False


def _broken(error: BaseException, _: int, __: float) -> _Words:
    said = f"the answer breaks off or is no HTTP ({type(error).__name__}); it is tried again later"
    return said, Cause.UNREADABLE, True


_IN_WORDS: dict[_Kind, Callable[[BaseException, int, float], _Words]] = {
    TooMuch: _too_much,
    Unpackable: _unpackable,
    PrivateAddress: _private,
    Unreachable: _unreachable,
    ssl.SSLError: _unsafe,
    httpcore2.ConnectError: _nobody,
    httpcore2.ConnectTimeout: _nobody,
    TimeoutError: _too_slow,
    httpcore2.TimeoutException: _too_slow,
    httpx.InvalidURL: _no_address,
    OSError: _broken,
}
"""The first kind that fits speaks; the last one speaks for all others."""


def _within(error: BaseException | None, kind: type[BaseException]) -> BaseException | None:
    """The first of ``kind`` among an error and its causes."""
    while error is not None:
        if isinstance(error, kind):
            return error
        error = error.__cause__ or error.__context__
    return None
