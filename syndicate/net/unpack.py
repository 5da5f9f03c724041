"""Bodies unpacked in small steps, so that a bomb bursts at the limit and never fills the memory.

Called by ``net.fetch`` alone. We ask for gzip and deflate; a server that sends another coding is refused in words.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_STEP = 256 * 1024
_MOST_CODINGS = 3
_MOST_MEMBERS = 4096
"""Far more than any server writes; each costs time of its own, even with nothing in it."""
_GZIP = zlib.MAX_WBITS | 16
_ZLIB = zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS
_MEMBER = b"\x1f\x8b"
_ZLIB_METHOD = 0x08


class TooMuch(Exception):
    """The unpacked body is longer than allowed."""


class Unpackable(Exception):
    """The body is packed in a way that we did not ask for, or is not what its header calls it."""


class Unpacker:
    """One body, fed as it comes. At most ``octets`` come out."""

    def __init__(self, coding: str, octets: int) -> None:
        names = [name for part in coding.lower().split(",") if (name := part.strip()) not in {"", "identity"}]
        strange = [name for name in names if name not in {"gzip", "x-gzip", "deflate"}]
        if strange or len(names) > _MOST_CODINGS:
            told = strange[0][:40] if strange else f"{len(names)} codings"
            msg = f"packed with {told}, though only gzip and deflate were asked for"
            raise Unpackable(msg)
        self._stages = [_Inflating(gzip=name != "deflate") for name in reversed(names)]
        self._parts: list[bytes] = []
        self._left = octets

    def feed(self, part: bytes) -> None:
        """Take the next octets; raises ``TooMuch`` or ``Unpackable``."""
        for unpacked in self._through(part, 0):
            self._parts.append(unpacked[: self._left])
            self._left -= len(unpacked)
            if self._left < 0:
                raise TooMuch

    def _through(self, part: bytes, stage: int) -> Iterator[bytes]:
        if stage == len(self._stages):
            yield part
            return
        for unpacked in self._stages[stage].feed(part):
            yield from self._through(unpacked, stage + 1)

    @property
    def complete(self) -> bool:
        """Whether every packed stream came to its end, as far as it began."""
        return all(stage.complete for stage in self._stages)

    @property
    def body(self) -> bytes:
        """All that came out so far."""
        return b"".join(self._parts)


class _Inflating:
    """gzip of any number of members, or deflate in a zlib frame or, as some servers have it, without one."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._open: zlib._Decompress | None = None
        self._members = 0

    @property
    def complete(self) -> bool:
        return self._open is None

    def feed(self, part: bytes) -> Iterator[bytes]:
        more = False
        while part or more:
            if self._open is None:
                if self._members and not (self._gzip and part.startswith(_MEMBER)):
                    return  # padding after the end
                if self._members == _MOST_MEMBERS:
                    msg = f"packed in more than {_MOST_MEMBERS:,} parts"
                    raise Unpackable(msg)
                self._members += 1
                self._open = zlib.decompressobj(_GZIP if self._gzip else _frame(part))
            try:
                unpacked = self._open.decompress(part, _STEP)
            except zlib.error as error:
                msg = "not packed the way its header says"
                raise Unpackable(msg) from error
            part, more = self._open.unconsumed_tail, len(unpacked) == _STEP
            if self._open.eof:
                part, more, self._open = self._open.unused_data, False, None
            if unpacked:
                yield unpacked


def _frame(start: bytes) -> int:
    """Which kind of deflate begins so (RFC 1950 section 2.2)."""
    return _ZLIB if start[0] & 0x0F == _ZLIB_METHOD else _RAW
