from dataclasses import replace
from typing import Any

import pytest

from finance_kit.errors import Undefined
from finance_kit.loans import LoanFee, LoanTerms, RateChange, true_cost
from finance_kit.loans.interest_caps import CapCheck, CapMeasure, InterestLimit, check_interest_cap

CAMBODIA = InterestLimit(law="Prakas B7.017.109", annual_rate=0.18, monthly_rate=0.015, flat_quotation_allowed=False)
MYANMAR = InterestLimit(law="Directive 1/2019", annual_rate=0.28, monthly_rate=0.023, fee_share_per_year=0.02)


def loan(annual_rate: float, **more: Any) -> LoanTerms:
    return LoanTerms(**({"principal": 1_000_000.0, "annual_rate": annual_rate, "instalments": 12} | more))


def checked(terms: LoanTerms, limit: InterestLimit, **how: Any) -> CapCheck:
    found = check_interest_cap(terms, limit, **how)
    assert not isinstance(found, Undefined)
    return found


def excess(check: CapCheck) -> dict[CapMeasure, float]:
    return {finding.measure: finding.excess for finding in check.findings}


def test_a_loan_at_the_limit_is_lawful_though_its_effective_rate_is_above() -> None:
    # Domain dossier 7.4, D15: 18 % with a fee of 1 % over 36 months has an effective rate of 20.42 %.
    terms = loan(0.18, principal=20_000.0, instalments=36, upfront_fee_share=0.01)
    assert true_cost(terms).eir == pytest.approx(0.2042, abs=0.00005)
    check = checked(terms, CAMBODIA)
    assert check.within is True
    assert check.declining_annual_rate == 0.18
    assert excess(check) == {"nominal_annual_rate": 0.0, "nominal_monthly_rate": 0.0}


def test_a_rate_above_the_limit_says_by_how_much() -> None:
    check = checked(loan(0.19), CAMBODIA)
    assert check.within is False
    assert excess(check)["nominal_annual_rate"] == pytest.approx(0.01, abs=1e-12)


@pytest.mark.parametrize(("flat", "declining"), [(0.18, 0.3172), (0.10, 0.1797)])
def test_a_flat_quotation_is_converted_and_in_cambodia_forbidden_even_where_it_is_cheap(
    flat: float, declining: float
) -> None:
    # 18 % flat is D3 of the dossier, 31.72 %. 10 % flat over 12 months: 12 x RATE(12, -(1 + 0.1) / 12, 1) = 17.97 %.
    check = checked(loan(flat, quotation="flat", upfront_fee_share=0.01, rounding_unit=100.0, minor_unit=1.0), CAMBODIA)
    assert check.flat_forbidden
    assert check.within is False
    assert check.quoted_annual_rate == flat
    assert check.declining_annual_rate == pytest.approx(declining, abs=0.00005)
    assert excess(check)["nominal_annual_rate"] == pytest.approx(max(declining - 0.18, 0.0), abs=0.00005)


def test_in_myanmar_a_flat_quotation_is_compared_as_a_declining_rate() -> None:
    check = checked(loan(0.18, quotation="flat"), MYANMAR)
    assert not check.flat_forbidden
    assert check.within is False
    assert excess(check)["nominal_annual_rate"] == pytest.approx(0.3172 - 0.28, abs=0.00005)
    assert checked(loan(0.15, quotation="flat"), MYANMAR).within is True  # 26.6 % on the declining balance


def test_myanmars_ceiling_with_its_whole_fee_and_savings_is_lawful_and_costs_about_40_per_cent() -> None:
    # D7 of the dossier is 2.3 % a month and a fee of 2 %; with savings of 5 % besides it names 37 to 41 %.
    terms = loan(0.276, upfront_fee_share=0.02, compulsory_savings_share=0.05, savings_annual_rate=0.14)
    cost = true_cost(terms).eir
    assert not isinstance(cost, Undefined)
    assert 0.37 < cost < 0.41
    assert checked(terms, MYANMAR).within is True
    assert checked(terms, MYANMAR, quoted_per="month").within is True


