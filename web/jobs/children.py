"""A child process, started afresh for one piece of work, and what every child has in its environment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, Protocol

__all__ = ["Child", "Fresh", "environment", "scratch_in"]

_ROOT: Final = str(Path(__file__).resolve().parents[2])
_PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "PATHEXT", "USERPROFILE", "LOCALAPPDATA",
    "FINANCE_KIT_LENDERS")  # fmt: skip


class Child(Protocol):
    """One piece of work in a process of its own, however that was started."""

    stdout: IO[bytes]
    """Lines of JSON, each with the step that has begun; whoever reads them closes it."""

    @property
    def code(self) -> int | None:
        """Its exit code, minus a signal's number; ``None`` while it is at work, and when that is not known."""

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, within so many seconds."""

    def end(self, grace: float) -> None:
        """End it where it is still at work: politely first, so that it ends LibreOffice, then for certain."""

    def close(self) -> None:
        """Let go of it, once it has ended; never waits."""


def environment(scratch: Path | None = None) -> dict[str, str]:
    """The environment of a child, with nothing of ours that could be a secret."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    kept |= {"PYTHONPATH": _ROOT, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
    return kept | ({} if scratch is None else dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch)))


def scratch_in(folder: Path) -> Path:
    """The folder for what this piece of work keeps for a moment only."""
    scratch = folder / "tmp"
    scratch.mkdir(mode=0o700, exist_ok=True)
    return scratch


class Fresh:
    """A child that was started for this work alone, in a session of its own.

    Raises
    ------
    OSError : it cannot be started
    """

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this Python, a module of ours and a folder of ours
            [sys.executable, "-m", "web.jobs.child", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(scratch_in(folder)),
            cwd=folder,
            start_new_session=os.name == "posix",
        )
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        self.stdout: IO[bytes] = self._process.stdout

    @property
    def code(self) -> int | None:
        """See :class:`Child`."""
        return self._process.poll()

    def wait(self, seconds: float) -> bool:
        """See :class:`Child`."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def end(self, grace: float) -> None:
        """See :class:`Child`."""
        process = self._process
        if process.poll() is not None:
            return
        if os.name != "posix":
            arguments = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(arguments, check=False, capture_output=True)  # noqa: S603
            process.wait()
            return
        process.terminate()
        if not self.wait(grace):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def close(self) -> None:
        """See :class:`Child`."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
