"""The command line as a user calls it: a process of its own, an empty folder, exit code and output.

The process is forked from a warm one (:mod:`tests.cli.warm`), which takes a tenth of the time of starting Python anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_plans"


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code, what it printed, what it said of trouble."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, read as JSON."""
        return json.loads(self.out)


Command = Callable[..., Answer]


@pytest.fixture(scope="session")
def warm() -> Iterator[subprocess.Popen[str]]:
    """The process that commands are forked from."""
    environment = {**os.environ, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cli.warm"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def finance_kit(warm: subprocess.Popen[str], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Run ``finance-kit`` with these arguments in an empty folder."""
    aside = tmp_path_factory.mktemp("said")

    def run(*arguments: str | Path, answers: str = "", columns: int = 110) -> Answer:
        environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": str(columns), "NO_COLOR": "1"}
        files = {name: aside / name for name in ("in", "out", "err")}
        for name, file in files.items():
            file.write_text(answers if name == "in" else "", encoding="utf-8")
        told: dict[str, Any] = {name: str(file) for name, file in files.items()}
        told |= {"folder": str(tmp_path), "environment": environment, "arguments": [*map(str, arguments)]}
        assert warm.stdin is not None
        assert warm.stdout is not None
        warm.stdin.write(json.dumps(told) + "\n")
        warm.stdin.flush()
        code = int(warm.stdout.readline())
        said, trouble = (files[name].read_text(encoding="utf-8") for name in ("out", "err"))
        assert "Traceback" not in trouble, trouble
        return Answer(code, said, trouble)

    return run


@pytest.fixture
def sample() -> Callable[[str], Path]:
    """Path of a sample plan by name."""
    return lambda name: SAMPLES / f"{name}.yaml"
