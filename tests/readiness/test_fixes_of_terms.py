"""Fixes that a lender's terms, a guarantee scheme or another lender bring; every figure is a hand calculation."""

from __future__ import annotations

from typing import Any

import pytest

from finance_kit.packs.model import GuaranteeScheme
from finance_kit.plan.schema import Plan
from finance_kit.readiness import LenderProfile
from finance_kit.readiness.fix_policy import Bounds, bounds_of
from finance_kit.readiness.fixes import Fix, Fixes, find_fixes
from finance_kit.readiness.term_levers import open_schemes, scheme_fees
from finance_kit.readiness.terms import Terms
from tests.readiness.fix_plans import OURS, dryer, profile

SHARES = {"titled_land_rural": 0.5, "guarantee": 1.0, "deposit": 0.9}
SECURITY = {"fact": "collateral_after_haircut", "rule": "at_least", "value": 1.0}
LAND = [{"name": "Land", "kind": "titled_land_rural", "value": 80_000.0}]


def lender(*conditions: dict[str, Any], **terms: Any) -> LenderProfile:
    """A lender with these conditions and terms, each with a made-up source."""
    stated = {name: each | {"source": OURS} for name, each in terms.items()}
    return profile(*conditions).model_copy(update={"terms": Terms.model_validate(stated)})


def scheme(**changes: Any) -> GuaranteeScheme:
    """A scheme that guarantees up to 60 % of a loan for 2 % of the guaranteed part a year."""
    stated: dict[str, Any] = {
        "id": "made_up", "title": "Made-up scheme", "text": "T.", "cover_least": 0.6, "cover_most": 0.8,
        "fees": [{"yearly_shares": [0.02], "basis": "guaranteed"}], "confidence": "high", "status": "confirmed",
        "last_confirmed": "2026-11-24", "source": {
            "title": "T", "publisher": "P", "url": "https://example.org", "retrieved": "2026-11-24"},
    }  # fmt: skip
    return GuaranteeScheme.model_validate(stated | changes)


def fixes_with(plan: Plan, asked: LenderProfile, *schemes: GuaranteeScheme) -> dict[str, Fix]:
    found = find_fixes(plan, asked, Bounds(schemes=schemes))
    return {fix.steps[0].lever: fix for each in found.mended for fix in each.fixes}


def test_the_guarantee_is_the_part_that_the_security_leaves_open() -> None:
    # Land of 80,000 at 50 % counts 40,000 of a loan of 60,000: 20,000 are open, and the scheme gives up to 36,000.
    fix = fixes_with(dryer(collateral=LAND), lender(SECURITY, loan_to_value={"shares": SHARES}), scheme())["guarantee"]
    assert 20_000.0 * (1 - 1e-9) <= fix.after.plan.collateral[-1].value <= 20_000.0 * 1.001
    assert not fix.applies  # it must be granted first


def test_a_scheme_that_covers_less_than_is_open_is_no_fix() -> None:
    # Without land 60,000 are open, and 60 % of the loan is 36,000.
    found = fixes_with(dryer(), lender(SECURITY, loan_to_value={"shares": SHARES}), scheme())
    assert "guarantee" not in found


def test_a_lender_that_counts_no_guarantee_is_not_helped_by_a_scheme() -> None:
    shares = {"titled_land_rural": 0.5, "guarantee": "not_published"}
    found = fixes_with(dryer(collateral=LAND), lender(SECURITY, loan_to_value={"shares": shares}), scheme())
    assert "guarantee" not in found


def test_the_fee_of_all_years_stands_in_the_loan() -> None:
    # Equal principal, 60,000 in five yearly parts: owed at the start of the years 60, 48, 36, 24 and 12 thousand,
    # together 180,000. 2 % of the guaranteed third: 180,000 / 3 * 0.02 = 1,200.
    plan = dryer(collateral=LAND, financing__loans__0__repayment="equal_principal")
    assert scheme_fees(plan, scheme(), 1 / 3) == (1200.0,)
    fix = fixes_with(plan, lender(SECURITY, loan_to_value={"shares": SHARES}), scheme())["guarantee"]
    assert fix.after.plan.financing.loans[0].upfront_fee_amount == pytest.approx(1200.0, rel=1e-3)


def test_a_fee_that_nobody_publishes_is_none_and_not_nought() -> None:
    assert scheme_fees(dryer(collateral=LAND), scheme(fees=[]), 0.5) == (None,)


