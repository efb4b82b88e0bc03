from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit.depreciation import db, ddb, sln, syd, vdb
from finance_kit.errors import CalculationError

FIRST_YEAR_OF_SEVEN_MONTHS = [186083.33, 259639.42, 176814.44, 120410.64, 81999.64, 55841.76, 15845.10]


@pytest.mark.parametrize(("year", "charge"), list(enumerate(FIRST_YEAR_OF_SEVEN_MONTHS, start=1)))
def test_fixed_declining_balance_with_a_short_first_year(year: int, charge: float) -> None:
    # Microsoft Excel function reference, DB: 1,000,000 to 100,000 over 6 years, 7 months in the first
    assert db(1_000_000, 100_000, 6, year, first_year_months=7) == pytest.approx(charge, abs=0.006)


def test_declining_balance_by_factor() -> None:
    # Microsoft Excel function reference, DDB: 2,400 to 300 over ten years, in days, months and years
    assert ddb(2400, 300, 10 * 365, 1) == pytest.approx(1.32, abs=0.005)
    assert ddb(2400, 300, 10 * 12, 1, factor=2) == pytest.approx(40.00, abs=0.005)
    assert ddb(2400, 300, 10, 1, factor=2) == pytest.approx(480.00, abs=0.005)
    assert ddb(2400, 300, 10, 2, factor=1.5) == pytest.approx(306.00, abs=0.005)
    assert ddb(2400, 300, 10, 10) == pytest.approx(22.12, abs=0.005)


def test_broken_periods_of_the_declining_balance() -> None:
    # HyperFormula 3, DDB
    assert ddb(3305.94, 498.7, 5, 4.57, factor=1.5) == pytest.approx(277.5979309372336, rel=1e-12)
    assert ddb(1959.92, 190.96, 5, 3.93) == pytest.approx(175.50176951410015, rel=1e-12)
    assert ddb(2850.61, 390.32, 12, 11.5, factor=1.5) == pytest.approx(87.68642700515773, rel=1e-12)


def test_declining_balance_between_two_points_of_the_life() -> None:
    # Microsoft Excel function reference, VDB: 2,400 to 300 over ten years
    assert vdb(2400, 300, 10 * 365, 0, 1) == pytest.approx(1.32, abs=0.005)
    assert vdb(2400, 300, 10 * 12, 0, 1) == pytest.approx(40.00, abs=0.005)
    assert vdb(2400, 300, 10, 0, 1) == pytest.approx(480.00, abs=0.005)
    assert vdb(2400, 300, 10 * 12, 6, 18) == pytest.approx(396.31, abs=0.005)
    assert vdb(2400, 300, 10 * 12, 6, 18, factor=1.5) == pytest.approx(311.81, abs=0.005)
    assert vdb(2400, 300, 10, 0, 0.875, factor=1.5) == pytest.approx(315.00, abs=0.005)


def test_straight_line_and_sum_of_the_years_digits() -> None:
    # Microsoft Excel function reference, SLN and SYD: 30,000 to 7,500 over ten years
    assert sln(30_000, 7_500, 10) == 2250.0
    assert syd(30_000, 7_500, 10, 1) == pytest.approx(4090.91, abs=0.005)
    assert syd(30_000, 7_500, 10, 10) == pytest.approx(409.09, abs=0.005)


@settings(max_examples=100, deadline=None)
@given(st.floats(1.0, 1e6), st.floats(0.0, 1.0), st.integers(1, 60), st.floats(0.5, 4.0), st.floats(0.0, 0.95))
def test_the_charges_of_a_life_take_the_cost_down_to_the_salvage(
    cost: float, share: float, life: int, factor: float, fraction: float
) -> None:
    salvage = cost * share
    periods = range(1, life + 1)
    assert sum(syd(cost, salvage, life, k) for k in periods) == pytest.approx(cost - salvage, abs=1e-9 * cost)
    whole = sum(vdb(cost, salvage, life, k - 1, k, factor=factor) for k in periods)
    assert whole == pytest.approx(cost - salvage, abs=1e-9 * cost)
    broken_life = life + fraction
    assert vdb(cost, salvage, broken_life, 0, broken_life, factor=factor) == pytest.approx(
        cost - salvage, abs=1e-9 * cost
    )
    declining = [ddb(cost, salvage, life, k, factor=factor) for k in periods]
    assert min(declining) >= -1e-9 * cost
    assert sum(declining) <= cost - salvage + 1e-9 * cost
    middle = life * fraction
    parts = vdb(cost, salvage, life, 0, middle, factor=factor) + vdb(cost, salvage, life, middle, life, factor=factor)
    assert parts == pytest.approx(whole, abs=1e-9 * cost)


def test_without_the_change_to_straight_line_the_charge_is_that_of_the_declining_balance() -> None:
    for k in range(2, 11):
        assert vdb(2400, 300, 10, k - 1, k, switch=False) == pytest.approx(ddb(2400, 300, 10, k), abs=1e-9)


def test_an_asset_that_cost_nothing_is_not_depreciated() -> None:
    assert db(0.0, 0.0, 5, 1) == 0.0
    assert ddb(0.0, 0.0, 5, 1) == vdb(0.0, 0.0, 5, 0, 5) == sln(0.0, 0.0, 5) == syd(0.0, 0.0, 5, 1) == 0.0


def test_what_no_asset_can_be_is_refused() -> None:
    with pytest.raises(CalculationError, match="asset_below_zero"):
        sln(-1.0, 0.0, 5)
    with pytest.raises(CalculationError, match="no_periods"):
        syd(100.0, 0.0, 0, 1)
    with pytest.raises(CalculationError, match="salvage_above_cost"):
        ddb(100.0, 200.0, 5, 1)
    with pytest.raises(CalculationError, match="period_out_of_range"):
        db(100.0, 10.0, 5, 6)
    with pytest.raises(CalculationError, match="months_of_first_year"):
        db(100.0, 10.0, 5, 1, first_year_months=13)
    with pytest.raises(CalculationError, match="span_outside_life"):
        vdb(100.0, 10.0, 5, 3, 2)
    with pytest.raises(CalculationError, match="span_outside_life"):
        vdb(100.0, 10.0, 5, 0, 6)
    with pytest.raises(CalculationError, match="factor_not_above_zero"):
        ddb(100.0, 10.0, 5, 1, factor=0.0)
    with pytest.raises(CalculationError, match="too_many_periods"):
        vdb(100.0, 10.0, 1e9, 0.0, 1e9)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), "100", None])
def test_what_is_no_number_is_refused(wrong: Any) -> None:
    for place in range(4):
        arguments: list[Any] = [100.0, 10.0, 5.0, 2.0]
        arguments[place] = wrong
        for method in (syd, db, ddb):
            with pytest.raises(CalculationError, match="argument_not_a_number"):
                method(*arguments)
