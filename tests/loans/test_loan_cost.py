from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from finance_kit.errors import CalculationError, Undefined
from finance_kit.i18n.messages_loans import MESSAGES
from finance_kit.loans import (
    LoanTerms,
    amortise,
    contract_flows,
    eir,
    largest_loan,
    true_cost,
)
from tests.oracles.loan_contracts import contracts
from tests.oracles.loan_oracle import flows, present_value, work_out


def the_rate(found: float | Undefined) -> float:
    assert not isinstance(found, Undefined), found
    return found


@given(contracts(longest=30))
def test_all_flows_discounted_at_the_rate_found_are_worth_nothing(contract: dict[str, Any]) -> None:
    cost = true_cost(LoanTerms(**contract))
    worked = flows(work_out(contract))
    assume(worked[0] > 0)
    rate = the_rate(cost.periodic_rate)
    assert abs(present_value(worked, rate)) <= 1e-8 * sum(abs(amount) for amount in worked)
    periods = 12 / contract["months_between"]
    assert the_rate(cost.nominal_annual_rate) == pytest.approx(rate * periods, rel=1e-12)
    assert the_rate(cost.eir) == pytest.approx((1 + rate) ** periods - 1, rel=1e-12)


@given(contracts())
def test_what_is_paid_is_what_was_received_plus_every_cost(contract: dict[str, Any]) -> None:
    terms = LoanTerms(**contract)
    cost, arrays = true_cost(terms), amortise(terms)
    earned = float(arrays.savings_interest.sum())
    assert cost.total_paid - cost.savings_returned == pytest.approx(
        cost.net_received + cost.total_interest + cost.total_fees - earned, abs=1e-11 * (cost.total_paid + 1)
    )
    assert contract_flows(terms).sum() == pytest.approx(
        earned - cost.total_interest - cost.total_fees, abs=1e-11 * (cost.total_paid + 1)
    )


@pytest.mark.parametrize("repayment", ["annuity", "equal_principal", "interest_only", "balloon", "seasonal"])
@pytest.mark.parametrize("months_between", [1, 3, 12])
def test_without_fees_a_declining_loan_costs_its_rate_compounded(repayment: Any, months_between: int) -> None:
    terms = LoanTerms(
        principal=70_000.0,
        annual_rate=0.15,
        instalments=9,
        months_between=months_between,
        repayment=repayment,
        balloon_share=0.25 if repayment == "balloon" else 0.0,
        principal_pattern=(0.0, 2.0, 1.0) if repayment == "seasonal" else (),
    )
    periods = 12 / months_between
    assert the_rate(eir(terms)) == pytest.approx((1 + 0.15 / periods) ** periods - 1, abs=1e-9)


def test_capitalised_interest_costs_the_same_rate_as_interest_that_is_paid() -> None:
    terms = LoanTerms(principal=500.0, annual_rate=0.24, instalments=10, grace_months=4, grace_kind="full")
    assert the_rate(eir(terms)) == pytest.approx(1.02**12 - 1, abs=1e-9)


def test_a_loan_without_any_cost_costs_nothing() -> None:
    assert the_rate(eir(LoanTerms(principal=500.0, annual_rate=0.0, instalments=10))) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("share", [0.2, 0.4, 0.7])
def test_savings_that_turn_the_last_flow_do_not_hide_the_cost(share: float) -> None:
    terms = LoanTerms(principal=1_000.0, annual_rate=0.18, instalments=12, compulsory_savings_share=share)
    amounts = contract_flows(terms)
    assert amounts[-1] > 0
    discounts = np.roots(amounts[::-1])  # all roots at once, by the eigenvalues of the companion matrix
    real = discounts[(np.abs(discounts.imag) < 1e-9) & (discounts.real > 0)].real
    assert len(real) == 2
    assert the_rate(true_cost(terms).periodic_rate) == pytest.approx(1 / real.min() - 1, abs=1e-9)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"principal": 0.0}, "loan_nothing_received"),
        ({"upfront_fee_share": 0.6, "compulsory_savings_share": 0.4}, "loan_nothing_received"),
        ({"upfront_fee_amount": 5_000.0}, "loan_nothing_received"),
        ({"annual_rate": 0.0, "compulsory_savings_share": 0.9, "savings_annual_rate": 5.0}, "loan_cost_not_found"),
    ],
)
def test_a_rate_that_does_not_exist_is_a_reason(change: dict[str, Any], reason: str) -> None:
    terms: dict[str, Any] = {"principal": 1_000.0, "annual_rate": 0.1, "instalments": 12, "repayment": "interest_only"}
    cost = true_cost(LoanTerms(**(terms | change)))
    assert cost.eir == cost.periodic_rate == cost.nominal_annual_rate == Undefined(reason)
    assert reason in MESSAGES


def test_dear_and_short_credit_still_has_its_rate() -> None:
    terms = LoanTerms(principal=100.0, annual_rate=0.0, instalments=2, upfront_fee_share=0.99)
    # 1 = 50 v + 50 v^2, so v = (sqrt(1.08) - 1) / 2.
    assert the_rate(true_cost(terms).periodic_rate) == pytest.approx(2 / (1.08**0.5 - 1) - 1, rel=1e-9)


@given(contracts(rounded=False), st.integers(1, 1_000_000))
def test_the_largest_loan_uses_all_that_can_be_paid_in_its_heaviest_period(
    contract: dict[str, Any], affordable: int
) -> None:
    largest = largest_loan(float(affordable), LoanTerms(**contract))
    heaviest = amortise(LoanTerms(**contract), principal=largest).instalment.max()
    assert heaviest == pytest.approx(affordable, rel=1e-12)


def test_the_largest_loan_does_not_depend_on_principal_or_rounding() -> None:
    rounded = LoanTerms(principal=7.0, annual_rate=0.12, instalments=12, rounding_unit=100.0, minor_unit=1.0)
    plain = LoanTerms(principal=0.0, annual_rate=0.12, instalments=12)
    assert largest_loan(1_066.19, rounded) == largest_loan(1_066.19, plain)
    assert largest_loan(1_066.19, plain) == pytest.approx(
        12_000.0, abs=0.06
    )  # 1,066.1855 repays 12,000; half a cent is 0.056
    assert largest_loan(0.0, plain) == 0.0


@pytest.mark.parametrize("found", [-1.0, float("nan"), float("inf")])
def test_what_can_be_paid_must_be_an_amount(found: float) -> None:
    with pytest.raises(CalculationError, match="loan_debt_service_not_an_amount"):
        largest_loan(found, LoanTerms(principal=1.0, annual_rate=0.12, instalments=12))
