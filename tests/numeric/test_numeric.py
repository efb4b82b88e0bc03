import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit.errors import CalculationError, ShapeError
from finance_kit.numeric import as_flows, as_paths, discount_factors, npv, require_same_axes, safe_ratio


def test_a_number_holds_in_every_month_and_a_series_is_one_scenario() -> None:
    np.testing.assert_array_equal(as_paths(2.5, 3), [[2.5], [2.5], [2.5]])
    np.testing.assert_array_equal(as_paths([1, 2, 3], 3), [[1.0], [2.0], [3.0]])
    np.testing.assert_array_equal(as_paths([[1, 2]], 3), [[1.0, 2.0]] * 3)
    assert as_paths(np.ones((3, 5)), 3).shape == (3, 5)


@pytest.mark.parametrize("wrong", [[1.0, 2.0], np.ones((2, 5)), np.ones((3, 1, 1))])
def test_paths_of_other_months_are_refused(wrong: object) -> None:
    with pytest.raises(ShapeError, match="x is"):
        as_paths(np.asarray(wrong), 3)


def test_flows_of_one_series_become_one_scenario() -> None:
    assert as_flows([1.0, 2.0]).shape == (2, 1)
    with pytest.raises(ShapeError):
        as_flows([])
    with pytest.raises(ShapeError):
        as_flows(np.ones((2, 2, 2)))


def test_arrays_on_the_same_axes_tell_months_and_scenarios() -> None:
    assert require_same_axes(a=np.ones((12, 1)), b=np.ones((12, 7))) == (12, 7)
    assert require_same_axes(a=np.ones((12, 1))) == (12, 1)


def test_arrays_on_other_axes_are_named_with_their_shapes() -> None:
    with pytest.raises(ShapeError, match=r"cfads is \(120, 1\), debt_service is \(60, 1\)"):
        require_same_axes(cfads=np.ones((120, 1)), debt_service=np.ones((60, 1)))
    with pytest.raises(ShapeError, match=r"b is \(12, 3\)"):
        require_same_axes(a=np.ones((12, 2)), b=np.ones((12, 3)))
    with pytest.raises(ShapeError, match=r"a is \(12,\)"):
        require_same_axes(a=np.ones(12))


def test_a_ratio_to_nothing_is_not_a_number_and_gives_no_warning() -> None:
    found = safe_ratio([[1.0, 0.0], [6.0, 1.0]], [[2.0, 0.0], [3.0, 0.0]])
    np.testing.assert_array_equal(found, [[0.5, np.nan], [2.0, np.nan]])
    np.testing.assert_array_equal(safe_ratio(3.0, [1.0, 2.0]), [3.0, 1.5])


def test_twelve_months_discount_by_the_annual_rate_exactly() -> None:
    factors = discount_factors(0.12, 24)
    assert factors.shape == (25, 1)
    assert factors[0, 0] == 1.0
    assert factors[12, 0] == pytest.approx(1 / 1.12, rel=1e-15)
    assert factors[24, 0] == pytest.approx(1 / 1.12**2, rel=1e-15)
    assert discount_factors([0.0, 0.1, 0.2], 12).shape == (13, 3)
    assert discount_factors(0.1, 2, per_year=1)[2, 0] == pytest.approx(1 / 1.21, rel=1e-15)


@pytest.mark.parametrize("rate", [-1.0, -2.0, float("nan"), float("inf")])
def test_a_rate_that_cannot_discount_is_refused(rate: float) -> None:
    with pytest.raises(CalculationError, match="rate_not_above_minus_one"):
        discount_factors([0.1, rate], 12)


def test_as_many_rates_as_scenarios_are_needed() -> None:
    flows = np.array([[-10.0, -10.0], [11.0, 11.0]])
    np.testing.assert_allclose(npv([0.0, 0.1], flows, per_year=1), [1.0, 0.0], atol=1e-12)
    with pytest.raises(ShapeError):
        npv([0.0, 0.1, 0.2], flows)
    with pytest.raises(ShapeError):
        discount_factors(np.ones((2, 2)), 12)


flow_lists = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(flow_lists, st.floats(-0.3, 1.0), st.floats(-3.0, 3.0))
def test_net_present_value_is_linear_and_equals_the_sum_by_definition(
    flows: list[float], rate: float, factor: float
) -> None:
    by_definition = sum(flow / (1.0 + rate) ** (month / 12) for month, flow in enumerate(flows))
    tolerance = 1e-11 * (1.0 + npv(rate, np.abs(flows))[0])
    assert npv(rate, flows)[0] == pytest.approx(by_definition, abs=tolerance)
    scaled = npv(rate, np.asarray(flows) * factor)[0]
    assert scaled == pytest.approx(factor * by_definition, abs=4.0 * tolerance)
