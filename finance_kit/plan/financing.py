"""Where the money comes from: contributions, grants, loans, overdraft, existing debts, security, the request."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from finance_kit.plan.base import (
    Amount,
    Calendar,
    Count,
    CurrencyCode,
    LongText,
    MonthRef,
    Months,
    Name,
    PlanModel,
    PositiveAmount,
    Rate,
    Season,
    Share,
    Sourced,
    Text,
)

__all__ = [
    "Collateral",
    "Contribution",
    "CreditHistory",
    "DocumentKind",
    "ExistingDebt",
    "Financing",
    "Grant",
    "HeldDocument",
    "LenderRequest",
    "Loan",
    "Overdraft",
]

Repayment = Literal["annuity", "equal_principal", "interest_only", "bullet", "balloon", "seasonal"]

DocumentKind = Literal[
    "registration",
    "statutes",
    "member_list",
    "borrowing_minutes",
    "identity",
    "title",
    "quotation",
    "contract",
    "accounts",
    "bank_statements",
    "tax",
    "permit",
    "insurance",
    "other",
]


class Contribution(Sourced):
    """Cash that members put in, in a month; together it is what the members' list promises."""

    name: Name = Field("Members' contribution", title="Contribution")
    month: MonthRef = Field(
        title="Month", description="Number of the month in the plan, or the month as 2027-03.", examples=[1]
    )
    amount: Amount = Field(title="Amount", examples=[16000000.0])


class Grant(Sourced):
    """Money that is not paid back. A capital grant is taken to income over ``release_months``."""

    name: Name = Field(title="Grant")
    giver: Name | None = Field(None, title="Given by")
    month: MonthRef = Field(
        title="Month", description="Number of the month in the plan, or the month as 2027-03.", examples=[1]
    )
    amount: Amount = Field(title="Amount")
    kind: Literal["capital", "operating"] = Field(
        "capital",
        title="Kind",
        description="A capital grant pays for something that lasts, an operating grant for running costs.",
    )
    release_months: Months | None = Field(None, gt=0, le=600, title="Taken to income over, months")
    secured: bool = Field(False, title="Promised in writing")


class LoanBase(Sourced):
    """Terms that new loans and existing debts share."""

    name: Name = Field(title="Name of the loan or debt", examples=["Loan for the dryer"])
    annual_rate: Rate = Field(
        title="Interest a year as quoted",
        description="As the lender quotes it. A rate a month times 12 is the rate a year.",
        examples=[0.12],
    )
    quotation: Literal["declining", "flat"] = Field(
        "declining",
        title="Interest is quoted on",
        description="Flat: interest is always reckoned on the whole loan, which costs almost twice as much.",
    )
    repayment: Repayment = Field("annuity", title="Repayment")
    instalments: int = Field(gt=0, le=1_200, title="Number of instalments, grace included", examples=[36])
    months_between: Literal[1, 2, 3, 4, 6, 12] = Field(1, title="Months between instalments")
    grace_months: Months = Field(
        0,
        ge=0,
        le=120,
        title="Grace, months",
        description="Months before the first part of the loan itself is repaid.",
        examples=[6],
    )
    grace_kind: Literal["principal_only", "full"] = Field("principal_only", title="Grace on")
    grace_interest: Literal["capitalised", "deferred"] = Field("capitalised", title="Interest of a full grace is")
    balloon_share: Share = Field(0.0, title="Share left for the last instalment")
    principal_season: Season | None = Field(
        None,
        title="Weight of principal in each calendar month",
        description="0 in months without income: only interest is paid then.",
    )
    rounding_unit: PositiveAmount | None = Field(None, title="Instalments are multiples of")
    currency: CurrencyCode | None = Field(None, title="Currency")


