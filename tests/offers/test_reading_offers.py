"""A terms file, options, or both: the terms they mean, and every problem with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance_kit import resources
from finance_kit.errors import PlanError
from finance_kit.loans import LoanTerms
from finance_kit.offers import parse_offer, read_offer

PLAIN = "loan: {principal: 1000000, annual_rate: 18%, months: 12}"


def problems(text: str) -> dict[str, str]:
    with pytest.raises(PlanError) as caught:
        parse_offer(text, "offer.yaml")
    return {issue.code: issue.where.path for issue in caught.value.issues}


@pytest.mark.parametrize(
    ("currency", "unit", "minor"),
    [("KHR", 100.0, 1.0), ("MMK", 100.0, 1.0), ("VND", 500.0, 1.0), ("THB", 1.0, 0.01), ("USD", 0.01, 0.01)],
)
def test_a_currency_brings_its_money_habits(currency: str, unit: float, minor: float) -> None:
    terms = parse_offer(f"currency: {currency}\n{PLAIN}", "offer.yaml").terms
    assert (terms.rounding_unit, terms.minor_unit) == (unit, minor)


def test_no_currency_is_invented_for_an_offer_that_states_none() -> None:
    offer = parse_offer(f"country: KH\n{PLAIN}", "offer.yaml")
    assert offer.currency.code == ""
    assert offer.terms.rounding_unit == 0.01


def test_rounding_none_gives_the_unrounded_schedule() -> None:
    offer = parse_offer("currency: KHR\nloan: {principal: 1000, annual_rate: 12%, months: 4, rounding: none}", "o.yaml")
    assert offer.terms.rounding_unit is None
    assert offer.decimals == 2


def test_a_monthly_quotation_is_twelve_times_as_much_a_year_to_the_last_digit() -> None:
    offer = parse_offer("loan: {principal: 1000, monthly_rate: 2.3%, months: 4}", "o.yaml")
    assert offer.terms.annual_rate == 0.276
    assert offer.quoted_per == "month"


def test_the_same_terms_in_a_file_and_in_options_are_the_same_loan(tmp_path: Path) -> None:
    file = tmp_path / "offer.yaml"
    file.write_text("currency: KHR\nloan: {principal: 2000000, annual_rate: 0.18, instalments: 36}\n", "utf-8")
    options = {"currency": "KHR", "loan": {"principal": 2_000_000.0, "annual_rate": "18%", "months": 36}}
    assert read_offer(file).terms == read_offer(None, options).terms


def test_options_change_what_a_file_says_and_put_its_other_wording_out_of_force(tmp_path: Path) -> None:
    file = tmp_path / "offer.yaml"
    file.write_text("loan: {principal: 1000, monthly_rate: 1.5%, instalments: 36, grace_months: 3}\n", "utf-8")
    changed = read_offer(file, {"loan": {"annual_rate": "12%", "months": 24}}).terms
    assert (changed.annual_rate, changed.instalments, changed.grace_months) == (0.12, 24, 3)
    assert read_offer(file).terms.annual_rate == pytest.approx(0.18, abs=1e-15)


def test_dates_fees_and_pay_outs_become_those_of_the_loan() -> None:
    text = """
    loan:
      principal: 1000
      annual_rate: 12%
      months: 6
      day_count: actual/365
      calendar: {disbursed: 2026-01-31, shift: following, holidays: [2026-04-30]}
      fees: [{name: Guarantee, share: 1.75%, basis: outstanding, when: yearly, covered_share: 70%}]
      pay_outs: [{amount: 400, day: 2026-03-15}]
    """
    terms = parse_offer(text, "offer.yaml").terms
    assert terms.calendar is not None
    assert str(terms.calendar.disbursed) == "2026-01-31"
    assert terms.fees[0].share == 0.0175
    assert terms.fees[0].covered_share == 0.7
    assert terms.pay_outs[0].amount == 400


def test_everything_that_is_missing_is_told_at_once() -> None:
    assert set(problems("title: x\nloan: {}\n")) == {
        "offer_principal_missing",
        "offer_rate_missing",
        "offer_tenor_missing",
    }


@pytest.mark.parametrize(
    ("loan", "code", "path"),
    [
        ("principal: 1, annual_rate: 12%, monthly_rate: 1%, months: 12", "offer_rate_twice", "loan.monthly_rate"),
        ("principal: 1, annual_rate: 12%, months: 12, instalments: 12", "offer_tenor_twice", "loan.months"),
        ("principal: 1, annual_rate: 12%, months: 10, months_between: 3", "offer_months_not_whole", "loan.months"),
        ("principal: 1, annual_rate: 12%, months: 10, weeks_between: 1", "offer_months_need_months", "loan.months"),
        ("principal: 1, annual_rate: 12%, months: 6, grace_months: 6", "loan_grace_too_long", "loan.grace_months"),
        ("principal: 1, annual_rate: 12%, months: 6, day_count: actual/365", "loan_days_without_dates",
         "loan.day_count"),
        ("principal: 1, annual_rate: 12%, months: 6, colour: red", "unknown_field", "loan.colour"),
        ("principal: 1, annual_rate: 12%, months: 6, calendar: {disbursed: 31/01/2026}", "offer_day_needed",
         "loan.calendar.disbursed"),
        ("principal: 9, annual_rate: 12%, months: 6, calendar: {disbursed: 2026-01-31}, pay_outs: [{amount: 1}]",
         "offer_event_needs_day", "loan.pay_outs.0"),
        ("principal: -1, annual_rate: 12%, months: 6", "loan_negative", "loan.principal"),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_its_place(loan: str, code: str, path: str) -> None:
    assert problems(f"loan: {{{loan}}}") == {code: path}


@pytest.mark.parametrize(
    "hostile",
    [
        "loan: !!python/object/apply:os.system ['true']",
        "a: &a [1]\nloan: *a",
        "loan: {principal: 1, principal: 2, annual_rate: 1%, months: 1}",
        "- 1\n- 2",
        "",
    ],
)
def test_hostile_or_surprising_yaml_is_refused_as_in_a_plan(hostile: str) -> None:
    assert problems(hostile)


def test_every_sample_offer_can_be_read_says_it_is_an_example_and_where_it_comes_from() -> None:
    offers = resources.sample_offers()
    assert len(offers) >= 5
    assert {read_offer(path).country for path in offers} == {"KH", "MM", "TH", "VN"}
    for path in offers:
        offer = read_offer(path)
        assert "EXAMPLE" in path.read_text("utf-8").splitlines()[0]
        assert offer.source
        assert offer.note is not None
        assert "example" in offer.note


def test_sample_offers_are_no_sample_plans() -> None:
    assert not {path.stem for path in resources.sample_offers()} & {path.stem for path in resources.sample_plans()}


def test_the_starter_holds_no_number_and_asks_for_what_is_needed() -> None:
    text = resources.data("loan_terms.yaml").read_text("utf-8")
    assert set(problems(text)) == {"offer_principal_missing", "offer_rate_missing", "offer_tenor_missing"}


def test_the_starter_names_fields_that_exist() -> None:
    """Each commented field, uncommented, is one of the file's own."""
    import re

    from finance_kit.offers.schema import CalendarFile, LoanFile, OfferFile

    known = {*OfferFile.model_fields, *LoanFile.model_fields, *CalendarFile.model_fields}
    text = resources.data("loan_terms.yaml").read_text("utf-8")
    named = re.findall(r"^(?:  )*(?:# )?(?:  )?([a-z_]+):", text, re.MULTILINE)
    assert {"quotation", "fees", "disbursed", "title"} <= set(named)
    assert set(named) - known == set()


def test_a_plain_offer_is_the_plain_loan() -> None:
    expected = LoanTerms(principal=1e6, annual_rate=0.18, instalments=12, rounding_unit=0.01, minor_unit=0.01)
    assert parse_offer(PLAIN, "offer.yaml").terms == expected
