"""What is wrong with each value of a loan's terms by itself: its type, its range, its choices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite
from typing import Any, get_args

from finance_kit.errors import Issue, Where
from finance_kit.loans import contract
from finance_kit.loans.contract import MAX_INSTALMENTS, LoanFee, PaymentCalendar, PayOut, RateChange
from finance_kit.loans.written_terms import WrittenTerms
from finance_kit.money import RoundingRule

__all__ = ["LONGEST_YEARS", "is_count", "issue", "value_problems"]

LONGEST_YEARS = 100
_MONTHS_BETWEEN = (1, 2, 3, 4, 6, 12)
_HIGHEST_RATE = 5.0  # 500 % a year; whoever writes 12 for 12 % is stopped here
_HIGHEST_AMOUNT = 1e13  # in hundredths still a whole number that a float holds exactly
_EARLIEST, _LATEST = date(1900, 1, 1), date(9_989, 12, 31)  # room for a contract and for moving a day
_LONGEST_ECHO = 40  # letters of a wrong value that a sentence repeats
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
    ("grace_months", 0, 12 * LONGEST_YEARS),
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
# Lists of parts that are more than a number, and what each part has to be.
_PARTS = (("pay_outs", PayOut), ("rate_changes", RateChange), ("fees", LoanFee))


def value_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with each value by itself."""
    for fields, highest in ((_AMOUNTS, _HIGHEST_AMOUNT), (_RATES, _HIGHEST_RATE), (_SHARES, 1.0)):
        for field in fields:
            yield from _number_problems(field, getattr(terms, field), highest)
    for field, lowest, limit in _COUNTS:
        yield from _count_problems(field, getattr(terms, field), lowest, limit)
    if not is_count(terms.months_between) or terms.months_between not in _MONTHS_BETWEEN:
        yield _unknown("months_between", terms.months_between, tuple(map(str, _MONTHS_BETWEEN)))
    for field, choices in _CHOICES:
        yield from _choice_problems(field, getattr(terms, field), get_args(choices))
    for field in ("rounding_unit", "minor_unit"):
        found = getattr(terms, field)
        if found is not None and not (_is_number(found) and 1e-6 <= found <= _HIGHEST_AMOUNT):
            yield issue("loan_unit_not_positive", field, field=field, found=_echo(found))
    yield from _yes_or_no_problems("rounds_interest", terms.rounds_interest)
    for field in _PATTERNS:
        pattern = getattr(terms, field)
        yield from _list_problems(field, pattern)
        for place, weight in _places(field, pattern):
            yield from _number_problems(place, weight, _HIGHEST_AMOUNT)
    yield from _part_problems(terms)
    if terms.calendar is not None:
        yield from _calendar_problems(terms.calendar)


def issue(code: str, field: str, /, **params: Any) -> Issue:
    """A problem of one field."""
    return Issue(code, Where(field), params)


