"""Why: problems ranked, the value chain, and the options for adding value."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from finance_kit.plan.base import Amount, LongText, Name, PlanModel, SignedAmount, Sourced, Text

__all__ = ["Needs", "Problem", "ValueChainStage", "ValueOption"]

Score = Annotated[int, Field(ge=1, le=5)]


class Problem(PlanModel):
    """A problem of the cluster, scored so that problems can be ranked: frequency times severity, 1 to 25."""

    problem: Text = Field(title="Problem")
    frequency: Score = Field(title="How often, 1 to 5")
    severity: Score = Field(title="How bad, 1 to 5")
    affected_members: int | None = Field(None, ge=0, title="Members affected")
    cause: Text | None = Field(None, title="Cause")
    joint_action: Text | None = Field(None, title="What the cluster can do together")

    @property
    def score(self) -> int:
        """Frequency times severity, 1 to 25."""
        return self.frequency * self.severity


class Needs(PlanModel):
    """What the cluster found out about itself."""

    summary: LongText | None = Field(None, title="Summary of needs")
    problems: list[Problem] = Field(default_factory=list, title="Problems")
    strengths: list[Text] = Field(default_factory=list, title="Strengths")
    weaknesses: list[Text] = Field(default_factory=list, title="Weaknesses")
    opportunities: list[Text] = Field(default_factory=list, title="Opportunities")
    threats: list[Text] = Field(default_factory=list, title="Threats")


class ValueChainStage(Sourced):
    """A stage of the value chain with the price per unit at its end."""

    stage: Name = Field(title="Stage")
    actor: Name = Field(title="Who does it")
    price_per_unit: Amount = Field(title="Price at the end of the stage")
    unit: Name = Field(title="Unit")


class ValueOption(Sourced):
    """One way of adding value, with the numbers that decide between options."""

    option: Name = Field(title="Option")
    extra_price: SignedAmount = Field(title="Extra price per unit")
    extra_cost: SignedAmount = Field(title="Extra cost per unit")
    volume_per_year: Amount = Field(title="Units a year")
    investment: Amount = Field(title="Investment")
    skills: Text | None = Field(None, title="Skills needed")
    evidence: Text | None = Field(None, title="Market evidence")
    chosen: bool = Field(False, title="Chosen for this plan")

    @property
    def extra_margin_per_year(self) -> float:
        """Extra price less extra cost, for the year's units."""
        return (self.extra_price - self.extra_cost) * self.volume_per_year
