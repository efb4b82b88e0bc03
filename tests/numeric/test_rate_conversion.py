import math
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit import rate_conversion as convert
from finance_kit.errors import CalculationError


@settings(max_examples=100, deadline=None)
@given(st.floats(-0.5, 10.0), st.sampled_from([1, 2, 4, 12, 52, 365]))
def test_there_and_back_is_the_same_rate(rate: float, periods: int) -> None:
    effective = convert.effective_from_nominal(rate, periods)
    assert convert.nominal_from_effective(effective, periods) == pytest.approx(rate, rel=1e-12, abs=1e-15)
    periodic = convert.periodic_from_effective(rate, periods)
    assert convert.effective_from_periodic(periodic, periods) == pytest.approx(rate, rel=1e-12, abs=1e-15)
    assert convert.effective_from_continuous(convert.continuous_from_effective(rate)) == pytest.approx(
        rate, rel=1e-12, abs=1e-15
    )


@pytest.mark.parametrize("rate", [1e-14, 1e-9, 0.18, 25.0])
def test_interest_on_interest_is_exact_to_fourteen_digits(rate: float) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = (1 + Decimal(rate) / 12) ** 12 - 1
        assert convert.effective_from_nominal(rate, 12) == pytest.approx(float(expected), rel=1e-14)


def test_one_period_a_year_leaves_the_rate_as_it_is() -> None:
    assert convert.effective_from_nominal(0.1234567, 1) == 0.1234567
    assert convert.nominal_from_effective(0.1234567, 1) == 0.1234567


def test_rates_that_cannot_be_are_refused() -> None:
    with pytest.raises(CalculationError, match="rate_not_above_minus_one"):
        convert.effective_from_nominal(-12.0, 12)
    with pytest.raises(CalculationError, match="rate_not_above_minus_one"):
        convert.periodic_from_effective(-1.0, 12)
    with pytest.raises(CalculationError, match="no_periods"):
        convert.effective_from_nominal(0.1, 0)
    with pytest.raises(CalculationError, match="figure_too_large"):
        convert.effective_from_periodic(100.0, 365)
    with pytest.raises(CalculationError, match="figure_too_large"):
        convert.effective_from_continuous(1000.0)


@pytest.mark.parametrize("wrong", [math.nan, -math.inf, "12 %", None])
def test_what_is_no_number_is_refused(wrong: Any) -> None:
    for function in (convert.effective_from_nominal, convert.nominal_from_effective, convert.effective_from_periodic):
        with pytest.raises(CalculationError, match="argument_not_a_number"):
            function(wrong, 12)
        with pytest.raises(CalculationError, match="argument_not_a_number"):
            function(0.1, wrong)
