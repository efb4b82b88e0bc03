from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finance_kit.errors import Undefined
from finance_kit.loans import (
    LoanArrays,
    LoanFee,
    LoanTerms,
    PaymentCalendar,
    PayOut,
    RateChange,
    amortise,
    contract_flows,
    true_cost,
)
from tests.oracles.loan_calendar import Calendar
from tests.oracles.loan_contracts import wide_contracts
from tests.oracles.loan_oracle import exact, flows, paid, present_value, work_out


def lost(arrays: LoanArrays) -> float:
    """What floats may lose of sums of this size."""
    return 1e-10 * float(arrays.principal[0] + arrays.interest_accrued.sum() + arrays.opening_balance.max() + 1.0)


def is_on_grid(amounts: Any, unit: float) -> bool:
    steps = np.asarray(amounts) / unit
    return bool((np.abs(steps - np.rint(steps)) <= 1e-6).all())


@given(wide_contracts())
@settings(max_examples=400)
def test_every_row_of_any_contract_ties_and_so_does_the_whole(contract: dict[str, Any]) -> None:
    arrays = amortise(LoanTerms(**contract))
    left = arrays.opening_balance + arrays.drawn + arrays.interest_capitalised - arrays.principal_due
    assert left == pytest.approx(arrays.closing_balance, abs=lost(arrays))
    assert (arrays.opening_balance[1:] == arrays.closing_balance[:-1]).all()
    assert (arrays.closing_balance[-1] == 0.0).all()
    first = arrays.principal - arrays.drawn.sum(axis=0) + arrays.fee_capitalised - arrays.down_payment
    assert arrays.opening_balance[0] == pytest.approx(first, abs=lost(arrays))
    repaid = arrays.principal_due.sum() + arrays.down_payment[0]
    lent = contract["principal"] + arrays.fee_capitalised[0] + arrays.interest_capitalised.sum()
    assert repaid == pytest.approx(lent, abs=lost(arrays))
    paid = arrays.interest_due.sum() + arrays.interest_capitalised.sum() + arrays.upfront_interest[0]
    assert paid == pytest.approx(arrays.interest_accrued.sum(), abs=lost(arrays))
    saved = arrays.savings_deposit[0] + arrays.savings_added.sum() + arrays.savings_interest.sum()
    assert arrays.savings_returned.sum() == pytest.approx(saved, abs=lost(arrays))
    kept_back = arrays.upfront_fee + arrays.upfront_interest + arrays.down_payment + arrays.savings_deposit
    assert arrays.net_received + kept_back + arrays.drawn.sum(axis=0) == pytest.approx(arrays.principal, abs=1e-6)


@given(wide_contracts())
@settings(max_examples=400)
def test_nothing_of_any_contract_is_negative_or_not_a_number(contract: dict[str, Any]) -> None:
    arrays = amortise(LoanTerms(**contract))
    for column in fields(arrays):
        amounts = getattr(arrays, column.name)
        assert np.isfinite(amounts).all(), column.name
        assert amounts.min() >= 0.0, column.name


@given(wide_contracts(rounded=True))
@settings(max_examples=400)
def test_every_amount_of_a_rounded_contract_can_be_paid_in_its_currency(contract: dict[str, Any]) -> None:
    arrays = amortise(LoanTerms(**(contract | {"rounds_interest": True})))
    for column in fields(arrays):
        assert is_on_grid(getattr(arrays, column.name), contract["minor_unit"]), column.name


@given(wide_contracts())
def test_more_grace_on_principal_never_lowers_the_interest(contract: dict[str, Any]) -> None:
    # Of a rate that stays and even periods: otherwise a period may be cheaper than another, and waiting for it pays.
    changes: dict[str, Any] = {"rate_changes": (), "interest_free_instalments": 0, "interest_grace_instalments": 0}
    changes |= {"calendar": None, "day_count": "period", "pay_outs": ()}
    unrounded = {"rounding_unit": None, "minor_unit": None, "rounds_interest": True, "interest_timing": "arrears"}
    base = contract | changes | unrounded | {"quotation": "declining", "remainder": "last"}
    assume(base["instalments"] > 1 and base["repayment"] in ("annuity", "equal_principal", "interest_only", "balloon"))
    interest = []
    for grace in range(min(base["instalments"], 8)):
        arrays = amortise(LoanTerms(**(base | {"grace_instalments": grace})))
        interest.append(float(arrays.interest_accrued.sum()))
    assert np.diff(interest).min() >= -1e-9 * (contract["principal"] + interest[-1])


