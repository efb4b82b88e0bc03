"""What a borrower signs: the terms of one loan, checked when they are written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal, get_args

from finance_kit.errors import CalculationError, Issue, Where
from finance_kit.money import RoundingRule

__all__ = ["MAX_INSTALMENTS", "GraceInterest", "GraceKind", "LoanTerms", "Quotation", "Repayment"]

Repayment = Literal["annuity", "equal_principal", "interest_only", "bullet", "balloon", "seasonal"]
Quotation = Literal["declining", "flat"]
GraceKind = Literal["principal_only", "full"]
GraceInterest = Literal["capitalised", "deferred"]

MAX_INSTALMENTS = 1_200
"""Longest contract: a hundred years of months."""

_MONTHS_BETWEEN = (1, 2, 3, 4, 6, 12)
_HIGHEST_RATE = 5.0  # 500 % a year; whoever writes 12 for 12 % is stopped here
_HIGHEST_AMOUNT = 1e13  # in hundredths still a whole number that a float holds exactly
_RATES = ("annual_rate", "savings_annual_rate")
_SHARES = ("balloon_share", "upfront_fee_share", "insurance_share_per_year", "compulsory_savings_share")
_AMOUNTS = ("principal", "upfront_fee_amount", "instalment_fee_amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """Terms of one loan, paid out in one sum; checked as a whole when it is made.

    Parameters
    ----------
    principal : sum lent, in the loan's currency; 0 is a loan that changes nothing
    annual_rate : interest a year as quoted, a fraction (0.18 is 18 %); each period bears ``annual_rate *
        months_between / 12`` (nominal rate, equal periods)
    instalments : number of instalment periods in the contract, grace included
    months_between : months from one instalment to the next: 1, 2, 3, 4, 6 or 12
    repayment : ``annuity`` equal instalments; ``equal_principal``; ``interest_only`` interest each period and the
        principal with the last; ``bullet`` everything with the last, interest simple (not on interest); ``balloon``
        equal instalments that leave ``balloon_share`` of the principal for the last; ``seasonal`` principal in
        proportion to ``principal_pattern``, interest each period
    balloon_share : for ``balloon``, share of what is owed when repayment begins
    principal_pattern : for ``seasonal``, weight of each instalment after the grace, repeated as often as needed
    quotation : ``declining`` interest on the balance; ``flat`` total interest is ``principal * annual_rate * years``
        of the whole contract, spread evenly over the instalments that pay interest, and principal is spread evenly
        too (by the pattern or to the last instalment where ``repayment`` says so)
    grace_months : months at the beginning without principal, a multiple of ``months_between``
    grace_kind : ``principal_only`` interest is paid meanwhile; ``full`` nothing is paid
    grace_interest : interest of a full grace is ``capitalised`` (added to the principal at the end of each period,
        and bears interest) or ``deferred`` (paid on top of the first instalment after the grace, without interest;
        with a flat quotation, spread over the instalments that are left)
    upfront_fee_share, upfront_fee_amount : kept back at pay-out, share of the principal plus a fixed sum
    instalment_fee_amount : paid with each instalment; none in a period without an instalment
    insurance_share_per_year : share a year of the balance at the start of each period, paid every period
    compulsory_savings_share : share of the principal deposited at pay-out, returned with the last instalment
    savings_annual_rate : simple interest on that deposit, credited each period, returned with it
    rounding_unit : instalments are multiples of it and the last one clears the balance; ``None`` rounds nothing
    minor_unit : smallest amount written, to which interest and fees are rounded; needed with ``rounding_unit``
    rounding_rule : for instalments and interest; ``up`` concerns the instalment only (interest is then half-even)

    Raises
    ------
    CalculationError : code and params of the first problem; ``issues`` holds all of them

    Notes
    -----
    Rounding and deferral follow the published schedules of the core-banking system that many microfinance
    institutions run (Apache Fineract, "cumulative" loan schedule): level instalment rounded once, interest of each
    period rounded, remainder in the last instalment.
    """

    principal: float
    annual_rate: float
    instalments: int
    months_between: int = 1
    repayment: Repayment = "annuity"
    balloon_share: float = 0.0
    principal_pattern: tuple[float, ...] = ()
    quotation: Quotation = "declining"
    grace_months: int = 0
    grace_kind: GraceKind = "principal_only"
    grace_interest: GraceInterest = "capitalised"
    upfront_fee_share: float = 0.0
    upfront_fee_amount: float = 0.0
    instalment_fee_amount: float = 0.0
    insurance_share_per_year: float = 0.0
    compulsory_savings_share: float = 0.0
    savings_annual_rate: float = 0.0
    rounding_unit: float | None = None
    minor_unit: float | None = None
    rounding_rule: RoundingRule = "half_even"

    def __post_init__(self) -> None:
        problems = tuple(_value_problems(self))
        # What the terms mean together can only be asked once each of them is a sound value.
        problems = problems or tuple(_meaning_problems(self))
        if problems:
            raise CalculationError(problems[0].code, problems, **problems[0].params)

    @property
    def periods_a_year(self) -> float:
        """Instalment periods in a year."""
        return 12 / self.months_between

    @property
    def months(self) -> int:
        """Length of the contract in months."""
        return self.instalments * self.months_between

    @property
    def grace_periods(self) -> int:
        """Instalment periods without principal at the beginning."""
        return self.grace_months // self.months_between

    @property
    def paying_periods(self) -> int:
        """Instalment periods after the grace."""
        return self.instalments - self.grace_periods

    @property
    def pays_in_grace(self) -> bool:
        """Whether interest is paid while principal is not."""
        return self.grace_kind == "principal_only"

    @property
    def capitalises(self) -> bool:
        """Whether interest may join the principal."""
        return self.grace_months > 0 and not self.pays_in_grace and self.grace_interest == "capitalised"

    @property
    def has_fees(self) -> bool:
        """Whether anything is charged beside interest."""
        fees = (self.upfront_fee_share, self.upfront_fee_amount, self.instalment_fee_amount)
        return any(fees) or self.insurance_share_per_year > 0


def _issue(code: str, field: str, /, **params: Any) -> Issue:
    """A problem of one field."""
    return Issue(code, Where(field), params)


def _is_number(value: Any) -> bool:
    """A finite number; a yes or no is none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_count(value: Any) -> bool:
    """A whole number; a yes or no is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def _value_problems(terms: LoanTerms) -> Iterator[Issue]:
    """What is wrong with each value by itself."""
    for fields, highest in ((_AMOUNTS, _HIGHEST_AMOUNT), (_RATES, _HIGHEST_RATE), (_SHARES, 1.0)):
        for field in fields:
            yield from _number_problems(field, getattr(terms, field), highest)
    for field, lowest, limit in (("instalments", 1, MAX_INSTALMENTS), ("grace_months", 0, MAX_INSTALMENTS)):
        found = getattr(terms, field)
        if not _is_count(found) or not lowest <= found <= limit:
            yield _issue(f"loan_{field}_out_of_range", field, found=found, lowest=lowest, highest=limit)
    if terms.months_between not in _MONTHS_BETWEEN:
        known = ", ".join(map(str, _MONTHS_BETWEEN))
        yield _issue(
            "loan_choice_unknown", "months_between", field="months_between", found=terms.months_between, known=known
        )
    for field, choices in (
        ("repayment", Repayment),
        ("quotation", Quotation),
        ("grace_kind", GraceKind),
        ("grace_interest", GraceInterest),
        ("rounding_rule", RoundingRule),
    ):
        found, allowed = getattr(terms, field), get_args(choices)
        if found not in allowed:
            yield _issue("loan_choice_unknown", field, field=field, found=found, known=", ".join(allowed))
    for field in ("rounding_unit", "minor_unit"):
        found = getattr(terms, field)
        if found is not None and not (_is_number(found) and 1e-6 <= found <= _HIGHEST_AMOUNT):
            yield _issue("loan_unit_not_positive", field, field=field, found=found)
    for position, weight in enumerate(terms.principal_pattern):
        yield from _number_problems(f"principal_pattern.{position}", weight, _HIGHEST_AMOUNT)


def _number_problems(field: str, found: Any, highest: float) -> Iterator[Issue]:
    """A number that is none, or lies outside what its kind allows."""
    if not _is_number(found):
        yield _issue("loan_not_a_number", field, field=field, found=found)
    elif found < 0:
        yield _issue("loan_negative", field, field=field, found=found)
    elif found > highest:
        yield _issue("loan_too_large", field, field=field, found=found, highest=highest)


def _meaning_problems(terms: LoanTerms) -> Iterator[Issue]:
    """What is wrong with values that are sound by themselves but do not go together."""
    if terms.months > MAX_INSTALMENTS:
        yield _issue("loan_too_long", "instalments", months=terms.months, highest=MAX_INSTALMENTS)
    yield from _grace_problems(terms)
    if terms.repayment != "balloon" and terms.balloon_share > 0:
        yield _issue("loan_balloon_not_used", "balloon_share", found=terms.balloon_share, repayment=terms.repayment)
    if terms.repayment != "seasonal" and terms.principal_pattern:
        yield _issue("loan_pattern_not_used", "principal_pattern", repayment=terms.repayment)
    if terms.repayment == "seasonal":
        if not terms.principal_pattern:
            yield _issue("loan_pattern_missing", "principal_pattern")
        elif sum(terms.principal_pattern[: max(terms.paying_periods, 0)]) <= 0:
            yield _issue("loan_pattern_all_zero", "principal_pattern", paying=terms.paying_periods)
    if terms.rounding_unit is not None:
        if terms.minor_unit is None:
            yield _issue("loan_minor_unit_missing", "minor_unit", rounding_unit=terms.rounding_unit)
        else:
            steps = terms.rounding_unit / terms.minor_unit
            if abs(steps - round(steps)) > 1e-9 * steps:
                yield _issue(
                    "loan_unit_not_a_multiple", "rounding_unit", found=terms.rounding_unit, minor_unit=terms.minor_unit
                )


def _grace_problems(terms: LoanTerms) -> Iterator[Issue]:
    """What is wrong with a grace."""
    grace = terms.grace_months
    if grace == 0:
        return
    if grace % terms.months_between:
        yield _issue(
            "loan_grace_not_whole_periods", "grace_months", grace_months=grace, months_between=terms.months_between
        )
    if grace >= terms.months:
        yield _issue(
            "loan_grace_too_long",
            "grace_months",
            grace_months=grace,
            loan_months=terms.months,
            instalments=terms.instalments,
        )
    if terms.repayment == "bullet":
        yield _issue("loan_grace_on_bullet", "grace_months", grace_months=grace)
    if terms.quotation == "flat" and terms.grace_kind == "full" and terms.grace_interest == "capitalised":
        yield _issue("loan_flat_not_capitalised", "grace_interest")
