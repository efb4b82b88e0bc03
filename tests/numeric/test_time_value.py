from datetime import date

import pytest

from finance_kit import time_value
from finance_kit.errors import CalculationError, ShapeError, Undefined
from finance_kit.numeric import irr_search


def test_interest_late_in_a_long_dear_loan_keeps_its_digits() -> None:
    # 60-digit decimal recursion of the balance: 270.51 at 14.79 % a period, 300 periods, interest of the 297th
    assert time_value.ipmt(0.1479, 297, 300, -270.51) == pytest.approx(16.96562770186723, rel=1e-12)


def test_interest_and_principal_make_up_the_payment() -> None:
    for period in range(1, 25):
        parts = time_value.ipmt(0.015, period, 24, 1000.0) + time_value.ppmt(0.015, period, 24, 1000.0)
        assert parts == pytest.approx(time_value.pmt(0.015, 24, 1000.0), rel=1e-12)


def test_without_interest_everything_is_division() -> None:
    assert time_value.pmt(0.0, 10, 1000.0) == -100.0
    assert time_value.pv(0.0, 10, -100.0) == 1000.0
    assert time_value.fv(0.0, 10, -100.0) == 1000.0
    assert time_value.nper(0.0, -100.0, 1000.0) == 10.0
    assert time_value.ipmt(0.0, 3, 10, 1000.0) == 0.0


def test_a_payment_below_the_interest_never_repays() -> None:
    assert time_value.nper(0.02, -10.0, 1000.0) == Undefined("never_repaid")


def test_a_rate_below_a_total_loss_is_not_a_rate() -> None:
    assert time_value.rate(1, 1.0, 8000.0) == Undefined("no_rate")


def test_a_rate_that_no_payment_plan_has_is_undefined() -> None:
    assert time_value.rate(12, 100.0, 1000.0) == Undefined("no_rate")


def test_a_period_outside_the_loan_is_refused() -> None:
    with pytest.raises(CalculationError, match="period_out_of_range"):
        time_value.ipmt(0.01, 13, 12, 1000.0)


def test_one_date_for_each_flow_is_needed() -> None:
    with pytest.raises(ShapeError):
        time_value.xirr([date(2027, 1, 1)], [-1.0, 2.0])
    with pytest.raises(ShapeError):
        time_value.xnpv(0.1, [date(2027, 1, 1)], [-1.0, 2.0])


def test_money_in_one_direction_has_no_rate() -> None:
    dates = [date(2027, 1, 1), date(2027, 6, 1)]
    assert time_value.xirr(dates, [1.0, 2.0]) == Undefined("no_sign_change")
    assert time_value.mirr([1.0, 2.0], 0.1, 0.1) == Undefined("no_sign_change")


def test_the_check_accepts_the_rate_and_nothing_beside_it() -> None:
    flows = [-1000.0, 600.0, 600.0]
    rate = float(irr_search(flows)[0])
    assert time_value.irr_check(flows, rate)
    assert not time_value.irr_check(flows, rate + 1e-6)
    losing = [-1000.0, *[0.0] * 200, 1e-9]
    assert time_value.irr_check(losing, float(irr_search(losing)[0]))
    assert not time_value.irr_check(losing, -0.5)
