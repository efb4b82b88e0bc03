"""What a borrower signs: the fields of a contract and what follows from them alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finance_kit.loans.contract import (
    GraceInterest,
    GraceKind,
    InterestTiming,
    LoanDayCount,
    LoanFee,
    PaymentCalendar,
    PayOut,
    Quotation,
    RateChange,
    Remainder,
    Repayment,
    ScheduleMethod,
)
from finance_kit.money import RoundingRule

__all__ = ["WrittenTerms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTerms:
    """Terms of one loan as they are written down; :class:`~finance_kit.loans.LoanTerms` are those that can be.

    The plain loan is paid out in one sum and repaid monthly; everything else is a field with a default.

    Parameters
    ----------
    principal : sum lent, in the loan's currency; 0 is a loan that changes nothing
    annual_rate : interest a year as quoted, a fraction (0.18 is 18 %)
    instalments : number of instalment periods in the contract, grace included; a down payment is not one of them
    months_between : months from one instalment to the next: 1, 2, 3, 4, 6 or 12
    weeks_between, days_between : weeks or days instead of months; at most one of them above 0
    calendar : dates of pay-out and instalments; ``None`` counts equal periods without dates
    day_count : length of a period in years: ``period`` same as repayment, a twelfth of a year for each month, a
        fifty-second for each week, a 365th for each day, whatever the calendar says; ``30/360 period`` months of 30
        days, else actual days, in years of 360; the others by the days of the calendar
        (:mod:`finance_kit.loans.accrual`)
    repayment : ``annuity`` equal instalments; ``equal_principal``; ``interest_only`` interest each period and the
        principal with the last; ``bullet`` everything with the last, interest simple (not on interest); ``balloon``
        equal instalments that leave ``balloon_share`` of the principal for the last; ``seasonal`` principal in
        proportion to ``principal_pattern``, interest each period; ``stepped`` instalments in proportion to
        ``instalment_pattern``; ``custom`` the sums of ``instalment_amounts``, the last one clearing the balance. Where
        the interest is more than such an instalment, all of it is paid (``cumulative``), or what the instalment does
        not hold is carried forward without interest (``progressive``)
    balloon_share : for ``balloon``, share of what is owed after the grace; later pay-outs leave that sum as it is
    principal_pattern : for ``seasonal``, weight of each instalment after the grace, repeated as often as needed
    instalment_pattern : for ``stepped``, weight of each instalment after the grace; the last weight holds on
    instalment_amounts : for ``custom``, interest plus principal of each instalment after the grace but the last
    quotation : ``declining`` interest on the balance; ``flat`` total interest is ``principal * annual_rate * years``
        of the whole contract, spread evenly over the instalments that pay interest, and principal is spread evenly
        too (by the pattern or to the last instalment where ``repayment`` says so). By the ``progressive`` method each
        period bears its own length's interest on what is owed after a down payment and a capitalised fee
    interest_timing : ``arrears`` with the instalment that ends the period; ``advance`` with the one that begins it, the
        first interest being kept back at pay-out (of a ``bullet``, all of it); ``up_front`` all interest is kept back
        at pay-out and the instalments are principal
    grace_months : months at the beginning without principal, a multiple of ``months_between``
    grace_instalments : the same counted in instalments, for weeks and days; not beside ``grace_months``
    grace_kind : ``principal_only`` interest is paid meanwhile; ``full`` nothing is paid
    grace_interest : interest of a full grace is ``capitalised`` (added to the principal at the end of each period,
        and bears interest) or ``deferred`` without interest: paid on top of the first instalment after the grace, by
        the ``progressive`` method within the next level ones; with a flat quotation, spread over the instalments left
    interest_grace_instalments : instalments at the beginning without interest to pay while principal is repaid; it is
        paid on top of the first instalment after them (``cumulative``) or within the next level ones (``progressive``)
    interest_free_instalments : periods at the beginning for which no interest is charged at all
    down_payment_share : share of the principal paid back on the day of the first pay-out, rounded as instalments are
    pay_outs : further pay-outs; the first one is what they leave of ``principal``
    rate_changes : other rates from given days on
    method : how a lender's system levels instalments. ``cumulative``: one level instalment at the nominal rate of a
        period (months of 30 days where interest is counted by days; each period's own length where all dates are
        given), interest by actual days where ``day_count`` says so, differences in the last. ``progressive``: the level
        instalment discounts at each period's own interest, a broken first one taken whole, and is evened out until the
        last one is near it: three times at most, as long as that helps and it is further off than a hundredth for every
        two instalments; unrounded, until the last one equals it. What comes later, a pay-out or a rate, is not in it
    remainder : the instalment that takes what rounding leaves, ``last`` or ``first`` (of level instalments, as nearly
        as whole minor units can)
    upfront_fee_share, upfront_fee_amount : kept back at pay-out, share of the principal plus a fixed sum
    instalment_fee_amount : paid with each instalment; none in a period without an instalment
    insurance_share_per_year : share a year of the balance at the start of each period, paid every period
    fees : other charges
    compulsory_savings_share : share of the principal deposited at pay-out, returned with the last instalment
    savings_instalment_share : share of the principal deposited with each instalment but the last, returned with it;
        none in a period without an instalment
    savings_annual_rate : simple interest on the deposits, credited each period, returned with them
    rounding_unit : instalments are multiples of it and the last one clears the balance; ``None`` rounds nothing
    minor_unit : smallest amount written, to which interest and fees are rounded; needed with ``rounding_unit``
    rounding_rule : for instalments and interest; ``up`` concerns the instalment only (interest is then half-even)
    rounds_interest : whether interest is rounded to the minor unit each period

    Notes
    -----
    Rounding, deferral and the two methods follow the published schedules of the core-banking system that many
    microfinance institutions run (Apache Fineract, "cumulative" and "progressive" loan schedules).
    """

    principal: float
    annual_rate: float
    instalments: int
    months_between: int = 1
    weeks_between: int = 0
    days_between: int = 0
    calendar: PaymentCalendar | None = None
    day_count: LoanDayCount = "period"
    repayment: Repayment = "annuity"
    balloon_share: float = 0.0
    principal_pattern: tuple[float, ...] = ()
    instalment_pattern: tuple[float, ...] = ()
    instalment_amounts: tuple[float, ...] = ()
    quotation: Quotation = "declining"
    interest_timing: InterestTiming = "arrears"
    grace_months: int = 0
    grace_instalments: int = 0
    grace_kind: GraceKind = "principal_only"
    grace_interest: GraceInterest = "capitalised"
    interest_grace_instalments: int = 0
    interest_free_instalments: int = 0
    down_payment_share: float = 0.0
    pay_outs: tuple[PayOut, ...] = ()
    rate_changes: tuple[RateChange, ...] = ()
    method: ScheduleMethod = "cumulative"
    remainder: Remainder = "last"
    upfront_fee_share: float = 0.0
    upfront_fee_amount: float = 0.0
    instalment_fee_amount: float = 0.0
    insurance_share_per_year: float = 0.0
    fees: tuple[LoanFee, ...] = ()
    compulsory_savings_share: float = 0.0
    savings_instalment_share: float = 0.0
    savings_annual_rate: float = 0.0
    rounding_unit: float | None = None
    minor_unit: float | None = None
    rounding_rule: RoundingRule = "half_even"
    rounds_interest: bool = True

    @property
    def interval(self) -> tuple[Literal["months", "weeks", "days"], int]:
        """Unit of time between instalments, and how many of them."""
        if self.weeks_between:
            return "weeks", self.weeks_between
        if self.days_between:
            return "days", self.days_between
        return "months", self.months_between

    @property
    def periods_a_year(self) -> float:
        """Instalment periods in a year: 12 months, 52 weeks or 365 days."""
        unit, count = self.interval
        return {"months": 12, "weeks": 52, "days": 365}[unit] / count

    @property
    def months(self) -> float:
        """Length of the contract in months (a twelfth of a year each)."""
        return self.instalments * 12 / self.periods_a_year

    @property
    def grace_periods(self) -> int:
        """Instalment periods without principal at the beginning."""
        return self.grace_instalments or self.grace_months // self.months_between

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
        return self.grace_periods > 0 and not self.pays_in_grace and self.grace_interest == "capitalised"

    @property
    def recovers_within(self) -> bool:
        """Whether interest that waited is paid within the next instalments instead of on top of the first of them."""
        return self.method == "progressive" and self.repayment in ("annuity", "balloon", "stepped", "custom")

    @property
    def has_fees(self) -> bool:
        """Whether anything is charged beside interest."""
        plain = (self.upfront_fee_share, self.upfront_fee_amount, self.instalment_fee_amount)
        return any(plain) or self.insurance_share_per_year > 0 or bool(self.fees)
