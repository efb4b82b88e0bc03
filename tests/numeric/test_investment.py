import math
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit import spreadsheet
from finance_kit import time_value as tv
from finance_kit.errors import CalculationError, FinanceKitError, Undefined
from finance_kit.i18n.catalog import message
from finance_kit.numeric import irr_roots, irr_search, npv

DAYS = [date(2027, 1, 1), date(2027, 7, 1), date(2028, 1, 1)]
FLOWS = [-1000.0, 600.0, 600.0]
dated = st.lists(
    st.tuples(st.integers(0, 7000), st.floats(-1e6, 1e6).map(lambda x: round(x, 2))), min_size=2, max_size=25
)


def worth(flows: list[float], days: list[date], rate: float) -> tuple[float, float]:
    """Present value and the sum of its absolute terms, scaled to the largest power."""
    start = min(days)
    exponents = [-(day - start).days / 365.0 * math.log1p(rate) for day in days]
    terms = [flow * math.exp(x - max(exponents)) for flow, x in zip(flows, exponents, strict=True)]
    return math.fsum(terms), math.fsum(map(abs, terms))


@settings(max_examples=150, deadline=None)
@given(dated)
def test_dated_rates_are_zeros_and_hold_every_one_that_pyxirr_finds(entries: list[tuple[int, float]]) -> None:
    days = [date(2020, 1, 1) + timedelta(days=offset) for offset, _ in entries]
    flows = [flow for _, flow in entries]
    roots = tv.xirr_roots(days, flows)
    for root in roots:
        value, size = worth(flows, days, root)
        assert abs(value) <= 1e-9 * size
    found = tv.xirr(days, flows)
    assert found in roots if roots else isinstance(found, Undefined)
    peer = pyxirr.xirr(days, flows, silent=True)
    if peer is not None and -0.999999 < peer < 1e6:
        value, size = worth(flows, days, peer)
        if abs(value) <= 1e-12 * size:
            assert min((abs(math.log1p(root) - math.log1p(peer)) for root in roots), default=9.0) < 1e-4


@settings(max_examples=100, deadline=None)
@given(st.floats(-0.9, 5.0), dated)
def test_dated_values_agree_with_pyxirr(rate: float, entries: list[tuple[int, float]]) -> None:
    days = [date(2020, 1, 1) + timedelta(days=offset) for offset, _ in entries]
    flows = [flow for _, flow in entries]
    peer = pyxirr.xnpv(rate, days, flows)
    assert peer is not None
    size = pyxirr.xnpv(rate, days, [abs(flow) for flow in flows])
    assert size is not None
    assert tv.xnpv(rate, days, flows) == pytest.approx(float(peer), rel=1e-9, abs=1e-11 * size + 1e-300)


def test_the_order_of_dated_flows_does_not_matter() -> None:
    shuffled = [2, 0, 1]
    mixed = tv.xirr([DAYS[k] for k in shuffled], [FLOWS[k] for k in shuffled])
    assert mixed == tv.xirr(DAYS, FLOWS)


def test_a_time_of_day_is_left_out_of_dated_flows() -> None:
    moments: list[Any] = [datetime(day.year, day.month, day.day, 17, tzinfo=UTC) for day in DAYS]
    assert tv.xirr(moments, FLOWS) == tv.xirr(DAYS, FLOWS)


@pytest.mark.parametrize("growth", [1e-9, 1e-3, 0.5, 2.0, 1e3, 1e9])
def test_rates_near_a_total_loss_and_beyond_ten_thousand_per_cent_are_found(growth: float) -> None:
    # one year of 365 days: what comes back over what went out
    assert tv.xirr([date(2027, 1, 1), date(2028, 1, 1)], [-1.0, growth]) == pytest.approx(growth - 1.0, rel=1e-12)
    assert tv.irr([-1.0, growth]) == pytest.approx(growth - 1.0, rel=1e-12)


def test_a_day_count_other_than_calendar_days_changes_the_times() -> None:
    # 30/360: exactly two years and a half
    days = [date(2027, 1, 31), date(2029, 7, 31)]
    assert tv.xirr(days, [-100.0, 100.0 * 1.08**2.5], day_count="30/360") == pytest.approx(0.08, rel=1e-12)
    assert tv.xnpv(0.08, days, [0.0, 100.0], day_count="30E/360") == pytest.approx(100.0 / 1.08**2.5, rel=1e-12)


def test_of_several_rates_the_guess_takes_the_nearest_and_all_are_listed() -> None:
    flows = [-100.0, 230.0, -132.0]
    days = [date(2027, 1, 1), date(2028, 1, 1), date(2028, 12, 31)]
    assert tv.xirr_roots(days, flows) == pytest.approx((0.1, 0.2), rel=1e-9)
    assert tv.xirr(days, flows, guess=0.05) == pytest.approx(0.1, rel=1e-9)
    assert tv.xirr(days, flows, guess=9.0) == pytest.approx(0.2, rel=1e-9)
    assert tv.irr(flows) == pytest.approx(0.1, rel=1e-9)
    assert tv.irr(flows, guess=9.0) == pytest.approx(0.2, rel=1e-9)


