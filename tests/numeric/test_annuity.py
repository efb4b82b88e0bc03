import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any, NamedTuple

import numpy_financial
import pytest
import pyxirr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finance_kit import annuity, payment_rate
from finance_kit.arguments import Due
from finance_kit.errors import CalculationError, Undefined

rates = st.one_of(
    st.floats(-0.3, 0.5),
    st.floats(-0.999, 20.0),
    st.sampled_from([0.0, 1e-15, -1e-15, 1e-9, 1e-5, -1e-5]),
).filter(lambda rate: rate == 0.0 or abs(rate) > 1e-30)  # as far as the digits of the oracle reach
counts = st.one_of(st.integers(1, 480).map(float), st.floats(0.5, 360.0))
sums = st.one_of(st.just(0.0), st.floats(-1e9, 1e9).map(lambda x: round(x, 2)))
dues: st.SearchStrategy[Due] = st.sampled_from(["end", "begin"])


class Exact(NamedTuple):
    """The equation in 120 decimal digits, and what rounding may cost: the sum of its absolute terms."""

    growth: Decimal
    annuity: Decimal
    payment: Decimal
    size: Decimal


def exact(rate: float, periods: float, opening: float, closing: float, due: Due) -> Exact:
    r, n = Decimal(rate), Decimal(periods)
    growth = (1 + r) ** n
    series = (growth - 1) / r if r else n
    if due == "begin":
        series *= 1 + r
    payment = -(Decimal(opening) * growth + Decimal(closing)) / series
    return Exact(growth, series, payment, (abs(Decimal(opening) * growth) + abs(Decimal(closing))) / abs(series))


def close(found: float, expected: Decimal, size: Decimal) -> bool:
    return abs(Decimal(found) - expected) <= Decimal("1e-12") * size


@settings(max_examples=300, deadline=None)
@given(rates, counts, sums, sums, dues)
def test_payment_and_sums_solve_their_equation_to_twelve_digits(
    rate: float, periods: float, opening: float, closing: float, due: Due
) -> None:
    assume(abs(periods * math.log1p(rate)) < 150.0)
    with localcontext() as context:
        context.prec = 120
        e = exact(rate, periods, opening, closing, due)
        assert close(annuity.pmt(rate, periods, opening, closing, due=due), e.payment, e.size)
        paid = Decimal(opening) * e.annuity  # the same sums as payments and as an opening sum
        final = -(Decimal(closing) * e.growth + paid)
        size = abs(Decimal(closing) * e.growth) + abs(paid)
        assert close(annuity.fv(rate, periods, opening, closing, due=due), final, size)
        value = -(Decimal(closing) + paid) / e.growth
        assert close(
            annuity.pv(rate, periods, opening, closing, due=due), value, (abs(Decimal(closing)) + abs(paid)) / e.growth
        )


@settings(max_examples=150, deadline=None)
@given(rates, st.integers(1, 120), sums, sums, dues)
def test_interest_and_principal_are_those_of_the_balance_period_by_period(
    rate: float, periods: int, opening: float, closing: float, due: Due
) -> None:
    assume(abs(periods * math.log1p(rate)) < 60.0)
    with localcontext() as context:
        context.prec = 120
        r, payment = Decimal(rate), exact(rate, periods, opening, closing, due).payment
        allowed = Decimal("1e-11") * (abs(payment) + (abs(Decimal(opening)) + abs(Decimal(closing))) * abs(r))
        balance = Decimal(opening)
        for period in range(1, periods + 1):
            at_once = due == "begin" and period == 1
            interest = Decimal(0) if at_once else -balance * r
            found = annuity.ipmt(rate, period, periods, opening, closing, due=due)
            size = allowed + Decimal("1e-11") * abs(interest)
            assert abs(Decimal(found) - interest) <= size, period
            principal = annuity.ppmt(rate, period, periods, opening, closing, due=due)
            assert abs(Decimal(principal) - (payment - interest)) <= size, period
            balance += payment - interest
        if due == "end":
            assert abs(balance + Decimal(closing)) < Decimal("1e-30") * (1 + abs(Decimal(closing)))


def test_a_rate_that_is_hardly_one_divides_the_sum() -> None:
    for rate in (5e-324, 1e-300, -1e-300, 1e-40):
        assert annuity.pmt(rate, 12, 1200.0) == pytest.approx(-100.0, rel=1e-14)
        assert annuity.nper(rate, -100.0, 1200.0) == pytest.approx(12.0, rel=1e-14)


def test_principal_keeps_its_digits_where_nearly_all_of_the_payment_is_interest() -> None:
    # first principal of 1,000 at 100 % over 60 periods is 1000 / (2 ** 60 - 1), exactly
    assert annuity.ppmt(1.0, 1, 60, 1000.0) == pytest.approx(-1000.0 / (2**60 - 1), rel=1e-14)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.001, 0.2), st.integers(1, 120), st.data(), st.floats(1.0, 1e6), dues)
