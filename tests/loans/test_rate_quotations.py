from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.errors import CalculationError, Undefined
from finance_kit.loans import MAX_INSTALMENTS
from finance_kit.loans.rate_quotations import (
    declining_to_discount,
    declining_to_flat,
    discount_to_declining,
    effective_rate,
    flat_to_declining,
    nominal_rate,
)


@pytest.mark.parametrize(
    ("nominal", "periods", "effective", "tolerance"),
    [
        (0.0525, 4, 0.0535427, 5e-8),  # Microsoft Excel function reference, EFFECT
        (0.18, 12, 0.195618, 5e-7),  # OpenStax, Principles of Finance: 1.5 % a month
        (1.5, 2, 2.0625, 1e-12),  # fsprojects/ExcelFinancialFunctions, test data of EFFECT
        (0.6, 1, 0.6, 1e-12),
    ],
)
def test_nominal_and_effective_rates(nominal: float, periods: float, effective: float, tolerance: float) -> None:
    assert effective_rate(nominal, periods) == pytest.approx(effective, abs=tolerance, rel=0)
    assert nominal_rate(effective_rate(nominal, periods), periods) == pytest.approx(nominal, rel=1e-12)


def test_a_nominal_rate_of_ten_periods() -> None:
    # fsprojects/ExcelFinancialFunctions, test data of NOMINAL.
    assert nominal_rate(0.6, 10) == pytest.approx(0.4812238946896, rel=1e-12)


@pytest.mark.parametrize(
    ("flat", "instalments", "periods", "declining", "tolerance"),
    [
        (0.18, 12, 12, 0.3172, 0.00005),  # domain dossier 7.4, D3
        (0.12, 24, 12, 0.2157, 0.00005),  # D11
        (0.36, 4, 12, 0.563097, 0.000002),  # CGAP, R. Rosenberg: four months at 3 % flat a month
        (0.0, 7, 52, 0.0, 1e-12),
        (0.3, 1, 4, 0.3, 1e-12),  # one instalment: there is no difference
    ],
)
def test_flat_rates_said_as_declining(
    flat: float, instalments: int, periods: float, declining: float, tolerance: float
) -> None:
    assert flat_to_declining(flat, instalments, periods) == pytest.approx(declining, abs=tolerance, rel=0)


@pytest.mark.parametrize(("instalments", "flat"), [(12, 0.100), (24, 0.099)])
def test_eighteen_per_cent_declining_is_about_ten_per_cent_flat(instalments: int, flat: float) -> None:
    # Closed form: total interest of the annuity over principal and years; dossier 7.4 gives 10.0 % and 9.9 %.
    instalment = 0.015 / (1 - 1.015**-instalments)
    assert declining_to_flat(0.18, instalments) == pytest.approx((instalment * instalments - 1) / (instalments / 12))
    assert declining_to_flat(0.18, instalments) == pytest.approx(flat, abs=0.0005)


def test_interest_kept_back_at_pay_out() -> None:
    # D10: 18 % up front, everything repaid after 12 months; 12 ((1 / 0.82) ^ (1/12) - 1).
    assert discount_to_declining(0.18, 12, at_end=True) == pytest.approx(12 * (0.82 ** (-1 / 12) - 1), rel=1e-12)
    # CGAP, R. Rosenberg: 1 000 over four months, 120 of interest up front, four payments of 250: recomputed 63.8032 %.
    assert discount_to_declining(0.36, 4) == pytest.approx(0.638032, abs=2e-6)
    assert discount_to_declining(1.0, 12) == Undefined("loan_nothing_received")


@given(st.floats(0.0, 4.0), st.integers(1, 120), st.sampled_from([1.0, 4.0, 12.0, 52.0]))
def test_there_and_back_again(rate: float, instalments: int, periods: float) -> None:
    assert flat_to_declining(declining_to_flat(rate, instalments, periods), instalments, periods) == pytest.approx(
        rate, rel=1e-8, abs=1e-10
    )
    for at_end in (False, True):
        discount = declining_to_discount(rate, instalments, periods, at_end=at_end)
        assert 0.0 <= discount <= rate * (1 + 1e-9) + 1e-9
        if discount * instalments / periods < 0.999:
            back = discount_to_declining(discount, instalments, periods, at_end=at_end)
            assert back == pytest.approx(rate, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((float("nan"), 12), "loan_not_a_number"),
        ((-0.1, 12), "loan_negative"),
        ((12, 12), "loan_too_large"),
        ((0.1, 0), "loan_count_out_of_range"),
        ((0.1, MAX_INSTALMENTS + 1), "loan_count_out_of_range"),
        ((0.1, 1.5), "loan_count_out_of_range"),
        ((0.1, 12, 0), "loan_year_without_periods"),
    ],
)
@pytest.mark.parametrize(
    "convert", [flat_to_declining, declining_to_flat, discount_to_declining, declining_to_discount]
)
def test_what_cannot_be_a_quotation_is_refused(convert: Any, arguments: tuple[Any, ...], code: str) -> None:
    with pytest.raises(CalculationError, match=code):
        convert(*arguments)


def test_a_rate_that_loses_everything_is_refused() -> None:
    for convert in (effective_rate, nominal_rate):
        with pytest.raises(CalculationError, match="loan_rate_loses_all"):
            convert(-12.0, 12)
        with pytest.raises(CalculationError, match="loan_year_without_periods"):
            convert(0.1, float("inf"))