def test_flows_of_one_day_that_cancel_make_no_rate() -> None:
    days = [date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]
    assert tv.xirr_roots(days, [0.1, 0.2, -0.3, 5.0]) == ()
    assert tv.xirr([date(2027, 1, 1)] * 2, [-1.0, 2.0]) == Undefined("no_rate")


def test_a_rate_that_a_float_hardly_holds_is_listed_only_where_there_is_no_other() -> None:
    assert irr_roots([-1.0, 1e200]) == pytest.approx((1e200,), rel=1e-12)
    listed = irr_roots([1.0, -2.0, 1.1, 5.0], [0.0, 0.001, 2.0, 3.0])  # ln 2 / 0.001 is the first zero
    assert all(rate < 4e15 for rate in listed)
    assert listed


def test_no_rate_is_a_reason_and_never_a_number() -> None:
    assert tv.irr([1.0, 2.0]) == Undefined("no_sign_change")
    assert tv.irr([-5.0]) == Undefined("no_sign_change")
    assert tv.irr([0.0, 0.0]) == Undefined("no_sign_change")
    assert tv.irr([-100.0, 300.0, -250.0]) == Undefined("no_rate")
    assert tv.xirr([DAYS[0]], [-5.0]) == Undefined("no_sign_change")
    assert tv.mirr([-5.0], 0.1, 0.1) == Undefined("no_sign_change")


def test_flows_as_large_as_numbers_get_have_their_rates() -> None:
    golden = (math.sqrt(5.0) - 1.0) / 2.0  # x² = x + 1
    for size in (1e308, 1.0, 1e-300):
        flows = [-size, size, size]
        assert tv.irr(flows) == pytest.approx(golden, rel=1e-12)
        assert irr_search(flows)[0] == pytest.approx(golden, rel=1e-12)
        np.testing.assert_allclose(irr_search(np.outer(flows, np.ones(40))), golden, rtol=1e-12)
        days = [date(2027, 1, 1), date(2028, 1, 1), date(2028, 12, 31)]
        assert tv.xirr(days, flows) == pytest.approx(golden, rel=1e-12)
        assert tv.payback(flows) == 1.0
        assert tv.mirr(flows, 0.0, 0.0) == pytest.approx(math.sqrt(2.0) - 1.0, rel=1e-12)
    tiny_outlay = np.zeros((121, 40))
    tiny_outlay[0], tiny_outlay[-1] = -1e-200, 1e200
    np.testing.assert_allclose(irr_search(tiny_outlay), 10.0 ** (400 / 120) - 1.0, rtol=1e-12)
    assert irr_search(tiny_outlay[:, 0])[0] == irr_search(tiny_outlay)[0]


def test_a_value_beyond_every_number_is_refused() -> None:
    with pytest.raises(CalculationError, match="figure_too_large"):
        tv.npv_of_periods(-0.99, [1e300, 1e300, 1e300, 1e300, 1e300, 1e300])
    with pytest.raises(CalculationError, match="figure_too_large"):
        tv.xnpv(-0.9999, [date(1900, 1, 1), date(2027, 1, 1)], [1.0, 1e300])
    assert tv.npv_of_periods(-0.5, [0.0, 0.0]) == 0.0


def test_payback_and_index_read_from_the_present_value() -> None:
    # 1,000 out; 600 a year at 10 %: 545.45, 495.87 …, so 454.55 / 495.87 of the second year
    assert tv.discounted_payback(0.10, [-1000.0, 600.0, 600.0]) == pytest.approx(1.0 + 454.545454 / 495.867769)
    assert tv.payback([-1000.0, 600.0, 600.0]) == pytest.approx(1.0 + 400.0 / 600.0)
    assert tv.payback([100.0, 5.0]) == Undefined("no_outlay")
    assert tv.profitability_index(0.1, [0.0, -5.0, 9.0]) == Undefined("no_outlay_at_start")
    assert tv.benefit_cost_ratio(0.1, [5.0, 9.0]) == Undefined("no_outlay")
    assert tv.benefit_cost_ratio(0.0, [-100.0, 50.0, -50.0, 250.0]) == 2.0


