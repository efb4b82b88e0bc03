"""What is wrong with terms of a loan whose values are sound but do not go together, and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from finance_kit.errors import CalculationError, Issue
from finance_kit.loans.contract import LoanFee, PaymentCalendar, PayOut, RateChange
from finance_kit.loans.due_dates import DueDates, due_dates
from finance_kit.loans.value_checks import LONGEST_YEARS, is_count, issue
from finance_kit.loans.written_terms import WrittenTerms

__all__ = ["date_problems", "meaning_problems"]

_FINEST = 2**53  # minor units that a float counts one by one
# The repayment that each pattern belongs to, and the code of its absence and of its presence elsewhere.
_PATTERN_OF = {
    "principal_pattern": ("seasonal", "loan_pattern_missing", "loan_pattern_not_used"),
    "instalment_pattern": ("stepped", "loan_steps_missing", "loan_steps_not_used"),
    "instalment_amounts": ("custom", "loan_amounts_missing", "loan_amounts_not_used"),
}


def meaning_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with values that are sound by themselves but do not go together."""
    if terms.weeks_between and terms.days_between:
        yield issue("loan_two_intervals", "days_between")
    if terms.months > 12 * LONGEST_YEARS:
        yield issue("loan_too_long", "instalments", years=round(terms.months / 12), highest=LONGEST_YEARS)
    yield from _grace_problems(terms)
    yield from _repayment_problems(terms)
    yield from _timing_problems(terms)
    if terms.rounding_unit is not None:
        if terms.minor_unit is None:
            yield issue("loan_minor_unit_missing", "minor_unit", rounding_unit=terms.rounding_unit)
        else:
            steps = terms.rounding_unit / terms.minor_unit
            if abs(steps - round(steps)) > 1e-9 * steps:
                yield issue(
                    "loan_unit_not_a_multiple", "rounding_unit", found=terms.rounding_unit, minor_unit=terms.minor_unit
                )
            if terms.principal / terms.minor_unit > _FINEST:
                yield issue("loan_unit_too_fine", "minor_unit", minor_unit=terms.minor_unit, principal=terms.principal)
    if terms.calendar is not None:
        yield from _calendar_problems(terms, terms.calendar)
    elif terms.day_count not in ("period", "30/360 period"):
        yield issue("loan_days_without_dates", "day_count", found=terms.day_count)
    yield from _event_problems(terms)
    for position, fee in enumerate(terms.fees):
        yield from _fee_problems(f"fees.{position}", fee)


def _fee_problems(field: str, fee: LoanFee) -> Iterator[Issue]:
    """What is wrong with one further charge."""
    if (fee.basis == "amount" and fee.share) or (fee.basis != "amount" and fee.amount):
        yield issue("loan_fee_amount_or_share", field, name=fee.name, basis=fee.basis)
    if fee.basis == "instalment" and fee.when in ("pay_out", "capitalised", "yearly"):
        yield issue("loan_fee_without_instalment", field, name=fee.name)
    if fee.per_year and (fee.basis == "amount" or fee.when != "each_instalment"):
        yield issue("loan_fee_per_year", field, name=fee.name)


def _grace_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with a grace."""
    grace = terms.grace_months
    by_months = terms.interval[0] == "months"
    if grace and (terms.grace_instalments or not by_months):
        yield issue("loan_grace_twice" if by_months else "loan_grace_in_months", "grace_months", grace_months=grace)
        return
    if grace % terms.months_between:
        yield issue(
            "loan_grace_not_whole_periods", "grace_months", grace_months=grace, months_between=terms.months_between
        )
    periods = terms.grace_periods
    if periods >= terms.instalments and grace:
        yield issue(
            "loan_grace_too_long",
            "grace_months",
            grace_months=grace,
            loan_months=round(terms.months),
            instalments=terms.instalments,
        )
    for field in ("grace_instalments", "interest_grace_instalments"):
        found = getattr(terms, field)
        if found >= terms.instalments:
            yield issue("loan_grace_of_all", field, field=field, found=found, instalments=terms.instalments)
    if terms.interest_free_instalments > terms.instalments:
        yield issue(
            "loan_free_of_more",
            "interest_free_instalments",
            found=terms.interest_free_instalments,
            instalments=terms.instalments,
        )
    if terms.repayment == "bullet" and periods:
        yield issue("loan_grace_on_bullet", "grace_months", grace_months=grace or periods)
    if terms.quotation == "flat" and terms.capitalises:
        yield issue("loan_flat_not_capitalised", "grace_interest")
    if terms.interest_grace_instalments and (periods or terms.quotation == "flat" or terms.repayment == "bullet"):
        yield issue("loan_interest_grace_alone", "interest_grace_instalments")


def _repayment_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with the way of repaying."""
    if terms.repayment != "balloon" and terms.balloon_share > 0:
        yield issue("loan_balloon_not_used", "balloon_share", found=terms.balloon_share, repayment=terms.repayment)
    for field, (kind, missing, not_used) in _PATTERN_OF.items():
        pattern = getattr(terms, field)
        if terms.repayment != kind and pattern:
            yield issue(not_used, field, repayment=terms.repayment)
        elif terms.repayment == kind and not pattern and not (kind == "custom" and terms.paying_periods == 1):
            yield issue(missing, field, paying=terms.paying_periods)
    paying = max(terms.paying_periods, 0)
    if terms.principal_pattern and sum(terms.principal_pattern[:paying]) <= 0:
        yield issue("loan_pattern_all_zero", "principal_pattern", paying=paying)
    if terms.instalment_pattern and not (all(terms.instalment_pattern) or sum(terms.instalment_pattern[:paying]) > 0):
        yield issue("loan_pattern_all_zero", "instalment_pattern", paying=paying)
    if terms.repayment == "custom" and terms.instalment_amounts and len(terms.instalment_amounts) != paying - 1:
        yield issue("loan_amounts_count", "instalment_amounts", found=len(terms.instalment_amounts), needed=paying - 1)
    if terms.quotation == "flat" and terms.repayment in ("stepped", "custom"):
        yield issue("loan_flat_not_stepped", "repayment", repayment=terms.repayment)
    if not terms.rounds_interest and terms.rounding_unit is None:
        yield issue("loan_rounds_nothing", "rounds_interest")


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
        yield issue("loan_advance_is_plain", "interest_timing", found=terms.interest_timing)
    elif terms.interest_timing == "advance" and terms.quotation == "flat":
        yield issue("loan_advance_not_flat", "interest_timing")
    elif terms.annual_rate * terms.months / 12 / (terms.instalments if terms.interest_timing == "advance" else 1) >= 1:
        yield issue("loan_advance_takes_all", "annual_rate", found=terms.annual_rate)


