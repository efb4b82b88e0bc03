from dataclasses import fields
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.errors import CalculationError, ShapeError
from finance_kit.loans import LoanArrays, LoanTerms, amortise
from tests.oracles.loan_contracts import contracts
from tests.oracles.loan_oracle import work_out

SUM_COLUMNS = {"principal", "upfront_fee", "savings_deposit"}
ORACLE_COLUMNS = {
    "opening_balance": "opening",
    "interest_accrued": "accrued",
    "interest_due": "due",
    "interest_capitalised": "capitalised",
    "principal_due": "principal",
    "fees_due": "fees",
    "closing_balance": "closing",
    "savings_balance": "savings",
    "savings_interest": "savings_interest",
    "savings_returned": "savings_returned",
}


def size_of(arrays: LoanArrays) -> float:
    """Largest sum that the loan moves, to measure what floats may lose."""
    return float(arrays.opening_balance.max() + arrays.interest_accrued.sum(axis=0).max() + 1.0)


def is_on_grid(amounts: npt.NDArray[np.float64], unit: float) -> bool:
    steps = amounts / unit
    return bool((np.abs(steps - np.rint(steps)) <= 1e-6).all())


@given(contracts())
def test_every_row_and_the_whole_contract_tie(contract: dict[str, Any]) -> None:
    arrays = amortise(LoanTerms(**contract))
    lost = 1e-11 * size_of(arrays)
    left = arrays.opening_balance + arrays.interest_capitalised - arrays.principal_due
    assert left == pytest.approx(arrays.closing_balance, abs=lost)
    assert (arrays.opening_balance[1:] == arrays.closing_balance[:-1]).all()
    assert (arrays.opening_balance[0] == arrays.principal).all()
    assert (arrays.closing_balance[-1] == 0.0).all()
    assert arrays.principal_due.sum() == pytest.approx(
        contract["principal"] + arrays.interest_capitalised.sum(), abs=lost
    )
    assert arrays.interest_accrued.sum() == pytest.approx(
        arrays.interest_due.sum() + arrays.interest_capitalised.sum(), abs=lost
    )
    assert arrays.interest_payable.min() >= -lost
    assert arrays.savings_returned.sum() == pytest.approx(
        arrays.savings_deposit.sum() + arrays.savings_interest.sum(), abs=lost
    )
    assert min(getattr(arrays, column.name).min() for column in fields(arrays)) >= 0.0


@given(contracts(rounded=True))
def test_everything_in_a_rounded_schedule_is_a_multiple_of_the_minor_unit(contract: dict[str, Any]) -> None:
    arrays = amortise(LoanTerms(**contract))
    on_paper = round(contract["principal"] / contract["minor_unit"]) * contract["minor_unit"]
    assert contract["principal"] == on_paper
    for column in fields(arrays):
        assert is_on_grid(getattr(arrays, column.name), contract["minor_unit"]), column.name


@given(contracts(rounded=True).filter(lambda contract: contract["repayment"] in ("annuity", "balloon")))
def test_rounded_level_instalments_are_multiples_of_the_rounding_unit(contract: dict[str, Any]) -> None:
    terms = LoanTerms(**contract)
    arrays = amortise(terms)
    between = slice(terms.grace_periods + 1, -1)  # the first carries deferred interest, the last the remainder
    principal, closing = arrays.principal_due[between], arrays.closing_balance[between]
    regular = (principal > 0) & (closing > 0)
    assert is_on_grid(arrays.instalment[between][regular], contract["rounding_unit"])