def test_cumulative_figures_are_the_sums_of_single_ones(
    rate: float, periods: int, data: st.DataObject, opening: float, due: Due
) -> None:
    first = data.draw(st.integers(1, periods))
    last = data.draw(st.integers(first, periods))
    asked = range(first, last + 1)
    interest = sum(annuity.ipmt(rate, k, periods, opening, due=due) for k in asked)
    principal = sum(annuity.ppmt(rate, k, periods, opening, due=due) for k in asked)
    assert annuity.cumipmt(rate, periods, opening, first, last, due=due) == pytest.approx(interest, rel=1e-11)
    assert annuity.cumprinc(rate, periods, opening, first, last, due=due) == pytest.approx(principal, rel=1e-11)
    assert annuity.cumprinc(rate, periods, opening, 1, periods, due=due) == pytest.approx(-opening, rel=1e-11)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.001, 0.5), st.integers(1, 120), st.floats(1.0, 1e6), st.floats(-1e6, 1e6), dues)
def test_numpy_financial_and_pyxirr_agree_at_usual_rates(
    rate: float, periods: int, opening: float, closing: float, due: Due
) -> None:
    found = annuity.pmt(rate, periods, opening, closing, due=due)
    size = opening + abs(closing)
    assert found == pytest.approx(
        float(numpy_financial.pmt(rate, periods, opening, closing, when=due)), rel=1e-9, abs=1e-9 * size
    )
    begin = due == "begin"
    peer = pyxirr.ipmt(rate, periods, periods, opening, closing, pmt_at_beginning=begin)
    assert peer is not None
    assert annuity.ipmt(rate, periods, periods, opening, closing, due=due) == pytest.approx(
        float(peer), rel=1e-7, abs=1e-7 * size
    )
    count = annuity.nper(rate, -1.5 * opening * rate, opening, due=due)
    other = pyxirr.nper(rate, -1.5 * opening * rate, opening, pmt_at_beginning=begin)
    assert other is not None
    assert count == pytest.approx(float(other), rel=1e-9)


@settings(max_examples=200, deadline=None)
@given(st.floats(-0.9, 5.0), counts, sums, sums, dues)
def test_the_rate_behind_a_payment_is_found_again(
    rate: float, periods: float, opening: float, closing: float, due: Due
) -> None:
    assume(abs(periods * math.log1p(rate)) < 40.0)
    assume(periods != 1.0)
    payment = annuity.pmt(rate, periods, opening, closing, due=due)
    assume(abs(payment) > 1e-3)
    roots = payment_rate.rate_roots(periods, payment, opening, closing, due=due)
    assert 1 <= len(roots) <= 2
    for root in roots:
        again = annuity.pmt(root, periods, opening, closing, due=due)
        start, series, end = annuity.weights(root, periods)
        size = (abs(opening) * start + abs(closing) * end) / abs(series) / (1.0 + root if due == "begin" else 1.0)
        assert abs(again - payment) <= 1e-8 * (abs(payment) + size)


def test_two_rates_of_a_payment_plan_are_both_listed_and_the_guess_chooses() -> None:
    # -100, 230, -132 over two periods: (x - 1.1)(x - 1.2) = 0
    assert payment_rate.rate_roots(2, 230.0, -100.0, -362.0) == pytest.approx((0.1, 0.2), rel=1e-10)
    assert payment_rate.rate(2, 230.0, -100.0, -362.0) == pytest.approx(0.1, rel=1e-10)
    assert payment_rate.rate(2, 230.0, -100.0, -362.0, guess=0.5) == pytest.approx(0.2, rel=1e-10)


@pytest.mark.parametrize("guess", [-0.99, 0.0, 1e-12, 3.0, 1e6])
def test_a_guess_decides_nothing_where_there_is_one_rate(guess: float) -> None:
    # 360 payments of 1 % on a loan, and a rate of 1,000 % over 10,000 periods
    assert payment_rate.rate(360, annuity.pmt(0.01, 360, 1e5), 1e5, guess=guess) == pytest.approx(0.01, rel=1e-10)
    assert payment_rate.rate(10_000, annuity.pmt(10.0, 10_000, 1.0), 1.0, guess=guess) == pytest.approx(10.0, rel=1e-12)


def test_payments_that_only_give_back_bear_a_rate_of_zero() -> None:
    assert payment_rate.rate(12, -1.0, 12.0) == 0.0
    assert payment_rate.rate(3, -0.1, 0.3) == 0.0


