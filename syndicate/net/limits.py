"""The bounds and manners of a fetcher, as ``collect`` hands them over."""

from __future__ import annotations

from dataclasses import dataclass

_MEBI = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """``timeout`` bounds one request in seconds, ``octets`` its decompressed body; ``patience``: see ``HostTurns``.

    ``spacing`` are the seconds between the starts of two requests to one site, ``connections`` how many may be in
    flight. A pause that a robots.txt asks for is waited out where it is at most ``pause`` seconds.
    """

    user_agent: str
    private_addresses: bool = False
    timeout: float = 20.0
    octets: int = 10 * _MEBI
    connections: int = 32
    patience: float = 5.0
    spacing: float = 1.0
    pause: float = 60.0