@given(wide_contracts())
def test_equal_principal_costs_no_more_interest_than_equal_instalments(contract: dict[str, Any]) -> None:
    unrounded = {"rounding_unit": None, "minor_unit": None, "rounds_interest": True, "remainder": "last"}
    plain: dict[str, Any] = {
        "quotation": "declining",
        "interest_grace_instalments": 0,
        "rate_changes": (),
        "pay_outs": (),
    }
    # Even periods that all cost: a long or dear one at the end would reward whoever repays more before it.
    plain |= {"interest_free_instalments": 0, "calendar": None, "day_count": "period"}
    other = {"principal_pattern": (), "instalment_pattern": (), "instalment_amounts": (), "balloon_share": 0.0}
    base = contract | unrounded | plain | other
    interest = {
        kind: float(amortise(LoanTerms(**(base | {"repayment": kind}))).interest_accrued.sum())
        for kind in ("equal_principal", "annuity")
    }
    assert interest["equal_principal"] <= interest["annuity"] + 1e-9 * (contract["principal"] + interest["annuity"])


@given(
    st.integers(2, 120), st.sampled_from(["annuity", "equal_principal"]), st.integers(100, 6_000), st.integers(1, 10**6)
)
def test_the_first_instalment_takes_the_remainder_where_it_should(
    instalments: int, kind: str, basis_points: int, hundreds: int
) -> None:
    arguments: dict[str, Any] = {
        "principal": 100.0 * hundreds,
        "annual_rate": basis_points / 10_000,
        "instalments": instalments,
        "repayment": kind,
        "rounding_unit": 0.01,
        "minor_unit": 0.01,
    }
    off = {}
    for remainder in ("first", "last"):
        arrays = amortise(LoanTerms(**arguments, remainder=remainder))
        shares = arrays.principal_due[:, 0] if kind == "equal_principal" else arrays.instalment[:, 0]
        between = shares[1:-1]
        assert between == pytest.approx(between[0] if between.size else 0.0, abs=1e-6)
        off[remainder] = abs(shares[-1] - (between[0] if between.size else shares[-1]))
    assert off["first"] <= off["last"] + 1e-6
    if kind == "equal_principal":
        assert off["first"] <= 1e-6


def test_a_thousand_in_three_parts_puts_the_odd_cent_where_it_is_agreed() -> None:
    # 1,000 over 3 months at 12 % a year: 340.02 by the annuity formula (340.0221). With the last: 10.00 + 330.02,
    # 6.70 + 333.32, 3.37 + 336.66 = 340.03. A cent more in the first leaves 669.97, 336.65 and 3.37 + 336.65 = 340.02.
    arguments: dict[str, Any] = {"principal": 1_000.0, "annual_rate": 0.12, "instalments": 3}
    arguments |= {"rounding_unit": 0.01, "minor_unit": 0.01}
    last = amortise(LoanTerms(**arguments, remainder="last")).instalment[:, 0]
    assert last == pytest.approx([340.02, 340.02, 340.03], abs=1e-9)
    first = amortise(LoanTerms(**arguments, remainder="first")).instalment[:, 0]
    assert first == pytest.approx([340.03, 340.02, 340.02], abs=1e-9)


@given(wide_contracts(longest=16).filter(lambda contract: contract["calendar"] is None))
def test_the_periodic_rate_of_any_contract_discounts_its_flows_to_nothing(contract: dict[str, Any]) -> None:
    terms, worked = LoanTerms(**contract), flows(work_out(contract))
    moved = sum(abs(amount) for amount in worked)
    assert contract_flows(terms) == pytest.approx([float(amount) for amount in worked], abs=1e-9 * float(moved))
    rate = true_cost(terms).periodic_rate
    if isinstance(rate, Undefined):  # nothing in hand, or money that goes both ways
        assert worked[0] <= 0 or turns(worked) != 1
    else:
        assert abs(present_value(worked, rate)) <= 1e-8 * moved


