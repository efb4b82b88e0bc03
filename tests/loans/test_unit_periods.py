from datetime import date, timedelta

import pytest

from finance_kit.errors import CalculationError
from finance_kit.loans.aprc_intervals import aprc_times
from finance_kit.loans.unit_periods import UnitPeriod, count_unit_periods, full_months, months_before, unit_period_of


def month_ends(year: int, count: int) -> list[date]:
    firsts = [date(year + (place + 1) // 12, (place + 1) % 12 + 1, 1) for place in range(count)]
    return [first - timedelta(days=1) for first in firsts]


@pytest.mark.parametrize(
    ("unit", "per_year"),
    [
        (UnitPeriod("day"), 365.0),
        (UnitPeriod("day", 73), 5.0),
        (UnitPeriod("week"), 52.0),
        (UnitPeriod("week", 4), 13.0),
        (UnitPeriod("semimonth"), 24.0),
        (UnitPeriod("month"), 12.0),
        (UnitPeriod("month", 3), 4.0),
        (UnitPeriod("month", 12), 1.0),
    ],
)
def test_unit_periods_in_a_year_are_those_of_the_law(unit: UnitPeriod, per_year: float) -> None:
    assert unit.per_year == per_year


@pytest.mark.parametrize(
    ("interval", "multiple"), [("day", 0), ("day", 366), ("week", 53), ("semimonth", 2), ("month", 13), ("month", 1.5)]
)
def test_a_unit_period_is_at_most_a_year(interval: str, multiple: int) -> None:
    with pytest.raises(CalculationError, match="loan_unit_period_out_of_range"):
        UnitPeriod(interval, multiple)  # type: ignore[arg-type]


def test_an_interval_that_is_none_is_refused() -> None:
    with pytest.raises(CalculationError, match="loan_choice_unknown"):
        UnitPeriod("fortnight")  # type: ignore[arg-type]


def test_months_are_measured_back_from_the_later_date() -> None:
    # From 10 February to 1 April: one month back is 1 March, 19 days after the first date.
    assert full_months(date(1978, 2, 10), date(1978, 4, 1)) == 1
    assert full_months(date(1978, 2, 10), date(1978, 4, 10)) == 2
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2023, 2, 28), 1, 31) == date(2023, 1, 31)


@pytest.mark.parametrize(
    ("first", "last", "unit", "expected"),
    [
        (date(1978, 2, 10), date(1978, 4, 1), UnitPeriod("month"), 1 + 19 / 30),
        (date(1978, 5, 23), date(1978, 10, 1), UnitPeriod("month", 3), 1 + 39 / 90),
        (date(1978, 1, 10), date(1978, 3, 1), UnitPeriod("month", 2), 52 / 60),
        (date(1978, 2, 23), date(1978, 3, 1), UnitPeriod("semimonth"), 6 / 15),
        (date(1978, 2, 23), date(1978, 4, 16), UnitPeriod("semimonth"), (30 + 21) / 15),
        (date(1978, 3, 20), date(1978, 4, 21), UnitPeriod("week"), 4 + 4 / 7),
        (date(1978, 3, 18), date(1978, 4, 20), UnitPeriod("week", 4), 1 + 5 / 28),
        (date(2023, 10, 26), date(2023, 11, 30), UnitPeriod("day"), 35.0),
        (date(2024, 1, 15), date(2025, 4, 15), UnitPeriod("month", 12), 1 + 3 / 12),
        (date(2023, 1, 15), date(2024, 3, 29), UnitPeriod("month", 12), 1 + 73 / 365),
    ],
)
def test_full_unit_periods_and_the_odd_fraction(first: date, last: date, unit: UnitPeriod, expected: float) -> None:
    # Counted by hand after Appendix J (b)(5); the first six pairs of dates are those of its examples.
    assert count_unit_periods(first, [last], unit)[0] == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize("start", [date(2023, 1, 31), date(2024, 1, 31)])
def test_a_series_on_the_last_day_of_each_month_has_no_odd_days(start: date) -> None:
    payments = month_ends(start.year, 14)[1:]
    assert unit_period_of([start], payments) == UnitPeriod("month")
    assert count_unit_periods(start, payments, UnitPeriod("month")).tolist() == list(range(1, 14))
    assert aprc_times([start, *payments]) == pytest.approx([number / 12 for number in range(14)], abs=1e-15)


@pytest.mark.parametrize("day", [29, 30])
def test_the_end_of_february_stands_in_for_the_29th_and_30th(day: int) -> None:
    payments = [date(2023, 1, day), date(2023, 2, 28), *(date(2023, month, day) for month in range(3, 13))]
    first = date(2022, 12, day)
    assert unit_period_of([first], payments) == UnitPeriod("month")
    assert count_unit_periods(first, payments, UnitPeriod("month")).tolist() == list(range(1, 13))


