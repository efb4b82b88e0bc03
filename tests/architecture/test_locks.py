"""The locks hold hashes and no addresses, and agree with what the project says it needs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-lowest.txt"]
ENTRY = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[0-9][\w.]*)(?P<marker> ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    parsed: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return parsed


def _entries(path: Path) -> list[tuple[str, Version]]:
    matches = [ENTRY.match(line) for line in path.read_text("utf-8").splitlines()]
    return [(match["name"], Version(match["version"])) for match in matches if match]


def _wanted(project: dict[str, Any], lock: str) -> list[Requirement]:
    texts = list(project["project"]["dependencies"])
    if lock == "requirements.lock":
        texts += project["dependency-groups"]["build"]
    else:
        texts += project["project"]["optional-dependencies"]["dev"]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_and_nothing_else(lock: str, root: Path) -> None:
    lines = (root / lock).read_text("utf-8").splitlines()
    assert [line for line in lines if not ENTRY.match(line) and not HASH.match(line)] == []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert line.endswith("\\") == following.startswith("    --hash="), line


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_every_requirement(lock: str, root: Path, project: dict[str, Any]) -> None:
    entries = _entries(root / lock)
    for requirement in _wanted(project, lock):
        versions = [version for name, version in entries if name == canonicalize_name(requirement.name)]
        assert versions, f"{requirement} is not locked"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {versions}"


def test_the_development_lock_repeats_the_runtime_lock(root: Path) -> None:
    assert set(_entries(root / "requirements.lock")) <= set(_entries(root / "requirements-dev.lock"))


def test_the_lowest_versions_are_the_lower_bounds(root: Path, project: dict[str, Any]) -> None:
    lowest = dict(_entries(root / "requirements-lowest.txt"))
    for requirement in _wanted(project, "requirements-lowest.txt"):
        bound = next(Version(part.version) for part in requirement.specifier if part.operator == ">=")
        assert lowest[canonicalize_name(requirement.name)] == bound, requirement
