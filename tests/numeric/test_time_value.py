import json
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from finance_kit import time_value
from finance_kit.errors import CalculationError, ShapeError, Undefined
from finance_kit.indicators.returns import interpolated_payback, returns
from finance_kit.numeric import irr_roots, irr_search, npv
from finance_kit.time_value import Due

FloatArray = npt.NDArray[np.float64]

REFERENCE = Path(__file__).parents[1] / "reference"
OUT_OF_SCOPE = {
    "INV-641": "30/360 day count: this product dates flows by actual days over 365",
    "INV-347": "a rate of -100.0125 %: more than everything cannot be lost, rates are above -1 here",
}


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (REFERENCE / name).read_text(encoding="utf-8").splitlines()]


RETURNS = [case for case in lines("investment_returns.jsonl") if case["id"] not in OUT_OF_SCOPE]
TIME_VALUE = [case for case in lines("time_value.jsonl") if case["id"] not in OUT_OF_SCOPE]


def tolerance(case: dict[str, Any]) -> float:
    allowed: dict[str, float] = case["tolerance"]
    expected: float = case["expected"] or 0.0
    return max(allowed.get("abs", 0.0), allowed.get("rel", 0.0) * abs(expected))


def days(case: dict[str, Any]) -> list[date]:
    return [date.fromisoformat(day) for day in case["args"]["dates"]]


def answer(case: dict[str, Any]) -> float | Undefined:
    a = case["args"]
    flows = a["amounts"]
    match case["fn"]:
        case "irr":
            return float(irr_search(flows)[0])
        case "mirr":
            return time_value.mirr(flows, a["finance_rate"], a["reinvest_rate"])
        case "npv":
            return float(npv(a["rate"], [0.0] * a["first_flow_at"] + flows, per_year=1)[0])
        case "xnpv":
            return time_value.xnpv(a["rate"], days(case), flows)
        case "xirr":
            return time_value.xirr(days(case), flows)
        case "payback":
            return interpolated_payback(flows)
        case "discounted_payback":
            return interpolated_payback([flow / (1.0 + a["rate"]) ** year for year, flow in enumerate(flows)])
        case "profitability_index":
            spread = np.zeros(12 * (len(flows) - 1) + 1)
            spread[::12] = flows
            return returns(spread, a["rate"]).profitability_index
    raise AssertionError(case["fn"])


@pytest.mark.parametrize("case", RETURNS, ids=lambda case: f"{case['id']} {case['fn']}")
def test_returns_agree_with_answers_that_others_published(case: dict[str, Any]) -> None:
    found = answer(case)
    if case.get("expect") == "no_solution":
        assert isinstance(found, Undefined)
        return
    assert not isinstance(found, Undefined), found
    accepted = [case["expected"], *case.get("other_roots", [])]
    assert min(abs(found - value) for value in accepted) <= tolerance(case)


def exact_value(flows: FloatArray, times: FloatArray, rate: float, factor: str) -> Decimal:
    """Net present value beside a rate, in 60 decimal digits."""
    with localcontext() as context:
        context.prec = 60
        growth = (Decimal(1) + Decimal(rate)) * Decimal(factor)
        powers = (growth ** -(Decimal(round(time * 365)) / 365) for time in times.tolist())
        return sum((Decimal(flow) * power for flow, power in zip(flows.tolist(), powers, strict=True)), Decimal(0))


@pytest.mark.parametrize(
    "case", [case for case in RETURNS if case["fn"] in {"irr", "xirr"}], ids=lambda case: f"{case['id']} {case['fn']}"
)
def test_all_rates_that_others_published_are_listed_and_no_more(case: dict[str, Any]) -> None:
    flows = np.array(case["args"]["amounts"])
    if case["fn"] == "irr":
        times = np.arange(flows.size, dtype=np.float64)
    else:
        when = days(case)
        times = np.array([(day - min(when)).days for day in when]) / 365.0
        order = np.argsort(times, kind="stable")
        flows, times = flows[order], times[order]
    listed = irr_roots(flows, times)
    # The publishers looked no deeper than this; the two rates below it (of INV-611 and INV-620) are proved here.
    found = [rate for rate in listed if rate > -0.999999]
    for rate in set(listed) - set(found):
        assert exact_value(flows, times, rate, "0.999") * exact_value(flows, times, rate, "1.001") < 0
    expected = [] if case["expected"] is None else sorted([case["expected"], *case.get("other_roots", [])])
    # Other roots are printed to ten digits; those of xirr cases have a tolerance of 1e-6.
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=max(tolerance(case), 1e-9))


def test_cases_left_out_are_named_with_a_reason() -> None:
    known = {case["id"] for case in lines("investment_returns.jsonl") + lines("time_value.jsonl")}
    assert set(OUT_OF_SCOPE) <= known
    assert (len(RETURNS), len(TIME_VALUE)) == (84, 84)


def test_a_rate_below_a_total_loss_is_not_a_rate() -> None:
    assert time_value.rate(1, 1.0, 8000.0) == Undefined("no_rate")


def single(case: dict[str, Any]) -> float | Undefined:
    a = dict(case["args"])
    due: Due = a.pop("when", "end")
    fv = a.pop("fv", 0.0)
    match case["fn"]:
        case "pmt":
            return time_value.pmt(a["rate"], a["nper"], a["pv"], fv, due=due)
        case "ipmt":
            return time_value.ipmt(a["rate"], int(a["per"]), int(a["nper"]), a["pv"], fv, due=due)
        case "ppmt":
            return time_value.ppmt(a["rate"], int(a["per"]), int(a["nper"]), a["pv"], fv, due=due)
        case "pv":
            return time_value.pv(a["rate"], a["nper"], a["pmt"], fv, due=due)
        case "fv":
            return time_value.fv(a["rate"], a["nper"], a["pmt"], a.get("pv", 0.0), due=due)
        case "nper":
            return time_value.nper(a["rate"], a["pmt"], a["pv"], fv, due=due)
        case "rate":
            return time_value.rate(a["nper"], a["pmt"], a["pv"], fv, due=due)
    raise AssertionError(case["fn"])


@pytest.mark.parametrize("case", TIME_VALUE, ids=lambda case: f"{case['id']} {case['fn']}")
def test_time_value_agrees_with_answers_that_others_published(case: dict[str, Any]) -> None:
    found = single(case)
    assert not isinstance(found, Undefined), found
    assert abs(found - case["expected"]) <= tolerance(case)


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
