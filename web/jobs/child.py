"""The child process that does one piece of work: under limits, without secrets, and gone when its server is gone.

It is started afresh, or forked from a process that has read everything already (:mod:`web.jobs.forkserver`). It reads
``task.json`` in the folder it is given, tells its steps as lines of JSON on its standard output, and writes
``result.json`` last. Whatever happens to it (killed, out of memory), the server lives and no half file is offered.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

__all__ = ["RESULT", "TASK", "TEMPLATE", "do", "main", "step_back"]

TASK: Final = "task.json"
RESULT: Final = "result.json"
TEMPLATE: Final = "template.docx"
"""A Word file that somebody supplied for this work; ``task.json`` says what they call it."""


def main(folder: Path) -> int:
    """What a process does that was started for this work alone."""
    step_back()
    return do(folder)


def do(folder: Path) -> int:
    """Do the work that lies in a folder; the exit code is 0 when ``result.json`` says how it went."""
    from finance_kit.process_limits import bound_this_process

    task = json.loads((folder / TASK).read_text("utf-8"))
    _leave_when_told()
    bound_this_process(int(task["memory"]), int(task["processor"]), int(task["file_size"]))
    result = _result(task, folder)
    unfinished = folder / f"{RESULT}.part"
    unfinished.write_text(json.dumps(result), "utf-8")
    unfinished.replace(folder / RESULT)
    return 0


def _result(task: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Files that were made, or the problem; what is not ours is named by its kind and place only, for the log."""
    from finance_kit.errors import FinanceKitError
    from web.jobs.kinds import Task, work_of

    out = folder / "out"
    out.mkdir(exist_ok=True)
    try:
        work = work_of(task["kind"])
        supplied = folder / TEMPLATE
        template = (str(task["template"]), supplied.read_bytes()) if supplied.is_file() else None
        made = work(Task(task["document"], task["title"], task["options"], out, _tell, template))
    except FinanceKitError as failure:
        params = {name: value for name, value in failure.params.items() if isinstance(value, str | int | float)}
        return {"problem": {"code": failure.code, "params": params}}
    except MemoryError:
        return {"problem": {"code": "job_out_of_memory", "params": {}}}
    except Exception as failure:  # noqa: BLE001 - told in words to the person and by place to the log
        return {"problem": {"code": "job_failed", "params": {}}, "cause": _cause(failure)}
    return {"files": [{"name": each.name, "media_type": each.media_type} for each in made]}


def _cause(failure: Exception) -> str:
    """Kind and place of a failure, without its message, which may hold words of a plan."""
    step, last = failure.__traceback__, None
    while step is not None:
        last, step = step, step.tb_next
    place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"
    return f"{type(failure).__name__} at {place}"


def _tell(step: str) -> None:
    sys.stdout.write(json.dumps({"step": step}) + "\n")
    sys.stdout.flush()


def _leave_when_told() -> None:
    """End as Ctrl-C does when told to, or when whoever started us is gone: LibreOffice is then ended as well."""

    def leave(number: int, _frame: object) -> NoReturn:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)

    def watch() -> None:
        with suppress(OSError, ValueError):
            sys.stdin.buffer.read()  # ends when the other end is closed, however that came about
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def step_back() -> None:
    """Let everything else on this machine go before this process and what it starts."""
    with suppress(OSError, AttributeError):  # Windows has no such thing
        os.nice(10)
    with suppress(OSError):  # when memory runs out all the same, the system takes this process and not the server
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
