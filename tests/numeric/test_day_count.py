import calendar
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
import pyxirr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from finance_kit.day_count import ALIASES, MEANING, DayCount, day_count_named, days_between, year_fraction
from finance_kit.errors import CalculationError

PUBLISHED = Path(__file__).parents[1] / "reference" / "investment.jsonl"
CASES = [case for case in map(json.loads, PUBLISHED.read_text("utf-8").splitlines()) if case["kind"] == "day_count"]
PEERS: dict[DayCount, pyxirr.DayCount] = {
    "30/360": pyxirr.DayCount.THIRTY_360_ISDA,
    "30E/360": pyxirr.DayCount.THIRTY_E_360,
    "30E/360 ISDA": pyxirr.DayCount.THIRTY_E_360_ISDA,
    "30E+/360": pyxirr.DayCount.THIRTY_E_PLUS_360,
    "30U/360": pyxirr.DayCount.THIRTY_U_360,
    "actual/360": pyxirr.DayCount.ACT_360,
    "actual/364": pyxirr.DayCount.ACT_364,
    "actual/365": pyxirr.DayCount.ACT_365F,
    "actual/365.25": pyxirr.DayCount.ACT_365_25,
    "actual/actual ISDA": pyxirr.DayCount.ACT_ACT_ISDA,
    "no leap/360": pyxirr.DayCount.NL_360,
    "no leap/365": pyxirr.DayCount.NL_365,
}
NAMES = get_args(DayCount)
days = st.dates(date(1990, 1, 1), date(2035, 12, 31))


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def answer(a: dict[str, Any]) -> float:
    start, end = date.fromisoformat(a["start"]), date.fromisoformat(a["end"])
    maturity = day(a.get("termination_date"))
    if a.get("result") == "days":
        return days_between(start, end, a["convention"], maturity=maturity)
    regular = (date.fromisoformat(a["ref_start"]), date.fromisoformat(a["ref_end"])) if "ref_start" in a else None
    return year_fraction(start, end, a["convention"], maturity=maturity, regular_period=regular)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_day_counts_agree_with_answers_that_others_published(case: dict[str, Any]) -> None:
    assert abs(answer(case["args"]) - case["expected"]) <= case["tolerance"]["abs"]


def test_all_seventy_published_day_counts_are_run() -> None:
    assert len(CASES) == 70