def test_semimonths_may_end_with_the_month() -> None:
    payments = sorted([date(2023, month, 15) for month in range(2, 8)] + month_ends(2023, 7)[1:])
    assert unit_period_of([date(2023, 1, 31)], payments) == UnitPeriod("semimonth")
    counted = count_unit_periods(date(2023, 1, 31), payments, UnitPeriod("semimonth"))
    assert counted.tolist() == list(range(1, 13))


@pytest.mark.parametrize(
    ("payments", "expected"),
    [
        # 10 February to 10 March is a month and four weeks: what follows decides.
        ([date(2023, 2, 10), date(2023, 3, 10), date(2023, 4, 10)], UnitPeriod("month")),
        ([date(2023, 2, 10), date(2023, 3, 10), date(2023, 4, 7)], UnitPeriod("week", 4)),
        # Two steps of a week and two of two weeks: the shorter of equally frequent ones.
        ([date(2023, 1, 15), date(2023, 1, 22), date(2023, 2, 5), date(2023, 2, 19)], UnitPeriod("week")),
        # Nothing occurs twice: 13, 17 and 40 days are 23.3 on average, next to three weeks of 21.
        ([date(2023, 1, 21), date(2023, 2, 7), date(2023, 3, 19)], UnitPeriod("week", 3)),
        # One payment: the term in whole months, in days, or a year.
        ([date(2023, 5, 8)], UnitPeriod("month", 4)),
        ([date(2023, 5, 9)], UnitPeriod("day", 121)),
        ([date(2024, 5, 9)], UnitPeriod("month", 12)),
    ],
)
def test_the_unit_period_is_the_commonest_period(payments: list[date], expected: UnitPeriod) -> None:
    assert unit_period_of([date(2023, 1, 8)], payments) == expected


def test_steps_that_the_law_does_not_name_must_be_stated() -> None:
    start = date(2023, 1, 1)
    payments = [start + timedelta(days=10 * number) for number in range(1, 7)]
    with pytest.raises(CalculationError, match="loan_unit_period_not_standard"):
        unit_period_of([start], payments)


def test_dates_out_of_order_are_refused() -> None:
    with pytest.raises(CalculationError, match="loan_flow_before_first"):
        unit_period_of([date(2023, 1, 1)], [date(2023, 1, 1)])
    with pytest.raises(CalculationError, match="loan_flow_before_first"):
        count_unit_periods(date(2023, 1, 2), [date(2023, 1, 1)], UnitPeriod("day"))
    with pytest.raises(CalculationError, match="loan_flows_one_sided"):
        unit_period_of([], [date(2023, 1, 1)])


@pytest.mark.parametrize(
    ("first", "last", "period", "expected"),
    [
        (date(2012, 1, 12), date(2012, 2, 15), "year", 34 / 365),
        # One month back is 1 April 2012; the year that ends there holds 29 February, so it has 366 days.
        (date(2012, 3, 12), date(2012, 5, 1), "month", 1 / 12 + 20 / 366),
        (date(2012, 3, 12), date(2032, 4, 1), "month", 240 / 12 + 20 / 366),
        (date(2013, 3, 12), date(2013, 5, 1), "month", 1 / 12 + 20 / 365),
        (date(2023, 1, 2), date(2023, 3, 1), "week", 8 / 52 + 2 / 365),
        (date(2023, 3, 1), date(2024, 3, 1), "day", 366 / 366),
        (date(2023, 1, 1), date(2023, 7, 1), "day", 181 / 365),
    ],
)
def test_years_of_the_european_count(first: date, last: date, period: str, expected: float) -> None:
    assert aprc_times([first, last], period)[1] == pytest.approx(expected, abs=1e-15)  # type: ignore[arg-type]


def test_the_days_of_a_year_may_be_fixed() -> None:
    dates = [date(2023, 3, 1), date(2024, 3, 1)]
    assert aprc_times(dates, "day", days_in_year=365)[1] == 366 / 365
    assert aprc_times(dates, "day", days_in_year=365.25)[1] == 366 / 365.25
    assert aprc_times([]).size == 0
    for days in (0.0, float("nan")):
        with pytest.raises(CalculationError, match="loan_year_without_days"):
            aprc_times(dates, days_in_year=days)
    with pytest.raises(CalculationError, match="loan_choice_unknown"):
        aprc_times(dates, "quarter")  # type: ignore[arg-type]
