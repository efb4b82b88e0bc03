"""Fixes of a plan that can be reckoned on paper: every expected figure is a hand calculation, stated beside it."""

from __future__ import annotations

import pytest

from finance_kit.plan.schema import Plan
from finance_kit.readiness.fixes import Fix, Fixes, Mended, find_fixes
from tests.readiness.fix_plans import dryer, profile

COVER = {"fact": "min_dscr", "rule": "at_least", "value": 1.25}


def mended(found: Fixes, fact: str) -> Mended:
    return next(each for each in found.mended if each.problem.fact == fact)


def by_lever(found: Fixes, fact: str) -> dict[str, Fix]:
    return {fix.steps[0].lever: fix for fix in mended(found, fact).fixes if len(fix.steps) == 1}


def test_the_loan_that_cover_allows_is_the_present_value_of_what_may_be_paid() -> None:
    # 18,000 / 1.25 = 14,400 a year, five years at 12 %: 14,400 * 3.604776 = 51,908.78 (dossier 7.4, D-C1).
    fixes = by_lever(find_fixes(dryer(), profile(COVER)), "min_dscr")
    for lever in ("less_loan", "own_for_loan"):
        principal = fixes[lever].after.plan.financing.loans[0].principal
        assert 51908.78 * 0.999 <= principal <= 51908.78


def test_members_put_in_what_the_smaller_loan_leaves_open() -> None:
    fix = by_lever(find_fixes(dryer(), profile(COVER)), "min_dscr")["own_for_loan"]
    plan = fix.after.plan
    put_in = sum(each.amount for each in plan.financing.contributions)
    assert put_in + plan.financing.loans[0].principal == pytest.approx(75000.0)
    assert fix.after.figures.members == 10
    each = fix.after.figures.per_member(fix.after.figures.own_cash - 15000.0)
    assert each is not None
    assert 809.122 <= each <= 809.122 * 1.001


def test_the_tenor_is_the_fewest_years_whose_instalment_is_low_enough() -> None:
    # 60,000 at 12 %: six instalments of 14,593.54 (cover 1.233), seven of 13,147.06 (cover 1.369).
    fix = by_lever(find_fixes(dryer(), profile(COVER)), "min_dscr")["tenor"]
    assert fix.after.plan.financing.loans[0].instalments == 7
    assert fix.after.figures.min_dscr == pytest.approx(18000 / 13147.06, abs=1e-5)
    assert fix.beyond  # the plan looks at seventy-two months only


def test_a_change_that_the_plan_shows_to_its_end_comes_before_one_that_it_does_not() -> None:
    # With eight years to look at, the longer loan is seen to its end and comes first; with six it comes last.
    short = mended(find_fixes(dryer(), profile(COVER)), "min_dscr").fixes
    long = mended(find_fixes(dryer(period__months=96), profile(COVER)), "min_dscr").fixes
    assert short[-1].steps[0].lever == "tenor"
    assert long[0].steps[0].lever == "tenor"


def test_grace_that_only_raises_later_instalments_is_no_fix() -> None:
    # One year of grace: four instalments of 19,754.07 on 24,000 is 1.215; two: three of 24,980.94 on 28,000 is 1.121.
    found = mended(find_fixes(dryer(), profile(COVER)), "min_dscr")
    assert ("grace", 24) in found.tried


def test_own_contribution_by_more_money_by_swapping_and_by_borrowing_less() -> None:
    # 15,000 of 75,000 is 20 %; 30 % is asked. x more: (15,000 + x) / (75,000 + x) = 0.3, x = 10,714.29; in place of the
    # loan: (15,000 + x) / 75,000 = 0.3, x = 7,500; borrowing less: 15,000 / (75,000 - x) = 0.3, x = 25,000.
    asked = {"fact": "own_contribution_share", "rule": "at_least", "value": 0.3}
    plan = dryer(opening={"cash": 10000.0, "share_capital": 10000.0})  # so that a smaller loan still pays the dryer
    fixes = by_lever(find_fixes(plan, profile(asked)), "own_contribution_share")
    more = sum(each.amount for each in fixes["more_own"].after.plan.financing.contributions) - 15000.0
    assert 10714.28 <= more <= 10714.29 * 1.001
    assert 7500.0 <= 60000.0 - fixes["own_for_loan"].after.plan.financing.loans[0].principal <= 7500.0 * 1.001
    assert 25000.0 <= 60000.0 - fixes["less_loan"].after.plan.financing.loans[0].principal <= 25000.0 * 1.001


def test_security_that_is_lacking() -> None:
    asked = {"fact": "collateral_cover", "rule": "at_least", "value": 1.0}
    plan = dryer(collateral=[{"name": "Land", "kind": "house", "value": 50000.0}])
    fixes = by_lever(find_fixes(plan, profile(asked)), "collateral_cover")
    assert 10000.0 <= fixes["security"].after.plan.collateral[-1].value <= 10010.0
    assert not fixes["security"].applies
    assert fixes["less_loan"].after.plan.financing.loans[0].principal == pytest.approx(50000.0, rel=1e-3)


def test_borrowing_less_is_no_way_where_the_dryer_would_not_be_paid() -> None:
    # 35,000 of loan and members' 15,000 are 10,000 less than the dryer costs.
    asked = {"fact": "own_contribution_share", "rule": "at_least", "value": 0.3}
    assert "less_loan" not in by_lever(find_fixes(dryer(), profile(asked)), "own_contribution_share")


