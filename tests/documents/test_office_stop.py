"""A conversion that is stopped ends the office program that it started."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from finance_kit.documents.office import convert_to_pdf


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(autouse=True)
def _ctrl_c_is_heard() -> Iterator[None]:
    """A process started in the background of a shell script ignores Ctrl-C, and so would this suite."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_does_not_leave_the_office_working(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\necho $$ > {told}.new && mv {told}.new {told}\nsleep 60\n", encoding="utf-8")
    office.chmod(0o755)
    document = tmp_path / "plan.docx"
    document.write_bytes(b"")

    def press_when_it_works() -> None:
        while not told.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    watcher = threading.Thread(target=press_when_it_works, daemon=True)
    watcher.start()
    with pytest.raises(KeyboardInterrupt):
        convert_to_pdf(document, tmp_path, office=office)
    watcher.join()
    assert not _runs(int(told.read_text(encoding="utf-8")))