@given(contracts(longest=30))
def test_every_figure_agrees_with_the_contract_worked_out_in_fractions(contract: dict[str, Any]) -> None:
    arrays, worked = amortise(LoanTerms(**contract)), work_out(contract)
    # Rounded figures are the same to the last unit; unrounded ones to what a float can hold.
    lost = 1e-9 if "rounding_unit" in contract else 1e-11 * size_of(arrays)
    for column, name in ORACLE_COLUMNS.items():
        expected = np.array([float(getattr(row, name)) for row in worked.rows])
        assert getattr(arrays, column)[:, 0] == pytest.approx(expected, abs=lost, rel=1e-12), column
    assert arrays.upfront_fee[0] == pytest.approx(float(worked.upfront_fee), abs=lost)
    assert arrays.savings_deposit[0] == pytest.approx(float(worked.savings_deposit), abs=lost)


@given(
    contracts(),
    st.lists(st.tuples(st.integers(0, 3_000_000), st.integers(-500, 6_000)), min_size=3, max_size=3),
)
def test_a_scenario_alone_equals_its_column(contract: dict[str, Any], scenarios: list[tuple[int, int]]) -> None:
    terms = LoanTerms(**contract)
    principal = np.array([float(amount) for amount, _ in scenarios])
    rate = np.array([points / 10_000 for _, points in scenarios])
    together = amortise(terms, principal=principal, annual_rate=rate)
    for position in range(3):
        alone = amortise(terms, principal=principal[position], annual_rate=rate[position])
        for column in fields(alone):
            expected = getattr(alone, column.name)[..., 0]
            assert (getattr(together, column.name)[..., position] == expected).all(), column.name


@given(contracts(rounded=False))
def test_a_rate_or_principal_given_as_a_scenario_is_that_of_other_terms(contract: dict[str, Any]) -> None:
    other = LoanTerms(**(contract | {"principal": 123_456.0, "annual_rate": 0.2}))
    overridden = amortise(LoanTerms(**contract), principal=123_456.0, annual_rate=np.array([0.2]))
    for column in fields(overridden):
        assert (getattr(overridden, column.name) == getattr(amortise(other), column.name)).all(), column.name


@given(contracts(rounded=False))
def test_a_hundred_times_the_loan_is_a_hundred_times_every_figure(contract: dict[str, Any]) -> None:
    fixed = {"upfront_fee_amount": 0.0, "instalment_fee_amount": 0.0}
    small = amortise(LoanTerms(**(contract | fixed)))
    large = amortise(LoanTerms(**(contract | fixed)), principal=100.0 * contract["principal"])
    for column in fields(small):
        lost = 1e-11 * size_of(large)
        assert getattr(large, column.name) == pytest.approx(100.0 * getattr(small, column.name), abs=lost), column.name


@given(contracts())
def test_a_loan_of_nothing_moves_nothing(contract: dict[str, Any]) -> None:
    nothing = amortise(LoanTerms(**(contract | {"principal": 0.0})))
    assert all((getattr(nothing, column.name) == 0.0).all() for column in fields(nothing))


@pytest.mark.parametrize("rate", [0.0, 1e-300, 1e-17, 1e-12, 1e-6, 0.072, 0.6, 5.0])
@pytest.mark.parametrize("instalments", [1, 2, 84, 1_200])
def test_the_closed_annuity_agrees_with_the_recurrence_at_any_rate_and_length(rate: float, instalments: int) -> None:
    arrays = amortise(LoanTerms(principal=1e6, annual_rate=rate, instalments=instalments))
    periodic = Fraction(rate) / 12
    growth = 1 + periodic
    worth = Fraction(instalments) if periodic == 0 else (1 - 1 / growth**instalments) / periodic
    # A float of 64 bits is too short for the forward recurrence over 1,200 dear months; 2,048 bits are not.
    instalment = Fraction(round(Fraction(10**6) / worth * 2**2048), 2**2048)
    balance = Fraction(10**6)
    for period in range(instalments):
        assert arrays.instalment[period, 0] == pytest.approx(float(instalment), rel=1e-9)
        balance = Fraction(round((balance * growth - instalment) * 2**2048), 2**2048)
        assert arrays.closing_balance[period, 0] == pytest.approx(float(balance), rel=1e-9, abs=1e-9)


