"""Values between us and a worker that we started: length first, then a pickle of our own frozen values.

The worker has read hostile octets, so what it sends is unpickled with an allow-list of classes.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import IO, Any

_LENGTH = struct.Struct(">Q")
_LONGEST = 256 * 1024 * 1024
_OURS = ("syndicate.domain.", "syndicate.collect.entries")
_PLAIN = frozenset(
    {
        ("datetime", "datetime"),
        ("datetime", "date"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("copyreg", "_reconstructor"),
        ("builtins", "object"),
        ("builtins", "frozenset"),
    }
)


class BrokenFrame(Exception):
    """The other end is gone, or says something it must not say."""


class _Reader(pickle.Unpickler):
    """Knows our own classes and a few plain ones."""

    def find_class(self, module: str, name: str) -> Any:
        if "." not in name and (module.startswith(_OURS) or (module, name) in _PLAIN):
            found = super().find_class(module, name)
            if isinstance(found, type) or (module, name) in _PLAIN:
                return found
        msg = f"{module}.{name} is not a value of ours"
        raise pickle.UnpicklingError(msg)


def send(stream: IO[bytes], value: object) -> None:
    """Write one value."""
    octets = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(octets)))
    stream.write(octets)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one value; raises ``BrokenFrame`` at the end of the stream or where it holds anything else."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise BrokenFrame
    (length,) = _LENGTH.unpack(head)
    octets = stream.read(length) if length <= _LONGEST else b""
    if len(octets) < length or length > _LONGEST:
        raise BrokenFrame
    try:
        return _Reader(io.BytesIO(octets)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ValueError, TypeError, ImportError, IndexError) as error:
        raise BrokenFrame from error