@given(wide_contracts(longest=16).filter(lambda contract: contract["calendar"] is not None))
def test_the_effective_rate_of_a_contract_with_dates_discounts_its_flows_to_nothing(contract: dict[str, Any]) -> None:
    terms, worked = LoanTerms(**contract), work_out(contract)
    ends = Calendar.of(contract["calendar"], terms.instalments, *terms.interval)
    dated = [(ends.disbursed, flows(worked)[0] - worked.rows[0].drawn)]
    dated += [(pay_out.on, exact(pay_out.amount)) for pay_out in contract.get("pay_outs", ())]
    dated += [(day, -paid(row)) for day, row in zip(ends.paid, worked.rows, strict=True)]
    rate = true_cost(terms).eir
    if isinstance(rate, Undefined):
        in_order = [amount for _, amount in sorted(dated, key=lambda flow: flow[0])]
        assert dated[0][1] <= 0 or turns(in_order) != 1
    else:
        moved = float(sum(abs(amount) for _, amount in dated))
        worth = sum(float(amount) * (1 + rate) ** (-(day - ends.disbursed).days / 365) for day, amount in dated)
        assert abs(worth) <= 1e-7 * moved


def turns(amounts: list[Fraction]) -> int:
    """How often money changes its direction."""
    return sum((before > 0) != (after > 0) for before, after in pairwise([a for a in amounts if a]))


@given(st.integers(1, 6_000), st.integers(2, 120), st.sampled_from([1, 2, 3, 4, 6, 12]), st.sampled_from([0.0, 0.03]))
def test_a_flat_quotation_costs_more_than_it_says(points: int, instalments: int, between: int, fee: float) -> None:
    assume(instalments * between <= 1_200)
    terms = LoanTerms(
        principal=1_000.0,
        annual_rate=points / 10_000,
        instalments=instalments,
        months_between=between,
        quotation="flat",
        upfront_fee_share=fee,
    )
    rate = true_cost(terms).nominal_annual_rate
    assert not isinstance(rate, Undefined)
    assert rate > points / 10_000


def test_a_pay_out_to_come_does_not_move_the_instalments_before_it() -> None:
    terms = LoanTerms(
        principal=12_000.0,
        annual_rate=0.12,
        instalments=12,
        method="progressive",
        rounding_unit=0.01,
        minor_unit=0.01,
        pay_outs=(PayOut(amount=6_000.0, after_instalment=6),),
    )
    arrays = amortise(terms)
    # 6,000 over 12 months at 1 %: 533.09 each, and 6,000 x 1.01^6 - 533.09 x 6.152015 = 3,089.54 are left after six.
    # 9,089.54 over 6 months: divided by 5.795476, 1,568.39.
    assert arrays.instalment[:6, 0] == pytest.approx(533.09, abs=1e-9)
    assert arrays.opening_balance[6, 0] == pytest.approx(3_089.54, abs=0.02)
    assert arrays.instalment[6:11, 0] == pytest.approx(1_568.39, abs=0.01)
    assert abs(arrays.instalment[11, 0] - arrays.instalment[10, 0]) <= 0.03


def test_evening_out_leaves_a_balloon_in_the_last_instalment() -> None:
    arguments: dict[str, Any] = {
        "principal": 10_000.0,
        "annual_rate": 0.12,
        "instalments": 4,
        "repayment": "balloon",
        "balloon_share": 0.5,
        "rounding_unit": 0.01,
        "minor_unit": 0.01,
    }
    arrays = amortise(LoanTerms(**arguments, method="progressive"))
    # 5,000 in four instalments at 1 % a month is 1,281.41, and 1 % of the other 5,000 is 50 each month.
    assert arrays.instalment[:3, 0] == pytest.approx([1_331.41] * 3, abs=0.01)
    assert arrays.instalment[3, 0] == pytest.approx(1_331.41 + 5_000.0, abs=0.03)


def test_a_pay_out_on_the_day_of_a_new_rate_bears_the_new_rate_only() -> None:
    terms = LoanTerms(
        principal=2_000.0,
        annual_rate=0.10,
        instalments=1,
        repayment="interest_only",
        calendar=PaymentCalendar(disbursed=date(2027, 1, 1), first_due=date(2027, 1, 31)),
        day_count="actual/360",
        pay_outs=(PayOut(amount=1_000.0, on=date(2027, 1, 16)),),
        rate_changes=(RateChange(annual_rate=0.20, on=date(2027, 1, 16)),),
    )
    # 1,000 x (10 % x 15/360 + 20 % x 15/360) + 1,000 x 20 % x 15/360 = 12.50 + 8.33
    assert amortise(terms).interest_due[0, 0] == pytest.approx(12.50 + 8.3333333333, abs=1e-9)


