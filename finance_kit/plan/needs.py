"""Why: problems ranked, the value chain, and the options for adding value."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from finance_kit.plan.base import Amount, LongText, Name, PlanModel, SignedAmount, Sourced, Text, Unit

__all__ = ["Needs", "Problem", "ValueChainStage", "ValueOption"]

Score = Annotated[int, Field(ge=1, le=5)]


class Problem(PlanModel):
    """A problem of the cluster, scored so that problems can be ranked: frequency times severity, 1 to 25."""

    problem: Text = Field(title="Problem", examples=["Pepper is wet when it rains in the drying weeks"])
    frequency: Score = Field(title="How often, 1 to 5", description="1 seldom, 5 all the time.", examples=[4])
    severity: Score = Field(
        title="How bad, 1 to 5", description="1 a nuisance, 5 endangers the business.", examples=[5]
    )
    affected_members: int | None = Field(None, ge=0, title="Members affected")
    cause: Text | None = Field(None, title="Cause")
    joint_action: Text | None = Field(
        None, title="What the cluster can do together", examples=["A shared dryer with a roof"]
    )

    @property
    def score(self) -> int:
        """Frequency times severity, 1 to 25."""
        return self.frequency * self.severity


class Needs(PlanModel):
    """What the cluster found out about itself."""

    summary: LongText | None = Field(None, title="Summary of needs")
    problems: list[Problem] = Field(default_factory=list, title="Problems")
    strengths: list[Text] = Field(default_factory=list, title="Strengths", description="One to a line.")
    weaknesses: list[Text] = Field(default_factory=list, title="Weaknesses", description="One to a line.")
    opportunities: list[Text] = Field(default_factory=list, title="Opportunities", description="One to a line.")
    threats: list[Text] = Field(default_factory=list, title="Threats", description="One to a line.")


class ValueChainStage(Sourced):
    """A stage of the value chain with the price per unit at its end."""

    stage: Name = Field(title="Stage", examples=["Fresh pepper at the farm"])
    actor: Name = Field(title="Who does it", examples=["Members"])
    price_per_unit: Annotated[Amount, Unit("money", per="unit")] = Field(title="Price at the end of the stage")
    unit: Name = Field(title="Unit", examples=["kg"])


class ValueOption(Sourced):
    """One way of adding value, with the numbers that decide between options."""

    option: Name = Field(title="Option", examples=["Drying to a stated moisture"])
    extra_price: SignedAmount = Field(
        title="Extra price per unit", description="What customers pay more for one unit.", examples=[4000.0]
    )
    extra_cost: SignedAmount = Field(
        title="Extra cost per unit", description="What one unit costs more.", examples=[1500.0]
    )
    volume_per_year: Annotated[Amount, Unit("number")] = Field(title="Units a year")
    investment: Amount = Field(title="Investment")
    skills: Text | None = Field(None, title="Skills needed")
    evidence: Text | None = Field(None, title="Market evidence")
    chosen: bool = Field(False, title="Chosen for this plan")

    @property
    def extra_margin_per_year(self) -> float:
        """Extra price less extra cost, for the year's units."""
        return (self.extra_price - self.extra_cost) * self.volume_per_year