def short_of_cash(**changes: object) -> Plan:
    """60,000 to pay in the first month from 50,000 of loan, 5,000 of members and 1,500 earned: 3,500 is missing."""
    terms: dict[str, object] = {
        "financing__loans__0__principal": 50000.0,
        "financing__contributions__0__amount": 5000.0,
    }
    return dryer(**terms, **changes)


CASH = {"fact": "cash_shortfall", "rule": "at_most", "value": 0.0}


def test_the_money_that_is_missing_in_the_first_month() -> None:
    fixes = by_lever(find_fixes(short_of_cash(), profile(CASH)), "cash_shortfall")
    more = sum(each.amount for each in fixes["more_own"].after.plan.financing.contributions) - 5000.0
    assert 3499.9 <= more <= 3503.5  # a millionth of a year's sales or assets may be missing: rounding


def test_a_working_capital_line_covers_the_hole_and_is_paid_back() -> None:
    # 3,500 in month 1; 1,500 a month comes in, so three months pay it back, with interest at the loan's 12 %.
    fix = by_lever(find_fixes(short_of_cash(), profile(CASH)), "cash_shortfall")["overdraft"]
    line = fix.after.plan.financing.overdraft
    assert line is not None
    assert 3499.9 <= line.limit <= 3503.5
    assert line.annual_rate == 0.12
    assert fix.after.found.projection.line("overdraft")[3, 0] == 0.0


def test_a_line_that_would_never_be_paid_back_is_not_offered() -> None:
    plan = short_of_cash(fixed_costs__0__amount=3000.0, products__1__launch=71, products__2__launch=72)
    found = mended(find_fixes(plan, profile(CASH)), "cash_shortfall")
    assert ("overdraft", 0) in found.tried


def test_a_price_that_must_be_promised() -> None:
    # First year of instalments: sales 36,000, running costs 18,000, debt service 16,644.58.
    # (36,000 f - 18,000) / 16,644.58 = 1 at
    # f = 0.962349; stated to a thousandth and never less: 0.963.
    asked = {"fact": "dscr_price_stress", "rule": "at_least", "value": 1.0}
    found = mended(find_fixes(dryer(), profile(holds=(asked,))), "dscr_price_stress")
    promise = next(fix for fix in found.fixes if fix.steps[0].lever == "promise")
    assert promise.steps[0].value == 0.963
    assert not promise.applies
    assert promise is found.fixes[0]


def test_no_promise_is_asked_for_more_than_is_planned() -> None:
    asked = {"fact": "dscr_price_stress", "rule": "at_least", "value": 1.2}  # as planned it is 1.08 already
    found = mended(find_fixes(dryer(), profile(holds=(asked,))), "dscr_price_stress")
    assert ("promise", 0) in found.tried


def test_what_members_are_paid_may_have_to_follow_the_price() -> None:
    # Members are paid 0.5 a kilogram, 18,000 a year, and nothing else is spent. With prices 10 % lower and s of it
    # passed on, 32,400 - 18,000 (1 - 0.1 s) stay; the debt service of 57,000 is 15,812.35: s = 0.784640, so 78.5 %.
    asked = {"fact": "dscr_price_stress", "rule": "at_least", "value": 1.0}
    inputs = [{"name": "Fruit", "price": 0.5, "from_members": True}]
    terms = {"fixed_costs": [], "financing__loans__0__principal": 57000.0, "products__0__inputs": inputs}
    found = mended(find_fixes(dryer(**terms), profile(holds=(asked,))), "dscr_price_stress")
    fix = next(each for each in found.fixes if each.steps[0].lever == "shared_price")
    assert fix.steps[0].value == 0.785
    assert fix.after.plan.products[0].inputs[0].follows_price == 0.785
    assert fix.after.assessment.holds[0].met
    assert fix.applies


def test_what_is_lacking_where_nothing_reaches() -> None:
    # First year of instalments: 36,000 less 37,200 is -1,200; 1.25 times 16,644.58 is 20,805.73: 22,005.73 is lacking.
    found = mended(find_fixes(dryer(fixed_costs__0__amount=3100.0), profile(COVER)), "min_dscr")
    assert found.fixes == ()
    assert found.gap == pytest.approx(22005.73, abs=0.01)


def test_sales_are_never_raised() -> None:
    found = find_fixes(dryer(), profile(COVER, {"fact": "debt_to_equity", "rule": "at_most", "value": 0.5}, CASH))
    for fix in found.fixes:
        for old, new in zip(dryer().products, fix.after.plan.products, strict=True):
            assert new.price == old.price
            assert (new.volume_per_month or 0.0) <= (old.volume_per_month or 0.0)
            assert (new.volume_per_year or 0.0) <= (old.volume_per_year or 0.0)


def test_a_business_that_does_not_earn_its_costs_must_not_borrow() -> None:
    found = find_fixes(dryer(fixed_costs__0__amount=3100.0), profile(COVER))
    assert "no_cover_without_loan" in found.refusal


def test_a_loan_that_is_merely_too_large_is_no_reason_not_to_borrow() -> None:
    assert find_fixes(dryer(), profile(COVER)).refusal == ()


def test_a_household_over_its_limit_must_not_borrow() -> None:
    asked = {"fact": "household_burden", "rule": "at_most", "value": 0.5}
    owing = {
        "name": "A", "household_net_cash": 100.0,
        "household_debts": [{"lender": "B", "outstanding": 500.0, "monthly_payment": 80.0}],
    }  # fmt: skip
    plan = dryer(members=[owing], cluster__number_of_members=1)
    found = find_fixes(plan, profile(asked))
    assert found.refusal == ("household",)
    assert "30 USD a month less" in mended(found, "household_burden").todo[0]