def test_one_payment_is_a_straight_line() -> None:
    assert payment_rate.rate(1, -110.0, 100.0) == pytest.approx(0.1, rel=1e-14)
    assert payment_rate.rate(1, 0.0, 100.0, -50.0) == pytest.approx(-0.5, rel=1e-14)
    with pytest.raises(CalculationError, match="every_rate_fits"):
        payment_rate.rate(1, -100.0, 100.0, due="begin")
    with pytest.raises(CalculationError, match="every_rate_fits"):
        payment_rate.rate(12, 0.0, 0.0)


def test_what_grows_or_shrinks_beyond_every_number_is_refused() -> None:
    calls: list[Callable[[], float]] = [
        lambda: annuity.fv(10.0, 10_000, -1.0),
        lambda: annuity.pv(-0.999, 1000, 1.0),
        lambda: annuity.pmt(0.5, 1e-320, 1e308),
    ]
    for call in calls:
        with pytest.raises(CalculationError, match="figure_too_large"):
            call()


def test_ten_thousand_instalments_at_a_thousand_per_cent_have_a_payment() -> None:
    assert annuity.pmt(10.0, 10_000, 100.0) == -1000.0
    assert annuity.ipmt(10.0, 10_000, 10_000, 100.0) == pytest.approx(-1000.0 * 10 / 11, rel=1e-12)
    assert annuity.ppmt(10.0, 1, 10_000, 100.0) == 0.0
    assert annuity.cumprinc(0.01, 10_000, 100.0, 1, 10_000) == pytest.approx(-100.0, rel=1e-12)


WRONG: list[Any] = [math.nan, math.inf, "0.1", "", None, True, [0.1], 1j, 10**400]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: repr(wrong)[:12])
def test_what_is_no_number_is_refused_in_every_place(wrong: Any) -> None:
    good = {"rate": 0.01, "periods": 12.0, "pv": 100.0, "pmt": -9.0, "fv": 1.0, "period": 3, "first": 2, "last": 5}
    names = {
        annuity.pmt: ("rate", "periods", "pv", "fv"),
        annuity.pv: ("rate", "periods", "pmt", "fv"),
        annuity.fv: ("rate", "periods", "pmt", "pv"),
        annuity.nper: ("rate", "pmt", "pv", "fv"),
        annuity.ipmt: ("rate", "period", "periods", "pv", "fv"),
        annuity.ppmt: ("rate", "period", "periods", "pv", "fv"),
        annuity.cumipmt: ("rate", "periods", "pv", "first", "last"),
        annuity.cumprinc: ("rate", "periods", "pv", "first", "last"),
        payment_rate.rate: ("periods", "pmt", "pv", "fv"),
    }
    for function, arguments in names.items():
        for name in arguments:
            values: dict[str, Any] = {key: good[key] for key in arguments} | {name: wrong}
            with pytest.raises(CalculationError, match="argument_not_a_number"):
                function(**values)  # type: ignore[operator]


@pytest.mark.parametrize("rate", [-1.0, -1.5, -1e308])
def test_a_rate_that_loses_more_than_everything_is_refused(rate: float) -> None:
    with pytest.raises(CalculationError, match="rate_not_above_minus_one"):
        annuity.pmt(rate, 12, 100.0)
    with pytest.raises(CalculationError, match="rate_not_above_minus_one"):
        annuity.nper(rate, -10.0, 100.0)


def test_arguments_out_of_range_are_refused_by_name() -> None:
    due: Any = "middle"
    with pytest.raises(CalculationError, match="due_unknown"):
        annuity.pmt(0.01, 12, 100.0, due=due)
    with pytest.raises(CalculationError, match="no_periods"):
        annuity.pmt(0.01, 0, 100.0)
    with pytest.raises(CalculationError, match="no_periods"):
        payment_rate.rate(0, -1.0, 10.0)
    for period in (0, 13, -1, 0.5):
        with pytest.raises(CalculationError, match="period_out_of_range"):
            annuity.ppmt(0.01, period, 12, 100.0)
    with pytest.raises(CalculationError, match="periods_not_in_order"):
        annuity.cumipmt(0.01, 12, 100.0, 5, 4)
    broken: Any = 4.5
    with pytest.raises(CalculationError, match="periods_not_in_order"):
        annuity.cumprinc(0.01, 12, 100.0, 2, broken)
    with pytest.raises(CalculationError, match="too_many_periods"):
        annuity.cumipmt(0.01, 1e9, 100.0, 1, 10**9)


def test_a_goal_that_payments_move_away_from_is_never_reached() -> None:
    assert annuity.nper(0.01, 0.0, 0.0, 100.0) == Undefined("never_repaid")
    assert annuity.nper(0.0, 0.0, 100.0) == Undefined("never_repaid")
    assert annuity.nper(0.01, -1.0, 100.0) == Undefined("never_repaid")
    assert annuity.nper(0.01, 0.0, 0.0) == 0.0
