"""What is wrong with the terms of a loan, each problem with its field and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any, get_args

from finance_kit.errors import Issue, Where
from finance_kit.loans import contract
from finance_kit.loans.contract import MAX_INSTALMENTS, LoanFee, PaymentCalendar, PayOut, RateChange
from finance_kit.loans.written_terms import WrittenTerms
from finance_kit.money import RoundingRule

__all__ = ["meaning_problems", "value_problems"]

_MONTHS_BETWEEN = (1, 2, 3, 4, 6, 12)
_HIGHEST_RATE = 5.0  # 500 % a year; whoever writes 12 for 12 % is stopped here
_HIGHEST_AMOUNT = 1e13  # in hundredths still a whole number that a float holds exactly
_LONGEST_YEARS = 100
_RATES = ("annual_rate", "savings_annual_rate")
_SHARES = (
    "balloon_share",
    "upfront_fee_share",
    "insurance_share_per_year",
    "compulsory_savings_share",
    "savings_instalment_share",
    "down_payment_share",
)
_AMOUNTS = ("principal", "upfront_fee_amount", "instalment_fee_amount")
_PATTERNS = ("principal_pattern", "instalment_pattern", "instalment_amounts")
_COUNTS = (
    ("instalments", 1, MAX_INSTALMENTS),
    ("grace_months", 0, 12 * _LONGEST_YEARS),
    ("grace_instalments", 0, MAX_INSTALMENTS),
    ("interest_grace_instalments", 0, MAX_INSTALMENTS),
    ("interest_free_instalments", 0, MAX_INSTALMENTS),
    ("weeks_between", 0, 52),
    ("days_between", 0, 366),
)
_CHOICES = (
    ("repayment", contract.Repayment),
    ("quotation", contract.Quotation),
    ("interest_timing", contract.InterestTiming),
    ("grace_kind", contract.GraceKind),
    ("grace_interest", contract.GraceInterest),
    ("day_count", contract.LoanDayCount),
    ("method", contract.ScheduleMethod),
    ("remainder", contract.Remainder),
    ("rounding_rule", RoundingRule),
)
# The repayment that each pattern belongs to, and the code of its absence and of its presence elsewhere.
_PATTERN_OF = {
    "principal_pattern": ("seasonal", "loan_pattern_missing", "loan_pattern_not_used"),
    "instalment_pattern": ("stepped", "loan_steps_missing", "loan_steps_not_used"),
    "instalment_amounts": ("custom", "loan_amounts_missing", "loan_amounts_not_used"),
}


def value_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with each value by itself."""
    for fields, highest in ((_AMOUNTS, _HIGHEST_AMOUNT), (_RATES, _HIGHEST_RATE), (_SHARES, 1.0)):
        for field in fields:
            yield from _number_problems(field, getattr(terms, field), highest)
    for field, lowest, limit in _COUNTS:
        found = getattr(terms, field)
        if not _is_count(found) or not lowest <= found <= limit:
            yield _issue("loan_count_out_of_range", field, field=field, found=found, lowest=lowest, highest=limit)
    if terms.months_between not in _MONTHS_BETWEEN:
        known = ", ".join(map(str, _MONTHS_BETWEEN))
        yield _issue(
            "loan_choice_unknown", "months_between", field="months_between", found=terms.months_between, known=known
        )
    for field, choices in _CHOICES:
        found, allowed = getattr(terms, field), get_args(choices)
        if found not in allowed:
            yield _issue("loan_choice_unknown", field, field=field, found=found, known=", ".join(allowed))
    for field in ("rounding_unit", "minor_unit"):
        found = getattr(terms, field)
        if found is not None and not (_is_number(found) and 1e-6 <= found <= _HIGHEST_AMOUNT):
            yield _issue("loan_unit_not_positive", field, field=field, found=found)
    for field in _PATTERNS:
        for position, weight in enumerate(getattr(terms, field)):
            yield from _number_problems(f"{field}.{position}", weight, _HIGHEST_AMOUNT)
    for position, change in enumerate(terms.rate_changes):
        yield from _number_problems(f"rate_changes.{position}.annual_rate", change.annual_rate, _HIGHEST_RATE)
    for position, pay_out in enumerate(terms.pay_outs):
        yield from _number_problems(f"pay_outs.{position}.amount", pay_out.amount, _HIGHEST_AMOUNT)
    for position, fee in enumerate(terms.fees):
        yield from _fee_problems(f"fees.{position}", fee)


