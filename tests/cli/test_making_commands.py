"""new, grow, samples, schema and export: what they write, and what they leave alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

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


@pytest.mark.usefixtures("no_office")
def test_an_export_replaces_an_earlier_one_but_not_what_was_worked_on(
    finance_kit: Command, sample: Sample, tmp_path: Path
) -> None:
    export = ("export", "docx", sample("mm-dried-fish"), "--output", "plan.docx")
    assert finance_kit(*export).code == 0
    assert finance_kit(*export).code == 0, "nobody has worked on it"
    plan = tmp_path / "plan.docx"
    document = Document(str(plan))
    document.core_properties.revision = 2  # as Word counts when it saves
    document.save(str(plan))
    edited = plan.read_bytes()
    answer = finance_kit(*export)
    assert answer.code == 2
    assert "was edited" in answer.err
    assert plan.read_bytes() == edited
    assert finance_kit(*export, "--overwrite").code == 0
    assert plan.read_bytes() != edited


def test_an_export_leaves_files_of_another_origin(finance_kit: Command, sample: Sample, tmp_path: Path) -> None:
    letter = tmp_path / "letter.docx"
    for content in (b"", b"a letter", b"PK\x03\x04 not a package"):
        letter.write_bytes(content)
        assert finance_kit("export", "docx", sample("mm-dried-fish"), "--output", letter).code == 2
        assert letter.read_bytes() == content


def test_export_never_writes_over_the_plan(finance_kit: Command, sample: Sample, tmp_path: Path) -> None:
    plan = tmp_path / "plan.docx"
    text = sample("mm-dried-fish").read_text(encoding="utf-8")
    plan.write_text(text, encoding="utf-8")
    answer = finance_kit("export", "docx", plan, "--output", plan)
    assert answer.code == 2
    assert plan.read_text(encoding="utf-8") == text


ANSWERS = ["Potters", "TH", "Korat", "12", "Pots", "piece", "many", "120", "900", "45", "20000", "Kiln", "300000", "8"]


def test_a_profile_made_at_the_prompt_can_be_worked_out(finance_kit: Command) -> None:
    rest = ["100000", "200000", "8", "8 %", "36", "2027-03"]
    answer = finance_kit("new", "mine.yaml", answers="\n".join([*ANSWERS, *rest]) + "\n")
    assert answer.code == 0
    assert "one piece sold, in THB" in answer.out
    assert '"many" is not certain to be one number' in answer.out
    assert '"8" is not certain to be a rate' in answer.out
    run = finance_kit("run", "mine.yaml", "--json")
    assert run.code == 0
    # Closed annuity formula: 200 000 x (0.08/12) / (1 - (1 + 0.08/12)^-36) = 6 267.27, to the whole baht 6 267; paid
    # from the month after the pay-out on.
    paid = [interest + principal for interest, principal in _loan_payments(run.json)]
    assert paid[:3] == pytest.approx([0.0, 6267.0, 6267.0], abs=0.005)


def _loan_payments(found: dict[str, dict[str, list[float]]]) -> list[tuple[float, float]]:
    lines = found["lines"]
    return [(abs(i), abs(p)) for i, p in zip(lines["interest_paid"], lines["loan_principal"], strict=True)]


def test_whoever_stops_half_way_finds_the_answers_in_the_file(finance_kit: Command, tmp_path: Path) -> None:
    answer = finance_kit("new", "mine.yaml", answers="\n".join(ANSWERS) + "\n")
    assert answer.code == 2
    assert "Written so far: mine.yaml" in answer.err
    assert "unit_cost: 300000" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert [issue["path"] for issue in finance_kit("check", "mine.yaml", "--json").json["issues"]] == ["period.start"]


def test_stopping_before_the_first_answer_writes_nothing(finance_kit: Command, tmp_path: Path) -> None:
    assert finance_kit("new", "mine.yaml").code == 2
    assert list(tmp_path.iterdir()) == []


def test_no_question_is_asked_for_a_place_that_cannot_be_written(finance_kit: Command, tmp_path: Path) -> None:
    (tmp_path / "there.yaml").write_text("my own work", encoding="utf-8")
    for target in ("there.yaml", "no-folder/mine.yaml", "a" * 300 + ".yaml"):
        answer = finance_kit("new", target, answers="Potters\n")
        assert answer.code == 2
        assert "What is the name" not in answer.out
    assert [path.name for path in tmp_path.iterdir()] == ["there.yaml"]


def test_the_trades_are_listed_without_a_target(finance_kit: Command) -> None:
    answer = finance_kit("new", "--list")
    assert answer.code == 0
    assert "pottery" in answer.out.splitlines()


@pytest.mark.usefixtures("no_office")
def test_an_export_goes_only_where_its_name_says_so(finance_kit: Command, sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("my own work", encoding="utf-8")
    for output, words in (
        ("notes", "is a file"),
        ("plan.pdf", "does not end in .docx"),
        ("no-folder/plan.docx", "does not exist"),
        ("a" * 300 + ".docx", "too long"),
    ):
        answer = finance_kit("export", "docx", sample("mm-dried-fish"), "--output", output)
        assert answer.code == 2, output
        assert words in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["notes"]
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "my own work"


def test_an_export_never_writes_over_another_name_of_the_plan(
    finance_kit: Command, sample: Sample, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.docx"
    plan.write_bytes(sample("mm-dried-fish").read_bytes())
    (tmp_path / "link.docx").symlink_to(plan)
    (tmp_path / "hard.docx").hardlink_to(plan)
    for name in ("link.docx", "hard.docx"):
        assert finance_kit("export", "docx", plan, "--output", name).code == 2
    assert plan.read_bytes() == sample("mm-dried-fish").read_bytes()


@pytest.mark.parametrize(
    "command",
    [
        "new",
        "grow",
        "check",
        "run",
        "explain",
        "export",
        "export docx",
        "export template",
        "samples",
        "samples copy",
        "schema",
    ],
)
def test_every_command_has_help(finance_kit: Command, command: str) -> None:
    answer = finance_kit(*command.split(), "--help")
    assert answer.code == 0
    assert "Usage:" in answer.out


@pytest.mark.parametrize(
    "command", ["new", "grow", "check", "run", "explain", "export", "export docx", "samples", "samples copy", "schema"]
)
def test_help_shows_an_example(finance_kit: Command, command: str) -> None:
    assert "Example: finance-kit" in finance_kit(*command.split(), "--help").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "mine.yaml", "--activity", "pottery"),
        ("samples",),
        ("samples", "copy", "mm-dried-fish"),
        ("schema",),
        ("check", "SAMPLE"),
        ("run", "SAMPLE"),
        ("explain", "SAMPLE", "min_dscr"),
        ("export", "docx", "SAMPLE"),
    ],
)
def test_every_command_answers_other_programs_in_json(
    finance_kit: Command, sample: Sample, arguments: tuple[str, ...]
) -> None:
    given = [str(sample("mm-dried-fish")) if each == "SAMPLE" else each for each in arguments]
    answer = finance_kit(*given, "--json")
    assert answer.code == 0
    assert answer.json


def test_wrong_usage_is_exit_code_two(finance_kit: Command) -> None:
    assert finance_kit("run").code == 2
    assert finance_kit("no-such-command").code == 2


def test_a_name_that_there_is_not_is_wrong_usage(finance_kit: Command, sample: Sample) -> None:
    plan = sample("mm-dried-fish")
    for arguments, code in (
        (("samples", "copy", "perpetual-motion"), "resource_missing"),
        (("explain", plan, "happiness"), "unknown_figure"),
        (("explain", plan, "dscr", "1999"), "period_unknown"),
        (("run", plan, "--lender", "mm_nobody"), "profile_unknown"),
        (("run",), "wrong_usage"),
    ):
        told = finance_kit(*arguments, "--json")
        assert (told.code, told.json["ok"], told.json["code"], told.err) == (2, False, code, ""), arguments
        assert told.json["message"]
    words = finance_kit("samples", "copy", "perpetual-motion")
    assert (words.code, words.out) == (2, "")
    assert "perpetual-motion" in words.err


@pytest.mark.parametrize("command", [("run",), ("export", "docx")])
def test_a_plan_with_faults_is_answered_in_json_with_their_lines(
    finance_kit: Command, sample: Sample, tmp_path: Path, command: tuple[str, ...]
) -> None:
    text = sample("th-pottery-kiln").read_text(encoding="utf-8").replace("months: 96", "monhts: 96")
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    line = next(at for at, each in enumerate(text.splitlines(), 1) if "monhts" in each)
    told = finance_kit(*command, "bad.yaml", "--json")
    assert (told.code, told.err) == (1, "")
    assert not told.json["ok"]
    assert told.json["code"]
    assert told.json["message"]
    assert told.json["file"].endswith("bad.yaml")
    assert line in [issue["line"] for issue in told.json["issues"]]
    assert told.json["line"] == next(each["line"] for each in told.json["issues"] if each["severity"] == "error")
