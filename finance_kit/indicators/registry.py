"""The indicators by name: what each means, its unit, formula, inputs and source (``data/indicators.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from finance_kit.engine.catalogue import declarations

__all__ = ["Definition", "definitions"]


class Definition(BaseModel):
    """One indicator, declared once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: str
    scope: Literal["plan", "year", "month"]
    unit: Literal["money", "ratio", "share", "rate", "month", "years", "number"]
    formula: str
    inputs: list[str] = Field(default_factory=list)
    source: str
    reason: str = Field("not_available", description="Reason code shown where the figure does not exist")
    better: Literal["higher", "lower", "neither"] = "neither"


@lru_cache(maxsize=1)
def definitions() -> dict[str, Definition]:
    """All indicators by id, in the order in which they are shown."""
    entries = [Definition.model_validate(entry) for entry in declarations("indicators.yaml", "indicators")]
    return {entry.id: entry for entry in entries}
