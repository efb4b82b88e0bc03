from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit.errors import CalculationError, Undefined
from finance_kit.i18n.messages_loans import MESSAGES
from finance_kit.loans import LoanTerms, PaymentCalendar, amortise, schedule
from finance_kit.loans.capacity import (
    highest_rate,
    largest_principal,
    needed_grace,
    sculpted_principal,
    shortest_tenor,
)
from finance_kit.loans.payment_capacity import PaymentCapacity
from finance_kit.money import RoundingRule
from tests.oracles.loan_contracts import contracts
from tests.oracles.loan_oracle import work_out

DRYER = PaymentCapacity.from_cfads([18_000, 24_000, 28_000, 28_000, 28_000], 1.25)


def yearly(**more: Any) -> LoanTerms:
    return LoanTerms(**({"principal": 45_000.0, "annual_rate": 0.12, "instalments": 5, "months_between": 12} | more))


def number(found: float | Undefined) -> float:
    assert not isinstance(found, Undefined), found
    return found


def fits(terms: LoanTerms, capacity: PaymentCapacity, with_fees: bool = False) -> bool:
    """By the signed schedule, row by row."""
    limits = capacity.limits(terms.instalments)
    due = [row.interest + row.principal + (row.fees if with_fees else 0.0) for row in schedule(terms).rows]
    return all(paid <= limit * (1 + 1e-10) for paid, limit in zip(due, limits, strict=True))


def test_the_largest_loan_of_the_shared_dryer() -> None:
    # Domain dossier 7.4, D-C1: 18 000 in year 1 at a ratio of 1.25 is a debt service of 14 400 and a loan of 51 908.78.
    assert number(largest_principal(yearly(), DRYER)) == pytest.approx(51_908.78, abs=0.005)
    assert number(largest_principal(yearly(), PaymentCapacity.level(14_400.0))) == pytest.approx(51_908.78, abs=0.005)
    # The instalment in cents is not above 14 400 up to half a cent more, which is another 0.018 of principal.
    cents = yearly(rounding_unit=0.01, minor_unit=0.01)
    found = number(largest_principal(cents, DRYER))
    assert found == pytest.approx(51_908.79, abs=0.011)
    assert fits(replace(cents, principal=found), DRYER)
    assert not fits(replace(cents, principal=round(found + 0.01, 2)), DRYER)


def test_a_loan_cut_to_the_cash_flow_is_the_largest_of_all() -> None:
    # Dossier 5.11, L* = present value of CFADS over the least ratio: 14 400, 19 200 and three times 22 400 at 12 %.
    worth = 14_400 / 1.12 + 19_200 / 1.12**2 + 22_400 / 1.12**3 + 22_400 / 1.12**4 + 22_400 / 1.12**5
    assert sculpted_principal(yearly(), DRYER) == pytest.approx(worth, rel=1e-12)
    assert worth == pytest.approx(71_053, abs=1)
    for repayment in ("annuity", "equal_principal", "interest_only"):
        assert number(largest_principal(yearly(repayment=repayment), DRYER)) < worth
    # With a level capacity it is the level instalment's.
    assert sculpted_principal(yearly(), PaymentCapacity.level(14_400.0)) == pytest.approx(51_908.78, abs=0.005)


def test_the_highest_rate_of_the_dryer_with_equal_principal_by_hand() -> None:
    # Year 1 pays 9 000 and a rate on 45 000; 18 000 / 1.25 = 14 400 leaves 5 400, which is 12 %. Later years have more.
    terms = yearly(annual_rate=0.3, repayment="equal_principal")
    assert highest_rate(terms, DRYER) == 0.12
    assert fits(replace(terms, annual_rate=0.12), DRYER)
    assert not fits(replace(terms, annual_rate=0.1201), DRYER)
    # 14 399 leaves 5 399, 11.9978 %: to a hundredth of a per cent 11.99 %.
    assert highest_rate(terms, PaymentCapacity.level(14_399.0)) == 0.1199
    assert highest_rate(terms, PaymentCapacity.level(14_399.0), steps_per_point=10_000) == 0.119977


