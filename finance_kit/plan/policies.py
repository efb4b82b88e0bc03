"""Conventions that a plan may choose, each with a default, and tax, opening balance, valuation and surplus rules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from finance_kit.plan.base import (
    Amount,
    CurrencyCode,
    GrowthField,
    GrowthRate,
    LongText,
    Months,
    Name,
    PlanModel,
    PositiveAmount,
    Rate,
    Season,
    Share,
    SignedAmount,
    Sourced,
    Text,
    Unit,
    as_tuple,
)

__all__ = [
    "BaselineLine",
    "Distribution",
    "ExchangeRate",
    "Opening",
    "Policies",
    "Tax",
    "TaxBracket",
    "Valuation",
    "WithoutProject",
]


class ExchangeRate(Sourced):
    """What one unit of a foreign currency costs in plan currency; may drift by a stated rate a year."""

    currency: CurrencyCode = Field(title="Currency")
    rate: Annotated[PositiveAmount, Unit("money", per="currency")] = Field(
        title="Plan currency for one unit", examples=[4100.0]
    )
    date: str = Field(title="Date of the rate", description="As 2026-08-14", pattern=r"^\d{4}-\d{2}-\d{2}$")
    annual_change: GrowthRate = Field(
        0.0, title="Expected change a year", description="More: the other currency gets dearer."
    )


class Opening(Sourced):
    """The balance sheet on the eve of the plan. What the cluster owes on loans is read from the existing debts."""

    cash: SignedAmount = Field(0.0, title="Cash")
    receivables: Amount = Field(0.0, title="Owed by customers")
    inventory: Amount = Field(0.0, title="Stock")
    fixed_assets_net: Amount = Field(0.0, title="Fixed assets at book value")
    fixed_assets_remaining_life_months: Months = Field(
        0, ge=0, le=600, title="Remaining life of the fixed assets, months"
    )
    payables: Amount = Field(0.0, title="Owed to suppliers")
    tax_payable: Amount = Field(0.0, title="Tax owed")
    share_capital: Amount = Field(0.0, title="Members' capital")
    retained_earnings: SignedAmount = Field(0.0, title="Surplus kept so far")
    tax_loss_carry_forward: Amount = Field(0.0, title="Tax losses carried forward")


class TaxBracket(PlanModel):
    """A slice of the year's taxable profit and its rate; the last slice has no upper end."""

    up_to: PositiveAmount | None = Field(None, title="Up to")
    rate: Rate = Field(title="Rate")


class Tax(Sourced):
    """Income tax: a rate, brackets, or a regime of the country pack by its id.

    Assessed once a year on profit before tax after losses of earlier years, booked in the last month of the year, paid
    ``payment_lag_months`` later.
    """

    regime: Name | None = Field(None, title="Regime of the country pack")
    rate: Rate | None = Field(None, title="Rate")
    brackets: Annotated[tuple[TaxBracket, ...], BeforeValidator(as_tuple)] | None = Field(None, title="Brackets")
    minimum_share_of_sales: Share = Field(0.0, title="Minimum tax, share of sales")
    holiday_months: Months = Field(0, ge=0, le=240, title="Exempt for the first months")
    loss_offset_cap: Share = Field(1.0, title="Share of a year's profit that old losses may offset")
    loss_expiry_years: int | None = Field(None, ge=1, le=30, title="Losses expire after, years")
    payment_lag_months: Months = Field(3, ge=0, le=24, title="Paid so many months after the year's end")


class Distribution(PlanModel):
    """What members take out of the surplus: dividends by share, patronage by supply."""

    dividend_share: Share = Field(0.0, title="Dividends, share of last year's net profit", examples=[0.2])
    patronage_share: Share = Field(0.0, title="Patronage refund, share of last year's net profit")
    month_of_year: int = Field(5, ge=1, le=12, title="Paid in month so-and-so of the next year")
    limit_to_cash: bool = Field(False, title="Never more than cash above the minimum")
    rule: Text | None = Field(None, title="The rule in words")


class BaselineLine(Sourced):
    """Income or cost that the members would have without the project, in cash."""

    name: Name = Field(title="Line")
    kind: Literal["income", "cost"] = Field(title="Kind")
    amount_per_month: Amount = Field(title="Amount a month")
    season: Season | None = Field(None, title="Season, January to December")
    growth: GrowthField | None = Field(None, title="Growth")
    currency: CurrencyCode | None = Field(None, title="Currency")


class WithoutProject(PlanModel):
    """The case without the project, which the increment is measured against."""

    text: LongText = Field(title="What happens without the project")
    lines: list[BaselineLine] = Field(default_factory=list, title="Income and cost without the project")


class Valuation(Sourced):
    """What money tied up here could earn elsewhere."""

    discount_rate: Rate = Field(
        title="Discount rate a year",
        description="What the money would earn elsewhere at a like risk; often the rate of the loan.",
        examples=[0.12],
    )
    equity_discount_rate: Rate | None = Field(None, title="Discount rate of the members' own money a year")
    rate_basis: Literal["nominal", "real"] = Field("nominal", title="The rates are")
    inflation: GrowthRate | None = Field(None, title="Inflation a year")
    finance_rate: Rate | None = Field(None, title="Finance rate a year for the modified IRR")
    reinvestment_rate: Rate | None = Field(None, title="Reinvestment rate a year for the modified IRR")


class Policies(PlanModel):
    """Named conventions. The defaults suit a cluster; a lender's own convention can be stated instead."""

    year_basis: Literal["plan_year", "fiscal_year"] = Field("plan_year", title="Years are")
    fiscal_year_start: int | None = Field(None, ge=1, le=12, title="First calendar month of the fiscal year")
    price_growth_applied: Literal["yearly", "monthly"] = Field("yearly", title="Prices and costs grow")
    volume_growth_applied: Literal["yearly", "monthly"] = Field("yearly", title="Volumes grow")
    growth_from: Literal["plan_start", "launch"] = Field("plan_start", title="Growth counts from")
    price_basis: Literal["nominal", "real"] = Field(
        "nominal", title="Growth rates of prices and costs", description="real: on top of the valuation's inflation"
    )
    days_per_month: Literal[30, 365] = Field(30, title="Days of a month", description="365: a month is 365/12 days.")
    balance_days: Literal["same_month", "look_back"] = Field(
        "look_back", title="Receivables and payables longer than a month reach back to earlier months"
    )
    depreciation_from: Literal["month_after", "same_month"] = Field("month_after", title="Depreciation starts")
    loan_rounding: Literal["signed", "unrounded"] = Field("signed", title="Loan schedules")
    cfads_basis: Literal[
        "ebitda_less_tax", "operating_cash_flow", "after_unfinanced_investment", "after_unfinanced_needs"
    ] = Field("after_unfinanced_investment", title="Cash flow available for debt service")
    terminal_value: Literal["book_value", "none"] = Field("book_value", title="Value at the end of the plan")
    capital_grants: Literal["deferred_income", "equity"] = Field("deferred_income", title="Capital grants are")
