"""A process that has read what the commands need and forks one for each command, so that a test of one takes no second.

What starts afresh each time (``python -m finance_kit``, light imports, an installed wheel) is tested in
``tests/architecture``. Each line on standard input is a command as JSON; its exit code is the answer.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
import time
import traceback
from typing import Any, NoReturn

from finance_kit import resources


def serve() -> None:
    """Fork a process for each command until nobody sends any more."""
    warm_up()
    for line in sys.stdin:
        process = os.fork()
        if not process:
            be_command(json.loads(line))
        _, status = os.waitpid(process, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def warm_up() -> None:
    """Read everything once: a plan is worked out, its document is made, a command is refused."""
    from finance_kit.cli.main import main

    plan = str(resources.sample_plan("kh-homestay"))
    os.environ["PATH"] = "/nowhere"  # each command has its own; here nobody looks at the pages
    with tempfile.TemporaryDirectory() as folder:
        for arguments in (["run", plan], ["export", "docx", plan, "--output", folder], ["check", "nowhere.yaml"]):
            said = io.StringIO()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.suppress(SystemExit):
                main(arguments)


def be_command(told: dict[str, Any]) -> NoReturn:
    """Be a process that was started for this command, with its files, folder, environment and arguments."""
    code = 1
    try:
        for place, name in enumerate(("in", "out", "err")):
            handle = os.open(told[name], os.O_WRONLY if place else os.O_RDONLY)
            os.dup2(handle, place)
            os.close(handle)
        os.environ.clear()
        os.environ.update(told["environment"])
        time.tzset()
        tempfile.tempdir = None
        os.chdir(told["folder"])
        sys.argv = ["finance-kit", *told["arguments"]]
        sys.stdin = os.fdopen(0, encoding="utf-8")
        sys.stdout, sys.stderr = (os.fdopen(place, "w", encoding="utf-8") for place in (1, 2))
        code = ended_with()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def ended_with() -> int:
    """The exit code of the command in ``sys.argv``."""
    from finance_kit.cli.main import main

    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as Python itself ends with it
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve()