def test_the_shortest_tenor_of_a_target_instalment() -> None:
    # 12 000 at 12 %: 12 instalments of 1 066.19 (closed formula), 11 would be 1 157.45.
    terms = LoanTerms(principal=12_000.0, annual_rate=0.12, instalments=3, rounding_unit=0.01, minor_unit=0.01)
    assert shortest_tenor(terms, PaymentCapacity.level(1_066.19), longest=60) == 12
    assert shortest_tenor(terms, PaymentCapacity.level(1_066.18), longest=60) == 13
    assert shortest_tenor(terms, PaymentCapacity.level(1_157.46), longest=60) == 11


def test_a_grace_bridges_the_months_before_the_harvest() -> None:
    # Nothing but 150 comes in before month 5: interest of 1 % on 10 000 is 100, principal only from then on.
    path = PaymentCapacity((150.0, 150.0, 150.0, 150.0, *[1_500.0] * 8))
    terms = LoanTerms(principal=10_000.0, annual_rate=0.12, instalments=12, rounding_unit=1.0, minor_unit=1.0)
    # After a grace of 4 months eight instalments of 10 000 x 0.01 / (1 - 1.01^-8) = 1 306.90 are left.
    assert needed_grace(terms, path) == 4
    assert needed_grace(replace(terms, grace_months=2), path) == 4
    assert not fits(replace(terms, grace_months=3), path)
    # With 50 a month not even the interest can be paid; unpaid, it joins the principal: 10 406.04 x 0.13069 = 1 359.97.
    poorer = PaymentCapacity((50.0, 50.0, 50.0, 50.0, *[1_500.0] * 8))
    assert isinstance(needed_grace(terms, poorer), Undefined)
    assert needed_grace(replace(terms, grace_kind="full"), poorer) == 4


def test_a_grace_may_lengthen_the_loan() -> None:
    path = PaymentCapacity((0.0, 0.0, *[900.0] * 14))
    terms = LoanTerms(principal=10_000.0, annual_rate=0.12, instalments=12, grace_kind="full")
    # Twelve instalments on 10 000 are 888.49, but nothing can be paid before month 3. On 10 201 after two months they
    # are 906.35, on 10 406.04 after the four that the path has room for 924.56.
    too_late = needed_grace(terms, path, extends=True)
    assert isinstance(too_late, Undefined)
    assert too_late.reason == "loan_no_grace"
    assert too_late.params["periods"] == 4
    assert too_late.params["due"] == pytest.approx(924.56, abs=0.01)
    assert needed_grace(terms, PaymentCapacity((0.0, 0.0, *[907.0] * 14)), extends=True) == 2
    assert needed_grace(terms, PaymentCapacity((0.0, 0.0, *[907.0] * 10))).__class__ is Undefined


def test_a_season_repeats_year_after_year() -> None:
    season = PaymentCapacity.from_cfads([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5_000, 7_500], 1.25, repeats=True)
    terms = LoanTerms(
        principal=1.0,
        annual_rate=0.0,
        instalments=24,
        repayment="seasonal",
        principal_pattern=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3),
    )
    # 4 000 and 6 000 a year without interest, two years.
    assert number(largest_principal(terms, season)) == pytest.approx(20_000.0, rel=1e-12)


def test_negative_cash_pays_nothing() -> None:
    path = PaymentCapacity.from_cfads([-500.0, 250.0], 1.25)
    assert path.limits(2).tolist() == [0.0, 200.0]


def test_fees_take_their_part_of_what_can_be_paid() -> None:
    terms = LoanTerms(principal=1.0, annual_rate=0.0, instalments=10, instalment_fee_amount=5.0)
    capacity = PaymentCapacity.level(105.0)
    assert number(largest_principal(terms, capacity)) == pytest.approx(1_050.0, rel=1e-12)
    assert number(largest_principal(terms, capacity, with_fees=True)) == pytest.approx(1_000.0, rel=1e-12)
    lent = replace(terms, principal=1_000.0)
    assert shortest_tenor(lent, PaymentCapacity.level(100.0), longest=20) == 10
    assert shortest_tenor(lent, PaymentCapacity.level(100.0), longest=20, with_fees=True) == 11


