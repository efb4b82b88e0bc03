"""Starting the child process of one piece of work, watching it, and taking over what it made."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from web.jobs.child import RESULT, TASK
from web.jobs.limits import Limits

__all__ = ["Ended", "KeptFile", "run_child"]

_BEAT: Final = 0.25
_ROOT: Final = str(Path(__file__).resolve().parents[2])
_PASSED_ON: Final = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "PATHEXT", "USERPROFILE", "LOCALAPPDATA",
    "FINANCE_KIT_LENDERS")  # fmt: skip
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A finished file with its content."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a piece of work ended: its files, or a problem; ``stopped`` when it was told to stop."""

    files: tuple[KeptFile, ...] = ()
    problem: dict[str, Any] | None = None
    cause: str = ""
    stopped: bool = False


def run_child(task: dict[str, Any], folder: Path, limits: Limits, go_on: Callable[[str], bool]) -> Ended:
    """Do one piece of work in a process of its own.

    Parameters
    ----------
    task : kind, document, title and options, as JSON can hold them
    folder : an empty folder of ours
    limits : after which it is stopped
    go_on : is told the present step several times a second, and says whether to go on
    """
    bounds = {"memory": limits.memory, "processor": limits.processor, "file_size": limits.file_size}
    (folder / TASK).write_text(json.dumps(task | bounds), "utf-8")
    try:
        process = _started(folder)
    except OSError:
        return Ended(problem=_problem("job_failed"), cause="child not started")
    steps = [""]
    listener = threading.Thread(target=_listen, args=(process, steps), daemon=True)
    listener.start()
    end = time.monotonic() + limits.seconds
    try:
        while process.poll() is None:
            if time.monotonic() > end:
                return Ended(problem=_problem("job_too_long", seconds=round(limits.seconds)))
            if not go_on(steps[0]):
                return Ended(stopped=True)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_BEAT)
    finally:
        _end(process, limits.grace)
        listener.join(2)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
    return _taken(process.returncode, folder, limits)


def _started(folder: Path) -> subprocess.Popen[bytes]:
    """The child, in a session of its own, with nothing of our environment that could be a secret."""
    scratch = folder / "tmp"
    scratch.mkdir(mode=0o700)
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {
        "PYTHONPATH": _ROOT,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TMPDIR": str(scratch),
        "TEMP": str(scratch),
        "TMP": str(scratch),
    }
    return subprocess.Popen(  # noqa: S603 - this Python, a module of ours and a folder of ours
        [sys.executable, "-m", "web.jobs.child", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=os.name == "posix",
    )


def _listen(process: subprocess.Popen[bytes], steps: list[str]) -> None:
    """Keep the latest step that the child told."""
    if process.stdout is None:
        return
    with suppress(OSError, ValueError):
        for line in process.stdout:
            with suppress(ValueError, TypeError, KeyError):
                steps[0] = str(json.loads(line)["step"])[:200]


def _end(process: subprocess.Popen[bytes], grace: float) -> None:
    """End the child: politely first, so that it ends LibreOffice, then for certain."""
    if process.poll() is not None:
        return
    if os.name != "posix":
        arguments = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(arguments, check=False, capture_output=True)  # noqa: S603
        process.wait()
        return
    process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _taken(code: int, folder: Path, limits: Limits) -> Ended:
    """What a child that has ended left behind: everything that it says it made, or nothing."""
    try:
        result = json.loads((folder / RESULT).read_text("utf-8"))
    except (OSError, ValueError):
        return Ended(problem=_problem("job_ended"), cause=f"child ended with {code}")
    if result.get("problem"):
        return Ended(problem=result["problem"], cause=str(result.get("cause", ""))[:200])
    listed = result["files"]
    files, size = [], 0
    for each in listed[: limits.files]:
        path = folder / "out" / each["name"]
        if not _PLAIN.issuperset(each["name"]) or path.is_symlink() or not path.is_file():
            return Ended(problem=_problem("job_failed"), cause="result names no file of its own")
        size += path.stat().st_size
        if size > limits.kept:
            return Ended(problem=_problem("job_result_too_large", megabytes=limits.kept // 1024**2))
        files.append(KeptFile(each["name"], each["media_type"], path.read_bytes()))
    return Ended(tuple(files))


def _problem(code: str, **params: Any) -> dict[str, Any]:
    return {"code": code, "params": params}
