import ast
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from inspect import getsource
from itertools import product
from typing import Any

import numpy as np
import pytest

from finance_kit.errors import CalculationError
from finance_kit.i18n.messages_loans import MESSAGES
from finance_kit.loans import (
    LoanFee,
    LoanTerms,
    PaymentCalendar,
    PayOut,
    RateChange,
    amortise,
    due_dates,
    terms_checks,
    value_checks,
)
from tests.loans.test_loan_terms import BAD as PLAIN

SOUND: dict[str, Any] = {"principal": 1_000.0, "annual_rate": 0.12, "instalments": 12}
PAID_OUT = date(2027, 1, 15)
ALL_WEEK = (0, 1, 2, 3, 4, 5, 6)


def dated(**parts: Any) -> PaymentCalendar:
    return PaymentCalendar(**({"disbursed": PAID_OUT} | parts))


def drawn(*places: Any, amount: float = 100.0, where: str = "after_instalment") -> tuple[PayOut, ...]:
    return tuple(PayOut(amount=amount, **{where: place}) for place in places)


def fee(**parts: Any) -> tuple[LoanFee, ...]:
    return (LoanFee(**({"name": "guarantee"} | parts)),)


BAD: list[tuple[dict[str, Any], str, str]] = [
    # values by themselves
    ({"months_between": 0}, "loan_choice_unknown", "months_between"),
    ({"months_between": True}, "loan_choice_unknown", "months_between"),
    ({"weeks_between": -1}, "loan_count_out_of_range", "weeks_between"),
    ({"days_between": -3}, "loan_count_out_of_range", "days_between"),
    ({"annual_rate": 120.0}, "loan_too_large", "annual_rate"),
    ({"principal": 10**400}, "loan_too_large", "principal"),
    ({"day_count": "actual"}, "loan_choice_unknown", "day_count"),
    ({"method": None}, "loan_choice_unknown", "method"),
    ({"rounds_interest": "yes"}, "loan_choice_unknown", "rounds_interest"),
    ({"fees": "fee"}, "loan_not_a_list", "fees"),
    ({"pay_outs": None}, "loan_not_a_list", "pay_outs"),
    ({"instalment_pattern": 1.0}, "loan_not_a_list", "instalment_pattern"),
    ({"pay_outs": (10.0,)}, "loan_not_a_part", "pay_outs.0"),
    ({"calendar": PAID_OUT}, "loan_not_a_part", "calendar"),
    ({"fees": fee(name=" ", share=0.01, basis="principal")}, "loan_fee_without_name", "fees.0.name"),
    ({"fees": fee(share=1.01, basis="principal")}, "loan_too_large", "fees.0.share"),
    (
        {"rate_changes": (RateChange(annual_rate=-0.1, after_instalment=1),)},
        "loan_negative",
        "rate_changes.0.annual_rate",
    ),
    ({"calendar": dated(disbursed=datetime(2027, 1, 15, 9, tzinfo=UTC))}, "loan_not_a_date", "calendar.disbursed"),
    ({"calendar": dated(first_due="2027-02-15")}, "loan_not_a_date", "calendar.first_due"),
    ({"calendar": dated(disbursed=date(9999, 12, 31))}, "loan_date_out_of_range", "calendar.disbursed"),
    ({"calendar": dated(last_due=date(1, 1, 1))}, "loan_date_out_of_range", "calendar.last_due"),
    ({"calendar": dated(weekend=(5, 7))}, "loan_count_out_of_range", "calendar.weekend.1"),
    ({"calendar": dated(holidays="Sunday")}, "loan_not_a_list", "calendar.holidays"),
    ({"calendar": dated(shift="sideways")}, "loan_choice_unknown", "calendar.shift"),
    # intervals, length, grace
    ({"weeks_between": 1, "days_between": 1}, "loan_two_intervals", "days_between"),
    ({"calendar": dated(last_due=date(2327, 1, 1))}, "loan_too_long", "calendar"),
    ({"grace_months": 1, "grace_instalments": 1}, "loan_grace_twice", "grace_months"),
    ({"grace_months": 1, "weeks_between": 2}, "loan_grace_in_months", "grace_months"),
    ({"grace_instalments": 12}, "loan_grace_of_all", "grace_instalments"),
    ({"interest_free_instalments": 13}, "loan_free_of_more", "interest_free_instalments"),
    (
        {"interest_grace_instalments": 2, "grace_instalments": 1},
        "loan_interest_grace_alone",
        "interest_grace_instalments",
    ),
    # ways of repaying
    ({"repayment": "stepped"}, "loan_steps_missing", "instalment_pattern"),
    ({"instalment_pattern": (1.0,)}, "loan_steps_not_used", "instalment_pattern"),
    ({"repayment": "stepped", "instalment_pattern": (0.0, 0.0)}, "loan_pattern_all_zero", "instalment_pattern"),
    ({"repayment": "custom"}, "loan_amounts_missing", "instalment_amounts"),
    ({"instalment_amounts": (1.0,)}, "loan_amounts_not_used", "instalment_amounts"),
    ({"repayment": "custom", "instalment_amounts": (90.0,) * 12}, "loan_amounts_count", "instalment_amounts"),
    ({"repayment": "stepped", "instalment_pattern": [1.0], "quotation": "flat"}, "loan_flat_not_stepped", "repayment"),
    ({"rounds_interest": False}, "loan_rounds_nothing", "rounds_interest"),
    ({"principal": 1e13, "rounding_unit": 1e-6, "minor_unit": 1e-6}, "loan_unit_too_fine", "minor_unit"),
    # interest before it has run
    ({"interest_timing": "advance", "method": "progressive"}, "loan_advance_is_plain", "interest_timing"),
    ({"interest_timing": "advance", "quotation": "flat"}, "loan_advance_not_flat", "interest_timing"),
    ({"interest_timing": "up_front", "annual_rate": 1.0}, "loan_advance_takes_all", "annual_rate"),
    (
        {"interest_timing": "advance", "annual_rate": 0.9, "calendar": dated(first_due=date(2029, 1, 1))},
        "loan_advance_takes_all",
        "annual_rate",
    ),
    # dates
    ({"day_count": "actual/365"}, "loan_days_without_dates", "day_count"),
    ({"calendar": dated(first_due=PAID_OUT)}, "loan_first_due_too_early", "calendar.first_due"),
    (
        {"calendar": dated(disbursed=date(2027, 1, 2), shift="preceding"), "days_between": 1},
        "loan_first_due_too_early",
        "calendar",
    ),
    ({"calendar": dated(last_due=date(2027, 12, 15))}, "loan_last_due_too_early", "calendar"),
    ({"calendar": dated(due_dates=[date(2027, 6, 1)])}, "loan_dates_count", "calendar.due_dates"),
    (
        {"calendar": dated(due_dates=[date(2027, 6, 1), date(2027, 6, 1)]), "instalments": 2},
        "loan_dates_not_rising",
        "calendar.due_dates.1",
    ),
    (
        {"calendar": dated(due_dates=[date(2027, 6, 1)], last_due=date(2027, 6, 1)), "instalments": 1},
        "loan_dates_twice",
        "calendar.due_dates",
    ),
    ({"calendar": dated(disbursed=date(9_989, 12, 1)), "instalments": 120}, "loan_too_late", "calendar.disbursed"),
    ({"calendar": dated(weekend=ALL_WEEK)}, "loan_no_working_day", "calendar.weekend"),
    (
        {"calendar": dated(shift="following", holidays=[PAID_OUT + timedelta(days) for days in range(800)])},
        "loan_no_working_day",
        "calendar",
    ),
    # pay-outs, rates, fees
    ({"calendar": dated(), "pay_outs": drawn(2)}, "loan_event_needs_day", "pay_outs.0"),
    ({"pay_outs": drawn(date(2027, 3, 1), where="on")}, "loan_event_needs_instalment", "pay_outs.0"),
    ({"pay_outs": drawn(2, 2)}, "loan_event_out_of_order", "pay_outs.1"),
    ({"pay_outs": drawn(12)}, "loan_event_out_of_order", "pay_outs.0"),
    ({"pay_outs": drawn(1, amount=1_000.0)}, "loan_pay_outs_exceed", "pay_outs"),
    (
        {"pay_outs": drawn(1, amount=900.0), "down_payment_share": 0.2},
        "loan_down_payment_exceeds",
        "down_payment_share",
    ),
    (
        {"calendar": dated(), "pay_outs": drawn(date(2030, 1, 1), where="on")},
        "loan_pay_out_after_end",
        "pay_outs.0",
    ),
    ({"pay_outs": drawn(1), "quotation": "flat"}, "loan_flat_is_fixed", "pay_outs"),
    ({"pay_outs": drawn(1), "repayment": "stepped", "instalment_pattern": (1.0,)}, "loan_agreed_is_fixed", "repayment"),
    ({"fees": fee(share=0.01)}, "loan_fee_amount_or_share", "fees.0"),
    ({"fees": fee(share=0.01, basis="instalment", when="yearly")}, "loan_fee_without_instalment", "fees.0"),
    ({"fees": fee(share=0.01, basis="principal", when="pay_out", per_year=True)}, "loan_fee_per_year", "fees.0"),
]


