"""The plan, schema version 1: one file that says everything a lender's paper is made from.

Two depths share this schema. A *profile* is the dozen answers that give a first one-year view; a *full* plan is the
same file with more in it, so that nothing is typed twice. What a depth still lacks is asked for by
:mod:`finance_kit.plan.checks`, never invented.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from finance_kit.plan.base import CurrencyCode, LongText, MonthRef, Months, Name, PlanModel, Text
from finance_kit.plan.cluster import Cluster, Member
from finance_kit.plan.financing import (
    Collateral,
    CreditHistory,
    ExistingDebt,
    Financing,
    HeldDocument,
    LenderRequest,
)
from finance_kit.plan.market import Buyer, Market, Product
from finance_kit.plan.narrative import ActionPlan, Consortium, EnvironmentItem, PastYear, Risk
from finance_kit.plan.needs import Needs, ValueChainStage, ValueOption
from finance_kit.plan.operations import (
    Asset,
    FixedCost,
    PreOperatingCost,
    SalesCost,
    Section,
    Staff,
    WorkingCapital,
)
from finance_kit.plan.policies import (
    Distribution,
    ExchangeRate,
    Opening,
    Policies,
    Tax,
    Valuation,
    WithoutProject,
)
from finance_kit.timeline import Month, TimeAxis

__all__ = ["SCHEMA_VERSION", "Period", "Plan", "Sections", "json_schema"]

SCHEMA_VERSION = 1


class Period(PlanModel):
    """When the plan begins, how far it looks, and the money it is written in."""

    start: str = Field(
        title="First month",
        description="As 2027-03",
        pattern=r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$",
    )
    months: Months = Field(
        ge=12, le=240, title="Months looked ahead", examples=[36], description="12 for a profile; 36 to 120 for a plan"
    )
    currency: CurrencyCode = Field(
        title="Currency of the plan", description="The money that customers and the lender reckon in."
    )


class Sections(PlanModel):
    """Parts of the plan in words, with the numbers behind them."""

    summary: LongText | None = Field(
        None, title="Executive summary in the leader's words", description="Half a page that a busy banker reads first."
    )
    packaging: Section | None = Field(None, title="Packaging")
    storage: Section | None = Field(None, title="Storage")
    technology: Section | None = Field(None, title="Technology and process")
    skills: Section | None = Field(None, title="Skills and training")
    marketing: Section | None = Field(None, title="Marketing")
    production: Section | None = Field(None, title="Production")
    quality: Section | None = Field(None, title="Quality and certificates")
    insurance: Section | None = Field(None, title="Insurance")


class Plan(PlanModel):
    """A cluster's plan. Amounts are in the plan's currency unless an item names another."""

    schema_version: Literal[1] = Field(title="Version of this form")
    depth: Literal["profile", "full"] = Field("full", title="Depth")
    title: Name = Field(
        title="Title of the plan",
        description="What the lender reads on the cover.",
        examples=["Solar drying house for pepper in Kampong Trach"],
    )
    fictional: bool = Field(
        False,
        title="A teaching case, not a real cluster",
        description="Printed on each page, so that nobody takes it for a real request.",
    )
    origin: LongText | None = Field(None, title="Where the numbers of a teaching case come from")
    period: Period = Field(title="Period and currency")
    cluster: Cluster = Field(title="Cluster")
    members: list[Member] = Field(default_factory=list, title="Members")
    needs: Needs | None = Field(None, title="Needs")
    value_chain: list[ValueChainStage] = Field(
        default_factory=list,
        title="Value chain",
        description="From field to customer: who does what, and the price after each stage.",
    )
    value_options: list[ValueOption] = Field(
        default_factory=list,
        title="Options for adding value",
        description="Ways of earning more from the same harvest or craft, with what decides between them.",
    )
    products: list[Product] = Field(min_length=1, title="Products")
    market: Market | None = Field(None, title="Market")
    buyers: list[Buyer] = Field(default_factory=list, title="Buyers")
    sales_costs: list[SalesCost] = Field(
        default_factory=list,
        title="Costs that are a share of sales",
        description="Commission, platform fee, transport by value.",
    )
    fixed_costs: list[FixedCost] = Field(
        default_factory=list,
        title="Fixed costs and overhead",
        description="What has to be paid whether much or little is sold.",
    )
    staff: Staff = Field(default_factory=Staff, title="Staff")
    assets: list[Asset] = Field(
        default_factory=list, title="Investment", description="What is bought and lasts longer than a year."
    )
    pre_operating: list[PreOperatingCost] = Field(
        default_factory=list, title="Pre-operating costs", description="Registration, permits, training, trial runs."
    )
    working_capital: WorkingCapital = Field(default_factory=WorkingCapital, title="Working capital")
    financing: Financing = Field(default_factory=Financing, title="Financing")
    existing_debts: list[ExistingDebt] = Field(default_factory=list, title="Existing debts")
    opening: Opening = Field(
        default_factory=Opening,
        title="Opening balance",
        description="What the cluster has and owes on the day before the plan begins.",
    )
    past_years: list[PastYear] = Field(
        default_factory=list,
        title="Past results",
        description="From the books, or rebuilt with care from notes and receipts.",
    )
    tax: Tax | None = Field(None, title="Income tax")
    distribution: Distribution = Field(default_factory=Distribution, title="Dividends and patronage")
    without_project: WithoutProject | None = Field(
        None,
        title="Without the project",
        description="What members would earn if nothing changed: only the difference is the gain.",
    )
    valuation: Valuation | None = Field(None, title="Discount rate")
    exchange_rates: list[ExchangeRate] = Field(
        default_factory=list, title="Exchange rates", description="Needed for each other currency that the plan uses."
    )
    policies: Policies = Field(
        default_factory=Policies,
        title="Conventions",
        description="How figures are reckoned. The usual way suits most clusters; a lender may ask for another.",
    )
    collateral: list[Collateral] = Field(
        default_factory=list,
        title="Security",
        description="What the lender can hold on to. Offer only what the owner agrees to.",
    )
    credit_history: CreditHistory | None = Field(None, title="Credit history")
    documents: list[HeldDocument] = Field(
        default_factory=list, title="Documents", description="Papers that a lender asks for, and where they stand."
    )
    risks: list[Risk] = Field(default_factory=list, title="Risks")
    environment: list[EnvironmentItem] = Field(default_factory=list, title="Environment, social matters, safety")
    sections: Sections = Field(default_factory=Sections, title="Sections")
    action_plan: ActionPlan | None = Field(None, title="Action plan")
    consortium: Consortium | None = Field(None, title="Export consortium")
    request: LenderRequest | None = Field(None, title="Request to the lender")
    notes: list[Text] = Field(default_factory=list, title="Notes")

    @cached_property
    def axis(self) -> TimeAxis:
        """The plan's months and how they fold into years."""
        return TimeAxis(
            Month.parse(self.period.start),
            self.period.months,
            self.policies.year_basis,
            self.policies.fiscal_year_start or Month.parse(self.period.start).month,
        )

    def month_number(self, ref: MonthRef) -> int:
        """Month number (1-based) of a month reference; may lie outside the plan for a calendar month."""
        return ref if isinstance(ref, int) else self.axis.number(Month.parse(ref))


def json_schema() -> dict[str, Any]:
    """JSON Schema of the plan file, for editors and for the committed ``plan.schema.json``."""
    schema = Plan.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