@settings(max_examples=60)
@given(contracts(longest=10), st.lists(st.integers(0, 400), min_size=1, max_size=10), st.booleans())
def test_no_larger_multiple_can_be_paid(contract: dict[str, Any], path: list[int], with_fees: bool) -> None:
    """All principals that could matter, tried one by one, have the same largest one."""
    terms = LoanTerms(**(contract | {"upfront_fee_share": 0.0}))
    step = terms.rounding_unit or 1.0
    capacity = PaymentCapacity(tuple(units * step for units in path), repeats=True)
    found = largest_principal(terms, capacity, multiple=step, with_fees=with_fees)
    counts = np.arange(1, 10 * max(path) + 100, dtype=np.float64)
    principals = counts / round(1 / step) if step < 1 else counts * step
    arrays = amortise(terms, principal=principals)
    paid = arrays.instalment + arrays.fees_due * with_fees
    good = np.flatnonzero((paid <= capacity.limits(terms.instalments)[:, None] * (1 + 1e-10)).all(axis=0))
    if good.size:
        assert found == principals[good[-1]]
    else:
        assert isinstance(found, Undefined)
        assert found.reason == "loan_nothing_affordable"


@pytest.mark.parametrize(
    "more",
    [
        {"repayment": "stepped", "instalment_pattern": (1.0, 0.6, 0.4)},
        {"repayment": "stepped", "instalment_pattern": (1.0, 0.6, 0.4), "remainder": "first"},
        {"method": "progressive"},
        {"method": "progressive", "grace_instalments": 4, "grace_kind": "full", "grace_interest": "deferred"},
        {"remainder": "first"},
        {"weeks_between": 2, "down_payment_share": 0.2},
        {"interest_timing": "up_front"},
        {"interest_timing": "advance"},
        {"calendar": PaymentCalendar(disbursed=date(2024, 1, 31)), "day_count": "actual/360"},
        {"quotation": "flat", "repayment": "balloon", "balloon_share": 0.3},
    ],
    ids=lambda more: " ".join(map(str, more.values()))[:60],
)
@pytest.mark.parametrize("rule", ["half_even", "up"])
def test_every_kind_of_contract_has_its_largest_principal_and_rate(more: dict[str, Any], rule: RoundingRule) -> None:
    terms = LoanTerms(
        **(
            {"principal": 1_000.0, "annual_rate": 0.36, "instalments": 9, "rounding_unit": 1.0, "minor_unit": 1.0}
            | more
        ),
        rounding_rule=rule,
    )
    for path in ((150.0,), (150.0, 90.0), (20.0, 20.0, 20.0, 20.0, 300.0, 300.0, 300.0, 300.0, 300.0)):
        capacity = PaymentCapacity(path, repeats=True)
        limits = capacity.limits(9)[:, None] * (1 + 1e-10)
        principals, rates = np.arange(1.0, 3_001.0), np.arange(1_001) / 1_000
        good = principals[(amortise(terms, principal=principals).instalment <= limits).all(axis=0)]
        found = largest_principal(terms, capacity)
        assert found == good[-1] if good.size else isinstance(found, Undefined)
        good = rates[(amortise(terms, annual_rate=rates).instalment <= limits).all(axis=0)]
        found = highest_rate(terms, capacity, steps_per_point=10)
        assert found == good[-1] if good.size and good[-1] < 1 else isinstance(found, Undefined)


def test_a_grace_of_weeks_is_counted_in_instalments() -> None:
    terms = LoanTerms(principal=1_000.0, annual_rate=0.26, instalments=8, weeks_between=1)
    # Interest is 0.5 % a week, 5 on 1 000; six instalments after two weeks are 1 000 x 0.005 / (1 - 1.005^-6) = 169.60.
    assert needed_grace(terms, PaymentCapacity((5.0, 5.0, *[170.0] * 6))) == 2


@settings(max_examples=60)
@given(contracts(rounded=False, longest=12), st.lists(st.integers(0, 400), min_size=1, max_size=10), st.booleans())
def test_any_sum_at_all_uses_up_its_tightest_period(contract: dict[str, Any], path: list[int], with_fees: bool) -> None:
    terms = LoanTerms(**contract)
    capacity = PaymentCapacity(tuple(map(float, path)), repeats=True)
    found = largest_principal(terms, capacity, with_fees=with_fees)
    if isinstance(found, Undefined):
        assert not fits(replace(terms, principal=0.01), capacity, with_fees)
    else:
        assert fits(replace(terms, principal=found), capacity, with_fees)
        assert not fits(replace(terms, principal=found * (1 + 1e-8) + 1e-9), capacity, with_fees)