def test_a_rate_quoted_a_year_is_held_against_the_yearly_limit_and_told_its_month() -> None:
    # 28 % a year is 2.333 % a month, above 2.3 %.
    check = checked(loan(0.28), MYANMAR)
    assert check.within is True
    yearly, monthly, _ = check.findings
    assert (yearly.decides, yearly.within) == (True, True)
    assert (monthly.decides, monthly.within) == (False, False)
    assert monthly.excess == pytest.approx(0.28 / 12 - 0.023, abs=1e-15)
    assert checked(loan(0.28), MYANMAR, quoted_per="month").within is False


@pytest.mark.parametrize(
    ("instalments", "share", "within"),
    [(12, 0.02, True), (12, 0.0201, False), (6, 0.01, True), (6, 0.0101, False), (24, 0.04, True), (24, 0.0401, False)],
)
def test_fees_are_limited_in_proportion_to_the_term(instalments: int, share: float, within: bool) -> None:
    check = checked(loan(0.2, instalments=instalments, upfront_fee_share=share), MYANMAR)
    assert check.within is within
    assert excess(check)["fee_share_of_loan"] == pytest.approx(0.0 if within else 0.0001, abs=1e-12)


def test_every_fee_counts_and_savings_do_not() -> None:
    # 1 % + 2 000 of 1 000 000 + 12 x 500 = 0.018; welfare of 0.5 % a year on what is owed at the end only = 0.005.
    terms = loan(
        0.2,
        repayment="interest_only",
        upfront_fee_share=0.01,
        upfront_fee_amount=2_000.0,
        instalment_fee_amount=500.0,
        insurance_share_per_year=0.005,
        compulsory_savings_share=0.05,
    )
    check = checked(terms, MYANMAR)
    assert check.within is False
    assert excess(check)["fee_share_of_loan"] == pytest.approx(0.023 - 0.02, abs=1e-12)


def test_a_law_whose_level_is_not_known_gives_no_verdict() -> None:
    check = checked(loan(0.9), InterestLimit(law="short-term loans to priority sectors"))
    assert check.within is None
    assert check.findings == ()


def test_a_loan_of_nothing_has_nothing_to_compare() -> None:
    assert check_interest_cap(loan(0.1, principal=0.0), CAMBODIA) == Undefined("loan_nothing_received")


def test_a_limit_by_the_month_alone_decides() -> None:
    monthly = replace(MYANMAR, annual_rate=None)
    assert checked(loan(0.28), monthly).within is False


def test_interest_taken_up_front_is_compared_as_what_it_comes_to() -> None:
    # D10 of the dossier: 18 % up front, everything repaid after 12 months, is 20.01 % a year on the declining balance.
    terms = loan(0.18, repayment="bullet", interest_timing="up_front", upfront_fee_share=0.01)
    check = checked(terms, CAMBODIA)
    assert check.declining_annual_rate == pytest.approx(0.2001, abs=0.00005)
    assert check.within is False
    assert not check.flat_forbidden


def test_a_rate_that_rises_is_compared_at_its_highest() -> None:
    rising = loan(0.16, rate_changes=(RateChange(annual_rate=0.2, after_instalment=6),))
    assert excess(checked(rising, CAMBODIA))["nominal_annual_rate"] == pytest.approx(0.02, abs=1e-12)


def test_other_fees_count_among_the_fees() -> None:
    # 1 % up front, and 1.5 % of the sum lent for a guarantee: 2.5 % for twelve months.
    guarantee = LoanFee(name="guarantee", share=0.015, basis="principal", when="pay_out")
    check = checked(loan(0.2, upfront_fee_share=0.01, fees=(guarantee,)), MYANMAR)
    assert excess(check)["fee_share_of_loan"] == pytest.approx(0.005, abs=1e-12)


def test_weeks_are_a_share_of_a_year() -> None:
    # 26 weeks are half a year: fees of 1 %.
    terms = loan(0.2, instalments=26, months_between=1, weeks_between=1, upfront_fee_share=0.012)
    assert excess(checked(terms, MYANMAR))["fee_share_of_loan"] == pytest.approx(0.002, abs=1e-12)
