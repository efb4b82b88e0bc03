"""What is sold: products with their season, ramp-up, losses, capacity and inputs; buyers and marketing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from finance_kit.plan.base import (
    Amount,
    CurrencyCode,
    Days,
    GrowthField,
    LongText,
    MonthRef,
    Months,
    Name,
    PositiveAmount,
    Quantity,
    Season,
    Share,
    Sourced,
    Text,
    Unit,
    as_tuple,
)

__all__ = ["Buyer", "Competitor", "Input", "Market", "Product", "RampUp"]


class RampUp(Sourced):
    """Share of the stated volume reached while a product is new; afterwards all of it."""

    per: Literal["month", "year"] = Field("month", title="One share per")
    shares: Annotated[tuple[Share, ...], BeforeValidator(as_tuple)] = Field(
        title="Shares from the launch on",
        description="For example 50 %; 75 %; 100 %. After the last one everything is reached.",
    )


class Input(Sourced):
    """Something that each produced unit uses up: its cost per unit is quantity times price."""

    name: Name = Field(title="Input", examples=["Fresh pepper"])
    quantity_per_unit: Annotated[Quantity, Unit("number", of="unit")] = Field(
        1.0,
        title="Quantity per unit produced",
        description="How much of it goes into one unit of the product.",
        examples=[3.0],
    )
    unit: Name | None = Field(None, title="Unit of the input", examples=["kg"])
    price: Annotated[Amount, Unit("money", per="unit")] = Field(title="Price per unit of the input", examples=[4500.0])
    currency: CurrencyCode | None = Field(None, title="Currency of the price")
    price_growth: GrowthField | None = Field(None, title="Growth of the price")
    from_members: bool = Field(False, title="Bought from members")
    follows_price: Share = Field(
        0.0,
        title="Part of a change in the selling price that this price follows, by a written rule",
        description="0: it stays when prices are stressed; 1: it falls and rises with them",
    )


class Product(Sourced):
    """A product or service.

    Volume is stated per month (times ``season``) or per year (spread by ``season``, whose factors then count as parts
    of their sum). ``loss_share`` is what is spoilt between production and sale: inputs are bought for all of it.
    """

    name: Name = Field(title="Product", examples=["Dried black pepper"])
    unit: Name = Field(title="Unit", description="kg, piece, guest-night …")
    description: Text | None = Field(
        None, title="Description and quality", description="Size, moisture, grade, package: what a buyer would ask."
    )
    price: Annotated[Amount, Unit("money", per="unit")] = Field(
        title="Price per unit", description="What the buyer pays at your gate, after any discount.", examples=[24000.0]
    )
    currency: CurrencyCode | None = Field(None, title="Currency of the price")
    price_growth: GrowthField | None = Field(None, title="Growth of the price")
    volume_per_month: Annotated[Quantity, Unit("number", of="unit")] | None = Field(
        None,
        title="Units sold a month",
        description="In a usual month. State a month or a year, not both.",
        examples=[900.0],
    )
    volume_per_year: Annotated[Quantity, Unit("number", of="unit")] | None = Field(
        None,
        title="Units sold a year",
        description="If sales are counted by harvest. State a month or a year, not both.",
        examples=[10800.0],
    )
    volume_growth: GrowthField | None = Field(None, title="Growth of the volume")
    season: Season | None = Field(
        None,
        title="Season, January to December",
        description="1 is a usual month, 0 a month without sales, 1.5 half as much again.",
    )
    launch: MonthRef = Field(
        1, title="First month of sales", description="Number of the month in the plan, or the month as 2027-03."
    )
    end: MonthRef | None = Field(
        None, title="Last month of sales", description="Empty: it is sold to the end of the plan."
    )
    ramp_up: RampUp | None = Field(None, title="Ramp-up")
    loss_share: Annotated[float, Field(ge=0, lt=1), Unit("share")] = Field(
        0.0,
        title="Lost between production and sale",
        description="Spoilt, stolen, broken, given away.",
        examples=[0.05],
    )
    capacity_per_month: Annotated[PositiveAmount, Unit("number", of="unit")] | None = Field(
        None, title="Most that can be produced in a month"
    )
    months_before_sale: Months = Field(
        0, ge=0, le=24, title="Months between spending on inputs and sale", description="Drying, storing, growing."
    )
    inputs: list[Input] = Field(
        default_factory=list,
        title="Inputs per unit produced",
        description="What goes into one unit. Where it is hard to list, state the cost of inputs in one sum instead.",
    )
    input_cost_per_unit: Annotated[Amount, Unit("money", per="unit")] | None = Field(
        None, title="Cost of inputs per unit, where inputs are not listed", examples=[14000.0]
    )
    input_cost_growth: GrowthField | None = Field(None, title="Growth of the cost of inputs")
    selling_cost_share: Share = Field(
        0.0,
        title="Selling costs as a share of sales",
        description="Commission, packing, transport, where they grow with sales.",
        examples=[0.03],
    )


class Buyer(Sourced):
    """A buyer or market channel and how firm it is."""

    name: Name = Field(title="Buyer", examples=["Kampot Spice Trading"])
    product: Name | None = Field(None, title="Product")
    market: Literal["local", "national", "export", "tourist"] = Field("national", title="Market")
    volume_per_year: Quantity | None = Field(None, title="Units a year")
    price: Amount | None = Field(None, title="Price per unit")
    currency: CurrencyCode | None = Field(None, title="Currency")
    payment_days: Days | None = Field(
        None, title="Pays after, days", description="0 is cash on delivery.", examples=[30.0]
    )
    commitment: Literal["none", "talks", "letter_of_intent", "purchase_order", "contract"] = Field(
        "none", title="Commitment", description="What is in writing counts for a lender."
    )
    contract_months: Months | None = Field(None, ge=0, le=240, title="Contract runs, months")
    years_buying: Quantity | None = Field(None, title="Years as a buyer so far")


class Competitor(Sourced):
    """A competitor or substitute."""

    name: Name = Field(title="Competitor")
    strength: Text = Field(title="What it does well")
    answer: Text = Field(title="What the cluster does better")


class Market(Sourced):
    """Market and marketing in words."""

    summary: LongText | None = Field(None, title="The market")
    target_customers: LongText | None = Field(None, title="Customers")
    trend: LongText | None = Field(None, title="Trend of demand and price")
    product_policy: LongText | None = Field(None, title="Product and quality")
    price_policy: LongText | None = Field(None, title="Price")
    place: LongText | None = Field(None, title="Sales channels")
    promotion: LongText | None = Field(None, title="Promotion")
    competitors: list[Competitor] = Field(default_factory=list, title="Competitors")
    export_requirements: LongText | None = Field(None, title="Export requirements")