def test_a_multiple_need_not_go_into_one() -> None:
    terms = LoanTerms(principal=1.0, annual_rate=0.0, instalments=1)
    assert largest_principal(terms, PaymentCapacity.level(1.0), multiple=0.3) == pytest.approx(0.9, abs=1e-12)
    assert largest_principal(terms, PaymentCapacity.level(1.0), multiple=0.7) == pytest.approx(0.7, abs=1e-12)
    assert largest_principal(terms, PaymentCapacity.level(0.29), multiple=0.01) == 0.29


def test_fees_above_what_can_be_paid_leave_nothing_to_borrow() -> None:
    terms = LoanTerms(
        principal=1.0, annual_rate=0.0, instalments=2, repayment="interest_only", instalment_fee_amount=5.0
    )
    capacity = PaymentCapacity((4.0, 1_000.0))
    assert number(largest_principal(terms, capacity)) == pytest.approx(1_000.0, rel=1e-12)
    assert largest_principal(terms, capacity, with_fees=True) == Undefined(
        "loan_nothing_affordable", {"period": 1, "limit": 4.0}
    )


@settings(max_examples=40)
@given(contracts(longest=12), st.integers(1, 60))
def test_no_higher_rate_can_be_paid(contract: dict[str, Any], share: int) -> None:
    terms = LoanTerms(**contract)
    capacity = PaymentCapacity.level(terms.principal * share / 40)
    found = highest_rate(terms, capacity, steps_per_point=10)
    rates = np.arange(0, 1001) / 1000
    good = np.flatnonzero(
        (amortise(terms, annual_rate=rates).instalment <= capacity.amounts[0] * (1 + 1e-10)).all(axis=0)
    )
    if not good.size:
        assert isinstance(found, Undefined)
        assert found.reason == "loan_no_rate_bearable"
    elif good[-1] == 1000:
        assert found == Undefined("loan_rate_not_limited", {"highest": 1.0})
    else:
        assert found == rates[good[-1]]


@settings(max_examples=40)
@given(contracts(longest=14), st.integers(1, 60), st.booleans())
def test_no_shorter_tenor_and_no_shorter_grace_can_be_paid(
    contract: dict[str, Any], share: int, with_fees: bool
) -> None:
    terms = LoanTerms(**contract)
    capacity = PaymentCapacity((terms.principal * share / 80, terms.principal * share / 40), repeats=True)
    tenor = shortest_tenor(terms, capacity, longest=30, with_fees=with_fees)
    fitting = [n for n in range(1, 31) if sound(terms, instalments=n, capacity=capacity, with_fees=with_fees)]
    assert tenor == fitting[0] if fitting else isinstance(tenor, Undefined)
    grace = needed_grace(terms, capacity, with_fees=with_fees)
    fitting = [
        n
        for n in range(terms.instalments)
        if sound(terms, grace_months=n * terms.months_between, capacity=capacity, with_fees=with_fees)
    ]
    assert grace == fitting[0] if fitting else isinstance(grace, Undefined)


def sound(terms: LoanTerms, *, capacity: PaymentCapacity, with_fees: bool, **change: Any) -> bool:
    try:
        candidate = replace(terms, **change)
    except CalculationError:
        return False
    return fits(candidate, capacity, with_fees)


@settings(max_examples=30)
@given(contracts(rounded=True, longest=24), st.integers(20, 5_000))
def test_the_answer_holds_in_a_schedule_worked_out_in_fractions(contract: dict[str, Any], units: int) -> None:
    terms = LoanTerms(**contract)
    assert terms.rounding_unit is not None
    capacity = PaymentCapacity.level(units * terms.rounding_unit)
    found = largest_principal(terms, capacity)
    if isinstance(found, Undefined):
        return
    worked = work_out(contract | {"principal": found})
    assert max(row.due + row.principal for row in worked.rows) <= capacity.amounts[0] * (1 + 1e-12)
    more = work_out(contract | {"principal": round(found + terms.rounding_unit, 6)})
    assert max(row.due + row.principal for row in more.rows) > capacity.amounts[0] * (1 - 1e-12)