def test_a_scheme_that_a_condition_speaks_against_is_not_offered() -> None:
    plan = dryer(collateral=LAND, cluster__years_in_business=1.0)
    before = find_fixes(plan, lender(SECURITY)).before.found

    def offered(*schemes: GuaranteeScheme) -> tuple[GuaranteeScheme, ...]:
        pack = _Pack(schemes)
        return open_schemes(before, lender(SECURITY, loan_to_value={"shares": SHARES}), pack)  # type: ignore[arg-type]  # only its schemes are read

    young, known = scheme(years_in_business_least=2.0), scheme()
    assert offered(young, known) == (known,)
    assert offered(scheme(cover_least=None, cover_most=None)) == ()


class _Pack:
    def __init__(self, schemes: tuple[GuaranteeScheme, ...]) -> None:
        self.guarantee_schemes = schemes


def test_a_guarantee_that_the_plan_lists_is_replaced_and_not_added_to() -> None:
    listed = [*LAND, {"name": "Promise", "kind": "guarantee", "value": 5_000.0}]
    found = fixes_with(dryer(collateral=listed), lender(SECURITY, loan_to_value={"shares": SHARES}), scheme())
    kept = found["guarantee"].after.plan.collateral
    assert [each.kind for each in kept] == ["titled_land_rural", "guarantee"]
    assert kept[-1].value == pytest.approx(20_000.0, rel=1e-3)


def test_a_lenders_own_longest_tenor_and_grace_bound_the_search() -> None:
    terms = lender(tenor={"max_months": 72}, grace={"max_months": 0}, repayment={"patterns": ["annuity"]}).terms
    bounds = bounds_of(terms)
    assert (bounds.longest_months, bounds.longest_grace, bounds.seasonal) == (72, 0, False)
    assert bounds_of(Terms()) == Bounds()
    # 1.25 needs seven yearly instalments (see test_fixes_by_hand): a lender of six years cannot be asked for them.
    cover = {"fact": "min_dscr", "rule": "at_least", "value": 1.25}

    def levers(months: int) -> list[str]:
        found = find_fixes(dryer(), lender(cover, tenor={"max_months": months}))
        return [step.lever for each in found.mended for fix in each.fixes for step in fix.steps]

    assert "tenor" not in levers(72)
    assert "tenor" in levers(84)


def by_lever(found: Fixes) -> dict[str, Fix]:
    return {fix.steps[0].lever: fix for each in found.mended for fix in each.fixes}


def test_a_loan_that_is_too_long_or_too_large_or_too_cheap_is_fitted_to_the_terms() -> None:
    asked = lender(
        {"fact": "tenor_months", "rule": "at_most", "value": "by_terms"},
        {"fact": "lowest_rate", "rule": "at_least", "value": "by_terms"},
        {"fact": "amount_of_maximum", "rule": "at_most", "value": 1.0},
        tenor={"max_months": 40},
        rate={"min": 0.15, "max": 0.2},
        amount={"limits": [{"currency": "USD", "max": 50_000.0}]},
    )
    found = by_lever(find_fixes(dryer(), asked))
    assert found["shorter"].after.plan.financing.loans[0].instalments == 3  # 36 months; four years would be 48
    assert found["lenders_rate"].after.plan.financing.loans[0].annual_rate == 0.15
    assert 49_950.0 <= found["own_for_loan"].after.plan.financing.loans[0].principal <= 50_000.0


def test_another_lender_is_named_only_where_it_stops_nothing() -> None:
    strict = {"fact": "min_dscr", "rule": "at_least", "value": 1.2}
    short = {"fact": "tenor_months", "rule": "at_most", "value": "by_terms"}
    asked = lender(short, tenor={"max_months": 40}).model_copy(update={"country": "KH"})
    open_one = lender(strict).model_copy(update={"id": "open", "country": "KH"})  # 18,000 / 16,644.58 = 1.08
    kind = lender({**strict, "value": 1.05}).model_copy(update={"id": "kind", "country": "KH"})
    guarantor = kind.model_copy(update={"id": "fund", "lender_type": "guarantee_fund"})
    found = find_fixes(dryer(), asked, others=(asked, open_one, kind, guarantor))
    assert [each.profile_id for each in found.elsewhere] == ["kind"]
    assert find_fixes(dryer(), kind, others=(asked, open_one)).elsewhere == ()


def test_who_should_not_borrow_is_sent_to_nobody() -> None:
    plan = dryer(fixed_costs__0__amount=4_000.0)  # earns less than nothing
    asked = lender({"fact": "min_dscr", "rule": "at_least", "value": 1.0}).model_copy(update={"country": "KH"})
    easy = lender().model_copy(update={"id": "easy", "country": "KH"})
    found = find_fixes(plan, asked, others=(easy,))
    assert found.refusal
    assert found.elsewhere == ()
