"""What it takes: costs, staff, assets, pre-operating costs, working capital days, and the text sections about them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from finance_kit.plan.base import (
    Amount,
    CurrencyCode,
    Days,
    GrowthField,
    LongText,
    MonthRef,
    Months,
    Name,
    PlanModel,
    PositiveAmount,
    Quantity,
    Rate,
    Season,
    Share,
    SignedAmount,
    Sourced,
    Text,
    Unit,
)

__all__ = ["Asset", "FixedCost", "Post", "PreOperatingCost", "SalesCost", "Section", "Staff", "WorkingCapital"]


class SalesCost(Sourced):
    """A cost that is a share of all sales: commission, platform fee, transport by value."""

    name: Name = Field(title="Cost", examples=["Commission of the platform"])
    share: Share = Field(title="Share of sales", examples=[0.03])
    product: Name | None = Field(None, title="Only for this product")


class FixedCost(Sourced):
    """A cost that does not depend on volume."""

    name: Name = Field(title="Cost", examples=["Rent of the store"])
    amount: Amount = Field(title="Amount each time", examples=[400000.0])
    every_months: Literal[1, 2, 3, 4, 6, 12] = Field(1, title="Paid every so many months")
    kind: Literal["fixed", "overhead"] = Field("fixed", title="Kind")
    start: MonthRef = Field(1, title="First month")
    end: MonthRef | None = Field(None, title="Last month")
    growth: GrowthField | None = Field(None, title="Growth")
    season: Season | None = Field(None, title="Season, January to December")
    currency: CurrencyCode | None = Field(None, title="Currency")


class Post(Sourced):
    """A post: hired or the members' own work, paid in cash or only reckoned (imputed)."""

    role: Name = Field(title="Post", examples=["Dryer operator"])
    headcount: Annotated[PositiveAmount, Unit("number")] = Field(
        1.0, title="How many, in full-time posts", description="0.5 is half a post.", examples=[1.0]
    )
    monthly_pay: Amount = Field(
        title="Gross pay a month for one", description="Before anything is deducted.", examples=[800000.0]
    )
    labour: Literal["hired", "own"] = Field("hired", title="Hired or members' own")
    paid: Literal["cash", "imputed"] = Field(
        "cash", title="Paid in cash or imputed", description="Imputed work is shown but is no cost in cash."
    )
    start: MonthRef = Field(1, title="First month")
    end: MonthRef | None = Field(None, title="Last month")
    growth: GrowthField | None = Field(None, title="Raise")
    season: Season | None = Field(None, title="Season, January to December")
    social_charges: bool = Field(True, title="Social charges are due on it")
    women: Quantity | None = Field(None, title="Of these, women")
    skills: Text | None = Field(None, title="Skills and training")


class Staff(PlanModel):
    """The posts and the employer's social charges on cash pay."""

    social_rate: Rate = Field(
        0.0,
        title="Employer's social charges, share of gross pay",
        description="What the employer pays on top of wages; the law of the country says how much.",
    )
    social_source: Text | None = Field(None, title="Source of the social charges")
    posts: list[Post] = Field(default_factory=list, title="Posts")
    organisation: LongText | None = Field(None, title="How the work is organised")


class Asset(Sourced):
    """Something bought (or brought in) that lasts longer than a year; written down in equal monthly parts.

    The shares say who pays. Only ``in_kind`` changes the cash flow (nothing is paid); the others show how the item is
    financed and are compared with the financing by ``check``.
    """

    name: Name = Field(title="Asset", examples=["Solar dryer"])
    quantity: Annotated[PositiveAmount, Unit("number")] = Field(1.0, title="How many")
    unit_cost: Amount = Field(
        title="Cost of one", description="Delivered and installed, as the quotation says.", examples=[40000000.0]
    )
    currency: CurrencyCode | None = Field(None, title="Currency")
    month: MonthRef = Field(1, title="Month of purchase")
    life_months: Months = Field(
        gt=0,
        le=600,
        title="Life in months",
        description="How long it can be used before it must be replaced: 10 years are 120 months.",
        examples=[120],
    )
    residual_share: Share = Field(
        0.0, title="Residual value, share of the cost", description="What it is still worth at the end.", examples=[0.1]
    )
    replace: bool = Field(False, title="Replaced at the end of its life")
    replacement_growth: GrowthField | None = Field(None, title="Growth of the replacement's cost")
    quotation: Text | None = Field(None, title="Quotation", description="Supplier, number, date")
    kind: Literal["land", "building", "equipment", "vehicle", "tools", "livestock", "intangible", "other"] = Field(
        "equipment", title="Kind"
    )
    depreciable: bool = Field(True, title="Loses value", description="Land does not.")
    own_share: Share | None = Field(
        None,
        title="Paid by the cluster's own cash",
        description="Part of the cost that the cluster pays from its own cash.",
        examples=[0.4],
    )
    in_kind_share: Share = Field(0.0, title="Brought in kind by members")
    grant_share: Share = Field(0.0, title="Paid by grants")
    loan_share: Share | None = Field(None, title="Paid by loans", examples=[0.6])

    @property
    def cost(self) -> float:
        """Quantity times the cost of one, in the asset's own currency."""
        return self.quantity * self.unit_cost


class PreOperatingCost(Sourced):
    """A cost before business begins: registration, permits, training, trial runs."""

    name: Name = Field(title="Cost", examples=["Registration and permits"])
    amount: Amount = Field(title="Amount", examples=[1200000.0])
    month: MonthRef = Field(1, title="Month")
    currency: CurrencyCode | None = Field(None, title="Currency")


class WorkingCapital(Sourced):
    """Days that money is tied up, or that suppliers wait."""

    receivable_days: Days = Field(
        0.0, title="Customers pay after, days", description="0 is cash on delivery.", examples=[15.0]
    )
    inventory_days: Days = Field(0.0, title="Stock of inputs, days of use", examples=[10.0])
    payable_days: Days = Field(
        0.0, title="Suppliers are paid after, days", description="0 is paid at once.", examples=[0.0]
    )
    minimum_cash: Amount = Field(
        0.0,
        title="Cash kept in hand at least",
        description="Below this the plan counts as short of cash.",
        examples=[2000000.0],
    )


class Figure(Sourced):
    """A number behind a text section."""

    label: Name = Field(title="What it is")
    value: Annotated[SignedAmount, Unit("number", of="unit")] = Field(title="Value")
    unit: Name | None = Field(None, title="Unit")


class Section(PlanModel):
    """A part of the plan in words, with the numbers behind it."""

    text: LongText = Field(title="Text")
    figures: list[Figure] = Field(default_factory=list, title="Numbers behind it")
