"""Answers of the loan commands: files left whole, figures explained, narrow screens, what-if questions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import SAMPLES, Command

OFFERS = sorted((SAMPLES / "offers").glob("*.yaml"))
P17 = ("--principal", "12000", "--rate", "24%", "--months", "4", "--currency", "USD")


def words(text: str) -> str:
    """What is read, whatever the width of the screen."""
    return " ".join(text.split())


def test_a_schedule_as_json_has_raw_numbers(finance_kit: Command) -> None:
    found = finance_kit("loan", "schedule", *P17, "--json").json
    assert [row["principal"] for row in found["schedule"]["rows"]] == [2911.49, 2969.72, 3029.11, 3089.68]
    assert found["offer"]["terms"]["annual_rate"] == 0.24
    assert found["written"] == []


@pytest.mark.parametrize("rate", ["24%", "0.24", "24 %"])
def test_per_cent_and_fraction_are_the_same_rate(finance_kit: Command, rate: str) -> None:
    found = finance_kit("loan", "schedule", "--principal", "12000", "--rate", rate, "--months", "4", "--json").json
    assert found["schedule"]["total_interest"] == 605.94


def test_a_file_is_written_whole_and_never_over_another_in_silence(finance_kit: Command, tmp_path: Path) -> None:
    first = finance_kit("loan", "schedule", *P17, "--csv", "a.csv", "--xlsx", "a.xlsx")
    assert first.code == 0
    assert "Written: a.csv" in first.out
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[2][1:4] == ["12000.00", "240.00", "2911.49"]
    assert load_workbook(tmp_path / "a.xlsx", data_only=True)["Schedule"]["H4"].value == 2911.49
    before = (tmp_path / "a.csv").read_bytes()
    again = finance_kit("loan", "schedule", *P17[:-2], "--csv", "a.csv")
    assert again.code == 2
    assert "a.csv" in again.err
    assert (tmp_path / "a.csv").read_bytes() == before
    assert finance_kit("loan", "schedule", *P17, "--months", "6", "--csv", "a.csv", "--overwrite").code == 0
    assert (tmp_path / "a.csv").read_bytes() != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.xlsx"]


def test_the_terms_file_itself_is_never_the_target(finance_kit: Command, tmp_path: Path) -> None:
    file = tmp_path / "offer.yaml"
    file.write_text("loan: {principal: 1000, annual_rate: 12%, months: 4}\n", "utf-8")
    assert finance_kit("loan", "schedule", "offer.yaml", "--csv", "offer.yaml", "--overwrite").code == 2
    assert file.read_text("utf-8").startswith("loan:")


def test_why_is_answered_with_the_formula(finance_kit: Command) -> None:
    sentence = (
        "Interest of instalment 2 = balance owed 9,088.51 × 24 % a year × 1/12 year (same as repayment period) "
        "= 181.7702, rounded to a multiple of 0.01 = 181.77."
    )
    assert sentence in words(finance_kit("loan", "explain", "interest", "2", *P17).out)
    assert sentence in words(finance_kit("loan", "schedule", *P17, "--why", "2").out)
    found = finance_kit("loan", "explain", "interest", "2", *P17, "--json").json
    assert (found["value"], found["words"]) == (181.77, [sentence])
    unknown = finance_kit("loan", "explain", "profit", "2", *P17)
    assert unknown.code == 2
    assert "closing_balance" in unknown.err


def test_a_file_can_be_explained_and_its_options_changed(finance_kit: Command) -> None:
    offer = SAMPLES / "offers" / "kh-mfi-individual.yaml"
    assert "= 300,000." in words(finance_kit("loan", "explain", offer, "interest", "1").out)
    assert "= 200,000." in words(finance_kit("loan", "explain", offer, "interest", "1", "--rate", "12%").out)


def test_a_rate_that_does_not_exist_is_null_with_its_reason(finance_kit: Command) -> None:
    answer = finance_kit("loan", "cost", *P17, "--fee", "100%", "--json")
    assert answer.code == 0
    assert answer.json["cost"]["true"]["eir"]["value"] is None
    assert answer.json["cost"]["true"]["eir"]["reason"] == "loan_nothing_received"
    assert "leave nothing in hand" in words(finance_kit("loan", "cost", *P17, "--fee", "100%").out)


def test_offers_side_by_side_mark_the_cheapest(finance_kit: Command) -> None:
    mfi, flat = (SAMPLES / "offers" / f"{name}.yaml" for name in ("kh-mfi-individual", "kh-moneylender-flat"))
    answer = finance_kit("loan", "compare", flat, mfi)
    assert answer.code == 0
    assert "MFI loan, Cambodia *" in words(answer.out)
    assert "* Lowest true cost: MFI loan, Cambodia, EIR 20.42 % a year." in words(answer.out)
    assert finance_kit("loan", "compare", flat, mfi, "--json").json["cheapest"] == 1


def test_what_can_be_afforded_needs_no_sum_lent(finance_kit: Command) -> None:
    # 200 a month, 12 % a year, 4 months, equal principal: 200 / 0.26 = 769.23
    answer = finance_kit(
        "loan", "afford", "--rate", "12%", "--months", "4", "--repayment", "equal_principal", "--pay", "200", "--exact"
    )
    assert answer.code == 0
    assert "Largest loan at 12 % over 4 instalments: 769.23." in words(answer.out)
    assert finance_kit("loan", "afford", "--rate", "12%", "--months", "4", "--pay", "2OO").code == 2


def test_what_if_questions_are_asked_one_at_a_time(finance_kit: Command) -> None:
    settled = finance_kit("loan", "settle", *P17, "--after", "2", "--settle-fee", "2%")
    assert settled.code == 0
    assert "To pay 6,241.17" in words(settled.out)
    two = finance_kit("loan", "settle", *P17, "--after", "2", "--prepay", "100", "--days-late", "3")
    assert two.code == 2
    assert "--prepay and --days-late ask for different things" in words(two.err)
    assert finance_kit("loan", "settle", *P17, "--after", "4").code == 2


@pytest.mark.parametrize("path", OFFERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("command", ["schedule", "cost"])
def test_every_sample_fits_a_screen_of_80_columns_without_a_cut_figure(
    finance_kit: Command, command: str, path: Path
) -> None:
    answer = finance_kit("loan", command, path, columns=80)
    assert answer.code == 0
    assert max(len(line) for line in answer.out.splitlines()) <= 80
    assert "…" not in answer.out


def test_a_new_terms_file_is_a_starter_or_a_sample_and_never_overwrites(finance_kit: Command, tmp_path: Path) -> None:
    assert finance_kit("loan", "new", "mine.yaml").code == 0
    assert finance_kit("loan", "schedule", "mine.yaml").code == 1
    assert finance_kit("loan", "new", "mine.yaml").code == 2
    assert finance_kit("loan", "new", "copy.yaml", "--sample", "mm-mfi-group").code == 0
    assert finance_kit("loan", "schedule", "copy.yaml").code == 0
    assert finance_kit("loan", "new", "--list").out.split() == [path.stem for path in OFFERS]
    assert finance_kit("loan", "new").code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.yaml", "mine.yaml"]
