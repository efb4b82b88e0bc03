import numpy as np
import numpy.typing as npt
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit.errors import ShapeError
from finance_kit.numeric import irr_roots, irr_search, sign_changes

amounts = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 2))


def polynomial_rates(flows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """All rates by the eigenvalues of the companion matrix: another way, good for short series."""
    v = np.roots(flows[::-1])
    real = v[(np.abs(v.imag) < 1e-9) & (v.real > 0.0)].real
    return np.sort(1.0 / real - 1.0)


def test_sign_changes_pass_over_zeros() -> None:
    columns = np.array([[-1.0, 0.0, 1.0], [0.0, 0.0, 1.0], [2.0, -3.0, 1.0], [0.0, 0.0, 2.0], [-1.0, 4.0, 0.0]])
    np.testing.assert_array_equal(sign_changes(columns), [2, 1, 0])
    np.testing.assert_array_equal(sign_changes([-1.0, 0.0, 2.0, -1.0]), [2])
    np.testing.assert_array_equal(sign_changes([0.0, 0.0]), [0])


def test_a_rate_known_in_closed_form_is_met_to_twelve_digits() -> None:
    for monthly in (1e-4, 0.0155, 0.3, 4.0, -0.01, -0.6):
        flows = np.zeros(121)
        flows[0], flows[-1] = -1000.0, 1000.0 * (1.0 + monthly) ** 120
        assert irr_search(flows)[0] == pytest.approx(monthly, rel=1e-12, abs=1e-15), monthly


def test_an_annuity_returns_its_own_rate() -> None:
    flows = np.full(121, 1000.0 * 0.01 / (1.0 - 1.01**-120))
    flows[0] = -1000.0
    assert irr_search(flows)[0] == pytest.approx(0.01, rel=1e-12)
    assert irr_roots(flows) == pytest.approx((0.01,), rel=1e-12)


def test_a_loan_received_has_the_rate_of_the_loan_given() -> None:
    flows = np.array([-1000.0, 300.0, 400.0, 500.0])
    assert irr_search(-flows)[0] == irr_search(flows)[0]


def test_no_rate_is_given_where_there_is_none() -> None:
    assert np.isnan(irr_search([1.0, 2.0, 3.0])[0])
    assert np.isnan(irr_search([0.0, 0.0])[0])
    assert np.isnan(irr_search([-1.0, np.nan, 3.0])[0])
    assert np.isnan(irr_search([-1.0, np.inf])[0])
    assert np.isnan(irr_search([-100.0, 300.0, -250.0])[0])
    assert irr_roots([-100.0, 300.0, -250.0]) == ()
    assert irr_roots([1.0, 2.0]) == ()
    total_loss = np.array([-1.0, 0.0, 1e-50])
    assert np.isnan(irr_search(total_loss)[0])
    assert np.isnan(irr_search(np.outer(total_loss, np.ones(40)))).all()
    assert irr_roots(total_loss) == ()


def test_money_back_without_a_gain_is_a_rate_of_zero() -> None:
    assert irr_search([-0.3, 0.1, 0.1, 0.1])[0] == 0.0
    assert irr_roots([-100.0, 0.0, 100.0]) == (0.0,)
    assert irr_roots([-1.0, 0.5, 0.5]) == (0.0,)


def test_a_double_rate_is_found_once() -> None:
    assert irr_roots([1.0, -3.0, 2.25]) == pytest.approx((0.5,), rel=1e-9)  # (x - 1.5)² = 0


def test_two_rates_close_together_are_told_apart() -> None:
    x, y = 1.1, 1.1002
    assert irr_roots([-1.0, x + y, -x * y]) == pytest.approx((0.1, 0.1002), rel=1e-6)


def test_with_several_rates_the_search_takes_the_lowest_that_is_not_negative() -> None:
    assert irr_search([-100.0, 230.0, -132.0])[0] == pytest.approx(0.1, rel=1e-12)
    assert irr_search([-5.0, 10.5, 1.0, -8.0, 1.0])[0] == pytest.approx(0.0885983, abs=1e-7)
    assert irr_search([-100.0, 100.0, 0.0, -7.0])[0] == pytest.approx(-0.0833, abs=1e-4)


def test_leading_and_trailing_months_without_flows_do_not_matter() -> None:
    flows = [-100.0, 230.0, -132.0]
    padded = [0.0, 0.0, *flows, 0.0]
    assert irr_search(padded)[0] == pytest.approx(0.1, rel=1e-12)
    assert irr_roots(padded) == pytest.approx((0.1, 0.2), rel=1e-9)


def test_times_between_flows_may_be_uneven() -> None:
    # 100 for two and a half years at 8 %
    assert irr_roots([-100.0, 100.0 * 1.08**2.5], [1.0, 3.5]) == pytest.approx((0.08,), rel=1e-12)


def test_flows_that_are_not_a_series_are_refused() -> None:
    with pytest.raises(ShapeError):
        irr_roots(np.ones((3, 2)))
    with pytest.raises(ShapeError):
        irr_roots([-1.0, 2.0], [0.0])
    with pytest.raises(ShapeError):
        irr_search(np.ones((2, 2, 2)))


def test_long_seasonal_flows_with_hundreds_of_sign_changes_are_searched_in_full() -> None:
    season = np.where(np.arange(241) % 2 == 1, 100.0, -95.0)
    season[0] = -400.0
    rates = irr_roots(season)
    assert sign_changes(season)[0] == 240

    def closed_form(v: npt.NDArray[np.float64], outflow: float) -> npt.NDArray[np.float64]:
        """-400 now, then 100, -95, 100, -95 …: two geometric series."""
        value = -400.0 + (100.0 * v + outflow * v**2) * (1.0 - v**240) / (1.0 - v**2)
        return np.asarray(value)

    v = 1.0 / (1.0 + np.array(rates))
    assert np.all(np.abs(closed_form(v, -95.0)) <= 1e-11 * np.abs(800.0 + closed_form(v, 95.0)))
    scanned = np.sign(closed_form(np.geomspace(0.1, 10.0, 20_000), -95.0))
    assert len(rates) == np.count_nonzero(scanned[1:] != scanned[:-1]) > 0


@settings(max_examples=100, deadline=None)
@given(st.lists(amounts, min_size=2, max_size=12))
def test_all_rates_are_those_of_the_polynomial(flows: list[float]) -> None:
    series = np.trim_zeros(np.array(flows))
    if series.size == 0:
        assert irr_roots(flows) == ()
        return
    scale = np.abs(series).max()
    found = np.array(irr_roots(flows))
    expected = polynomial_rates(series / scale)
    powers = (1.0 + found[:, np.newaxis]) ** -np.arange(series.size)
    assert np.all(np.abs(powers @ series) <= 1e-9 * (powers @ np.abs(series)))
    separate = expected[np.isfinite(expected) & (expected > -1.0 + 1e-12) & (expected < 1e12)]
    if separate.size and np.all(np.diff(np.log1p(separate)) > 1e-3):
        for rate in separate:
            assert np.min(np.abs(np.log1p(found) - np.log1p(rate)), initial=np.inf) < 1e-5, (rate, found)


@settings(max_examples=100, deadline=None)
@given(st.lists(amounts.map(abs), min_size=2, max_size=60), amounts.map(lambda x: 1.0 + abs(x)))
def test_where_there_is_one_rate_pyxirr_finds_the_same(inflows: list[float], outlay: float) -> None:
    flows = [-outlay, *inflows]
    found = irr_search(flows)[0]
    rates = irr_roots(flows)
    assert len(rates) == (1 if sum(inflows) > 0.0 else 0)
    if rates:
        assert found == pytest.approx(rates[0], rel=1e-12, abs=1e-15)
        peer = pyxirr.irr(flows, silent=True, guess=found)
        assert peer is not None
        assert 1.0 + found == pytest.approx(1.0 + float(peer), rel=1e-8)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 60))
def test_a_scenario_alone_gives_the_digits_that_it_has_in_a_batch(seed: int, months: int) -> None:
    generator = np.random.default_rng(seed)
    batch = generator.standard_normal((months, 30)) * generator.uniform(1.0, 1e6)
    batch[0] -= np.abs(batch).sum(axis=0) * generator.uniform(-0.2, 1.0, 30)
    together = irr_search(batch)
    alone = np.array([irr_search(batch[:, column])[0] for column in range(30)])
    np.testing.assert_array_equal(together, alone)
    for column in np.flatnonzero(np.isfinite(together)):
        flows, rate = batch[:, column], together[column]
        if rate > -0.9:
            powers = (1.0 + rate) ** -np.arange(months, dtype=np.float64)
            assert abs(powers @ flows) <= 1e-9 * (powers @ np.abs(flows))