def meaning_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with values that are sound by themselves but do not go together."""
    if terms.weeks_between and terms.days_between:
        yield _issue("loan_two_intervals", "days_between")
    if terms.months > 12 * _LONGEST_YEARS:
        yield _issue("loan_too_long", "instalments", years=round(terms.months / 12), highest=_LONGEST_YEARS)
    yield from _grace_problems(terms)
    yield from _repayment_problems(terms)
    yield from _timing_problems(terms)
    if terms.rounding_unit is not None:
        if terms.minor_unit is None:
            yield _issue("loan_minor_unit_missing", "minor_unit", rounding_unit=terms.rounding_unit)
        else:
            steps = terms.rounding_unit / terms.minor_unit
            if abs(steps - round(steps)) > 1e-9 * steps:
                yield _issue(
                    "loan_unit_not_a_multiple", "rounding_unit", found=terms.rounding_unit, minor_unit=terms.minor_unit
                )
    if terms.calendar is not None:
        yield from _calendar_problems(terms, terms.calendar)
    elif terms.day_count not in ("period", "30/360 period"):
        yield _issue("loan_days_without_dates", "day_count", found=terms.day_count)
    yield from _event_problems(terms)


def _issue(code: str, field: str, /, **params: Any) -> Issue:
    """A problem of one field."""
    return Issue(code, Where(field), params)


def _is_number(value: Any) -> bool:
    """A finite number; a yes or no is none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_count(value: Any) -> bool:
    """A whole number; a yes or no is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def _number_problems(field: str, found: Any, highest: float) -> Iterator[Issue]:
    """A number that is none, or lies outside what its kind allows."""
    if not _is_number(found):
        yield _issue("loan_not_a_number", field, field=field, found=found)
    elif found < 0:
        yield _issue("loan_negative", field, field=field, found=found)
    elif found > highest:
        yield _issue("loan_too_large", field, field=field, found=found, highest=highest)


def _fee_problems(field: str, fee: LoanFee) -> Iterator[Issue]:
    """What is wrong with one further charge."""
    yield from _number_problems(f"{field}.amount", fee.amount, _HIGHEST_AMOUNT)
    yield from _number_problems(f"{field}.share", fee.share, 1.0)
    yield from _number_problems(f"{field}.covered_share", fee.covered_share, 1.0)
    for part, choices in (("basis", contract.FeeBasis), ("when", contract.FeeTiming)):
        found, allowed = getattr(fee, part), get_args(choices)
        if found not in allowed:
            yield _issue(
                "loan_choice_unknown", f"{field}.{part}", field=f"{field}.{part}", found=found, known=", ".join(allowed)
            )
    if (fee.basis == "amount" and fee.share) or (fee.basis != "amount" and fee.amount):
        yield _issue("loan_fee_amount_or_share", field, name=fee.name, basis=fee.basis)
    if fee.basis == "instalment" and fee.when in ("pay_out", "capitalised", "yearly"):
        yield _issue("loan_fee_without_instalment", field, name=fee.name)


def _grace_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with a grace."""
    grace = terms.grace_months
    by_months = terms.interval[0] == "months"
    if grace and (terms.grace_instalments or not by_months):
        yield _issue("loan_grace_twice" if by_months else "loan_grace_in_months", "grace_months", grace_months=grace)
        return
    if grace % terms.months_between:
        yield _issue(
            "loan_grace_not_whole_periods", "grace_months", grace_months=grace, months_between=terms.months_between
        )
    periods = terms.grace_periods
    if periods >= terms.instalments and grace:
        yield _issue(
            "loan_grace_too_long",
            "grace_months",
            grace_months=grace,
            loan_months=round(terms.months),
            instalments=terms.instalments,
        )
    for field in ("grace_instalments", "interest_grace_instalments"):
        found = getattr(terms, field)
        if found >= terms.instalments:
            yield _issue("loan_grace_of_all", field, field=field, found=found, instalments=terms.instalments)
    if terms.interest_free_instalments > terms.instalments:
        yield _issue(
            "loan_free_of_more",
            "interest_free_instalments",
            found=terms.interest_free_instalments,
            instalments=terms.instalments,
        )
    if terms.repayment == "bullet" and periods:
        yield _issue("loan_grace_on_bullet", "grace_months", grace_months=grace or periods)
    if terms.quotation == "flat" and terms.capitalises:
        yield _issue("loan_flat_not_capitalised", "grace_interest")
    if terms.interest_grace_instalments and (periods or terms.quotation == "flat" or terms.repayment == "bullet"):
        yield _issue("loan_interest_grace_alone", "interest_grace_instalments")


