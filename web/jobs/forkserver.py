"""A process that has read what documents need and forks a child for each piece of work: 0.4 s of processor, not 4 s.

Python's own fork server (``multiprocessing``) cannot be taken: it hands on the environment of the web server, secrets
included, keeps its children in one session, reads the web server's main module again in each, and stays until its
parent goes. The way is the same: the process has one thread, knows no plan but a sample, and only its forks see work.

Over the socket whose number it is given come a folder and an environment, each with three open files: standard input,
standard output, and a socket that is told the child's number (and a handle of it) and in the end its exit code.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import selectors
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from web.jobs.child import do, step_back

__all__ = ["IDLE_SECONDS", "LONGEST_MESSAGE", "WARM", "serve"]

WARM: Final = b"warm"
IDLE_SECONDS: Final = 60.0
"""Without work for so long, it goes: a laptop needs the memory for other things."""
LONGEST_MESSAGE: Final = 65_536
_FILES: Final = 3
_FAILED: Final = 70
_SAMPLE: Final = "kh-homestay"
_DAY: Final = "2027-01-01"


def serve(control: socket.socket, idle: float = IDLE_SECONDS, warm_up: Callable[[], None] | None = None) -> None:
    """Fork a child for each message, until nobody sends any more or the other end is closed.

    Parameters
    ----------
    control : a Unix socket that keeps messages apart; is told ``warm`` once everything has been read
    idle : seconds without a message and without a child after which it ends
    warm_up : reads everything once; by default by making the document of a sample
    """
    os.close(os.pidfd_open(os.getpid()))  # a system without handles of processes is told apart here
    step_back()
    (warm_up or _warm_up)()
    gc.collect()
    with suppress(OSError, AttributeError):  # only the GNU library can give back what the sample needed
        ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()  # what was read stays in memory that all children share
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        return  # a library began a thread, and what it holds locked would stay locked in each child
    with suppress(OSError):
        control.send(WARM)
    told: dict[int, socket.socket] = {}  # handle of a child -> who is told how it ended
    with selectors.PollSelector() as watched:  # not epoll: its list would be one for the children and us
        watched.register(control, selectors.EVENT_READ)
        while (found := watched.select(idle)) or told:
            for key, _ in found:
                if key.fileobj is not control:
                    watched.unregister(key.fileobj)
                    _reap(key.fd, told.pop(key.fd))
                elif (handle := _take(control, told)) is None:
                    return
                elif handle:
                    watched.register(handle, selectors.EVENT_READ)


def _warm_up() -> None:
    """Read everything once, by making the document of a sample."""
    from finance_kit import drafts, resources
    from web.jobs.kinds import KINDS, Task, work_of

    for kind in KINDS:
        work_of(kind)
    document, _ = drafts.read_text(resources.sample_plan(_SAMPLE).read_text("utf-8"), _SAMPLE)
    options = {"lender": "kh_generic_bank", "depth": "full", "score": True, "day": _DAY}
    with suppress(OSError), tempfile.TemporaryDirectory(prefix="finance-kit-warm-") as folder:
        work_of("word")(Task(document or {}, "", options | {"page_numbers": False}, Path(folder), lambda _step: None))


def _take(control: socket.socket, told: dict[int, socket.socket]) -> int | None:
    """Handle of a new child; 0 where none could be started, ``None`` when nobody will ask any more."""
    try:
        message, files, _, _ = socket.recv_fds(control, LONGEST_MESSAGE, _FILES, socket.MSG_CMSG_CLOEXEC)
    except OSError:
        return None
    if not message:
        return None
    stdin, stdout, status = files
    teller = socket.socket(fileno=status)
    try:
        process = os.fork()
    except OSError:
        process = -1  # the other end sees that it is told nothing, and starts a process of its own
    if process == 0:
        control.close()
        for handle, other in told.items():
            os.close(handle)
            other.close()
        teller.close()
        _be_child(message, stdin, stdout)
    os.close(stdin)
    os.close(stdout)
    if process < 0:
        teller.close()
        return 0
    handle = os.pidfd_open(process)
    told[handle] = teller
    with suppress(OSError):  # whoever asked may be gone; the child sees that by itself
        socket.send_fds(teller, [str(process).encode()], [handle])
    return handle


def _reap(handle: int, teller: socket.socket) -> None:
    """Tell how a child ended."""
    ended = os.waitid(os.P_PIDFD, handle, os.WEXITED)
    os.close(handle)
    if ended is not None:
        code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        with suppress(OSError):
            teller.send(str(code).encode())
    teller.close()


def _be_child(message: bytes, stdin: int, stdout: int) -> NoReturn:
    """Do the work as a process does that was started for it, and end without going back to the server's."""
    code = _FAILED
    try:
        os.setsid()
        for source, place in ((stdin, 0), (stdout, 1)):
            os.dup2(source, place)
            os.close(source)
        told = json.loads(message)
        os.environ.clear()
        os.environ.update(told["environment"])
        tempfile.tempdir = None  # is looked up anew, in the environment of this work
        folder = Path(told["folder"])
        os.chdir(folder)
        code = do(folder)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else _FAILED
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
