"""The indicators by name: what each means, its unit, formula, inputs and source (``data/indicators.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from finance_kit.engine.catalogue import declarations

__all__ = ["Definition", "Variant", "definitions"]


class Variant(BaseModel):
    """Formula and inputs of an indicator under one of the conventions that a plan may choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    formula: str
    inputs: list[str]


class Definition(BaseModel):
    """One indicator, declared once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: str
    scope: Literal["plan", "year", "month"]
    unit: Literal["money", "ratio", "share", "rate", "month", "years", "quantity"]
    formula: str
    inputs: list[str] = Field(default_factory=list)
    source: str
    reason: str = Field("not_available", description="Reason code shown where the figure does not exist")
    at: Literal["cash_low_month", "last_month"] | None = Field(None, description="The month it is read off")
    policy: str | None = Field(None, description="The plan's policy that chooses among the variants")
    variants: dict[str, Variant] = Field(default_factory=dict, description="By value of the policy")
    better: Literal["higher", "lower", "neither"] = "neither"


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """All indicators by id, in the order in which they are shown."""
    entries = [Definition.model_validate(entry) for entry in declarations("indicators.yaml", "indicators")]
    return {entry.id: entry for entry in entries}