@pytest.mark.parametrize(("change", "code", "field"), BAD)
def test_terms_that_cannot_be_are_refused_with_code_place_and_words(
    change: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(CalculationError) as refused:
        LoanTerms(**(SOUND | change))
    assert [(issue.code, issue.where.path) for issue in refused.value.issues] == [(code, field)]
    words = MESSAGES[code].format(**refused.value.params)
    assert "{" not in words
    assert words.endswith((".", "%."))
    if "{field}" in MESSAGES[code]:
        assert words.startswith(field)


def test_every_problem_that_the_checks_know_is_in_a_table() -> None:
    known = {
        node.value
        for module in (terms_checks, value_checks, sys.modules[due_dates.__module__])
        for node in ast.walk(ast.parse(getsource(module)))
        if isinstance(node, ast.Constant) and str(node.value).startswith("loan_")
    }
    known -= {"loan_has_no_dates"}  # asked of dates only, never of terms
    assert {code for _, code, _ in (*BAD, *PLAIN)} == known


HOSTILE: tuple[Any, ...] = (
    None,
    True,
    float("nan"),
    float("inf"),
    -float("inf"),
    -1,
    -0.5,
    0,
    5e-324,
    1e308,
    10**400,
    -(10**400),
    "12",
    "",
    b"x",
    [],
    [1],
    (),
    ("a",),
    (None,),
    ({},),
    [["x"]],
    {},
    {"a": 1},
    set(),
    object(),
    float,
    1 + 2j,
    date(1, 1, 1),
    date(2028, 2, 29),
    date(9999, 12, 31),
    datetime(2027, 1, 1, 5, tzinfo=UTC),
    np.float64(3.0),
    np.int64(3),
    np.array([1.0, 2.0]),
    np.array(3.0),
    Decimal("12"),
    Decimal("NaN"),
    Fraction(1, 3),
)
FIRST: dict[str, Any] = {"disbursed": date(2027, 1, 31), "shift": "following"}


def attempts() -> list[Callable[[Any], LoanTerms]]:
    """Ways of putting a value where it may not belong: every field of the terms and of their parts."""

    def top(field: str) -> Callable[[Any], LoanTerms]:
        return lambda value: LoanTerms(**(SOUND | {field: value}))

    def of_kind(kind: str, field: str) -> Callable[[Any], LoanTerms]:
        return lambda value: LoanTerms(**(SOUND | {"repayment": kind, field: value}))

    def in_calendar(field: str) -> Callable[[Any], LoanTerms]:
        return lambda value: LoanTerms(
            **SOUND, calendar=PaymentCalendar(**(FIRST | {field: value})), day_count="actual/365"
        )

    def in_part(name: str, kind: Any, given: dict[str, Any], field: str, calendar: Any) -> Callable[[Any], LoanTerms]:
        return lambda value: LoanTerms(**(SOUND | {"calendar": calendar, name: (kind(**(given | {field: value})),)}))

    parts: list[tuple[str, Any, dict[str, Any]]] = [
        ("pay_outs", PayOut, {"amount": 10.0, "after_instalment": 3}),
        ("rate_changes", RateChange, {"annual_rate": 0.1, "after_instalment": 3}),
        ("pay_outs", PayOut, {"amount": 10.0, "on": date(2027, 3, 3)}),
        ("rate_changes", RateChange, {"annual_rate": 0.1, "on": date(2027, 3, 3)}),
        ("fees", LoanFee, {"name": "fee", "share": 0.01, "basis": "principal"}),
    ]
    patterns = (("seasonal", "principal_pattern"), ("stepped", "instalment_pattern"), ("custom", "instalment_amounts"))
    ways = [top(field) for field in LoanTerms.__dataclass_fields__]
    ways += [of_kind(kind, field) for kind, field in patterns]
    ways += [in_calendar(field) for field in PaymentCalendar.__dataclass_fields__]
    for (name, kind, given), calendar in product(parts, (None, PaymentCalendar(disbursed=date(2027, 1, 31)))):
        ways += [in_part(name, kind, given, field, calendar) for field in kind.__dataclass_fields__]
    return ways


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: f"{type(value).__name__} {str(value)[:20]}")
def test_whatever_stands_in_whatever_field_is_a_loan_or_a_sentence(value: Any) -> None:
    found = [loan_or_refusal(attempt, value) for attempt in attempts()]
    refusals = [refused for refused in found if isinstance(refused, CalculationError)]
    assert len(refusals) > 20
    for refused in refusals:
        assert refused.issues
        sentences = [MESSAGES[issue.code].format(**issue.params) for issue in refused.issues]
        assert max(len(sentence) for sentence in sentences) < 300
    for terms in found:
        if isinstance(terms, LoanTerms):
            arrays = amortise(terms)
            assert arrays.closing_balance.min() >= 0.0
            assert np.isfinite(arrays.closing_balance).all()
            assert np.isfinite(arrays.interest_due).all()


