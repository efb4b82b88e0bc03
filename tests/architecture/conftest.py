"""The project's own source, parsed once for the tests that read it."""

from __future__ import annotations

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"__pycache__", "build", "dist", "out", "htmlcov"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def tracked_files() -> list[Path]:
    """Files that belong to the project: those git knows or would add; without git, all but what tools leave behind."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, capture_output=True, check=False)
        if listed.returncode == 0:
            paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
            return sorted(path for path in paths if path.is_file())
    return sorted(path for path in ROOT.rglob("*") if path.is_file() and not _left_by_tools(path.relative_to(ROOT)))


@pytest.fixture(scope="session")
def package_modules() -> dict[str, ast.Module]:
    """Every module of the packages: path from the project's folder -> syntax tree."""
    paths = sorted(path for package in ("finance_kit", "web") for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def _left_by_tools(path: Path) -> bool:
    hidden = path.parts[0].startswith((".venv", ".git/")) or path.parts[0] in (".git", ".hypothesis")
    return hidden or bool(NOT_OURS.intersection(path.parts)) or any(part.endswith("_cache") for part in path.parts)
