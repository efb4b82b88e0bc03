"""The vocabulary of a contract, and its parts that a plain monthly loan does not need: dates, pay-outs, rates, fees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = [
    "MAX_INSTALMENTS",
    "FeeBasis",
    "FeeTiming",
    "GraceInterest",
    "GraceKind",
    "InterestTiming",
    "LoanDayCount",
    "LoanFee",
    "MonthEnd",
    "PayOut",
    "PaymentCalendar",
    "Quotation",
    "RateChange",
    "Remainder",
    "Repayment",
    "ScheduleMethod",
    "Shift",
]

LoanDayCount = Literal[
    "period",
    "30/360 period",
    "actual/actual",
    "30/360",
    "30E/360",
    "30E/360 ISDA",
    "30U/360",
    "actual/360",
    "actual/364",
    "actual/365",
    "actual/365 leap",
    "actual/actual ISDA",
]
Repayment = Literal["annuity", "equal_principal", "interest_only", "bullet", "balloon", "seasonal", "stepped", "custom"]
Quotation = Literal["declining", "flat"]
GraceKind = Literal["principal_only", "full"]
GraceInterest = Literal["capitalised", "deferred"]
InterestTiming = Literal["arrears", "advance", "up_front"]
ScheduleMethod = Literal["cumulative", "progressive"]
Remainder = Literal["last", "first"]

MAX_INSTALMENTS = 10_000
"""Longest contract: daily instalments over 27 years, monthly ones over a hundred."""

MonthEnd = Literal["last_day", "first_of_next_month", "stay_at_end"]
Shift = Literal["none", "following", "modified_following", "preceding"]
FeeTiming = Literal["pay_out", "capitalised", "each_instalment", "yearly", "last_instalment"]
FeeBasis = Literal["amount", "principal", "outstanding", "instalment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCalendar:
    """Dates of a loan; without one, a loan is counted in equal periods and carries no dates.

    Parameters
    ----------
    disbursed : day of the (first) pay-out
    first_due : day of the first instalment, from which the others are counted; ``None``: one interval after pay-out.
        A first period that is longer or shorter than the interval is a broken one and bears interest for its length
    due_dates : every due date as agreed (harvest dates, say), instead of an interval
    last_due : moves the last due date only
    month_end : what becomes of the 29th–31st in a short month: ``last_day`` of it; ``first_of_next_month``; or
        ``stay_at_end``, where a first date on the last day of its month keeps all of them there. Dates are always
        counted from the first one, so that the 31st comes back
    shift : what becomes of a date on a day off: ``none``, ``following`` working day, ``modified_following`` (the
        preceding one where the following lies in the next month), ``preceding``
    weekend : days of the week that are off, Monday 0
    holidays : other days off
    interest_follows_shift : whether a moved payment bears interest to the day it is made, or to the nominal day
    """

    disbursed: date
    first_due: date | None = None
    due_dates: tuple[date, ...] = ()
    last_due: date | None = None
    month_end: MonthEnd = "last_day"
    shift: Shift = "none"
    weekend: tuple[int, ...] = (5, 6)
    holidays: frozenset[date] = frozenset()
    interest_follows_shift: bool = True

    def __post_init__(self) -> None:
        for field, kind in (("due_dates", tuple), ("weekend", tuple), ("holidays", frozenset)):
            written = getattr(self, field)
            plain = isinstance(written, list | tuple | set) and all(isinstance(day, date | int) for day in written)
            if plain:  # any list is as good; what is none is told with the terms
                object.__setattr__(self, field, kind(written))


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOut:
    """A further pay-out of the same loan; what is owed after it is repaid in instalments set anew.

    The first of them is that of the period in which it is paid out, and holds the interest that really runs in it.

    Parameters
    ----------
    amount : part of the principal, in the loan's currency
    on : day of the pay-out, for a loan with dates
    after_instalment : for a loan without dates: paid out on the day of this instalment (1 is the first), after it
    """

    amount: float
    on: date | None = None
    after_instalment: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """Another quoted rate from a day on.

    Parameters
    ----------
    annual_rate : from then on, a fraction a year as quoted
    on : day from which it holds, for a loan with dates
    after_instalment : for a loan without dates: it holds for the periods after this instalment
    keeps_instalment : the instalment stays as it was and the last one takes the difference; otherwise it is set anew
        from the first due date after the change, so that the loan ends as agreed. A change before the first instalment
        is set (in a grace) is in it either way
    """

    annual_rate: float
    on: date | None = None
    after_instalment: int | None = None
    keeps_instalment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanFee:
    """A charge that the plain fee fields of the terms do not cover.

    Parameters
    ----------
    name : as the lender calls it: guarantee fee, welfare fund, legal fee
    amount : in the loan's currency where ``basis`` is ``amount``
    share : fraction of the basis otherwise
    basis : ``amount``; ``principal`` sum lent; ``outstanding`` balance at the start of the period (at pay-out: the sum
        lent; on an anniversary: what is left after its instalment); ``instalment`` interest plus principal due
    when : ``pay_out`` kept back from the sum lent; ``capitalised`` added to what is owed at pay-out;
        ``each_instalment``; ``yearly`` at pay-out and, while something is owed, with the first instalment on or after
        each anniversary; ``last_instalment`` the one that clears the loan
    per_year : for ``each_instalment``: the share is a year's, so that each instalment bears its part of it
    covered_share : part of the basis that is charged, such as the guaranteed part of a loan
    """

    name: str
    amount: float = 0.0
    share: float = 0.0
    basis: FeeBasis = "amount"
    when: FeeTiming = "each_instalment"
    per_year: bool = False
    covered_share: float = 1.0
