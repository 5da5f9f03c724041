"""A network that ends at loopback: what names lead to is said by the table, and no connection leaves the machine.

Resolver and connect of the standard library are taken over, in the measuring process alone; nothing of ours is. A
connection to the one public address goes to the loopback host that has its port; any other is written down, and made
only where it leads to a host of the table.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from typing import Any

PUBLIC = "93.184.216.34"
"""An address that anybody may ask. Nothing is ever sent there."""
_Names = Mapping[str, Sequence[str]]

_resolve, _connect = socket.getaddrinfo, socket.socket.connect


class Net:
    """Whoever resolves or connects in this process from now on meets this."""

    def __init__(self, hosts: Mapping[int, str]) -> None:
        """``hosts`` are the loopback hosts by port."""
        self._hosts = hosts
        self._names: dict[str, list[str]] = {}
        self.connected: list[str] = []
        socket.getaddrinfo = self._getaddrinfo
        socket.socket.connect = self._connecting(self)  # type: ignore[method-assign]

    def begin(self, names: _Names) -> None:
        """Forget what was connected to; ``names`` lead to these addresses, one answer after the other."""
        self._names = {name: list(answers) for name, answers in names.items()}
        self.connected = []

    def _getaddrinfo(self, host: Any, port: Any, *more: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        answers = self._names.get(name)
        if answers:
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            return [entry for one in answer.split() for entry in _resolve(one, port, *more, **named)]
        if name == "localhost":
            return _resolve(name, port, *more, **named)
        return _resolve(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    @staticmethod
    def _connecting(net: Net) -> Any:
        def connect(self: socket.socket, address: Any) -> None:
            if self.family not in (socket.AF_INET, socket.AF_INET6):
                return _connect(self, address)
            where, port = address[0], address[1]
            net.connected.append(where)
            there = net._hosts.get(port, "")
            if where == PUBLIC and there:
                return _connect(self, (there, port))
            if where == there:
                return _connect(self, address)
            raise ConnectionRefusedError

        return connect