def test_a_yearly_fee_falls_on_anniversaries_whatever_the_day_count() -> None:
    terms = LoanTerms(
        principal=1_000.0,
        annual_rate=0.0,
        instalments=120,
        calendar=PaymentCalendar(disbursed=date(2027, 1, 15)),
        day_count="actual/360",
        fees=(LoanFee(name="guarantee", amount=7.0, when="yearly"),),
    )
    arrays = amortise(terms)
    assert arrays.upfront_fee[0] == 7.0
    # Ten years: nine anniversaries with something owed, each on the instalment of January.
    assert np.flatnonzero(arrays.fees_due[:, 0]).tolist() == [11, 23, 35, 47, 59, 71, 83, 95, 107]


def test_fees_and_savings_are_rounded_though_interest_is_not() -> None:
    terms = LoanTerms(
        principal=1_001.0,
        annual_rate=0.12,
        instalments=3,
        rounding_unit=1.0,
        minor_unit=1.0,
        rounds_interest=False,
        upfront_fee_share=0.01,
        insurance_share_per_year=0.01,
        compulsory_savings_share=0.05,
    )
    arrays = amortise(terms)
    assert arrays.upfront_fee[0] == 10.0  # 10.01
    assert arrays.savings_deposit[0] == 50.0  # 50.05
    assert arrays.fees_due[0, 0] == 1.0  # 1,001 x 1 % / 12 = 0.83
    assert arrays.interest_due[0, 0] == pytest.approx(10.01, abs=1e-9)


def test_savings_are_deposited_with_instalments_only() -> None:
    single = LoanTerms(
        principal=1_000.0, annual_rate=0.12, instalments=6, repayment="bullet", savings_instalment_share=0.02
    )
    assert amortise(single).savings_added.sum() == 0.0
    waiting = replace(single, repayment="annuity", grace_months=2, grace_kind="full")
    assert amortise(waiting).savings_added[:, 0].tolist() == [0.0, 0.0, 20.0, 20.0, 20.0, 0.0]


def test_a_fee_on_the_last_instalment_falls_on_the_one_that_clears_the_loan() -> None:
    terms = LoanTerms(
        principal=1_000.0,
        annual_rate=0.12,
        instalments=12,
        rounding_unit=400.0,
        minor_unit=0.01,
        rounding_rule="up",
        fees=(LoanFee(name="release of the pledge", amount=5.0, when="last_instalment"),),
    )
    # 400, 400 and 218.26 clear it: see the kernel's own test of this loan.
    assert amortise(terms).fees_due[:4, 0].tolist() == [0.0, 0.0, 5.0, 0.0]


def test_an_unrounded_progressive_loan_ends_level_after_a_long_first_period_and_a_holiday_from_interest() -> None:
    arguments: dict[str, Any] = {"principal": 9_000.0, "annual_rate": 0.18, "instalments": 9, "method": "progressive"}
    long_first = PaymentCalendar(disbursed=date(2027, 1, 1), first_due=date(2027, 3, 20))
    for other in (
        {"calendar": long_first, "day_count": "actual/365"},
        {"interest_grace_instalments": 3},
        {"grace_months": 2, "grace_kind": "full"},
    ):
        terms = LoanTerms(**arguments, **other)
        paying = amortise(terms).instalment[terms.grace_periods :, 0]
        assert paying == pytest.approx(paying[0], rel=1e-9)


def test_a_remainder_of_equal_principal_rounded_up_far_is_never_paid_back_to_the_borrower() -> None:
    terms = LoanTerms(
        principal=1_000.0,
        annual_rate=0.12,
        instalments=12,
        repayment="equal_principal",
        remainder="first",
        rounding_unit=400.0,
        minor_unit=0.01,
        rounding_rule="up",
    )
    # Parts of 400 are 4,800 in all: the first gives way entirely, the others clear the loan.
    assert amortise(terms).principal_due[:5, 0].tolist() == [0.0, 400.0, 400.0, 200.0, 0.0]


def test_a_rate_that_changes_before_the_first_instalment_is_set_is_known_to_it() -> None:
    terms = LoanTerms(
        principal=1_000.0,
        annual_rate=0.12,
        instalments=6,
        grace_months=2,
        rate_changes=(RateChange(annual_rate=0.24, after_instalment=1, keeps_instalment=True),),
    )
    # 1,000 over four months at 2 %: 262.62 each, the last one too.
    assert amortise(terms).instalment[2:, 0] == pytest.approx(262.6238, abs=1e-4)
