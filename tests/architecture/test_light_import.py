"""Asking for the version costs next to nothing: heavy libraries are loaded by the work that needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = [
    "babel",
    "docx",
    "docxtpl",
    "flask",
    "icu4py",
    "jinja2",
    "lxml",
    "numpy",
    "pydantic",
    "pypdf",
    "pyxirr",
    "ruamel",
    "sqlalchemy",
    "werkzeug",
    "xlsxwriter",
]
LOADED = "import sys; print(sorted({name.split('.')[0] for name in sys.modules} & set(%r)))"


def _printed_by(program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert _printed_by("import finance_kit\n" + LOADED % [*HEAVY, "click", "rich"]) == ["[]"]


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_command_line_answers_without_loading_anything_heavy(option: str) -> None:
    program = (
        "from finance_kit.cli.main import main\n"
        f"try:\n    main([{option!r}])\nexcept SystemExit as done:\n    assert not done.code\n"
    )
    *answer, loaded = _printed_by(program + LOADED % HEAVY)
    assert answer
    assert loaded == "[]"
