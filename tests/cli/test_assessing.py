"""assess, offers and checklist from the terminal: what they say, as JSON, and their exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Command

Sample = Callable[[str], Path]
SAMPLES = ["kh-homestay", "kh-pepper-drying", "mm-dried-fish", "th-pottery-kiln", "vn-coconut-export"]
OFFERS = Path(__file__).parents[2] / "sample_plans" / "offers"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_assessed_by_every_lender_of_its_country(
    finance_kit: Command, sample: Sample, name: str
) -> None:
    told = finance_kit("assess", sample(name), "--all-lenders")
    assert told.code == 0
    found = finance_kit("assess", sample(name), "--all-lenders", "--json").json
    assert len(found["assessments"]) == len(found["lenders"])
    for each in found["assessments"]:
        assert each["profile_id"] in told.out
        assert each["score"] == pytest.approx(sum(criterion["points"] for criterion in each["criteria"]))


def test_an_assessment_shows_points_figure_rule_and_source(finance_kit: Command, sample: Sample) -> None:
    told = finance_kit("assess", sample("kh-pepper-drying"), "--lender", "kh_ardb").out
    for words in (
        "20.0 of 20 Debt service cover as planned: 2.01 (2032) [11]",
        "Rule: no points at 1.00 or less, 80 % of them at 1.25, all points at 1.50 or more",
        "[1] Special financing programme: conditions",
        "met: Lowest yearly DSCR: 2.01 (2032); needed: at least 1.00",
    ):
        assert words in told


def test_the_gate_leaves_with_3_when_no_lender_finds_the_plan_ready(finance_kit: Command, sample: Sample) -> None:
    assert finance_kit("assess", sample("mm-dried-fish"), "--gate").code == 3
    assert finance_kit("assess", sample("kh-pepper-drying"), "--gate").code == 0
    assert finance_kit("offers", sample("mm-dried-fish"), "--gate").code == 3
    assert finance_kit("offers", sample("kh-homestay"), "--gate").code == 0
    assert finance_kit("checklist", sample("mm-dried-fish"), "--gate").code == 3


@pytest.mark.parametrize("command", ["assess", "offers", "checklist"])
def test_trouble_is_told_with_its_code(finance_kit: Command, sample: Sample, tmp_path: Path, command: str) -> None:
    unknown = finance_kit(command, sample("kh-homestay"), "--lender", "kh_ardbb")
    assert unknown.code == 2
    assert "kh_ardb, " in unknown.err
    broken = tmp_path / "broken.yaml"
    broken.write_text("schema_version: 1\n", encoding="utf-8")
    assert finance_kit(command, broken).code == 1
    assert finance_kit(command).code == 2


def test_offers_tell_cost_cover_law_and_saving(finance_kit: Command, sample: Sample) -> None:
    told = finance_kit("offers", sample("kh-homestay"))
    assert told.code == 0
    page = finance_kit("offers", sample("kh-homestay"), "--json").json
    rows = {each["held_against"].split()[0]: each for each in page["offers"][1:]}
    assert rows["kh_ardb"]["annual_rate"] == 0.055
    assert rows["kh_ardb"]["eligible"] == "eligible"
    assert rows["kh_commercial_bank"]["eligible"] == "not_eligible"
    assert rows["kh_microfinance"]["within_law"] is True
    assert page["offers"][page["cheapest"]]["held_against"].startswith("kh_ardb")
    assert page["offers"][page["next_cheapest"]]["held_against"].startswith("kh_sme_bank_micro")
    one, other = page["offers"][page["cheapest"]], page["offers"][page["next_cheapest"]]
    assert page["saving"]["a_month"] == pytest.approx((other["cost"] - one["cost"]) / 54)
    assert f"USD {page['saving']['a_month']:,.2f} a month" in " ".join(told.out.split())


def test_a_quotation_is_held_against_the_plan_for_its_own_sum_or_the_plans(
    finance_kit: Command, sample: Sample
) -> None:
    plan, bank = sample("kh-homestay"), OFFERS / "kh-bank-sme.yaml"
    own = finance_kit("offers", plan, "--offer", bank, "--json").json["offers"][1]
    same = finance_kit("offers", plan, "--offer", bank, "--same-sum", "--json").json["offers"][1]
    assert (own["principal"], own["origin"]) == (20_000, "file")
    assert own["eir"] == pytest.approx(0.1418, abs=1e-4)  # 20,000, 13 %, 84 months, 1 %: D16 of the derived set
    assert same["principal"] == 38_000
    assert same["eir"] == pytest.approx(own["eir"], abs=1e-4)
    assert same["min_dscr"] > own["min_dscr"]


def test_a_moneylender_has_no_conditions_that_are_known(finance_kit: Command, sample: Sample) -> None:
    told = finance_kit("offers", sample("kh-pepper-drying"), "--offer", OFFERS / "kh-moneylender-flat.yaml", "--json")
    lender = told.json["offers"][1]
    assert lender["held_against"] is None
    assert any("No profile" in reason for reason in lender["reasons"])
    assert lender["eir"] == pytest.approx(0.3527, abs=1e-4)


def test_a_loan_that_the_plan_does_not_have_is_told(finance_kit: Command, sample: Sample) -> None:
    told = finance_kit("offers", sample("kh-pepper-drying"), "--loan", "Car")
    assert told.code == 2
    assert "Building loan in riel, Equipment loan in dollars" in told.err
    other = finance_kit("offers", sample("kh-pepper-drying"), "--loan", "Equipment loan in dollars", "--json")
    assert other.json["loan"] == "Equipment loan in dollars"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_checklist_tells_what_is_held_and_what_is_not_confirmed(
    finance_kit: Command, sample: Sample, name: str
) -> None:
    told = finance_kit("checklist", sample(name), "--all-lenders")
    assert told.code == 0
    assert "What the officer will ask, and what the plan answers" in told.out
    found = finance_kit("checklist", sample(name), "--all-lenders", "--json").json
    assert len(found["interview"]) == 13
    questions = {each["title"] for one in found["checklists"] for each in one["to_ask"]}
    assert ("Ask the lender; not confirmed" in told.out) == bool(questions)
    for one in found["checklists"]:
        assert not questions & {item["title"] for item in one["items"] if not item["listed"]}


def test_no_line_is_wider_than_the_screen(finance_kit: Command, sample: Sample) -> None:
    for command in ("assess", "offers", "checklist"):
        out = finance_kit(command, sample("kh-pepper-drying")).out
        assert all(cell_len(line.rstrip()) <= 110 for line in out.splitlines())  # marks above letters take none