def _repayment_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with the way of repaying."""
    if terms.repayment != "balloon" and terms.balloon_share > 0:
        yield _issue("loan_balloon_not_used", "balloon_share", found=terms.balloon_share, repayment=terms.repayment)
    for field, (kind, missing, not_used) in _PATTERN_OF.items():
        pattern = getattr(terms, field)
        if terms.repayment != kind and pattern:
            yield _issue(not_used, field, repayment=terms.repayment)
        elif terms.repayment == kind and not pattern and not (kind == "custom" and terms.paying_periods == 1):
            yield _issue(missing, field, paying=terms.paying_periods)
    paying = max(terms.paying_periods, 0)
    if terms.principal_pattern and sum(terms.principal_pattern[:paying]) <= 0:
        yield _issue("loan_pattern_all_zero", "principal_pattern", paying=paying)
    if terms.instalment_pattern and not (all(terms.instalment_pattern) or sum(terms.instalment_pattern[:paying]) > 0):
        yield _issue("loan_pattern_all_zero", "instalment_pattern", paying=paying)
    if terms.repayment == "custom" and terms.instalment_amounts and len(terms.instalment_amounts) != paying - 1:
        yield _issue("loan_amounts_count", "instalment_amounts", found=len(terms.instalment_amounts), needed=paying - 1)
    if terms.quotation == "flat" and terms.repayment in ("stepped", "custom"):
        yield _issue("loan_flat_not_stepped", "repayment", repayment=terms.repayment)
    if not terms.rounds_interest and terms.rounding_unit is None:
        yield _issue("loan_rounds_nothing", "rounds_interest")


def _timing_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with interest that is paid before it has run."""
    if terms.interest_timing == "arrears":
        return
    plain = not (
        terms.pay_outs
        or terms.rate_changes
        or terms.interest_grace_instalments
        or terms.interest_free_instalments
        or (terms.grace_periods and not terms.pays_in_grace)
        or terms.repayment in ("stepped", "custom", "balloon")
        or terms.method == "progressive"
        or terms.remainder == "first"
    )
    if not plain:
        yield _issue("loan_advance_is_plain", "interest_timing", found=terms.interest_timing)
    elif terms.interest_timing == "advance" and terms.quotation == "flat":
        yield _issue("loan_advance_not_flat", "interest_timing")
    elif terms.annual_rate * terms.months / 12 / (terms.instalments if terms.interest_timing == "advance" else 1) >= 1:
        yield _issue("loan_advance_takes_all", "annual_rate", found=terms.annual_rate)


def _calendar_problems(terms: WrittenTerms, calendar: PaymentCalendar) -> Iterator[Issue]:
    """What is wrong with the dates."""
    for part, choices in (("month_end", contract.MonthEnd), ("shift", contract.Shift)):
        found, allowed = getattr(calendar, part), get_args(choices)
        if found not in allowed:
            field = f"calendar.{part}"
            yield _issue("loan_choice_unknown", field, field=field, found=found, known=", ".join(allowed))
    if calendar.first_due is not None and calendar.first_due <= calendar.disbursed:
        yield _issue(
            "loan_first_due_too_early", "calendar.first_due", first=calendar.first_due, disbursed=calendar.disbursed
        )
    given = calendar.due_dates
    if given:
        if len(given) != terms.instalments:
            yield _issue("loan_dates_count", "calendar.due_dates", found=len(given), needed=terms.instalments)
        for position, (earlier, later) in enumerate(pairwise((calendar.disbursed, *given))):
            if later <= earlier:
                yield _issue("loan_dates_not_rising", f"calendar.due_dates.{position}", found=later, earlier=earlier)
        if calendar.first_due is not None or calendar.last_due is not None:
            yield _issue("loan_dates_twice", "calendar.due_dates")
    elif not calendar.disbursed.year + terms.months / 12 < 9_990:
        yield _issue("loan_too_late", "calendar.disbursed", found=calendar.disbursed)
    if len(set(calendar.weekend)) >= 7:
        yield _issue("loan_no_working_day", "calendar.weekend")


def _event_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with further pay-outs and changes of rate: where they stand in time, and their sum."""
    yield from _order_problems(terms, "pay_outs", terms.pay_outs)
    yield from _order_problems(terms, "rate_changes", terms.rate_changes)
    further = sum(pay_out.amount for pay_out in terms.pay_outs)
    if terms.pay_outs and further >= terms.principal:
        yield _issue("loan_pay_outs_exceed", "pay_outs", found=further, principal=terms.principal)
    if terms.quotation == "flat" and (terms.pay_outs or terms.rate_changes):
        yield _issue("loan_flat_is_fixed", "pay_outs" if terms.pay_outs else "rate_changes")
    if terms.repayment in ("custom", "stepped") and (terms.pay_outs or terms.rate_changes):
        yield _issue("loan_agreed_is_fixed", "repayment", repayment=terms.repayment)


def _order_problems(terms: WrittenTerms, name: str, events: Sequence[PayOut | RateChange]) -> Iterator[Issue]:
    """Events that are not placed by day (or instalment), not in order, or not within the loan."""
    calendar = terms.calendar
    last: Any = None
    for position, event in enumerate(events):
        field = f"{name}.{position}"
        place: Any = event.after_instalment if calendar is None else event.on
        if place is None or (event.on is not None and event.after_instalment is not None):
            yield _issue("loan_event_needs_day" if calendar else "loan_event_needs_instalment", field)
            continue
        outside = place <= calendar.disbursed if calendar else not (_is_count(place) and 1 <= place < terms.instalments)
        if outside or (last is not None and place <= last):
            yield _issue("loan_event_out_of_order", field, found=place)
        last = place