def is_count(value: Any) -> bool:
    """A whole number; a yes or no is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    """A finite number; a yes or no is none."""
    return is_count(value) or (isinstance(value, float) and isfinite(value))


def _echo(found: Any) -> Any:
    """A wrong value as a sentence can repeat it."""
    if _is_number(found) and abs(found) < 1e300:
        return found
    text = str(found)
    return text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]} …"


def _number_problems(field: str, found: Any, highest: float) -> Iterator[Issue]:
    """A number that is none, or lies outside what its kind allows."""
    if not _is_number(found):
        yield issue("loan_not_a_number", field, field=field, found=_echo(found))
    elif found < 0:
        yield issue("loan_negative", field, field=field, found=_echo(found))
    elif found > highest:
        yield issue("loan_too_large", field, field=field, found=_echo(found), highest=highest)


def _count_problems(field: str, found: Any, lowest: int, highest: int) -> Iterator[Issue]:
    """A count that is none, or out of its range."""
    if not is_count(found) or not lowest <= found <= highest:
        yield issue("loan_count_out_of_range", field, field=field, found=_echo(found), lowest=lowest, highest=highest)


def _choice_problems(field: str, found: Any, allowed: tuple[str, ...]) -> Iterator[Issue]:
    """A word that is not one of those that have a meaning."""
    if not isinstance(found, str) or found not in allowed:
        yield _unknown(field, found, allowed)


def _unknown(field: str, found: Any, allowed: tuple[str, ...]) -> Issue:
    """A value that is not among the known ones."""
    return issue("loan_choice_unknown", field, field=field, found=_echo(found), known=", ".join(allowed))


def _yes_or_no_problems(field: str, found: Any) -> Iterator[Issue]:
    """Neither yes nor no."""
    if not isinstance(found, bool):
        yield issue("loan_choice_unknown", field, field=field, found=_echo(found), known="true, false")


def _date_problems(field: str, found: Any) -> Iterator[Issue]:
    """No date, or one that no loan has."""
    if not isinstance(found, date) or isinstance(found, datetime):
        yield issue("loan_not_a_date", field, field=field, found=_echo(found))
    elif not _EARLIEST <= found <= _LATEST:
        yield issue(
            "loan_date_out_of_range", field, field=field, found=found, earliest=_EARLIEST.year, latest=_LATEST.year
        )


def _list_problems(field: str, found: Any) -> Iterator[Issue]:
    """No list."""
    if not isinstance(found, tuple):
        yield issue("loan_not_a_list", field, field=field, found=_echo(found))


def _places(field: str, found: Any) -> Iterator[tuple[str, Any]]:
    """The members of a list, each with its place."""
    if isinstance(found, tuple):
        yield from ((f"{field}.{position}", member) for position, member in enumerate(found))


def _part_problems(terms: WrittenTerms) -> Iterator[Issue]:
    """What is wrong with further pay-outs, changes of rate and fees."""
    for field, kind in _PARTS:
        yield from _list_problems(field, getattr(terms, field))
        for place, part in _places(field, getattr(terms, field)):
            if not isinstance(part, kind):
                yield issue("loan_not_a_part", place, field=place, found=_echo(part), needed=kind.__name__)
            elif isinstance(part, LoanFee):
                yield from _fee_problems(place, part)
            else:
                yield from _event_problems(place, part)


def _event_problems(field: str, event: PayOut | RateChange) -> Iterator[Issue]:
    """What is wrong with a further pay-out or a change of rate."""
    if isinstance(event, PayOut):
        yield from _number_problems(f"{field}.amount", event.amount, _HIGHEST_AMOUNT)
    else:
        yield from _number_problems(f"{field}.annual_rate", event.annual_rate, _HIGHEST_RATE)
        yield from _yes_or_no_problems(f"{field}.keeps_instalment", event.keeps_instalment)
    if event.on is not None:
        yield from _date_problems(f"{field}.on", event.on)
    if event.after_instalment is not None:
        yield from _count_problems(f"{field}.after_instalment", event.after_instalment, 1, MAX_INSTALMENTS)


def _fee_problems(field: str, fee: LoanFee) -> Iterator[Issue]:
    """What is wrong with one further charge."""
    name: Any = fee.name
    if not isinstance(name, str) or not name.strip():
        yield issue("loan_fee_without_name", f"{field}.name", field=f"{field}.name", found=_echo(name) or "empty")
    yield from _number_problems(f"{field}.amount", fee.amount, _HIGHEST_AMOUNT)
    for part in ("share", "covered_share"):
        yield from _number_problems(f"{field}.{part}", getattr(fee, part), 1.0)
    for part, choices in (("basis", contract.FeeBasis), ("when", contract.FeeTiming)):
        yield from _choice_problems(f"{field}.{part}", getattr(fee, part), get_args(choices))
    yield from _yes_or_no_problems(f"{field}.per_year", fee.per_year)


def _calendar_problems(calendar: Any) -> Iterator[Issue]:
    """What is wrong with the parts of a calendar."""
    if not isinstance(calendar, PaymentCalendar):
        yield issue("loan_not_a_part", "calendar", field="calendar", found=_echo(calendar), needed="PaymentCalendar")
        return
    yield from _date_problems("calendar.disbursed", calendar.disbursed)
    for part in ("first_due", "last_due"):
        if getattr(calendar, part) is not None:
            yield from _date_problems(f"calendar.{part}", getattr(calendar, part))
    for part in ("due_dates", "weekend"):
        yield from _list_problems(f"calendar.{part}", getattr(calendar, part))
    for place, day in _places("calendar.due_dates", calendar.due_dates):
        yield from _date_problems(place, day)
    for place, weekday in _places("calendar.weekend", calendar.weekend):
        yield from _count_problems(place, weekday, 0, 6)
    if not isinstance(calendar.holidays, frozenset):
        yield issue("loan_not_a_list", "calendar.holidays", field="calendar.holidays", found=_echo(calendar.holidays))
    else:
        for day in calendar.holidays:
            yield from _date_problems("calendar.holidays", day)
    for part, choices in (("month_end", contract.MonthEnd), ("shift", contract.Shift)):
        yield from _choice_problems(f"calendar.{part}", getattr(calendar, part), get_args(choices))
    yield from _yes_or_no_problems("calendar.interest_follows_shift", calendar.interest_follows_shift)
