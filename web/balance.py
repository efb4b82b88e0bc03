"""An even share of connections for each process that answers at one address.

A browser keeps its connection while it asks for one thing after another, so whoever takes a new one answers all that
follows on it. Left to chance, one of two processes soon has half as many again as the other, and those who came to it
wait while the other one idles. So each tells how many it has, and leaves a new one for a moment to whoever has fewer.
"""

from __future__ import annotations

import mmap
import time
from collections.abc import Mapping
from typing import Any, Final

from waitress.server import BaseWSGIServer

__all__ = ["PATIENCE", "Shares", "share_evenly"]

PATIENCE: Final = 0.03
"""Seconds for which a connection is left to the others; a process that hangs or is gone keeps nobody waiting longer."""
_GLANCE: Final = 0.002  # seconds between two looks whether another process has taken it
_ANOTHER: Final = 0.05  # seconds after which what waits is not what was left to the others before


class Shares:
    """Connections of each process, in memory that all of them see: make it before they are started by fork.

    Parameters
    ----------
    places : number of processes
    """

    def __init__(self, places: int) -> None:
        self._counts = memoryview(mmap.mmap(-1, places * 4)).cast("I")

    def tell(self, place: int, connections: int) -> None:
        """Say how many connections a process has now."""
        self._counts[place] = connections

    def has_fewest(self, place: int) -> bool:
        """Whether a process has no more connections than any other."""
        return self._counts[place] <= min(self._counts)


def share_evenly(channels: Mapping[int, Any], shares: Shares, place: int) -> None:
    """Let a process leave new connections to those that have fewer.

    All of them go on listening, so that nobody has to be woken: who has more than another looks away for two
    milliseconds, and takes the connection himself when nobody else has within :data:`PATIENCE`.

    Parameters
    ----------
    channels : what the server of waitress looks after (its ``map``)
    place : of this process among ``shares``
    """
    listening = [each for each in channels.values() if isinstance(each, BaseWSGIServer)]

    def tell() -> None:
        shares.tell(place, sum(len(each.active_channels) for each in listening))

    for each in listening:
        _be_patient(each, shares, place, tell)
    tell()


def _be_patient(server: BaseWSGIServer, shares: Shares, place: int, tell: Any) -> None:
    readable, accept = server.readable, server.handle_accept
    first = last = float("-inf")  # when a connection was first left to others, and when last

    def count() -> bool:
        tell()
        return bool(readable())

    def take_or_leave() -> None:
        nonlocal first, last
        now = time.monotonic()
        if now - last > _ANOTHER:
            first = now
        if shares.has_fewest(place) or now - first > PATIENCE:
            last = float("-inf")
            accept()
            tell()
        else:
            last = now
            time.sleep(_GLANCE)

    server.readable, server.handle_accept = count, take_or_leave
