"""Starting the child process of one piece of work, watching it, and taking over what it made."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from web.jobs.child import RESULT, TASK
from web.jobs.children import Child, Fresh
from web.jobs.forked import FORK_SERVER
from web.jobs.limits import Limits

__all__ = ["Ended", "KeptFile", "run_child"]

_LOG: Final = logging.getLogger("web.jobs")
_BEAT: Final = 0.1
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
    until = time.monotonic() + limits.seconds
    try:
        forked = FORK_SERVER.fork(folder)
        if forked is not None:
            broken_off = _watched(forked, until, limits, go_on)
            if broken_off is not None or not forked.lost:
                return broken_off or _taken(forked.code, folder, limits)
            _LOG.warning("the warm process was lost: a fresh one does the work again")
        fresh = Fresh(folder)
    except OSError:
        return Ended(problem=_problem("job_failed"), cause="child not started")
    return _watched(fresh, until, limits, go_on) or _taken(fresh.code, folder, limits)


def _watched(child: Child, until: float, limits: Limits, go_on: Callable[[str], bool]) -> Ended | None:
    """Watch a child until it has ended; why it was broken off, if it was."""
    steps = [""]
    listener = threading.Thread(target=_listen, args=(child, steps), daemon=True)
    listener.start()
    try:
        while not child.wait(0):
            if time.monotonic() > until:
                return Ended(problem=_problem("job_too_long", seconds=round(limits.seconds)))
            if not go_on(steps[0]):
                return Ended(stopped=True)
            child.wait(_BEAT)
    finally:
        child.end(limits.grace)
        listener.join(2)
        child.close()
    return None


def _listen(child: Child, steps: list[str]) -> None:
    """Keep the latest step that the child told; who reads there closes it, anybody else would wait for the reader."""
    with suppress(OSError, ValueError), child.stdout as told:
        for line in told:
            with suppress(ValueError, TypeError, KeyError):
                steps[0] = str(json.loads(line)["step"])[:200]


def _taken(code: int | None, folder: Path, limits: Limits) -> Ended:
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