class Loan(LoanBase):
    """A loan that is asked for."""

    lender: Name | None = Field(None, title="Lender")
    lender_type: Literal["bank", "mfi", "state", "other"] = Field("bank", title="Type of lender")
    purpose: Text | None = Field(None, title="Purpose")
    principal: Amount = Field(title="Amount", examples=[24000000.0])
    draw: MonthRef = Field(
        1, title="Month of pay-out", description="Number of the month in the plan, or the month as 2027-03."
    )
    upfront_fee_share: Share = Field(0.0, title="Fee at pay-out, share of the loan", examples=[0.01])
    upfront_fee_amount: Amount = Field(0.0, title="Fee at pay-out, amount")
    instalment_fee_amount: Amount = Field(0.0, title="Fee with each instalment")
    insurance_share_per_year: Share = Field(0.0, title="Insurance or welfare a year, share of the balance")
    compulsory_savings_share: Share = Field(0.0, title="Compulsory savings, share of the loan")
    savings_annual_rate: Rate = Field(0.0, title="Interest a year on compulsory savings")


class ExistingDebt(LoanBase):
    """A debt of the cluster that runs already; its next instalment falls one period after the eve of the plan."""

    lender: Name | None = Field(None, title="Lender")
    outstanding: Amount = Field(title="Still owed at the start of the plan", examples=[3000000.0])
    past_due_days: Count = Field(0, title="Days past due")


class Overdraft(Sourced):
    """A line that is drawn when cash falls short and repaid as soon as there is cash."""

    limit: Amount = Field(title="Limit", examples=[5000000.0])
    annual_rate: Rate = Field(title="Interest a year on what is drawn", examples=[0.18])
    annual_fee_share: Share = Field(0.0, title="Fee a year, share of the limit, each January of the plan")
    start: MonthRef = Field(1, title="First month")
    end: MonthRef | None = Field(None, title="Last month", description="What is drawn must be repaid by then.")
    lender: Name | None = Field(None, title="Lender")


class Financing(PlanModel):
    """All sources of money for the plan."""

    contributions: list[Contribution] = Field(default_factory=list, title="Members' contributions in cash")
    grants: list[Grant] = Field(default_factory=list, title="Grants")
    loans: list[Loan] = Field(default_factory=list, title="Loans")
    overdraft: Overdraft | None = Field(None, title="Overdraft")


class Collateral(Sourced):
    """Something offered as security; its worth is what evidence says, before any haircut of a lender."""

    name: Name = Field(title="Asset")
    kind: Literal[
        "titled_land_urban",
        "titled_land_rural",
        "soft_title_land",
        "house",
        "vehicle",
        "new_equipment",
        "used_equipment",
        "stock",
        "receivable",
        "deposit",
        "guarantee",
    ] = Field(title="Kind")
    value: Amount = Field(
        title="Value", description="What evidence says, not what one hopes for.", examples=[60000000.0]
    )
    owner: Name | None = Field(None, title="Owner")
    evidence: Text | None = Field(None, title="Evidence", description="Title number, valuation, invoice")
    currency: CurrencyCode | None = Field(None, title="Currency")


class CreditHistory(Sourced):
    """What a bureau or a former lender would say."""

    loans_repaid: Count | None = Field(None, title="Loans repaid in full")
    worst_days_late: Count | None = Field(None, title="Longest delay in the last 12 months, days")
    bad_debt: bool | None = Field(None, title="Classified as bad debt now")
    bureau_report: Literal["none", "requested", "clean", "with_remarks"] | None = Field(None, title="Bureau report")
    tax_debt_over_year: bool | None = Field(None, title="Taxes unpaid for a year or more")
    text: LongText | None = Field(None, title="History in words")


class HeldDocument(PlanModel):
    """A document that a lender asks for and where it stands."""

    name: Name = Field(title="Document")
    status: Literal["held", "requested", "missing", "expired", "not_applicable"] = Field(title="Status")
    kind: DocumentKind = Field("other", title="Kind")
    reference: Text | None = Field(None, title="Number and date")


class LenderRequest(PlanModel):
    """The request in the leader's own words; the amounts are read from the loans."""

    lender: Name | None = Field(None, title="Addressed to")
    purpose: Text | None = Field(None, title="Purpose")
    repayment_source: Text | None = Field(None, title="From what it is repaid")
    preferred_months: Calendar | None = Field(None, title="Calendar months in which paying is easiest")
    signatory: Name | None = Field(None, title="Who signs")
    signatory_role: Name | None = Field(None, title="In which role")
    contact: Text | None = Field(None, title="Contact")
