"""The rules of the suite hold: nothing is left out in silence, and nothing leaves this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

LEFT_OUT = {
    "a skip": "import pytest\ndef test_it(): pytest.skip('no LibreOffice here')",
    "a skip mark": "import pytest\n@pytest.mark.skipif(True, reason='later')\ndef test_it(): assert False",
    "an expected failure": "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_it(): assert False",
    "a module that is not there": "import pytest\npytest.importorskip('no_such_module')\ndef test_it(): assert True",
}


def _exit_code(folder: Path, test: str, ci: str) -> tuple[int, str]:
    """Exit code and output of a suite of one test beside a copy of this suite's rules."""
    shutil.copy(Path(__file__).parents[1] / "conftest.py", folder / "conftest.py")
    (folder / "test_passes.py").write_text("def test_passes(): assert True\n", "utf-8")
    (folder / "test_seeded.py").write_text(test + "\n", "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("test", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out_fails_in_ci(test: str, tmp_path: Path) -> None:
    code, output = _exit_code(tmp_path, test, ci="true")
    assert code == 1, output
    assert "left out, which fails where CI=true" in output
    assert "test_seeded.py" in output


def test_a_skip_does_not_fail_at_the_desk(tmp_path: Path) -> None:
    code, output = _exit_code(tmp_path, LEFT_OUT["a skip"], ci="")
    assert code == 0, output
    assert "1 skipped" in output


def test_a_complete_suite_passes_in_ci(tmp_path: Path) -> None:
    code, output = _exit_code(tmp_path, "def test_it(): assert True", ci="true")
    assert code == 0, output
    assert "2 passed" in output


def test_a_socket_to_another_machine_is_refused() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="do not use the network"):
        client.connect(("192.0.2.1", 80))  # an address reserved for documentation (RFC 5737)
    with pytest.raises(RuntimeError, match="do not use the network"):
        socket.getaddrinfo("example.org", 80)


def test_a_socket_on_this_machine_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as client:
        assert client.getpeername() == server.getsockname()