def test_answers_that_do_not_exist_have_a_reason() -> None:
    terms = LoanTerms(principal=10_000.0, annual_rate=0.12, instalments=12)
    # Interest alone is 100 a month.
    nothing = shortest_tenor(terms, PaymentCapacity.level(100.0), longest=1_200)
    assert isinstance(nothing, Undefined)
    assert nothing.reason == "loan_no_tenor"
    assert nothing.params["longest"] == 1_200
    assert highest_rate(terms, PaymentCapacity.level(800.0)) == Undefined(
        "loan_no_rate_bearable", {"period": 1, "due": pytest.approx(833.33, abs=0.01), "limit": 800.0}
    )
    assert largest_principal(terms, PaymentCapacity((100.0, 0.0), repeats=True)) == Undefined(
        "loan_nothing_affordable", {"period": 2, "limit": 0.0}
    )
    assert highest_rate(replace(terms, principal=0.0), PaymentCapacity.level(1.0)) == Undefined(
        "loan_rate_not_limited", {"highest": 1.0}
    )
    no_grace = needed_grace(terms, PaymentCapacity.level(500.0), longest=6)
    assert isinstance(no_grace, Undefined)
    assert (no_grace.reason, no_grace.params["periods"]) == ("loan_no_grace", 6)
    for found in (nothing, no_grace):
        MESSAGES[found.reason].format(**found.params)


def test_a_path_that_ends_early_ends_the_search() -> None:
    terms = LoanTerms(principal=10_000.0, annual_rate=0.0, instalments=5)
    ten = PaymentCapacity((900.0,) * 10)
    found = shortest_tenor(terms, ten, longest=60)
    assert isinstance(found, Undefined)
    assert found.params["longest"] == 10
    with pytest.raises(CalculationError, match="loan_capacity_too_short"):
        largest_principal(replace(terms, instalments=11), ten)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: PaymentCapacity(()), "loan_capacity_empty"),
        (lambda: PaymentCapacity((1.0, -1.0)), "loan_debt_service_not_an_amount"),
        (lambda: PaymentCapacity.level(float("nan")), "loan_debt_service_not_an_amount"),
        (lambda: PaymentCapacity.from_cfads([1.0], 0.0), "loan_dscr_not_positive"),
        (lambda: PaymentCapacity.from_cfads([float("inf")], 1.2), "loan_debt_service_not_an_amount"),
        (lambda: largest_principal(yearly(), DRYER, multiple=0.0), "loan_unit_not_positive"),
        (
            lambda: largest_principal(yearly(instalments=2, repayment="custom", instalment_amounts=(20_000.0,)), DRYER),
            "loan_capacity_custom",
        ),
        (lambda: highest_rate(yearly(), DRYER, highest=12.0), "loan_rate_search_out_of_range"),
        (lambda: shortest_tenor(yearly(grace_months=48), DRYER, longest=4), "loan_no_sound_terms"),
    ],
)
def test_questions_that_are_none_are_refused(make: Any, code: str) -> None:
    with pytest.raises(CalculationError, match=code):
        make()


def test_a_long_dear_loan_in_small_steps_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0

    def counted(terms: LoanTerms, **scenarios: npt.NDArray[np.float64]) -> Any:
        nonlocal tried
        tried += max((np.size(values) for values in scenarios.values()), default=1)
        return amortise(terms, **scenarios)

    monkeypatch.setattr("finance_kit.loans.capacity.amortise", counted)
    terms = LoanTerms(
        principal=1.0, annual_rate=0.18, instalments=360, rounding_unit=100.0, minor_unit=1.0, rounding_rule="up"
    )
    capacity = PaymentCapacity.level(1_000_000.0)
    found = number(largest_principal(terms, capacity, multiple=1.0))
    assert found == pytest.approx(1_000_000 / 0.015 * (1 - 1.015**-360), abs=10_000)
    assert fits(replace(terms, principal=found), capacity)
    assert not fits(replace(terms, principal=found + 1.0), capacity)
    assert tried < 200_000
