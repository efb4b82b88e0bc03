"""LibreOffice as an optional helper: a Word file as PDF, to count its pages.

It runs alone, with a user profile of its own that is thrown away, and within a time limit. Where it is missing or
fails, the answer is :class:`~finance_kit.errors.Undefined` with a reason; the Word plan is complete without it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from finance_kit.errors import Undefined

__all__ = ["convert_to_pdf", "find_office"]

_USUAL_PLACES: Final = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_FILTER: Final = "pdf:writer_pdf_Export:" + json.dumps({"ExportBookmarks": {"type": "boolean", "value": "true"}})


def find_office() -> Path | None:
    """LibreOffice's program on this machine, or ``None``."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((Path(place) for place in _USUAL_PLACES if Path(place).is_file()), None)


def convert_to_pdf(
    docx: Path,
    out_dir: Path,
    *,
    timeout_seconds: float = 60.0,
    office: Path | None = None,
    profile_dir: Path | None = None,
) -> Path | Undefined:
    """A Word file as PDF with its headings as bookmarks.

    Parameters
    ----------
    docx : file to read; not changed
    out_dir : existing folder for ``<name>.pdf``
    timeout_seconds : after this the conversion is ended, with everything that it started
    office : LibreOffice's program; looked for when not given
    profile_dir : LibreOffice profile to use again (saves about a second); a new one otherwise. One run at a time.

    Returns
    -------
    path of the PDF, or Undefined: ``office_not_found``, ``office_timeout``, ``office_failed``
    """
    program = office or find_office()
    if program is None or not program.is_file():
        return Undefined("office_not_found")
    target = out_dir / f"{docx.stem}.pdf"
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="finance-kit-office-", ignore_cleanup_errors=True) as scratch:
        profile = (profile_dir or Path(scratch)).resolve()
        command = [
            str(program),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            _FILTER,
            "--outdir",
            str(out_dir.resolve()),
            str(docx.resolve()),
        ]
        said = _run(command, timeout_seconds)
    if said is None:
        return Undefined("office_timeout", {"seconds": timeout_seconds})
    if not target.is_file():
        return Undefined("office_failed", {"said": said[-300:]})
    return target


def _run(command: list[str], timeout_seconds: float) -> str | None:
    """What the program said; ``None`` when it had to be ended."""
    try:
        process = subprocess.Popen(  # noqa: S603 a program found by us, arguments made by us, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=os.name == "posix",
        )
    except OSError as failure:
        return failure.strerror or str(failure)
    try:
        said, _ = process.communicate(timeout=timeout_seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        process.communicate()
        return None
    except BaseException:  # Ctrl-C or a closed window: in a session of its own the office would work on
        _end(process)
        process.communicate()
        raise
    return said.strip()


def _end(process: subprocess.Popen[str]) -> None:
    """End the program and its children (the office itself is a child of its starter)."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return
    # taskkill comes with every Windows; Popen.kill() would leave soffice.bin behind.
    arguments = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
    subprocess.run(arguments, check=False, capture_output=True)  # noqa: S603
