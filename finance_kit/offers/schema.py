"""What a terms file may hold: who offers, in which currency, and the terms of the loan."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from finance_kit.loans import contract
from finance_kit.money import RoundingRule
from finance_kit.offers.fractions import FeeShare, MonthlyRate, SavingsShare, Share, YearlyRate
from finance_kit.plan.base import CurrencyCode, Name, PlanModel, Text

__all__ = ["CalendarFile", "FeeFile", "LoanFile", "OfferFile", "PayOutFile", "RateChangeFile"]


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError("offer_day_needed", "a day") from None


def _tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[tuple[Day, ...], BeforeValidator(_tuple)]
Numbers = Annotated[tuple[float, ...], BeforeValidator(_tuple)]


class CalendarFile(PlanModel):
    """Dates; see :class:`finance_kit.loans.PaymentCalendar`."""

    disbursed: Day = Field(title="Day of pay-out")
    first_due: Day | None = Field(None, title="Day of the first instalment")
    due_dates: Days = Field((), title="All due dates")
    last_due: Day | None = Field(None, title="Day of the last instalment")
    month_end: contract.MonthEnd = Field("last_day", title="29th to 31st in a short month")
    shift: contract.Shift = Field("none", title="A date on a day off is moved")
    weekend: Annotated[tuple[int, ...], BeforeValidator(_tuple)] = Field((5, 6), title="Days off, Monday 0")
    holidays: Days = Field((), title="Other days off")
    interest_follows_shift: bool = Field(True, title="Interest runs to the day paid")


class FeeFile(PlanModel):
    """A charge; see :class:`finance_kit.loans.LoanFee`."""

    name: Name
    amount: float = 0.0
    share: FeeShare = 0.0
    basis: contract.FeeBasis = "amount"
    when: contract.FeeTiming = "each_instalment"
    per_year: bool = False
    covered_share: Share = 1.0


class PayOutFile(PlanModel):
    """A further pay-out; see :class:`finance_kit.loans.PayOut`. ``day`` is its ``on``, which YAML may read as yes."""

    amount: float
    day: Day | None = None
    after_instalment: int | None = None


class RateChangeFile(PlanModel):
    """Another rate from a day on; see :class:`finance_kit.loans.RateChange`. ``day`` is its ``on``."""

    annual_rate: YearlyRate
    day: Day | None = None
    after_instalment: int | None = None
    keeps_instalment: bool = False


class LoanFile(PlanModel):
    """Terms of the loan; fields and their meaning as :class:`finance_kit.loans.LoanTerms`, and four more.

    ``monthly_rate`` instead of ``annual_rate`` for a lender who quotes by the month; ``months`` instead of
    ``instalments``; ``rounding: none`` for a schedule that is not rounded.
    """

    principal: float | None = Field(None, title="Sum lent")
    annual_rate: YearlyRate | None = Field(None, title="Interest a year as quoted")
    monthly_rate: MonthlyRate | None = Field(None, title="Interest a month as quoted")
    months: int | None = Field(None, ge=1, le=1_200, title="Months of the contract, grace included")
    instalments: int | None = Field(None, title="Number of instalments, grace included")
    months_between: int = 1
    weeks_between: int = 0
    days_between: int = 0
    calendar: CalendarFile | None = None
    day_count: contract.LoanDayCount = "period"
    repayment: contract.Repayment = "annuity"
    balloon_share: Share = 0.0
    principal_pattern: Numbers = ()
    instalment_pattern: Numbers = ()
    instalment_amounts: Numbers = ()
    quotation: contract.Quotation = "declining"
    interest_timing: contract.InterestTiming = "arrears"
    grace_months: int = 0
    grace_instalments: int = 0
    grace_kind: contract.GraceKind = "principal_only"
    grace_interest: contract.GraceInterest = "capitalised"
    interest_grace_instalments: int = 0
    interest_free_instalments: int = 0
    down_payment_share: Share = 0.0
    pay_outs: Annotated[tuple[PayOutFile, ...], BeforeValidator(_tuple)] = ()
    rate_changes: Annotated[tuple[RateChangeFile, ...], BeforeValidator(_tuple)] = ()
    method: contract.ScheduleMethod = "cumulative"
    remainder: contract.Remainder = "last"
    upfront_fee_share: FeeShare = 0.0
    upfront_fee_amount: float = 0.0
    instalment_fee_amount: float = 0.0
    insurance_share_per_year: FeeShare = 0.0
    fees: Annotated[tuple[FeeFile, ...], BeforeValidator(_tuple)] = ()
    compulsory_savings_share: SavingsShare = 0.0
    savings_instalment_share: SavingsShare = 0.0
    savings_annual_rate: YearlyRate = 0.0
    rounding: Literal["signed", "none"] = "signed"
    rounding_unit: float | None = None
    minor_unit: float | None = None
    rounding_rule: RoundingRule = "half_even"
    rounds_interest: bool = True


class OfferFile(PlanModel):
    """A terms file."""

    title: Name | None = None
    lender: Name | None = None
    lender_type: Literal["bank", "mfi", "state", "other"] | None = None
    country: Literal["KH", "MM", "TH", "VN"] | None = None
    currency: CurrencyCode | None = None
    source: Text | None = None
    source_date: Annotated[str, Field(min_length=4, max_length=40)] | None = None
    note: Text | None = None
    loan: LoanFile