@settings(max_examples=300, deadline=None)
@given(days, days, st.sampled_from(sorted(PEERS)))
def test_pyxirr_counts_the_same(one: date, other: date, convention: DayCount) -> None:
    start, end = min(one, other), max(one, other)
    assume(start != end)  # pyxirr counts a day from 31 January to itself in 30E+/360
    assert days_between(start, end, convention) == pyxirr.days_between(start, end, PEERS[convention])
    peer = pyxirr.year_fraction(start, end, PEERS[convention])
    assert year_fraction(start, end, convention) == pytest.approx(peer, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("convention", NAMES)
def test_dates_the_other_way_round_give_the_same_with_a_minus(convention: DayCount) -> None:
    start, end = date(2027, 1, 31), date(2029, 3, 15)
    assert year_fraction(end, start, convention) == -year_fraction(start, end, convention) < 0.0
    assert days_between(end, start, convention) == -days_between(start, end, convention) < 0
    assert year_fraction(start, start, convention) == 0.0


@settings(max_examples=100, deadline=None)
@given(st.lists(days, min_size=3, max_size=3, unique=True), st.sampled_from(["actual/365", "actual/actual ISDA"]))
def test_periods_that_follow_each_other_add_up(three: list[date], convention: DayCount) -> None:
    first, middle, last = sorted(three)
    parts = year_fraction(first, middle, convention) + year_fraction(middle, last, convention)
    assert parts == pytest.approx(year_fraction(first, last, convention), abs=1e-12)


def test_a_leap_year_counts_only_for_the_period_that_holds_29_february() -> None:
    assert year_fraction(date(2028, 2, 28), date(2028, 2, 29), "actual/365 leap") == 1 / 366
    assert year_fraction(date(2028, 2, 29), date(2028, 3, 1), "actual/365 leap") == 1 / 365
    assert year_fraction(date(2028, 3, 1), date(2028, 4, 1), "actual/365 leap") == 31 / 365


def leap_days_by_walking(start: date, end: date) -> int:
    walk = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum((d.month, d.day) == (2, 29) for d in walk)


@settings(max_examples=60, deadline=None)
@given(days, st.integers(0, 3000))
def test_leap_days_are_those_that_one_meets_walking_day_by_day(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    met = leap_days_by_walking(start, end)
    assert days_between(start, end, "no leap/365") == length - met
    assert year_fraction(start, end, "actual/365 leap") == length / (366 if met else 365)


def test_whole_years_are_counted_back_from_the_last_date_in_the_french_convention() -> None:
    # the loop of QuantLib's ActualActual::AFB, by hand
    assert year_fraction(date(2000, 2, 29), date(2003, 2, 28), "actual/actual AFB") == 3.0
    assert year_fraction(date(2000, 2, 28), date(2003, 2, 28), "actual/actual AFB") == pytest.approx(3 + 1 / 365)
    assert year_fraction(date(2000, 2, 29), date(2004, 2, 29), "actual/actual AFB") == 4.0
    assert year_fraction(date(2000, 2, 29), date(2000, 7, 1), "actual/actual AFB") == pytest.approx(123 / 366)
    assert year_fraction(date(2000, 3, 1), date(2000, 7, 1), "actual/actual AFB") == pytest.approx(122 / 365)


def test_irregular_first_and_last_periods_lie_in_regular_ones_laid_out_from_the_given_one() -> None:
    # ISDA memorandum of November 1998: a long first half-yearly period and a short last one
    regular = (date(2003, 1, 15), date(2003, 7, 15))
    long_first = year_fraction(date(2002, 8, 15), date(2003, 7, 15), "ACT/ACT ICMA", regular_period=regular)
    assert long_first == pytest.approx(0.5 + 0.5 * 153 / 184, abs=1e-12)
    later = year_fraction(date(2003, 7, 15), date(2004, 7, 15), "ACT/ACT ICMA", regular_period=regular)
    assert later == pytest.approx(1.0, abs=1e-12)
    assert year_fraction(date(2003, 1, 15), date(2003, 7, 15), "actual/actual ICMA") == 0.5


def test_yearfrac_takes_the_average_of_the_years_touched() -> None:
    # D. Wheeler's analysis of YEARFRAC basis 1
    start, end = date(1999, 1, 1), date(2001, 1, 1)
    assert year_fraction(start, end, "actual/actual Excel") == pytest.approx(731 / ((365 + 366 + 365) / 3), abs=1e-12)
    assert year_fraction(date(2000, 6, 1), date(2000, 7, 1), "actual/actual Excel") == 30 / 366
    assert year_fraction(date(1999, 6, 1), date(2000, 6, 1), "actual/actual Excel") == 1.0
    assert year_fraction(date(2000, 6, 1), date(2001, 6, 1), "actual/actual Excel") == 1.0
    assert year_fraction(date(2000, 2, 29), date(2001, 2, 1), "actual/actual Excel") == 338 / 366


@pytest.mark.parametrize("name", [*ALIASES, *NAMES, " act/365f ", "BOND_BASIS", "30e/360-isda"])
def test_names_that_people_use_are_understood(name: str) -> None:
    convention = day_count_named(name)
    assert convention in NAMES
    assert days_between(date(2027, 1, 1), date(2027, 7, 1), name) == days_between(
        date(2027, 1, 1), date(2027, 7, 1), convention
    )


def test_each_convention_says_what_it_means() -> None:
    assert set(MEANING) == set(NAMES)
    assert len(set(MEANING.values())) == len(NAMES)


def test_a_time_of_day_is_left_out() -> None:
    assert days_between(datetime(2027, 1, 1, 23, tzinfo=UTC), datetime(2027, 1, 2, 1, tzinfo=UTC)) == 1


@pytest.mark.parametrize("convention", ["", "30/365", "ACT/36O", None, 3])
def test_an_unknown_convention_is_refused(convention: Any) -> None:
    with pytest.raises(CalculationError, match="unknown_day_count"):
        year_fraction(date(2027, 1, 1), date(2027, 7, 1), convention)


@pytest.mark.parametrize("wrong", ["2027-01-01", None, 20270101, float("nan")])
def test_what_is_not_a_date_is_refused(wrong: Any) -> None:
    with pytest.raises(CalculationError, match="not_a_date"):
        days_between(wrong, date(2027, 7, 1), "30/360")
    with pytest.raises(CalculationError, match="not_a_date"):
        year_fraction(date(2027, 7, 1), wrong, "actual/actual ICMA")


def test_the_ends_of_the_calendar_break_nothing() -> None:
    for convention in NAMES:
        whole = year_fraction(date.min, date.max, convention)
        assert whole == pytest.approx(9999.0, rel=0.02), convention
        assert days_between(date.min, date.max, convention) > 9998 * 360
    with pytest.raises(CalculationError, match="regular_period_empty"):
        year_fraction(date(2027, 1, 1), date(2027, 2, 1), "ACT/ACT ICMA", regular_period=(date.max, date.min))


def test_a_year_of_calendar_years_is_one() -> None:
    for year in (2027, 2028):
        start, end = date(year, 1, 1), date(year + 1, 1, 1)
        assert year_fraction(start, end, "actual/actual ISDA") == 1.0
        assert year_fraction(start, end, "actual/365") == (366 if calendar.isleap(year) else 365) / 365
