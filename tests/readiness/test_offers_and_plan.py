"""Offers held against a plan: true costs of an independent table, cover by hand, eligibility, savings.

The plan sells 100 baskets a month at 10 with cane of 4: 600 a month, 7,200 a year in cash. Its loan of 4,800 without
interest is repaid by twelve instalments of 400 from February 2027 on: 7,200 / 4,400 = 1.636.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from finance_kit.errors import CalculationError
from finance_kit.loans import LoanFee, LoanTerms
from finance_kit.money import currency
from finance_kit.offers import Offer
from finance_kit.plan.schema import Plan
from finance_kit.readiness import LenderProfile, lender_profile
from finance_kit.readiness.borrowing import loan_of, plan_on_terms
from finance_kit.readiness.offers import Candidate, HeldOffer, OfferPage, at_the_plans_sum, hold_offers
from finance_kit.readiness.published_terms import own_offer, published_offer

PLAN = YAML(typ="safe").load((Path(__file__).parents[1] / "specs" / "checklists.yaml").read_text(encoding="utf-8"))[
    "plan"
]


def plan_of(**change: Any) -> Plan:
    return Plan.model_validate(json.loads(json.dumps(PLAN)) | change)


def offer(title: str = "An offer", code: str = "THB", country: str = "TH", kind: str = "bank", **terms: Any) -> Offer:
    return Offer(title, LoanTerms(**terms), currency(code), lender_type=kind, country=country)


def page(plan: Plan, *offers: Offer, profile: LenderProfile | None = None) -> OfferPage:
    loan = loan_of(plan)
    others = [Candidate(each, "file", profile) for each in offers]
    return hold_offers(plan, loan, [Candidate(own_offer(plan, loan), "plan", None), *others])


def held(plan: Plan, one: Offer, profile: LenderProfile | None = None) -> HeldOffer:
    return page(plan, one, profile=profile).offers[1]


# The derived cross-check set: worked out with a plain root finder, apart from this program.
MILLION: dict[str, Any] = {"principal": 1_000_000.0, "instalments": 12}
DERIVED = {
    "D1": (MILLION | {"annual_rate": 0.18}, 91_679.99, 0.1956),
    "D2": (MILLION | {"annual_rate": 0.18, "upfront_fee_share": 0.01}, 91_679.99, 0.2187),
    "D3": (MILLION | {"annual_rate": 0.18, "quotation": "flat"}, 98_333.33, 0.3676),
    "D6": (MILLION | {"annual_rate": 0.276}, 1_155_725 / 12, 0.3137),
    "D7": (MILLION | {"annual_rate": 0.276, "upfront_fee_share": 0.02}, 1_155_725 / 12, 0.3660),
    "D9": (MILLION | {"annual_rate": 0.18, "repayment": "interest_only"}, 1_015_000.0, 0.1956),
    "D10": (MILLION | {"annual_rate": 0.18, "repayment": "bullet", "interest_timing": "up_front"}, 1_000_000.0, 0.2195),
    "D11": ({"principal": 1_000_000.0, "instalments": 24, "annual_rate": 0.12, "quotation": "flat"}, 51_666.67, 0.2384),
    "D14": ({"principal": 10_000_000.0, "instalments": 12, "annual_rate": 0.145, "upfront_fee_share": 0.01},
            900_225.46, 0.1772),
    "D15": ({"principal": 20_000.0, "instalments": 36, "annual_rate": 0.18, "upfront_fee_share": 0.01}, 723.05, 0.2042),
    "D16": ({"principal": 20_000.0, "instalments": 84, "annual_rate": 0.13, "upfront_fee_share": 0.01}, 363.84, 0.1418),
}  # fmt: skip


@pytest.mark.parametrize("case", DERIVED)
def test_instalment_and_true_cost_are_those_of_the_derived_set(case: str) -> None:
    terms, instalment, eir = DERIVED[case]
    found = held(plan_of(), offer(**terms))
    assert found.compared.peak_instalment == pytest.approx(instalment, abs=0.06)
    assert found.eir == pytest.approx(eir, abs=5e-5)
    fee = terms.get("upfront_fee_share", 0.0) * terms["principal"]
    upfront = 180_000.0 if case == "D10" else 0.0
    assert found.compared.cost.true.net_received == pytest.approx(terms["principal"] - fee - upfront)


def test_the_plan_itself_has_the_cover_of_its_own_loan() -> None:
    own = page(plan_of()).offers[0]
    assert own.min_dscr == pytest.approx(7_200 / 4_400)
    assert own.dscr_year == "2027"
    assert own.cash_short == 0.0


def test_twice_the_time_halves_the_debt_service() -> None:
    # 24 instalments of 200 from February 2027 on: 2,200 in 2027 and 2,400 in 2028; 7,200 / 2,400 = 3.
    found = held(plan_of(), offer(principal=4_800.0, annual_rate=0.0, repayment="equal_principal", instalments=24))
    assert found.min_dscr == pytest.approx(3.0)
    assert found.dscr_year == "2028"


def test_interest_is_in_the_cover() -> None:
    # 1 % a month on 4,800: 48 in each of eleven months of 2027; 48 and 4,800 in January 2028: 7,200 / 4,848.
    found = held(plan_of(), offer(principal=4_800.0, annual_rate=0.12, repayment="interest_only", instalments=12))
    assert found.min_dscr == pytest.approx(7_200 / 4_848)
    assert found.dscr_year == "2028"


def test_quarterly_instalments_fall_into_their_years() -> None:
    # 8 instalments of 600 from April 2027 on: three in 2027 = 1,800; four in 2028 = 2,400; one in January 2029.
    terms: dict[str, Any] = {"principal": 4_800.0, "annual_rate": 0.0, "repayment": "equal_principal", "instalments": 8}
    found = held(plan_of(), offer(**terms, months_between=3))
    assert found.min_dscr == pytest.approx(7_200 / 2_400)


def test_a_pattern_that_a_plan_has_no_word_for_is_laid_out_as_signed() -> None:
    # Steps 1 to 3 on 4,800 without interest: 1,2,1,2,... = 18 parts of 266.67; eleven of them in 2027 are 16 parts.
    terms: dict[str, Any] = {"principal": 4_800.0, "annual_rate": 0.0, "instalments": 12, "repayment": "stepped"}
    found = held(plan_of(), offer(**terms, instalment_pattern=(1.0, 2.0) * 6))
    assert found.min_dscr == pytest.approx(7_200 / (16 * 4_800 / 18))


def test_weekly_instalments_are_compared_by_cost_and_said_to_be_so() -> None:
    found = held(plan_of(), offer(principal=4_800.0, annual_rate=0.12, instalments=52, weeks_between=1))
    assert found.not_reckoned == "paid_by_weeks"
    assert found.min_dscr is None
    assert found.cash_short is None
    assert found.eligible == "unclear"
    assert found.eir is not None
    assert found.compared.cost.cost > 0.0


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"interest_timing": "advance"}, "interest_beforehand"),
        ({"fees": (LoanFee(name="Fee", amount=10.0, when="capitalised"),)}, "fee_added_to_the_loan"),
        ({"savings_instalment_share": 0.01}, "savings_with_instalments"),
    ],
)
def test_what_a_plan_cannot_lay_out_is_not_reckoned(terms: dict[str, Any], code: str) -> None:
    found = held(plan_of(), offer(principal=4_800.0, annual_rate=0.12, instalments=12, **terms))
    assert found.not_reckoned == code


def test_a_currency_without_a_rate_is_not_reckoned() -> None:
    found = held(plan_of(), offer(code="USD", principal=100.0, annual_rate=0.1, instalments=12))
    assert found.not_reckoned == "currency_without_rate"


def test_an_offer_of_another_country_is_not_eligible() -> None:
    found = held(plan_of(), offer(country="KH", principal=4_800.0, annual_rate=0.1, instalments=24))
    assert found.eligible == "not_eligible"
    assert "An offer in KH; the plan is in TH" in found.reasons


def test_the_law_compares_the_rate_on_the_declining_balance_and_not_the_effective_one() -> None:
    plan = plan_of(
        period={"start": "2027-01", "months": 24, "currency": "KHR"},
        cluster={"name": "Weavers", "product": "Baskets", "country": "KH", "legal_form": "cooperative"},
    )
    base: dict[str, Any] = {"code": "KHR", "country": "KH", "kind": "mfi", "principal": 4_800.0, "instalments": 24}
    lawful = held(plan, offer(**base, annual_rate=0.18, upfront_fee_share=0.01))
    assert lawful.eir is not None
    assert lawful.eir > 0.2
    assert lawful.within_law is True
    above = held(plan, offer(**base, annual_rate=0.181))
    assert above.within_law is False
    assert above.eligible == "not_eligible"
    flat = held(plan, offer(**base, annual_rate=0.05, quotation="flat"))
    assert flat.within_law is False  # whatever the rate


def test_cover_below_one_refuses_an_offer_with_the_figure() -> None:
    # Six instalments of 2,000 from February to July 2027: 7,200 / 12,000.
    found = held(plan_of(), offer(principal=12_000.0, annual_rate=0.0, repayment="equal_principal", instalments=6))
    assert found.min_dscr == pytest.approx(0.6)
    assert found.eligible == "not_eligible"
    assert any("0.60" in reason for reason in found.reasons)


def test_conditions_are_those_of_the_profile_and_of_this_loan_alone() -> None:
    profile = lender_profile("th_commercial_micro_sme")  # up to THB 3,000,000 and 60 months
    loans = [
        *PLAN["financing"]["loans"],
        {**PLAN["financing"]["loans"][0], "name": "Other", "instalments": 72, "principal": 10},
    ]
    plan = plan_of(financing={**PLAN["financing"], "loans": loans})
    fits = held(plan, offer(principal=4_800.0, annual_rate=0.1, instalments=60), profile)
    assert not any("longest tenor" in reason for reason in fits.reasons)
    long = held(plan, offer(principal=4_800.0, annual_rate=0.1, instalments=61), profile)
    assert "longest tenor asked for: 61 months (Loan); needed: at most 60 months" in long.reasons


def test_saving_is_told_in_money_only_between_equal_sums_and_times() -> None:
    cheap = offer("Cheap", principal=4_800.0, annual_rate=0.12, repayment="equal_principal", instalments=24)
    dear = offer("Dear", principal=4_800.0, annual_rate=0.24, repayment="equal_principal", instalments=24)
    found = page(plan_of(), dear, cheap)
    assert (found.cheapest, found.next_cheapest) == (2, 1)
    # Interest on 4,800 repaid by 24 equal parts: 200 x (24 + 23 + ... + 1) = 60,000 a month's worth; 1 % is 600.
    assert found.saving is not None
    assert found.saving.whole == pytest.approx(600.0)
    assert found.saving.a_month == pytest.approx(25.0)
    longer = offer("Long", principal=4_800.0, annual_rate=0.24, repayment="equal_principal", instalments=36)
    other = page(plan_of(), longer, cheap).saving
    assert other is not None
    assert other.whole is None
    assert other.eir_points == pytest.approx(1.02**12 - 1.01**12)


def test_a_refused_offer_is_never_the_cheapest_and_the_plans_own_loan_is_no_offer() -> None:
    free = offer("Free, but elsewhere", country="VN", principal=4_800.0, annual_rate=0.0, instalments=24)
    dear = offer("Dear", principal=4_800.0, annual_rate=0.24, repayment="equal_principal", instalments=24)
    found = page(plan_of(), free, dear)
    assert found.cheapest == 2
    assert found.next_cheapest is None
    assert page(plan_of()).cheapest is None


def test_the_same_sum_puts_the_plans_sum_into_the_terms() -> None:
    plan = plan_of()
    loan = loan_of(plan)
    one = offer(principal=100.0, annual_rate=0.1, instalments=12)
    assert at_the_plans_sum(one, loan, "THB").terms.principal == 4_800.0
    assert at_the_plans_sum(replace(one, currency=currency("USD")), loan, "THB").terms.principal == 100.0
    assert any("--same-sum" in note for note in held(plan, one).candidate.notes)


def test_the_loan_whose_place_is_taken_is_the_largest_or_the_one_that_is_named() -> None:
    small = {**PLAN["financing"]["loans"][0], "name": "Small", "principal": 10}
    plan = plan_of(financing={**PLAN["financing"], "loans": [small, *PLAN["financing"]["loans"]]})
    assert loan_of(plan).name == "Loan"
    assert loan_of(plan, "Small").name == "Small"
    with pytest.raises(CalculationError) as unknown:
        loan_of(plan, "Smal")
    assert unknown.value.code == "plan_loan_unknown"
    with pytest.raises(CalculationError) as none:
        loan_of(plan_of(financing={}))
    assert none.value.code == "plan_asks_for_no_loan"


# ------------------------------------------------------------------------------------------------------ published terms


def kh_plan(**loan: Any) -> Plan:
    financing = {
        "contributions": [{"month": 1, "amount": 1200}],
        "loans": [{"name": "Loan", "principal": 40_000_000, "annual_rate": 0.1, "instalments": 96, **loan}],
    }
    cluster = {"name": "Weavers", "product": "Baskets", "country": "KH", "legal_form": "cooperative"}
    period = {"start": "2027-01", "months": 24, "currency": "KHR"}
    return plan_of(period=period, cluster=cluster, financing=financing, exchange_rates=[
        {"currency": "USD", "rate": 4000, "date": "2026-11-01", "source": "An example"}])  # fmt: skip


def test_published_terms_limit_the_wish_of_the_plan() -> None:
    plan = kh_plan(grace_months=24, upfront_fee_share=0.05)
    found = published_offer(plan, loan_of(plan), lender_profile("kh_ardb"))
    assert found.offer is not None
    terms = found.offer.terms
    assert (terms.annual_rate, terms.instalments, terms.grace_months) == (0.055, 84, 12)
    assert terms.upfront_fee_share == 0.0  # the plan's own fee is another lender's
    assert any("fee at pay-out is not published" in note for note in found.notes)


def test_of_a_published_range_the_dearer_end_counts() -> None:
    plan = kh_plan()
    found = published_offer(plan, loan_of(plan), lender_profile("kh_commercial_bank"))
    assert found.offer is not None
    assert (found.offer.terms.annual_rate, found.offer.terms.upfront_fee_share) == (0.13, 0.01)
    assert any("dearer" in note for note in found.notes)


@pytest.mark.parametrize("name", ["th_commercial_micro_sme", "th_state_bank_group"])
def test_without_a_published_number_there_is_no_offer(name: str) -> None:
    plan = plan_of()
    found = published_offer(plan, loan_of(plan), lender_profile(name))
    assert found.offer is None
    assert "ask" in found.notes[-1]


def test_a_guarantee_fund_makes_no_offer() -> None:
    plan = plan_of()
    found = published_offer(plan, loan_of(plan), lender_profile("vn_guarantee_fund"))
    assert found.offer is None
    assert "does not lend" in found.notes[-1]


def test_the_order_of_members_changes_nothing() -> None:
    plan = plan_of()
    turned = plan.model_copy(update={"members": plan.members[::-1]})
    profile = lender_profile("th_generic_bank")
    one = offer(principal=4_800.0, annual_rate=0.1, instalments=24)
    before, after = held(plan, one, profile), held(turned, one, profile)
    assert (before.min_dscr, before.eligible, before.reasons) == (after.min_dscr, after.eligible, after.reasons)


def test_a_plan_on_its_own_terms_is_the_plan() -> None:
    plan = plan_of()
    loan = loan_of(plan)
    again = plan_on_terms(plan, loan, own_offer(plan, loan).terms, "THB", None)
    assert again.yearly["dscr"][0, 0] == pytest.approx(7_200 / 4_400)
