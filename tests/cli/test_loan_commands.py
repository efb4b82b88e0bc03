"""Loan commands as a loan officer types them; figures are the published or hand-worked ones of the offers."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import SAMPLES, Command

OFFERS = SAMPLES / "offers"
CAMBODIAN = ("--principal", "20000", "--rate", "18%", "--months", "36", "--fee", "1%", "--currency", "USD")
# 12 000 at 2 % a month in four instalments: Mifos / Apache Fineract, GroupLoanIntegrationTest.
GROUP = ("--principal", "12000", "--rate", "24%", "--months", "4", "--currency", "USD")


def test_schedule_is_the_published_one_in_the_terminal_in_json_and_in_both_files(
    finance_kit: Command, tmp_path: Path
) -> None:
    published = [(2911.49, 240.00), (2969.72, 181.77), (3029.11, 122.38), (3089.68, 61.79)]
    shown = finance_kit("loan", "schedule", *GROUP, "--csv", "group.csv", "--xlsx", "group.xlsx")
    assert shown.code == 0
    assert "2,911.49" in shown.out
    assert "61.79" in shown.out
    rows = finance_kit("loan", "schedule", *GROUP, "--json").json["schedule"]["rows"]
    assert [(row["principal"], row["interest"]) for row in rows] == published
    text = (tmp_path / "group.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    head = next(number for number, row in enumerate(table) if "Principal" in row)
    principal, interest = table[head].index("Principal"), table[head].index("Interest")
    found = [(float(row[principal]), float(row[interest])) for row in table[head + 1 : head + 5]]
    assert found == published
    book = openpyxl.load_workbook(tmp_path / "group.xlsx", data_only=True)  # what a phone shows without reckoning
    cells = [[cell.value for cell in row] for row in book["Schedule"].iter_rows()]
    numbers = [[value for value in row if isinstance(value, int | float)] for row in cells]
    assert all(any({p, i} <= set(row) for row in numbers) for p, i in published)
    live = openpyxl.load_workbook(tmp_path / "group.xlsx")
    assert any(str(cell.value).startswith("=") for row in live["Schedule"].iter_rows() for cell in row)


def test_a_file_that_is_there_is_left_as_it_is(finance_kit: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("my notes", encoding="utf-8")
    refused = finance_kit("loan", "schedule", *GROUP, "--csv", "mine.csv")
    assert refused.code == 2
    assert "mine.csv" in refused.err
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "my notes"


def test_text_that_looks_like_a_formula_stays_text(finance_kit: Command, tmp_path: Path) -> None:
    (tmp_path / "offer.yaml").write_text(
        'title: "=cmd|calc"\ncurrency: USD\nloan: {principal: 12000, annual_rate: 24%, months: 4}\n', encoding="utf-8"
    )
    done = finance_kit("loan", "schedule", "offer.yaml", "--csv", "offer.csv", "--xlsx", "offer.xlsx")
    assert done.code == 0
    cells = [cell for row in csv.reader(io.StringIO((tmp_path / "offer.csv").read_text("utf-8-sig"))) for cell in row]
    assert "'=cmd|calc" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
    book = openpyxl.load_workbook(tmp_path / "offer.xlsx")
    named = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=cmd|calc"]
    assert named
    assert {cell.data_type for cell in named} == {"s"}


def test_cost_of_a_cambodian_mfi_loan(finance_kit: Command) -> None:
    # D15 of the domain dossier: 723.05 a month, 18.73 % nominal, 20.42 % effective
    found = finance_kit("loan", "cost", *CAMBODIAN, "--country", "KH", "--lender-type", "mfi", "--json").json
    true = found["cost"]["true"]
    assert true["net_received"] == 19_800
    assert true["nominal_annual_rate"] == pytest.approx(0.1873, abs=5e-5)
    assert true["eir"] == pytest.approx(0.2042, abs=5e-5)
    said = finance_kit("loan", "cost", *CAMBODIAN, "--country", "KH", "--lender-type", "mfi").out
    assert "KEPT" in said
    assert "20.42 %" in said


def test_a_flat_quotation_in_cambodia_is_named_as_not_allowed(finance_kit: Command) -> None:
    said = finance_kit(
        "loan", "cost", "--principal", "1000000", "--monthly-rate", "1.5%", "--flat", "--months", "12", "--currency",
        "KHR", "--country", "KH", "--lender-type", "mfi",
    )  # fmt: skip
    assert said.code == 0
    assert "36.7" in said.out  # D3: 36.76 % effective, here on instalments in hundreds of riel
    assert "flat" in said.out.lower()
    assert "NOT KEPT" in said.out or "not allowed" in said.out


def test_offers_side_by_side_name_the_cheapest_in_the_same_currency(finance_kit: Command) -> None:
    files = [OFFERS / "kh-mfi-individual.yaml", OFFERS / "kh-moneylender-flat.yaml"]
    found = finance_kit("loan", "compare", *files, "--json")
    assert found.code == 0
    said = finance_kit("loan", "compare", *files).out
    assert "…" not in said.replace("… its number", "")  # nothing is cut
    assert "20.42 %" in said
    assert "35.27 %" in said
    assert "MFI loan, Cambodia" in said


def test_what_can_be_afforded_is_what_the_schedule_then_asks(finance_kit: Command) -> None:
    # 12 at 1 % a month: an instalment of 1 066.19 repays 12 000 (closed annuity formula)
    found = finance_kit("loan", "afford", "--rate", "12%", "--months", "12", "--currency", "USD", "--pay", "1066.19")
    assert found.code == 0
    assert "12,000.0" in found.out


def test_settling_early_is_the_hand_calculation_of_the_help_page(finance_kit: Command) -> None:
    said = finance_kit("loan", "settle", *GROUP, "--after", "2", "--settle-fee", "2%").out
    assert "6,118.79" in said
    assert "6,241.17" in said
    assert "61.79" in said


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--principal", "1000", "--rate", "18", "--months", "6"), 2, "18%"),
        (("--principal", "1000", "--rate", "10%", "--months", "12", "--grace", "12"), 1, "Shorten the grace"),
        (("--principal", "-5", "--rate", "10%", "--months", "12"), 2, "--principal"),
        (("--principal", "1000", "--rate", "1000%", "--months", "12"), 1, "annual_rate"),
        (("--principal", "1000", "--rate", "nan", "--months", "12"), 2, "--rate"),
        (("--rate", "10%", "--months", "12"), 1, "principal"),
        (("--principal", "1000", "--rate", "10%", "--months", "12", "--paid-out", "2026-02-30"), 2, "2026-02-30"),
        (
            ("--principal", "1000", "--rate", "10%", "--months", "12", "--paid-out", "2026-05-01",
             "--first-due", "2026-04-01"),
            1,
            "after the pay-out",
        ),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_answered_with_what_would_be_right(
    finance_kit: Command, arguments: tuple[str, ...], code: int, words: str
) -> None:
    refused = finance_kit("loan", "schedule", *arguments)
    assert refused.code == code
    assert words in " ".join((refused.out + refused.err).split())


def test_every_loan_command_shows_an_example(finance_kit: Command) -> None:
    for command in ("schedule", "explain", "cost", "compare", "afford", "settle", "new"):
        assert "Example: finance-kit loan" in finance_kit("loan", command, "--help").out
    assert "Example: finance-kit help" in finance_kit("help", "--help").out


def test_every_sample_offer_can_be_read_and_says_that_it_is_an_example(finance_kit: Command) -> None:
    files = sorted(OFFERS.glob("*.yaml"))
    assert len(files) == 6
    for file in files:
        found = finance_kit("loan", "cost", file, "--json")
        assert found.code == 0, found.err
        assert "example" in found.json["offer"]["note"]
        assert found.json["offer"]["source"]


def test_the_samples_are_listed_without_a_target_and_a_strange_digit_is_no_number(finance_kit: Command) -> None:
    assert "kh-mfi-individual" in finance_kit("loan", "new", "--list").out
    assert finance_kit("loan", "new").code == 2
    assert finance_kit("loan", "explain", *GROUP, "interest", "²").code in (1, 2)
    assert finance_kit("loan", "schedule", *GROUP, "--exact", "--round-to", "100").code == 1


def test_help_lists_its_pages_and_shows_one(finance_kit: Command) -> None:
    assert "flat-or-declining" in finance_kit("help").out
    assert "Worked example" in finance_kit("help", "grace").out
    unknown = finance_kit("help", "weather")
    assert unknown.code == 2
    assert "weather" in unknown.err
