import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import floor, nextafter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from finance_kit.errors import CalculationError, ShapeError, Undefined
from finance_kit.i18n.messages_loans import MESSAGES
from finance_kit.loans.annual_percentage import (
    apr_actuarial,
    apr_from_dates,
    aprc,
    aprc_from_dates,
    nominal_periodic,
)
from finance_kit.loans.unit_periods import UnitPeriod, unit_period_of

TESTS = Path(__file__).parents[1]
PUBLISHED = [
    case
    for case in map(json.loads, (TESTS / "reference" / "loan_true_cost.jsonl").read_text("utf-8").splitlines())
    if case["kind"] == "apr"
]
DATED = YAML(typ="safe").load((TESTS / "specs" / "annual_percentage.yaml").read_text("utf-8"))


def the_rate(found: float | Undefined) -> float:
    assert not isinstance(found, Undefined), found
    return found


def published_flows(case: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    flows = [(flow["t"], flow["amount"]) for flow in case["flows"]]
    for part in case.get("series") or ():
        flows += [(part["first_t"] + number * part["step"], part["amount"]) for number in range(part["count"])]
    return [moment for moment, _ in flows], [amount for _, amount in flows]


def later(day: date, months: int) -> date:
    """Only for days that every month has."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, day.day)


def stepped(first: date, step: str, count: int) -> Iterator[date]:
    number, interval = step.split()
    for place in range(count):
        moved = int(number) * place
        if interval == "month" and first.day == 30:
            # The yearly case of 30 November, the only late day among the examples.
            yield first.replace(year=first.year + moved // 12)
        else:
            yield later(first, moved) if interval == "month" else first + timedelta(days=moved)


def dated_flows(case: Mapping[str, Any]) -> tuple[list[date], list[float]]:
    flows = [(day, amount) for day, amount in case["flows"]]
    for first, step, count, amount in case.get("series", ()):
        flows += [(day, amount) for day in stepped(first, step, count)]
    return [day for day, _ in flows], [amount for _, amount in flows]


def test_all_published_rates_are_here() -> None:
    methods = [case["method"] for case in PUBLISHED]
    assert {method: methods.count(method) for method in methods} == {
        "eu_aprc": 24,
        "nominal_periodic": 4,
        "us_actuarial": 7,
    }


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: f"{case['id']} {case['method']}")
def test_published_rates_come_out_to_their_last_digit(case: Mapping[str, Any]) -> None:
    times, amounts = published_flows(case)
    if case["method"] == "eu_aprc":
        found = aprc(times, amounts)
    elif case["method"] == "us_actuarial":
        found = apr_actuarial(times, amounts, case["unit_periods_per_year"])
    else:
        found = nominal_periodic(times, amounts, case["periods_per_year"])
    assert the_rate(found) * 100 == pytest.approx(case["expected_apr_pct"], abs=case["tolerance_pct"], rel=0)


@pytest.mark.parametrize("case", DATED["us"], ids=lambda case: case["name"])
def test_us_rates_come_out_of_the_dates_alone(case: Mapping[str, Any]) -> None:
    dates, amounts = dated_flows(case)
    advances = [day for day, amount in zip(dates, amounts, strict=True) if amount > 0]
    payments = sorted(day for day, amount in zip(dates, amounts, strict=True) if amount < 0)
    unit = UnitPeriod(*case["unit"])
    assert unit_period_of(advances, payments) == unit
    assert the_rate(apr_from_dates(dates, amounts)) * 100 == pytest.approx(case["apr"], abs=0.00501, rel=0)
    assert apr_from_dates(dates, amounts, unit) == apr_from_dates(dates, amounts)


@pytest.mark.parametrize("case", DATED["eu"], ids=lambda case: case["name"])
def test_european_rates_come_out_of_the_dates_alone(case: Mapping[str, Any]) -> None:
    dates, amounts = dated_flows(case)
    found = the_rate(aprc_from_dates(dates, amounts, case["period"])) * 100
    assert found == pytest.approx(case["apr"], abs=0.501 * 10.0 ** -case["digits"], rel=0)


@pytest.mark.parametrize("case", [case for case in PUBLISHED if "year_basis" in case], ids=lambda case: case["id"])
def test_a_single_payment_after_days_of_a_year_of_365_and_a_quarter(case: Mapping[str, Any]) -> None:
    start = date(2013, 3, 1)
    dates = [start, start + timedelta(days=case["days"])]
    amounts = [flow["amount"] for flow in case["flows"]]
    found = aprc_from_dates(dates, amounts, "day", days_in_year=case["year_basis"])
    assert the_rate(found) * 100 == pytest.approx(case["expected_apr_pct"], abs=case["tolerance_pct"], rel=0)


@pytest.mark.parametrize(
    ("lent", "repaid", "days", "per_cent"),
    [
        (100, 101, 365, 1.0),
        (100, 100, 1, 0.0),
        (200, 350, 365.25 / 12, 82_400.5),
        (100, 127.99, 26, 3_103.4),
        (250, 319.97, 27, 2_716.8),
        (150, 191.99, 9, 2_238_723.9),
        (300, 383.97, 16, 27_865.8),
        (364.54, 450, 30, 1_199.0),
    ],
)
def test_a_payday_loan_of_a_few_days(lent: float, repaid: float, days: float, per_cent: float) -> None:
    # rimas-kudelis/php-apr-calculator, spec/CalculatorSpec.php, to one decimal; a year of 365.25 days.
    found = the_rate(aprc([0, days / 365.25], [lent, -repaid])) * 100
    assert found == pytest.approx(per_cent, abs=0.05001, rel=0)


def test_two_payments_by_days_over_365() -> None:
    # simontreanor/FSharp.Finance.Personal, tests/AprEuropeanUnionTests.fs.
    dates = [date(2012, 10, 10), date(2012, 11, 10), date(2012, 12, 10)]
    found = the_rate(aprc_from_dates(dates, [500, -270, -270], "day", days_in_year=365))
    assert found == pytest.approx(0.8463, abs=0.00005)


def test_a_deposit_that_bears_no_interest_is_deducted_from_the_loan() -> None:
    # andrewmurphy353/curo, doc/site/examples/example_04.md: the lender pays a month late and earns 5.00 % a year on
    # 10 000 less the deposit of 4 000, an instalment and the supplier's 61.90.
    amounts = [10_000 - 4_000 - 1_000 - 61.90, *[-1_000.0] * 5]
    assert the_rate(nominal_periodic(range(6), amounts, 12)) == pytest.approx(0.05, abs=0.00005)


def test_a_deposit_that_earns_the_loans_rate_has_two_rates_and_gives_the_cost() -> None:
    # 100 put down, 320 drawn a period later, 231 paid in the next: -100 + 320 v - 231 v^2 is nothing at v = 1 / 1.1 and
    # at v = 1 / 2.1. At 10 % a higher rate makes the contract better for the borrower.
    assert the_rate(aprc([0, 1, 2], [-100, 320, -231])) == pytest.approx(0.1, abs=1e-12)


def test_the_first_of_three_rentals_paid_at_once() -> None:
    # example_06.md there: 10 000 less 3 790.92 at once, five times 1 263.64, 7.00 % a year.
    amounts = [10_000 - 3_790.92, *[-1_263.64] * 5]
    assert the_rate(nominal_periodic(range(6), amounts, 12)) == pytest.approx(0.07, abs=0.00005)


def test_worked_example_of_1998_by_its_dates() -> None:
    # Directive 98/7/EC, Annex III, A4: 272 after 90 days, 272 after 181, 544 after 365, on 1 000: 13.23 %.
    start = date(1999, 1, 1)
    dates = [start, *(start + timedelta(days=days) for days in (90, 181, 365))]
    found = aprc_from_dates(dates, [1000, -272, -272, -544], "day", days_in_year=365)
    assert the_rate(found) == pytest.approx(0.1323, abs=0.00005)


def test_one_advance_and_one_payment_after_whole_months_counts_the_months() -> None:
    # Paragraph (b)(5)(vi): three months are one unit-period, of which a year has 12 / 3. 30 / 1000 x 4 = 12 %.
    dates = [date(2024, 1, 15), date(2024, 4, 15)]
    assert the_rate(apr_from_dates(dates, [1000, -1030])) == pytest.approx(0.12, abs=1e-12)


def test_a_charge_prepaid_on_the_day_of_the_advance_is_no_payment() -> None:
    # Example (c)(5)(i) with 20 of the 1 000 lent as a prepaid charge on 1 020.
    dates = [date(1978, 1, 3), date(1978, 1, 3), date(1978, 9, 15)]
    assert the_rate(apr_from_dates(dates, [1020, -20, -1080])) * 100 == pytest.approx(11.45, abs=0.005)


def test_advances_in_parts_are_counted_from_the_first() -> None:
    # 1 000 on 1 January and again on 1 March, repaid on 1 July: at i = 1 % a month they grow to
    # 1 000 x 1.01^6 + 1 000 x 1.01^4. The two advances are 2 months apart, the payment 6: nothing occurs
    # twice, so the period is stated.
    dates = [date(2023, 1, 1), date(2023, 3, 1), date(2023, 7, 1)]
    owed = 1000 * 1.01**6 + 1000 * 1.01**4
    assert the_rate(apr_from_dates(dates, [1000, 1000, -owed], UnitPeriod("month"))) == pytest.approx(0.12, abs=1e-12)


def test_one_payment_after_more_than_a_year_counts_years() -> None:
    # Paragraph (b)(4)(ii): the unit-period is a year; 1 year and 3 months are 1 + 3 / 12 of them, so that with i = 10 %
    # 1 000 grows to 1 000 x 1.1 x (1 + 0.25 x 0.1) = 1 127.50.
    dates = [date(2024, 1, 15), date(2025, 4, 15)]
    assert the_rate(apr_from_dates(dates, [1000, -1127.5])) == pytest.approx(0.1, abs=1e-12)
    # 73 days over the year are 73 / 365 = 0.2 of it: 1 000 x 1.1 x 1.02 = 1 122.
    dates = [date(2023, 1, 15), date(2024, 3, 29)]
    assert the_rate(apr_from_dates(dates, [1000, -1122.0])) == pytest.approx(0.1, abs=1e-12)


def test_several_drawdowns_weigh_by_their_time() -> None:
    # 100 at once and 100 after a year at 10 % are 231 after two years (110 x 1.1 + 110).
    assert the_rate(aprc([0, 1, 2], [100, 100, -231])) == pytest.approx(0.1, abs=1e-12)
    dates = [date(2022, 5, 1), date(2023, 5, 1), date(2024, 5, 1)]
    assert the_rate(apr_from_dates(dates, [100, 100, -231])) == pytest.approx(0.1, abs=1e-12)


def test_order_and_splitting_of_flows_change_nothing() -> None:
    whole = aprc([0, 1, 2], [960, -500, -600])
    split = aprc([2, 0, 1, 0, 1], [-600, 1000, -300, -40, -200])
    assert the_rate(whole) == pytest.approx(the_rate(split), rel=1e-13)


@pytest.mark.parametrize("lost", [0.01, 0.5, 0.99])
def test_a_subsidised_loan_has_a_negative_rate(lost: float) -> None:
    assert the_rate(aprc([0, 1], [100, -100 * (1 - lost)])) == pytest.approx(-lost, rel=1e-12)
    assert the_rate(apr_actuarial([0, 0.5], [100, -100 * (1 - lost / 2)], 12)) == pytest.approx(-lost * 12, rel=1e-9)


def test_a_loan_that_costs_nothing_has_a_rate_of_zero() -> None:
    assert the_rate(aprc([0, 0.4, 1], [100, -30, -70])) == pytest.approx(0.0, abs=1e-12)
    assert the_rate(apr_actuarial([0, 1.5, 2.5], [100, -30, -70], 12)) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(("days", "back"), [(1, 101.0), (1, 110.0), (7, 300.0), (14, 1_000.0)])
def test_very_dear_and_very_short_credit_has_its_rate(days: int, back: float) -> None:
    found = the_rate(aprc([0, days / 365], [100, -back]))
    assert np.log1p(found) == pytest.approx(np.log(back / 100) * 365 / days, rel=1e-9)


def test_a_dear_loan_over_fifty_years_has_its_rate() -> None:
    # 500 paid each year for ever on 100 is 500 %; after 50 years the rest is nothing.
    assert the_rate(aprc(range(51), [100, *[-500] * 50])) == pytest.approx(5.0, rel=1e-12)


def test_a_rate_is_simple_within_a_fraction_and_compound_without() -> None:
    # One payment after half a unit-period: 1 + i / 2 against (1 + i) ^ 0.5.
    assert the_rate(apr_actuarial([0, 0.5], [100, -110], 1)) == pytest.approx(0.2, rel=1e-12)
    assert the_rate(nominal_periodic([0, 0.5], [100, -110], 1)) == pytest.approx(0.21, rel=1e-12)


def test_a_fraction_that_is_nearly_whole_makes_no_jump() -> None:
    almost = [0.0, nextafter(1.0, 0.0), nextafter(2.0, 0.0)]
    assert the_rate(apr_actuarial(almost, [100, -60, -60], 12)) == pytest.approx(
        the_rate(apr_actuarial([0, 1, 2], [100, -60, -60], 12)), rel=1e-9
    )


@given(
    st.floats(0.001, 3.0),
    st.floats(0.0, 4.0),
    st.lists(st.integers(1, 1_000), min_size=1, max_size=40),
    st.sampled_from([12.0, 24.0, 26.0, 52.0]),
)
def test_a_loan_built_with_a_rate_gives_the_rate_back(
    rate: float, wait: float, payments: list[int], per_year: float
) -> None:
    times = [wait + number for number in range(1, len(payments) + 1)]
    compound = sum(paid / (1 + rate) ** moment for moment, paid in zip(times, payments, strict=True))
    simple = sum(
        paid / ((1 + (moment - floor(moment)) * rate) * (1 + rate) ** floor(moment))
        for moment, paid in zip(times, payments, strict=True)
    )
    owed = [-float(paid) for paid in payments]
    assert the_rate(aprc([0, *times], [compound, *owed])) == pytest.approx(rate, rel=1e-8)
    found = the_rate(apr_actuarial([0, *times], [simple, *owed], per_year))
    assert found == pytest.approx(rate * per_year, rel=1e-8)


def test_of_two_rates_the_cost_of_borrowing_is_the_one_given() -> None:
    # A deposit comes back at the end: 1 - 2.5 v + 1.5 v^2 is nothing at v = 1 and at v = 2/3. At 0 % a little more
    # interest would make the contract dearer to the borrower; the cost is 50 %.
    assert the_rate(aprc([0, 1, 2], [1.0, -2.5, 1.5])) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize(
    ("times", "amounts", "reason"),
    [
        ([0, 1], [100, 20], "loan_flows_one_sided"),
        ([0, 1], [-100, -20], "loan_flows_one_sided"),
        ([], [], "loan_flows_one_sided"),
        ([0, 0], [100, -100], "loan_cost_not_found"),
        ([0, 0, 0, 1], [0.1, 0.2, -0.3, -0.01], "loan_cost_not_found"),  # 0.1 + 0.2 - 0.3 is not quite 0
        ([0, 1], [-100, 110], "loan_cost_not_found"),  # money lent out: its return is no cost
        ([0, 1, 2], [1, -1, 1], "loan_cost_not_found"),
    ],
)
def test_a_rate_that_does_not_exist_is_a_reason(times: list[float], amounts: list[float], reason: str) -> None:
    assert aprc(times, amounts) == apr_actuarial(times, amounts, 12) == Undefined(reason)
    assert nominal_periodic(times, amounts, 12) == Undefined(reason)
    assert reason in MESSAGES


def test_flows_that_are_none_are_refused() -> None:
    with pytest.raises(ShapeError):
        aprc([0, 1], [100])
    with pytest.raises(CalculationError, match="loan_flow_not_a_number"):
        aprc([0, float("nan")], [100, -110])
    with pytest.raises(CalculationError, match="loan_flow_not_a_number"):
        apr_actuarial([0, 1], [100, float("inf")], 12)
    for periods in (0.0, -12.0, float("nan")):
        with pytest.raises(CalculationError, match="loan_year_without_periods"):
            nominal_periodic([0, 1], [100, -110], periods)
    assert apr_from_dates([date(2024, 1, 1)], [100]) == Undefined("loan_flows_one_sided")
    with pytest.raises(CalculationError, match="loan_flow_before_first"):
        apr_from_dates([date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)], [-5, 100, -100])
