"""new, grow, samples, schema and export: what they write, and what they leave alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Command

Sample = Callable[[str], Path]


def test_samples_are_listed_and_copied_and_never_overwritten(finance_kit: Command, tmp_path: Path) -> None:
    assert "kh-pepper-drying" in finance_kit("samples").out
    assert finance_kit("samples", "copy", "kh-pepper-drying", "mine.yaml").code == 0
    (tmp_path / "mine.yaml").write_text("my own work", encoding="utf-8")
    answer = finance_kit("samples", "copy", "kh-pepper-drying", "mine.yaml")
    assert answer.code == 2
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "my own work"


def test_the_committed_schema_is_the_one_printed(finance_kit: Command) -> None:
    committed = json.loads((Path(__file__).parents[2] / "plan.schema.json").read_text(encoding="utf-8"))
    assert finance_kit("schema").json == committed


def test_a_starter_file_asks_for_numbers_instead_of_inventing_them(finance_kit: Command, tmp_path: Path) -> None:
    assert finance_kit("new", "mine.yaml", "--activity", "pottery", "--country", "TH").code == 0
    answer = finance_kit("check", "mine.yaml", "--json")
    assert answer.code == 1
    missing = [issue["path"] for issue in answer.json["issues"] if issue["severity"] == "error"]
    assert any("price" in path or "products" in path for path in missing)


def test_export_writes_a_word_file_and_nothing_else(finance_kit: Command, sample: Sample, tmp_path: Path) -> None:
    answer = finance_kit("export", "docx", sample("mm-dried-fish"), "--output", "out/", "--json")
    assert answer.code == 0
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.suffix for path in written] == [".docx"]
    assert Path(answer.json["written"]).name == written[0].name


def test_export_never_writes_over_the_plan(finance_kit: Command, sample: Sample, tmp_path: Path) -> None:
    plan = tmp_path / "plan.docx"
    text = sample("mm-dried-fish").read_text(encoding="utf-8")
    plan.write_text(text, encoding="utf-8")
    answer = finance_kit("export", "docx", plan, "--output", plan)
    assert answer.code == 2
    assert plan.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("command", ["new", "grow", "check", "run", "explain", "export docx", "samples", "schema"])
def test_every_command_has_help(finance_kit: Command, command: str) -> None:
    answer = finance_kit(*command.split(), "--help")
    assert answer.code == 0
    assert "Usage:" in answer.out


@pytest.mark.parametrize("command", ["new", "grow", "check", "run", "explain", "export docx", "samples", "schema"])
def test_help_shows_an_example(finance_kit: Command, command: str) -> None:
    assert "Example: finance-kit" in finance_kit(*command.split(), "--help").out


def test_wrong_usage_is_exit_code_two(finance_kit: Command) -> None:
    assert finance_kit("run").code == 2
    assert finance_kit("no-such-command").code == 2