def test_a_rounded_schedule_of_dong_ties_to_the_last_dong_for_a_hundred_years() -> None:
    terms = LoanTerms(
        principal=9_999_999_999_999.0, annual_rate=0.12, instalments=1_200, rounding_unit=500.0, minor_unit=1.0
    )
    arrays = amortise(terms)
    assert arrays.principal_due.sum() == 9_999_999_999_999.0
    assert (arrays.closing_balance == arrays.opening_balance - arrays.principal_due).all()


def test_an_instalment_rounded_up_far_clears_the_loan_early_and_then_nothing_is_due() -> None:
    terms = LoanTerms(
        principal=1_000.0,
        annual_rate=0.12,
        instalments=12,
        rounding_unit=400.0,
        minor_unit=0.01,
        rounding_rule="up",
        instalment_fee_amount=5.0,
    )
    arrays = amortise(terms)
    # 1,000 + 10.00 - 400 = 610; 610 + 6.10 - 400 = 216.10; 216.10 + 2.16 = 218.26 clears it.
    assert arrays.instalment[:4, 0] == pytest.approx([400.0, 400.0, 218.26, 0.0], abs=1e-9)
    assert (arrays.instalment[3:] == 0.0).all()
    assert arrays.fees_due[:4, 0].tolist() == [5.0, 5.0, 5.0, 0.0]


def test_interest_waiting_in_a_deferred_grace_is_owed_until_it_is_paid() -> None:
    terms = LoanTerms(
        principal=1_000.0,
        annual_rate=0.12,
        instalments=4,
        grace_months=2,
        grace_kind="full",
        grace_interest="deferred",
        repayment="equal_principal",
    )
    assert amortise(terms).interest_payable[:, 0] == pytest.approx([10.0, 20.0, 0.0, 0.0], abs=1e-12)


def test_flat_interest_rounded_coarsely_is_not_paid_before_it_arises() -> None:
    terms = LoanTerms(
        principal=121.0,
        annual_rate=0.0372,
        instalments=4,
        quotation="flat",
        grace_months=1,
        grace_kind="full",
        grace_interest="deferred",
        rounding_unit=1.0,
        minor_unit=1.0,
    )
    arrays = amortise(terms)  # 121 x 3.72 % x 4/12 = 1.50, which is 2: a quarter of it rounds to 0, a third to 1
    assert arrays.interest_due[:, 0].tolist() == [0.0, 1.0, 1.0, 0.0]
    assert arrays.interest_accrued[:, 0].tolist() == [0.0, 1.0, 1.0, 0.0]
    assert arrays.interest_payable[:, 0].tolist() == [0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ({"principal": -1.0}, "loan_scenario_principal"),
        ({"principal": float("nan")}, "loan_scenario_principal"),
        ({"principal": 1e308}, "loan_scenario_principal"),
        ({"annual_rate": float("inf")}, "loan_scenario_rate"),
        ({"annual_rate": float("nan")}, "loan_scenario_rate"),
        ({"annual_rate": -1.0}, "loan_scenario_rate"),
    ],
)
def test_scenarios_outside_all_reason_are_refused(overrides: dict[str, float], code: str) -> None:
    with pytest.raises(CalculationError) as refused:
        amortise(LoanTerms(principal=1_000.0, annual_rate=0.12, instalments=12), **overrides)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("principal", "rate"), [(np.ones(2), np.ones(3)), (np.ones((2, 2)), np.ones(2)), (np.ones(0), np.ones(1))]
)
def test_scenarios_that_do_not_match_are_refused(
    principal: npt.NDArray[np.float64], rate: npt.NDArray[np.float64]
) -> None:
    with pytest.raises(ShapeError, match="loan_scenarios_differ"):
        amortise(LoanTerms(principal=1.0, annual_rate=0.1, instalments=2), principal=principal, annual_rate=rate)
