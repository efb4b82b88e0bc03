"""An even share of connections for each process that answers at one address.

A browser keeps its connection for as long as its page is open, so whoever takes a new one answers all that follows on
it. Left to chance, one of two processes has half as many again as the other before long, and those who came to it wait
while the other one idles. So each tells how many it has, and leaves a new one to whoever has fewer.
"""

from __future__ import annotations

import mmap
import time
from collections.abc import Mapping
from typing import Any, Final

from waitress.server import BaseWSGIServer

__all__ = ["Shares", "share_evenly"]

_ALIVE: Final = 3.0
"""Seconds; a process looks at its connections at least every second, and one that has not for so long takes none."""


class Shares:
    """Connections of each process, in memory that all of them see: make it before they are started by fork.

    Parameters
    ----------
    places : number of processes
    """

    def __init__(self, places: int) -> None:
        self._cells = memoryview(mmap.mmap(-1, places * 16)).cast("d")  # of each its connections, and when it said so

    def tell(self, place: int, connections: int, at: float | None = None) -> None:
        """Say how many connections a process has, at this moment or at another of the monotonic clock."""
        self._cells[2 * place] = connections
        self._cells[2 * place + 1] = time.monotonic() if at is None else at

    def may_take(self, place: int) -> bool:
        """Whether a process has no more connections than any other that is alive."""
        own, since = self._cells[2 * place], time.monotonic() - _ALIVE
        others = range(0, len(self._cells), 2)
        return all(self._cells[other] >= own or self._cells[other + 1] < since for other in others)


def share_evenly(channels: Mapping[int, Any], shares: Shares, place: int) -> None:
    """Let the listening sockets of a process take a new connection only when it is this process's turn.

    Parameters
    ----------
    channels : what the server of waitress looks after (its ``map``)
    place : of this process among ``shares``
    """
    listening = [each for each in channels.values() if isinstance(each, BaseWSGIServer)]

    def gate(server: BaseWSGIServer) -> None:
        readable = server.readable

        def turn() -> bool:
            shares.tell(place, sum(len(each.active_channels) for each in listening))
            return bool(readable()) and shares.may_take(place)

        server.readable = turn

    for each in listening:
        gate(each)
