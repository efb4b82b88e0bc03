"""The command line as a user calls it: a process of its own, an empty folder, exit code and output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "sample_plans"


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


@pytest.fixture
def finance_kit(tmp_path: Path) -> Command:
    """Run ``finance-kit`` with these arguments in an empty folder."""

    def run(*arguments: str | Path, answers: str = "", columns: int = 110) -> Answer:
        environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": str(columns), "NO_COLOR": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "finance_kit", *map(str, arguments)],
            cwd=tmp_path,
            input=answers,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            env=environment,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def sample() -> Callable[[str], Path]:
    """Path of a sample plan by name."""
    return lambda name: SAMPLES / f"{name}.yaml"
