"""Several processes that answer at one address: a Python process uses one core, and a laptop has more.

The parent answers nobody. It holds the address, starts the others by fork, starts anew whoever falls over, and tells
them when to stop. When the parent itself is gone, they leave at once: what was acknowledged is on the disk.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

__all__ = ["Crew", "cores", "may_fork"]

_MOST: Final = 4
"""Each process keeps results of its own in memory; beyond this a class gains nothing."""
_RESTARTS: Final = 5
_WITHIN: Final = 30.0
"""Seconds; who falls over more often than so many times in them has a fault that starting anew does not mend."""
_POLL: Final = 0.1
_FAILED: Final = 70


def cores() -> int:
    """Processes that are worth having on this machine."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(_MOST, usable))


def may_fork() -> bool:
    """Whether this system can start processes that share a socket by fork; Windows cannot, macOS not safely."""
    return sys.platform.startswith("linux")


class Crew:
    """Processes of one server, each doing one piece of work until it is told to stop.

    Parameters
    ----------
    duties : what each process does; SIGTERM tells it to come to an end
    patience : seconds that they have for their end
    """

    def __init__(self, duties: Sequence[Callable[[], None]], patience: float) -> None:
        self._duties, self._patience = duties, patience
        self._members: dict[int, int] = {}
        self._fallen: list[float] = []
        self._told = False

    def run(self) -> bool:
        """Keep all of them at work until a signal comes; whether it ended by one, and not by a fault of theirs."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), self._tell)
        self._lifeline, self._end_of_line = os.pipe()
        for place in range(len(self._duties)):
            self._start(place)
        try:
            while not self._told and not self._hopeless():
                self._look_after()
                time.sleep(_POLL)
        finally:
            self._stop()
        return self._told

    def _tell(self, _number: int, _frame: object) -> None:
        self._told = True

    def _hopeless(self) -> bool:
        now = time.monotonic()
        self._fallen = [moment for moment in self._fallen if now - moment < _WITHIN]
        return len(self._fallen) > _RESTARTS

    def _look_after(self) -> None:
        """Start anew whoever has ended without being told to."""
        for process, place in list(self._members.items()):
            if os.waitpid(process, os.WNOHANG)[0]:
                del self._members[process]
                self._fallen.append(time.monotonic())
                if not self._told:
                    self._start(place)

    def _start(self, place: int) -> None:
        process = os.fork()
        if process:
            self._members[process] = place
            return
        code = _FAILED
        try:
            os.close(self._end_of_line)
            threading.Thread(target=self._leave_with_parent, daemon=True).start()
            for name in ("SIGINT", "SIGHUP"):  # Ctrl-C reaches all of them: the parent tells what to do
                signal.signal(getattr(signal, name), signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self._duties[place]()
            code = 0
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)  # nothing of the parent's is to be tidied up twice

    def _leave_with_parent(self) -> None:
        """The other end of the pipe closes when the parent is gone, however that came about."""
        os.read(self._lifeline, 1)
        os._exit(_FAILED)

    def _stop(self) -> None:
        """Tell everybody to end, and end for certain who does not."""
        for process in self._members:
            os.kill(process, signal.SIGTERM)
        until = time.monotonic() + self._patience
        while self._members and time.monotonic() < until:
            for process in list(self._members):
                if os.waitpid(process, os.WNOHANG)[0]:
                    del self._members[process]
            time.sleep(_POLL / 5)
        for process in self._members:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        self._members.clear()
