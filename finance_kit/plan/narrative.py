"""What is told and promised: risks, environment, action plan, export consortium."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from finance_kit.plan.base import Amount, LongText, MonthRef, Name, PlanModel, Quantity, Share, Text, Unit, Year

__all__ = ["ActionPlan", "Activity", "Consortium", "ConsortiumMember", "EnvironmentItem", "PastYear", "Risk"]

Score = Annotated[int, Field(ge=1, le=5)]


class Risk(PlanModel):
    """A risk, how likely and how grave (1 to 5), and what is done about it."""

    risk: Text = Field(title="Risk", examples=["The price of pepper falls after the harvest"])
    likelihood: Score = Field(title="Likelihood, 1 to 5", description="1 hardly, 5 almost surely.", examples=[3])
    impact: Score = Field(title="Impact, 1 to 5", description="1 a nuisance, 5 endangers repayment.", examples=[4])
    mitigation: Text = Field(title="What is done about it", examples=["Contract with a floor price; a second buyer"])
    owner: Name | None = Field(None, title="Who looks after it")


class EnvironmentItem(PlanModel):
    """A question of the environmental, social and safety checklist with its answer."""

    question: Text = Field(title="Question")
    answer: Literal["yes", "no", "not_applicable", "planned"] = Field(title="Answer")
    measure: Text | None = Field(None, title="Measure or permit")


class Activity(PlanModel):
    """One activity of the six-month action plan."""

    activity: Text = Field(title="Activity", examples=["Agree on quality rules with each member"])
    output: Text | None = Field(None, title="Expected output")
    indicator: Text | None = Field(None, title="Indicator and target")
    responsible: Name = Field(title="Responsible")
    partner: Name | None = Field(None, title="Partner")
    start: MonthRef = Field(
        title="Starts", description="Number of the month in the plan, or the month as 2027-03.", examples=[1]
    )
    end: MonthRef = Field(title="Ends", examples=[2])
    budget: Amount = Field(0.0, title="Budget")
    budget_source: Name | None = Field(None, title="Paid by")
    risk: Text | None = Field(None, title="Risk")
    status: Literal["planned", "running", "done", "carried_over"] = Field("planned", title="Status")


class ActionPlan(PlanModel):
    """Six months of joint work."""

    goal: Text = Field(title="Goal")
    coach: Name | None = Field(None, title="Coach")
    activities: list[Activity] = Field(default_factory=list, title="Activities")


class ConsortiumMember(PlanModel):
    """A firm or cluster in the export consortium."""

    name: Name = Field(title="Member")
    product: Name | None = Field(None, title="Product")
    capacity_per_year: Annotated[Quantity, Unit("number", of="unit")] | None = Field(
        None, title="Export capacity a year"
    )
    unit: Name | None = Field(None, title="Unit")


class Consortium(PlanModel):
    """An export consortium: what is done together, the fees, the rules."""

    name: Name = Field(title="Consortium")
    why: LongText | None = Field(None, title="Why together")
    legal_form: Name | None = Field(None, title="Legal form")
    members: list[ConsortiumMember] = Field(default_factory=list, title="Members")
    target_markets: list[Text] = Field(default_factory=list, title="Target markets", description="One to a line.")
    functions: list[Text] = Field(default_factory=list, title="Functions", description="One to a line.")
    entry_fee: Amount = Field(0.0, title="Entry fee a member")
    annual_fee: Amount = Field(0.0, title="Annual fee a member")
    commission_share: Share = Field(0.0, title="Commission on sales through the consortium")
    annual_budget: Amount | None = Field(None, title="Budget a year")
    sales_through_consortium: Amount | None = Field(None, title="Sales through the consortium a year")
    voting: Text | None = Field(None, title="Voting")
    rules: LongText | None = Field(None, title="Admission, exit, confidentiality, disputes")


class PastYear(PlanModel):
    """A year before the plan, from books or carefully rebuilt from records."""

    year: Year = Field(ge=1990, le=2200, title="Year", examples=[2025])
    sales: Amount = Field(title="Sales")
    costs: Amount = Field(title="Costs")
    assets: Amount | None = Field(None, title="Assets at the end")
    debts: Amount | None = Field(None, title="Debts at the end")
    basis: Literal["audited", "accounts", "tax_return", "rebuilt"] = Field("accounts", title="Basis")
