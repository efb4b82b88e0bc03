"""The table of security evidence names tests that exist, and leaves no requirement out."""

from __future__ import annotations

import ast
import re
from pathlib import Path


def _rows(root: Path) -> dict[str, str]:
    text = (root / "docs" / "security.md").read_text("utf-8")
    return {found[1]: found[0] for found in re.finditer(r"^\| ([SB]\d+) \|.*$", text, re.MULTILINE)}


def test_every_requirement_has_a_row() -> None:
    assert list(_rows(Path(__file__).parents[2])) == [*(f"S{number}" for number in range(1, 18)), "B7"]


def test_every_test_that_is_named_is_there(root: Path) -> None:
    missing = []
    named = [found for row in _rows(root).values() for found in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)]
    for file, name in named:
        tree = ast.parse((root / file).read_text("utf-8")) if (root / file).is_file() else ast.Module([], [])
        if name not in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}:
            missing.append(f"{file}::{name}")
    assert missing == []
    assert len(named) >= 25


def test_a_row_names_a_test_or_says_that_there_is_none(root: Path) -> None:
    silent = [number for number, row in _rows(root).items() if "`tests/" not in row and "not yet shown" not in row]
    assert silent == []