def loan_or_refusal(attempt: Callable[[Any], LoanTerms], value: Any) -> LoanTerms | CalculationError:
    try:
        return attempt(value)
    except CalculationError as refused:
        return refused


@pytest.mark.parametrize(
    "terms",
    [
        {"calendar": PaymentCalendar(disbursed=date(2028, 2, 29)), "months_between": 12},
        {"days_between": 1, "instalments": 10_000, "calendar": PaymentCalendar(disbursed=date(2027, 1, 1))},
        {"annual_rate": 5.0, "months_between": 12, "instalments": 100},
        {"down_payment_share": 1.0},
        {"principal": 5e-324},
        {"repayment": "stepped", "instalment_pattern": (5e-324,)},
        {"repayment": "custom", "instalment_amounts": (1e13,) * 11},
        {"calendar": PaymentCalendar(disbursed=date(2027, 1, 1), weekend=[5, 6], holidays={date(2027, 2, 1)})},  # type: ignore[arg-type]
    ],
)
def test_terms_at_the_edge_are_still_a_loan(terms: dict[str, Any]) -> None:
    signed = LoanTerms(**(SOUND | terms))
    arrays = amortise(signed)
    assert (arrays.closing_balance[-1] == 0.0).all()
    assert np.isfinite(arrays.interest_due).all()
    repaid = float(arrays.principal_due.sum() + arrays.down_payment[0])
    assert repaid == pytest.approx(signed.principal, rel=1e-9)
    assert hash(signed)


def test_a_year_later_than_29_february_is_28_february_and_then_29_again() -> None:
    terms = LoanTerms(**(SOUND | {"months_between": 12, "instalments": 4}), calendar=dated(disbursed=date(2028, 2, 29)))
    assert due_dates(terms).paid == (date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28), date(2032, 2, 29))
