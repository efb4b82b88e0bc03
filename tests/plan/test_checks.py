"""Each check finds its fault at its line, and a sound plan has none.

The faults are in ``fixtures/faults_full.yaml`` and ``fixtures/faults_profile.yaml``; each changes a sound plan at one
place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from finance_kit.errors import Issue
from finance_kit.i18n import messages_checks
from finance_kit.i18n.catalog import message
from finance_kit.plan.checks import check
from finance_kit.plan.checks_codes import SEVERITY
from finance_kit.plan.load import load_text
from finance_kit.plan.yaml_source import read

FIXTURES = Path(__file__).parent / "fixtures"
FULL = (FIXTURES / "full.yaml").read_text("utf-8")
PROFILE = (FIXTURES / "profile.yaml").read_text("utf-8")
FAULTS: list[dict[str, Any]] = read(FIXTURES / "faults_full.yaml").data
SMALL_FAULTS: list[dict[str, Any]] = read(FIXTURES / "faults_profile.yaml").data


def without(text: str, key: str) -> str:
    """A plan without one of its top-level keys and everything below it."""
    lines = text.splitlines(keepends=True)
    first = next(number for number, each in enumerate(lines) if each.startswith(f"{key}:"))
    last = first + 1
    while last < len(lines) and lines[last].startswith((" ", "-")):
        last += 1
    return "".join(lines[:first] + lines[last:])


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def faulty(fault: dict[str, Any]) -> str:
    text = without(FULL, fault["without"]) if "without" in fault else replaced(FULL, fault["replace"], fault["by"])
    # Only without a list of members is their number asked for; months of a cycle only matter against a short plan.
    if fault["code"] == "missing_members_count":
        text = without(text, "members")
    return text.replace("months: 60", "months: 24") if fault["code"] == "cycle_longer_than_plan" else text


def found_in(text: str) -> list[Issue]:
    loaded = load_text(text, "plan.yaml")
    assert loaded.plan is not None, loaded.issues
    return list(loaded.issues)


def line_of(text: str, mark: str) -> int:
    """Number of the line that is this text or, failing that, the first that holds it."""
    lines = text.splitlines()
    return 1 + (lines.index(mark) if mark in lines else next(n for n, each in enumerate(lines) if mark in each))


def test_a_complete_plan_has_nothing_to_be_said_about_it() -> None:
    assert found_in(FULL) == []


def test_a_profile_is_asked_for_its_dozen_answers_only() -> None:
    assert [issue.code for issue in found_in(PROFILE)] == ["tax_not_in_profile"]


def test_a_profile_is_not_asked_for_what_only_a_full_plan_states() -> None:
    codes = {issue.code for issue in found_in(PROFILE)}
    assert not codes & {"missing_working_capital", "missing_opening", "missing_capacity", "missing_lender_type"}


def test_years_in_business_follow_from_the_year_of_forming() -> None:
    text = without(replaced(FULL, "  years_in_business: 4\n", ""), "past_years")
    (issue,) = found_in(text)
    assert issue.code == "missing_past_years"
    assert issue.params["found"] == 2027 - 2021


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("loss_share: 0.02", "loss_share: 0"),
        ("    price_growth: 0\n", "    price_growth: 0.02\n"),
        ("receivable_days: 25, inventory_days: 10", "receivable_days: 25, inventory_days: 0"),
        ("social_rate: 0.05", "social_rate: 0"),
        ("payment_lag_months: 3", "payment_lag_months: 0"),
    ],
)
def test_a_stated_zero_is_an_answer(old: str, new: str) -> None:
    assert found_in(replaced(FULL, old, new)) == []


def check_found(text: str, fault: dict[str, Any]) -> Issue:
    """The finding that a fault must give, at its line and with words."""
    found = found_in(text)
    issues = [issue for issue in found if issue.code == fault["code"]]
    assert issues, f"not found among {[issue.code for issue in found]}"
    assert issues[0].where.line == line_of(text, fault["at"])
    assert issues[0].where.column is not None
    assert issues[0].severity == SEVERITY.get(fault["code"], "error")
    words = message(issues[0])
    assert words.endswith(".")
    assert "…" not in words, "a parameter is missing"
    return issues[0]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['code']}-{fault['at'][:12]}")
def test_a_fault_is_found_at_its_line(fault: dict[str, Any]) -> None:
    issue = check_found(faulty(fault), fault)
    assert issue.where.path == fault.get("path", issue.where.path)


@pytest.mark.parametrize("fault", SMALL_FAULTS, ids=lambda fault: fault["code"])
def test_a_fault_is_found_in_other_countries_and_in_a_profile(fault: dict[str, Any]) -> None:
    text = PROFILE
    for old, new in fault["changes"]:
        text = replaced(text, old, new)
    assert check_found(text, fault).where.file == "plan.yaml"


def test_limits_by_law_are_kept_by_offers_at_the_limit() -> None:
    text = PROFILE.replace("country: TH", "country: MM").replace("currency: THB", "currency: MMK")
    text = text.replace("rate: 0.08", "rate: 0.28, upfront_fee_share: 0.0166, lender_type: mfi")
    assert not [issue.code for issue in found_in(text) if issue.code.startswith("loan_")]


def test_every_code_has_words_and_is_tested() -> None:
    assert set(messages_checks.MESSAGES) - {"plan_has_errors"} == set(SEVERITY)
    tested = {fault["code"] for fault in (*FAULTS, *SMALL_FAULTS)} | {"tax_not_in_profile"}
    assert set(SEVERITY) - tested == set()


def test_a_plan_from_a_form_is_checked_without_lines() -> None:
    loaded = load_text(FULL.replace("months: 60", "months: 35"), "plan.yaml")
    assert loaded.plan is not None
    (issue,) = [found for found in check(loaded.plan) if found.code == "plan_short"]
    assert (issue.where.path, issue.where.line) == ("period.months", None)


def test_all_faults_are_listed_at_once_in_the_order_of_the_file() -> None:
    text = (
        FULL.replace("price: 24000", "price: 0")
        .replace("months: 60", "months: 35")
        .replace("    own_share: 0.3", "    own_share: 0.9")
    )
    issues = found_in(text)
    assert {"plan_short", "price_zero", "asset_shares_above_one"} <= {issue.code for issue in issues}
    lines = [issue.where.line or 0 for issue in issues]
    assert lines == sorted(lines)


def test_checks_do_not_fail_on_extreme_but_valid_numbers() -> None:
    text = FULL.replace("growth: 0.03", "growth: 10").replace("price: 24000", "price: 1.0e+15")
    text = text.replace("    loss_share: 0.02", "    loss_share: 0.999999\n    volume_growth: {rate: 10, per: month}")
    text = text.replace('period: {start: "2027-01", months: 60', 'period: {start: "2100-01", months: 240')
    assert "rate_in_per_cent" in {issue.code for issue in found_in(text)}