def _calendar_problems(terms: WrittenTerms, calendar: PaymentCalendar) -> Iterator[Issue]:
    """What is wrong with the dates."""
    if calendar.first_due is not None and calendar.first_due <= calendar.disbursed:
        yield issue(
            "loan_first_due_too_early", "calendar.first_due", first=calendar.first_due, disbursed=calendar.disbursed
        )
    given = calendar.due_dates
    if given:
        if len(given) != terms.instalments:
            yield issue("loan_dates_count", "calendar.due_dates", found=len(given), needed=terms.instalments)
        for position, (earlier, later) in enumerate(pairwise((calendar.disbursed, *given))):
            if later <= earlier:
                yield issue("loan_dates_not_rising", f"calendar.due_dates.{position}", found=later, earlier=earlier)
        if calendar.first_due is not None or calendar.last_due is not None:
            yield issue("loan_dates_twice", "calendar.due_dates")
    elif not calendar.disbursed.year + terms.months / 12 < 9_990:
        yield issue("loan_too_late", "calendar.disbursed", found=calendar.disbursed)
    if len(set(calendar.weekend)) >= 7:
        yield issue("loan_no_working_day", "calendar.weekend")
    begins = calendar.first_due or calendar.disbursed
    ends = max(begins, calendar.last_due or begins, *given)
    years = ends.year - calendar.disbursed.year + (0 if given else terms.months / 12)
    if years > LONGEST_YEARS + 1:
        yield issue("loan_too_long", "calendar", years=round(years), highest=LONGEST_YEARS)


def _event_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with further pay-outs and changes of rate: where they stand in time, and their sum."""
    yield from _order_problems(terms, "pay_outs", terms.pay_outs)
    yield from _order_problems(terms, "rate_changes", terms.rate_changes)
    further = sum(pay_out.amount for pay_out in terms.pay_outs)
    first = terms.principal - further
    if terms.pay_outs and first <= 0:
        yield issue("loan_pay_outs_exceed", "pay_outs", found=further, principal=terms.principal)
    elif terms.down_payment_share * terms.principal > first:
        yield issue("loan_down_payment_exceeds", "down_payment_share", found=terms.down_payment_share, first=first)
    if terms.quotation == "flat" and (terms.pay_outs or terms.rate_changes):
        yield issue("loan_flat_is_fixed", "pay_outs" if terms.pay_outs else "rate_changes")
    if terms.repayment in ("custom", "stepped") and (terms.pay_outs or terms.rate_changes):
        yield issue("loan_agreed_is_fixed", "repayment", repayment=terms.repayment)


def _order_problems(terms: WrittenTerms, name: str, events: Sequence[PayOut | RateChange]) -> Iterator[Issue]:
    """Events that are not placed by day (or instalment), not in order, or not within the loan."""
    calendar = terms.calendar
    last: Any = None
    for position, event in enumerate(events):
        field = f"{name}.{position}"
        place: Any = event.after_instalment if calendar is None else event.on
        if place is None or (event.on is not None and event.after_instalment is not None):
            yield issue("loan_event_needs_day" if calendar else "loan_event_needs_instalment", field)
            continue
        outside = place <= calendar.disbursed if calendar else not (is_count(place) and 1 <= place < terms.instalments)
        if outside or (last is not None and place <= last):
            yield issue("loan_event_out_of_order", field, found=place)
        last = place


def date_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with the days that the terms come to, once everything else is sound."""
    if terms.calendar is None:
        return
    try:
        dates = due_dates(terms)
    except CalculationError as refused:
        yield issue(refused.code, "calendar", **refused.params)
        return
    for position, pay_out in enumerate(terms.pay_outs):
        if pay_out.on is not None and pay_out.on >= min(dates.nominal[-1], dates.paid[-1]):
            yield issue("loan_pay_out_after_end", f"pay_outs.{position}", found=pay_out.on)
    if terms.interest_timing != "arrears" and terms.annual_rate * _years_beforehand(terms, dates) >= 1:
        yield issue("loan_advance_takes_all", "annual_rate", found=terms.annual_rate)


def _years_beforehand(terms: WrittenTerms, dates: DueDates) -> float:
    """Longest time, in years of 360 days, whose interest is paid at its beginning."""
    days = (dates.disbursed, *dates.paid)
    whole = terms.interest_timing == "up_front" or terms.repayment == "bullet"
    longest = days[-1] - days[0] if whole else max(later - earlier for earlier, later in pairwise(days))
    return longest.days / 360