SERIES: dict[str, Callable[[Any], Any]] = {
    "irr": tv.irr,
    "irr_roots": irr_roots,
    "irr_search": irr_search,
    "npv": lambda flows: npv(0.1, flows),
    "npv_of_periods": lambda flows: tv.npv_of_periods(0.1, flows),
    "mirr": lambda flows: tv.mirr(flows, 0.1, 0.1),
    "xirr": lambda flows: tv.xirr(DAYS, flows),
    "xnpv": lambda flows: tv.xnpv(0.1, DAYS, flows),
    "payback": tv.payback,
    "discounted_payback": lambda flows: tv.discounted_payback(0.1, flows),
    "profitability_index": lambda flows: tv.profitability_index(0.1, flows),
    "benefit_cost_ratio": lambda flows: tv.benefit_cost_ratio(0.1, flows),
    "IRR": spreadsheet.IRR,
    "NPV": lambda flows: spreadsheet.NPV(0.1, flows),
    "XIRR": lambda flows: spreadsheet.XIRR(flows, DAYS),
}
TEXT: list[Any] = [["-1", "2", "3"], "-1 2 3", [-1.0, "2", 3.0], [-1.0, None, 3.0], [True, False, True], [1j, 2.0, 3.0]]


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize("wrong", [*TEXT, None, [], [[-1.0], [2.0, 3.0]], [10**400, 1, 2]], ids=lambda w: repr(w)[:24])
def test_what_is_no_series_of_numbers_is_refused_in_words(name: str, wrong: Any) -> None:
    with pytest.raises(CalculationError) as caught:
        SERIES[name](wrong)
    assert len(message(caught.value)) > 20


@pytest.mark.parametrize("name", [name for name in SERIES if name not in {"irr_search", "npv"}])
@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_a_flow_that_is_not_finite_is_named_with_its_period(name: str, wrong: float) -> None:
    with pytest.raises(CalculationError, match=r"flows_not_finite.*1"):
        SERIES[name]([-1.0, wrong, 3.0])


def test_in_a_batch_only_the_scenario_with_a_flow_that_is_not_finite_has_no_rate() -> None:
    batch = np.outer(FLOWS, np.ones(40))
    batch[1, 3], batch[2, 5] = np.nan, np.inf
    rates = irr_search(batch)
    assert np.flatnonzero(np.isnan(rates)).tolist() == [3, 5]


def test_dates_that_do_not_fit_are_refused() -> None:
    wrong: Any = ["2027-01-01", "2027-07-01", "2028-01-01"]
    with pytest.raises(CalculationError, match="not_a_date"):
        tv.xirr(wrong, FLOWS)
    with pytest.raises(CalculationError, match="shapes_differ"):
        tv.xirr(DAYS[:2], FLOWS)
    with pytest.raises(CalculationError, match="unknown_day_count"):
        tv.xnpv(0.1, DAYS, FLOWS, day_count="30/365")
    with pytest.raises(CalculationError, match="times_go_back"):
        irr_roots(FLOWS, [0.0, 2.0, 1.0])
    with pytest.raises(CalculationError, match="date_before_first"):
        spreadsheet.XNPV(0.1, FLOWS, DAYS[::-1])


@pytest.mark.parametrize("rate", [-1.0, -2.0, math.nan, "0.1"])
def test_a_discount_rate_out_of_range_is_refused(rate: Any) -> None:
    for call in (tv.npv_of_periods, tv.discounted_payback, tv.profitability_index, tv.benefit_cost_ratio):
        with pytest.raises(CalculationError, match=r"rate_not_above_minus_one|argument_not_a_number"):
            call(rate, FLOWS)
    with pytest.raises(CalculationError, match=r"rate_not_above_minus_one|argument_not_a_number"):
        tv.mirr(FLOWS, rate, 0.1)
    with pytest.raises(CalculationError, match=r"rate_not_above_minus_one|argument_not_a_number"):
        tv.xnpv(rate, DAYS, FLOWS)


def test_spreadsheet_names_are_those_that_a_trainer_looks_for() -> None:
    asked = "PMT IPMT PPMT CUMIPMT CUMPRINC RATE NPER PV FV NPV IRR MIRR XIRR XNPV EFFECT NOMINAL SLN SYD DB DDB VDB"
    assert set(spreadsheet.FUNCTIONS) == {*asked.split(), "YEARFRAC"}
    assert all(getattr(spreadsheet, name) is function for name, function in spreadsheet.FUNCTIONS.items())


def test_spreadsheet_conventions() -> None:
    assert spreadsheet.NPV(0.1, -10_000, [3_000, 4_200], 6_800) == pytest.approx(1188.44, abs=0.005)
    assert spreadsheet.EFFECT(0.0525, 4.9) == spreadsheet.EFFECT(0.0525, 4)
    assert spreadsheet.CUMIPMT(0.09 / 12, 360, 125_000, 13.7, 24.2) == pytest.approx(-11_135.23, abs=0.005)
    assert spreadsheet.YEARFRAC(date(2012, 7, 30), date(2012, 1, 1)) == pytest.approx(0.58055556, abs=1e-8)
    assert spreadsheet.VDB(2400, 300, 10, 0, 0.875, 1.5) == pytest.approx(315.00, abs=0.005)
    assert spreadsheet.VDB(2400, 0, 10, 6, 10, 2, True) < spreadsheet.VDB(2400, 0, 10, 6, 10, 2)
    due: Any = 2
    calls: list[Callable[[], Any]] = [
        lambda: spreadsheet.PMT(0.1, 12, 100, 0, due),
        lambda: spreadsheet.YEARFRAC(date(2027, 1, 1), date(2028, 1, 1), 5),
        lambda: spreadsheet.EFFECT(0.1, 0.9),
    ]
    for call in calls:
        with pytest.raises(FinanceKitError):
            call()
