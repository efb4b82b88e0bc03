"""The web server's side of :mod:`web.jobs.forkserver`: starting it when there is work, and children that it forks.

There is one for a process, shared by all workers in it. Where it cannot be had, work is done in a fresh process.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from web.crew import may_fork
from web.jobs.children import environment, scratch_in
from web.jobs.forkserver import WARM

__all__ = ["FORK_SERVER", "ForkServer", "Forked"]

_LOG: Final = logging.getLogger("web.jobs")
_BEAT: Final = 0.25
_WARM_WITHIN: Final = 30.0  # seconds; it takes three or four
_NOT_AGAIN_FOR: Final = 600.0
"""Seconds for which none is started after one that was gone before it was warm."""
_PATIENCE: Final = 5.0  # for an answer of a moment, and for a process that was killed to be gone
_LEAVE: Final = 2.0  # for a process that is not needed any more to go by itself


class Forked:
    """A child of the fork server; see :class:`web.jobs.children.Child`.

    ``lost`` says that the fork server was gone before it told how the child ended, or hung and was ended.

    Parameters
    ----------
    stdin, stdout : our ends of its pipes
    told : where the fork server tells its number and its end
    give_up : ends a fork server that does not answer
    """

    def __init__(self, stdin: int, stdout: IO[bytes], told: socket.socket, give_up: Callable[[], None]) -> None:
        self.stdout = stdout
        self.lost = False
        self.code: int | None = None
        self._stdin, self._told = stdin, told
        self._process = self._handle = 0
        self._give_up, self._answer_by = give_up, time.monotonic() + _PATIENCE

    def wait(self, seconds: float) -> bool:
        """See :class:`web.jobs.children.Child`; a child that was lost counts as ended until it is looked at."""
        until = time.monotonic() + seconds
        while self.code is None and not self.lost:
            if _readable(self._told.fileno(), until - time.monotonic()):
                self._hear()
            elif self._overdue():
                self._give_up()
                self.lost = True
            else:
                return False
        return True

    def _overdue(self) -> bool:
        """Whether the fork server is silent for too long: after it was asked, or after the child has ended."""
        if self._handle and not _readable(self._handle, 0):
            self._answer_by = time.monotonic() + _PATIENCE
        return time.monotonic() > self._answer_by

    def _hear(self) -> None:
        """The child's number first, with a handle of it; then its exit code."""
        try:
            message, handles, _, _ = socket.recv_fds(self._told, 64, 1, socket.MSG_CMSG_CLOEXEC)
        except OSError:
            message, handles = b"", []
        if not message:
            self.lost = True
        elif handles:
            self._process, (self._handle,) = int(message), handles
        else:
            self.code = int(message)

    def end(self, grace: float) -> None:
        """See :class:`web.jobs.children.Child`."""
        self._close_stdin()  # a child that has not begun yet, or whose number we do not know, leaves by this
        if self.code is not None or not self._handle:
            return
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGTERM)
        if not _readable(self._handle, grace):  # as long as nothing is to be read there, the number is its own
            with suppress(ProcessLookupError):
                os.killpg(self._process, signal.SIGKILL)
            _readable(self._handle, _PATIENCE)

    def close(self) -> None:
        """See :class:`web.jobs.children.Child`."""
        self._close_stdin()
        self._told.close()
        if self._handle:
            os.close(self._handle)
            self._handle = 0

    def _close_stdin(self) -> None:
        if self._stdin >= 0:
            os.close(self._stdin)
            self._stdin = -1


class ForkServer:
    """The warm process of this one, started with the first piece of work and again whenever it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._not_before = 0.0

    @property
    def process(self) -> int | None:
        """The number of the warm process, while there is one."""
        running = self._running
        return None if running is None or running.gone.is_set() else running.process.pid

    def until_warm(self, go_on: Callable[[], bool]) -> bool:
        """Start it where it is not running, and wait until it has read everything, or cannot be had.

        Parameters
        ----------
        go_on : is asked several times a second whether to wait any longer

        Returns
        -------
        Whether to go on with the work; ``False`` as soon as ``go_on`` says so
        """
        running = self._started()
        while running is not None and not running.known.wait(_BEAT):
            if not go_on():
                return False
            if time.monotonic() > running.began + _WARM_WITHIN:
                running.kill()
        return True

    def fork(self, folder: Path) -> Forked | None:
        """A child that does the work in a folder of ours; ``None`` where a fresh process must do it.

        One is had of a warm process only, see :meth:`until_warm`: from then on an answer is a matter of moments.
        """
        running = self._started()
        if running is None or not running.warm:
            return None
        message = {"folder": str(folder), "environment": environment(scratch_in(folder))}
        theirs_in, stdin = os.pipe()
        stdout, theirs_out = os.pipe()
        told, teller = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        child = Forked(stdin, os.fdopen(stdout, "rb"), told, running.kill)
        try:
            with self._lock:  # nobody closes the socket meanwhile
                files = [theirs_in, theirs_out, teller.fileno()]
                socket.send_fds(running.control, [json.dumps(message).encode()], files)
        except OSError as failure:
            _LOG.warning("the warm process cannot be asked (%s): a fresh one does the work", failure.strerror)
            child.close()
            child.stdout.close()
            return None
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
            teller.close()
        return child

    def close(self) -> None:
        """Let it go; its children end with their standard input, which is ours."""
        with self._lock:
            running, self._running = self._running, None
        if running is not None and running.owner == os.getpid():
            running.close()

    def _started(self) -> _Running | None:
        if not may_fork():
            return None
        with self._lock:
            running = self._running
            if running is not None and running.owner == os.getpid():
                if not running.gone.is_set():
                    return running
                running.control.close()
                if not running.warm:
                    self._do_without()
            self._running = None
            if time.monotonic() < self._not_before:
                return None
            try:
                self._running = _Running()
            except OSError:
                self._do_without()
            return self._running

    def _do_without(self) -> None:
        self._not_before = time.monotonic() + _NOT_AGAIN_FOR
        _LOG.warning("no warm process can be had: fresh ones do the work for %.0f minutes", _NOT_AGAIN_FOR / 60)


class _Running:
    """One fork server; ``known`` is set once it is warm or gone."""

    def __init__(self) -> None:
        self.owner, self.began = os.getpid(), time.monotonic()
        self.known, self.gone, self.warm = threading.Event(), threading.Event(), False
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - this Python and a module of ours
                [sys.executable, "-m", "web.jobs.forkserver", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment(),
                cwd="/",
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C is for us, who then end the work in our own way
            )
        threading.Thread(target=self._listen, name="fork-server", daemon=True).start()

    def _listen(self) -> None:
        """Hear that it is warm, and when it goes."""
        with suppress(OSError):
            self.warm = self.control.recv(len(WARM)) == WARM
            self.known.set()
            while self.warm and self.control.recv(len(WARM)):
                pass
        self.gone.set()
        self.known.set()
        self.process.wait()

    def kill(self) -> None:
        """End it for certain, whatever it hangs on; what it forked and did not tell of ends with its standard input."""
        with suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        self.process.kill()
        self.gone.set()
        self.known.set()

    def close(self) -> None:
        with suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        try:
            self.process.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            self.kill()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_PATIENCE)
        self.gone.wait(_PATIENCE)  # until then somebody listens there
        self.control.close()


def _readable(handle: int, seconds: float) -> bool:
    """Whether something can be read there within so many seconds."""
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(max(0.0, seconds) * 1000))


FORK_SERVER: Final = ForkServer()
"""That of this process: one is enough for all applications in it."""
atexit.register(FORK_SERVER.close)
